"""Signing in: department, user, password or PIN.

Also the lock, and the change of user over a screen.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual.containers import Center
from textual.strip import Strip

from receipts.terminal import cells
from receipts.words import word
from tui.desk import customer
from tui.desk.frame import FrameScreen
from tui.desk.safe import clean, fit
from tui.desk.words import language, t
from tui.widgets.boxes import Vertical
from tui.widgets.edit import EditLine
from tui.widgets.rows import Piece, Rows

if TYPE_CHECKING:
    from textual.widget import Widget

    from models.trust.operation import Session
    from models.trust.sign_in import Checked
    from models.trust.users import Rights
    from tui.desk.counter_app import CounterApp
    from tui.desk.gate.key_rows import Command

LABEL_WIDTH = 14
# All that somebody may do who has not said who he is. Over a screen the session below goes on: the
# drawer, the last slip and the colours are its user's.
AT_THE_DOOR = frozenset({"help", "help_sign", "cancel", "leave", "menu", "language"})


class SignInLine(EditLine):
    """An edit line with a label before it."""

    def __init__(self, label: str, *, is_secret: bool = False, id: str | None = None) -> None:
        super().__init__(id=id, is_secret=is_secret)
        self._label = label

    def prompt_pieces(self) -> list[Piece]:
        return [(fit(t(self._label), LABEL_WIDTH), "muted")]


class DepartmentLine(Rows):
    """The department: left and right choose another one."""

    can_focus = True

    def __init__(self) -> None:
        super().__init__(id="department")
        self.names: list[str] = []
        self.place = 0

    @property
    def name_now(self) -> str | None:
        """The chosen department."""
        return self.names[self.place] if self.names else None

    def show(self, names: list[str], chosen: str | None) -> None:
        """Offer these departments."""
        self.names = names
        self.place = names.index(chosen) if chosen in names else 0
        self.refresh()

    def step(self, by: int) -> None:
        """The next or the last one before."""
        if self.names:
            self.place = (self.place + by) % len(self.names)
            self.refresh()

    def on_key(self, event: events.Key) -> None:
        steps = {"left": -1, "right": 1, "space": 1}
        if event.key in steps:
            event.stop()
            self.step(steps[event.key])

    def on_focus(self) -> None:
        self.refresh()

    on_blur = on_focus

    def render_line(self, y: int) -> Strip:
        name = clean(self.name_now or "")
        tone = "cursor" if self.has_focus else "strong"
        pieces: list[Piece] = [(fit(t("Department"), LABEL_WIDTH), "muted")]
        if len(self.names) > 1:
            pieces += [("◂ ", "faint"), (name, tone), (" ▸", "faint")]
        else:
            pieces.append((name, tone))
        return self.strip_of(pieces)


class Welcome(Rows):
    """The store's name, and for a demonstration its users and PINs."""

    def render_line(self, y: int) -> Strip:
        app = cast("CounterApp", self.app)
        screen = cast("SignIn", self.screen)
        store = app.facts.store if app.facts else ""
        if y == 0:
            title = t("Locked") if screen.is_lock else clean(store) or t("Deskbell")
            return self.strip_of([(_centred(title, self.size.width), "accent")])
        return self.blank()


