"""Approvals: request, review, execute: one engine for every document that must not be one person's
decision.

A kind, declared by its trade, says which right reviews and executes, and names the plain function
that executing calls inside its transaction. The inbox on the home screen lists what waits for whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peewee import (
    BigIntegerField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from models.base.database import Row
from models.base.fields import (
    DayField,
    InstantField,
    JsonField,
    KeyField,
    MoneyField,
    store_currency,
)
from models.base.keys import new_key
from models.base.money import Money
from models.base.named import load
from models.base.refusals import Refusal
from models.base.texts import has_words
from models.base.watching import Told
from models.trust.operation import Job, operation
from models.trust.registers import next_number, number_text
from models.trust.scopes import Scope
from models.trust.trades import ApprovalKind, named
from models.trust.users import Rights

REQUESTED, REVIEWED, EXECUTED, REFUSED, WITHDRAWN = (
    "requested", "reviewed", "executed", "refused", "withdrawn",
)  # fmt: skip
TRANSITIONS = {
    REQUESTED: (REVIEWED, REFUSED, WITHDRAWN),
    REVIEWED: (EXECUTED, REFUSED, WITHDRAWN),
    EXECUTED: (),
    REFUSED: (),
    WITHDRAWN: (),
}


class RequestMoved(Refusal):
    """The request is past this step, or somebody else was faster."""


class OwnRequest(Refusal):
    """Nobody says yes or no to what he asked for himself, nor approves on another's screen that it
    is said.
    """


class NotRequester(Refusal):
    """Only who asked may withdraw."""


class WordsNeeded(Refusal):
    """A request and a refusal need a reason in words."""


@dataclass(frozen=True, slots=True)
class Content:
    """One line of what is asked for: what, how many (with its sign where it has two) and its
    worth; a sentence (a Msgid) has neither.
    """

    name: str
    quantity: str
    value: Money | None


class Request(Row):
    """Something asked for. `body` holds the values that executing needs."""

    key = KeyField(primary_key=True)
    number = CharField(max_length=20, unique=True)
    kind = CharField(max_length=30)
    state = CharField(max_length=10)
    title = CharField(max_length=120)
    body = JsonField()
    amount = MoneyField()
    currency = CharField(max_length=3)
    reason = TextField()
    user = BigIntegerField()
    register = IntegerField()
    day = DayField()
    at = InstantField()
    document = BigIntegerField(null=True)

    class Meta:
        indexes = ((("state", "kind"), False),)


Told(
    Request,
    "number kind state title body amount currency reason user register day at document",
    changes=True,
)


class RequestStep(Row):
    """One step of a request: who, when, and what he wrote."""

    request = ForeignKeyField(Request)
    line = IntegerField()
    state = CharField(max_length=10)
    user = BigIntegerField()
    at = InstantField()
    note = TextField(default="")

    class Meta:
        primary_key = CompositeKey("request", "line")
        append_only = True


Told(RequestStep, "state user at note")


@operation(right="request approval")
def request_approval(
    job: Job, kind: str, *, title: str, body: dict[str, Any], reason: str
) -> Request:
    """Ask for something, worth what its kind says. Refuses: WordsNeeded."""
    return asked_for(job, kind, title=title, body=body, reason=reason)


def asked_for(job: Job, kind: str, *, title: str, body: dict[str, Any], reason: str) -> Request:
    """The request, inside an operation that does more in the same step. Refuses: WordsNeeded."""
    declared = _kind(kind)
    if not has_words(reason) or declared is None:
        raise WordsNeeded()
    amount: Money = load(declared.worth)(body)

    request = Request.create(
        key=new_key(),
        number=number_text("Q", job.register, next_number(job.register, "request")),
        kind=kind, state=REQUESTED, title=title[:120], body=body, amount=amount,
        currency=store_currency().code, reason=reason.strip(), user=job.user, register=job.register,
        day=job.day, at=job.now,
    )  # fmt: skip
    _step(job, request, REQUESTED, reason.strip())
    job.note(request=request.number, kind=kind, title=title, amount=amount, why=reason.strip())
    return request


@operation(right="review")
def review(job: Job, request: Request, *, note: str = "") -> Request:
    """Say yes to somebody else's request. Refuses: RequestMoved, OwnRequest."""
    _check_reviewer(job, request)
    return _move(job, request, REVIEWED, note)


