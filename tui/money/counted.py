"""The one panel at the close of a shift: what should be there, what is, the difference and why.

    reason = await reason_of(desk, Counted.of(shift, counts))      None: count again

Enter closes the shift. Digits do nothing here, and keep the Enter behind them from closing:
somebody is still counting.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import events
from textual.strip import Strip

from models.base.money import Money, currency
from models.base.texts import has_words
from models.ledger.daily.shifts import Shift, counts_of
from models.ledger.ways.foreign import last_count
from receipts.words import word
from tui.desk.safe import clean, fit
from tui.desk.words import said, t
from tui.widgets.panel import Ask, Panel, Words
from tui.widgets.rows import Rows

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp

REASONS = (
    word("Wrong change was given"),
    word("Paid in another way than it was rung"),
    word("Cash taken or put in without a slip"),
    word("A note that is not good"),
    word("Not found out"),
)
OTHER = word("Another reason ...")
LABEL_WIDTH, FIGURE_WIDTH = 16, 14


@dataclass(frozen=True, slots=True)
class Counted:
    """What a stored count tells; `times` is how often this drawer was counted."""

    expected: Money
    counted: Money
    # Above zero is over, below short.
    difference: Money
    times: int
    # Of other currencies: the code, what should be there, what is.
    foreign: tuple[tuple[str, Money, Money], ...] = ()

    @classmethod
    def of(cls, shift: Shift) -> Counted:
        """What the last count of a shift tells; reads the books."""
        assert shift.expected is not None and shift.counted is not None
        foreign = tuple(
            (row.code, Money(row.expected, currency(row.code)),
             Money(row.counted, currency(row.code)))
            for row in last_count(shift.key)
        )  # fmt: skip
        times = counts_of(shift.key)
        return cls(shift.expected, shift.counted, shift.difference, times, foreign)

    @property
    def is_off(self) -> bool:
        """Is anything over or short?"""
        return bool(self.difference) or any(due != there for _, due, there in self.foreign)


class Figures(Rows):
    """Due, counted and the difference, one below the other."""

    def __init__(self, told: Counted) -> None:
        super().__init__()
        self._told = told
        self.styles.height = 4 + len(told.foreign)

    def render_line(self, y: int) -> Strip:
        told = self._told
        off = told.difference
        tone = "warn" if off else "good"
        name = word("Short") if off.minor < 0 else word("Over") if off else word("Difference")
        rows = (
            (t("Should be there"), str(told.expected), "money", ""),
            (t("Counted"), str(told.counted), "money", self._times()),
            (t(name), str(abs(off)), tone, "" if told.is_off else t("The drawer is right.")),
            *(_foreign(*each) for each in told.foreign),
        )
        if y >= len(rows):
            return self.blank()
        label, figure, tone, note = rows[y]
        return self.strip_of(
            [
                (fit(label, LABEL_WIDTH), "muted"),
                (fit(figure, FIGURE_WIDTH, "right"), tone),
                (f"   {note}", "muted"),
            ]
        )

    def _times(self) -> str:
        return t("count {number}", number=self._told.times) if self._told.times > 1 else ""


def _foreign(code: str, due: Money, there: Money) -> tuple[str, str, str, str]:
    """A row of another currency: what is there, and what should be where that differs."""
    note = "" if due == there else t("should be {amount}", amount=due)
    return code, str(there), "warn" if note else "good", note


class Reasons(Rows):
    """What may have happened; none is chosen before the person does."""

    def __init__(self, texts: list[str], chosen: int | None) -> None:
        super().__init__()
        self.texts, self.chosen = texts, chosen
        self.styles.height = len(texts)

    def step(self, by: int) -> None:
        """The next one, or the one before."""
        last = len(self.texts) - 1
        at = (0 if by > 0 else last) if self.chosen is None else self.chosen + by
        self.chosen = max(0, min(at, last))
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.chosen = min(event.y, len(self.texts) - 1)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        if y >= len(self.texts):
            return self.blank()
        is_chosen = y == self.chosen
        text = f"{'▸' if is_chosen else ' '} {clean(self.texts[y])}"
        return self.strip_of([(fit(text, self.size.width), "cursor" if is_chosen else "")])


class CloseOrCount(Panel[str]):
    """Answers the reason ("" where nothing is missing), OTHER for one to be typed, None to count
    again. `own` is a reason that was typed.
    """

    needs_fresh_key = True
    width = 64

    def __init__(self, told: Counted, own: str = "") -> None:
        super().__init__(word("Close the shift?"))
        self._told, self._own = told, own
        self._is_typed_into = False
        self._reasons = Reasons(
            [*(t(each) for each in REASONS), own or t(OTHER)], len(REASONS) if own else None
        )

    def content(self) -> Iterable[Any]:
        yield Figures(self._told)
        if self._told.is_off:
            yield Words(said("Why? ↑↓ chooses what happened."), tone="muted")
            yield self._reasons

    def keys_shown(self) -> list[tuple[str, str]]:
        return [("Enter", word("Close the shift")), ("F12", word("Count again"))]

    def on_key(self, event: events.Key) -> None:
        if event.key in ("up", "down") and self._told.is_off:
            event.stop()
            self._reasons.step(1 if event.key == "down" else -1)
        elif event.key == "enter":
            event.stop()
            self._enter()
        elif event.is_printable:
            self._is_typed_into = True
            self.app.bell()

    def _enter(self) -> None:
        if self._is_typed_into or not self.desk.pressed_after_paint(self):
            self._is_typed_into = False
            self.app.bell()
        elif not self._told.is_off:
            self.answer("")
        elif self._reasons.chosen is None:
            self.desk.alarm(word("Choose why with ↑↓, or press F12 to count again."))
        elif self._reasons.chosen < len(REASONS):
            self.answer(self._reasons.texts[self._reasons.chosen])
        else:
            self.answer(self._own or OTHER)


async def reason_of(desk: DeskbellApp, told: Counted) -> str | None:
    """Ask whether to close, and why there is a difference; None: count again."""
    own = ""
    while (reason := await desk.ask(CloseOrCount(told, own))) == OTHER:
        typed = await desk.ask(Ask(word("Why is the drawer over or short?"), is_typed=True))
        if typed and has_words(typed):
            own = typed.strip()
        elif typed:
            desk.alarm(word("Say it in words: digits alone are no reason."))
    return reason
