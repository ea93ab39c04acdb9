"""Reservations and stays: the list of all, the form of a new reservation, and what can be done with
one that is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from models.base.fields import store_currency
from models.base.money import Money
from models.base.refusals import Refusal
from models.hotel.audit.audit import mark_no_show, no_show_fee, reinstate_no_show
from models.hotel.charges.fees import fee_total, late_back, late_kept, shortening_price
from models.hotel.charges.services import EARLY_LEAVE_CODE
from models.hotel.charges.visitors_tax import persons_liable
from models.hotel.desk.tax_free import exempt_from_tax
from models.hotel.reservations.bookings import (
    MOST_ROOMS,
    RoomWish,
    StayDatesWrong,
    confirm_stay,
    party_of,
    reserve,
)
from models.hotel.reservations.cancelling import (
    cancel_stay,
    cancellation_fee,
    reinstate_stay,
)
from models.hotel.reservations.changing import change_stay, quoted_then
from models.hotel.rooms.rates import Party, RatePlan, ages_of
from models.hotel.rooms.rooms import Room, RoomType
from models.hotel.stays.stays import (
    AT_THE_DESK,
    CARD,
    COMPANY,
    DEPOSIT,
    IN_HOUSE,
    NO_GUARANTEE,
    NO_SHOW,
    STATE_WORDS,
    WAITING,
    Booking,
    Stay,
    days_of,
    nights_had,
)
from models.ledger.daily.days import store_day
from models.listings.listings import Action, Field, Link, Linked, Listing, Record, call_of
from models.people.persons import Person
from models.trust.records import linked_row
from receipts.words import word
from tui.desk.gate.numbers import money_of, pieces_of
from tui.desk.words import said, t
from tui.hotel.stays.quoting import last_day, quote, stay_text, usual_plan
from tui.records.looks import Look

STATES = tuple(STATE_WORDS.items())
GUARANTEES = (
    (NO_GUARANTEE, word("Not guaranteed")), (CARD, word("By card")), (DEPOSIT, word("By deposit")),
    (COMPANY, word("By a company")),
)  # fmt: skip


def _search(text: str, limit: int) -> list[int]:
    from models.hotel.stays.finding import find_stays

    return find_stays(text, limit)


def _lives_in(number: str) -> list[int]:
    here = Stay.select(Stay.key).join(Room).where(Room.number == number, Stay.state == IN_HOUSE)
    return [key for (key,) in here.tuples()]


def _save(session: Any, key: int | None, *, version: int, **values: Any) -> int:
    """A new reservation, or other dates, persons or room of one that is there."""
    party = Party(values.pop("adults"), ages_of(values.pop("children")), values.pop("extra_beds"))
    room = values.pop("room")
    if key is None:
        return _reserve(session, party, room, values)
    how = call_of(values)
    stay = change_stay(
        session, Stay.get_by_id(key), version=version, arrival=values["arrival"],
        departure=values["departure"], party=party, gives_room=True,
        waives_fee=values["waived"] or "",
        room=linked_row(Room, "room", room), **how,
    )  # fmt: skip
    return int(stay.key)


def _reserve(session: Any, party: Party, room: int | None, values: dict[str, Any]) -> int:
    nights = len(days_of(values["arrival"], values["departure"]))
    agreed = values["price"]
    wish = RoomWish(
        values["room_type"], values["arrival"], values["departure"], values["plan"], party,
        room=room, person=values["person"], prices=(agreed,) * nights if agreed else (),
    )  # fmt: skip
    given = ("segment", "source", "guarantee", "option_until", "deposit_due", "note", "person")
    booking = reserve(
        session, [wish] * min(max(1, values["rooms"]), MOST_ROOMS + 1), name=values["name"],
        is_waiting=values["is_waiting"], **{name: values[name] for name in given},
        **call_of(values),
    )  # fmt: skip
    first: Stay = Stay.select().where(Stay.booking == booking).order_by(Stay.key).get()
    return int(first.key)


def _read(key: Any) -> Record | None:
    stay: Stay | None = Stay.get_or_none(Stay.key == key)
    if stay is None:
        return None
    booking: Booking = stay.booking
    person = Person.get_or_none(Person.key == stay.person) if stay.person else None
    values = {
        "number": stay.number, "state": stay.state, "name": stay.name,
        "person": Linked(person.key, person.name) if person else None,
        "arrival": stay.arrival, "departure": stay.departure,
        "room_type": Linked(stay.room_type_id, stay.room_type.code),
        "plan": Linked(stay.plan_id, stay.plan.code),
        "room": Linked(stay.room_id, stay.room.number) if stay.room else None,
        "adults": stay.adults, "children": " ".join(map(str, stay.children)),
        "extra_beds": stay.extra_beds, "quote": stay_text(stay, nights_had(stay.key)),
        "guarantee": booking.guarantee, "option_until": booking.option_until,
        "deposit_due": booking.deposit_due, "segment": booking.segment,
        "source": t("Walk-in") if booking.source == AT_THE_DESK else booking.source,
        "tax_free": f"{stay.tax_free}  {stay.tax_free_why}" if stay.tax_free else "",
        "note": booking.note, "fee": "", "waived": "", "rooms": None, "price": None,
        "is_waiting": stay.state == WAITING,
    }  # fmt: skip
    return Record(key, stay.version, values)


_QUOTED = {
    "arrival", "departure", "room_type", "plan", "adults", "children", "extra_beds", "rooms",
    "price",
}  # fmt: skip


def _follow(names: set[str], key: Any, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The name of the person, the plan of most, the night after the arrival, and what it will cost.

    Refuses: StayDatesWrong, and what pricing refuses.
    """
    more: dict[str, Any] = {}
    if "person" in names and values["person"] and not values["name"]:
        more["name"] = values["person"].text
    arrival, departure = values["arrival"], values["departure"]
    if key is None and not arrival:
        more["arrival"] = arrival = store_day()
        names = names | {"arrival"}
    plan = values["plan"]
    if key is None and plan is None and (plan := usual_plan()) is not None:
        more["plan"] = plan
    if arrival and names & {"arrival", "plan"}:
        proposed = last_day(plan, arrival, departure)
        if proposed is not None:
            more["departure"] = departure = proposed
    if key is None and departure and names & {"arrival", "departure"}:
        _require_in_order(arrival, departure)
    if key is not None and arrival and departure and names & _QUOTED:
        more |= _changed(Stay.get_by_id(key), arrival, departure, _party(values))
    if key is None and names & _QUOTED:
        more["quote"] = ""
        if arrival and departure and values["room_type"] and plan:
            dates = (arrival, departure)
            more["quote"] = quote(
                values["room_type"].key, plan.key, dates, _party(values),
                rooms=values["rooms"] or 1, agreed=values["price"] or None,
            )  # fmt: skip
    return more


