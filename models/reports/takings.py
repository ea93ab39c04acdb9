"""Takings of a shift or a day: what X, Z and the day's slip show, from the posted rows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from models.base.clock import from_micros
from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money, currency, half_away
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.ledger.accounts import DRAWER
from models.ledger.daily.day_seal import DaySeal
from models.ledger.daily.days import BusinessDay, store_day
from models.ledger.daily.shift_life import close_shift
from models.ledger.daily.shift_view import (
    CashMoveView,
    DayView,
    ForeignView,
    RegisterDayView,
    ShiftDayView,
    ShiftOverView,
    ShiftView,
    TaxView,
    TenderTotal,
)
from models.ledger.daily.shifts import CLOSED, COUNTED, CashCount, Shift, counts_of
from models.ledger.documents import Document
from models.ledger.kinds import X, Z, label, z_label
from models.ledger.store_card import local, register_name, store_card, user_name
from models.ledger.trade import CASH_IN, CASH_OUT, DROP
from models.ledger.ways.foreign import last_count
from models.reports.bridge import beside_sales, both_figures
from models.shop.trade import BILLS, RETURN, SALE, VOID
from models.trust.audit import Audit

# What a set of documents is chosen by: one shift, or one business date.
_BY_SHIFT, _BY_DAY = 'd."shift" = ?', 'd."day" = ?'
# Other trades have charge lines too.
_BILLS = f'd."kind" IN {BILLS}'


@dataclass(frozen=True, slots=True)
class Sums:
    """Figures over a shift's or a day's documents."""

    kinds: dict[str, tuple[int, int]]
    tenders: tuple[TenderTotal, ...]
    beside: tuple[tuple[str, Money], ...]
    taxes: tuple[TaxView, ...]
    categories: tuple[tuple[str, Quantity, Money], ...]
    discounts: Money
    rounding: Money
    exchanged: tuple[int, Money]
    events: dict[str, int]
    first_number: str
    last_number: str

    def count(self, kind: str) -> int:
        return self.kinds.get(kind, (0, 0))[0]

    def total(self, kind: str) -> Money:
        return Money(self.kinds.get(kind, (0, 0))[1], store_currency())

    @property
    def sold(self) -> Money:
        """What was sold, before what came back."""
        return self.total(SALE) + self.exchanged[1]

    @property
    def returns(self) -> tuple[int, Money]:
        """How often goods came back, and what was given for them."""
        times, given = self.exchanged
        return self.count(RETURN) + times, given - self.total(RETURN)


class _Queries:
    """The statements, once for each way to choose the documents."""

    def __init__(self, where: str, events: str) -> None:
        self.kinds = Statement(
            'SELECT d."kind", count(*), sum(d."total"), min(d."number"), max(d."number"), '
            'min(d."register") '
            f'FROM "document" d WHERE {where} GROUP BY d."kind"'
        )
        self.tenders = Statement(
            'SELECT t."name_zh", t."name_en", count(*), sum(p."amount") FROM "document" d '
            'JOIN "payment" p ON p."document_id" = d."key" '
            'JOIN "tender" t ON t."key" = p."tender_id" '
            f'WHERE {where} GROUP BY t."number", t."name_zh", t."name_en" ORDER BY t."number"'
        )
        self.beside = Statement(
            'SELECT d."kind", sum(p."amount") '
            'FROM "document" d '
            'JOIN "payment" p ON p."document_id" = d."key" '
            f'WHERE {where} AND NOT {_BILLS} GROUP BY d."kind"'
        )
        self.taxes = Statement(
            'SELECT s."name", s."rate", sum(s."base"), sum(s."tax") FROM "document" d '
            'JOIN "charge_tax" s ON s."document_id" = d."key" '
            f'WHERE {where} AND {_BILLS} GROUP BY s."name", s."rate" '
            'ORDER BY s."rate" DESC, s."name"'
        )
        self.categories = Statement(
            'SELECT coalesce(c."name", \'\'), sum(l."quantity" * l."pack" / 1000), '
            'sum(l."net" + l."tax") FROM "document" d '
            'JOIN "charge_line" l ON l."document_id" = d."key" '
            'LEFT JOIN "category" c ON c."key" = l."category" '
            f"WHERE {where} AND {_BILLS} GROUP BY coalesce(c.\"name\", '') ORDER BY 3 DESC, 1"
        )
        self.discounts = Statement(
            'SELECT coalesce(sum(l."discount" + l."share"), 0) FROM "document" d '
            f'JOIN "charge_line" l ON l."document_id" = d."key" WHERE {where} AND {_BILLS}'
        )
        self.rounding = Statement(
            'SELECT coalesce(sum(s."rounding"), 0) FROM "document" d '
            f'JOIN "sale" s ON s."document_id" = d."key" WHERE {where} AND {_BILLS}'
        )
        self.exchanged = Statement(
            'SELECT count(DISTINCT d."key"), coalesce(sum(r."given"), 0) FROM "document" d '
            'JOIN "return_line" r ON r."document_id" = d."key" '
            f"WHERE {where} AND d.\"kind\" = '{SALE}'"
        )
        self.events = Statement(
            f'SELECT d."kind", count(*) FROM "till_event" d WHERE {events} GROUP BY d."kind"'
        )


_SHIFT, _DAY = _Queries(_BY_SHIFT, _BY_SHIFT), _Queries(_BY_DAY, _BY_DAY)


def _sums(queries: _Queries, value: Any) -> Sums:
    money = store_currency()
    kinds = queries.kinds.rows(value)
    sales = next((row for row in kinds if row[0] == SALE), None)
    exchanges, exchanged = queries.exchanged.rows(value)[0]
    return Sums(
        kinds={row[0]: (int(row[1]), int(row[2])) for row in kinds},
        tenders=tuple(
            TenderTotal(zh, en, int(count), Money(int(amount), money))
            for zh, en, count, amount in queries.tenders.rows(value)
        ),
        beside=beside_sales((kind, int(sum_)) for kind, sum_ in queries.beside.rows(value)),
        taxes=tuple(
            TaxView(name, Rate(int(rate)), Money(int(base), money), Money(int(tax), money))
            for name, rate, base, tax in queries.taxes.rows(value)
        ),
        categories=tuple(
            (name, Quantity(int(quantity)), Money(int(amount), money))
            for name, quantity, amount in queries.categories.rows(value)
        ),
        discounts=Money(int(queries.discounts.rows(value)[0][0]), money),
        rounding=Money(int(queries.rounding.rows(value)[0][0]), money),
        exchanged=(int(exchanges), Money(int(exchanged), money)),
        events={kind: int(count) for kind, count in queries.events.rows(value)},
        first_number=label(SALE, sales[5], sales[3]) if sales else "",
        last_number=label(SALE, sales[5], sales[4]) if sales else "",
    )


_SOLD = Statement(
    'SELECT count(*), coalesce(sum("total"), 0) FROM "document" WHERE "day" = ? AND "kind" = ?'
)


def sold_on(day: date) -> tuple[int, Money, Money]:
    """Bills, net takings, and the average bill of a business day; one that was undone is none."""
    iso, money = day.isoformat(), store_currency()
    (bills, sold), (undone, lost), (_, returned) = (
        (int(count), int(total))
        for count, total in (_SOLD.rows(iso, kind)[0] for kind in (SALE, VOID, RETURN))
    )
    bills, sold = bills - undone, sold + lost
    average = half_away(Fraction(sold, bills)) if bills else 0
    return bills, Money(sold + returned, money), Money(average, money)


def shift_view(key: int) -> ShiftView:
    """X of an open shift, Z of a closed one.

    What the drawer should hold shows only after the count.
    """
    shift = Shift.get_by_id(key)
    sums = _sums(_SHIFT, key)
    is_closed = shift.state == CLOSED
    is_counted = shift.state in (COUNTED, CLOSED)
    over_short = shift.difference if is_counted else None
    is_whole = _is_whole(shift.closed_at)
    return ShiftView(
        store=store_card(),
        kind=Z if is_closed else X,
        number=z_label(shift.register, shift.number) if is_closed else "",
        register=register_name(shift.register),
        cashier=_cashiers(shift),
        opened_at=local(shift.opened_at),
        closed_at=local(shift.closed_at) if shift.closed_at else None,
        day=shift.day,
        until=shift.closed_day or store_day(),
        days=_days_of(key),
        sales_count=sums.count(SALE),
        sales_total=sums.sold,
        returns_count=sums.returns[0],
        returns_total=sums.returns[1],
        undone_count=sums.count(VOID),
        undone_total=-sums.total(VOID),
        rounding=sums.rounding,
        discounts=sums.discounts,
        voids_count=sums.events.get("void line", 0) + sums.events.get("cancel bill", 0),
        no_sale_count=sums.events.get("no sale", 0),
        tenders=sums.tenders,
        beside=sums.beside if is_whole else (),
        float_amount=shift.float_amount,
        cash_in=sums.total(CASH_IN),
        cash_out=sums.total(CASH_OUT),
        drops=sums.total(DROP),
        bags=_bags(key) if is_whole else (),
        expected_cash=shift.expected if is_counted else None,
        counted_cash=shift.counted if is_counted else None,
        over_short=over_short,
        reason=shift.reason if is_whole else "",
        counted_by=_counted_by(shift) if is_whole else "",
        denominations=_last_count(shift) if is_counted else (),
        foreign=foreign_of(shift) if is_counted else (),
        counts=counts_of(shift.key),
        taxes=sums.taxes,
        categories=sums.categories,
        first_number=sums.first_number,
        last_number=sums.last_number,
        chain_head=_head_at_close(shift) if is_closed else "",
    )


def _is_whole(closed_at: datetime | None) -> bool:
    """Whether its slip tells bags, reasons and what was taken beside sales: a copy of one that was
    printed before there were stays as it is.
    """
    if closed_at is None:
        return True
    row = Audit.select(Audit.shape).where(Audit.at == closed_at).first()
    return row is None or row.shape >= WHOLE_SINCE


# The schema from which on slips of shifts and days tell all of it.
WHOLE_SINCE = 2
_BAGS = Statement(
    f'SELECT d."note", d."total" FROM "document" d WHERE {_BY_SHIFT} AND d."kind" = \'{DROP}\' '
    'ORDER BY d."number"'
)


def _bags(key: int) -> tuple[tuple[str, Money], ...]:
    """The bags that went to the safe, each with what is in it."""
    money = store_currency()
    return tuple((bag, Money(int(total), money)) for bag, total in _BAGS.rows(key))


def _counted_by(shift: Shift) -> str:
    """Who counted and closed it, where that is not who opened it."""
    closed_by = shift.closed_by
    return "" if closed_by in (None, shift.user) else user_name(closed_by)


_POSTED_IN = Statement(
    f'SELECT "user" FROM "document" d WHERE {_BY_SHIFT} AND {_BILLS} GROUP BY "user" '
    'ORDER BY count(*) DESC, "user"'
)


def _cashiers(shift: Shift) -> str:
    """Who opened the shift and everybody else who stood at its till: whoever had most bills first.
    What the drawer lacks is not put on the one who only opened it.
    """
    users = dict.fromkeys([shift.user, *(int(user) for (user,) in _POSTED_IN.rows(shift.key))])
    return ", ".join(user_name(user) for user in users)


_DAYS_OF = Statement(
    f'SELECT d."day", sum(CASE WHEN {_BILLS} THEN d."total" ELSE 0 END), coalesce(sum((SELECT '
    'sum(p."amount") FROM "payment" p WHERE p."document_id" = d."key")), 0) '
    f'FROM "document" d WHERE {_BY_SHIFT} GROUP BY d."day" ORDER BY d."day"'
)


def _days_of(key: int) -> tuple[ShiftDayView, ...]:
    """The dates of a shift's documents, each with what it has of them."""
    money = store_currency()
    return tuple(
        ShiftDayView(date.fromisoformat(day), Money(int(net), money), Money(int(taken), money))
        for day, net, taken in _DAYS_OF.rows(key)
    )


