"""Who brought whom (介绍): when somebody who was brought buys for the first time, a reward in
points is asked for, once; whoever may gives it.
"""

from __future__ import annotations

from typing import Any

from peewee import BigIntegerField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import DayField, KeyField, store_currency
from models.base.hot import Statement, rows_in
from models.base.keys import new_key
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.ledger.accounts import POINTS_USED
from models.ledger.documents import Leg, begin_document, post_document
from models.members.kinds import POINTS_CHANGE, REFERRAL
from models.members.lots import is_over
from models.members.points_lots import (
    TAKEN,
    add_points,
    points_lots,
    take_points,
    worth_of_points,
)
from models.people.merging import keys_of, root_of
from models.people.persons import USES, Person
from models.trust.approvals import asked_for
from models.trust.operation import Job
from models.trust.settings import setting

referral_points = setting("members.referral_points", 0, check=lambda points: 0 <= points <= 100_000)


class ReferralOver(Refusal):
    """Who brought somebody, and whom, turned out to be one; or the reward was given."""


class Referral(Row):
    """A reward that was asked for: `person` was brought by `referrer`; `document` gave it, `back`
    took it back: nothing is left of what `person` bought.
    """

    key = KeyField(primary_key=True)
    person = ForeignKeyField(Person, unique=True)
    referrer = ForeignKeyField(Person)
    day = DayField()
    points = IntegerField()
    request = BigIntegerField()
    document = BigIntegerField(null=True)
    back = BigIntegerField(null=True)
    mark = MarkField()


USES.extend((("referral", "person_id"), ("referral", "referrer_id")))

_BROUGHT = Statement(
    'SELECT DISTINCT p."key" FROM "sale" s JOIN "document" d ON d."key" = s."document_id" '
    'JOIN "person" p ON p."key" = s."person" LEFT JOIN "referral" r ON r."person_id" = p."key" '
    'WHERE d."day" = ? AND d."total" > 0 AND p."referrer_id" IS NOT NULL AND r."key" IS NULL '
    'ORDER BY p."key"'
)


def ask_referrals(job: Job) -> None:
    """The day's close: a reward is asked for whoever brought somebody that bought today."""
    points = referral_points.value()
    for (key,) in _BROUGHT.rows(job.day.isoformat()) if points else ():
        person: Person = Person.get_by_id(int(key))
        referrer: Person = Person.get_by_id(root_of(person.referrer_id))
        if referrer.key == root_of(person.key):
            continue
        request = asked_for(
            job, REFERRAL, title=f"{referrer.name} ← {person.name}"[:120],
            body={"person": person.key, "points": points}, reason=person.name,
        )  # fmt: skip
        Referral.create(
            key=new_key(), person=person, referrer=referrer, day=job.day, points=points,
            request=request.key,
        )  # fmt: skip


def worth_of_referral(body: dict[str, Any]) -> Money:
    """What the points that are asked for pay."""
    return worth_of_points(int(body["points"]))


def execute_referral(job: Job, body: dict[str, Any]) -> int:
    """Give the reward; the key of its document. Refuses: ReferralOver."""
    found: Referral | None = Referral.get_or_none(Referral.person == int(body["person"]))
    if found is None or found.document is not None:
        raise ReferralOver(name="")
    referrer: Person = Person.get_by_id(root_of(found.referrer_id))
    if not _kept(found.person_id):
        raise ReferralOver(name=found.person.name)
    if root_of(found.person_id) == referrer.key:
        raise ReferralOver(name=referrer.name)

    zero = Money.zero(store_currency())
    document = begin_document(job, POINTS_CHANGE, total=zero, note=found.person.name[:60])
    legs = add_points(job, document, referrer, found.points)
    found.document = document.key
    found.save()
    post_document(job, document, [*legs, Leg(POINTS_USED, zero)], person=referrer.name)
    return int(document.key)


_RETURNED = Statement(
    'SELECT r."key" FROM "referral" r WHERE r."document" IS NOT NULL AND r."back" IS NULL '
    'AND EXISTS (SELECT 1 FROM "sale" s JOIN "document" d ON d."key" = s."document_id" '
    'WHERE s."person" = r."person_id" AND d."day" = ? AND d."total" < 0) ORDER BY r."key"'
)
_BOUGHT = 'SELECT coalesce(sum("total"), 0) FROM "sale" WHERE "person" IN (...)'


def _kept(person: int) -> bool:
    """Is anything left of what somebody bought?"""
    return int(rows_in(_BOUGHT, keys_of(root_of(person)))[0][0]) > 0


def take_referrals_back(job: Job) -> None:
    """The day's close: who brought somebody that brought everything back loses the reward, as far
    as he has points.
    """
    for (key,) in _RETURNED.rows(job.day.isoformat()):
        found: Referral = Referral.get_by_id(int(key))
        if _kept(found.person_id):
            continue
        referrer: Person = Person.get_by_id(root_of(found.referrer_id))
        lots = [lot for lot in points_lots(referrer.key) if not is_over(lot, job.day)]
        points = min(found.points, sum(lot.pieces_rest for lot in lots))
        zero = Money.zero(store_currency())
        document = begin_document(job, POINTS_CHANGE, total=zero, note=found.person.name[:60])
        legs = take_points(job, document, lots, points, why=TAKEN)
        found.back = document.key
        found.save()
        post_document(
            job, document, [*legs, Leg(POINTS_USED, zero), Leg(POINTS_USED, zero)],
            person=referrer.name, points=-points,
        )  # fmt: skip
