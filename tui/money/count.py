"""Counting a drawer: pieces of each note and coin.

Opens a shift with its float, or closes it blind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from models.base.coins import notes_and_coins, worth
from models.base.fields import store_currency
from models.base.money import Money
from models.ledger.cheques import counts_cheques
from models.ledger.daily import shift_life
from models.ledger.daily.floats import usual_if_far
from models.ledger.daily.shift_life import WorkUnfinished
from models.ledger.daily.shifts import COUNTED, Shift, current_shift
from models.ledger.kinds import z_label
from models.trust import company
from receipts.words import word
from tui.desk.frame import FrameScreen
from tui.desk.gate.numbers import money_of, pieces_of
from tui.desk.words import said, t
from tui.money.counted import Counted, reason_of
from tui.money.foreign_cash import count_foreign
from tui.widgets.boxes import Horizontal
from tui.widgets.entry import Entry
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Confirm, Panel
from tui.widgets.total import BigTotal

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp


@dataclass(frozen=True, slots=True)
class CountRow:
    """One note or coin and how many there are; None is not counted yet."""

    value: Money
    pieces: int | None

    @property
    def amount(self) -> Money:
        """What they come to."""
        return worth({self.value.minor: self.pieces or 0}, self.value.currency)


COLUMNS = (
    Column(word("Note, coin"), 14, "right", read=lambda row: str(row.value)),
    Column(word("Pieces"), 10, "right", read=lambda row: "" if row.pieces is None else row.pieces),
    Column(word("Amount"), 14, "right", tone="money", read=lambda row: str(row.amount)),
)


class CountDrawer(FrameScreen):
    """The count itself; what is done with it is in the two screens below."""

    kind = "count"

    def __init__(self, pieces: dict[int, int] | None = None) -> None:
        super().__init__()
        money = store_currency()
        given = pieces or {}
        self.rows = [
            CountRow(Money(value, money), given.get(value) if pieces else None)
            for value in notes_and_coins(store_currency())
        ]
        # What was entered, newest last: the place, and what stood there before.
        self.entered: list[tuple[int, CountRow]] = []
        self.lines = self.roll = LineList(COLUMNS, self.rows, can_focus=False)

    @property
    def counter(self) -> CounterApp:
        """The app, with its type."""
        return cast("CounterApp", self.app)

    def body(self) -> Iterable[Any]:
        yield self.lines
        with Horizontal(id="sale-band"):
            yield BigTotal(id="count-total")
        yield Entry()

    def on_mount(self) -> None:
        self.entry.focus()
        self._show()
        self.begin()

    def begin(self) -> None:
        """What else is done when the count opens."""

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        event.stop()
        self._hint()

    def _show(self) -> None:
        self.lines.set_rows(list(self.rows))
        self.query_one(BigTotal).show(self.total_label, str(self._total))
        self._hint()

    total_label = word("Counted")

    def words_changed(self) -> None:
        """The hint is drawn text: say it again."""
        self._hint()

    def _hint(self) -> None:
        row = self.lines.chosen
        if row is not None:
            self.entry.hint(t("Pieces of {value}, then Enter; F9 when done", value=row.value))

    @property
    def counts(self) -> dict[int, int]:
        """{minor units: pieces} of what was counted, as the operations take it."""
        return {row.value.minor: row.pieces for row in self.rows if row.pieces is not None}

    @property
    def _total(self) -> Money:
        return worth(self.counts, store_currency())

    def take_typed(self) -> None:
        """What was typed without its Enter counts too, before the count is done."""
        if text := self.entry.value:
            self.on_entry(text)
            self.entry.set_value("")

    def on_entry(self, text: str) -> None:
        """So many of the note under the cursor; on to the next one."""
        self._put(pieces_of(text))

    def do_next_note(self) -> None:
        """Enter alone: none of it, or as it is."""
        self._put(self.rows[self.lines.cursor].pieces or 0)

    def _put(self, pieces: int) -> None:
        place = self.lines.cursor
        row = self.rows[place]
        self.entered.append((place, row))
        self.rows[place] = CountRow(row.value, pieces)
        self._show()
        self.lines.cursor = min(place + 1, len(self.rows) - 1)

    def can_step_back(self) -> bool:
        return bool(self.entered)

    def step_back(self) -> None:
        """F12: takes back what was entered last."""
        place, row = self.entered.pop()
        self.rows[place] = row
        self._show()
        self.lines.cursor = place
        self.strip_changed()


class OpenShift(CountDrawer):
    """A shift begins with a float; the usual one stands there already."""

    title_msgid = word("Open the shift")
    right = "open shift"
    total_label = word("Float")

    def __init__(
        self,
        pieces: dict[int, int] | None = None,
        *,
        then: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """`then` goes on when the shift is open; without it the screen below is there again."""
        super().__init__(pieces)
        self._then = then

    async def do_count_done(self) -> None:
        """F9 or +: open the shift with this float; one far from the usual is asked once."""
        self.take_typed()
        if not await self._is_meant():
            return
        await self.operate(shift_life.open_shift, self.counts)
        self.counter.kick_drawer()
        if self._then is None:
            self.leave()
        else:
            await self._then()

    async def _is_meant(self) -> bool:
        usual = await self.in_books(usual_if_far, self.counter.register, self.counts)
        if usual is None:
            return True
        question: Panel[bool] = Confirm(
            word("A float of {amount}?"),
            said("The last shift at this till began with {usual}.", usual=usual),
            yes=word("Open the shift"),
            is_grave=True,
            amount=self._total,
        )
        sure: bool | None = await self.desk.ask(question)
        return bool(sure)


def _takes_cheques(register: int) -> bool:
    shift = current_shift(register)
    return shift is not None and counts_cheques(shift.key)


def _cheques(text: str) -> list[Money]:
    """Amounts with blanks between them; nothings are none. Refuses: NotANumber."""
    return [amount for each in text.split() if (amount := money_of(each)).minor]


class CloseShift(CountDrawer):
    """A blind count; only then what was expected is shown, and the shift is closed."""

    title_msgid = word("Close the shift")
    right = "close shift"
    # An open bill stays for the next shift: it was asked about.
    _leaves_work = False
    _cheques: Sequence[Money] = ()

    def begin(self) -> None:
        self.desk.jobs.start(self._go_on)

    async def _go_on(self) -> None:
        """A drawer that was counted before goes on where it was: to close it, or count again.
        Refuses: PaymentsOpen.
        """
        shift = await self.in_books(current_shift, self.counter.register)
        if shift is not None and shift.state == COUNTED:
            await self._close(shift)
        else:
            # Told now, and not when everything is counted.
            await self.in_books(shift_life.require_no_open_payments, self.counter.register)

    async def do_count_done(self) -> None:
        """F9 or +: the count is stored; then it is told what should be there."""
        self.take_typed()
        foreign = await count_foreign(self.counter)
        if foreign is None or not await self._count_cheques():
            return
        try:
            shift = await self._count(foreign)
        except WorkUnfinished as unfinished:
            self._leaves_work = await self._asks_to_leave(unfinished)
            if not self._leaves_work:
                return
            shift = await self._count(foreign)
        await self._close(shift)

    async def _count(self, foreign: Mapping[str, int]) -> Shift:
        counts = Counter(self.counts)
        counts.update(cheque.minor for cheque in self._cheques)
        return await self.operate(
            shift_life.count_drawer, dict(counts), foreign=foreign, leaves_work=self._leaves_work
        )

    async def _count_cheques(self) -> bool:
        """Each cheque in the drawer, blind; False when somebody went back."""
        if not await self.in_books(_takes_cheques, self.counter.register):
            return True
        typed = await self.question(
            said("Cheques in the drawer: each amount, blanks between; 0: none"), reads=_cheques
        )
        if typed is None:
            return False
        self._cheques = _cheques(typed)
        return True

    async def _asks_to_leave(self, unfinished: WorkUnfinished) -> bool:
        """An open bill: whether it is left to the next shift. Asked once."""
        question: Panel[bool] = Confirm(
            word("An unfinished bill is open (lines: {lines}). Close the shift all the same?"),
            said("It stays at this till for whoever opens the next shift."),
            yes=word("Leave the bill"),
            is_grave=True,
            **unfinished.fields,
        )
        sure: bool | None = await self.desk.ask(question)
        return bool(sure)

    async def _close(self, shift: Shift) -> None:
        """What should be there, what is, and why not; then the Z is printed."""
        told = await self.in_books(Counted.of, shift)
        reason = await reason_of(self.desk, told)
        if reason is None:
            self.lines.cursor = 0
            self._hint()
            return
        language = await self.in_books(company.slip_language.value)
        closed = await self.operate(shift_life.close_shift, reason=reason, language=language)
        self.counter.wake_paper()
        await self._tell(closed)

    async def _tell(self, shift: Shift) -> None:
        self.leave()
        await self.counter.look_again()
        if changed := getattr(self.desk.top_screen, "user_changed", None):
            await changed()
        number = z_label(shift.register, shift.number)
        self.desk.inform(word("Shift closed: {number}"), number=number)
