"""What somebody may not do alone: another says yes at this counter, or it is asked for (61)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from models.base.words import Msgid
from models.trust.approvals import Content
from models.trust.operation import NeedsOverride
from receipts.words import word
from tui.desk.words import refusal_told, t
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick, Words

NOW: Final = "now"
LATER: Final = "later"
WAYS: Final = {
    NOW: word("Somebody who may says yes here and now"),
    LATER: word("Ask for it: it waits for approval (61)"),
}
# So many lines are told.
SHOWN = 6


def cells(one: Content) -> list[str]:
    """What is said of one line, its sentence in the reader's language."""
    name = t(one.name) if isinstance(one.name, Msgid) else one.name
    return [name] if one.value is None else [name, one.quantity, str(one.value)]


def contents_told(contents: Sequence[Content]) -> str:
    """What is asked for, line by line, and what it is worth: for whoever says yes."""
    lines = ["  ".join(cells(one)) for one in contents[:SHOWN]]
    if len(contents) > SHOWN:
        lines.append(t("and {count} more", count=len(contents) - SHOWN))
    return "\n".join(lines)


async def how_approved(desk: Any, missing: NeedsOverride, told: str) -> str | None:
    """`NOW` or `LATER`; None when it is left as it is."""
    found: str | None = await desk.ask(_How("\n".join((refusal_told(missing), told))))
    return found


class _How(Pick):
    """Chosen by Enter alone: the digit of a scan that comes meanwhile chooses nothing."""

    def __init__(self, note: str) -> None:
        columns = (Column("", 0, read=lambda row: t(WAYS[row])),)
        super().__init__(word("This is above your limit."), columns, [NOW, LATER])
        self._note = note

    def content(self) -> Iterable[Any]:
        yield Words(self._note, tone="warn")
        yield from super().content()
