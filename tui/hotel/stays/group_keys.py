"""What is done for a whole group from its record: rooms held, the master, all checked in, bills."""

from __future__ import annotations

from typing import Any

from models.base.fields import store_currency
from models.base.money import Money
from models.hotel.charges.services import ROOM
from models.hotel.desk.group_desk import (
    NobodyOfGroup,
    check_in_group,
    due_in,
    members,
    rooms_for,
)
from models.hotel.folios.masters import open_master
from models.hotel.folios.papers import print_group
from models.hotel.reservations.groups import BlockRoom
from models.hotel.stays.stays import DEPARTED, IN_HOUSE, Booking, Night, Stay
from models.ledger.daily.days import store_day
from models.listings.listings import Linked
from models.trust import company
from receipts.words import word
from tui.desk.gate.numbers import money_of
from tui.desk.words import t
from tui.hotel.folios.money import (
    ask_line,
    give_deposit_back,
    take_booking_deposit,
)
from tui.hotel.stays.group_forms import holding, picking
from tui.records.asking import Options
from tui.records.forms.form import FormScreen, edit
from tui.widgets.panel import Confirm


async def hold(screen: Any, line: Any) -> None:
    """Rooms are held by type and night until the cut-off."""
    preset = await screen.in_books(_dates, line.key)
    await edit(screen.desk, FormScreen(holding(line.key), preset=preset))


async def pick(screen: Any, line: Any) -> None:
    """Guests are named for rooms that are held."""
    preset = await screen.in_books(_block, line.key)
    await edit(screen.desk, FormScreen(picking(line.key), preset=preset))


def _dates(key: int) -> dict[str, Any]:
    first: Stay = Stay.select().where(Stay.booking == key).order_by(Stay.key).get()
    return {
        "room_type": Linked(first.room_type_id, first.room_type.code), "arrival": first.arrival,
        "departure": first.departure,
    }  # fmt: skip


def _block(key: int) -> dict[str, Any]:
    """The first rooms that are held and have no name."""
    preset = _dates(key)
    plan = Stay.select().where(Stay.booking == key).order_by(Stay.key).get().plan
    preset["plan"] = Linked(plan.key, plan.code)
    rows = BlockRoom.select().where(BlockRoom.booking == key, BlockRoom.picked < BlockRoom.rooms)
    left = list(rows.order_by(BlockRoom.day))
    if left:
        kind = left[0].room_type
        days = [row.day for row in left if row.room_type_id == kind.key]
        preset |= {"room_type": Linked(kind.key, kind.code), "arrival": days[0]}
        preset["departure"] = days[-1].fromordinal(days[-1].toordinal() + 1)
    return preset


async def master(screen: Any, line: Any) -> None:
    """The group pays: the nights only, or everything its rooms charge."""
    booking = await screen.in_books(Booking.get_by_id, line.key)
    code = await screen.desk.ask(
        Options(
            word("What does {name} pay for its rooms?"),
            [(ROOM, t("The nights")), ("", t("Everything")), ("-", t("Nothing by itself"))],
            name=booking.name,
        )
    )
    if code is None:
        return
    nights = await screen.in_books(_agreed, booking)
    typed = await ask_line(
        screen.desk, word("How much may {name} owe?"), proposal=str(nights), name=booking.name,
        reads=money_of,
    )  # fmt: skip
    if typed:
        await screen.operate(open_master, booking, limit=money_of(typed), code=code)
        screen.desk.inform(word("Master account open: {name}, limit {limit}"), name=booking.name,
                           limit=money_of(typed))  # fmt: skip


async def deposit(screen: Any, line: Any) -> None:
    """A deposit of the whole group."""
    await take_booking_deposit(screen.desk, line.key)


async def deposit_back(screen: Any, line: Any) -> None:
    """All that is held for the group goes back."""
    await give_deposit_back(screen.desk, line.key)


def _agreed(booking: Booking) -> Money:
    """What all its nights were agreed for."""
    nights = Night.select().join(Stay).where(Stay.booking == booking, Night.is_live)
    return Money.total((night.price for night in nights), store_currency())


async def all_in(screen: Any, line: Any) -> None:
    """Everybody who is due is checked in; the rooms are shown first."""
    booking, rooms = await screen.in_books(_rooms, line.key)
    sure = await screen.desk.ask(
        Confirm(
            word("Check in {name}: {count} rooms?"), "\n".join(rooms), yes=word("Check in all"),
            name=booking.name, count=len(rooms),
        )
    )  # fmt: skip
    if sure:
        language = await screen.in_books(company.slip_language.value)
        done = await screen.operate(check_in_group, booking, language=language)
        screen.desk.wake_paper()
        screen.desk.inform(
            word("In the house: {name}, {count} rooms"), name=booking.name, count=done
        )


def _rooms(key: int) -> tuple[Booking, list[str]]:
    """Refuses: NobodyOfGroup, GroupRoomsMissing."""
    booking: Booking = Booking.get_by_id(key)
    due = due_in(booking, store_day())
    if not due:
        raise NobodyOfGroup(booking=booking.number)
    rooms = rooms_for(due)
    return booking, [f"{rooms[stay.key].number}  {stay.name}" for stay in due]


async def account(screen: Any, line: Any) -> None:
    """The account of one of the group, with the master behind it."""
    from tui.hotel.folios.folio import open_folio

    found = await screen.in_books(living, line.key)
    if found:
        await open_folio(screen.desk, found[0].key)
    else:
        screen.desk.alarm(word("Nobody of this group is in the house."))


def living(key: int) -> list[Stay]:
    """Who of a group is in the house, or else who has left."""
    booking: Booking = Booking.get_by_id(key)
    return members(booking, IN_HOUSE) or members(booking, DEPARTED)


async def bills(screen: Any, line: Any) -> None:
    """The bills of all of them, and of the master."""
    booking = await screen.in_books(Booking.get_by_id, line.key)
    language = await screen.in_books(company.slip_language.value)
    count = await screen.operate(print_group, booking, language=language)
    screen.desk.wake_paper()
    screen.desk.inform(word("Printing: {count} bills"), count=count)
