"""F8, the menu of a list: what can be done with the record under the cursor besides, and what every
list does: new, change, remove, another group, filter, group by a column.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from models.base.named import load
from models.listings.listing_reader import Line
from receipts.words import word
from tui.desk.gate.key_names import full_name
from tui.desk.words import t
from tui.records import bulk
from tui.records.asking import Options

if TYPE_CHECKING:
    from tui.records.list import ListScreen

# What a key of the list does as well, in the menu's words.
BY_KEY: Final = (
    ("new_record", word("New record")),
    ("open_record", word("Change the record")),
    ("drop_record", word("Remove, or switch off")),
    ("filter_column", word("Filter by a column")),
)
CHANGE_GROUP = word("Change its group: {column}")
GROUP = word("Group by a column: counts and sums")


async def by_key(screen: ListScreen) -> None:
    """Choose, and do it."""
    await screen.found()
    is_on_row = screen.lines.chosen is not None
    offered = [each for each in screen.actions() if is_on_row or not each.needs_record]
    own = [(_own(screen, each), t(each.label)) for each in offered]
    work = await screen.desk.ask(Options(word("What shall be done?"), [*own, *_common(screen)]))
    if work is not None:
        await work()


def _own(screen: ListScreen, action: Any) -> Callable[[], Any]:
    async def work() -> None:
        line = screen.chosen() if action.needs_record else screen.lines.chosen
        result = action.run(screen, line)
        if asyncio.iscoroutine(result):
            await result
        await screen.reload(line.key if isinstance(line, Line) else None)

    return work


def _common(screen: ListScreen) -> list[tuple[Callable[[], Any], str]]:
    """What this list has of what all of them do, each with its key."""
    rows = screen.desk.keymap.commands
    only_read = {} if screen.can_change else {"open_record": rows["open_record"].label}
    found = [
        (
            getattr(screen, f"do_{name}"),
            f"{t(only_read.get(name, label))}  {full_name(rows[name].keys[0])}",
        )
        for name, label in BY_KEY
        if screen.offers(rows[name])
    ]
    if screen.listing.tree and screen.offers(rows["change_marked"]):
        group = screen.listing[screen.listing.tree]

        async def change_group() -> None:
            if await bulk.change(screen, screen.marked(), group):
                screen.lines.marks.clear()
                await screen.reload()

        found.insert(-1, (change_group, t(CHANGE_GROUP, column=t(group.label))))

    async def group_rows() -> None:
        await load("tui.records.groups:show_groups")(screen)

    return [*found, (group_rows, t(GROUP))]