@operation(right="review")
def refuse_request(job: Job, request: Request, *, note: str) -> Request:
    """Say no, with the reason. Refuses: RequestMoved, OwnRequest, WordsNeeded."""
    if not has_words(note):
        raise WordsNeeded()
    _check_reviewer(job, request)
    return _move(job, request, REFUSED, note)


@operation(right="request approval")
def withdraw(job: Job, request: Request) -> Request:
    """Take one's own request back before it is executed. Refuses: RequestMoved, NotRequester."""
    if request.user != job.user:
        raise NotRequester()
    return _move(job, request, WITHDRAWN)


@operation(right="execute")
def execute_request(job: Job, request: Request) -> Request:
    """Do what was asked for and reviewed.

    Refuses: RequestMoved, and whatever the work itself refuses.
    """
    kind = _declared(request)
    job.require(kind.execute_right)
    moved = _move(job, request, EXECUTED)
    document = load(kind.execute)(job, moved.body)
    if document is not None:
        Request.update(document=document).where(Request.key == moved.key).execute()
    return Request.get_by_id(moved.key)


def _kind(name: str) -> ApprovalKind | None:
    found: ApprovalKind | None = named("approvals", name)
    return found


def _declared(request: Request) -> ApprovalKind:
    found = _kind(request.kind)
    assert found is not None, request.kind
    return found


def _check_reviewer(job: Job, request: Request) -> None:
    job.require(_declared(request).review_right)
    if job.involves(request.user):
        raise OwnRequest()


def _move(job: Job, request: Request, after: str, note: str = "") -> Request:
    before = [state for state, ends in TRANSITIONS.items() if after in ends]
    changed = (
        Request.update(state=after)
        .where(Request.key == request.key, Request.state << before)
        .execute()
    )
    if changed != 1:
        raise RequestMoved(request=request.number)
    _step(job, request, after, note.strip())
    job.note(request=request.number, kind=request.kind, title=request.title, state=after)
    return Request.get_by_id(request.key)


def _step(job: Job, request: Request, state: str, note: str) -> None:
    line = 1 + RequestStep.select().where(RequestStep.request == request.key).count()
    RequestStep.create(
        request=request.key, line=line, state=state, user=job.user, at=job.now, note=note
    )


def open_requests(*kinds: str) -> list[Request]:
    """The requests of these kinds that wait for somebody."""
    waits = Request.state.in_((REQUESTED, REVIEWED))
    return list(Request.select().where(waits, Request.kind.in_(kinds)).order_by(Request.key))


def contents_of(request: Request) -> list[Content]:
    """What is asked for, line by line: what whoever says yes must read before."""
    kind = _kind(request.kind)
    return [] if kind is None or not kind.told else list(load(kind.told)(request.body))


def inbox(user: int, rights: Rights) -> list[Request]:
    """What waits for this user: others' requests to review, reviewed ones to execute, of the work
    that he sees, oldest first.
    """
    waiting = Request.select().where(Request.state << [REQUESTED, REVIEWED]).order_by(Request.key)
    scope = Scope.of(rights)
    seen = (request for request in waiting if scope.sees(request.user))
    return [request for request in seen if _waits_for(request, user, rights)]


def _waits_for(request: Request, user: int, rights: Rights) -> bool:
    kind = _kind(request.kind)
    if kind is None:
        return False
    if request.state == REQUESTED:
        return request.user != user and rights.holds("review") and rights.holds(kind.review_right)
    return rights.holds("execute") and rights.holds(kind.execute_right)
