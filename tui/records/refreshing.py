"""A list shows what others changed: when it is asked to, and by itself while nobody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from receipts.words import word
from tui.widgets.header import clock_text

if TYPE_CHECKING:
    from tui.desk.frame import FrameScreen
    from tui.records.list import ListScreen

READ = word("As it is now, at {time}.")

# A list left alone reads its rows again every so many seconds, and counts so many at most.
REFRESH_S = 10.0
COUNTED_ALONE = 5_000


def begin(screen: ListScreen) -> None:
    """From now on, as long as the screen is there."""

    async def alone() -> None:
        await _refresh_alone(screen)

    screen.set_interval(REFRESH_S, alone)


async def refresh(screen: ListScreen) -> None:
    """Read the rows in sight again, and count them; the cursor stays on its row."""
    await screen.found()
    await screen.source.look_again(screen.lines, screen.desk)
    screen.changed()
    screen.count_again(other_rows=False)


async def by_key(screen: ListScreen) -> None:
    """F7: the rows as they are now, and that they are so: mostly nothing has changed."""
    await refresh(screen)
    tell_read(screen)


def tell_read(screen: FrameScreen) -> None:
    """What is shown was read just now."""
    screen.desk.inform(READ, time=clock_text(screen.desk.frame.zone))


async def _refresh_alone(screen: ListScreen) -> None:
    idle_s = getattr(screen.desk, "idle_s", REFRESH_S)
    if screen.app.screen is not screen or screen.rights is None or idle_s < REFRESH_S:
        return
    if not screen.source.is_live:
        return
    if screen.totals is not None and screen.totals.count <= COUNTED_ALONE:
        await refresh(screen)
    else:
        await screen.lines.look_again()