def _party(values: Mapping[str, Any]) -> Party:
    return Party(
        values["adults"] or 1, ages_of(values["children"] or ""), values["extra_beds"] or 0
    )  # fmt: skip


def _changed(stay: Stay, arrival: date, departure: date, party: Party) -> dict[str, Any]:
    """What a stay costs with these dates and persons, and the fee of the change. Refuses:
    RateMissing, TooManyPersons.
    """
    more = {"fee": _fee(stay, departure)}
    if (arrival, departure, party) == (stay.arrival, stay.departure, party_of(stay)):
        return more | {"quote": stay_text(stay, nights_had(stay.key))}
    if departure < arrival:
        return more
    return more | {"quote": stay_text(stay, quoted_then(stay, arrival, departure, party))}


def _require_in_order(arrival: date, departure: date) -> None:
    """Told where it is typed, not first when all is stored. Refuses: StayDatesWrong."""
    wrong = "arrival" if arrival < store_day() else "departure" if departure < arrival else ""
    if wrong:
        raise StayDatesWrong(arrival=arrival, departure=departure, field=wrong)


def _fee(stay: Stay, departure: date) -> str:
    """What dropping nights costs, or what was paid for leaving late and goes back, as it will stand
    on the account, and what of it does not; nothing is blank.
    """
    if price := shortening_price(stay, departure):
        return f"{t('Early departure')} {fee_total(EARLY_LEAVE_CODE, price)}"
    back = Money.total((left for _, left in late_back(stay, departure)), store_currency())
    told = [str(-back)] if back else []
    # On a closed account nothing is posted: so much does not go back by itself.
    told += [
        t(
            "{amount} stays on closed {folio} {name}",
            amount=left,
            folio=folio.number,
            name=folio.name,
        )
        for folio, left in late_kept(stay, departure)
    ]
    return f"{t('Late departure')} {'  '.join(told)}" if told else ""


# What can be done with a stay, beside what its form changes.


async def _confirm(screen: Any, line: Any) -> None:
    stay = await screen.in_books(Stay.get_by_id, line.key)
    await screen.operate(confirm_stay, stay, version=stay.version)


