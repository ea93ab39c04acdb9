"""Before payment: what the member on the bill may pay with, each with what it comes to. A digit
leaves one out or takes it, Enter goes to payment with those that are marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from models.ledger.payments.taken import take_for
from models.members.kinds import COURSE, POINTS, VALUE_CARD
from models.shop import basket as bills
from models.shop.member_offers import (
    DISCOUNT,
    MemberOffer,
    PayPlan,
    choose_offers,
    offers_for,
    plan,
)
from receipts.words import word
from tui.desk.safe import clean
from tui.desk.words import t
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Panel

if TYPE_CHECKING:
    from tui.shop.selling import Selling

Row = tuple[str, tuple[str, str], str, str]
_COLUMNS = (
    Column("#", 3, "right", tone="key", read=lambda row: row[0]),
    Column("", 8, read=lambda row: row[1]),
    Column(word("May be used"), 0, read=lambda row: row[2]),
    Column(word("Amount"), 11, "right", tone="money", read=lambda row: row[3]),
)
GO = -1
NOT_OFFERED = word("There is no {typed} here. Enter goes to payment: type the amount there.")


class Offers(Panel[int]):
    """Answers with the place of an offer that is to be marked or not, or GO: to payment, or at once
    where nothing is left to pay.
    """

    needs_fresh_key: ClassVar[bool] = True
    width = 76

    def __init__(self, rows: Sequence[Row], found: PayPlan) -> None:
        super().__init__(
            word("To pay {due}: what of this is used? {left} is left"), due=found.due,
            left=found.left,
        )  # fmt: skip
        self._rows, self._pays_all = rows, not found.left

    def content(self) -> Iterable[Any]:
        rows = LineList(_COLUMNS, self._rows, is_still=True, can_focus=False)
        rows.styles.height = len(self._rows) + 1
        yield rows

    def keys_shown(self) -> list[tuple[str, str]]:
        enter = word("Paid with this") if self._pays_all else word("To payment")
        return [("1-9", word("Use, or not")), ("Enter", enter), ("F12", word("Back"))]

    def on_key(self, event: Any) -> None:
        if event.key.isdigit():
            event.stop()
            if 0 < int(event.key) <= len(self._rows):
                self.answer(int(event.key) - 1)
            else:
                # An amount that was typed ahead of the payment would be lost without a word.
                self.desk.alarm(NOT_OFFERED, typed=event.key)
        elif event.key == "enter" and self.desk.pressed_after_paint(self):
            event.stop()
            self.answer(GO)


async def use_offers(screen: Selling) -> bool | None:
    """Ask what of the member's is used, and take it for the bill: whether it pays for all; None
    when it was left.
    """
    offers = await screen.in_books(offers_for, screen.basket)
    if not offers:
        return False
    marked = {place for place, offer in enumerate(offers) if offer.is_usual}
    while True:
        found = await screen.in_books(plan, screen.basket, offers, marked)
        rows = [_row(place, offers[place], found, marked) for place in range(len(offers))]
        answer = await screen.desk.ask(Offers(rows, found))
        if answer is None:
            return None
        if answer == GO:
            break
        marked ^= {answer}
    found = await screen.in_books(choose_offers, screen.basket, offers, marked)
    for paying in found.payings:
        await screen.operate(take_for, screen.basket.draft, paying)
    screen.take_bill(await screen.in_books(bills.refresh, screen.basket))
    return bool(found.payings) and not screen.basket.left_to_pay


def _row(place: int, offer: MemberOffer, found: PayPlan, marked: set[int]) -> Row:
    sign = (t("used"), "good") if place in marked else (t("not used"), "muted")
    amount = found.amounts[place]
    return (str(place + 1), sign, _told(offer), str(amount) if place in marked else "")


def _told(offer: MemberOffer) -> str:
    """What it is, and how much there is of it."""
    name, number = clean(offer.name), offer.code[-4:]
    if offer.kind == COURSE:
        return t(
            "{name}: {count} times {item}, {left} left then", name=name, count=offer.count,
            item=clean(offer.what), left=offer.of - offer.count,
        )  # fmt: skip
    if offer.kind == DISCOUNT:
        return t("{name}: off services", name=name)
    if offer.kind == VALUE_CARD:
        return t("{name} …{number}: {rest} on it", name=name, number=number, rest=offer.most)
    assert offer.kind == POINTS, offer
    return t("Points: {points}, worth {worth}", points=offer.of, worth=offer.most)
