"""Where the charges of a stay go by themselves (转账指令), a line each, in their order."""

from __future__ import annotations

from typing import Any

from models.base.rates import ONE
from models.hotel.charges.windows import (
    OWN,
    RoutedPart,
    WindowMissing,
    change_routing,
    rules_of,
    windows_of,
)
from models.hotel.folios.masters import GROUP, folio_by_letter
from models.hotel.stays.stays import Stay
from models.listings.listings import Field, Grid, Listing, Record, call_of
from receipts.words import word
from tui.records.looks import Look


def _read(key: Any) -> Record | None:
    stay: Stay | None = Stay.get_or_none(Stay.key == key)
    if stay is None:
        return None
    room = stay.room.number if stay.room else ""
    return Record(key, stay.version, {"name": f"{room} {stay.name}".strip()}, _lines(key))


def _lines(key: Any) -> list[dict[str, Any]]:
    stay: Stay = Stay.get_by_id(key)
    letters = {folio.key: letter for letter, folio in windows_of(stay.key)}
    if stay.booking.master_folio:
        letters[stay.booking.master_folio] = GROUP
    return [
        {
            "code": rule.code, "share": rule.share, "most": rule.most, "is_daily": rule.is_daily,
            "to": letters.get(rule.folio, ""),
        }
        for rule in rules_of(stay.key)
    ]  # fmt: skip


def _save(session: Any, key: int, *, version: int, rules: list[dict[str, Any]], **how: Any) -> int:
    """Refuses: WindowMissing, RoutingWrong."""
    stay: Stay = Stay.get_by_id(key)
    typed = []
    for line in rules:
        letter = (line["to"] or "").strip().upper()
        folio = folio_by_letter(stay, letter)
        if folio is None or letter == OWN:
            raise WindowMissing(stay=stay.number, window=letter or "-")
        typed.append(
            RoutedPart((line["code"] or "").strip(), line["share"], line["most"], line["is_daily"],
                 folio.key)
        )  # fmt: skip
    given = call_of(how)
    change_routing(session, stay, typed, **given)
    return key


LISTING = Listing(
    "routing",
    word("Where charges go"),
    Stay,
    fields=(Field("name", word("Guest"), is_computed=True),),
    read=_read,
    save=_save,
    right="post charge",
    change_right="post charge",
    can_add=False,
    grid=Grid(
        "rules",
        word("Charges that others pay"),
        (
            Field("to", word("To window"), look=Look(9), limit=2, is_required=True, example="B",
                  help=word("B, C ...: a window of this guest; G: the master of his group.")),
            Field("code", word("Charge"), look=Look(10), limit=10, example="room",
                  help=word("A code, or room, food, phone, laundry, minibar, other; blank: all.")),
            Field("share", word("Part"), "rate", default=ONE, is_required=True,
                  unit=word("%")),
            Field("most", word("At most"), "money"),
            Field("is_daily", word("Each day"), "yes-no", look=Look(8), default=True,
                  help=word("The most is for each day, or for the whole stay.")),
        ),
        _lines,
    ),
)  # fmt: skip
