"""Closing the business day: what is closed, what opens, and the slip with the signed head."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from models.ledger.daily import days
from models.ledger.daily.days import local_now
from models.trust.guard import require_right
from models.trust.trades_used import used_names
from receipts.words import word
from tui.desk.trade_screens import declared, open_named
from tui.desk.words import Spoken, said, spoken
from tui.records.values import day_of
from tui.widgets.panel import Ask, Confirm, Message

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp


async def close_day_now(app: CounterApp) -> None:
    """Close the day as this store does: a house by its night audit, others at once."""
    if longer := await app.in_books(_longer_way):
        await open_named(app, longer)
    else:
        await close_date(app)


def _longer_way() -> str:
    return next(declared("closes_day", used_names()), "")


async def close_date(app: CounterApp, *, note: str = "") -> None:
    """Ask once, with the date that opens next; then close. `note` is what is open and said
    already.
    """
    await app.in_books(require_right, app.session, "close day", what="day")
    facts = await app.look_again()
    # Said before the questions, not after them.
    await app.in_books(days.require_shifts_ready)
    proposed = await app.in_books(days.proposed_next, facts.day)
    answer = await app.ask(
        Ask(
            word("Close day {day}. The next business date is:"),
            value=proposed.isoformat(),
            day=facts.day,
        )
    )
    if not answer:
        return
    next_day = _date(answer)
    if next_day is None:
        app.alarm(word("{typed} is no date. Type it as 2026-11-23 or 1123."), typed=answer)
        return
    sure = await app.ask(
        Confirm(
            word("Close the business day {day}?"),
            await app.in_books(_what_becomes, facts.day, next_day, note),
            yes=word("Close the day"),
            is_grave=True,
            day=facts.day,
        )
    )
    if not sure:
        return
    uid = await app.in_books(days.close_uid, facts.day)
    opened = await app.operate(days.close_day, next_day=next_day, uid=uid)
    app.wake_paper()
    await app.look_again()
    await app.ask(
        Message(word("Day {day} is closed. Now: {opened}"), day=facts.day, opened=opened.date)
    )


def _what_becomes(day: date, next_day: date, note: str) -> Spoken:
    """Which date opens, what becomes of shifts, and first of all whether this one has begun; behind
    it what is open.
    """
    opens = _opens(day, next_day)
    going = days.registers_of(days.open_shifts())
    if going:
        told = said(
            "Shifts go on at these tills: {tills}. What they take from now on is of the next date; "
            "nothing of this day can be changed afterwards.",
            tills=going,
        )
    else:
        told = said("All shifts are closed. Nothing of the day can be changed afterwards.")
    return spoken(lambda: "\n".join(filter(None, (opens.say(), told.say(), note))))


def _opens(day: date, next_day: date) -> Spoken:
    today = local_now().date()
    if day > today:
        return said(
            "{day} has not begun: today is {today}. What is sold from now on would be of "
            "{next_day}, and no key leads back.", day=day, today=today, next_day=next_day,
        )  # fmt: skip
    return said("Business day {next_day} opens then.", next_day=next_day)


def _date(text: str) -> date | None:
    try:
        return day_of(text.strip())
    except ValueError:
        return None
