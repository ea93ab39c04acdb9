"""The room rack (房态图): a cell a room, and from there all that a front desk does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from textual.geometry import Size

from models.base.refusals import Refusal
from models.hotel.audit.audit import no_arrivals
from models.hotel.rooms.rooms import CLEAN, DIRTY, INSPECTED
from models.hotel.stays.finding import find_living
from models.hotel.stays.housekeeping import set_care
from models.hotel.stays.identity import IdNumberWrong, read_id_card
from models.hotel.stays.rack import Rack, RackRoom, RoomCard, read_rack, room_card
from models.hotel.stays.stays import Stay
from models.hotel.stays.traces import WAKE_UP, Trace, due_traces
from models.ledger.daily.days import local_now, store_day
from receipts.words import word
from tui.desk.frame import NO_SCAN, FrameScreen
from tui.desk.words import t
from tui.hotel.rooms.coming_and_going import ComingAndGoing
from tui.hotel.rooms.rack_cells import Cells, about_room, figures
from tui.hotel.stays.papers import is_paper
from tui.widgets.edit import EditLine
from tui.widgets.entry import Entry, PlaceEntry
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Pick
from tui.widgets.rows import Piece
from tui.widgets.told import ToldRows

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp
    from tui.desk.gate.scan import Code

# Another desk may have let a room meanwhile.
LOOK_AGAIN_S = 20.0
_GUESTS = (
    Column(word("Room"), 6, read=lambda row: row.room.number if row.room else ""),
    Column(word("Guest"), 0, read=lambda row: row.name),
    Column(word("Departure"), 11, read=lambda row: str(row.departure)),
)


class RoomMissing(Refusal):
    """There is no room of this number."""


class RoomEmpty(Refusal):
    """Nobody lives in this room."""


def require_typed(entry: Entry, number: str | None) -> str:
    """What was typed, if it is the room under the cursor or begins its number. Refuses:
    RoomMissing; then it stays, so that the next key does not mean the room that was there before.
    """
    typed = entry.value.strip()
    if number is None or not number.casefold().startswith(typed.casefold()):
        entry.set_value(typed, is_fresh=True)
        raise RoomMissing(room=typed)
    entry.set_value("")
    return typed


class RackScreen(FrameScreen):
    """See the docstring of this file."""

    kind = "rack"
    right = "check in"
    title_msgid = word("Room rack")

    def __init__(self) -> None:
        super().__init__()
        self.rack = Rack([])
        self.waiting: list[Trace] = []
        self._told: set[int] = set()
        # With the room that it is about: the cursor may have moved on when it comes.
        self._card: tuple[int, RoomCard] | None = None
        self.lines = self.roll = Cells()
        self.today = ComingAndGoing()

    @property
    def counter(self) -> CounterApp:
        """The app, with its type."""
        return cast("CounterApp", self.app)

    def body(self) -> Iterable[Any]:
        yield self.lines
        yield self.today
        yield ToldRows(self.below_rows, id="rack-below")
        yield PlaceEntry()

    async def on_mount(self) -> None:
        self.entry.focus()
        self.words_changed()
        await self.look()
        self.set_interval(LOOK_AGAIN_S, self._look_again)

    def came_back(self) -> None:
        self.desk.jobs.start(self.look)

    def resized(self, size: Size) -> None:
        self.lines.show(self.rack, size)

    async def user_changed(self) -> None:
        """The next user sees it anew."""
        await self.look()

    async def _look_again(self) -> None:
        if self.desk.top_screen is self:
            await self.look()

    async def look(self) -> None:
        """Read the rack again; the cursor stays on its room."""
        self.rack, expected, self.waiting = await self.in_books(_read)
        self._tell_calls()
        self.today.show(self.rack, expected)
        self.lines.show(self.rack, self.size)
        await self._look_at_room()

    def _tell_calls(self) -> None:
        """A wake-up call whose hour has come, aloud and once."""
        for trace in self.waiting:
            if trace.kind == WAKE_UP and trace.key not in self._told:
                self._told.add(trace.key)
                self.desk.alarm(
                    word("Wake-up call {at}: {room} {guest}"), at=trace.at,
                    room=trace.stay.room.number if trace.stay.room else "", guest=trace.stay.name,
                )  # fmt: skip

    async def _look_at_room(self) -> None:
        room = self.lines.room
        self._card = (room.key, await self.in_books(_card, room)) if room else None
        self.query_one(ToldRows).refresh()
        self.strip_changed()

    def words_changed(self) -> None:
        """The hint is drawn text: say it again."""
        self.entry.hint(t("Room number, then Enter"))
        self.lines.refresh()

    def below_rows(self) -> list[list[Piece]]:
        """The figures, and two rows about the room under the cursor."""
        room = self.lines.room
        is_its = room is not None and self._card is not None and self._card[0] == room.key
        card = self._card[1] if self._card is not None and is_its else None
        return [figures(self.rack, len(self.waiting)), *about_room(room, card)]

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        """The cursor is on another room; what is said of the last one goes at once."""
        event.stop()
        self.query_one(ToldRows).refresh()
        self.desk.jobs.start(self._look_at_room)

    def line_changed(self, event: EditLine.Changed) -> None:
        """Digits go to the room that begins with them."""
        event.stop()
        if isinstance(event.line, PlaceEntry) and not event.line.is_asking and event.value:
            self.lines.go_to(event.value.strip())

    def _room(self) -> RackRoom:
        """The room that was typed, or the one under the cursor. Refuses: RoomMissing."""
        room = self.lines.room
        require_typed(self.entry, room.number if room else None)
        assert room is not None
        return room

    async def _meant(self) -> int:
        """The stay of who lives in the room, or of a guest whose name was typed; of several one is
        chosen. Refuses: RoomMissing, RoomEmpty.
        """
        typed = self.entry.value.strip()
        try:
            return self._guest()[1]
        except RoomMissing:
            found = await self.in_books(find_living, typed)
            if not found:
                raise
        stay: Stay | None = found[0]
        if len(found) > 1:
            stay = await self.desk.ask(Pick(word("Which guest?"), _GUESTS, found))
        self.entry.set_value("")
        return stay.key if stay is not None else 0

    def _guest(self) -> tuple[RackRoom, int]:
        """The room, and who lives in it. Refuses: RoomMissing, RoomEmpty."""
        room = self._room()
        if room.stay is None:
            raise RoomEmpty(room=room.number)
        return room, room.stay

    # Keys.

    async def do_room_open(self) -> None:
        """Enter: the account of who lives there, or the check-in; behind a paper that was read or
        typed, who arrives with it.
        """
        if is_paper(paper := self.entry.value.strip()):
            self.entry.set_value("")
            await self._arrives(paper)
            return
        room = self._room()
        if room.stay is not None:
            await self._folio(room.stay)
        else:
            await self._check_in(room)

    async def do_check_in(self) -> None:
        """`+`: somebody comes into this room."""
        await self._check_in(self._room())

    async def _check_in(self, room: RackRoom) -> None:
        from tui.hotel.stays.check_in import check_in_room

        await check_in_room(self.counter, room)
        await self.look()

    async def do_check_out(self) -> None:
        """`-`: who lives there leaves, or who was named."""
        from tui.hotel.folios.check_out import check_out_stay

        if stay := await self._meant():
            await check_out_stay(self.counter, stay)
        await self.look()

    async def do_reserve(self) -> None:
        """`*`: a reservation, for the type of this room."""
        from tui.hotel.stays.reserving import reserve_like

        await reserve_like(self.counter, self._room())
        await self.look()

    async def do_room_folio(self) -> None:
        """`/`: the account of who lives there, or of who was named."""
        if stay := await self._meant():
            await self._folio(stay)

    async def _folio(self, stay: int) -> None:
        from tui.hotel.folios.folio import open_folio

        await open_folio(self.counter, stay)

    async def do_room_deposit(self) -> None:
        """`.`: money of a guest, on his account; before he comes, for his booking."""
        from tui.hotel.folios.money import take_deposit_for, take_for_stay

        room = self._room()
        if room.stay is not None:
            await take_for_stay(self.counter, room.stay)
        elif room.arriving is not None:
            await take_deposit_for(self.counter, room.arriving)
        else:
            raise RoomEmpty(room=room.number)
        await self.look()

    async def do_room_post(self) -> None:
        """F2: a charge to who lives there."""
        from tui.hotel.folios.posting import post_to_room

        room, _ = self._guest()
        await post_to_room(self.counter, room.number)
        await self.look()

    async def do_room_move(self) -> None:
        """F4: the guest moves to another room."""
        from tui.hotel.stays.moving import move_stay

        _, stay = self._guest()
        number = await move_stay(self.counter, stay)
        await self.look()
        if number:
            # The eye follows the guest.
            self.lines.go_to(number)

    async def do_room_clean(self) -> None:
        """F5: clean; a clean one is inspected."""
        room = self._room()
        await self._care(room, INSPECTED if room.care == CLEAN else CLEAN)

    async def do_room_dirty(self) -> None:
        """F6: dirty."""
        await self._care(self._room(), DIRTY)

    async def _care(self, room: RackRoom, care: str) -> None:
        rooms = [each.key for each in self.lines.marked()] or [room.key]
        await self.operate(set_care, rooms, care)
        self.lines.marks_rooms.clear()
        await self.look()

    async def do_room_seen(self) -> None:
        """Ctrl+D: what housekeeping saw, in the room or the marked ones."""
        from tui.hotel.rooms.housekeeping import say_what_was_seen

        room = self._room()
        rooms = [each.key for each in self.lines.marked()] or [room.key]
        await say_what_was_seen(self.counter, room.number, rooms)
        self.lines.marks_rooms.clear()
        await self.look()

    async def do_room_note(self) -> None:
        """Ctrl+G: a message, a wake-up call or a task for who lives or comes there."""
        from tui.hotel.rooms.traces_listing import note_for

        if await note_for(self.counter, self._room()):
            await self.look()

    def do_room_mark(self) -> None:
        """Ctrl+T: mark the room; clean and dirty then mean all marked ones."""
        self.lines.mark_room()

    def do_floor_mark(self) -> None:
        """Ctrl+F: mark the whole floor."""
        self.lines.mark_floor()

    async def do_room_close(self) -> None:
        """F8: out of order, or given back."""
        from tui.hotel.stays.moving import close_or_reopen

        await close_or_reopen(self.counter, self._room())
        await self.look()

    async def on_scan(self, code: Code) -> None:
        """A paper whose number looks like another code: who arrives with it. A pay code has as many
        digits, and is none.
        """
        try:
            await self.in_books(_read_card, str(code))
        except IdNumberWrong:
            self.desk.alarm(NO_SCAN, code=str(code))
        else:
            await self._arrives(str(code))

    async def do_arrivals(self) -> None:
        """F9: who comes today; the chosen one is checked in."""
        await self._arrives()

    async def _arrives(self, paper: str = "") -> None:
        from tui.hotel.stays.reserving import choose_arrival

        await choose_arrival(self.counter, paper)
        await self.look()

    async def do_find_stay(self) -> None:
        """F7: any guest, by name, initials, phone or number."""
        from tui.hotel.stays.reserving import find_stay

        await find_stay(self.counter)
        await self.look()

    def can_step_back(self) -> bool:
        return bool(self.lines.marks_rooms)

    def step_back(self) -> None:
        """F12: the marks."""
        self.lines.marks_rooms.clear()
        self.lines.refresh()
        self.strip_changed()


def _read() -> tuple[Rack, list[Stay], list[Trace]]:
    """The rooms, who is expected, with a room or without, and what the desk must think of."""
    day = store_day()
    return read_rack(day), no_arrivals(day), due_traces(day, local_now())


def _card(room: RackRoom) -> RoomCard:
    return room_card(room, store_day())


async def open_rack(app: Any) -> None:
    """From the menu."""
    await app.go(RackScreen())


def _read_card(code: str) -> None:
    """Refuses: IdNumberWrong."""
    read_id_card(code, store_day())