async def _cancel(screen: Any, line: Any) -> None:
    await cancel_asked(screen, await screen.in_books(Stay.get_by_id, line.key))


async def cancel_asked(screen: Any, stay: Stay) -> None:
    """Cancel a stay: why, and where the rule of the house asks for a fee, so much as is typed,
    which the deposit pays. F12 goes a question back; what nobody approves leads back to why.
    """
    from tui.hotel.folios.money import ask_line, ask_why

    due = await screen.in_books(lambda: cancellation_fee(stay, store_day()))
    asked, why = word("Why is {name} cancelled?"), ""
    while why := await ask_why(screen.desk, asked, proposal=why, name=stay.name):
        fee: dict[str, Any] = {}
        if due:
            typed = await ask_line(
                screen.desk, word("Fee out of the deposit; by the rule {due}"), due=due,
                proposal=str(due), reads=money_of,
            )  # fmt: skip
            if typed is None:
                continue
            fee = {"fee": money_of(typed or "0")}
        try:
            await screen.operate(cancel_stay, stay, version=stay.version, reason=why, **fee)
        except Refusal as refused:
            if not refused.can_be_approved:
                raise
            screen.desk.tell(refused)
        else:
            return


async def _again(screen: Any, line: Any) -> None:
    from tui.widgets.panel import Confirm

    stay = await screen.in_books(Stay.get_by_id, line.key)
    operation = reinstate_no_show if stay.state == NO_SHOW else reinstate_stay
    sure = await screen.desk.ask(
        Confirm(
            word("Does {name} come after all?"),
            said("{arrival} - {departure}: his nights hold a room again.", arrival=stay.arrival,
                 departure=stay.departure),
            yes=word("Reinstate"), is_grave=True, name=stay.name,
        )
    )  # fmt: skip
    if sure:
        await screen.operate(operation, stay, version=stay.version)


async def _no_show(screen: Any, line: Any) -> None:
    await mark_not_come(screen, await screen.in_books(Stay.get_by_id, line.key))


async def mark_not_come(screen: Any, stay: Stay) -> None:
    """A no-show is asked about once, with what it costs out of the deposit."""
    from tui.widgets.panel import Confirm

    fee = await screen.in_books(no_show_fee, stay)
    sure = await screen.desk.ask(
        Confirm(
            word("{name} did not come: no-show?"),
            said("{fee} out of the deposit is kept, and the nights are free again.", fee=fee)
            if fee
            else said("Nothing is kept, and the nights are free again."),
            yes=word("No-show"), is_grave=True, name=f"{stay.number} {stay.name}",
        )
    )  # fmt: skip
    if sure:
        await screen.operate(mark_no_show, stay, version=stay.version)


async def _check_in(screen: Any, line: Any) -> None:
    from tui.hotel.stays.check_in import check_in_stay

    await check_in_stay(screen.desk, line.key)


async def _folio(screen: Any, line: Any) -> None:
    from tui.hotel.folios.folio import open_folio

    await open_folio(screen.desk, line.key)


async def _deposit(screen: Any, line: Any) -> None:
    from tui.hotel.folios.money import take_deposit_for

    await take_deposit_for(screen.desk, line.key)


async def _tax_free(screen: Any, line: Any) -> None:
    """How many pay no visitors' tax, and why."""
    from tui.hotel.folios.money import ask_line, ask_why

    stay = await screen.in_books(Stay.get_by_id, line.key)
    most = await screen.in_books(persons_liable, stay)
    typed = await ask_line(
        screen.desk, word("{name}: how many of {most} pay no visitors' tax?"),
        proposal=str(stay.tax_free or most), name=stay.name, most=most, reads=pieces_of,
    )  # fmt: skip
    if not typed:
        return
    persons, why = pieces_of(typed), ""
    if persons:
        why = await ask_why(screen.desk, word("Why are they exempt?"), proposal=stay.tax_free_why)
    if why or not persons:
        await screen.operate(exempt_from_tax, stay, persons, version=stay.version, reason=why)


async def _deposit_back(screen: Any, line: Any) -> None:
    from tui.hotel.folios.money import give_deposit_back

    stay = await screen.in_books(Stay.get_by_id, line.key)
    await give_deposit_back(screen.desk, stay.booking_id)


