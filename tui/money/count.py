"""Counting a drawer: pieces of each note and coin.

Opens a shift with its float, or closes it blind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from textual.containers import Horizontal

from models.base.coins import pieces_of
from models.base.fields import store_currency
from models.base.money import Money
from models.ledger import shifts
from models.ledger.shifts import CashCount, Shift
from models.trust import company
from receipts.words import word
from tui.desk.frame import FrameScreen
from tui.desk.words import t
from tui.shop.bill_texts import NotANumber
from tui.widgets.entry import Entry
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Ask, Message
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
        return Money(self.value.minor * (self.pieces or 0), self.value.currency)


COLUMNS = (
    Column(word("Note, coin"), 14, "right", read=lambda row: str(row.value)),
    Column(word("Pieces"), 10, "right", read=lambda row: "" if row.pieces is None else row.pieces),
    Column(word("Amount"), 14, "right", tone="money", read=lambda row: str(row.amount)),
)


def usual_float(register: int) -> dict[int, int]:
    """The counts with which this register's last shift began."""
    last = Shift.select().where(Shift.register == register).order_by(Shift.key.desc()).first()
    if last is None:
        return {}
    rows = CashCount.select().where(CashCount.shift == last.key, CashCount.is_opening)
    return {row.value.minor: row.pieces for row in rows}


class CountDrawer(FrameScreen):
    """The count itself; what is done with it is in the two screens below."""

    kind = "count"

    def __init__(self, pieces: dict[int, int] | None = None) -> None:
        super().__init__()
        money = store_currency()
        given = pieces or {}
        self.rows = [
            CountRow(Money(value, money), given.get(value) if pieces else None)
            for value in pieces_of(money)
        ]
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

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        event.stop()
        self._hint()

    def _show(self) -> None:
        self.lines.set_rows(list(self.rows))
        total = Money.total((row.amount for row in self.rows), store_currency())
        self.query_one(BigTotal).show(self.total_label, str(total))
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
        """{minor units: pieces}, as the operations take it."""
        return {row.value.minor: row.pieces for row in self.rows if row.pieces}

    def take_typed(self) -> None:
        """What was typed without its Enter counts too, before the count is done."""
        if text := self.entry.value:
            self.on_entry(text)
            self.entry.set_value("")

    def on_entry(self, text: str) -> None:
        """So many of the note under the cursor; on to the next one."""
        if not (text.isascii() and text.isdigit()) or len(text) > 6:
            raise NotANumber(typed=text)
        self._put(int(text))

    def do_next_note(self) -> None:
        """Enter alone: none of it, or as it is."""
        self._put(self.rows[self.lines.cursor].pieces or 0)

    def _put(self, pieces: int) -> None:
        place = self.lines.cursor
        self.rows[place] = CountRow(self.rows[place].value, pieces)
        self._show()
        self.lines.cursor = min(place + 1, len(self.rows) - 1)


class OpenShift(CountDrawer):
    """A shift begins with a float; the usual one stands there already."""

    title_msgid = word("Open the shift")
    total_label = word("Float")

    async def do_count_done(self) -> None:
        """F9 or +: open the shift with this float."""
        self.take_typed()
        await self.operate(shifts.open_shift, self.counts)
        self.counter.kick_drawer()
        await self._to_selling()

    async def _to_selling(self) -> None:
        from tui.money.opening import open_selling

        await open_selling(self.counter, instead=True)


class CloseShift(CountDrawer):
    """A blind count; only then what was expected is shown, and the shift is closed."""

    title_msgid = word("Close the shift")

    async def do_count_done(self) -> None:
        """F9 or +: the count is final; over or short asks for its reason, then the Z is printed."""
        self.take_typed()
        shift = await self.operate(shifts.count_drawer, self.counts)
        difference = shift.counted - shift.expected
        reason = ""
        if difference:
            reason = await self._reason(shift, difference)
            if not reason:
                self.desk.inform(word("Counted. Count again, or close the shift with F9."))
                return
        language = await self.in_books(company.slip_language.value)
        closed = await self.operate(shifts.close_shift, reason=reason, language=language)
        self.counter.wake_paper()
        await self._tell(closed, difference)

    async def _reason(self, shift: Shift, difference: Money) -> str:
        name = t("over") if difference.minor > 0 else t("short")
        while True:
            answer = await self.desk.ask(
                Ask(
                    word("Expected {expected}, counted {counted}: {amount} {what}. Why?"),
                    expected=shift.expected,
                    counted=shift.counted,
                    amount=abs(difference),
                    what=name,
                )
            )
            if answer is None or answer.strip():
                return answer or ""
            # A bare Enter must not look like a closed shift.
            self.desk.alarm(word("Write why, or press F12 to count again."))

    async def _tell(self, shift: Shift, difference: Money) -> None:
        from tui.money.shift_menu import z_label

        text = t(
            "Counted {counted}. Difference {amount}.", counted=shift.counted, amount=difference
        )
        self.leave()
        number = z_label(shift)
        await self.desk.ask(Message(word("Shift closed: {number}"), text, number=number))
        await self.counter.look_again()
        if changed := getattr(self.desk.top_screen, "user_changed", None):
            await changed()
