"""F1: what every key does here, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from receipts.terminal import broken
from receipts.words import word
from tui.desk.gate.key_names import full_name
from tui.desk.gate.key_rows import Command
from tui.desk.words import said, t
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Panel, Words


class HelpPanel(Panel[bool]):
    """The text and the keys of a kind of screen.

    `title` is the screen's message id, `about` that of its text, ``help.<kind>`` in the catalogues.
    """

    width = 76
    MORE = (
        ("↑ ↓ PgUp PgDn", word("Roll through the list.")),
        ("Enter", word("Takes what is typed, or what is proposed.")),
    )

    def __init__(self, commands: Sequence[Command], title: str, about: str = "") -> None:
        super().__init__(word("Keys: {screen}"), screen="")
        self._commands, self._screen_title = commands, title
        self._about = about if t(about) != about else ""
        self.list = LineList(
            [Column(word("Key"), 15, tone="key"), Column(word("What it does"), 0)],
            can_focus=False,
        )

    def title_now(self) -> str:
        return t("Keys: {screen}", screen=t(self._screen_title) if self._screen_title else "")

    def content(self) -> Iterable[Any]:
        if self._about:
            yield Words(said(self._about))
        yield self.list

    def on_mount(self) -> None:
        self.call_after_refresh(self.words_changed)

    def words_changed(self) -> None:
        """Break the sentences again in the language of now."""
        width = self.list.size.width - 20
        rows = []
        told = [(self._keys(row), t(row.help)) for row in self._commands]
        for keys, text in [*told, *self._more()]:
            first, *rest = broken(text, max(20, width))
            rows.append((keys, first))
            rows += [("", line) for line in rest]
        self.list.set_rows(rows)

    def _keys(self, command: Command) -> str:
        """The keys of a command; where it has none, how it is reached through the menu."""
        if command.keys:
            return " ".join(full_name(key) for key in command.keys)
        menu = next((row for row in self._commands if row.id == "menu"), None)
        return f"{full_name(menu.keys[0])} {command.menu}" if menu else f"{command.menu}"

    def _more(self) -> list[tuple[str, str]]:
        return [(keys, t(msgid)) for keys, msgid in self.MORE]

    def on_key(self, event: Any) -> None:
        if event.key == "enter":
            event.stop()
            self.answer(True)
        elif self.list.take_key(event):
            event.stop()

    def do_help(self) -> None:
        """F1 again changes nothing."""
