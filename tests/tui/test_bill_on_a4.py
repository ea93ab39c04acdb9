"""A sold bill on A4: a copy like every other one, in the language that is asked for."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models.ledger.daily.prints import copy_to_file
from models.ledger.daily.till_events import TillEvent
from models.trust.audit import Audit
from models.trust.operation import NeedsOverride, new_uid
from models.trust.print_queue import PRINTED, PrintJob
from tests.stores import Shop
from tui.shop.bills import write_a4


class Desk:
    """Somebody who answers in turn."""

    def __init__(self, shop: Shop, folder: Path, *answers: Any) -> None:
        self.shop, self.answers, self.export_folder = shop, list(answers), folder
        self.session, self.told = shop.manager, list[str]()
        self.frame = SimpleNamespace(zone=ZoneInfo("Asia/Shanghai"))

    async def ask(self, panel: Any) -> Any:
        return self.answers.pop(0)

    async def in_books(self, function: Any, *args: Any) -> Any:
        return function(*args)

    async def operate(self, operation: Any, *args: Any, **fields: Any) -> Any:
        return operation(self.session, *args, **fields, uid=new_uid())

    def inform(self, msgid: str, **fields: Any) -> None:
        self.told.append(msgid)


@pytest.mark.row("ORD-16", "SYS-11")
async def test_a_bill_goes_out_on_a4_as_a_copy(shop: Shop, tmp_path: Path) -> None:
    shop.open_shift()
    sold = shop.sell("1001", "1004")
    slip = PrintJob.get(PrintJob.subject == sold.key)
    with pytest.raises(NeedsOverride):
        copy_to_file(shop.cashier, slip.key, uid=new_uid())
    desk: Any = Desk(shop, tmp_path, "both", str(tmp_path / "S01.pdf"))
    await write_a4(desk, sold.key)
    assert (tmp_path / "S01.pdf").read_bytes().startswith(b"%PDF-")
    copies = PrintJob.select().where(PrintJob.subject == sold.key, PrintJob.copy_no > 0)
    assert [(one.copy_no, one.state, one.printer) for one in copies] == [(1, PRINTED, "file")]
    assert TillEvent.get(TillEvent.kind == "reprint").what == sold.label
    last = Audit.select().order_by(Audit.seq.desc()).first()
    assert last.detail["file"] == "S01.pdf"
    # Gone back from the language, nothing is a copy.
    await write_a4(Desk(shop, tmp_path, None), sold.key)  # type: ignore[arg-type]
    assert copies.count() == 1
