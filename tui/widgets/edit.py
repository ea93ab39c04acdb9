"""Editing one line of text: the ground of the entry and of every field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip

from receipts.terminal import cells
from receipts.words import word
from tui.desk.gate.numbers import Scanned
from tui.desk.safe import clean
from tui.widgets.rows import Piece, Rows

LIMIT = 200
TOO_LONG = word("{count} characters do not fit: here stand at most {most}. Nothing was taken.")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line held, to be put back."""

    value: str
    caret: int
    is_fresh: bool


class EditLine(Rows):
    """One line of text with a caret. Cheap: a key repaints this row alone.

    A *fresh* line is replaced by the first character typed; moving the caret makes it stale.
    """

    can_focus = True

    class Changed(Message):
        """The text has changed; by a person or by the program."""

        def __init__(self, line: EditLine) -> None:
            super().__init__()
            self.line = line
            self.value = line.value

        @property
        def control(self) -> EditLine:
            return self.line

    class Submitted(Changed):
        """Enter was pressed. The value is marked when a scanner may have sent its digits."""

        def __init__(self, line: EditLine, run: str = "") -> None:
            super().__init__(line)
            self.value = Scanned.of(line.value, run)

    def __init__(
        self,
        value: str = "",
        *,
        is_secret: bool = False,
        limit: int = LIMIT,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._value, self._caret = clean(value), len(value)
        self._is_fresh = bool(value)
        self.is_secret, self.limit = is_secret, limit
        self._keys: dict[str, Callable[[], None]] = {
            "backspace": self._delete_left,
            "delete": self._delete_right,
            "left": lambda: self._move(self._caret - 1),
            "right": lambda: self._move(self._caret + 1),
            "home": lambda: self._move(0),
            "end": lambda: self._move(len(self._value)),
        }

    @property
    def value(self) -> str:
        return self._value

    @value.setter
    def value(self, text: str) -> None:
        self.set_value(text)

    def set_value(self, text: str, *, is_fresh: bool = False) -> None:
        """Put a text in; `is_fresh`: the next character typed replaces it."""
        self._put(Mark(clean(text)[: self.limit], len(text), is_fresh))

    @property
    def is_blank(self) -> bool:
        """Whether the signs and Enter are commands here."""
        return not self._value

    @property
    def takes_signs(self) -> bool:
        """Whether an input method's 。 or × stands for the sign on the number pad."""
        return not self._value.strip("0123456789.*+-/") or self._is_fresh

    def mark(self) -> Mark:
        return Mark(self._value, self._caret, self._is_fresh)

    def restore(self, mark: Mark) -> None:
        """Put back what `mark` remembered, as if nothing had been typed since."""
        self._put(mark)

    def accepts(self, text: str) -> bool:
        """Whether this text may stand here; fields narrow it."""
        return len(text) <= self.limit

    def insert(self, text: str) -> None:
        """Type a text at the caret."""
        head, tail = ("", "") if self._is_fresh else self._halves()
        text = clean(text)
        if not self.accepts(head + text + tail):
            self.app.bell()
            return
        self._put(Mark(head + text + tail, len(head + text), is_fresh=False))

    def _halves(self) -> tuple[str, str]:
        return self._value[: self._caret], self._value[self._caret :]

    def _delete_left(self) -> None:
        head, tail = ("", "") if self._is_fresh else self._halves()
        self._put(Mark(head[:-1] + tail, max(0, len(head) - 1), is_fresh=False))

    def _delete_right(self) -> None:
        head, tail = ("", "") if self._is_fresh else self._halves()
        self._put(Mark(head + tail[1:], len(head), is_fresh=False))

    def _move(self, caret: int) -> None:
        self._put(Mark(self._value, caret, is_fresh=False))

    def _put(self, mark: Mark) -> None:
        # The last door: whoever puts a text in, the terminal never sees what it would obey.
        value = clean(mark.value)
        changed = value != self._value
        self._value, self._is_fresh = value, mark.is_fresh
        self._caret = max(0, min(mark.caret, len(value)))
        self.refresh()
        self._place_cursor()
        if changed and self.is_attached:
            self.post_message(self.Changed(self))

    # Keys.

    async def _on_key(self, event: events.Key) -> None:
        if self.on_edit_key(event):
            event.stop()
            event.prevent_default()

    def on_edit_key(self, event: events.Key) -> bool:
        """Take a key; whether it was one of ours."""
        if event.key == "enter":
            self.post_message(self.Submitted(self, getattr(event, "run", "")))
            return True
        if action := self._keys.get(event.key):
            if not self._value and event.key in ("delete", "home", "end"):
                return False
            action()
            return True
        if event.character and event.is_printable:
            self.insert(event.character)
            return True
        return False

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if lines := event.text.splitlines():
            line = lines[0].strip()
            if len(line) > self.limit:
                self.app.alarm(TOO_LONG, count=len(line), most=self.limit)  # type: ignore[attr-defined]
            else:
                self.insert(line)

    # Drawing.

    def prompt_pieces(self) -> list[Piece]:
        """What stands before the text."""
        return []

    def after_pieces(self) -> list[Piece]:
        """What stands behind the text, in the room that is left."""
        return []

    @property
    def _shown(self) -> str:
        return "*" * len(self._value) if self.is_secret else self._value

    def _window(self) -> tuple[list[Piece], str, int]:
        """The prompt, the part of the text that is seen, and the caret's cell."""
        prompt = self.prompt_pieces()
        used = sum(cells(text) for text, _ in prompt)
        room = max(1, self.size.width - used - 1)
        text, caret = self._shown, self._caret
        start = 0
        while cells(text[start:caret]) >= room:
            start += 1
        end = len(text)
        while cells(text[start:end]) > room:
            end -= 1
        return prompt, text[start:end], used + cells(text[start:caret])

    def render_line(self, y: int) -> Strip:
        if y or not self.size.width:
            return self.blank()
        prompt, text, caret_cell = self._window()
        used = sum(cells(piece) for piece, _ in prompt)
        if not self.has_focus:
            return self.strip_of([*prompt, (text, ""), *self.after_pieces()])
        if self._is_fresh and text:
            return self.strip_of([*prompt, (text, "block"), *self.after_pieces()])
        at = 0
        while at < len(text) and cells(text[:at]) < caret_cell - used:
            at += 1
        under = text[at : at + 1]
        after = [] if under else self.after_pieces()
        return self.strip_of(
            [*prompt, (text[:at], ""), (under or " ", "block"), (text[at + 1 :], ""), *after]
        )

    def _place_cursor(self) -> None:
        """Tell the terminal where the caret is: an input method opens its candidates there."""
        if self.is_attached and self.has_focus:
            _, _, caret_cell = self._window()
            corner = self.content_region.offset
            self.app.cursor_position = corner + Offset(caret_cell, 0)

    def _on_focus(self, event: events.Focus) -> None:
        self._place_cursor()
        self.refresh()

    def _on_blur(self, event: events.Blur) -> None:
        self.refresh()

    def _on_resize(self, event: events.Resize) -> None:
        self._place_cursor()
