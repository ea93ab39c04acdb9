"""Check-in: a reserved guest and a walk-in in one form, the deposit in the same step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from models.base.money import Money
from models.hotel.charges.visitors_tax import as_nights
from models.hotel.desk.arrivals import (
    ID_CARD,
    OTHER_PAPER,
    PASSPORT,
    Guardian,
    Guest,
    RoomNotReady,
    check_in,
    takes_dirty_rooms,
    walk_in,
)
from models.hotel.reservations.bookings import RoomWish
from models.hotel.reservations.changing import change_stay
from models.hotel.reservations.retyping import prices_in
from models.hotel.rooms.rates import Party, RatePlan, ages_of
from models.hotel.rooms.rooms import Room
from models.hotel.stays.identity import FEMALE, MALE, read_id_card, read_passport
from models.hotel.stays.proposing import Swap, propose_room, propose_swap
from models.hotel.stays.stays import Night, Stay, days_of, nights_of
from models.ledger.daily.days import store_day
from models.ledger.ways.tender_kinds import LAST_FOUR, REFERENCE, Paying
from models.ledger.ways.tenders import Tender, active_tenders
from models.listings.listings import Field, Grid, Link, Linked, Listing, Place, Record, call_of
from models.people.finding import find_people
from models.people.persons import Person
from models.trust import company
from receipts.words import word
from tui.desk.words import language, said, t
from tui.hotel.stays.papers import is_of_a_card, is_of_a_passport, is_paper
from tui.hotel.stays.quoting import at_this_hour, last_day, quote, stay_text, usual_plan
from tui.money.ways import card_answers
from tui.records.forms.form import FormScreen, edit
from tui.records.looks import Look

if TYPE_CHECKING:
    from models.hotel.stays.rack import RackRoom

GUARDIAN = ("guardian", "guardian_phone", "relation")
PAPERS = (
    (ID_CARD, word("Identity card")), (PASSPORT, word("Passport")), (OTHER_PAPER, word("Other")),
)  # fmt: skip
SEXES = (("", word("Not said")), (MALE, word("Male")), (FEMALE, word("Female")))


def paper_values(typed: str, today: date) -> dict[str, Any]:
    """What the number of an identity card, or the two lines of a passport, say about a guest.

    Refuses: IdNumberWrong, PassportLinesWrong.
    """
    plain = "".join(typed.split())
    if is_of_a_passport(plain):
        passport = read_passport(plain, today)
        name = f"{passport.surname} {passport.given}".strip()
        return {
            "paper": passport.number, "paper_kind": PASSPORT, "born": passport.born,
            "sex": passport.sex, "region": passport.nationality, "name": name,
        }  # fmt: skip
    if is_of_a_card(plain):
        card = read_id_card(plain, today)
        return {
            "paper": card.number, "paper_kind": ID_CARD, "born": card.born, "sex": card.sex,
            "region": card.region,
        }  # fmt: skip
    return {"paper_kind": PASSPORT if plain[:1].isalpha() else OTHER_PAPER} if plain else {}


def place_of(code: str, values: Mapping[str, Any], lines: list[dict[str, Any]]) -> Place | None:
    """A paper that is read is the first guest's, the next one a companion's, wherever the caret is;
    one that was read before keeps its place.
    """
    if not is_paper(code):
        return None
    plain = "".join(code.split())
    if values["paper"] in ("", plain):
        return "paper", None
    papers = [line["paper"] for line in lines]
    if plain in papers:
        return "paper", papers.index(plain)
    return "paper", papers.index("") if "" in papers else len(lines)


def _known(paper: str) -> Person | None:
    """Who was here before with this paper."""
    found = find_people(paper, 1) if len(paper) >= 6 else []
    return Person.get_or_none(Person.key == found[0]) if found else None


def _follow(names: set[str], key: Any, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the paper says, who is known by it, and what the stay will cost."""
    more: dict[str, Any] = {}
    today = store_day()
    if "paper" in names and values["paper"]:
        more = paper_values(values["paper"], today)
        person = _known(more.get("paper", values["paper"]))
        if person is not None:
            more |= {"name": person.name, "known": t("A guest of this house already")}
        if values["name"] and key is not None:
            # The name of the reservation stands, unless the guest is another one.
            more.pop("name", None)
    if key is None:
        more |= _follow_walk_in(names, values, today)
    elif names & {"room", "is_free"} and values["room"]:
        more["quote"] = _quote_in(Stay.get_by_id(key), Room.get_by_id(values["room"].key), values)
    return more


