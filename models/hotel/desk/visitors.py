"""Visitors of guests (访客登记): who came to whom, by which paper, and when he left again. The
register for the police has them beside the guests.
"""

from __future__ import annotations

from peewee import BigIntegerField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import DayField, InstantField, KeyField
from models.base.keys import new_key
from models.base.refusals import Refusal
from models.base.words import word
from models.hotel.desk.arrivals import ID_CARD, PAPER_KINDS, masked
from models.hotel.stays.identity import read_id_card
from models.hotel.stays.stays import IN_HOUSE, Stay, StayMoved
from models.trust.operation import Job, operation
from models.trust.records import first_wrong, put, row_at
from models.trust.sealed import Sealed, SealedField

_VISITORS = word("Visitors")


class VisitorWrong(Refusal):
    """A visitor is registered with his name, the kind of his paper and its number."""


class VisitorGone(Refusal):
    """He has left already."""


class Visitor(Row):
    """Somebody who visits a guest; `paper` is the number masked, `paper_number` the whole one."""

    key = KeyField(primary_key=True)
    stay = ForeignKeyField(Stay)
    name = CharField(max_length=60)
    paper = CharField(max_length=20)
    paper_number = SealedField()
    paper_kind = CharField(max_length=10)
    day = DayField(index=True)
    came_at = InstantField()
    user = BigIntegerField()
    left_at = InstantField(null=True)
    left_by = BigIntegerField(null=True)
    version = IntegerField(default=1)


@operation(right="check in")
def register_visitor(
    job: Job, stay: Stay, *, name: str, paper: str, paper_kind: str = ID_CARD
) -> Visitor:
    """Somebody comes to a guest in the house. Refuses: StayMoved, VisitorWrong, IdNumberWrong."""
    found: Stay = Stay.get_by_id(stay.key)
    if found.state != IN_HOUSE:
        raise StayMoved(stay=found.number, state=found.said_state)
    wrong = first_wrong(
        name=bool(name.strip()), paper_kind=paper_kind in PAPER_KINDS, paper=bool(paper.strip())
    )
    if wrong:
        raise VisitorWrong(guest=found.name, field=wrong)
    if paper_kind == ID_CARD:
        read_id_card(paper, job.day)

    made = Visitor.create(
        key=new_key(), stay=found, name=name.strip()[:60], paper=masked(paper.strip())[:20],
        paper_number=Sealed(paper.strip()), paper_kind=paper_kind, day=job.day, came_at=job.now,
        user=job.user,
    )  # fmt: skip
    job.note(stay=found.number, guest=found.name, visitor=made.name, paper=made.paper)
    return made


@operation(right="check in")
def visitor_left(job: Job, visitor: Visitor, *, version: int) -> Visitor:
    """He has left the house. Refuses: RecordChanged, VisitorGone."""
    found = row_at(Visitor, visitor.key, version, _VISITORS, name=visitor.name)
    if found.left_at is not None:
        raise VisitorGone(visitor=found.name)

    put(found, left_at=job.now, left_by=job.user)
    job.note(visitor=found.name, stay=found.stay.number)
    return found


def visitors_inside() -> int:
    """How many have not left yet."""
    return Visitor.select().where(Visitor.left_at.is_null()).count()
