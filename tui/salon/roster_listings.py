"""The roster, absences, and the things that services need."""

from __future__ import annotations

from typing import Any

from models.listings.listings import Action, Field, Link, Linked, Listing, Record
from models.salon.absences import (
    ABSENCE_WORDS,
    ABSENCES,
    ASKED,
    Absence,
    decide_absence,
    drop_absence,
    save_absence,
    span_text,
    uncovered,
)
from models.salon.hours import hour_text, minute_at
from models.salon.roster import ROSTER, RosterHours, drop_roster_hours, save_roster_hours
from models.salon.stylists import Stylist
from models.salon.things import THINGS, Thing, save_thing, switch_thing
from receipts.words import word
from tui.desk.words import t
from tui.records.looks import Look
from tui.salon.stylists_listings import filled

_NAME = (
    'SELECT u."name" FROM "stylist" s JOIN "user" u ON u."key" = s."user_id" '
    'WHERE s."key" = t."stylist_id"'
)


def _read_hours(key: Any) -> Record | None:
    row: RosterHours | None = RosterHours.get_or_none(RosterHours.key == key)
    if row is None:
        return None
    who = Linked(row.stylist_id, str(row.stylist.number)) if row.stylist else None
    values: dict[str, Any] = {
        "stylist": who, "day": row.day, "weekdays": row.weekdays, "is_off": row.is_off,
        "note": row.note, "who": row.stylist.name if row.stylist else "",
    }  # fmt: skip
    for name in ("opens", "closes", "break_from", "break_until"):
        minute = getattr(row, name)
        values[name] = "" if minute is None or row.is_off else hour_text(minute)
    return Record(key, row.version, values)


ROSTERS = Listing(
    "roster",
    ROSTER,
    RosterHours,
    order="key",
    fields=(
        Field("key", word("No."), "number", is_listed=False, in_form=False, is_sorted=True),
        Field("stylist", word("Stylist"), "link", look=Look(6),
              link=Link("stylists", Stylist, shown="number"),
              help=word("By number. Blank: the hours of the house.")),
        Field("who", word("Name"), look=Look(10), beside=f"({_NAME})", in_form=False),
        Field("weekdays", word("Days of the week"), look=Look(10), limit=20, example="1-5 7",
              help=word("1 is Monday, 7 Sunday: 1-5, 67. Or one day, not both.")),
        Field("day", word("Or a day"), "date", look=Look(is_beside=True),
              help=word("Hours of one day come before those of the week.")),
        Field("shown", word("Hours"), look=Look(26), in_form=False,
              help=word("Behind the stroke the break. Blank: off.")),
        Field("opens", word("From"), look=Look(6), limit=5, is_listed=False, example="10"),
        Field("closes", word("Until"), look=Look(6, is_beside=True), limit=5, is_listed=False,
              example="19:30", help=word("An end before the start is of the night after.")),
        Field("break_from", word("Break from"), look=Look(6), limit=5, is_listed=False,
              example="12"),
        Field("break_until", word("Break until"), look=Look(6, is_beside=True), limit=5,
              is_listed=False, example="12:30"),
        Field("is_off", word("Day off"), "yes-no", look=Look(5), default=False, is_listed=False,
              help=word("Not at work, or shut: a day off, a holiday.")),
        Field("note", word("Note"), look=Look(12, box=30, drop=2), limit=60),
    ),
    find=("note",),
    dates="day",
    named="who",
    right="keep appointments",
    change_right="keep roster",
    save=filled(save_roster_hours),
    drop=drop_roster_hours,
    read=_read_hours,
    empty=word("No hours yet: everybody works from 9 to 21. F2 says otherwise."),
)  # fmt: skip


def _read_absence(key: Any) -> Record | None:
    row: Absence | None = Absence.get_or_none(Absence.key == key)
    if row is None:
        return None
    since = until = ""
    if not row.is_whole_days:
        since = hour_text(minute_at(row.day, row.since))
        until = hour_text(minute_at(row.last, row.until))
    values = {
        "stylist": Linked(row.stylist_id, str(row.stylist.number)), "day": row.day,
        "last": row.last, "since": since, "until": until, "reason": row.reason,
        "state": row.state, "uncovers": _uncovered_text(row), "who": row.stylist.name,
    }  # fmt: skip
    return Record(key, row.version, values)


