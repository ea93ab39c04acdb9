"""Lucky draws (抽奖): who bought takes part with a ticket for each full amount, and a seed that is
written down says who wins, so that anybody can draw again and find the same.

The tickets are put in the order of the SHA-256 of `seed:record:ticket`; nobody wins twice.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from peewee import CharField, IntegerField

from models.base.database import Row
from models.base.fields import DayField, JsonField, KeyField, MoneyField
from models.base.hot import Statement
from models.base.keys import new_key
from models.base.money import MOST_MINOR, Money
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.base.words import word
from models.people.merging import root_of
from models.people.persons import Person
from models.trust.operation import Job, operation
from models.trust.records import NameMissing, RecordChanged, first_wrong, text_of

DRAWS = word("Lucky draws")
MOST_WINNERS = 100


class DrawWrong(Refusal):
    """A draw is over some days, and has 1 to 100 winners."""


class DrawOfNobody(Refusal):
    """Nobody bought for so much on these days: there is no ticket to draw."""


class Draw(Row):
    """One draw: who bought behind `since` to `until` had a ticket for each full `per`; `winners`
    are lists of record, name and its ticket, the first prize first.
    """

    key = KeyField(primary_key=True)
    name = CharField(max_length=40)
    day = DayField()
    since = DayField()
    until = DayField()
    per = MoneyField()
    seed = CharField(max_length=40)
    # How many prizes there were.
    count = IntegerField()
    people = IntegerField()
    tickets = IntegerField()
    winners = JsonField()
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"


@operation(right="keep points")
def hold_draw(
    job: Job, key: int | None, *, version: int = 0, name: str, since: date, until: date,
    per: Money, count: int = 1, seed: str = "",
) -> Draw:  # fmt: skip
    """Draw: `count` winners of all who bought from one day to another. Without a `seed` one is
    drawn; it is kept with the draw, which nobody changes any more.

    Refuses: RecordChanged (it was held), NameMissing, TextTooLong, DrawWrong, DrawOfNobody.
    """
    if key is not None:
        raise RecordChanged(listing=DRAWS, name=name)
    title, sown = text_of("name", name, 40), text_of("seed", seed, 40)
    if not title:
        raise NameMissing()
    wrong = first_wrong(
        until=since <= until, per=0 < per.minor < MOST_MINOR, count=1 <= count <= MOST_WINNERS,
    )  # fmt: skip
    tickets = {} if wrong else tickets_of(since, until, per)
    if wrong:
        raise DrawWrong(field=wrong, most=MOST_WINNERS)
    if not tickets:
        raise DrawOfNobody(least=per)

    sown = sown or secrets.token_hex(8)
    won = winners_of(sown, tickets, count)
    names = {person.key: person.name for person in Person.select().where(
        Person.key << [person for person, _ in won])}  # fmt: skip
    winners = [[person, names[person], ticket] for person, ticket in won]
    job.note(draw=title, seed=sown, tickets=sum(tickets.values()), winners=winners)
    return Draw.create(
        key=new_key(), name=title, day=job.day, since=since, until=until, per=per, seed=sown,
        count=count, people=len(tickets), tickets=sum(tickets.values()), winners=winners,
    )  # fmt: skip


_SPENT = Statement(
    'SELECT s."person", sum(d."total") FROM "sale" s JOIN "document" d '
    'ON d."key" = s."document_id" WHERE s."person" IS NOT NULL AND d."day" BETWEEN ? AND ? '
    'GROUP BY s."person" ORDER BY s."person"'
)


def tickets_of(since: date, until: date, per: Money) -> dict[int, int]:
    """How many tickets each customer has: one for each full amount of what he spent."""
    sums: dict[int, int] = {}
    for person, total in _SPENT.rows(since.isoformat(), until.isoformat()):
        root = root_of(int(person))
        sums[root] = sums.get(root, 0) + int(total)
    found = {person: total // per.minor for person, total in sums.items()}
    return {person: count for person, count in found.items() if count > 0}


def winners_of(seed: str, tickets: Mapping[int, int], count: int) -> list[tuple[int, int]]:
    """Who wins by a seed, with his winning ticket: the same for everybody who looks."""
    drawn = sorted(
        (hashlib.sha256(f"{seed}:{person}:{ticket}".encode()).hexdigest(), person, ticket)
        for person, many in tickets.items() for ticket in range(1, many + 1)
    )  # fmt: skip
    found: dict[int, int] = {}
    for _, person, ticket in drawn:
        if person not in found and len(found) < count:
            found[person] = ticket
    return list(found.items())


def winners_text(draw: Any) -> list[str]:
    """The winners as they are read, the first prize first."""
    return [
        f"{place}. {name} ({ticket})" for place, (_, name, ticket) in enumerate(draw.winners, 1)
    ]
