"""Lucky draws: held, and who won."""

from __future__ import annotations

from typing import Any

from models.listings.listings import Field, Listing, Related
from models.members.draws import DRAWS, Draw, hold_draw, winners_text
from models.trust.operation import Session
from receipts.words import word
from tui.records.looks import Look


def _won(session: Session, key: Any) -> list[Related]:
    draw: Draw = Draw.get_by_id(key)
    return [Related(draw.day.isoformat(), word("Winner"), each) for each in winners_text(draw)]


def _hold(session: Session, key: int | None, *, version: int, **values: Any) -> Draw:
    values["count"] = values.get("count") or 1
    return hold_draw(session, key, version=version, **values)


LISTING = Listing(
    "draws",
    DRAWS,
    Draw,
    order="day",
    fields=(
        Field("day", word("Day"), "date", is_computed=True, is_sorted=True, in_form=False),
        Field("name", word("Name"), look=Look(12), limit=40, is_required=True, is_fixed=True,
              example="年终抽奖"),
        Field("since", word("From"), "date", look=Look(drop=2), is_required=True, is_fixed=True,
              help=word("Who bought from this day on takes part.")),
        Field("until", word("Until"), "date", look=Look(drop=3, is_beside=True), is_required=True,
              is_fixed=True),
        Field("per", word("Ticket per"), "money", is_required=True, is_fixed=True,
              example="100.00"),
        Field("count", word("Winners"), "number", look=Look(is_beside=True), is_listed=False,
              default=1, is_fixed=True),
        Field("seed", word("Seed"), look=Look(16, drop=4), limit=40, is_fixed=True,
              help=word("Blank: drawn by chance, and written down here.")),
        Field("people", word("Took part"), "number", is_computed=True, in_form=False),
        Field("tickets", word("Tickets"), "number", is_computed=True, in_form=False),
    ),
    find=("name", "seed"),
    dates="day",
    right="keep points",
    change_right="keep points",
    save=_hold,
    related=_won,
    empty=word("No draw was held yet. F2 holds one."),
)  # fmt: skip
