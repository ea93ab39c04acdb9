"""One person on one screen: who it is, what it comes to, and what happened, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from textual.strip import Strip

from models.people.history import Event, History, history_of
from models.people.persons import PHONES, Person
from models.trust.users import rights_of
from receipts.terminal import cells
from receipts.words import word
from tui.desk.frame import FrameScreen
from tui.desk.safe import clean
from tui.desk.words import t
from tui.widgets.line_list import Column, LineList
from tui.widgets.rows import Piece, Rows

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp

# Further back is read when the list comes to its end.
_PAGE = 200
# Cells of the least window.
_LEAST = 80
COLUMNS = (
    Column(word("Day"), 11, read=lambda row: row.day.isoformat()),
    Column(word("Kind"), 10, tone="muted", read=lambda row: t(row.kind)),
    Column(word("Number"), 12, drop=1, read=lambda row: clean(row.label)),
    Column(word("What"), 0, read=lambda row: clean(row.what)),
    Column(word("Amount"), 12, "right", tone="money", read=lambda row: _amount(row)),
)


def _amount(event: Event) -> str:
    return "" if event.amount is None else str(event.amount)


def _look(desk: DeskbellApp, key: int) -> tuple[History, bool] | None:
    session = desk.session
    assert session is not None
    found = history_of(session, key, limit=_PAGE)
    rights = rights_of(session.user)
    if found is None:
        return None
    return found, bool(rights and rights.holds("see private facts"))


class Card(Rows):
    """Who it is, how to reach him, what is known of him, and the figures in as many rows as they
    take.
    """

    def __init__(self) -> None:
        super().__init__(id="person-card")
        self._rows: list[list[Piece]] = []

    def show(self, found: History, *, with_facts: bool) -> None:
        """Draw another person."""
        self._rows = [
            _who(found.person), _reached(found.person),
            _known(found.person, with_facts=with_facts), *_figures(found),
        ]  # fmt: skip
        self.styles.height = len(self._rows)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        return self.strip_of(self._rows[y]) if y < len(self._rows) else self.blank()


def _who(person: Person) -> list[Piece]:
    sorted_by = [row.name for row in (person.category, person.level, person.group) if row]
    return [
        (f" {clean(person.name)} ", "strong"), (f" {person.number}  ", "muted"),
        (clean("  ".join(sorted_by)), "accent"), (f"  {clean(person.tags)}", "good"),
    ]  # fmt: skip


def _reached(person: Person) -> list[Piece]:
    phones = "  ".join(str(getattr(person, name)) for name in PHONES if getattr(person, name))
    ways = (phones, person.email, person.wechat, person.city, person.address)
    return [(" " + clean("  ".join(filter(None, ways))), "")]


def _known(person: Person, *, with_facts: bool) -> list[Piece]:
    facts = [person.wants, person.notes]
    if with_facts:
        born = person.birthday.isoformat() if person.birthday else ""
        facts = [born, person.likes, person.health, person.family, *facts]
    return [(" " + clean("  ".join(filter(None, facts))), "muted")]


def _figures(found: History) -> Iterable[list[Piece]]:
    """The figures side by side; a row ends where the next one has no place in the least window."""
    row: list[Piece] = [(" ", "")]
    for each in found.figures:
        label, value = f"{t(each.label)} ", f"{clean(str(each.value))}   "
        if sum(cells(text) for text, _ in row) + cells(label + value.rstrip()) > _LEAST:
            yield row
            row = [(" ", "")]
        row += [(label, "muted"), (value, "money")]
    yield row


class PersonHistory(FrameScreen):
    """See the docstring of this file. Enter shows the slip of a row that has one."""

    kind = "history"
    title_msgid = word("What happened with this customer")
    right = "see people"

    def __init__(self, key: int) -> None:
        super().__init__()
        self.key = key
        self.found: History | None = None
        self.lines = self.roll = LineList(
            COLUMNS, empty=word("Nothing happened yet with this customer.")
        )

    def title_text(self) -> str:
        return clean(self.found.person.name) if self.found else ""

    def body(self) -> Iterable[Any]:
        yield Card()
        yield self.lines

    async def on_mount(self) -> None:
        self.lines.focus()
        self.desk.jobs.start(self._show)

    async def _show(self) -> None:
        found = await self.in_books(_look, self.desk, self.key)
        if found is None:
            self.leave()
            return
        self.found, with_facts = found
        self.query_one(Card).show(self.found, with_facts=with_facts)
        self.lines.set_rows(self.found.events, cursor=0)
        self.frame_changed()

    async def user_changed(self) -> None:
        """Personal facts go, or come."""
        await self._show()

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.desk.jobs.start(self.do_open_document)

    async def do_open_document(self) -> None:
        """Enter: the slip behind the row."""
        from tui.shop.bills import show_bill

        row: Event | None = self.lines.chosen
        if row is not None and row.document is not None:
            await show_bill(self.desk, row.document)  # type: ignore[arg-type]

    def words_changed(self) -> None:
        self.lines.redraw()