def foreign_of(shift: Shift) -> tuple[ForeignView, ...]:
    """The last count of a shift's cash of other currencies."""
    return tuple(
        ForeignView(row.code, Money(row.expected, money), Money(row.counted, money))
        for row in last_count(shift.key)
        for money in [currency(row.code)]
    )


def _last_count(shift: Shift) -> tuple[tuple[Money, int], ...]:
    rows = list(
        CashCount.select()
        .where(CashCount.shift == shift.key, ~CashCount.is_opening)
        .order_by(CashCount.attempt.desc(), CashCount.value.desc())
    )
    last = [row for row in rows if row.attempt == rows[0].attempt]
    return tuple((row.value, row.pieces) for row in last if row.pieces)


def _head_at_close(shift: Shift) -> str:
    """The head of the register's audit chain when the shift was closed, twelve signs for paper.

    Not the head of today: a copy printed later must be the same as the first.
    """
    row = (
        Audit.select(Audit.hash)
        .where(
            Audit.at == shift.closed_at,
            Audit.register == shift.register,
            Audit.verb == close_shift.__name__,
        )
        .first()
    )
    return row.hash[:12].upper() if row else ""


def _heads_at_close(sealed: DaySeal) -> dict[int, str]:
    """The heads of the chains that were signed with the day, by register, in short."""
    registers = json.loads(sealed.body)["registers"]
    return {register: head[:12].upper() for register, _, head in registers}


