"""Till events: what happened at a counter without money moving: lines removed, bills cancelled,
drawer opened.

They are counted on X and Z and listed in the report of exceptions, by cashier.
"""

from __future__ import annotations

from peewee import BigIntegerField, CharField, IntegerField, TextField

from models.base.database import Row
from models.base.fields import DayField, InstantField, KeyField, MoneyField, store_currency
from models.base.keys import new_key
from models.base.money import Money
from models.base.watching import Told
from models.trust.operation import Job
from models.trust.trades import declared


class TillEvent(Row):
    """One event: who, when, why, and the amount it was about."""

    key = KeyField(primary_key=True)
    kind = CharField(max_length=16)
    register = IntegerField()
    shift = BigIntegerField(null=True, index=True)
    user = BigIntegerField()
    day = DayField(index=True)
    at = InstantField()
    amount = MoneyField()
    currency = CharField(max_length=3)
    reason = TextField(default="")
    what = TextField(default="")

    class Meta:
        append_only = True


Told(TillEvent, "kind register shift user day at amount currency reason what")


def record_event(
    job: Job,
    kind: str,
    *,
    shift: int | None,
    amount: Money | None = None,
    reason: str = "",
    what: str = "",
) -> None:
    """Keep an event of a kind that a trade declares, inside an operation; one without a reason of
    its own has that of whoever approved it.
    """
    assert kind in dict(declared("events")), kind
    if not reason and job.override is not None:
        reason = job.override.reason
    money = amount if amount is not None else Money(0, store_currency())
    TillEvent.create(
        key=new_key(), kind=kind, register=job.register, shift=shift, user=job.user, day=job.day,
        at=job.now, amount=money, currency=money.currency.code, reason=reason, what=what,
    )  # fmt: skip
