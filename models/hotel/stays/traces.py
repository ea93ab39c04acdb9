"""What the desk must think of for a guest (留言、叫醒、交办、遗留物): each with the day on which it
is due, and open until somebody has seen to it.

A message is given to the guest when he comes by, a wake-up call has an hour of the calendar's day,
a task is for the desk itself, and what a guest left behind is kept until he asks for it.
"""

from __future__ import annotations

from datetime import date, datetime, time

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import DayField, InstantField, KeyField
from models.base.keys import new_key
from models.base.refusals import Refusal
from models.base.words import word
from models.hotel.stays.stays import Stay, with_rooms
from models.trust.operation import Job, operation
from models.trust.records import first_wrong, put, row_at

MESSAGE, WAKE_UP, TASK, LOST = TRACE_KINDS = ("message", "wake-up", "task", "lost")
_TRACES = word("Messages and wake-up calls")


class TraceWrong(Refusal):
    """It is of a guest, due today or later, and says something; a wake-up call has its hour."""


class TraceDone(Refusal):
    """Somebody has seen to it already."""


class Trace(Row):
    """One thing to think of. `at` is an hour of the day, "06:30", where it has one."""

    key = KeyField(primary_key=True)
    stay = ForeignKeyField(Stay)
    kind = CharField(max_length=8)
    day = DayField(index=True)
    at = CharField(max_length=5, default="")
    text = CharField(max_length=200, default="")
    user = BigIntegerField()
    made_at = InstantField()
    is_done = BooleanField(default=False)
    done_by = BigIntegerField(null=True)
    done_at = InstantField(null=True)
    version = IntegerField(default=1)

    @property
    def due(self) -> datetime:
        """The clock time from which it is due."""
        return datetime.combine(self.day, time.fromisoformat(self.at) if self.at else time())


@operation(right="check in")
def save_trace(
    job: Job,
    key: int | None,
    *,
    version: int,
    stay: Stay,
    kind: str,
    day: date,
    at: str = "",
    text: str = "",
) -> Trace:
    """Note something for a guest (key None) or change it while it is open.

    Refuses: TraceWrong, TraceDone, RecordChanged.
    """
    if kind not in TRACE_KINDS:
        raise ValueError(kind)
    wrong = first_wrong(
        day=key is not None or day >= job.day, at=_is_hour(at) if at else kind != WAKE_UP,
        text=bool(text.strip()) or kind == WAKE_UP,
    )  # fmt: skip
    if wrong:
        raise TraceWrong(name=stay.name, field=wrong)
    values = {"stay": stay, "kind": kind, "day": day, "at": at, "text": text.strip()}
    if key is None:
        job.note(stay=stay.number, name=stay.name, kind=kind, on=day, at_hour=at, text=text)
        return Trace.create(key=new_key(), user=job.user, made_at=job.now, **values)
    found = row_at(Trace, key, version, _TRACES, name=stay.name)
    if found.is_done:
        raise TraceDone(name=stay.name)

    job.note(stay=stay.number, kind=kind, changes=put(found, **values))
    return found


@operation(right="check in")
def finish_trace(job: Job, trace: Trace, *, version: int) -> Trace:
    """Somebody has seen to it. Refuses: RecordChanged, TraceDone."""
    found = row_at(Trace, trace.key, version, _TRACES, name=trace.stay.name)
    if found.is_done:
        raise TraceDone(name=found.stay.name)

    put(found, is_done=True, done_by=job.user, done_at=job.now)
    job.note(stay=found.stay.number, name=found.stay.name, kind=found.kind, text=found.text)
    return found


def due_traces(day: date, now: datetime) -> list[Trace]:
    """What is open and due by a business date; a wake-up call by the wall clock, `now`."""
    open_ones = Trace.select(Trace, Stay).join(Stay).where(~Trace.is_done)
    found = list(open_ones.order_by(Trace.day, Trace.at, Trace.key))
    with_rooms(trace.stay for trace in found)
    clock = now.replace(tzinfo=None)
    return [one for one in found if (one.due <= clock if one.kind == WAKE_UP else one.day <= day)]


def messages_of(stay: int, day: date) -> list[Trace]:
    """What is to be told to a guest, or thought of when he stands there."""
    return list(
        Trace.select()
        .where(Trace.stay == stay, ~Trace.is_done, Trace.kind != WAKE_UP, Trace.day <= day)
        .order_by(Trace.day, Trace.key)
    )


def _is_hour(text: str) -> bool:
    try:
        return len(text) == 5 and bool(time.fromisoformat(text).isoformat())
    except ValueError:
        return False
