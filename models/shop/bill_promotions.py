"""The promotions of a bill: which it may have, and what they take off its lines while it is rung.

A bill has those of the moment in which its first line was rung, however long it lasts: what was
shown then is what is paid. Each line of a store with promotions keeps that moment, so a bill that
was begun before there were any has none, and a store without them asks once a bill and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from models.base import clock
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.ledger.store_card import local
from models.members.card_prices import card_rules, has_cards
from models.people.birthdays import days_to_birthday, had_this_year
from models.people.merging import root_of
from models.people.persons import Person
from models.selling.lines import NewPrice
from models.selling.price_lists import list_prices
from models.selling.promotion_effect import OffLine, bills_with
from models.selling.promotion_rows import (
    Promotion,
    Whose,
    book_for,
    counts,
    coupon,
    promotions_in_use,
)
from models.selling.promotions import Off, OnBill, RuleBook, work_out
from models.shop.basket_lines import RungLine
from models.trust import drafts

if TYPE_CHECKING:
    from models.shop.basket import Basket

COUPONS = "coupons"
ONE = Quantity.of(1)


class CouponNotNow(Refusal):
    """A coupon counts on other days or hours, for other customers, or is switched off."""


class CouponUsed(Refusal):
    """A coupon was given on as many bills as it may be."""


class CouponSpent(CouponUsed):
    """The same when it is scanned: the bill goes without it, also one that had it."""


Lined = TypeVar("Lined", bound=RungLine)


def rung_at(basket: Basket) -> int | None:
    """What a line keeps that is rung now; None where there were no promotions when its bill was
    begun.
    """
    has_some = basket.book is not None if basket.lines else may_have_offs()
    return clock.micros(clock.now()) if has_some else None


def begin_book(basket: Basket, head: Any) -> None:
    """Find the promotions that a bill may have, and what they take off it."""
    basket.book = book_of(basket.lines, head)
    if basket.book is not None:
        promote(basket)


def renew_book(basket: Basket) -> None:
    """The same where its first line is another one now, or its customer."""
    if basket.book is not None:
        begin_book(basket, basket.head)


def promote(basket: Basket) -> None:
    """Find out anew what promotions take off: one line more or less may change every other."""
    offs = offs_on(basket.lines, basket.book)
    for place, line in enumerate(basket.lines):
        if line.offs != (now := offs.get(place, ())):
            basket.replace_at(place, line.promoted(basket.rules, now))


def book_of(lines: Iterable[RungLine], head: Any) -> RuleBook | None:
    """The promotions that a bill may have, with what the cards of its customer give; None when it
    was begun without any.
    """
    begun = [line.at for line in lines if line.at is not None]
    if not begun:
        return None
    whose = _whose(min(begun), head)
    book, own = book_for(whose), card_rules(head, whose.at.date())
    return RuleBook([*book.rules, *own]) if own else book


def may_have_offs() -> bool:
    """Whether there is anything that could come off a bill by itself."""
    return bool(promotions_in_use()) or has_cards()


def _whose(begun: int, head: Any) -> Whose:
    named = (isinstance(head, dict) and head.get("customer")) or (None,)
    person = Person.get_or_none(Person.key == root_of(named[0])) if named[0] else None
    level = None if person is None else person.level_id
    at, codes = local(clock.from_micros(begun)), tuple(coupons_of(head))
    if person is None or not any(r.birthday_days is not None for r, _ in promotions_in_use()):
        return Whose(at, person is not None, level, codes)
    away = days_to_birthday(person, at.date())
    return Whose(at, True, level, codes, away, had_this_year(person.key, at.date()))


def coupons_of(head: Any) -> list[str]:
    """The codes of the coupons that the customer gave for a bill."""
    found = head.get(COUPONS, []) if isinstance(head, dict) else []
    return [code for code in found if isinstance(code, str)]


def coupons_given(offs: Mapping[Any, Sequence[Off]]) -> list[str]:
    """The codes of the coupons among what came off the lines of a sold bill."""
    keys = {off.rule for each in offs.values() for off in each}
    found = Promotion.select().where(Promotion.key << list(keys), Promotion.code != "")
    return [row.code for row in found.order_by(Promotion.key)] if keys else []


def offs_on(lines: Sequence[RungLine], book: RuleBook | None) -> dict[int, tuple[Off, ...]]:
    """What comes off each line, by its place in the bill."""
    if book is None or not book.rules:
        return {}
    # What has another price by hand takes no part.
    places = [n for n, line in enumerate(lines) if not isinstance(line.discount, NewPrice)]
    rung = [_on_bill(lines[place]) for place in places]
    if any(rule.price_list for rule in book.rules):
        others = list_prices({line.goods for line in rung})
        rung = [replace(line, prices=others.get(line.goods, {})) for line in rung]
    found = work_out(rung, book)
    return {places[n]: offs for n, offs in found.items()}


def with_offs(lines: Sequence[Lined], head: Any) -> list[Lined]:
    """Rung lines as they are paid."""
    offs = offs_on(lines, book_of(lines, head))
    return [
        replace(line, offs=offs[place]) if place in offs else line
        for place, line in enumerate(lines)
    ]


def off_lines(lines: Sequence[RungLine]) -> list[OffLine]:
    """What came off, as it is stored with a sale of these lines."""
    return [OffLine(place, off) for place, line in enumerate(lines, 1) for off in line.offs]


def _on_bill(line: RungLine) -> OnBill:
    item, quantity = line.item, line.quantity
    amount = (line.price.times(quantity) if line.printed is None else line.printed).minor
    is_priced = line.printed is None and item.pack == ONE
    is_counted = is_priced and not item.is_weighed and not quantity.thousandths % 1000
    by_hand = line.discount.minor if isinstance(line.discount, Money) else 0
    return OnBill(
        item.goods, item.category, line.price.minor, amount,
        quantity.thousandths // 1000 if is_counted else 0,
        quantity.thousandths if is_priced else 0, amount - by_hand, is_service=not item.is_stocked,
    )  # fmt: skip


# --- coupons


def use_coupon(basket: Basket, code: str) -> Promotion | None:
    """Take a coupon for a bill, once; None when the code is none of a coupon. One that was used up
    in the meantime is taken off the bill again.

    Refuses: CouponNotNow, CouponSpent, DraftGone.
    """
    found = coupon(code)
    if found is None:
        return None
    codes = coupons_of(basket.head)
    if found.code not in codes:
        head = {**basket.head, COUPONS: [*codes, found.code]}
        begun = min((line.at for line in basket.lines if line.at is not None), default=None)
        whose = _whose(clock.micros(clock.now()) if begun is None else begun, head)
        if not found.is_active or not counts(found, whose):
            raise CouponNotNow(coupon=found.name)
        _require_unused(found, CouponSpent)
        _save_coupons(basket, head)
    elif _is_used_up(found):
        _save_coupons(
            basket, {**basket.head, COUPONS: [code for code in codes if code != found.code]}
        )
        _require_unused(found, CouponSpent)
    return found


def _save_coupons(basket: Basket, head: dict[str, Any]) -> None:
    drafts.save_head(basket.draft, basket.register, head)
    basket.take_head(head)


def require_coupons(lines: Sequence[RungLine]) -> None:
    """The last look, inside the sale: of two counters that took the last of a coupon at once, one
    sells. Refuses: CouponUsed.
    """
    keys = {off.rule for line in lines for off in line.offs}
    for row, rule in promotions_in_use() if keys else ():
        if rule.key in keys:
            _require_unused(row, CouponUsed)


def _is_used_up(row: Promotion) -> bool:
    return row.uses is not None and bills_with(row.key) >= row.uses


def _require_unused(row: Promotion, refusal: type[CouponUsed]) -> None:
    if _is_used_up(row):
        raise refusal(coupon=row.name, uses=row.uses)
