"""Whose points pay: those of the member on the bill, without a question; and points by hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from models.ledger.daily.days import store_day
from models.ledger.ways.tenders import Tender
from models.members.points_lots import (
    PointsWrong,
    change_points,
    points_code,
    points_of,
    require_points,
    worth_of_points,
)
from models.people.merging import root_of
from receipts.words import word
from tui.desk.in_turn import in_turn
from tui.records.picker import Picker
from tui.widgets.panel import Ask, Panel

if TYPE_CHECKING:
    from tui.desk.frame import FrameScreen


async def ask_points(screen: FrameScreen, tender: Tender, *, is_out: bool) -> str | None:
    """What stands for the points that pay, or come back."""
    from tui.people.people_listing import LISTING

    payable = getattr(screen, "payable", None)
    person = payable.customer if payable else None
    if person is None:
        chosen = await screen.desk.ask(Picker(LISTING))
        if chosen is None:
            return None
        person = chosen.key
    return await screen.in_books(points_code, person)


async def change_by_hand(app: Any) -> None:
    """From the menu: give somebody points, or take some, and say why."""
    given = await in_turn(app, partial(_question, app))
    if given is None:
        return
    person, points = given[0], _whole(given[1])
    await app.operate(change_points, person.key, points, reason=str(given[2]))
    left = await app.in_books(_left, person.key)
    app.inform(
        word("{name}: {points} points, worth {worth}."), name=person.text, points=left[0],
        worth=left[1],
    )  # fmt: skip


def _left(person: int) -> tuple[int, Any]:
    points = points_of(person, store_day())
    return points, worth_of_points(points)


def _may_be(person: int, points: int) -> None:
    require_points(root_of(person), points, store_day())


def _whole(typed: str) -> int:
    """Refuses: PointsWrong."""
    plain = typed.strip()
    if not plain.removeprefix("-").removeprefix("+").isdecimal():
        raise PointsWrong(points=typed, most=1_000_000)
    return int(plain)


async def _question(app: Any, given: Sequence[Any], was: Any) -> Panel[Any] | None:
    """Whose, how many, and why. Refuses: PointsWrong, PointsTooFew, before anybody says why."""
    from tui.people.people_listing import LISTING

    if not given:
        return Picker(LISTING)
    if len(given) == 1:
        there = await app.in_books(_left, given[0].key)
        title = word("There are {points}. How many come? -100 takes some off")
        return Ask(title, value=was or "", points=there[0])
    if len(given) == 2:
        await app.in_books(_may_be, given[0].key, _whole(given[1]))
    if len(given) > 2:
        return None
    return Ask(word("Why? It stands in the log."), value=was or "", is_typed=True)
