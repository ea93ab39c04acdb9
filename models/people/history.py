"""What a person did here, on one list: each trade says where its own part stands.

    SOURCES.append(Source(events, figures))

Sales are there from the start; stays, tickets and cards come with their trades. A record that was
merged brings its history along.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from models.base.money import Money
from models.people.merging import keys_of
from models.people.persons import Person
from models.trust.guard import require_right
from models.trust.operation import Session


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
    """One figure of the whole history: what it is, a message id, and its value."""

    label: str
    value: Any


@dataclass(frozen=True, slots=True)
class Source:
    """Where one trade's part stands. `events(keys, before, limit)` gives the newest of these
    records before an instant; `figures(keys)` sums them up. Both are short looks.
    """

    events: Callable[[Sequence[int], datetime | None, int], list[Event]]
    figures: Callable[[Sequence[int]], list[Figure]] = lambda keys: []


SOURCES: list[Source] = []


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
    record is gone. Refuses: SignedOut, RightMissing.
    """
    require_right(session, "see people", what="history")
    person = Person.get_or_none(Person.key == key)
    if person is None:
        return None
    keys = keys_of(key)
    events = [event for source in SOURCES for event in source.events(keys, before, limit)]
    events.sort(key=lambda each: each.at, reverse=True)
    figures = [figure for source in SOURCES for figure in source.figures(keys)]
    return History(person, figures, events[:limit])
