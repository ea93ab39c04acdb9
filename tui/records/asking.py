"""Short questions about a record: a value of a field, a choice, what to do with changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from models.base.refusals import Refusal
from models.listings.listings import Field
from receipts.words import word
from tui.desk.words import refusal_told, t
from tui.records.values import NO, YES, takes, typed, wanted
from tui.widgets.edit import EditLine
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Panel, Words

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp

ONLY = word("Here stands {wanted}.")


class ValueLine(EditLine):
    """A line that says at once what cannot stand in the field; Enter refuses it."""

    def __init__(self, field: Field, value: str = "") -> None:
        super().__init__(value, limit=field.limit, is_secret=field.kind == "secret")
        self._field = field

    def insert(self, text: str) -> None:
        head, tail = ("", "") if self._is_fresh else self._halves()
        after = head + text + tail
        is_wrong = takes(self._field, head + tail) and not takes(self._field, after)
        if is_wrong:
            self.app.alarm(ONLY, wanted=wanted(self._field))  # type: ignore[attr-defined]
        if len(after) <= self._field.limit:
            # Left out, 3o0 would be 30.
            super().insert(text)


class AskValue(Panel[tuple[Any]]):
    """One value of a field, checked; answers (value,)."""

    def __init__(
        self, title: str, of: Field, /, *, value: str = "", note: str = "", **fields: Any
    ) -> None:
        super().__init__(title, **fields)
        self._field, self._note = of, note
        self._line = ValueLine(of, value)

    def content(self) -> Iterable[Any]:
        yield self._line
        if self._note:
            yield Words(self._note, tone="muted")

    def keys_shown(self) -> list[tuple[str, str]]:
        return [("Enter", word("Go on")), ("F12", word("Back"))]

    def on_edit_line_submitted(self, event: EditLine.Submitted) -> None:
        event.stop()
        try:
            self.answer((typed(self._field, event.value),))
        except Refusal as refusal:
            self.desk.tell(refusal)


class Options(Panel[Any]):
    """A few things to choose from, each with its number; answers the value of the chosen one.

    `options` are (value, text); the texts are said already. A number chooses at once, and of ten
    the last one is 0; one that a longer number begins with goes to its row, for Enter.
    """

    def __init__(
        self, title: str, options: Sequence[tuple[Any, str]], *, note: str = "", **fields: Any
    ) -> None:
        super().__init__(title, **fields)
        self._note = note
        most = 10 if len(options) == 10 else len(options) + 1
        self._rows = [(str(n % most), text, value) for n, (value, text) in enumerate(options, 1)]
        self.list = LineList(
            [Column("", 3, "right", tone="key"), Column("", 0)], self._rows, head=False
        )
        self.list.styles.height = min(12, len(self._rows))
        self._typed = ""

    def content(self) -> Iterable[Any]:
        if self._note:
            yield Words(self._note, tone="warn")
        yield self.list

    def keys_shown(self) -> list[tuple[str, str]]:
        return [("Enter", word("Choose")), ("F12", word("Back"))]

    def on_mount(self) -> None:
        self.list.focus()

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        if event.row is not None:
            self.answer(event.row[2])

    def on_key(self, event: Any) -> None:
        if event.character and event.character.isdigit():
            event.stop()
            self._number(event.character)

    def _number(self, digit: str) -> None:
        fitting: list[tuple[str, str, Any]] = []
        for number in (self._typed + digit, digit):
            if not fitting:
                self._typed = number
                fitting = [row for row in self._rows if row[0].startswith(number)]
        if len(fitting) == 1:
            self.answer(fitting[0][2])
        elif fitting:
            self.list.set_rows(self._rows, cursor=self._rows.index(fitting[0]))


class Leaving(Options):
    """What happens with changes that are not saved. Where a save is sure to be refused, its `lack`
    is said and no save is offered; the other digits mean what they always do.
    """

    def __init__(self, lack: Refusal | None = None) -> None:
        first = ("save", t("Save and go back")) if lack is None else ("mend", t("Put it right"))
        super().__init__(
            word("There are changes that are not saved"),
            [first, ("stay", t("Go on editing")), ("drop", t("Drop the changes"))],
            note="" if lack is None else str(refusal_told(lack)),
        )


async def pick_choice(desk: DeskbellApp, field: Field) -> tuple[Any] | None:
    """Choose among the choices of a field; (value,)."""
    choices = field.choices or ((True, YES), (False, NO))
    options = [((value,), t(label)) for value, label in choices]
    picked: tuple[Any] | None = await desk.ask(Options(field.label, options))
    return picked


async def ask_value(
    desk: DeskbellApp, of: Field, title: str, /, *, note: str = "", **fields: Any
) -> tuple[Any] | None:
    """Ask for a value of a field in the way of its kind; (value,), or None when cancelled."""
    if of.kind in ("choice", "yes-no"):
        return await pick_choice(desk, of)
    if of.kind == "link":
        from tui.records.listings import listing
        from tui.records.picker import Picker

        assert of.link is not None
        picked = await desk.ask(Picker(listing(of.link.listing)))
        return None if picked is None else (picked,)
    return await desk.ask(AskValue(title, of, note=note, **fields))
