"""The rotation board (轮牌): who has the next turn in each grade, and who waits. One key seats the
next client.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.base import clock
from models.base.refusals import Refusal
from models.ledger.daily.days import store_day
from models.salon.appointments import ARRIVED, DONE, SERVING, Appointment
from models.salon.booking import Client, cancel_appointment
from models.salon.rotation import (
    BREAK,
    GONE,
    HERE,
    PRESENCE_WORDS,
    InRotation,
    clients_in_chair,
    pass_turn,
    set_presence,
)
from models.salon.visits import step_appointment
from models.salon.walk_ins import WaitingClient, add_walk_in, read_rotation, waiting, wishes_from
from receipts.words import word
from tui.desk.frame import FrameScreen
from tui.desk.safe import clean
from tui.desk.words import said, t
from tui.salon.to_ticket import to_ticket
from tui.widgets.edit import EditLine
from tui.widgets.entry import PlaceEntry
from tui.widgets.line_list import Column, LineList
from tui.widgets.rows import Piece
from tui.widgets.told import ToldRows

LOOK_AGAIN_S = 20.0
MOST_WAITING = 4
_TONES = {HERE: "good", BREAK: "warn", GONE: "faint"}


class NobodyWaits(Refusal):
    """Nobody waits for a place, or not so many."""


class NotServing(Refusal):
    """Who is under the cursor has no client in the chair."""


class StylistMissing(Refusal):
    """Nobody who serves has the number that was typed."""


def _standing(row: InRotation) -> tuple[str, str]:
    if row.client:
        return t("with {name}", name=clean(row.client)), "badge"
    standing = t(PRESENCE_WORDS[row.state])
    if row.ahead and row.state != GONE:
        standing = t("{standing}, booked at {at}", standing=standing, at=row.ahead)
    return standing, _TONES[row.state]


COLUMNS = (
    Column(word("No."), 4, "right", tone="strong", read=lambda row: row.number),
    Column(word("Name"), 12, read=lambda row: clean(row.name)),
    Column(word("Grade"), 8, tone="muted", read=lambda row: clean(row.grade)),
    Column(word("Standing"), 0, read=_standing),
    Column(word("Turns"), 6, "right", read=lambda row: row.turns),
    Column(word("Requested"), 9, "right", read=lambda row: row.asked),
    Column(word("Came at"), 7, read=lambda row: row.came),
)  # fmt: skip


class RotationScreen(FrameScreen):
    """See the docstring of this file."""

    kind = "rotation"
    right = "keep appointments"
    title_msgid = word("Rotation")

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[WaitingClient] = []
        self.lines = self.roll = LineList(
            COLUMNS, can_focus=False,
            empty=word("Nobody serves yet: they are made in the menu, Stylists."),
        )  # fmt: skip

    def body(self) -> Iterable[Any]:
        yield ToldRows(self.waiting_rows, id="rotation-waiting")
        yield self.lines
        yield PlaceEntry()

    async def on_mount(self) -> None:
        self.entry.focus()
        self.words_changed()
        await self.look()
        self.set_interval(LOOK_AGAIN_S, self._look_again)

    def came_back(self) -> None:
        self.desk.jobs.start(self.look)

    async def user_changed(self) -> None:
        """The next user sees it anew."""
        await self.look()

    async def _look_again(self) -> None:
        if self.desk.top_screen is self:
            await self.look()

    def words_changed(self) -> None:
        """The hint is drawn text: say it again."""
        self.entry.hint(t("Number of a person"))

    async def look(self) -> None:
        """Read it again; the cursor stays on its person."""
        chosen = self.lines.chosen
        rows, self.waiting = await self.in_books(_read)
        at = next((n for n, row in enumerate(rows) if chosen and row.stylist == chosen.stylist), 0)
        self.lines.set_rows(rows, cursor=at)
        self.query_one(ToldRows).refresh()
        self.strip_changed()

    def waiting_rows(self) -> list[list[Piece]]:
        """Who waits, with what for, and how long."""
        if not self.waiting:
            return [[(f" {t('Nobody waits.')}", "muted")]]
        rows: list[list[Piece]] = []
        for place, one in enumerate(self.waiting[:MOST_WAITING], 1):
            about = f"{' '.join(map(clean, one.services))}  {clean(one.asked)}"
            rows.append([
                (f" {place} ", "muted"), (f"{clean(one.name)}  ", "strong"), (about, ""),
                (f"  {one.since}", "warn"),
            ])  # fmt: skip
        more = len(self.waiting) - MOST_WAITING
        if more > 0:
            rows[-1].append((f"  {t('{count} more wait', count=more)}", "muted"))
        return rows

    def line_changed(self, event: EditLine.Changed) -> None:
        """A number goes to the person who has it."""
        event.stop()
        if isinstance(event.line, PlaceEntry) and not event.line.is_asking and event.value:
            self._go_to(event.value.strip())

    def _go_to(self, typed: str) -> bool:
        numbers = [str(row.number) for row in self.lines.row_values]
        if typed in numbers:
            self.lines.move_to(numbers.index(typed))
        return typed in numbers

    def _person(self) -> InRotation:
        """Who was typed, or is under the cursor. Refuses: StylistMissing."""
        typed = self.entry.value.strip()
        if (typed and not self._go_to(typed)) or self.lines.chosen is None:
            self.entry.set_value(typed, is_fresh=True)
            raise StylistMissing(number=typed)
        self.entry.set_value("")
        row: InRotation = self.lines.chosen
        return row

    # Keys.

    async def do_seat_next(self) -> None:
        """`+`: who has waited longest sits down with whoever has the turn. Refuses: NobodyWaits and
        what starting refuses.
        """
        typed = self.entry.value.strip()
        place = int(typed) if typed.isdecimal() else 1
        self.entry.set_value("")
        if not 0 < place <= len(self.waiting):
            raise NobodyWaits()
        one = self.waiting[place - 1]
        await self.operate(step_appointment, one.appointment, version=one.version, state=SERVING)
        who = await self.in_books(_hands_of, one.appointment)
        self.desk.inform(word("{name}: with {who}"), name=one.name, who=who)
        await self.look()

    async def do_walk_in(self) -> None:
        """F2: somebody walks in: what for, until it can be read, then the name."""
        asked = await self._asked_for()
        if not asked:
            return
        name = await self.question(said("Name of the client"), proposal=t("Passer-by"))
        if name is None:
            return
        await self.operate(add_walk_in, Client(name.strip() or t("Passer-by")), asked)
        await self.look()

    async def _asked_for(self) -> str:
        typed: str | None = ""
        while True:
            prompt = said("Codes of services; 8* asks for 8, or a grade")
            typed = await self.question(prompt, proposal=typed or "")
            if not typed or not typed.strip():
                return ""
            try:
                await self.in_books(wishes_from, typed)
            except Refusal as refusal:
                self.desk.tell(refusal)
            else:
                return typed

    async def do_come_in(self) -> None:
        """F4: comes to work, or is back from the break."""
        await self._set(HERE)

    async def do_take_break(self) -> None:
        """F5: a break, or back from it."""
        row = self._person()
        await self._set(HERE if row.state == BREAK else BREAK)

    async def do_go_home(self) -> None:
        """F6: goes home."""
        await self._set(GONE)

    async def _set(self, state: str) -> None:
        row = self._person()
        await self.operate(set_presence, row.stylist, state)
        self.desk.inform(word("{name}: {state}"), name=row.name, state=t(PRESENCE_WORDS[state]))
        await self.look()

    async def do_pass_turn(self) -> None:
        """F8: to the end without a turn, with the reason."""
        row = self._person()
        reason = await self.question(said("Why does {name} pass?", name=row.name))
        if reason and reason.strip():
            await self.operate(pass_turn, row.stylist, reason=reason)
            await self.look()

    async def do_finish_here(self) -> None:
        """F9: the client of this person is finished. Refuses: NotServing."""
        await self._step(DONE)

    async def do_undo_start(self) -> None:
        """`-`: the start was one too many; place and turn come back. Refuses: NotServing."""
        await self._step(ARRIVED)

    async def _client(self) -> Appointment:
        """Who sits with the person under the cursor. Refuses: NotServing."""
        row = self._person()
        found: Appointment | None = await self.in_books(_in_chair, row.stylist)
        if found is None:
            raise NotServing(name=row.name)
        return found

    async def _step(self, state: str) -> None:
        found = await self._client()
        await self.operate(step_appointment, found.key, version=found.version, state=state)
        await self.look()

    async def do_ticket_here(self) -> None:
        """`/`: the client of this person to the till. Refuses: NotServing and what
        `ring_appointment` refuses.
        """
        await to_ticket(self.desk, await self._client())

    async def do_client_leaves(self) -> None:
        """Delete: who has waited longest leaves, or the one of the number that was typed. Refuses:
        NobodyWaits.
        """
        typed = self.entry.value.strip()
        place = int(typed) if typed.isdecimal() else 1
        self.entry.set_value("")
        if not 0 < place <= len(self.waiting):
            raise NobodyWaits()
        one = self.waiting[place - 1]
        reason = await self.question(said("Why does {name} leave?", name=one.name))
        if reason and reason.strip():
            await self.operate(
                cancel_appointment, one.appointment, version=one.version, reason=reason
            )
            await self.look()


def _read() -> tuple[list[InRotation], list[WaitingClient]]:
    day = store_day()
    return read_rotation(day, clock.now()), waiting(day)


def _in_chair(stylist: int) -> Appointment | None:
    return clients_in_chair(clock.now()).get(stylist)


def _hands_of(appointment: int) -> str:
    from models.salon.appointments import lines_of

    names = [line.stylist.name for line in lines_of(appointment) if line.stylist]
    return " ".join(dict.fromkeys(names))


async def open_rotation(app: Any) -> None:
    """From the menu."""
    await app.go(RotationScreen())
