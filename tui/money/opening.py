"""The way into selling, and into a shift: what must come before comes first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.ledger.daily.days import must_close_first
from models.ledger.daily.floats import proposed_float
from models.ledger.daily.shift_life import ShiftOpenAlready
from models.ledger.daily.shifts import COUNTED, current_shift
from models.shop.basket import open_basket

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import date

    from tui.desk.counter_app import CounterApp

SELL, OPEN, CLOSE, DAY = "sell", "open", "close", "day"


def next_step(register: int, day: date) -> str:
    """What a counter does next: sell, open a shift, finish a close, or close an old day."""
    shift = current_shift(register)
    if shift is not None:
        return CLOSE if shift.state == COUNTED else SELL
    return DAY if must_close_first(day) else OPEN


async def open_selling(app: CounterApp, *, instead: bool = False) -> None:
    """Show the selling screen, or the one that must come first."""
    from tui.shop.selling import Selling

    facts = await app.look_again()
    step = await app.in_books(next_step, app.register, facts.day)
    if step == SELL:
        basket = await app.in_books(open_basket, app.session)
        await app.go(Selling(basket), instead=instead)
    elif step == OPEN:
        await _ask_float(app, then=partial(open_selling, app, instead=True), instead=instead)
    elif step == CLOSE:
        from tui.money.count import CloseShift

        await app.go(CloseShift(), instead=instead)
    else:
        from tui.money.day_close import close_day_now

        await close_day_now(app)


async def open_shift_now(app: CounterApp) -> None:
    """From the menu: the float of a shift. Refuses: ShiftOpenAlready."""
    if await app.in_books(current_shift, app.register) is not None:
        raise ShiftOpenAlready(register=app.register)
    await open_shift_first(app)


async def open_shift_first(app: CounterApp) -> None:
    """Money was to be taken and no shift is open: its float, and back to the screen below."""
    await _ask_float(app)


async def _ask_float(
    app: CounterApp, *, then: Callable[[], Awaitable[None]] | None = None, instead: bool = False
) -> None:
    """The one way to the float of a shift, wherever it is missing."""
    from tui.money.count import OpenShift

    usual = await app.in_books(proposed_float, app.register)
    await app.go(OpenShift(usual or None, then=then), instead=instead)
