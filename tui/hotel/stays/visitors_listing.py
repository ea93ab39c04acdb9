"""The register of visitors: who is with a guest, and who has left."""

from __future__ import annotations

from typing import Any

from models.hotel.desk.arrivals import ID_CARD, OTHER_PAPER, PASSPORT
from models.hotel.desk.visitors import Visitor, register_visitor, visitor_left
from models.hotel.stays.stays import Stay
from models.listings.listings import Action, Field, Link, Listing
from receipts.words import word
from tui.records.looks import Look

KINDS = (
    (ID_CARD, word("Identity card")), (PASSPORT, word("Passport")), (OTHER_PAPER, word("Other")),
)  # fmt: skip
_ROOM = (
    'SELECT r."number" FROM "stay" s JOIN "room" r ON r."key" = s."room_id" '
    'WHERE s."key" = t."stay_id"'
)


def _save(session: Any, key: int | None, *, version: int, **values: Any) -> Visitor:
    values["stay"] = Stay.get_by_id(values["stay"])
    return register_visitor(session, values.pop("stay"), **values)


async def _left(screen: Any, line: Any) -> None:
    visitor = await screen.in_books(Visitor.get_by_id, line.key)
    await screen.operate(visitor_left, visitor, version=visitor.version)


LISTING = Listing(
    "visitors",
    word("Visitors"),
    Visitor,
    order="came_at",
    is_newest_first=True,
    fields=(
        Field("room", word("Room"), look=Look(6), beside=f"({_ROOM})", in_form=False),
        Field("stay", word("Guest"), "link", look=Look(12, box=24), is_required=True,
              is_fixed=True, link=Link("stays", Stay, shown="name"),
              help=word("Whom he visits: type the room or the name.")),
        Field("name", word("Visitor"), look=Look(12, box=24), limit=60, is_required=True,
              is_fixed=True, is_typed=True, example="李强"),
        Field("paper_kind", word("ID type"), "choice", choices=KINDS, default=ID_CARD,
              is_required=True, is_fixed=True, is_listed=False),
        Field("paper", word("ID number"), look=Look(18, box=24, drop=2), limit=30,
              is_required=True, is_fixed=True, is_paper=True, example="11010519491231002X"),
        Field("came_at", word("Came in"), "instant", is_computed=True, is_sorted=True),
        Field("left_at", word("Went out"), "instant", is_computed=True),
    ),
    find=("name",),
    dates="day",
    right="check in",
    change_right="check in",
    save=_save,
    named="name",
    empty=word("No visitor is registered."),
    actions=(Action(word("Has gone"), _left, "check in"),),
)  # fmt: skip
