"""The number of a voucher or a credit: scanned or typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.ledger.tenders import Tender
from models.members.kinds import CREDIT
from models.members.lots import new_number
from receipts.words import word
from tui.desk.scan import Code
from tui.money.ways import tender_name
from tui.widgets.panel import Ask

if TYPE_CHECKING:
    from tui.desk.frame import FrameScreen


class AskNumber(Ask):
    """A scan answers it at once."""

    takes_scans = True

    async def on_scan(self, code: Code) -> None:
        """The number as it stands on the paper."""
        self.answer(str(code))


async def ask_code(screen: FrameScreen, tender: Tender, *, is_out: bool) -> str | None:
    """Which one pays; of credit for money that goes back, which one it goes onto: a new one, where
    no other is scanned.
    """
    name: dict[str, Any] = {"tender": tender_name(tender)}
    if is_out and tender.kind == CREDIT:
        title = word("{tender}: onto which number? Enter alone: a new one")
        number = await screen.desk.ask(AskNumber(title, value=new_number(), **name))
    else:
        number = await screen.desk.ask(AskNumber(word("{tender}: scan or type its number"), **name))
    return number.strip() if number else None
