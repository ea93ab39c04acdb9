"""The board of appointments (预约表): who comes to whom, a quarter of an hour a row; from there
clients are booked, moved, welcomed, and taken to the till.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.geometry import Size

from models.base.refusals import Refusal
from models.ledger.daily.days import local_now, store_day
from models.listings.listings import Linked
from models.salon.appointments import (
    ARRIVED,
    BOOKED,
    COMING,
    DONE,
    NO_SHOW,
    SERVING,
    STATE_WORDS,
    Appointment,
)
from models.salon.board import AppointmentCard, Board, BoardColumn, about, read_board
from models.salon.booking import cancel_appointment, move_appointment
from models.salon.guarding import OnBreak, OutsideHours, StaffTaken
from models.salon.hours import hour_text, minute_at
from models.salon.visits import note_reminder, step_appointment
from receipts.words import word
from tui.desk.frame import FrameScreen
from tui.desk.words import said, t
from tui.records.asking import Options
from tui.salon.about_rows import about_rows, counts_row, free_row
from tui.salon.board_cells import BoardCells
from tui.salon.board_places import BoardPlaces
from tui.widgets.edit import EditLine
from tui.widgets.entry import PlaceEntry
from tui.widgets.line_list import LineList
from tui.widgets.rows import Piece
from tui.widgets.told import ToldRows

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp

LOOK_AGAIN_S = 20.0
_ON = {BOOKED: ARRIVED, ARRIVED: SERVING, SERVING: DONE}
_BACK = {ARRIVED: BOOKED, SERVING: ARRIVED, DONE: SERVING, NO_SHOW: ARRIVED}
# What whoever may can squeeze a client over.
_OVER = (StaffTaken, OutsideHours, OnBreak)


class NobodyHere(Refusal):
    """There is no client under the cursor."""


class NothingNext(Refusal):
    """The visit is over: nothing comes behind it."""


class BoardPlaceMissing(Refusal):
    """Neither a number of somebody who serves nor an hour of the board."""


class BoardScreen(FrameScreen):
    """See the docstring of this file."""

    kind = "board"
    right = "keep appointments"
    title_msgid = word("Appointment board")

    def __init__(self) -> None:
        super().__init__()
        self.day: date | None = None
        self.today: date | None = None
        # The minute of the wall clock on the board of today.
        self.wall = 0
        self.board: Board | None = None
        # What was picked up to be moved: the appointment, and whose work it is.
        self.carried: tuple[Appointment, int | None] | None = None
        self._about: AppointmentCard | None = None
        # In whose column the cursor was before something was typed.
        self._typed_at = 0
        self.lines = self.roll = BoardCells()

    @property
    def counter(self) -> CounterApp:
        """The app, with its type."""
        return cast("CounterApp", self.app)

    def title_text(self) -> str:
        if self.day is None:
            return ""
        return f"{self.day} {t(WEEKDAYS[self.day.weekday()])}"

    def body(self) -> Iterable[Any]:
        yield self.lines
        yield ToldRows(self.below_rows, id="board-below")
        yield PlaceEntry()

    async def on_mount(self) -> None:
        self.entry.focus()
        self.words_changed()
        await self.look()
        self._go_to_now()
        self.set_interval(LOOK_AGAIN_S, self._look_again)

    def came_back(self) -> None:
        self.desk.jobs.start(self.look)

    def resized(self, size: Size) -> None:
        self.lines.fit(size.width)

    async def user_changed(self) -> None:
        """The next user sees it anew."""
        await self.look()

    async def _look_again(self) -> None:
        if self.desk.top_screen is self:
            await self.look()

    def words_changed(self) -> None:
        """The hint is drawn text: say it again."""
        self.entry.hint(t("Number of a person, or an hour"))
        self.lines.refresh()

    async def look(self) -> None:
        """Read the board again; the cursor stays where it is."""
        self.today, self.wall, board = await self.in_books(_read, self.day)
        self.board, self.day = board, board.day
        self.lines.show(board, self.size.width, self._now())
        self.frame_changed()
        await self._look_under()

    def _now(self) -> int | None:
        return self.wall if self.day == self.today else None

    def _go_to_now(self) -> None:
        self.lines.go_to_minute(self.wall)

    async def _look_under(self) -> None:
        found = self.lines.blocks
        self._about = await self.in_books(about, found[-1].appointment) if found else None
        self.query_one(ToldRows).refresh()
        self.strip_changed()

    def below_rows(self) -> list[list[Piece]]:
        """The figures of the day, and two rows about what is under the cursor."""
        if self.board is None:
            return []
        carried = self.carried[0] if self.carried else None
        rows = [counts_row(self.board, carried, self.lines.seen)]
        found = self.lines.blocks
        if not found:
            return [*rows, free_row(self.lines.person, self.lines.minute)]
        is_its = self._about and self._about.appointment.key == found[-1].appointment
        return [*rows, *(about_rows(self._about) if is_its and self._about else [])]

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        """The cursor is on another slot."""
        event.stop()
        self.query_one(ToldRows).refresh()
        self.desk.jobs.start(self._look_under)

    def line_changed(self, event: EditLine.Changed) -> None:
        """A number goes to the person who has it, four digits to an hour; then the next begins."""
        event.stop()
        if isinstance(event.line, PlaceEntry) and not event.line.is_asking and event.value:
            typed = event.value.strip()
            if self._places().begins_anew(typed):
                self.entry.set_value(typed[-1])
                return
            if len(typed) == 1:
                self._typed_at = self.lines.person.number if self.lines.person else 0
            self._go_to(typed)

    def _places(self) -> BoardPlaces:
        board = self.board
        if board is None:
            return BoardPlaces((), range(0))
        return BoardPlaces([one.number for one in board.columns], range(board.first, board.last))

    def _go_to(self, typed: str) -> bool:
        place = self._places().of(typed)
        if place is None:
            return False
        # The first digits of an hour were nobody's number.
        self.lines.go_to_person(self._typed_at if place.person is None else place.person)
        return place.minute is None or self.lines.go_to_minute(place.minute)

    def _require_typed(self) -> None:
        """Refuses: BoardPlaceMissing, when what was typed leads nowhere."""
        typed = self.entry.value.strip()
        if typed and not self._go_to(typed):
            self.entry.set_value(typed, is_fresh=True)
            raise BoardPlaceMissing(text=typed)
        self.entry.set_value("")

    async def _client(self) -> Appointment:
        """The appointment under the cursor; of several one is chosen. Refuses: NobodyHere,
        BoardPlaceMissing.
        """
        self._require_typed()
        keys = list(dict.fromkeys(one.appointment for one in self.lines.blocks))
        if not keys:
            raise NobodyHere()
        if len(keys) > 1:
            names = {one.appointment: one.name for one in self.lines.blocks}
            chosen = await self.desk.ask(Options(word("Which one?"), [(k, names[k]) for k in keys]))
            if chosen is None:
                raise NobodyHere()
            keys = [chosen]
        found: Appointment = await self.in_books(Appointment.get_by_id, keys[0])
        return found

    # Keys.

    async def do_board_open(self) -> None:
        """Enter: what was picked up is put here; the appointment, or a free hour is booked."""
        if self.carried is not None:
            await self.do_move_here()
        elif self.lines.blocks:
            await self._open(await self._client())
        else:
            await self.do_book_here()

    async def _open(self, found: Appointment) -> None:
        from tui.records.forms.form import FormScreen, edit
        from tui.salon.appointments_listing import LISTING

        await edit(self.desk, FormScreen(LISTING, found.key))
        await self.look()

    async def do_book_here(self) -> None:
        """F2: a new appointment at this hour, with this person."""
        from tui.records.forms.form import FormScreen, edit
        from tui.salon.appointments_listing import LISTING

        self._require_typed()
        person = self.lines.person
        line = {"goods": None, "stylist": _linked(person), "is_asked": False, "at": "", "ends": ""}
        preset = {"day": self.day, "at": hour_text(self.lines.minute), "services": [line]}
        key = await edit(self.desk, FormScreen(LISTING, preset=preset))
        if key is None:
            await self.look()
            return
        # It may have got another hour or day than that under the cursor, where somebody else is.
        found, minute = await self._show(key)
        self.desk.inform(word("Booked: {name} {at}"), name=found.name, at=hour_text(minute))

    async def do_next_step(self) -> None:
        """`+`: here, in the chair, finished. Refuses: NobodyHere, NothingNext."""
        found = await self._client()
        if found.state not in _ON:
            raise NothingNext(name=found.name)
        await self._step(found, _ON[found.state])

    async def do_step_back(self) -> None:
        """`-`: the last step was one too far. Refuses: NobodyHere, NothingNext."""
        found = await self._client()
        if found.state not in _BACK:
            raise NothingNext(name=found.name)
        await self._step(found, _BACK[found.state])

    async def _step(self, found: Appointment, state: str) -> None:
        step = partial(self.operate, step_appointment, found.key, version=found.version)
        if await self._squeezing(partial(step, state=state)):
            self.desk.inform(word("{name}: {state}"), name=found.name, state=t(STATE_WORDS[state]))
        await self.look()

    async def _squeezing(self, work: Any) -> bool:
        """Do it; where somebody's time is taken, ask why it shall be all the same. False when
        somebody went back.
        """
        try:
            await work()
        except _OVER as refusal:
            self.desk.tell(refusal)
            reason = await self.question(said("Squeeze in all the same? Why"))
            if not reason or not reason.strip():
                return False
            await work(squeeze=reason)
        return True

    async def do_to_ticket(self) -> None:
        """`/`: to the till, with what was done on the bill. Refuses: NobodyHere and what
        `ring_appointment` refuses.
        """
        from tui.salon.to_ticket import to_ticket

        await to_ticket(self.counter, await self._client())
        if self.desk.top_screen is self:
            await self.look()

    async def do_deposit_here(self) -> None:
        """`.`: money ahead for the appointment. Refuses: NobodyHere, what `name_deposit` and taking
        a payment refuse.
        """
        from tui.salon.deposit import take_deposit

        await take_deposit(self.counter, self, await self._client())
        if self.desk.top_screen is self:
            await self.look()

    async def do_move_here(self) -> None:
        """F4: pick the appointment up, or put it down where the cursor is. Refuses: NobodyHere."""
        if self.carried is None:
            found = await self._client()
            self.carried = (found, self.lines.person.stylist if self.lines.person else None)
            self.query_one(ToldRows).refresh()
            return
        self._require_typed()
        found, was = self.carried
        person = self.lines.person
        work = partial(
            self.operate, move_appointment, found.key, version=found.version, day=self.day,
            minute=self.lines.minute, stylist=person.stylist if person else None, instead_of=was,
        )  # fmt: skip
        if await self._squeezing(work):
            self.carried = None
            self.desk.inform(
                word("Moved: {name} {at}"), name=found.name, at=hour_text(self.lines.minute)
            )
        await self.look()

    async def do_was_called(self) -> None:
        """F5: reminded, or not after all."""
        found = await self._client()
        is_called = found.called_at is None
        await self.operate(note_reminder, found.key, version=found.version, is_called=is_called)
        await self.look()

    async def do_call_off(self) -> None:
        """Delete: cancelled, with the reason, or the client did not come."""
        found = await self._client()
        choices = [(True, t("Cancelled")), (False, t("Not come"))]
        is_cancelled = await self.desk.ask(Options(word("{name}:"), choices, name=found.name))
        if is_cancelled is None:
            return
        if not is_cancelled:
            await self._step(found, NO_SHOW)
            await self._ask_deposit(found)
            return
        reason = await self.question(said("Why is {name} cancelled?", name=found.name))
        if reason:
            await self.operate(cancel_appointment, found.key, version=found.version, reason=reason)
            await self._ask_deposit(found)
            await self.look()

    async def _ask_deposit(self, found: Appointment) -> None:
        """What is held for somebody who does not come: the house keeps it, or it stays his."""
        from tui.salon.deposit import ask_what_is_held

        await ask_what_is_held(self.counter, found.key)

    async def do_find_appointment(self) -> None:
        """F7: any appointment, by name or phone; the board goes to its day and hour."""
        from tui.records.picker import Picker
        from tui.salon.appointments_listing import LISTING

        picked = await self.desk.ask(Picker(LISTING))
        if picked is None:
            return
        found, _ = await self._show(picked.key)
        if found.state not in (*COMING, SERVING, DONE):
            await self._open(found)

    async def _show(self, key: int) -> tuple[Appointment, int]:
        """The board of the day of an appointment, with the cursor on it, and its minute."""
        found, minute = await self.in_books(_placed, key)
        self.day = found.day
        await self.look()
        self.lines.go_to_minute(minute)
        for column in self.board.columns if self.board else []:
            if any(each.appointment == found.key for each in column.blocks):
                self.lines.go_to_person(column.number)
                break
        return found, minute

    async def do_board_earlier(self) -> None:
        """F8: the day before."""
        await self._go(-1)

    async def do_board_later(self) -> None:
        """F9: the day after."""
        await self._go(1)

    async def _go(self, days: int) -> None:
        assert self.day is not None
        self.day += timedelta(days=days)
        await self.look()

    def can_step_back(self) -> bool:
        return self.carried is not None

    def step_back(self) -> None:
        """F12: what was picked up stays where it was."""
        self.carried = None
        self.query_one(ToldRows).refresh()
        self.strip_changed()


WEEKDAYS = (
    word("Monday"), word("Tuesday"), word("Wednesday"), word("Thursday"), word("Friday"),
    word("Saturday"), word("Sunday"),
)  # fmt: skip


def _linked(person: BoardColumn | None) -> Linked | None:
    return Linked(person.stylist, str(person.number)) if person else None


def _read(day: date | None) -> tuple[date, int, Board]:
    today = store_day()
    return today, minute_at(today, local_now()), read_board(day or today)


def _placed(key: int) -> tuple[Appointment, int]:
    found: Appointment = Appointment.get_by_id(key)
    return found, minute_at(found.day, found.starts_at)


async def open_board(app: Any) -> None:
    """From the menu."""
    await app.go(BoardScreen())