def cash_move_view(key: int) -> CashMoveView:
    """A cash move's slip."""
    document = Document.get_by_id(key)
    is_drop = document.kind == DROP
    return CashMoveView(
        store=store_card(),
        kind=document.kind,
        number=document.label,
        register=register_name(document.register),
        cashier=user_name(document.user),
        at=local(document.at),
        amount=document.total,
        reason="" if is_drop else document.note,
        bag=document.note if is_drop else "",
    )


_REGISTERS = Statement(
    'SELECT d."register", count(*), sum(d."total"), min(d."number"), max(d."number") '
    'FROM "document" d '
    'WHERE d."day" = ? AND d."kind" = ? GROUP BY d."register" ORDER BY d."register"'
)
_OVER_SHORT = Statement(
    'SELECT coalesce(sum("counted" - "expected"), 0) FROM "shift" WHERE "closed_day" = ?'
)


# Read from the dates of documents and shifts: a later copy says what the first slip said.
_OVER = Statement(
    'SELECT s."register", s."user", s."opened_at", coalesce((SELECT sum(e."amount") '
    'FROM "document" d JOIN "entry" e ON e."document_id" = d."key" WHERE d."shift" = s."key" '
    f'AND d."day" <= ? AND e."account_id" = {DRAWER}), 0) FROM "shift" s '
    'WHERE s."day" <= ? AND (s."closed_day" IS NULL OR s."closed_day" > ?) ORDER BY s."register"'
)


