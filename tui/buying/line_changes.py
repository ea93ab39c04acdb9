"""What changes the lines of a delivery, and what belongs to all of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from models.base.quantity import Quantity
from models.buying import receiving
from models.buying.papers import supplier_name
from models.buying.plausible import Asked, PriceOdd
from models.buying.receiving import BatchOver, DeliveryRow
from models.listings.listings import Field
from receipts.words import word
from tui.buying.suppliers import pick_supplier
from tui.desk.gate.numbers import cost_of, money_of, quantity_of
from tui.desk.words import refusal_told, said
from tui.records.asking import AskValue

if TYPE_CHECKING:
    from tui.buying.receiving import ReceivingScreen

EXPIRY = Field("expiry", word("Good until"), "date")


async def set_quantity(screen: ReceivingScreen, quantity: Quantity) -> None:
    """So many of the chosen line came in all; none takes it out where nothing of it was refused.
    What is expected and was not scanned is taken in so.
    """
    row = screen.meant_row
    if row is None:
        return
    if row.line is None:
        await _take_expected(screen, row, quantity)
    elif not quantity and not row.line.rejected:
        await remove(screen)
    else:
        number = row.line.number
        await screen.in_books(receiving.set_came, screen.receiving, number, quantity)
        await screen.show_lines(number)


async def _take_expected(screen: ReceivingScreen, row: DeliveryRow, quantity: Quantity) -> None:
    if quantity:
        take = partial(receiving.take_expected, screen.receiving, row.goods, quantity)
        place = await screen.in_books(take)
        await screen.show_lines(screen.receiving.lines[place].number)


async def ask_quantity(screen: ReceivingScreen) -> None:
    """How many came in all, or go back."""
    row = screen.meant_row
    assert row is not None
    asked = (
        word("How many of {item} go back?") if screen.is_back else word("How many of {item} came?")
    )
    typed = await screen.question(
        said(asked, item=row.name),
        proposal=str(row.here if row.line else row.due or row.here),
        reads=quantity_of,
    )
    if typed:
        await set_quantity(screen, quantity_of(typed))


async def ask_rejected(screen: ReceivingScreen) -> None:
    """How many of what came are refused: they are no longer accepted."""
    line = screen.meant
    assert line is not None
    typed = await screen.question(
        said("Of {came} {item} that came: how many are refused?", item=line.name, came=line.came),
        proposal=str(line.rejected),
        reads=quantity_of,
    )
    if typed:
        rejected = quantity_of(typed)
        await screen.in_books(receiving.reject, screen.receiving, line.number, rejected)
        await screen.show_lines(line.number)
        if rejected > line.came:
            # Taken back to the right number, what came would stay as it is.
            screen.desk.alarm(
                word("{item}: more are refused than were counted, so {count} came. * changes it."),
                item=line.name, count=rejected,
            )  # fmt: skip


async def ask_price(screen: ReceivingScreen) -> None:
    """What the supplier asks, for the pack that it is counted in."""
    line = screen.meant
    assert line is not None
    typed = await screen.question(
        said("Price of {item}, for {pack}", item=line.name, pack=line.asked.pack),
        proposal=str(line.asked.price),
        reads=cost_of,
    )
    if not typed:
        return
    change = partial(
        receiving.change_line, screen.receiving, line.number,
        asked=Asked(cost_of(typed), line.asked.pack),
    )  # fmt: skip
    try:
        await screen.in_books(change)
    except PriceOdd as odd:
        if not await screen.means(str(refusal_told(odd)), word("Is the price right?")):
            return
        await screen.in_books(partial(change, is_sure=True))
    await screen.show_lines(line.number)


async def ask_batch(screen: ReceivingScreen) -> None:
    """Batch and day, as printed on the box."""
    line = screen.meant
    assert line is not None
    batch = await screen.question(said("Lot of {item}", item=line.name), proposal=line.batch)
    if batch is None:
        return
    value = line.expiry.isoformat() if line.expiry else ""
    keeps = await screen.in_books(receiving.keeps_days, line.goods)
    asked = word("Good until which day?")
    if keeps:
        asked = word("Good until, or made on? It keeps {days} days.")
    day = await screen.desk.ask(AskValue(asked, EXPIRY, value=value, days=keeps or 0))
    if day is None:
        return
    until = None if day[0] is None else await screen.in_books(receiving.good_until, day[0], keeps)
    change = partial(
        receiving.change_line, screen.receiving, line.number, batch=batch.strip()[:20],
        expiry=until,
    )  # fmt: skip
    try:
        await screen.in_books(change)
    except BatchOver as over:
        if not await screen.means(str(refusal_told(over))):
            return
        await screen.in_books(partial(change, is_sure=True))
    await screen.show_lines(line.number)


async def one_less(screen: ReceivingScreen) -> None:
    """One base unit off."""
    line = screen.meant
    assert line is not None
    left = line.came - Quantity.of(1)
    await set_quantity(screen, max(left, Quantity(0)))


async def remove(screen: ReceivingScreen) -> None:
    """The chosen line goes."""
    line = screen.meant
    assert line is not None
    await screen.in_books(receiving.remove_line, screen.receiving, line.number)
    await screen.show_lines()


async def change_supplier(screen: ReceivingScreen) -> None:
    """Another supplier than was said."""
    supplier = await pick_supplier(screen.counter)
    if supplier is not None:
        head = replace(screen.receiving.head, supplier=supplier)
        await screen.in_books(receiving.save_head, screen.receiving, head)
        screen.whose = await screen.in_books(supplier_name, head)
        screen.frame_changed()


async def ask_freight(screen: ReceivingScreen) -> None:
    """What the supplier asks for bringing it."""
    typed = await screen.question(
        said("Freight on this delivery"),
        proposal=str(screen.receiving.freight),
        reads=money_of,
    )
    if typed:
        head = replace(screen.receiving.head, freight=money_of(typed).minor)
        await screen.in_books(receiving.save_head, screen.receiving, head)
        await screen.show_lines()
