"""Cash into the drawer, out of it, or to the safe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from models.ledger.daily import drawer
from models.trust import company
from receipts.words import word
from tui.desk.gate.numbers import money_of
from tui.desk.in_turn import in_turn
from tui.desk.words import t
from tui.widgets.line_list import Column
from tui.widgets.panel import Ask, Panel, Pick

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp
    from tui.desk.frame import FrameScreen

MOVE = "move cash"
CHOICES: tuple[tuple[int, str, str, Any, str], ...] = (
    (1, word("Cash in"), word("Reason"), drawer.pay_in, "reason"),
    (2, word("Cash out"), word("Reason"), drawer.pay_out, "reason"),
    (3, word("Drop to the safe"), word("Number of the bag"), drawer.drop_to_safe, "bag"),
)
COLUMNS = (
    Column("#", 3, "right", tone="muted", read=lambda row: row[0]),
    Column(word("What"), 0, read=lambda row: t(row[1])),
)


def _question(given: Sequence[Any], was: Any) -> Panel[Any] | None:
    """What is moved, how much, and why or in which bag.

    Refuses: NotANumber, NumberScanned.
    """
    if not given:
        return Pick(word("Cash: in, out, or to the safe?"), COLUMNS, CHOICES)
    _, name, asked, *_ = given[0]
    if len(given) == 1:
        return Ask(word("{what}: how much?"), value=was or "", what=t(name))
    money_of(given[1])
    # The number of a bag may be scanned off it.
    is_typed = given[0][-1] != "bag"
    return Ask(asked, value=was or "", is_typed=is_typed) if len(given) == 2 else None


async def move_cash(screen: FrameScreen) -> None:
    """Ask what, how much and why; then do it and print its slip. What is refused, or approved by
    nobody, stands in its question again.
    """
    desk: Any = screen.desk

    async def asks(given: Sequence[Any], was: Any) -> Panel[Any] | None:
        if (panel := _question(given, was)) is None:
            await _move(screen, *given)
        return panel

    given = await in_turn(desk, asks)
    if given is None:
        return
    (_, name, *_), typed, _ = given
    desk.wake_paper()
    desk.kick_drawer()
    desk.inform(word("Done: {what} {amount}"), what=t(name), amount=money_of(typed))


async def _move(screen: FrameScreen, choice: Sequence[Any], typed: str, why: str) -> None:
    """Refuses: what the operation refuses."""
    *_, operation, field = choice
    amount = money_of(typed)
    language = await screen.in_books(company.slip_language.value)
    # Whoever approves it reads how much and what for, or in which bag.
    asked = {"amount": amount, field: why}
    approval = await screen.operate(operation.approved, (MOVE, amount.minor), **asked)
    await screen.operate(operation, amount, language=language, **{field: why}, **approval)


async def move_cash_from_menu(app: CounterApp) -> None:
    """The same from the menu."""
    screen: Any = app.top_screen
    await move_cash(screen)


async def open_the_drawer(app: CounterApp) -> None:
    """Open the drawer without a sale, with the reason, which stands there again when nobody
    approved.
    """

    async def asks(given: Sequence[Any], was: Any) -> Panel[Any] | None:
        if not given:
            return Ask(word("Why is the drawer opened?"), value=was or "", is_typed=True)
        await app.operate(drawer.open_drawer, reason=given[0])
        return None

    if (given := await in_turn(app, asks)) is not None:
        app.kick_drawer()
        app.inform(word("The drawer is opened: {reason}"), reason=given[0])