class Hint(Rows):
    """Lines under the form: who may try the demonstration, or why PINs do not work yet."""

    def get_content_height(self, container: Any, viewport: Any, width: int) -> int:
        return max(1, len(cast("SignIn", self.screen).hints()))

    def render_line(self, y: int) -> Strip:
        lines = cast("SignIn", self.screen).hints()
        if y >= len(lines):
            return self.blank()
        # As a block in the middle, its rows beginning below each other.
        widest = max(cells(clean(line)) for line in lines)
        before = " " * max(0, (self.size.width - widest) // 2)
        return self.strip_of([(before + clean(lines[y]), "muted")])


def _centred(text: str, width: int) -> str:
    return " " * max(0, (width - cells(text)) // 2) + text


class SignIn(FrameScreen):
    """`is_over`: over a screen whose work stays. `is_lock`: the idle lock."""

    kind = "sign_in"
    title_msgid = word("Sign in")
    right = ""

    def __init__(self, *, is_over: bool = False, is_lock: bool = False) -> None:
        super().__init__()
        self.is_over, self.is_lock = is_over, is_lock
        self._pins_work = True

    @property
    def counter(self) -> CounterApp:
        """The app, with its type."""
        return cast("CounterApp", self.app)

    def body(self) -> Iterable[Any]:
        with Vertical(id="sign-in"):
            with Center(), Vertical(id="sign-in-box"):
                yield Welcome()
                yield DepartmentLine()
                yield SignInLine(word("Your number"), id="login")
                yield SignInLine(word("Password, PIN"), is_secret=True, id="secret")
            yield Hint()

    def has(self, command: Command) -> bool:
        return command.id in AT_THE_DOOR

    def do_language(self) -> None:
        """Ctrl+L: for the eyes at the door; what the user below has chosen stays his."""
        self.desk.speak("en" if language() == "zh" else "zh")

    async def on_mount(self) -> None:
        names, chosen, self._pins_work = await self.in_books(_offered, self.counter.register)
        self.query_one(DepartmentLine).show(names, chosen)
        self.query_one("#login").focus()
        self.query_one(Hint).refresh(layout=True)
        if not self.is_over or (self.is_lock and self.counter.config.lock.hide_totals):
            customer.show_nobody(self.counter)

    def hints(self) -> list[str]:
        """What helps somebody at the door."""
        lines = [*self._totals(), *self.counter.demo_hint]
        if not self._pins_work and not self.counter.demo_hint:
            lines.append(t("PINs work after somebody signed in here by password today."))
        return lines

    def _totals(self) -> list[str]:
        """What the locked bill comes to, where the shop has nothing to hide."""
        if not self.is_lock or self.counter.config.lock.hide_totals:
            return []
        found = (getattr(screen, "basket", None) for screen in self.app.screen_stack)
        return [f"{t('To pay')} {bill.amount_due}" for bill in found if bill and bill.lines]

    def on_key(self, event: events.Key) -> None:
        if event.key in ("up", "down", "tab", "shift+tab"):
            event.stop()
            # The base class rolls a list with them.
            event.prevent_default()
            self._move(-1 if event.key in ("up", "shift+tab") else 1)
        elif event.key == "enter" and self.query_one(DepartmentLine).has_focus:
            event.stop()
            self._move(1)

    def _move(self, by: int) -> None:
        order = [self.query_one(name) for name in ("#department", "#login", "#secret")]
        place = next((n for n, widget in enumerate(order) if widget.has_focus), 1)
        self._to(order[(place + by) % len(order)])

    def _to(self, widget: Widget) -> None:
        """To a line; in that of the number the next key begins another one."""
        widget.focus()
        if isinstance(widget, EditLine) and not widget.is_secret:
            widget.set_value(widget.value, is_fresh=True)

    def on_edit_line_submitted(self, event: EditLine.Submitted) -> None:
        event.prevent_default()
        event.stop()
        if event.line.id == "login":
            if event.value.strip():
                self.desk.jobs.start(self._known, event.value)
        elif event.value:
            self.desk.jobs.start(self._sign_in, what=word("Sign in"))

    async def _known(self, login: str) -> None:
        """Somebody who signed in here before need not choose the department again."""
        from models.trust.sign_in import department_before

        name = await self.in_books(department_before, self.counter.register, login)
        line = self.query_one(DepartmentLine)
        if name in line.names:
            line.show(line.names, name)
        self._move(1)

    async def _sign_in(self) -> None:
        from models.trust import sign_in

        login, secret = (self.query_one(f"#{name}", EditLine) for name in ("login", "secret"))
        given, department = secret.value, self.query_one(DepartmentLine).name_now
        secret.set_value("")
        register = self.counter.register
        candidate = await self.in_books(sign_in.find, register, login.value, department)
        # To check a secret takes its time, by design: meanwhile the thread of the books loads home.
        checked, _ = await asyncio.gather(
            self.counter.off_thread(sign_in.check, candidate, given), self.in_books(_load_home)
        )
        try:
            session = await self.in_books(sign_in.admit, checked)
        except sign_in.SignInFailed:
            # Mostly the password is wrong. What is typed next is never shown in clear.
            self._to(secret)
            raise
        if await self._has_own_secrets(session, checked):
            await self._enter(session)
        else:
            await self.in_books(sign_in.sign_out, session)
            self._to(login)
            self.desk.alarm(
                word("Nobody comes in with a password that another chose. Sign in again.")
            )

    async def _has_own_secrets(self, session: Session, checked: Checked) -> bool:
        """A first password is changed before anything else; False when it was not. Who approves for
        others is asked for an override PIN, which may wait.
        """
        from models.trust.sign_in import Proof
        from tui.people.own_secrets import FIRST_OVERRIDE, FIRST_PASSWORD, choose, wanted_of
        from tui.widgets.panel import Message

        if not checked.is_password:
            return True
        wanted = await self.in_books(wanted_of, session.user)
        proof = Proof(session.user, checked.candidate.password_hash)
        if wanted.password or wanted.override:
            self.desk.speak(wanted.language)
        if wanted.password:
            chosen = await choose(self.counter, session, proof, FIRST_PASSWORD)
            if chosen is None:
                return False
            proof = chosen
            await self.desk.ask(Message(word("Your new password is kept.")))
        if wanted.override:
            await choose(self.counter, session, proof, FIRST_OVERRIDE)
        return True

    async def _enter(self, session: Session) -> None:
        from tui.desk.trade_screens import open_first
        from tui.office.home import Home

        if self.is_over:
            await self.counter.take_over(session)
        else:
            await self.counter.signed_in(session)
            await self.desk.go(Home(), instead=True)
            found = await self.in_books(_at_work, session.user, self.counter.config.register.trades)
            if found is not None:
                await open_first(self.counter, *found)

    def left_alone(self) -> None:
        """Nobody is here any more: the work behind opens for a secret only."""
        # The first door of all has no work behind it: it keeps the store's name.
        self.is_lock = self.is_over
        for part in self.query("Welcome, Hint"):
            part.refresh(layout=True)

    def do_leave(self) -> Any:
        """F3: end the program, from here only; over a screen the lock stays."""
        if not self.is_over:
            return self._quit()
        if self._is_over_work():
            self.step_back()
        return None

    async def _quit(self) -> None:
        from tui.widgets.panel import Confirm

        if await self.desk.ask(Confirm(word("End Deskbell?"), yes=word("End"))):
            self.app.exit(0)

    def _is_over_work(self) -> bool:
        """Over a screen it asks who comes, and F12 takes a question back; a lock stays."""
        return self.is_over and not self.is_lock and self.counter.session is not None

    def can_step_back(self) -> bool:
        return self._is_over_work() or self.query_one("#secret").has_focus

    def step_back(self) -> None:
        """F12: back to the work; where there is none, to the number, which begins anew."""
        if self._is_over_work():
            self.app.pop_screen()
        else:
            self._to(self.query_one("#login"))


def _load_home() -> None:
    import tui.office.home  # noqa: F401


def _offered(register: int) -> tuple[list[str], str | None, bool]:
    """Departments, the one used here last, and whether PINs work today."""
    from models.trust.audit import SIGN_IN, Audit
    from models.trust.sign_in import is_opened_by_password
    from models.trust.users import Department, User

    rows = Department.select().where(Department.is_active)
    names = [row.name for row in rows.order_by(Department.position, Department.name)]
    last = (
        Audit.select(Audit.user)
        .where(Audit.register == register, Audit.verb == SIGN_IN)
        .order_by(Audit.seq.desc())
        .first()
    )
    user = User.get_or_none(User.key == last.user) if last else None
    chosen = user.department.name if user else None
    return names, chosen, is_opened_by_password(register)


def _at_work(user: int, offered: tuple[str, ...]) -> tuple[Rights, tuple[str, ...]] | None:
    """The rights of a user, and the trades of this counter."""
    from models.trust.trades_used import used_names
    from models.trust.users import rights_of

    rights = rights_of(user)
    return (rights, used_names(offered)) if rights else None
