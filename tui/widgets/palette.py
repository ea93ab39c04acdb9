"""The menu and command palette: letters of a name, pinyin initials, or a menu number. The commands
of the screen come first by their own numbers, and every entry of the menu is there from everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from receipts.words import say, word
from tui.desk.gate.key_names import full_name
from tui.desk.gate.key_rows import Command
from tui.desk.trade_screens import MenuEntry
from tui.desk.words import t
from tui.records.initials import initials
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick

Choice = Command | MenuEntry


class Palette(Pick):
    """Answers what was chosen: a command, or an entry of the menu."""

    # Our own words bring their initials, without the dictionary.
    is_read = False

    def __init__(self, choices: Sequence[Choice]) -> None:
        columns = [
            Column("#", 4, "right", read=lambda row: str(number_of(row) or "")),
            Column(word("Key"), 9, tone="key", read=lambda row: keys_text(row)),
            Column(word("Command"), 14, read=lambda row: t(row.label)),
            Column(
                "",
                0,
                tone="muted",
                read=lambda row: t(row.help) if isinstance(row, Command) else "",
            ),
        ]
        rows = sorted(choices, key=_order)
        super().__init__(
            word("Menu: letters, pinyin initials or a number"), columns, rows, text_of=_search_text
        )

    def found(self, wanted: str) -> list[Choice]:
        if not wanted.isdigit():
            return super().found(wanted)
        found = [row for row in self._all if str(number_of(row) or "").startswith(wanted)]
        # The whole number before those that only begin with it.
        return sorted(found, key=lambda row: str(number_of(row)) != wanted)


def number_of(choice: Choice) -> int:
    """Its number in the menu; 0 where it has none."""
    return choice.menu if isinstance(choice, Command) else choice.number


def _order(choice: Choice) -> tuple[bool, int, int]:
    """What the screen itself can do first, then the menu."""
    if isinstance(choice, Command):
        return False, choice.menu or 1000, choice.rank
    return True, choice.number, 0


def keys_text(choice: Choice) -> str:
    """The first key of a command, written out; an entry of the menu has none."""
    keys = choice.keys if isinstance(choice, Command) else ()
    return full_name(keys[0]) if keys else ""


def _search_text(choice: Choice) -> str:
    chinese = say(choice.label, "zh")
    more = choice.id if isinstance(choice, Command) else ""
    return f"{choice.label} {chinese} {initials(chinese)} {more}".casefold()
