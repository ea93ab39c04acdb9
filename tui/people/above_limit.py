"""What somebody may not do alone: another says yes at this counter, or it is asked for (61)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import Any, Final, TypeVar, cast

from models.base.words import Msgid
from models.trust.approvals import Content
from models.trust.operation import NeedsOverride, new_uid
from receipts.words import word
from tui.desk.words import refusal_told, t
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick, Words

R = TypeVar("R")
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


async def done_or_asked(
    screen: Any, operation: Callable[..., R], *args: Any, told: Callable[[], str],
    ask: Callable[[], Awaitable[None]], **fields: Any,
) -> R | None:  # fmt: skip
    """Do it; above somebody's limit another says yes to what is `told` (in the books), or it is
    asked for, by `ask`: None then. Refuses: what the operation refuses.
    """
    uid = new_uid()
    work = partial(screen.in_books, operation, screen.desk.session, *args, uid=uid, **fields)
    try:
        return cast("R", await work())
    except NeedsOverride as missing:
        note = "\n".join((refusal_told(missing), await screen.in_books(told)))
        answer = await screen.desk.ask(_How(note))
        if answer == LATER:
            await ask()
            return None
        override = await screen.desk.ask_override(missing, uid) if answer == NOW else None
        if override is None:
            raise
        return cast("R", await work(override=override))


class _How(Pick):
    """Chosen by Enter alone: the digit of a scan that comes meanwhile chooses nothing."""

    def __init__(self, note: str) -> None:
        columns = (Column("", 0, read=lambda row: t(WAYS[row])),)
        super().__init__(word("This is above your limit."), columns, [NOW, LATER])
        self._note = note

    def content(self) -> Iterable[Any]:
        yield Words(self._note, tone="warn")
        yield from super().content()
