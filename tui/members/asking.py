"""The number of a voucher or a credit: scanned or typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from models.base.database import store_number
from models.ledger.ways.tenders import Tender
from models.members.cards import find_card
from models.members.kinds import CREDIT
from models.members.lots import Lot, LotUnknown, is_over, lots_of, new_number, rest_of
from models.members.vouchers import OF_VOUCHERS
from models.trust.operation import open_day
from receipts.words import word
from tui.desk.gate.scan import Code
from tui.desk.words import t
from tui.members.card_telling import tell_card
from tui.money.ways import tender_name
from tui.widgets.panel import Ask, Message

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
    title, value = word("{tender}: scan or type its number"), ""
    if is_out and tender.kind == CREDIT:
        title, value = word("{tender}: onto which number? Enter alone: a new one"), new_number()
    number = await screen.desk.ask(AskNumber(title, value=value, tender=tender_name(tender)))
    return number.strip() if number else None


async def look_up(app: Any) -> None:
    """From the menu: what is left on a number, until when; of a card that too. Refuses:
    LotUnknown.
    """
    number = await app.ask(AskNumber(word("Voucher or store credit: scan or type its number")))
    if number and await app.in_books(find_card, number.strip()):
        # Times are no money: they are told as a card tells them.
        await tell_card(app, number.strip())
    elif number:
        lots, today = await app.in_books(_looked_up, number.strip())
        rest = rest_of(lots, today)
        title = word("{kind} {number}: {rest} remaining")
        await app.ask(
            Message(
                title, "\n".join(_told(lot, today) for lot in lots), kind=t(lots[0].what.title),
                number=lots[0].number, rest=rest,
            )
        )  # fmt: skip


def _looked_up(number: str) -> tuple[list[Lot], date]:
    found = [lot for lot in lots_of(number) if lot.kind in OF_VOUCHERS]
    if not found:
        raise LotUnknown(number=number)
    return found, open_day(store_number())


def _told(lot: Lot, today: date) -> str:
    if not lot.is_active:
        return t("{rest} of {value}: stopped", rest=lot.rest, value=lot.value)
    if lot.expires is None:
        return t("{rest} of {value}, without an end", rest=lot.rest, value=lot.value)
    said = word("{rest} of {value}, good through {day}")
    if is_over(lot, today):
        said = word("{rest} of {value}, over since {day}")
    return t(said, rest=lot.rest, value=lot.value, day=lot.expires)
