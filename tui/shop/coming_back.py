"""What comes back of a sale, and why: the panels of a return and of a sale that is undone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from models.base.quantity import Quantity
from models.shop.return_lines import SoldLine, meant_by, require_left
from models.shop.return_reasons import OTHER, Reason
from receipts.words import word
from tui.desk.gate.numbers import Scanned, quantity_of
from tui.desk.gate.scan import Code
from tui.desk.words import Spoken, said, t
from tui.widgets.edit import EditLine
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import PICK_ROWS, Panel, Words

ONE, NONE = Quantity.of(1), Quantity(0)
BILL_OPEN = word(
    "There are goods on the bill: put it aside first (F12, F5), then the sale can be undone."
)
NONE_CHOSEN = word("Nothing is chosen yet: scan the goods, or + for one, * for all.")
ALL_BACK = word("All goods of this bill are back already.")
NOT_SOLD = word("{code} was not sold on this bill, or is back already.")


@dataclass(slots=True)
class Chosen:
    """What is chosen to come back, by line; or the whole sale is undone."""

    label: str
    lines: Sequence[SoldLine]
    quantities: dict[int, Quantity] = field(default_factory=dict)
    is_void: bool = False
    # When it was sold, by whom and for how much, as on the paper: one of another store differs.
    sold: Spoken | None = None

    def take(self, sold: SoldLine, quantity: Quantity) -> None:
        """So much of a line; nothing takes it out again. Refuses: ReturnTooMuch."""
        if quantity:
            require_left(sold, quantity)
        self.quantities.pop(sold.line.line, None)
        if quantity:
            self.quantities[sold.line.line] = quantity

    def so_far(self, sold: SoldLine) -> Quantity:
        return self.quantities.get(sold.line.line, NONE)

    @property
    def rows(self) -> list[tuple[SoldLine, Quantity]]:
        """Each line with how much of it is chosen."""
        return [(sold, self.so_far(sold)) for sold in self.lines]


def _marked(quantity: Quantity) -> tuple[str, str]:
    return (str(quantity), "warn") if quantity else ("", "")


class ComingBack(Panel[Chosen]):
    """The lines of the sale: a scan, + or a quantity and Enter say how much of one comes back."""

    takes_scans = True
    width = 76

    def __init__(
        self, chosen: Chosen, keep: Callable[[], Awaitable[None]], *, is_exchange: bool = False
    ) -> None:
        """`is_exchange`: there are goods on the bill, which the sale cannot be undone over."""
        super().__init__(word("What comes back of {bill}?"), bill=chosen.label)
        self._is_exchange = is_exchange
        # What is chosen is stored at once, as a line of a bill is.
        self._chosen, self._keep = chosen, keep
        columns = (
            Column(word("Item"), 0, is_name=True, read=lambda row: row[0].line.name),
            Column(word("Sold"), 8, "right", read=lambda row: str(row[0].line.quantity)),
            # The amount is of what was sold, not of what is left of it.
            Column(word("Amount"), 10, "right", tone="money", read=lambda row: str(row[0].paid)),
            Column(word("Can return"), 10, "right", read=lambda row: str(row[0].left)),
            Column(word("Returns"), 8, "right", read=lambda row: _marked(row[1])),
        )
        self.list = LineList(columns, chosen.rows, can_focus=False)
        # What was sold when stands above it, and what is refused.
        self.list.styles.height = min(PICK_ROWS - 1, len(chosen.lines)) + 1
        self._line = EditLine(limit=20)

    @property
    def _under(self) -> SoldLine | None:
        """The line under the cursor. Refuses: NothingChosen, after a code that was not sold."""
        row = self.list.meant
        return row[0] if row else None

    def content(self) -> Iterable[Any]:
        if self._chosen.sold is not None:
            yield Words(self._chosen.sold, tone="muted")
        yield self._line
        yield self.list
        yield Words(said("Scan the goods, or type how many and Enter. Enter alone goes on."))

    def keys_shown(self) -> list[tuple[str, str]]:
        undo = [] if self._is_exchange else [("Delete", word("Undo the sale"))]
        return [
            ("Enter", word("Go on")), ("+", word("One")), ("*", word("All")), *undo,
            ("F12", word("Back")),
        ]  # fmt: skip

    def on_mount(self) -> None:
        self._line.focus()

    def on_key(self, event: Any) -> None:
        if event.key == "delete" and not self._line.value:
            event.stop()
            if self._is_exchange:
                self.desk.alarm(BILL_OPEN)
                return
            self._chosen.is_void = True
            self.answer(self._chosen)
        elif self.list.take_key(event):
            event.stop()

    def on_edit_line_changed(self, event: EditLine.Changed) -> None:
        """+ and * are no part of a quantity."""
        event.stop()
        sign = event.value[-1:]
        if sign in ("+", "*") and event.line is self._line:
            self._line.set_value(event.value[:-1])
            self.desk.jobs.start(self._one_more if sign == "+" else self._take_all)

    async def _one_more(self) -> None:
        if (sold := self._under) is not None:
            await self._take(sold, self._chosen.so_far(sold) + ONE)

    async def _take_all(self) -> None:
        for sold in self._chosen.lines:
            if sold.left:
                self._chosen.take(sold, sold.left)
        await self._keep()
        self.list.set_rows(self._chosen.rows)

    async def on_scan(self, code: Code) -> None:
        """The goods themselves, or their label: one of the line that sold them."""
        fitting = await self.desk.in_books(meant_by, self._chosen.lines, code.aim + code)
        free = [sold for sold in fitting if self._chosen.so_far(sold) < sold.left]
        if not free:
            self.list.lose()
            self.desk.alarm(NOT_SOLD, code=code)
            return
        sold = free[0]
        one = sold.left if sold.line.is_weighed else self._chosen.so_far(sold) + ONE
        await self._take(sold, one)
        self.list.set_rows(self._chosen.rows, cursor=list(self._chosen.lines).index(sold))

    def on_edit_line_submitted(self, event: EditLine.Submitted) -> None:
        event.stop()
        if event.value:
            self.desk.jobs.start(self._typed, event.value)
        elif self._chosen.quantities:
            self.answer(self._chosen)
        else:
            is_left = any(sold.left for sold in self._chosen.lines)
            self.desk.alarm(NONE_CHOSEN if is_left else ALL_BACK)

    async def _typed(self, text: str) -> None:
        # What is refused does not stay either: the next scan would stand behind it.
        self._line.set_value("")
        if isinstance(text, Scanned) and text == text.run:
            await self.on_scan(Code(text))
            return
        quantity = quantity_of(text)
        if (sold := self._under) is not None:
            await self._take(sold, quantity)

    async def _take(self, sold: SoldLine, quantity: Quantity) -> None:
        """Refuses: ReturnTooMuch."""
        self._chosen.take(sold, quantity)
        await self._keep()
        self.list.set_rows(self._chosen.rows)


@dataclass(frozen=True, slots=True)
class Answer:
    """The reason, with words where it is another one; scrapped goods are not sold again."""

    code: str
    note: str
    is_scrapped: bool
    # The money stays here, as store credit.
    is_credit: bool = False


class AskReason(Panel[Answer]):
    """Why: the digit of a reason does it, so only one that was pressed after it was painted."""

    needs_fresh_key: ClassVar[bool] = True
    width = 66

    def __init__(
        self, title: str, reasons: Sequence[Reason], *, text: str = "", credit: str = "",
        **fields: Any,
    ) -> None:  # fmt: skip
        """`text` says how the money goes back; `credit` how it would as store credit, empty where
        there is none.
        """
        super().__init__(title, **fields)
        self._texts, self._reasons = [text, credit], reasons
        self._is_turned = self._is_credit = False
        self._told_ways = Words(text, tone="strong")
        # A sale that is undone says nothing of its goods: they were never gone.
        self._has_place = any(reason.is_scrapped for reason in reasons)
        columns = [
            Column("#", 3, "right", tone="key", read=lambda row: str(row[0])),
            Column(word("Reason"), 0, read=lambda row: t(row[1].title)),
        ]
        if self._has_place:
            columns.append(Column(word("Goes"), 16, read=lambda row: _place(row[2])))
        self.list = LineList(columns, self._rows(), can_focus=False)
        self.list.styles.height = len(reasons) + 1
        self._asked = Words(said("In words, and Enter:"), tone="muted")
        self._line = EditLine(limit=60)
        self._is_told = False

    def _rows(self) -> list[tuple[int, Reason, bool]]:
        return [(n, each, self._is_scrapped(each)) for n, each in enumerate(self._reasons, 1)]

    def _is_scrapped(self, row: Reason) -> bool:
        return self._has_place and row.is_scrapped is not self._is_turned

    def content(self) -> Iterable[Any]:
        if self._texts[0]:
            yield self._told_ways
        yield self.list
        yield self._asked
        yield self._line

    def keys_shown(self) -> list[tuple[str, str]]:
        if self._is_told:
            return [("Enter", word("Do it")), ("F12", word("Back"))]
        turn = [("*", word("Stock or scrap"))] if self._has_place else []
        if self._texts[1]:
            turn.append(("/", word("As it was paid") if self._is_credit else word("Store credit")))
        return [
            (f"1-{len(self._reasons)}", word("Do it")), ("Enter", word("Do it")), *turn,
            ("F12", word("Back")),
        ]  # fmt: skip

    def on_mount(self) -> None:
        # Enter after a scan that was refused, or out of habit, is no reason.
        self.list.lose()
        self._tell(is_told=False)

    def _tell(self, *, is_told: bool) -> None:
        """Ask for the reason in words, or no more."""
        self._is_told = is_told
        for part in (self._asked, self._line):
            part.styles.display = "block" if is_told else "none"
        self._line.can_focus = is_told
        self.set_focus(self._line if is_told else None)
        self.notices_changed()

    def do_cancel(self) -> None:
        """One step back: from the words to the reasons, from those out."""
        if self._is_told:
            self._line.set_value("")
            self._tell(is_told=False)
        else:
            super().do_cancel()

    def on_key(self, event: Any) -> None:
        if self._is_told:
            return
        digit = event.character or ""
        if event.key == "enter":
            event.stop()
            if (row := self.list.chosen) is None:
                self.desk.alarm(word("Choose a reason: its digit, or an arrow and Enter."))
            else:
                self._choose(row[1])
        elif digit.isascii() and digit.isdigit() and 0 < int(digit) <= len(self._reasons):
            event.stop()
            self._choose(self._reasons[int(digit) - 1])
        elif digit == "*" and self._has_place:
            event.stop()
            self._is_turned = not self._is_turned
            self.list.set_rows(self._rows())
        elif digit == "/" and self._texts[1]:
            event.stop()
            self._is_credit = not self._is_credit
            self._told_ways.say(self._texts[self._is_credit])
            self.notices_changed()
        elif self.list.take_key(event):
            event.stop()

    def _choose(self, reason: Reason | None) -> None:
        if reason is None or not self.desk.pressed_after_paint(self):
            self.app.bell()
        elif reason.code == OTHER:
            self.list.set_rows(self._rows(), cursor=len(self._reasons) - 1)
            self._tell(is_told=True)
        else:
            self.answer(Answer(reason.code, "", self._is_scrapped(reason), self._is_credit))

    def on_edit_line_submitted(self, event: EditLine.Submitted) -> None:
        event.stop()
        if event.value.strip():
            other = next(reason for reason in self._reasons if reason.code == OTHER)
            self.answer(Answer(OTHER, event.value, self._is_scrapped(other), self._is_credit))
        else:
            self.app.bell()


def _place(is_scrapped: bool) -> tuple[str, str]:
    return (t("to scrap"), "warn") if is_scrapped else (t("to stock"), "")
