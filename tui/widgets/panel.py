"""Panels: one question over the screen, answered with Enter or a key, left with F12.

    if await self.app.ask(Confirm(word("Remove the line?"), is_grave=True)): ...
    await self.app.ask(Message(word("The shift is closed."), detail))
    row = await self.app.ask(Pick(word("Salesperson"), columns, rows))

A panel of your own: subclass `Panel[What]`, give `content()`, call `self.answer(value)`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.strip import Strip

from models.base import pinyin
from models.base.refusals import Refusal
from receipts.terminal import broken
from receipts.words import word
from tui.desk.frame import Painted
from tui.desk.gate.key_names import short_name
from tui.desk.gate.numbers import NumberScanned, by_hand
from tui.desk.glyphs import glyphs
from tui.desk.safe import clean
from tui.desk.words import again, keyed, said, t
from tui.widgets.boxes import Vertical
from tui.widgets.edit import EditLine
from tui.widgets.rows import Piece, Rows

if TYPE_CHECKING:
    from tui.desk.jobs import Job
    from tui.widgets.line_list import Column, LineList

R = TypeVar("R")
PICK_ROWS = 11
# Border, padding and the cells that a list needs for its cursor.
FRAME = 8


class Panel(Painted, Generic[R]):
    """A question over the screen below, which stays in sight."""

    kind = "panel"
    needs_fresh_key: ClassVar[bool] = False
    width: ClassVar[int] = 56

    def __init__(self, title: str = "", **fields: Any) -> None:
        """`title` is a message id, `fields` its fields."""
        super().__init__()
        self._title, self._fields = title, fields
        self._job: Job | None = None
        self._answered: asyncio.Future[R | None] | None = None

    @property
    def is_modal(self) -> bool:
        return True

    def prepare(self, job: Job | None) -> None:
        """The app's part of asking: remember who asked."""
        self._job = job
        self._answered = asyncio.get_running_loop().create_future()

    @property
    def answered(self) -> asyncio.Future[R | None]:
        assert self._answered is not None, "show a panel with app.ask"
        return self._answered

    def answer(self, value: R | None) -> None:
        """Close the panel with an answer; None is a cancel."""
        if self._answered is None or self._answered.done():
            return
        if self._job is not None:
            # Before the key's fence is back, so that the next key waits for the work.
            self._job.hold()
        self._answered.set_result(value)
        self.dismiss()

    def do_cancel(self) -> None:
        self.answer(None)

    @property
    def title_msgid(self) -> str:
        return self._title

    def title_now(self) -> str:
        return str(said(self._title, **self._fields)) if self._title else ""

    def compose(self) -> ComposeResult:
        box = Vertical(id="panel-box")
        box.styles.width = min(self.wanted_width(), self.app.size.width - 4)
        with box:
            yield PanelTitle()
            yield from self.content()
            yield PanelKeys()

    def wanted_width(self) -> int:
        """How wide it is where the screen has the room."""
        return self.width

    def content(self) -> Iterable[Any]:
        """What stands between title and keys."""
        return ()

    def keys_shown(self) -> list[tuple[str, str]]:
        """(key, message id) pairs for the panel's last row."""
        return [("F12", word("Back"))]

    def keys_told(self) -> frozenset[str]:
        # What the panel says itself in its last row.
        shown = {keyed(key) for key, _ in self.keys_shown()}
        rows = self.desk.keymap.on(self.key_kind)
        return frozenset(row.id for row in rows if {short_name(key) for key in row.keys} & shown)

    def resumed(self) -> None:
        self._tell_strips()

    def _tell_strips(self) -> None:
        """The strip of the screen below lists the keys of the panel now."""
        for screen in self.app.screen_stack:
            if changed := getattr(screen, "strip_changed", None):
                changed()

    def notices_changed(self) -> None:
        # An alarm may need more rows than the question that it stands before. A timer may tell this
        # before the panel has its parts.
        for part in self.query("PanelTitle, PanelKeys"):
            part.refresh(layout=isinstance(part, PanelTitle))