LISTING = Listing(
    "stays",
    word("Reservations and stays"),
    Stay,
    order="number",
    is_newest_first=True,
    fields=(
        Field("number", word("Number"), is_computed=True, in_form=False, is_sorted=True),
        Field("state", word("State"), "choice", look=Look(12), choices=STATES, is_computed=True),
        Field("person", word("Guest"), "link", look=Look(24), is_listed=False, is_fixed=True,
              link=Link("people", Person),
              help=word("By name, initials or the end of the phone number; F7 makes a new one.")),
        Field("name", word("Guest name"), look=Look(16, box=30), limit=60, is_required=True,
              is_fixed=True, is_typed=True, example="王伟"),
        Field("arrival", word("Arrival"), "date", is_required=True),
        Field("departure", word("Departure"), "date", look=Look(is_beside=True), is_required=True),
        Field("room_type", word("Room type"), "link", look=Look(8, drop=1), is_required=True,
              is_fixed=True, link=Link("room_types", RoomType, shown="code")),
        Field("plan", word("Rate plan"), "link", look=Look(8, drop=2, is_beside=True),
              is_required=True, is_fixed=True, link=Link("rate_plans", RatePlan, shown="code")),
        Field("rooms", word("No. of rooms"), "number", look=Look(4), default=1, is_fixed=True,
              is_listed=False),
        Field("room", word("Room"), "link", look=Look(6, is_beside=True),
              link=Link("rooms", Room, shown="number"),
              help=word("Blank: it is given at check-in.")),
        Field("adults", word("Adults"), "number", look=Look(4, drop=3), default=1,
              is_required=True),
        Field("children", word("Ages of children"), look=Look(10, is_beside=True), limit=30,
              is_listed=False, is_typed=True, example="5, 8"),
        Field("extra_beds", word("Extra beds"), "number", look=Look(4), default=0, is_required=True,
              is_listed=False),
        Field("price", word("Agreed price"), "money", look=Look(is_beside=True), is_fixed=True,
              is_listed=False,
              help=word("Of each night, instead of the plan's; it needs a right.")),
        Field("quote", word("Room charge"), look=Look(40, box=62), is_computed=True,
              is_listed=False),
        Field("fee", word("Fee"), look=Look(40, box=62), is_computed=True, is_listed=False),
        Field("waived", word("Waived because"), look=Look(24), limit=60, is_typed=True,
              is_listed=False,
              help=word("Why nights that are dropped cost nothing; it needs a right.")),
        Field("tax_free", word("Tax-exempt"), look=Look(24, is_beside=True), is_computed=True,
              is_listed=False,
              help=word("Guests who pay no visitors' tax, and why: F8 in the list.")),
        Field("guarantee", word("Guarantee"), "choice", choices=GUARANTEES,
              default=NO_GUARANTEE, is_fixed=True, is_listed=False, is_required=True),
        Field("deposit_due", word("Deposit due"), "money", look=Look(is_beside=True), is_fixed=True,
              is_listed=False),
        Field("option_until", word("Held until"), "date", is_fixed=True, is_listed=False,
              help=word("An option: given back on that day unless it is confirmed.")),
        Field("is_waiting", word("Waiting list"), "yes-no", look=Look(4, is_beside=True),
              default=False, is_fixed=True,
              is_listed=False, help=word("Takes no room.")),
        Field("segment", word("Segment"), limit=20, is_fixed=True, is_listed=False),
        Field("source", word("Booked through"), look=Look(is_beside=True), limit=20, is_fixed=True,
              is_listed=False, example="携程"),
        Field("note", word("Note"), look=Look(40), limit=200, is_fixed=True, is_listed=False),
    ),
    find=("number", "name", "pinyin"),
    dates="arrival",
    right="reserve",
    # At the desk everybody looks them up.
    pick_right="",
    change_right="reserve",
    save=_save,
    read=_read,
    search=_search,
    means=_lives_in,
    follow=_follow,
    named="name",
    empty=word("Nobody has reserved. F2 takes a reservation."),
    actions=(
        Action(word("Check in"), _check_in, "check in"),
        Action(word("The account"), _folio, "post charge"),
        Action(word("Take a deposit"), _deposit, "take payment"),
        Action(word("Give the deposit back"), _deposit_back, "take payment"),
        Action(word("Confirm"), _confirm, "reserve"),
        Action(word("Cancel"), _cancel, "reserve"),
        Action(word("No-show"), _no_show, "night audit"),
        Action(word("Reinstate"), _again, "reserve"),
        Action(word("Exempt from visitors' tax"), _tax_free, "check in"),
    ),
)  # fmt: skip
