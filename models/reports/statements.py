"""What stands on a statement of an account (对账单) and on a reminder of what is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.base.clock import from_micros, micros
from models.base.fields import store_currency
from models.base.money import Money
from models.base.refusals import Refusal
from models.ledger.debts.dues import Ageing, Item, aged, items_of
from models.ledger.folios import Folio
from models.ledger.store_card import StoreCard, local, store_card, user_name
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job


class NothingOverdue(Refusal):
    """Nothing on this account is overdue but what is disputed: there is nothing to remind of."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One entry, and what the account comes to behind it."""

    item: Item
    balance: Money


@dataclass(frozen=True, slots=True)
class StatementView:
    """An account from one day to another: `opening` and the lines come to `closing`; `age` tells
    what is open now by how long it is overdue.
    """

    store: StoreCard
    number: str
    name: str
    first: date
    last: date
    opening: Money
    lines: tuple[StatementLine, ...]
    closing: Money
    age: Ageing
    clerk: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReminderView:
    """What somebody did not pay in time, without what he disputes."""

    store: StoreCard
    number: str
    name: str
    day: date
    items: tuple[Item, ...]
    total: Money
    clerk: str
    at: datetime


@operation(right="keep accounts")
def print_statement(job: Job, folio: Folio, first: date, last: date, *, language: str = "") -> None:
    """Print the statement of an account from one day to another."""
    _print(job, "statement", folio, (first, last), language=language)


@operation(right="keep accounts")
def print_reminder(job: Job, folio: Folio, *, language: str = "") -> None:
    """Print a letter that asks for what is overdue (催款函). Refuses: NothingOverdue."""
    if not overdue_on(folio, job.day):
        raise NothingOverdue(account=folio.number, name=folio.name)
    _print(job, "reminder", folio, (job.day, job.day), language=language)


def _print(job: Job, kind: str, folio: Folio, days: tuple[date, date], *, language: str) -> None:
    first, last = days
    body = {
        "folio": folio.key, "first": first.isoformat(), "last": last.isoformat(),
        "user": job.user, "at": micros(job.now),
    }  # fmt: skip
    add_job(job, kind, body=body, language=language)
    job.note(account=folio.number, name=folio.name, paper=kind)


def overdue_on(folio: Folio, day: date) -> list[Item]:
    """What was to be paid before a day and is not, without what is disputed."""
    return [
        item
        for item in items_of(folio)
        if item.is_charge and item.left and item.due < day and not item.is_disputed
    ]


def statement_view(body: Mapping[str, Any]) -> StatementView:
    """The statement that was asked for."""
    folio, first, last = _asked(body)
    items = items_of(folio)
    money = store_currency()
    opening = Money.total((item.amount for item in items if item.day < first), money)
    lines, balance = list[StatementLine](), opening
    for item in items:
        if first <= item.day <= last:
            balance += item.amount
            lines.append(StatementLine(item, balance))
    return StatementView(
        store_card(), folio.number, folio.name, first, last, opening, tuple(lines), balance,
        aged(folio, items, last), user_name(body["user"]), local(from_micros(body["at"])),
    )  # fmt: skip


def reminder_view(body: Mapping[str, Any]) -> ReminderView:
    """The reminder that was asked for, with what is open of it now."""
    folio, day, _ = _asked(body)
    items = overdue_on(folio, day)
    total = Money.total((item.left for item in items), store_currency())
    return ReminderView(
        store_card(), folio.number, folio.name, day, tuple(items), total, user_name(body["user"]),
        local(from_micros(body["at"])),
    )  # fmt: skip


def _asked(body: Mapping[str, Any]) -> tuple[Folio, date, date]:
    first, last = (date.fromisoformat(body[name]) for name in ("first", "last"))
    return Folio.get_by_id(body["folio"]), first, last
