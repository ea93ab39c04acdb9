"""Messages, wake-up calls, tasks and what was left behind: the list of all, and the form of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.hotel.stays.stays import Stay
from models.hotel.stays.traces import (
    LOST,
    MESSAGE,
    TASK,
    WAKE_UP,
    Trace,
    finish_trace,
    messages_of,
    save_trace,
)
from models.ledger.daily.days import store_day
from models.listings.listings import Action, Field, Link, Linked, Listing
from receipts.words import word
from tui.desk.words import t
from tui.records.looks import Look

if TYPE_CHECKING:
    from models.hotel.stays.rack import RackRoom

KINDS = (
    (MESSAGE, word("Message for the guest")), (WAKE_UP, word("Wake-up call")),
    (TASK, word("To be done")), (LOST, word("Left behind")),
)  # fmt: skip
_WORDS = dict(KINDS)
_ROOM = (
    'SELECT r."number" FROM "stay" s JOIN "room" r ON r."key" = s."room_id" '
    'WHERE s."key" = t."stay_id"'
)


def _save(session: Any, key: int | None, *, version: int, **values: Any) -> Trace:
    values["stay"] = Stay.get_by_id(values["stay"])
    return save_trace(session, key, version=version, **values)


async def _done(screen: Any, line: Any) -> None:
    trace = await screen.in_books(Trace.get_by_id, line.key)
    await screen.operate(finish_trace, trace, version=trace.version)


LISTING = Listing(
    "traces",
    word("Messages and wake-up calls"),
    Trace,
    order="day",
    is_newest_first=True,
    fields=(
        Field("room", word("Room"), look=Look(6), beside=f"({_ROOM})", in_form=False),
        Field("stay", word("Guest"), "link", look=Look(14, box=24), is_required=True,
              link=Link("stays", Stay, shown="name")),
        Field("kind", word("What it is"), "choice", look=Look(10, box=22), choices=KINDS,
              default=MESSAGE, is_required=True),
        Field("day", word("Day"), "date", is_required=True),
        Field("at", word("Hour"), look=Look(6, is_beside=True), limit=5, example="06:30",
              help=word("A wake-up call is told from this hour of the day on.")),
        Field("text", word("What is said"), look=Look(20, box=50), limit=200,
              example="客人的朋友来过，回电 13800000000"),
        Field("is_done", word("Seen to"), "yes-no", look=Look(7, drop=1), in_form=False),
    ),
    find=("text",),
    dates="day",
    right="check in",
    change_right="check in",
    save=_save,
    named="text",
    empty=word("Nothing waits for any guest."),
    actions=(Action(word("Seen to"), _done, "check in"),),
)  # fmt: skip


async def note_for(app: Any, room: RackRoom) -> bool:
    """Something for who lives in a room, or comes into it; whether it was kept."""
    from tui.records.forms.form import FormScreen, edit

    key = room.stay if room.stay is not None else room.arriving
    preset: dict[str, Any] = {"day": await app.in_books(store_day)}
    if key is not None:
        preset["stay"] = Linked(key, room.guest or room.arriving_guest)
    return await edit(app, FormScreen(LISTING, preset=preset)) is not None


def texts_for(stay: int) -> list[str]:
    """What is to be told to a guest, or thought of when he stands there."""
    return [said(trace) for trace in messages_of(stay, store_day())]


def said(trace: Trace) -> str:
    """A trace in one line."""
    what = t(_WORDS[trace.kind])
    return f"{trace.at} {what} {trace.text}".strip() if trace.at else f"{what}: {trace.text}"