class PanelTitle(Rows):
    """The panel's question, whole, and below it an alarm while there is one."""

    def get_content_height(self, container: Any, viewport: Any, width: int) -> int:
        return len(self._rows(width)) + 1

    def _rows(self, width: int) -> list[Piece]:
        title, alarm = self.screen.title_now(), again(self.app.notices.alarm)  # type: ignore[attr-defined]
        rows = [(row, "strong") for row in broken(clean(title), width)]
        if alarm:
            told = f"{glyphs().fault} {clean(alarm)}"
            rows += [(row, "alarm") for row in broken(told, width)]
        return rows

    def words_changed(self) -> None:
        """Other words may need other rows."""
        self.refresh(layout=True)

    def render_line(self, y: int) -> Strip:
        rows = self._rows(self.size.width)
        if y >= len(rows):
            return self.strip_of([(glyphs().line * self.size.width, "faint")])
        return self.strip_of([rows[y]], under="alarm" if rows[y][1] == "alarm" else "")


class PanelKeys(Rows):
    """The keys of a panel."""

    def render_line(self, y: int) -> Strip:
        if y == 0:
            return self.blank()
        pieces: list[Piece] = []
        for key, msgid in self.screen.keys_shown():  # type: ignore[attr-defined]
            pieces += [(keyed(key), "key"), (f" {t(msgid)}   ", "")]
        return self.strip_of(pieces)


class Words(Rows):
    """Sentences, broken to the width: data, or said by `said`."""

    def __init__(self, text: str, *, tone: str = "") -> None:
        super().__init__()
        self._text, self._tone = text, tone

    def _rows(self, width: int) -> list[str]:
        # Each line by itself: cleaned together they would become one.
        text = str(again(self._text))
        return broken("\n".join(clean(line) for line in text.split("\n")), width)

    def say(self, text: str) -> None:
        """Other sentences from now on."""
        self._text = text
        self.refresh(layout=True)

    def words_changed(self) -> None:
        """Other words may need other rows."""
        self.refresh(layout=True)

    def get_content_height(self, container: Any, viewport: Any, width: int) -> int:
        return len(self._rows(width))

    def render_line(self, y: int) -> Strip:
        rows = self._rows(self.size.width)
        return self.strip_of([(rows[y] if y < len(rows) else "", self._tone)])


class Message(Panel[bool]):
    """Something to be read; Enter or F12 goes on. `text` is said already."""

    def __init__(self, title: str, text: str = "", *, tone: str = "", **fields: Any) -> None:
        super().__init__(title, **fields)
        self._text, self._tone = text, tone

    def content(self) -> Iterable[Any]:
        if self._text:
            yield Words(self._text, tone=self._tone)

    def keys_shown(self) -> list[tuple[str, str]]:
        return [("Enter", word("Go on"))]

    def on_key(self, event: Any) -> None:
        if event.key == "enter":
            event.stop()
            self.answer(True)


class Confirm(Panel[bool]):
    """Yes or no. A grave one counts only keys pressed after it was painted."""

    def __init__(
        self,
        title: str,
        text: str = "",
        *,
        yes: str = word("Yes"),
        is_grave: bool = False,
        **fields: Any,
    ) -> None:
        super().__init__(title, **fields)
        self._text, self._yes = text, yes
        self._is_grave = is_grave
        self._is_typed_into = False

    @property
    def needs_fresh_key(self) -> bool:  # type: ignore[override]
        return self._is_grave

    def content(self) -> Iterable[Any]:
        if self._text:
            yield Words(self._text, tone="warn" if self._is_grave else "")

    def keys_shown(self) -> list[tuple[str, str]]:
        return [("Enter", self._yes), ("F12", word("No"))]

    def on_key(self, event: Any) -> None:
        if event.key != "enter":
            # Somebody types on, looking at the goods: the Enter behind it means something else.
            if self._is_grave and event.is_printable:
                self._is_typed_into = True
                self.app.bell()
            return
        event.stop()
        if self._is_typed_into:
            self._is_typed_into = False
            self.app.bell()
            return
        if not self._is_grave or self.desk.pressed_after_paint(self):
            self.answer(True)


