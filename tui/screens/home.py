"""Home: the menu tree on the left, what waits today on the right. Enter does what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from textual.containers import Horizontal

from models.trust.users import rights_of
from receipts.words import word
from tui.frame import FrameScreen
from tui.menu import MenuEntry, Submenu, entries_for
from tui.screens.reminders import Reminder, reminders
from tui.widgets.entry import Entry
from tui.widgets.line_list import Column, LineList
from tui.words import t

if TYPE_CHECKING:
    from tui.counter_app import CounterApp

MenuRow = Submenu | MenuEntry


def _number(row: MenuRow) -> Any:
    return (str(row.number), "muted") if isinstance(row, MenuEntry) else ""


def _label(row: MenuRow) -> Any:
    return t(row.label) if isinstance(row, MenuEntry) else (t(row.label), "accent")


MENU_COLUMNS = (Column("", 4, "right", read=_number), Column(word("Menu"), 0, read=_label))
REMINDER_COLUMNS = (
    Column(word("Today"), 0, read=lambda row: (t(row.msgid, **row.fields), row.tone)),
)


class Home(FrameScreen):
    """The first screen after signing in, and the last one before leaving."""

    kind = "home"
    title_msgid = word("Home")

    def __init__(self) -> None:
        super().__init__()
        self.menu = self.roll = LineList(MENU_COLUMNS, can_focus=False, id="menu")
        self.today = LineList(
            REMINDER_COLUMNS,
            is_still=True,
            can_focus=False,
            empty=word("Nothing waits."),
            id="today",
        )

    @property
    def counter(self) -> CounterApp:
        """The app, with its type."""
        return cast("CounterApp", self.app)

    def body(self) -> Iterable[Any]:
        with Horizontal():
            yield self.menu
            yield self.today
        yield Entry()

    async def on_mount(self) -> None:
        self.entry.focus()
        await self.user_changed()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        if self.is_mounted:
            self.desk.jobs.start(self._look_again)

    async def user_changed(self) -> None:
        """Another user, other rights: the menu is made anew."""
        await self._look_again()
        places = [n for n, row in enumerate(self.menu.row_values) if isinstance(row, MenuEntry)]
        self.menu.cursor = places[0] if places else 0

    async def _look_again(self) -> None:
        session = self.counter.session
        if session is None:
            return
        rights, waiting = await self.in_books(_facts, session.user, self.counter.register)
        groups = entries_for(rights, self.counter.config.register.trades)
        self.menu.set_rows([row for group in groups for row in (group, *group.entries)])
        self.today.set_rows(waiting)
        self.words_changed()

    def words_changed(self) -> None:
        """The hint is drawn text: say it again."""
        self.entry.hint(t("Number or letters, then Enter; Enter alone opens the chosen line"))

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        event.stop()
        self._skip_heading()

    def _skip_heading(self) -> None:
        """The cursor never rests on a heading."""
        rows, place = self.menu.row_values, self.menu.cursor
        if rows and isinstance(rows[place], Submenu):
            down = place >= self._before
            self.menu.move_to(place + 1 if down or place == 0 else place - 1)
        self._before = self.menu.cursor

    _before = 0

    async def on_entry(self, text: str) -> None:
        """A number opens its entry at once; letters look for one."""
        found = self._find(text.strip().casefold())
        if found is None:
            self.desk.alarm(word("Nothing in the menu is called {text}."), text=text)
            return
        await found.open(self.counter)

    def _find(self, text: str) -> MenuEntry | None:
        from models.base.pinyin import initials

        entries = [row for row in self.menu.row_values if isinstance(row, MenuEntry)]
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
            await row.open(self.counter)

    async def do_leave(self) -> None:
        """F3: sign out; open work stays and is told."""
        from models.trust.sign_in import sign_out
        from tui.screens.sign_in import SignIn
        from tui.widgets.panel import Confirm

        open_work = [row for row in self.today.row_values if row.is_open_work]
        text = "\n".join(t(row.msgid, **row.fields) for row in open_work)
        if not await self.desk.ask(Confirm(word("Sign out?"), text, yes=word("Sign out"))):
            return
        session, self.counter.session = self.counter.session, None
        await self.in_books(sign_out, session)
        await self.counter.look_again()
        await self.desk.go(SignIn(), instead=True)


def _facts(user: int, register: int) -> tuple[Any, list[Reminder]]:
    rights = rights_of(user)
    return rights, reminders(user, register, rights) if rights else []
