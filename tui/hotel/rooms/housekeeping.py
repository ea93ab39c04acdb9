"""What housekeeping saw in the rooms, said on the rack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.hotel.audit.audit_steps import WRONG_ROOM
from models.hotel.stays.sightings import OCCUPIED, SKIP, SLEEP, VACANT, report_seen
from receipts.words import word
from tui.records.asking import Options

ODD = {
    SLEEP: word("Somebody slept there, and nobody is checked in"),
    SKIP: word("The guest is in the house, and the room is empty"),
    WRONG_ROOM: word("Lives in a wrong room"),
}


async def say_what_was_seen(app: Any, number: str, rooms: Sequence[int]) -> None:
    """Occupied or vacant, of one room or the marked ones; what differs is told."""
    from tui.desk.words import t

    saw = await app.ask(
        Options(
            word("What was seen in room {number}?"),
            [(OCCUPIED, t("Occupied: luggage, or a used bed")), (VACANT, t("Empty"))],
            number=number,
        )
    )  # fmt: skip
    if saw is None:
        return
    odd = await app.operate(report_seen, list(rooms), saw)
    if odd:
        app.alarm(word("The desk says something else of {rooms}."), rooms=", ".join(odd))
    else:
        app.inform(word("The desk says the same."))
