"""The way into selling: what must come before it comes first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.ledger.days import is_overdue, open_shifts
from models.ledger.floats import usual_float
from models.ledger.shifts import COUNTED, current_shift
from models.shop.basket import open_basket

if TYPE_CHECKING:
    from datetime import date

    from tui.desk.counter_app import CounterApp

SELL, OPEN, CLOSE, DAY = "sell", "open", "close", "day"


def next_step(register: int, day: date) -> str:
    """What a counter does next: sell, open a shift, finish a close, or close an old day."""
    shift = current_shift(register)
    if shift is not None:
        return CLOSE if shift.state == COUNTED else SELL
    return DAY if is_overdue(day) and not open_shifts() else OPEN


async def open_selling(app: CounterApp, *, instead: bool = False) -> None:
    """Show the selling screen, or the one that must come first."""
    from tui.money.count import CloseShift, OpenShift
    from tui.shop.selling import Selling

    facts = await app.look_again()
    step = await app.in_books(next_step, app.register, facts.day)
    if step == SELL:
        basket = await app.in_books(open_basket, app.session)
        await app.go(Selling(basket), instead=instead)
    elif step == OPEN:
        usual = await app.in_books(usual_float, app.register)
        then = partial(open_selling, app, instead=True)
        await app.go(OpenShift(usual or None, then=then), instead=instead)
    elif step == CLOSE:
        await app.go(CloseShift(), instead=instead)
    else:
        from tui.money.day_close import close_day_now

        await close_day_now(app)