def _shifts_over(iso: str) -> tuple[ShiftOverView, ...]:
    """The shifts that went on when a day was closed, with their drawers as of that close."""
    money = store_currency()
    return tuple(
        ShiftOverView(
            register=register_name(register),
            cashier=user_name(user),
            opened_at=local(from_micros(int(opened))),
            drawer=Money(int(drawer), money),
        )
        for register, user, opened, drawer in _OVER.rows(iso, iso, iso)
    )


def closed_day_view(body: dict[str, Any]) -> DayView:
    """The closed day that a print job names."""
    return day_view(date.fromisoformat(body["day"]))


def day_view(day: date) -> DayView:
    """A closed business day over all registers, with its signed head in short."""
    found, iso = BusinessDay.get_by_id(day), day.isoformat()
    sums, money = _sums(_DAY, iso), store_currency()
    sealed = DaySeal.get_by_id(day)
    returns_count, returns = sums.returns
    undone = -sums.total(VOID)
    heads = _heads_at_close(sealed)
    return DayView(
        store=store_card(),
        day=day,
        closed_at=local(found.closed_at),
        closed_by=user_name(found.closed_by),
        registers=tuple(
            RegisterDayView(
                register=register_name(register),
                sales_count=int(count),
                sales_total=Money(int(total), money),
                first_number=label(SALE, register, first),
                last_number=label(SALE, register, last),
                chain_head=heads.get(register, ""),
            )
            for register, count, total, first, last in _REGISTERS.rows(iso, SALE)
        ),
        sales_count=sums.count(SALE),
        sales_total=sums.sold,
        returns_count=returns_count,
        returns_total=returns,
        undone_count=sums.count(VOID),
        undone_total=undone,
        rounding=sums.rounding,
        discounts=sums.discounts,
        net_total=sums.sold - returns - undone,
        tenders=sums.tenders,
        beside=sums.beside if _is_whole(found.closed_at) else (),
        taxes=sums.taxes,
        over_short=Money(int(_OVER_SHORT.rows(iso)[0][0]), money),
        shifts_over=_shifts_over(iso),
        head_short=sealed.short,
        earned=both_figures(day),
    )
