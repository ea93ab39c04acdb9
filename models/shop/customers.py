"""Whose bill it is: the customer that was named on it, and what he bought here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from models.base import clock
from models.base.exact import divide
from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money, half_away
from models.base.words import word
from models.ledger.kinds import SALE, label
from models.members.card_prices import PLAIN, TIMES
from models.members.kinds import COURSE, POINTS, VALUE_CARD
from models.people.history import Event, Figure, Source
from models.people.merging import keys_of, root_of
from models.people.persons import Person
from models.people.reach import require_seen
from models.selling.charges import STYLIST
from models.selling.items import Item
from models.shop.basket import Basket
from models.trust import drafts
from models.trust.guard import require_right
from models.trust.operation import Session
from models.trust.records import LinkUnknown
from models.trust.scopes import Narrowed, Scope

# What of the head of a bill goes with its customer.
_OF_CUSTOMER = ("customer", TIMES, PLAIN)


def set_customer(session: Session, basket: Basket, person: int | None) -> None:
    """Name whose bill it is; None takes the name away. A record that was merged gives the one that
    stands for it. Refuses: DraftGone, LinkUnknown, RightMissing, OutOfScope.
    """
    found: Person | None = None
    if person is not None:
        rights = require_right(session, "see people", what="customer")
        found = Person.get_or_none(Person.key == root_of(person))
        if found is None:
            raise LinkUnknown(field="customer")
        require_seen(found, rights)
    name_customer(basket, found)


def name_customer(basket: Basket, found: Person | None) -> None:
    """Name whose bill it is, as `set_customer` does, where somebody who may has said it before.

    Refuses: DraftGone.
    """
    head = {name: value for name, value in basket.head.items() if name not in _OF_CUSTOMER}
    if found is not None:
        head["customer"] = [found.key, found.name]
    drafts.save_head(basket.draft, basket.register, head)
    # The promotions are those of the customer now.
    basket.take_head(head)


def customer_of(head: Any) -> tuple[int | None, str]:
    """The customer of a bill by its head: his record and his name as it was; nobody where the head
    was altered.
    """
    match head:
        case {"customer": [int(key), str(name)]}:
            return key, name
    return None, ""


_BOUGHT = (
    'SELECT d."key", d."day", d."at", d."kind", d."register", d."number", d."total", '
    '(SELECT l."name" FROM "charge_line" l WHERE l."document_id" = d."key" '
    'ORDER BY l."line" LIMIT 1), '
    '(SELECT count(*) FROM "charge_line" l WHERE l."document_id" = d."key"), '
    # Somebody else, where it was put right.
    'coalesce((SELECT c."name" FROM "staff_change" x JOIN "charge_staff" c '
    'ON c."document_id" = x."document_id" AND c."of_line" = x."line" '
    f'WHERE x."of_document" = d."key" AND c."role" = \'{STYLIST}\' '
    'ORDER BY x."of_line", x."document_id" DESC, c."line" LIMIT 1), '
    '(SELECT c."name" FROM "charge_staff" c WHERE c."document_id" = d."key" '
    f'AND c."role" = \'{STYLIST}\' ORDER BY c."line" LIMIT 1)), '
    '(SELECT t."name_zh" FROM "payment" p JOIN "tender" t ON t."key" = p."tender_id" '
    f'WHERE p."document_id" = d."key" AND t."kind" IN (\'{COURSE}\', \'{VALUE_CARD}\', '
    f"'{POINTS}') ORDER BY p.\"line\" LIMIT 1) "
    'FROM "sale" s JOIN "document" d ON d."key" = s."document_id" WHERE s."person" = ? '
    'AND d."at" < ?{scope} ORDER BY d."at" DESC LIMIT ?'
)
_EVENTS = Narrowed(_BOUGHT, 'd."user"')
_SUMS = Narrowed(
    'SELECT count(*), coalesce(sum(d."total"), 0) FROM "sale" s '
    'JOIN "document" d ON d."key" = s."document_id" WHERE s."person" = ?{scope}',
    'd."user"',
)
_DAYS = Narrowed(
    'SELECT DISTINCT d."day" FROM "sale" s JOIN "document" d ON d."key" = s."document_id" '
    f'WHERE s."person" = ? AND d."kind" = \'{SALE}\'{{scope}}',
    'd."user"',
)
_GOODS = Narrowed(
    'SELECT l."name", count(*) FROM "sale" s JOIN "document" d ON d."key" = s."document_id" '
    'JOIN "charge_line" l ON l."document_id" = d."key" '
    f'WHERE s."person" = ? AND d."kind" = \'{SALE}\'{{scope}} GROUP BY l."name"',
    'd."user"',
)
# So many of the goods that somebody buys again and again say what he comes for.
_FAVOURITES = 3
_ALWAYS = 2**62


def _events(scope: Scope, keys: Sequence[int], before: datetime | None, limit: int) -> list[Event]:
    until = _ALWAYS if before is None else clock.micros(before)
    return [_event(row) for key in keys for row in _EVENTS.rows(scope, (key, until), (limit,))]


def _event(row: Sequence[Any]) -> Event:
    key, day, at, kind, register, number, total, first, lines, stylist, card = row
    more = f" +{lines - 1}" if lines > 1 else ""
    # What, by whom, and what of his own paid for it.
    said = (f"{first or ''}{more}", stylist, card)
    return Event(
        day=datetime.fromisoformat(day).date(), at=clock.from_micros(at), kind=word("Sale"),
        label=label(kind, register, number), what="  ".join(one for one in said if one),
        amount=Money(int(total), store_currency()), document=key,
    )  # fmt: skip


def _figures(scope: Scope, keys: Sequence[int]) -> list[Figure]:
    sums = [_SUMS.rows(scope, (key,))[0] for key in keys]
    bills = sum(int(n) for n, _ in sums)
    spent = sum(int(total) for _, total in sums)
    money, days = store_currency(), sorted({day for key in keys for (day,) in _days(scope, key)})
    figures = [Figure(word("Bills"), bills), Figure(word("Spent"), Money(spent, money))]
    if days:
        figures += [
            Figure(word("Days here"), len(days)), Figure(word("Last here"), days[-1]),
            Figure(word("A bill on average"), Money(half_away(Fraction(spent, bills)), money)),
        ]  # fmt: skip
    if liked := _favourites(scope, keys):
        figures.append(Figure(word("Buys most"), liked))
    return figures


def _days(scope: Scope, key: int) -> list[tuple[str]]:
    return _DAYS.rows(scope, (key,))


def _favourites(scope: Scope, keys: Sequence[int]) -> str:
    """What stands on the most lines of his bills, on two at least."""
    lines: Counter[str] = Counter()
    for key in keys:
        lines.update({str(name): int(count) for name, count in _GOODS.rows(scope, (key,))})
    often = sorted((-count, name) for name, count in lines.items() if count > 1)
    return ", ".join(name for _, name in often[:_FAVOURITES])


BOUGHT = Source(_events, _figures)


# --- what he paid for the same goods last


@dataclass(frozen=True, slots=True)
class LastPaid:
    """What a customer paid for one of an item, all discounts off, and on which day."""

    price: Money
    day: date


_LAST = Statement(
    'SELECT l."amount" - l."share", l."quantity", d."day" FROM "sale" s '
    'JOIN "document" d ON d."key" = s."document_id" '
    'JOIN "charge_line" l ON l."document_id" = d."key" '
    f'WHERE s."person" = ? AND d."kind" = \'{SALE}\' AND l."goods" = ? AND l."pack" = ? '
    'AND l."quantity" > 0 ORDER BY d."at" DESC LIMIT 1'
)


def last_paid(head: Any, item: Item) -> LastPaid | None:
    """What the customer named on a bill paid for one of these last; None when he never did, or
    nobody is named.
    """
    person, _ = customer_of(head)
    found: list[tuple[Any, ...]] = []
    for key in keys_of(root_of(person)) if person is not None else ():
        found += _LAST.rows(key, item.goods, item.pack.thousandths)
    if not found:
        return None
    amount, quantity, day = max(found, key=lambda row: str(row[2]))
    one = divide(int(amount) * 1000, int(quantity))
    return LastPaid(Money(one, store_currency()), date.fromisoformat(day))
