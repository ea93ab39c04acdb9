"""Appointments: the list of all, and the form of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.goods.goods import Goods
from models.ledger.daily.days import store_day
from models.listings.listings import Action, Field, Grid, Link, Linked, Listing, Record, call_of
from models.people.persons import Person
from models.salon.appointments import STATE_WORDS, Appointment, lines_by_appointment
from models.salon.booking import Client, cancel_appointment, save_appointment
from models.salon.guarding import Wish
from models.salon.hours import HourUnreadable, hour_text, minute_at, minute_from
from models.salon.stylists import Stylist
from models.salon.visits import note_reminder
from receipts.words import word
from tui.records.looks import Look

STATES = tuple(STATE_WORDS.items())


def _wishes(lines: list[dict[str, Any]]) -> list[Wish]:
    return [
        Wish(
            line["goods"], line.get("stylist"), bool(line.get("is_asked")),
            minute_from(line["at"]) if (line.get("at") or "").strip() else None,
        )
        for line in lines
        if line.get("goods") is not None
    ]  # fmt: skip


def _save(session: Any, key: int | None, *, version: int, **values: Any) -> Appointment:
    client = Client(
        values["name"] or "", values["phone"] or "", values["person"], values["note"] or ""
    )
    return save_appointment(
        session, key, version=version, client=client, day=values["day"] or store_day(),
        minute=minute_from(values["at"] or ""), wishes=_wishes(values["services"]),
        squeeze=values["squeezed"] or "", **call_of(values),
    )  # fmt: skip


def _lines(key: Any) -> list[dict[str, Any]]:
    """The services; an hour that does not follow from the one before stands there: without it the
    next save would put them one behind the other.
    """
    if key is None:
        return []
    found = lines_by_appointment([key]).get(key, [])
    follows = min((line.starts_at for line in found), default=None)
    rows = []
    for line in found:
        begins, ends = (
            hour_text(minute_at(line.appointment.day, each))
            for each in (line.starts_at, line.ends_at)
        )
        who = Linked(line.stylist_id, f"{line.stylist.number}") if line.stylist else None
        rows.append({
            "goods": Linked(line.goods_id, line.goods.name), "stylist": who,
            "is_asked": line.is_asked, "at": "" if line.starts_at == follows else begins,
            "ends": f"{begins}-{ends}",
        })  # fmt: skip
        follows = line.ends_at
    return rows


def _read(key: Any) -> Record | None:
    found: Appointment | None = Appointment.get_or_none(Appointment.key == key)
    if found is None:
        return None
    person = Person.get_or_none(Person.key == found.person) if found.person else None
    values = {
        "day": found.day, "at": hour_text(minute_at(found.day, found.starts_at)),
        "name": found.name, "phone": found.phone, "state": found.state, "note": found.note,
        "person": Linked(person.key, person.name) if person else None,
        "squeezed": found.squeezed, "reason": found.reason, "deposit": found.deposit,
    }  # fmt: skip
    return Record(key, found.version, values, _lines(key))


def _follow(names: set[str], key: Any, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The name of the record that was chosen."""
    if "person" in names and values["person"] and not values["name"]:
        return {"name": values["person"].text}
    return {}


def _is_hour(text: Any) -> HourUnreadable | None:
    try:
        minute_from(str(text or ""))
    except HourUnreadable as refusal:
        return refusal
    return None


async def _cancel(screen: Any, line: Any) -> None:
    from tui.widgets.panel import Ask

    found = await screen.in_books(Appointment.get_by_id, line.key)
    reason = await screen.desk.ask(
        Ask(word("Why is {name} cancelled?"), is_typed=True, name=found.name)
    )
    if reason:
        await screen.operate(cancel_appointment, found.key, version=found.version, reason=reason)


async def _called(screen: Any, line: Any) -> None:
    found = await screen.in_books(Appointment.get_by_id, line.key)
    is_called = found.called_at is None
    await screen.operate(note_reminder, found.key, version=found.version, is_called=is_called)


_STYLISTS = (
    'SELECT u."name" FROM "appointment_line" l JOIN "stylist" s ON s."key" = l."stylist_id" '
    'JOIN "user" u ON u."key" = s."user_id" WHERE l."appointment_id" = t."key" '
    'ORDER BY l."position" LIMIT 1'
)

SERVICES = Grid(
    "services",
    word("Services, one after the other"),
    (
        Field("goods", word("Salon service"), "link", look=Look(24), is_required=True,
              link=Link("salon_services", Goods)),
        Field("stylist", word("By whom"), "link", look=Look(8),
              link=Link("stylists", Stylist, shown="number"),
              help=word("By number, name, initials. Blank: whoever is free and has least to do.")),
        Field("is_asked", word("Requested"), "yes-no", look=Look(9), default=False,
              help=word("Yes: the client wants this person. No: it is the hour that counts.")),
        Field("at", word("From"), look=Look(6), limit=5, example="10:30",
              help=word("Blank: when the one before ends.")),
        Field("ends", word("When"), look=Look(11), is_computed=True),
    ),
    _lines,
)  # fmt: skip

LISTING = Listing(
    "appointments",
    word("Appointments"),
    Appointment,
    order="starts_at",
    is_newest_first=True,
    fields=(
        Field("starts_at", word("When"), "instant", in_form=False, is_sorted=True),
        Field("name", word("Client"), look=Look(14, box=24), limit=60, is_required=True,
              is_typed=True, example="王芳"),
        Field("phone", word("Phone"), look=Look(13, is_beside=True), limit=30),
        Field("person", word("Client's record"), "link", look=Look(24), is_listed=False,
              link=Link("people", Person),
              help=word("By name, initials or the end of the phone number; F7 makes a new one.")),
        Field("day", word("Day"), "date", is_listed=False, is_required=True, default=store_day),
        Field("at", word("Hour"), look=Look(6, is_beside=True), limit=5, is_listed=False,
              is_required=True, example="14:30", check=_is_hour,
              help=word("9, 930 or 9:30; past midnight where the salon is open then.")),
        Field("by", word("By whom"), look=Look(8, drop=1), beside=f"({_STYLISTS})", in_form=False),
        Field("called_at", word("Reminded"), "instant", look=Look(drop=2), in_form=False),
        Field("squeezed", word("Why squeezed in"), look=Look(30), limit=60, is_listed=False,
              help=word("Over somebody's time, after hours: why. It needs a right.")),
        Field("note", word("Note"), look=Look(40), limit=200, is_listed=False),
        Field("deposit", word("Deposit voucher"), look=Look(20), is_listed=False,
              is_computed=True),
        Field("state", word("State"), "choice", look=Look(10), choices=STATES, is_computed=True),
        Field("reason", word("Why called off"), look=Look(12, box=40, drop=3), limit=60,
              is_computed=True),
    ),
    find=("name", "phone"),
    dates="day",
    right="keep appointments",
    change_right="keep appointments",
    save=_save,
    read=_read,
    follow=_follow,
    grid=SERVICES,
    named="name",
    empty=word("Nobody is booked. F2 books."),
    actions=(
        Action(word("Reminded, or not after all"), _called, "keep appointments"),
        Action(word("Cancel"), _cancel, "keep appointments"),
    ),
)  # fmt: skip