def _quote_in(stay: Stay, room: Room, values: Mapping[str, Any]) -> str:
    """What the nights cost in this room, which may be of another type than the booked one.

    Refuses: TooManyPersons, RateMissing.
    """
    nights = nights_of(stay.key)
    if values["is_free"] or room.room_type_id == stay.room_type_id:
        return _nights_text(stay, nights)
    quoted = [night for night, _ in prices_in(stay, room.room_type, nights)]
    return _nights_text(stay, as_nights(stay.plan, quoted))


def _nights_text(stay: Stay, nights: Sequence[Night]) -> str:
    """What the nights cost, and what the hour adds where they begin today."""
    today = store_day()
    hour = at_this_hour(nights[0], today) if nights and stay.arrival == today else ""
    return f"{stay_text(stay, nights)}{hour}"


def _follow_walk_in(names: set[str], values: Mapping[str, Any], today: date) -> dict[str, Any]:
    more: dict[str, Any] = {}
    if not values["plan"] and (plan := usual_plan()) is not None:
        more["plan"] = plan
    if not values["departure"] or "plan" in names:
        proposed = last_day(more.get("plan", values["plan"]), today, values["departure"])
        if proposed is not None:
            more["departure"] = proposed
    asked = {**values, **more}
    if asked["room"] and asked["plan"] and asked["departure"]:
        room_type = Room.get_by_id(asked["room"].key).room_type_id
        party = Party(asked["adults"] or 1, ages_of(asked["children"] or ""))
        more["quote"] = quote(
            room_type, asked["plan"].key, (today, asked["departure"]), party, comes_now=True,
            agreed=asked.get("price"),
        )  # fmt: skip
    return more


def _read(key: Any) -> Record | None:
    stay: Stay | None = Stay.get_or_none(Stay.key == key)
    if stay is None:
        return None
    proposal = propose_room(stay)
    values = {
        "paper": "", "paper_kind": ID_CARD, "name": stay.name, "sex": "", "born": None,
        "region": "", "known": "", "guardian": "", "guardian_phone": "", "relation": "",
        "room": Linked(proposal.room.key, proposal.room.number) if proposal else None,
        "why": t(proposal.why) if proposal else t("no room of this type is ready"),
        "dates": f"{stay.arrival} - {stay.departure}", "room_type": stay.room_type.name,
        "quote": _nights_text(stay, nights_of(stay.key)),
        "is_free": True, "deposit": None, "tender": _cash(), "reference": "", "limit": None,
    }  # fmt: skip
    return Record(key, stay.version, values, [])


def _cash() -> Linked:
    tender = active_tenders()[0]
    return Linked(tender.key, tender.name_zh if language() == "zh" else tender.name_en)


def _guests(values: dict[str, Any], today: date) -> list[Guest]:
    """The first guest and his companions. Refuses: IdNumberWrong, PassportLinesWrong."""
    first = Guest(
        values.pop("name"), paper=values.pop("paper"), paper_kind=values.pop("paper_kind") or "",
        born=values.pop("born"), sex=values.pop("sex") or "", region=values.pop("region"),
    )  # fmt: skip
    person = _known(first.paper)
    # One answers for all who are under age in a room.
    guardian = Guardian(*(values.pop(name) or "" for name in GUARDIAN))
    guests = [replace(first, person=person.key if person else None, guardian=guardian)]
    for line in values.pop("guests"):
        said = {"paper": line["paper"], "name": line["name"], **paper_values(line["paper"], today)}
        if line["name"]:
            said["name"] = line["name"]
        guests.append(Guest(**said, guardian=guardian))
    return guests


def _deposit(values: dict[str, Any]) -> list[Paying]:
    amount: Money | None = values.pop("deposit")
    tender, reference = values.pop("tender"), values.pop("reference")
    found: Tender = Tender.get_by_id(tender)
    answers = {REFERENCE: reference}
    if LAST_FOUR in found.what.wanted(reference=True):
        answers = card_answers(reference)
    return [Paying(found.number, amount, **answers)] if amount else []


def _how(values: Mapping[str, Any]) -> dict[str, Any]:
    how = call_of(values)
    return {**how, "language": company.slip_language.value()}


def _save_reserved(session: Any, key: int, *, version: int, **values: Any) -> int:
    deposit, guests = _deposit(values), _guests(values, store_day())
    stay = check_in(
        session, Stay.get_by_id(key), guests, version=version,
        room=Room.get_by_id(values["room"]) if values["room"] else None,
        is_free=bool(values["is_free"]), credit_limit=values["limit"], deposit=deposit,
        **_how(values),
    )  # fmt: skip
    return int(stay.key)


