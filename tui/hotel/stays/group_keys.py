"""What is done for a whole group from its record: rooms held, all checked in, all checked out."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.base.fields import store_currency
from models.base.money import Money
from models.hotel.charges.services import ROOM
from models.hotel.desk.group_desk import (
    GroupReview,
    NobodyOfGroup,
    check_in_group,
    check_out_group,
    due_in,
    group_review,
    members,
    refund_master,
    rooms_for,
    ways_of_master,
)
from models.hotel.folios.masters import open_master
from models.hotel.folios.papers import print_group
from models.hotel.reservations.groups import BlockRoom
from models.hotel.stays.stays import DEPARTED, IN_HOUSE, Booking, Night, Stay
from models.ledger.accounts import RECEIVABLE
from models.ledger.daily.days import store_day
from models.ledger.folios import Folio
from models.listings.listings import Linked
from models.trust import company
from receipts.words import word
from tui.desk.gate.numbers import money_of
from tui.desk.words import t
from tui.hotel.folios.check_out import ACCOUNT, LEAVE, PAY
from tui.hotel.folios.money import (
    ask_line,
    give_deposit_back,
    take_booking_deposit,
    take_on_account,
)
from tui.hotel.stays.group_forms import holding, picking
from tui.money.accounts import choose_account
from tui.money.giving_back import give_back_each
from tui.records.asking import Options
from tui.records.forms.form import FormScreen, edit
from tui.widgets.panel import Confirm

_OVER, _BACK, _MASTER = "over", "back", "master"


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

    living = await screen.in_books(_living, line.key)
    if living:
        await open_folio(screen.desk, living[0].key)
    else:
        screen.desk.alarm(word("Nobody of this group is in the house."))


def _living(key: int) -> list[Stay]:
    booking: Booking = Booking.get_by_id(key)
    return members(booking, IN_HOUSE) or members(booking, DEPARTED)


async def bills(screen: Any, line: Any) -> None:
    """The bills of all of them, and of the master."""
    booking = await screen.in_books(Booking.get_by_id, line.key)
    language = await screen.in_books(company.slip_language.value)
    count = await screen.operate(print_group, booking, language=language)
    screen.desk.wake_paper()
    screen.desk.inform(word("Printing: {count} bills"), count=count)


async def all_out(screen: Any, line: Any) -> None:
    """Everybody leaves: what the master owes is paid or goes to an account, what is over goes back,
    then all go. Refuses: NobodyOfGroup.
    """
    app = screen.desk
    booking = await screen.in_books(Booking.get_by_id, line.key)
    folio: Folio | None = None
    while True:
        day, due = await screen.in_books(_review, booking)
        answer = await app.ask(Options(word("Check out {name}"), ways_out(due, folio),
                                       note=_told(due, day), name=booking.name))  # fmt: skip
        if answer == PAY:
            assert due.master is not None
            first = (await screen.in_books(_living, line.key))[0]
            await take_on_account(app, first, due.master, due.master_due, is_asked=False)
        elif answer == ACCOUNT:
            folio = await choose_account(app, account=RECEIVABLE)
        elif answer == _BACK:
            await _give_back(screen, booking, due)
        elif answer == _MASTER:
            await master(screen, line)
        elif answer in (LEAVE, _OVER):
            if await _is_meant(app, booking, due):
                await _leave(screen, booking, due, folio, takes_over=answer == _OVER)
                return
        else:
            return


async def _is_meant(app: Any, booking: Booking, due: GroupReview) -> bool:
    """A key that was meant for the question before sends nobody away."""
    asked = Confirm(
        word("Check out {name}: {count} rooms?"), yes=word("All leave"), is_grave=True,
        name=booking.name, count=len(due.stays),
    )  # fmt: skip
    return bool(await app.ask(asked))


def _review(booking: Booking) -> tuple[date, GroupReview]:
    """Refuses: NobodyOfGroup."""
    day = store_day()
    due = group_review(booking, day)
    if not due.is_there:
        raise NobodyOfGroup(booking=booking.number)
    return day, due


def ways_out(due: GroupReview, folio: Folio | None) -> list[tuple[str, str]]:
    """What can be done now: the master is made even with the last of the group, with what its
    members owe where it bears that.
    """
    ways, left = [], due.master_due.minor
    if not due.settles:
        # What is over belongs to those who are still to come.
        left = max(left, 0)
    together = left + due.own.minor
    if folio is None and left > 0:
        ways.append((PAY, t("The master is paid")))
    if folio is None and (left > 0 or (due.settles and together > 0)):
        ways.append((ACCOUNT, t("The master goes to an account")))
    if left < 0:
        ways.append((_BACK, t("Give back what the group paid too much")))
    if due.owing and due.master is not None and together >= 0 and not due.credits:
        ways.append((_OVER, t("The master bears what they owe, and all leave")))
    elif due.owing and due.master is None and not due.credits:
        # They pay room by room, or a master bears it: so nobody of them can leave.
        ways.append((_MASTER, t("Open the master account")))
    elif not ways:
        ways.append((LEAVE, t("All leave")))
    return ways


async def _give_back(screen: Any, booking: Booking, due: GroupReview) -> None:
    ways = await screen.in_books(ways_of_master, booking, due)
    await give_back_each(
        screen.desk, ways, refund_master, booking, name=booking.name, shown=due.master_due
    )


def _told(due: GroupReview, day: date) -> str:
    """Who leaves before his day, the deposit, the master, and who owes, a line each."""
    lines = [t("{count} rooms in the house", count=len(due.stays))]
    if early := [stay for stay, _ in due.stays if stay.departure > day]:
        until = max(stay.departure for stay in early)
        lines.append(t("Booked longer: {count} rooms, until {day}", count=len(early), day=until))
    if due.deposit:
        lines.append(f"{t('Deposit held')}  {due.deposit}")
        if due.master is None:
            lines.append(t("Without a master it stays: F8 in the list gives it back."))
    if due.master is not None:
        master = t("Master less deposit") if due.settles and due.deposit else t("Master account")
        lines.append(f"{master}  {due.master_due}")
    lines += [
        f"{stay.room.number if stay.room else ''} {stay.name}  {amount}"
        for stay, amount in due.owing[:8]
    ]
    return "\n".join(lines)


async def _leave(
    screen: Any, booking: Booking, due: GroupReview, folio: Folio | None, *, takes_over: bool
) -> None:
    language = await screen.in_books(company.slip_language.value)
    gone = await screen.operate(
        check_out_group, booking, shown=due.master_due, account=folio, takes_over=takes_over,
        language=language,
    )  # fmt: skip
    screen.desk.wake_paper()
    screen.desk.inform(word("Gone: {name}, {count} rooms"), name=booking.name, count=gone)
