"""The counter's app: who is signed in, the shift and the day, paper and scanner, the idle lock.

What it knows of the store is read on the database thread (`Facts`) and shown by every screen's
frame.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from devices.faults import DeviceFault
from models.base import clock
from models.base.database import is_sqlite
from models.base.named import load
from models.base.refusals import Refusal
from models.config.config import Config
from models.trust import clock_watch
from models.trust.clock_watch import Watch
from models.trust.operation import Session, open_day_or_none
from receipts.words import Language, word
from tui.desk import from_menu, memory, trade_screens
from tui.desk.app import STYLES, DeskbellApp
from tui.desk.database import BACKGROUND, DatabaseThread
from tui.desk.frame import FrameScreen
from tui.desk.frame_state import Chip
from tui.desk.gate.scan import ScanRules
from tui.desk.keys import KeyMap
from tui.desk.timed import Timed, age_text
from tui.desk.words import language, spoken
from tui.people.sign_in import SignIn

if TYPE_CHECKING:
    from textual.screen import Screen

    from models.trust.backup import Plan
    from tui.desk.trade_screens import MenuEntry

R = TypeVar("R")
# So long after the last key at an open door whoever opened it is gone.
LEFT_S = 15.0
# How often a counter looks whether another one has turned the date.
DAY_LOOK_S = 5.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What every screen needs to know about the store, read in one go."""

    store: str
    day: date
    register: str
    user: str
    is_demo: bool
    language: Language
    theme: str
    waiting: int
    zone: tzinfo


def read_facts(session: Session | None, register: int) -> Facts:
    """Read them, on the database thread."""
    from models.base.database import store_number
    from models.ledger.store_card import register_name
    from models.trust import company, print_queue
    from models.trust.operation import open_day
    from models.trust.users import User

    user = User.get_or_none(User.key == session.user) if session else None
    return Facts(
        store=company.name.value(),
        day=open_day(store_number()),
        register=register_name(register),
        user=user.name if user else "",
        is_demo=company.is_demo.value(),
        language=user.language if user else company.language.value(),
        theme=user.theme if user else "",
        waiting=print_queue.waiting(register),
        zone=company.store_zone(),
    )