def _save_walk_in(
    session: Any, key: None, *, version: int, shares: bool = False, **values: Any
) -> int:
    today = store_day()
    deposit, guests = _deposit(values), _guests(values, today)
    room = Room.get_by_id(values["room"])
    party = Party(values["adults"], ages_of(values["children"]))
    agreed, nights = values.get("price"), len(days_of(today, values["departure"]))
    wish = RoomWish(
        room.room_type_id, today, values["departure"], values["plan"], party,
        room=room.key, person=guests[0].person,
        prices=(agreed,) * nights if agreed is not None else (), shares=shares,
    )  # fmt: skip
    stay = walk_in(
        session, wish, guests, credit_limit=values["limit"], deposit=deposit,
        segment=values["segment"], **_how(values),
    )  # fmt: skip
    return int(stay.key)


_PAPER = (
    Field("paper", word("ID number"), look=Look(30, box=22), limit=120, is_paper=True,
          example="11010519491231002X",
          help=word("Scan or type it: name, birthday and sex follow. A passport: its two lines.")),
    Field("known", word("Known guest"), look=Look(30, is_beside=True), is_computed=True),
    Field("name", word("Guest"), look=Look(24), limit=60, is_required=True, is_typed=True,
          example="王伟"),
    Field("paper_kind", word("ID type"), "choice", look=Look(16, is_beside=True), choices=PAPERS,
          default=ID_CARD, is_required=True),
    Field("sex", word("Sex"), "choice", look=Look(10), choices=SEXES, default=""),
    Field("born", word("Date of birth"), "date", look=Look(12, is_beside=True)),
    Field("region", word("Region"), look=Look(26, is_beside=True), limit=60, is_typed=True),
)  # fmt: skip
_ROOM = Field("room", word("Room"), "link", look=Look(10), is_required=True,
              link=Link("rooms", Room, shown="number"))  # fmt: skip
_MONEY = (
    Field("deposit", word("Deposit"), "money", look=Look(12), example="500.00",
          help=word("Taken now and put on the account of the guest; blank: none.")),
    Field("tender", word("Paid by"), "link", look=Look(16, is_beside=True), is_required=True,
          link=Link("tenders", Tender, shown="name_zh")),
    Field("reference", word("Reference"), look=Look(20, is_beside=True), limit=40,
          help=word("Of a card: its last four digits, a blank, and the reference.")),
    Field("limit", word("Credit limit"), "money", look=Look(12),
          help=word("What the guest may owe beside his deposit; blank: nothing.")),
)  # fmt: skip
_MINORS = (
    Field("guardian", word("Guardian"), look=Look(16), limit=60, is_typed=True,
          help=word("Of guests under 18: father, mother, or who else answers for them.")),
    Field("guardian_phone", word("His phone"), look=Look(16, is_beside=True), limit=30,
          is_typed=True),
    Field("relation", word("Relation"), look=Look(12, is_beside=True), limit=30, is_typed=True,
          example="父子",
          help=word("What the guest under 18 is to who is with him; alone: say so.")),
)  # fmt: skip
_COMPANIONS = Grid(
    "guests",
    word("Also in the room"),
    (
        Field("paper", word("ID number"), look=Look(34), limit=120, is_paper=True),
        Field("name", word("Guest name"), look=Look(24), limit=60, is_typed=True),
    ),
    lambda key: [],
)


def _listing(name: str, title: str, fields: tuple[Field, ...], **more: Any) -> Listing:
    return Listing(
        name, title, Stay, fields=fields, change_right="check in", grid=_COMPANIONS,
        follow=_follow, placed=place_of, can_add=False, is_once=True, **more,
    )  # fmt: skip


