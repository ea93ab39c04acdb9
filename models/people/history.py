"""What a person did here, on one list: each trade says where its own part stands.

    SHOP = Trade(..., histories=("models.shop.customers:BOUGHT",))

A record that was merged brings its history along.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from models.base.money import Money
from models.people.merging import keys_of
from models.people.persons import Person
from models.people.reach import require_seen
from models.trust.guard import require_right
from models.trust.operation import Session
from models.trust.scopes import Scope
from models.trust.trades_used import loaded_in_use


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `kind` is a message id, `what` the thing's own words, `label` the
    number that people read; `document` is the posted document behind it, if there is one.
    """

    day: date
    at: datetime
    kind: str
    label: str
    what: str
    amount: Money | None = None
    document: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the whole history: what it is, a message id, and its value. `right`: for those
    alone who hold it.
    """

    label: str
    value: Any
    right: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where one trade's part stands. `events(scope, keys, before, limit)` gives the newest of
    these records before an instant, `figures(scope, keys)` sums them up: of the work that the scope
    shows. Both are short looks.
    """

    events: Callable[[Scope, Sequence[int], datetime | None, int], list[Event]]
    figures: Callable[[Scope, Sequence[int]], list[Figure]]


@dataclass(frozen=True, slots=True)
class History:
    """A person with the newest of what happened."""

    person: Person
    figures: list[Figure] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def history_of(
    session: Session, key: int, *, before: datetime | None = None, limit: int = 50
) -> History | None:
    """The newest events before an instant, newest first, and the figures of all; None when the
    record is gone. Refuses: SignedOut, RightMissing, OutOfScope.
    """
    rights = require_right(session, "see people", what="history")
    person = Person.get_or_none(Person.key == key)
    if person is None:
        return None
    require_seen(person, rights)
    keys, scope = keys_of(key), Scope.of(rights)
    sources: list[Source] = [*loaded_in_use("histories")]
    events = [event for source in sources for event in source.events(scope, keys, before, limit)]
    events.sort(key=lambda each: each.at, reverse=True)
    figures = [
        figure for source in sources for figure in source.figures(scope, keys)
        if not figure.right or rights.holds(figure.right)
    ]  # fmt: skip
    return History(person, figures, events[:limit])
