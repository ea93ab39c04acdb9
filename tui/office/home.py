"""Home: the groups of the menu, the entries of one, and below them what waits today.

The menu stands at once. What waits and the day in figures are of all trades, and come when the
hands rest: who goes straight on to the till does not wait for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from textual.geometry import Size

from models.base.named import load
from models.trust.trades_used import used_names
from models.trust.users import Rights, rights_of
from receipts.words import word
from tui.desk.database import BACKGROUND, COUNTER, DatabaseClosed
from tui.desk.frame import FrameScreen
from tui.desk.menu import Submenu, entries_for, menu_of
from tui.desk.standing import Reminder, Standing, Tile
from tui.desk.timed import hands_rest
from tui.desk.trade_screens import MenuEntry, declared, open_entry
from tui.desk.words import said, t
from tui.office.figures import DayColumn, Figures
from tui.office.other_groups import OtherGroups
from tui.widgets.boxes import Horizontal, Vertical
from tui.widgets.entry import Entry
from tui.widgets.line_list import Column, LineList

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp

GROUP_COLUMNS = (Column(word("Menu"), 0, read=lambda row: t(row.label)),)
REMINDER_COLUMNS = (
    Column(word("Today"), 0, read=lambda row: (t(row.msgid, **row.fields), row.tone)),
)


def entry_columns() -> tuple[Column, ...]:
    """Number and words of an entry; the numbers are as wide as the longest of all trades."""
    wide = max(len(str(entry.number)) for entry in declared("menu"))
    return (
        Column("", wide, "right", tone="muted", read=lambda row: str(row.number)),
        Column("", 0, read=lambda row: t(row.label)),
    )


class Groups(LineList):
    """The groups of the menu: their cursor shows which one stands beside it, and never takes the
    focus.
    """

    @property
    def focusable(self) -> bool:
        return False


class Home(FrameScreen):
    """The first screen after signing in, and the last one before leaving."""

    kind = "home"
    title_msgid = word("Home")
    right = ""

    def __init__(self) -> None:
        super().__init__()
        self._groups: list[Submenu] = []
        self._trades: tuple[str, ...] = ()
        self._at: Standing | None = None
        self._place = 0
        self._was_shown = False
        self.groups = Groups(GROUP_COLUMNS, id="groups")
        self.menu = self.roll = LineList(entry_columns(), can_focus=False, id="menu")
        self.figures, self.day, self.others = Figures(), DayColumn(), OtherGroups()
        self.today = LineList(
            REMINDER_COLUMNS,
            is_still=True,
            can_focus=False,
            id="today",
        )

    @property
    def counter(self) -> CounterApp:
        """The app, with its type."""
        return cast("CounterApp", self.app)

    def body(self) -> Iterable[Any]:
        with Horizontal(id="home-body"):
            with Vertical(id="home-left"):
                with Horizontal(id="home-menu"):
                    yield self.groups
                    yield self.menu
                yield self.figures
                yield self.today
                yield self.others
            yield self.day
        yield Entry()

    async def on_mount(self) -> None:
        self.entry.focus()
        await self.user_changed()

    def resumed(self) -> None:
        super().resumed()
        # The first time it has looked as it was mounted.
        if self._was_shown:
            self.desk.jobs.start(self._look_again)
        self._was_shown = True

    async def user_changed(self) -> None:
        """Another user, other rights: the menu is made anew, and what the other saw is gone."""
        # A look that is under way is the other's.
        self.workers.cancel_group(self, "day")
        self._show_day([], [])
        self.today.empty = ""
        await self._look_again()
        self._show_group(0)

    async def _look_again(self) -> None:
        session = self.counter.session
        if session is None:
            return
        seen = await self.in_books(look, session.user, self.counter.config.register.trades)
        self._trades = seen.trades
        self._groups = entries_for(seen.rights, seen.trades)
        self.groups.set_rows(list(self._groups))
        self._show_group(self._place, at=self.menu.cursor)
        self.words_changed()
        if seen.rights is not None:
            self._at = Standing(session.user, self.counter.register, seen.rights)
            self.run_worker(self._behind_typing(self._at), group="day", exclusive=True)

    async def _behind_typing(self, at: Standing) -> None:
        """The day once the hands rest; who left home meanwhile sees it when he comes back."""
        await hands_rest(self.counter)
        if self.app.screen is not self:
            return
        try:
            await self._read_day(at, urgency=BACKGROUND)
        except DatabaseClosed:
            return
        except Exception as error:  # noqa: BLE001 - told and logged
            self.desk.tell(error)

    async def _read_day(self, at: Standing, *, urgency: int) -> None:
        assert self.counter.database is not None
        found: list[Tile | Reminder] = []
        steps = day_steps(at, self._trades)
        while (some := await self.counter.database.run(_step, steps, urgency=urgency)) is not None:
            found += some
        self._show_day(
            [one for one in found if isinstance(one, Tile)],
            sorted((one for one in found if isinstance(one, Reminder)), key=lambda one: one.rank),
        )

    def _show_day(self, tiles: list[Tile], waiting: list[Reminder]) -> None:
        self.figures.show(tiles)
        self.day.show(tiles)
        self.today.empty = word("Nothing waits.")
        self.today.styles.height = 1 + max(1, len(waiting))
        self.today.set_rows(waiting)

    def _size_menu(self) -> None:
        """On a tall terminal the menu is as high as the group that is open, and the others stand
        below.
        """
        rows = max(len(self._groups), len(self.menu.row_values)) + 2
        is_tall = self.has_class("-tall")
        self.query_one("#home-menu").styles.height = (
            min(rows, self.app.size.height // 2) if is_tall else "1fr"
        )

    def resized(self, size: Size) -> None:
        self._size_menu()

    def _show_group(self, place: int, *, at: int = 0) -> None:
        """A group and its entries; the cursor on one of them."""
        if not self._groups:
            return
        self._place = max(0, min(place, len(self._groups) - 1))
        self.groups.cursor = self._place
        self.menu.set_rows(list(self._groups[self._place].entries), cursor=at)
        self._size_menu()
        self.others.show(self._groups, self._place)

    def words_changed(self) -> None:
        """The hint is drawn text: say it again."""
        self.entry.hint(t("Number or letters, then Enter; Enter alone opens the chosen line"))

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        """A click on a group."""
        event.stop()
        if event.list is self.groups and self.groups.cursor != self._place:
            self._show_group(self.groups.cursor)

    def on_key(self, event: Any) -> None:
        """The arrows go on from one group to the next."""
        step = {"up": -1, "down": 1}.get(event.key, 0)
        edge = 0 if step < 0 else len(self.menu.row_values) - 1
        if step and self.menu.cursor == edge and 0 <= self._place + step < len(self._groups):
            event.stop()
            # Textual calls the handlers of all base classes, unless it is told not to.
            event.prevent_default()
            self._show_group(self._place + step, at=0 if step > 0 else -1)

    def do_next_group(self) -> None:
        """PgDn: the next group of the menu."""
        self._show_group(self._place + 1)

    def do_last_group(self) -> None:
        """PgUp: the group before."""
        self._show_group(self._place - 1)

    async def on_entry(self, text: str) -> None:
        """A number opens its entry at once; letters look for one."""
        found = self._find(text.strip().casefold())
        if found is None:
            self._tell_why_not(text.strip())
            return
        await open_entry(self.counter, found)

    def _tell_why_not(self, text: str) -> None:
        """A number that others see is one whose right is missing: that is said."""
        entries = [entry for group in menu_of(self._trades) for entry in group.entries]
        for entry in entries:
            if str(entry.number) == text:
                self.desk.alarm(
                    word("{number} {entry}: the right “{right}” is missing. Somebody who has it "
                         "signs in with Ctrl+U."),
                    number=entry.number, entry=said(entry.label), right=said(entry.right),
                )  # fmt: skip
                return
        self.desk.alarm(word("Nothing in the menu is called {text}."), text=text)

    def _find(self, text: str) -> MenuEntry | None:
        from models.base.pinyin import initials

        entries = [entry for group in self._groups for entry in group.entries]
        exact = [entry for entry in entries if str(entry.number) == text]
        if exact:
            return exact[0]
        for entry in entries:
            label = t(entry.label).casefold()
            if text in label or initials(label).casefold().startswith(text):
                return entry
        return None

    async def do_open_entry(self) -> None:
        """Enter alone: what the cursor is on."""
        row = self.menu.chosen
        if isinstance(row, MenuEntry):
            await open_entry(self.counter, row)

    async def do_leave(self) -> None:
        """F3: sign out; open work stays and is told."""
        from tui.widgets.panel import Confirm

        if self._at is not None:
            await self._read_day(self._at, urgency=COUNTER)
        open_work = [row for row in self.today.row_values if row.is_open_work]
        text = "\n".join(t(row.msgid, **row.fields) for row in open_work)
        # Grave: a number that is typed for the menu, and its Enter, are no yes.
        panel = Confirm(word("Sign out?"), text, yes=word("Sign out"), is_grave=True)
        if await self.desk.ask(panel):
            await self.counter.sign_out()


@dataclass(frozen=True, slots=True)
class Seen:
    """What home shows somebody at once: what he may do, and in which trades."""

    rights: Rights | None
    trades: tuple[str, ...]


def look(user: int, offered: tuple[str, ...]) -> Seen:
    """Read it, at a counter that offers only some trades (none named: all)."""
    return Seen(rights_of(user), used_names(offered))


def day_steps(at: Standing, trades: tuple[str, ...]) -> Iterator[list[Tile | Reminder]]:
    """The day in figures and what waits, as each trade has it, one look after the other."""
    for what in ("tiles", "reminders"):
        for name in declared(what, trades):
            yield load(name)(at)


def _step(steps: Iterator[list[Tile | Reminder]]) -> list[Tile | Reminder] | None:
    return next(steps, None)