RESERVED = _listing(
    "check_in",
    word("Check-in"),
    (
        *_PAPER,
        _ROOM,
        Field("why", word("Why this room"), look=Look(30, is_beside=True), is_computed=True),
        Field("dates", word("Stay dates"), look=Look(23), is_computed=True),
        Field("room_type", word("Room type"), look=Look(16, is_beside=True), is_computed=True),
        Field("quote", word("Room charge"), look=Look(50), is_computed=True),
        *_MONEY,
        *_MINORS,
        Field(
            "is_free",
            word("Other type free"),
            "yes-no",
            look=Look(is_beside=True),
            default=True,
            help=word(
                "A room of another type than the booked one: yes keeps the price, no adds "
                "the difference of the lists."
            ),
        ),
    ),
    read=_read,
    save=_save_reserved,
)
WALK_IN = _listing(
    "walk_in",
    word("Walk-in"),
    (
        *_PAPER,
        _ROOM,
        Field("departure", word("Departure"), "date", look=Look(12, is_beside=True),
              is_required=True),
        Field("plan", word("Rate plan"), "link", look=Look(10), is_required=True,
              link=Link("rate_plans", RatePlan, shown="code")),
        Field("adults", word("Adults"), "number", look=Look(4, is_beside=True), default=1,
              is_required=True),
        Field("children", word("Ages of children"), look=Look(10, is_beside=True), limit=30,
              is_typed=True,
              example="5, 8"),
        Field("quote", word("Room charge"), look=Look(50), is_computed=True),
        *_MONEY,
        *_MINORS,
        Field("segment", word("Segment"), look=Look(14, is_beside=True), limit=20),
    ),
    save=_save_walk_in,
)  # fmt: skip


SHARER = _listing(
    "sharer",
    word("Shares the room"),
    (
        *WALK_IN.fields,
        Field("price", word("Agreed price"), "money", example="0.00",
              help=word("Blank: the price of the plan, as for anybody else.")),
    ),
    save=partial(_save_walk_in, shares=True),
)  # fmt: skip


async def check_in_stay(app: Any, key: int, paper: str = "") -> None:
    """The form of a reserved guest, whose paper may have been read before; where no room is ready,
    a swap is proposed before it.
    """
    await _swapped(app, key)
    await _arrived(app, await edit(app, FormScreen(RESERVED, key, typed=paper)))


async def _swapped(app: Any, key: int) -> None:
    """Give the guest who holds the only room that is ready another one, when that is meant."""
    from tui.widgets.panel import Confirm

    swap = await app.in_books(_swap, key)
    if swap is None:
        return
    is_meant = await app.ask(
        Confirm(
            word("No room is ready for all nights"),
            said("{room} is, when {guest} ({number}) goes to {to}.", room=swap.room.number,
                 guest=swap.other.name, number=swap.other.number, to=swap.to.number),
            yes=word("Change his room"),
        )
    )  # fmt: skip
    if is_meant:
        other = swap.other
        await app.operate(
            change_stay, other, version=other.version, arrival=other.arrival,
            departure=other.departure, gives_room=True, room=swap.to,
        )  # fmt: skip


def _swap(key: int) -> Swap | None:
    return propose_swap(Stay.get_by_id(key))


async def check_in_room(app: Any, room: RackRoom) -> None:
    """From the rack: who is expected in this room, or somebody who stands there.

    Refuses: RoomNotReady.
    """
    if room.is_occupied:
        await _share(app, room)
        return
    if not await app.in_books(_is_ready, room):
        raise RoomNotReady(room=room.number)
    if room.arriving is not None:
        await check_in_stay(app, room.arriving)
        return
    preset = {
        "room": Linked(room.key, room.number),
        "tender": await app.in_books(_cash),
    }
    await _arrived(app, await edit(app, FormScreen(WALK_IN, preset=preset)))


async def _share(app: Any, room: RackRoom) -> None:
    """A second account in a room that somebody lives in, when that is what is meant."""
    from tui.widgets.panel import Confirm

    is_meant = await app.ask(
        Confirm(
            word("{guest} lives in {room}"), said("A second account in the same room?"),
            yes=word("Share the room"), is_grave=True, room=room.number, guest=room.guest,
        )
    )  # fmt: skip
    if is_meant:
        preset = {
            "room": Linked(room.key, room.number),
            "tender": await app.in_books(_cash),
        }
        await _arrived(app, await edit(app, FormScreen(SHARER, preset=preset)))


def _is_ready(room: RackRoom) -> bool:
    return room.is_ready or (takes_dirty_rooms.value() and not room.is_occupied and not room.closed)


async def _arrived(app: Any, key: int | None) -> None:
    if key is None:
        return
    from tui.hotel.rooms.traces_listing import texts_for
    from tui.widgets.panel import Message

    app.wake_paper()
    told = await app.in_books(_welcome, key)
    app.inform(word("In the house: {guest}"), guest=told)
    if texts := await app.in_books(texts_for, key):
        await app.ask(Message(word("For {guest}"), "\n".join(texts), guest=told))


def _welcome(key: int) -> str:
    stay: Stay = Stay.get_by_id(key)
    return f"{stay.room.number if stay.room else ''} {stay.name}"