def _uncovered_text(row: Absence) -> str:
    return ", ".join(
        f"{hour_text(minute_at(one.day, one.starts_at))} {one.name}" for one in uncovered(row)
    )


def _saved(row: Any) -> str:
    """What whoever saved it must know: nobody is told or moved by itself."""
    if isinstance(row, Absence) and uncovered(row):
        return word("Clients are booked then: the absence lists them. Move or call each.")
    return ""


async def _decide(screen: Any, line: Any, *, is_agreed: bool) -> None:
    row = await screen.in_books(Absence.get_by_id, line.key)
    await screen.operate(decide_absence, row.key, version=row.version, is_agreed=is_agreed)


async def _agree(screen: Any, line: Any) -> None:
    await _decide(screen, line, is_agreed=True)


async def _refuse(screen: Any, line: Any) -> None:
    await _decide(screen, line, is_agreed=False)


async def _list_uncovered(screen: Any, line: Any) -> None:
    from tui.widgets.panel import Message

    def found() -> tuple[str, str]:
        row = Absence.get_by_id(line.key)
        lines = [
            f"{one.day} {hour_text(minute_at(one.day, one.starts_at))}  {one.name}  {one.phone}"
            for one in uncovered(row)
        ]
        return f"{row.stylist.name} {span_text(row)}", "\n".join(lines)

    what, text = await screen.in_books(found)
    shown = text or t("Nobody is booked then.")
    await screen.desk.ask(Message(word("Clients to be moved: {what}"), shown, what=what))


ABSENCE_LISTING = Listing(
    "absences",
    ABSENCES,
    Absence,
    order="day",
    is_newest_first=True,
    fields=(
        Field("stylist", word("Stylist"), "link", look=Look(6), is_required=True,
              link=Link("stylists", Stylist, shown="number")),
        Field("who", word("Name"), look=Look(10), beside=f"({_NAME})", in_form=False),
        Field("day", word("From day"), "date", is_required=True),
        Field("last", word("To day"), "date", look=Look(is_beside=True),
              help=word("The last day that is counted. Blank: the same day.")),
        Field("since", word("From"), look=Look(6), limit=5, is_listed=False, example="14",
              help=word("Blank: whole days.")),
        Field("until", word("Until"), look=Look(6, is_beside=True), limit=5, is_listed=False,
              example="18"),
        Field("reason", word("Reason"), look=Look(14, box=30), limit=60, example="病假"),
        Field("state", word("State"), "choice", look=Look(10),
              choices=tuple(ABSENCE_WORDS.items()), default=ASKED, is_computed=True),
        Field("uncovers", word("Clients then"), look=Look(40, box=50), is_computed=True,
              is_listed=False),
    ),
    find=("reason",),
    dates="day",
    named="who",
    right="keep appointments",
    change_right="keep appointments",
    save=filled(save_absence),
    drop=drop_absence,
    is_switched=True,
    read=_read_absence,
    saved=_saved,
    empty=word("Nobody is away. F2 says who."),
    actions=(
        Action(word("Clients to be moved"), _list_uncovered, "keep appointments"),
        Action(word("Agree"), _agree, "keep roster"),
        Action(word("Not agreed"), _refuse, "keep roster"),
    ),
)  # fmt: skip

THING_LISTING = Listing(
    "things",
    THINGS,
    Thing,
    order="position",
    fields=(
        Field("position", word("Place"), "number", default=0, is_sorted=True),
        Field("name", word("Name"), look=Look(14), limit=20, is_required=True, example="1号椅"),
        Field("sort", word("Kind"), limit=20, is_required=True, example="剪发椅",
              help=word("One word. A service says which kinds it takes (menu 441).")),
        Field("is_active", word("In use"), "yes-no", default=True),
    ),
    find=("name", "sort"),
    right="keep services",
    change_right="keep services",
    save=filled(save_thing),
    drop=switch_thing,
    is_switched=True,
    empty=word("No chairs or rooms yet: only people are guarded. F2 makes one."),
)  # fmt: skip