class CounterApp(DeskbellApp):
    """The program at the counter. `demo_hint` is shown on the sign-in screen of a demonstration;
    `lang` is what the door speaks where config.toml is not asked.
    """

    CSS_PATH: ClassVar[list[Path]] = [STYLES / "deskbell.tcss", STYLES / "screens.tcss"]

    def __init__(
        self,
        *,
        config: Config,
        folder: Path,
        database: DatabaseThread,
        keymap: KeyMap,
        rules: ScanRules,
        demo_hint: tuple[str, ...] = (),
        lang: Language | None = None,
        paper: Any = None,
        backups: Plan | None = None,
    ) -> None:
        # What the door speaks by itself; another language there was chosen.
        self._door: Language = lang or ("zh" if config.languages.screen == "zh" else "en")
        super().__init__(
            lang=self._door,
            theme=config.ui.theme,
            ascii_signs=config.ui.ascii_borders,
            keymap=keymap,
            rules=rules,
            database=database,
        )
        self.config, self.folder, self.demo_hint = config, folder, demo_hint
        # The next screen is asked for by the menu, over whatever stands there.
        self._opens_over = False
        self.export_folder = folder / "exports"
        self.message_s = config.ui.message_s
        self.paper = paper
        # What is asked of the payment gateway (tui/money/gateway/calls.py), where there is one.
        self.gateway_calls: Any = None
        self.timed = Timed(self, backups) if backups is not None else None
        self.facts: Facts | None = None
        # What kept the first screen from being shown; the command line tells it.
        self.refused: Refusal | None = None
        self.idle_since = 0.0
        self._clock = Watch()

    @property
    def register(self) -> int:
        """The number of this counter."""
        return self.config.register.number

    async def on_mount(self) -> None:
        try:
            await self.look_again()
            await self.in_books(clock_watch.look_back, self.register)
        except Refusal as refusal:
            # Without these there is no screen on which anything could be told.
            self.refused = refusal
            self.exit(1)
            return
        self.set_interval(1.0, self._watch_idle)
        self.set_interval(1.0, self._watch_clock)
        if not is_sqlite():
            # Only this counter has the store in a file.
            self.set_interval(DAY_LOOK_S, self._watch_day)
        await self.push_screen(SignIn())
        self.call_after_refresh(memory.begin)
        # Behind the first screen: nobody waits for printers or for the age of a copy.
        if self.paper is not None:
            self.paper.begin(self)
        if self.timed is not None:
            # What it loads would delay the picture.
            self.call_after_refresh(self.timed.begin)

    async def look_again(self) -> Facts:
        """Read the facts anew and show them in the frame."""
        self.facts = facts = await self.in_books(read_facts, self.session, self.register)
        self.update_frame(
            store=facts.store,
            business_day=facts.day,
            register=facts.register,
            user=facts.user,
            is_demo=facts.is_demo,
            queue=facts.waiting,
            zone=facts.zone,
        )
        return facts

    def bell(self) -> None:
        """A sound, where config.toml wants any."""
        if self.config.ui.sound:
            super().bell()

    # Signing in and out.

    async def signed_in(self, session: Session) -> None:
        """Somebody signed in: his language, or the one chosen at the door, which stays his; his
        colours, and the screen he left or the first one. A demonstration goes on as it began.
        """
        self.session = session
        facts, lang = await self.look_again(), language()
        if lang == self._door and not facts.is_demo:
            lang = facts.language
        if lang != facts.language:
            await self._keep_look(lang)
        self._door = lang
        self.speak(lang)
        self.use_theme(facts.theme or self.config.ui.theme)
        self.note_activity()

    async def go(self, screen: Screen[Any], *, instead: bool = False) -> None:
        """Show a screen to who may see it, whatever key, number or code led to it.

        Refuses: what `require_right` refuses.
        """
        if isinstance(screen, FrameScreen) and self._opens_over:
            self._opens_over = False
            from_menu.refuse_twice(screen, self.screen_stack)
        if isinstance(screen, FrameScreen) and screen.right:
            from models.trust.guard import require_right

            await self.in_books(
                require_right, self.session, screen.right, what=type(screen).__name__
            )
        await super().go(screen, instead=instead)

    async def offered_entries(self) -> list[MenuEntry]:
        """The menu of whoever is signed in, at a counter of these trades."""
        if self.session is None:
            return []
        user, trades = self.session.user, self.config.register.trades
        return await self.in_books(from_menu.offered, user, trades)

    async def open_over(self, entry: MenuEntry) -> None:
        """Open an entry of the menu over the screen on top. Refuses: AlreadyOpen, and what opening
        refuses.
        """
        self._opens_over = True
        try:
            await trade_screens.open_entry(self, entry)
        finally:
            self._opens_over = False

    async def operate(self, operation: Callable[..., R], *args: Any, **fields: Any) -> R:
        """Run an operation. Where it lacks what must come first, such as an open shift, that is
        shown over the screen, which keeps what stands on it.
        """
        try:
            return await super().operate(operation, *args, **fields)
        except Refusal as refusal:
            ways = dict(trade_screens.declared("ways_out"))
            if refusal.code in ways:
                with suppress(Refusal):
                    await load(ways[refusal.code])(self)
            raise

    async def take_over(self, session: Session) -> None:
        """Somebody signed in over the work of another: what he may not see closes, and what he may
        see is read again for him before it is painted.
        """
        from models.trust.users import rights_of
        from tui.desk.closing import close_unseen

        is_other = self.session is None or self.session.user != session.user
        await self.signed_in(session)
        rights = await self.in_books(rights_of, session.user)
        assert rights is not None, "he was let in"
        with self.batch_update():
            # The door itself.
            self.pop_screen()
            close_unseen(self, rights, with_panels=is_other)
            for screen in self.screen_stack:
                if isinstance(screen, FrameScreen):
                    await screen.user_changed()
            # The keys on the strip are his, too.
            self._redraw_all()

    async def sign_out(self) -> None:
        """Nobody works here any more: the door stands there in place of what he saw."""
        from models.trust.sign_in import sign_out

        session, self.session = self.session, None
        await self.in_books(sign_out, session)
        await self.look_again()
        await self.go(SignIn(), instead=True)

    async def do_switch_user(self) -> None:
        """Another user signs in over the work, which stays."""
        await self.go(SignIn(is_over=True))

    async def do_lock(self) -> None:
        """The till stays as it is until somebody signs in."""
        await self.go(SignIn(is_over=True, is_lock=True))

    def note_activity(self) -> None:
        """Somebody is here: the idle lock starts to count again."""
        self.idle_since = self._now()

    async def deliver_key(self, event: Any) -> None:
        self.note_activity()
        await super().deliver_key(event)

    def deliver_scan(self, code: Any) -> None:
        self.note_activity()
        super().deliver_scan(code)

    @property
    def idle_s(self) -> float:
        """How long nobody has pressed or scanned anything."""
        return self._now() - self.idle_since

    async def _watch_idle(self) -> None:
        memory.tidy(self.idle_s)
        if self.idle_s > LEFT_S and (left := getattr(self.top_screen, "left_alone", None)):
            left()
        minutes = self.config.lock.idle_minutes
        is_locked = getattr(self.top_screen, "is_lock", False)
        if not minutes or self.session is None or is_locked:
            return
        if self.idle_s > timedelta(minutes=minutes).total_seconds():
            await self.push_screen(SignIn(is_over=True, is_lock=True))

    async def _watch_clock(self) -> None:
        if jump := self._clock.jump():
            user = self.session.user if self.session else None
            await self.in_books(clock_watch.record, self.register, user, *jump)

    async def _watch_day(self) -> None:
        """Another counter closed the day while this one works on: the header names the date that
        the next document gets.
        """
        assert self.database is not None
        shown = self.facts.day if self.facts else None
        # A server that is away is told by what is done next.
        with suppress(Refusal):
            day = await self.database.run(open_day_or_none, urgency=BACKGROUND)
            if day is not None and day != shown:
                await self.look_again()
                self.inform(word("The business date is now {day}."), day=day)

    async def ask_override(self, missing: Refusal, uid: Any) -> Any:
        """A manager approves on the cashier's screen: number, PIN, reason; for one operation. F12
        goes one question back, and a wrong PIN is told before anybody thinks of a reason.
        """
        from models.trust import sign_in
        from tui.desk.in_turn import in_turn
        from tui.people.approver import question, why_asked
        from tui.records.told import because

        told = why_asked(missing, self.facts.user if self.facts else "")
        checked: Any = None

        async def asks(given: Sequence[str], _: str | None) -> Any:
            nonlocal checked
            if len(given) == 2:
                found = await self.in_books(sign_in.find_approver, self.register, given[0])
                checked = await self.off_thread(sign_in.check_approver, found, given[1])
                await self.in_books(sign_in.admit_approver, checked)
            return question(told, given, because(missing.asked[1]))

        if (given := await in_turn(self, asks)) is None:
            return None
        return await self.in_books(sign_in.approve_override, checked, reason=given[2], uid=uid)

    async def off_thread(self, function: Callable[..., R], *args: Any) -> R:
        """Run slow work that needs no database: hashing, reading files."""
        import asyncio

        return await asyncio.to_thread(function, *args)

    # Paper.

    def wake_paper(self) -> None:
        """A slip was queued: let the spooler look. What goes back by the gateway goes out too."""
        if self.paper is not None:
            self.paper.wake()
        if self.gateway_calls is not None:
            self.run_worker(self.gateway_calls.take_up(), exit_on_error=False)

    async def paper_seen(self, printer: str) -> None:
        """Somebody looked: what went to this printer last is on paper."""
        if self.paper is not None and self.paper.spooler is not None:
            await self.off_thread(self.paper.spooler.seen, printer)

    async def use_config(self, config: Config) -> None:
        """config.toml says something else of the printers: they begin anew."""
        self.config = config
        if self.paper is not None:
            await self.off_thread(self.paper.stop_printers)
            self.paper.renew(config)

    def tell_drawer(self, fault: DeviceFault) -> None:
        """The drawer was to open and did not: why, and what opens it now."""
        from receipts.fault_words import drawer_text

        self.alarm_text(spoken(lambda: drawer_text(fault, language())))

    def kick_drawer(self) -> None:
        """Open the drawer now."""
        if self.paper is not None:
            self.paper.kick()

    def show_backup(self, made_at: datetime | None) -> None:
        """The newest proved copy; red when it is too old or there is none."""
        zone = self.facts.zone if self.facts else None
        hours = timedelta(hours=self.config.backup.warn_hours)
        is_old = made_at is None or clock.now() - made_at > hours
        self.update_frame(backup=age_text(made_at, zone), is_backup_old=is_old)

    def show_printer(self, chips: tuple[Chip, ...], queue: int | None = None) -> None:
        """The spooler's news, on the app's thread."""
        changes: dict[str, Any] = {"chips": chips}
        if queue is not None:
            changes["queue"] = queue
        self.update_frame(**changes)

    def slip_on_screen(self) -> None:
        """A slip came out on the screen: somebody may look at it."""
        self.inform(word("A slip is on the screen: Ctrl+W shows it."))

    async def do_show_slip(self) -> None:
        """The last slip of this till, as it came out."""
        from tui.money.shift_menu import show_last_slip

        await show_last_slip(self)

    async def do_reprint(self) -> None:
        """Print the last slip of this register again, marked as a copy."""
        from models.ledger.daily import prints
        from models.trust import print_queue

        last = await self.in_books(print_queue.last_job, self.register)
        if last is None:
            self.alarm(word("Nothing was printed at this register yet."))
            return
        await self.operate(prints.reprint, last.key)
        self.wake_paper()
        self.inform(word("Printing a copy."))

    async def do_open_drawer(self) -> None:
        """Open the drawer without a sale, with the reason."""
        from tui.money.cash_moves import open_the_drawer

        await open_the_drawer(self)

    async def do_language(self) -> None:
        super().do_language()
        self._door = language()
        await self._keep_look(language())

    async def do_theme(self) -> None:
        super().do_theme()
        if self.facts is not None:
            self.facts = replace(self.facts, theme=self.theme.removeprefix("deskbell-"))
        await self._keep_look(language())

    async def _keep_look(self, lang: Language) -> None:
        from models.trust.staff import choose_look

        if self.session is not None and self.facts is not None:
            await self.operate(choose_look, language=lang, theme=self.facts.theme)
