"""Which refusals a manager may approve on the cashier's screen; the same work is done then."""

from __future__ import annotations

from typing import Any

import pytest

from models.base.refusals import Refusal
from models.ledger.folios import CreditLimitExceeded
from models.stock.stock import OutOfStock
from models.trust.operation import NeedsOverride, SignedOut
from tui.desk.app import DeskbellApp


class _Desk(DeskbellApp):
    """An app whose operation refuses once, and whose manager says yes."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__()
        self.refusal, self.calls = refusal, list[dict[str, Any]]()

    async def in_books(self, function: Any, *args: Any, **fields: Any) -> Any:
        self.calls.append(fields)
        if "override" not in fields:
            raise self.refusal
        return "done"

    async def ask_override(self, missing: Refusal, uid: Any) -> Any:
        return f"yes to {missing.code}"


@pytest.mark.parametrize("refusal", [NeedsOverride(), OutOfStock(), CreditLimitExceeded()])
async def test_what_may_be_approved_is_done_with_the_same_uid(refusal: Refusal) -> None:
    desk = _Desk(refusal)
    assert str(await desk.operate(len)) == "done"
    first, second = desk.calls
    assert second == {**first, "override": f"yes to {refusal.code}"}


async def test_other_refusals_come_out_at_once() -> None:
    desk = _Desk(SignedOut())
    with pytest.raises(SignedOut):
        await desk.operate(len)
    assert len(desk.calls) == 1
