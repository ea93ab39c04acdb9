"""Vouchers and store credit (礼券、退货余额): what is left on each, whose it is, and its uses."""

from __future__ import annotations

from typing import Any

from models.ledger.documents import Document
from models.ledger.payments.refunds import proposed
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import tender_of
from models.listings.listings import Action, Condition, Field, Link, Listing, Related
from models.members.kinds import KINDS
from models.members.lots import BACK, CASHED, EXPIRED, ISSUED, USED, Lot, LotMove
from models.members.points_lots import TAKEN
from models.members.vouchers import OF_VOUCHERS, pay_back_lot, save_lot, switch_lot
from models.people.persons import Person
from models.trust.operation import Session
from receipts.words import word
from tui.money.giving_back import ask_refund
from tui.records.looks import Look

WHY = {
    ISSUED: word("Issued"), USED: word("Used"), BACK: word("Came back"), EXPIRED: word("Ran out"),
    CASHED: word("Refunded"), TAKEN: word("Taken off again"),
}  # fmt: skip
_DAYS = word("In days; 0: for ever.")
SETTINGS = (
    Field("members.voucher_days", word("Vouchers good"), "number", help=_DAYS),
    Field("members.credit_days", word("Credit good"), "number", look=Look(is_beside=True),
          help=_DAYS),
    Field("members.grace_days", word("After its end"), "number", look=Look(is_beside=True),
          help=word("So many days more for money that goes back onto one that is over.")),
)  # fmt: skip


def _uses(session: Session, key: Any) -> list[Related]:
    """What happened with it, newest first."""
    moves = LotMove.select().where(LotMove.lot == key)
    by_key = {
        each.key: each
        for each in Document.select().where(Document.key << [m.document_id for m in moves])
    }
    rows = sorted(moves, key=lambda m: (by_key[m.document_id].at, m.line), reverse=True)
    return [
        Related(
            by_key[move.document_id].day.isoformat(), WHY[move.why],
            by_key[move.document_id].label, str(move.amount),
        )
        for move in rows
    ]  # fmt: skip


async def _pay_back(screen: Any, line: Any) -> None:
    """What is left goes back the way it came."""
    app = screen.desk
    lot, payings = await app.in_books(_proposed, line.key)
    given, approval = await ask_refund(app, payings, pay_back_lot, name=lot.number)
    if not given:
        return
    await screen.operate(pay_back_lot, lot, tuple(given), **approval)
    app.wake_paper()
    if await app.in_books(_opens_drawer, given):
        app.kick_drawer()
    app.inform(word("Given back: {amount}"), amount=lot.rest)


def _proposed(key: int) -> tuple[Lot, list[Paying]]:
    lot: Lot = Lot.get_by_id(key)
    return lot, proposed([lot.document], lot.rest) if lot.rest else []


def _opens_drawer(payings: list[Paying]) -> bool:
    return any(tender_of(paying.tender).opens_drawer for paying in payings)


LISTING = Listing(
    "lots",
    word("Vouchers and store credit"),
    Lot,
    order="number",
    fields=(
        Field("number", word("No."), look=Look(13), is_computed=True, is_sorted=True),
        Field("kind", word("Kind"), "choice", look=Look(10), is_computed=True,
              choices=tuple((each, KINDS[each].title) for each in OF_VOUCHERS)),
        Field("person", word("Owner"), "link", look=Look(12, box=24, drop=1),
              link=Link("people", Person), help=word("Blank: good for whoever shows the number.")),
        Field("value", word("Value"), "money", is_computed=True, is_summed=True),
        Field("rest", word("Remaining"), "money", is_computed=True, is_summed=True),
        Field("day", word("Issued on"), "date", look=Look(drop=2), is_computed=True),
        Field("expires", word("Good through"), "date", look=Look(12), is_sorted=True,
              help=word("Blank: for ever.")),
        Field("is_active", word("In use"), "yes-no", is_computed=True,
              default=True),
    ),
    find=("number", "name"),
    named="number",
    dates="day",
    where=tuple(Condition("kind", "<>", each) for each in KINDS if each not in OF_VOUCHERS),
    # Who knows a number can use it: they are for few eyes.
    right="keep vouchers",
    change_right="keep vouchers",
    save=save_lot,
    drop=switch_lot,
    is_switched=True,
    can_add=False,
    actions=(Action(word("Give the money back"), _pay_back, "give refund"),),
    related=_uses,
    empty=word("Nothing was sold or given yet. Menu 87 sells a voucher."),
)  # fmt: skip
