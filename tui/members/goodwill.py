"""At a refund: who of the staff gives back what he got for it, and who keeps it as goodwill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from models.base.fields import store_currency
from models.base.money import Money
from models.members.sellers import GivesBack
from receipts.words import word
from tui.desk.words import t
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick

# Of more people than this one is chosen, or all.
_FEW = 3


@dataclass(frozen=True, slots=True)
class _Choice:
    """Who keeps what he got, and what the house bears for it."""

    number: int
    told: str
    kept_by: tuple[int, ...]
    borne: Money


_COLUMNS = (
    Column("#", 3, "right", tone="key", read=lambda row: str(row.number)),
    Column(word("Commission"), 0, read=lambda row: row.told),
    Column(word("House bears"), 12, "right", tone="money", read=lambda row: str(row.borne)),
)


async def ask_goodwill(app: Any, people: Sequence[GivesBack]) -> tuple[int, ...] | None:
    """Users who keep what they got: nobody with Enter alone. None when it was left."""
    if not people:
        return ()
    chosen = await app.ask(
        Pick(
            word("Commission of the staff: taken back, or goodwill?"), _COLUMNS, _choices(people),
            text_of=lambda row: str(row.number),
        )
    )  # fmt: skip
    return None if chosen is None else chosen.kept_by


def _choices(people: Sequence[GivesBack]) -> list[_Choice]:
    told = [t("All is taken back"), t("All keep it, the house bears it")]
    groups: list[Sequence[GivesBack]] = [(), people]
    most = len(people) if len(people) <= _FEW else 2
    for size in range(1, most):
        for group in combinations(people, size):
            groups.append(group)
            told.append(t("{names} keeps it", names=", ".join(one.name for one in group)))
    money = store_currency()
    return [
        _Choice(
            n, text, tuple(one.user for one in group),
            Money.total((one.amount for one in group), money),
        )
        for n, (text, group) in enumerate(zip(told, groups, strict=True), 1)
    ]  # fmt: skip
