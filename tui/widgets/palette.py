"""The menu and command palette: letters of a name, pinyin initials, or a menu number."""

from __future__ import annotations

from collections.abc import Sequence

from receipts.words import say, word
from tui.desk.key_names import full_name
from tui.desk.key_rows import Command
from tui.desk.words import t
from tui.records.initials import initials
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick


class Palette(Pick):
    """Answers the id of the command that was chosen."""

    # Our own words bring their initials, without the dictionary.
    is_read = False

    def __init__(self, commands: Sequence[Command]) -> None:
        columns = [
            Column("#", 4, "right", read=lambda row: str(row.menu) if row.menu else ""),
            Column(word("Key"), 9, tone="key", read=lambda row: keys_text(row)),
            Column(word("Command"), 14, read=lambda row: t(row.label)),
            Column("", 0, tone="muted", read=lambda row: t(row.help)),
        ]
        rows = sorted(commands, key=lambda row: (row.menu or 1000, row.rank))
        super().__init__(
            word("Menu: letters, pinyin initials or a number"), columns, rows, text_of=_search_text
        )

    def answer(self, value: Command | str | None) -> None:
        super().answer(value.id if isinstance(value, Command) else value)

    def found(self, wanted: str) -> list[Command]:
        if wanted.isdigit():
            return [row for row in self._all if row.menu and str(row.menu).startswith(wanted)]
        return super().found(wanted)


def keys_text(command: Command) -> str:
    """The first key of a command, written out."""
    return full_name(command.keys[0]) if command.keys else ""


def _search_text(command: Command) -> str:
    chinese = say(command.label, "zh")
    return f"{command.label} {chinese} {initials(chinese)} {command.id}".casefold()
