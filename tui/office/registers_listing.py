"""Registers (收银台): the counters of the store."""

from __future__ import annotations

from typing import Any

from models.listings.listings import Field, Listing
from models.trust.registers import Register, save_register
from receipts.words import word
from tui.records.looks import Look


def _switch(session: Any, key: int, *, version: int, **how: Any) -> Register:
    found = Register.get_by_id(key)
    return save_register(
        session, key, version=version, name=found.name, is_retired=not found.is_retired, **how
    )


LISTING = Listing(
    "registers",
    word("Registers"),
    Register,
    key=("number",),
    order="number",
    fields=(
        Field("number", word("No."), "number", look=Look(5), is_computed=True, is_sorted=True,
              help=word("Drawn by the program; documents carry it for ever.")),
        Field("name", word("Name"), limit=40, is_required=True, is_sorted=True,
              example="前台"),
        Field("opened_day", word("Opened on"), "date", look=Look(12, drop=1), is_computed=True),
        Field("created_at", word("Made at"), "instant", look=Look(drop=2), is_computed=True),
        Field("is_retired", word("Retired"), "yes-no", look=Look(8), default=False,
              help=word("Nobody can work at it any more.")),
    ),
    find=("number", "name"),
    right="change settings",
    change_right="change settings",
    save=save_register,
    drop=_switch,
    is_switched=True,
)  # fmt: skip
