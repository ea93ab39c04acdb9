"""The commission of a month on paper: whose, and which month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from models.base.database import store_number
from models.base.texts import narrow
from models.reports.salon.month_slip import MonthWrong, print_month, whose_months
from models.salon.stylists import Stylist
from models.trust.operation import open_day
from receipts.words import word
from tui.desk.in_turn import in_turn
from tui.widgets.line_list import Column
from tui.widgets.panel import Ask, Message, Panel, Pick

_COLUMNS = (
    Column(word("No."), 5, "right", read=lambda one: str(one.number)),
    Column(word("Name"), 0, read=lambda one: one.name),
)


async def print_one(app: Any) -> None:
    """From the menu. Who sees only his own is not asked whose."""
    people = await app.in_books(_people, app.session)
    if not people:
        await app.ask(Message(word("Nobody whose commission you may see serves here.")))
        return
    day = await app.in_books(_today)
    given = await in_turn(app, partial(_question, people, f"{day:%Y-%m}"))
    if given is None:
        return
    whose, month = (people[0] if len(people) == 1 else given[0]), month_typed(given[-1])
    await app.operate(print_month, whose.user_id, month)
    app.wake_paper()
    app.inform(word("{name}: the commission of {month} is printed."), name=whose.name,
               month=f"{month // 100}-{month % 100:02}")  # fmt: skip


def _people(session: Any) -> list[Stylist]:
    found = whose_months(session)
    for one in found:
        # Read here: the name is in another table.
        assert one.name is not None
    return found


def _today() -> Any:
    return open_day(store_number())


def _question(
    people: Sequence[Stylist], month: str, given: Sequence[Any], was: Any
) -> Panel[Any] | None:  # fmt: skip
    """Whose, and which. Refuses: MonthWrong."""
    if len(people) > 1 and not given:
        return Pick(word("Whose commission?"), _COLUMNS, people)
    asked = given[1:] if len(people) > 1 else given
    if not asked:
        return Ask(word("Which month?"), value=was or month)
    month_typed(asked[0])
    return None


def month_typed(text: str) -> int:
    """2026-3, 2026.03 or 202603 as 202603. Refuses: MonthWrong."""
    found = re.fullmatch(r"(20\d\d)[-./年]?(\d{1,2})月?", narrow(text).strip())
    if found is None:
        raise MonthWrong(month=text)
    return int(found[1]) * 100 + int(found[2])
