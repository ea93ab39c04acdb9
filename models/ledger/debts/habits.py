"""How somebody pays what stands on his accounts (付款习惯): what he may owe, what of it is overdue,
after how many days he pays, and the grade that follows. It stands among what is known of a person,
for whoever keeps accounts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from models.base.database import store_number
from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money, half_away
from models.base.words import word
from models.ledger.accounts import RECEIVABLE
from models.ledger.debts.dues import Item, items_of
from models.ledger.folios import OPEN, Folio
from models.people.history import Event, Figure, Source
from models.trust.operation import open_day
from models.trust.scopes import Scope

# So many days late, on average or now, make the worst grade.
LATE_DAYS = 30
_RIGHT = "keep accounts"

_PAID = Statement(
    'SELECT a."charge", a."charge_line", a."amount", d."day" FROM "entry" e '
    'JOIN "allocation" a ON a."charge" = e."document_id" AND a."charge_line" = e."line" '
    'JOIN "document" d ON d."key" = a."payment" WHERE e."folio" = ?'
)


@dataclass(frozen=True, slots=True)
class Habit:
    """How the items of some accounts were paid. `pays_after` and `late` are days, each on the
    average of the money; both None where nothing was paid yet. `overdue_days`: of the oldest item
    that is due and not paid.
    """

    overdue: Money
    overdue_days: int
    pays_after: int | None
    late: int | None

    @property
    def grade(self) -> str:
        """A pays when it is due, B late, C more than 30 days late; nothing before the first."""
        if self.late is None and not self.overdue_days:
            return ""
        worst = max(self.late or 0, self.overdue_days)
        return "A" if not worst else "B" if worst <= LATE_DAYS else "C"


def habit_of(folios: Sequence[Folio], today: date) -> Habit:
    """How these accounts are paid, up to a business day."""
    items = {(item.document, item.line): item for each in folios for item in items_of(each)}
    open_ = [
        item for item in items.values() if item.is_charge and item.left.minor and item.due < today
    ]
    paid = [
        (items[charge, line], int(amount), date.fromisoformat(day))
        for each in folios
        for charge, line, amount, day in _PAID.rows(each.key)
    ]
    return Habit(
        Money.total((item.left for item in open_), store_currency()),
        max(((today - item.due).days for item in open_), default=0),
        _average([(amount, (day - item.day).days) for item, amount, day in paid]),
        _average([(amount, _days_late(item, day)) for item, amount, day in paid]),
    )


def _days_late(item: Item, day: date) -> int:
    return max((day - item.due).days, 0)


def _average(paid: Sequence[tuple[int, int]]) -> int | None:
    """Days on the average of the money; what was taken back counts against it."""
    whole = sum(amount for amount, _ in paid)
    if whole <= 0:
        return None
    return half_away(Fraction(sum(amount * days for amount, days in paid), whole))


def _figures(scope: Scope, keys: Sequence[int]) -> list[Figure]:
    folios = list(
        Folio.select().where(
            Folio.owner.in_(keys), Folio.account == RECEIVABLE, Folio.status == OPEN
        )
    )
    if not folios:
        return []
    habit, money = habit_of(folios, open_day(store_number())), store_currency()
    figures = [
        Figure(word("Limit"), Money.total((each.limit for each in folios), money), _RIGHT),
        Figure(word("Owed"), Money.total((each.balance for each in folios), money), _RIGHT),
        Figure(word("Overdue"), habit.overdue, _RIGHT),
    ]
    if habit.pays_after is not None:
        figures.append(Figure(word("Pays after, days"), habit.pays_after, _RIGHT))
    if habit.grade:
        figures.append(Figure(word("Credit grade"), habit.grade, _RIGHT))
    return figures


def _events(
    scope: Scope, keys: Sequence[int], before: datetime | None, limit: int
) -> list[Event]:  # fmt: skip
    """Charges and payments stand on the statement."""
    return []


PAID = Source(_events, _figures)