class Ask(Panel[str]):
    """One line of text: a reason, a name, a number."""

    def __init__(
        self,
        title: str,
        *,
        value: str = "",
        is_secret: bool = False,
        is_typed: bool = False,
        **fields: Any,
    ) -> None:
        """`is_typed`: a code that a scanner sends is none, such as one of goods for a reason."""
        super().__init__(title, **fields)
        self._line, self._is_typed = EditLine(value, is_secret=is_secret), is_typed

    def content(self) -> Iterable[Any]:
        yield self._line

    def keys_shown(self) -> list[tuple[str, str]]:
        return [("Enter", word("Go on")), ("F12", word("Back"))]

    def on_edit_line_submitted(self, event: EditLine.Submitted) -> None:
        event.stop()
        try:
            if self._is_typed:
                by_hand(event.value)
            self.require(event.value)
        except NumberScanned as scanned:
            # It does not stand before what is typed now.
            self._line.set_value("")
            self.desk.tell(scanned)
        except Refusal as refusal:
            self.desk.tell(refusal)
        else:
            self.answer(event.value)

    def require(self, typed: str) -> None:
        """What this refuses is told, and the question stays."""


_UNDECIDED = word("Nothing is chosen yet: type a part of it, or go there with the arrows.")


class Pick(Panel[Any]):
    """A list to choose from; typing narrows it. Answers the row."""

    width = 72
    # Whether its Chinese is read with the dictionary: names of people and things are.
    is_read = True

    def __init__(
        self,
        title: str,
        columns: Sequence[Column],
        rows: Sequence[Any],
        *,
        text_of: Any = None,
        is_undecided: bool = False,
        **fields: Any,
    ) -> None:
        """`text_of(row)` is what typing is compared with; without it, all cells of the row.
        `is_undecided`: no row is chosen until somebody types or goes to one, for no Enter takes
        what only happens to stand first.
        """
        from tui.widgets.line_list import LineList

        super().__init__(title, **fields)
        self._all = list(rows)
        self._text_of = text_of
        self.list: LineList = LineList(
            columns, self._all, can_focus=False, empty=word("Nothing found.")
        )
        self._filter = EditLine()
        self._is_undecided = is_undecided

    def on_mount(self) -> None:
        if self._is_undecided:
            self.list.lose()

    def wanted_width(self) -> int:
        """As wide as its columns may grow."""
        columns = self.list.columns
        return max(self.width, sum((each.width or each.most) + 1 for each in columns) + FRAME)

    def content(self) -> Iterable[Any]:
        # As high as its rows need, and it stays so while typing narrows them.
        most = max(PICK_ROWS, self.app.size.height // 2)
        self.list.styles.height = min(most, len(self._all)) + 1
        yield self._filter
        yield self.list

    def keys_shown(self) -> list[tuple[str, str]]:
        return [("Enter", word("Choose")), ("F12", word("Back"))]

    async def on_edit_line_changed(self, event: EditLine.Changed) -> None:
        event.stop()
        wanted = event.value.casefold().strip()
        if pinyin.is_spelled(wanted) and self.is_read:
            # The first time it takes a third of a second.
            await asyncio.to_thread(pinyin.load)
        if event.value == self._filter.value:
            self.list.set_rows(self.found(wanted), cursor=0)

    def found(self, wanted: str) -> list[Any]:
        """The rows that fit what was typed, which is in small letters: a part of the text, pinyin
        initials, or pinyin in full; first the row that begins with just this.
        """
        fitting = [row for row in self._all if self._fits(wanted, self._row_text(row))]
        # A number that stands before a row is that row, whatever else has it in its text.
        return sorted(fitting, key=lambda row: self.list.texts(row)[0].strip() != wanted)

    def _fits(self, wanted: str, text: str) -> bool:
        return pinyin.sounds_like(wanted, text) if self.is_read else wanted in text.casefold()

    def on_edit_line_submitted(self, event: EditLine.Submitted) -> None:
        event.stop()
        if (row := self.list.chosen) is not None:
            self.answer(row)
        elif self.list.row_values:
            self.desk.alarm(_UNDECIDED)

    def on_key(self, event: Any) -> None:
        if self.list.take_key(event):
            event.stop()

    def _row_text(self, row: Any) -> str:
        if self._text_of:
            return str(self._text_of(row))
        return " ".join(self.list.texts(row))
