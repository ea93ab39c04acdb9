"""The paper of a night audit: occupancy and revenue of the date, and the trial balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from receipts.labels import heads, label, named
from receipts.slip import Column, Pair, Part, Row, Rule, Slip, Table
from receipts.slips.common import Print, copy_marks, foot, store_head, title

if TYPE_CHECKING:
    from models.hotel.audit.day_figures import DayFigures
    from models.hotel.audit.house_paper import HouseView
    from receipts.labels import PaperLanguage


def house_slip(shown: HouseView, how: Print) -> Slip:
    """For the owner's file: what the house did on the date, and that its books come to zero."""
    lang = how.lang
    columns = (
        Column(heads("Account", lang)),
        Column(heads("Movement", lang)),
        Column(heads("Closing", lang)),
    )
    rows = tuple(
        Row(
            (
                f"{line.account} {named(line.name_zh, line.name_en, lang)}",
                str(line.debit - line.credit),
                str(line.closing),
            )
        )
        for line in shown.trial
    )
    parts: list[Part] = [
        *store_head(shown.store, lang),
        title("NIGHT AUDIT", lang),
        *copy_marks(how),
        Rule("="),
        Pair(label("Business day", lang), shown.day.isoformat(), bold=True),
        *_shut(shown, lang),
        Rule(),
        *_figures(shown.figures, lang),
        Rule(),
        Table(columns, rows),
    ]
    return Slip("house", shown.day.isoformat(), (*parts, *foot()))


def _shut(shown: HouseView, lang: PaperLanguage) -> list[Part]:
    if shown.since == shown.day:
        return []
    return [Pair(label("The house was shut from", lang), shown.since.isoformat(), bold=True)]


def _figures(found: DayFigures, lang: PaperLanguage) -> list[Part]:
    house = found.house
    told = (
        ("Rooms to let", house.available),
        ("Rooms sold", found.sold),
        ("Complimentary", found.free),
        ("House use", found.house_use),
        ("Day use", found.day_use),
        ("Out of order", found.out_of_order),
        ("Guests", found.guests),
        ("Occupancy", f"{house.occupancy}%"),
        ("Average rate", house.average_rate),
        ("For each available room", house.per_available),
        ("Room revenue", found.room_revenue),
        ("Other revenue", found.other_revenue),
        ("Arrived", found.arrivals),
        ("Departed", found.departures),
    )
    return [Pair(label(name, lang), str(value)) for name, value in told]
