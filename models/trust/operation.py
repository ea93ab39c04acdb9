"""Operations: the one way in. Every change of the books is a function under ``@operation``.

    @operation(right="post charge")
    def post_charge(job: Job, folio: Folio, *, amount: Money) -> Document: ...

    post_charge(session, folio, amount=amount, uid=new_uid())

The decorator opens the transaction, checks the right, makes a repeated call harmless, retries a
conflict with another counter, and writes the audit row. Inside: refusals first, then a line that
says so, then effects.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast
from uuid import UUID

from peewee import Model

from models.base import clock, keys
from models.base.canonical import storable_bytes
from models.base.database import Row, committed, in_one_transaction, looking, store_number
from models.base.fields import to_json
from models.base.hot import Statement
from models.base.refusals import Refusal
from models.base.values import value
from models.trust import audit
from models.trust.content import canonical, content_hash, told
from models.trust.notes import refuse_card_in
from models.trust.scopes import OutOfScope, Scope
from models.trust.trades import measured
from models.trust.users import Rights, rights_of

P = ParamSpec("P")
R = TypeVar("R")
Asked = Callable[..., dict[str, Any]]


class NeedsOverride(Refusal):
    """The user lacks the right; somebody who has it may approve on the spot."""

    can_be_approved = True


class LimitTooLow(NeedsOverride):
    """The user holds the right, up to less than this; somebody with more may approve."""


class OverrideRefused(Refusal):
    """The approving user lacks the right as well, or that to approve for others."""


class OwnOverride(OverrideRefused):
    """Nobody approves his own work."""


class OverrideStale(OverrideRefused):
    """The approval was of other work, or whoever gave it has another secret since."""


class OwnPasswordFirst(Refusal):
    """The first password was chosen by somebody else: nothing is done or seen with it but choosing
    another.
    """


class SignedOut(Refusal):
    """The user was disabled or deleted since signing in."""


class DuplicateUid(Refusal):
    """This id was used before for something else."""


class NoOpenDay(Refusal):
    """The store has no open business day."""


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in at a register."""

    user: int
    register: int


@dataclass(frozen=True, slots=True)
class Override:
    """A manager's approval of one operation, made by sign_in.approve_override after his override
    PIN or his password was checked.
    """

    user: int
    reason: str
    uid: UUID
    hash_seen: str


@dataclass(slots=True)
class Job:
    """One running operation: who, where, on which business date, and what the audit row will
    say.
    """

    session: Session
    verb: str
    uid: UUID
    day: date
    now: datetime
    rights: Rights
    override: Override | None = None
    override_rights: Rights | None = None
    # The rights of who agreed to this work when it was begun (models/ledger/payments/agreed.py).
    agreed: Rights | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    # Those of the session.
    register: int = field(init=False)
    user: int = field(init=False)

    def __post_init__(self) -> None:
        self.register, self.user = self.session.register, self.session.user

    def require_seen(self, *users: int | None) -> None:
        """Refuse unless the user, or the approving manager, sees the work of one of these.

        Refuses: OutOfScope.
        """
        for rights in (self.rights, self.override_rights):
            if rights and Scope.of(rights).sees(*users):
                return
        raise OutOfScope(user=self.rights.name)

    def involves(self, user: int) -> bool:
        """Is this person at work here, or the one who approves it?"""
        return user == self.user or (self.override is not None and user == self.override.user)

    def note(self, **values: Any) -> None:
        """Add values to the audit row: names and amounts as people read them, never ids alone."""
        self.detail.update({name: canonical(value) for name, value in values.items()})

    def require(self, verb: str, amount: int | None = None) -> None:
        """Refuse with NeedsOverride, or LimitTooLow where only the limit lacks, unless the user,
        the approving manager, or who agreed to the work before holds the verb up to `amount`.
        """
        for rights in (self.rights, self.override_rights, self.agreed):
            if rights and rights.holds(verb):
                most = rights.most(verb)
                if amount is None or most is None or amount <= most:
                    return
        if self.override is not None:
            by = self.override_rights and self.override_rights.name
            raise OverrideRefused(right=verb, user=by)
        if self.rights.holds(verb):
            upto = measured(verb, self.rights.most(verb) or 0)
            raise LimitTooLow(right=verb, amount=amount, most=upto)
        raise NeedsOverride(right=verb, amount=amount)

    def given_by(self, right: str, may: Callable[[Rights], bool]) -> int | None:
        """By whose right something is done that more than one verb decides: the user's, or of who
        approves; None when somebody must be asked. Refuses: OverrideRefused.
        """
        if may(self.rights):
            return self.user
        if self.override is None or self.override_rights is None:
            return None
        if may(self.override_rights):
            return self.override.user
        raise OverrideRefused(right=right, user=self.override_rights.name)


_running: ContextVar[bool] = ContextVar("operation_running", default=False)

# Called after each committed operation: the tests hang the invariant checker here.
after_each: list[Callable[[], None]] = []

OPERATIONS: dict[str, Operation[Any, Any]] = {}


class Operation(Generic[P, R]):
    """A change of the books. Call it with the session first and a fresh `uid`."""

    def __init__(
        self, function: Callable[Concatenate[Job, P], R], right: str, asked: Asked | None = None
    ) -> None:
        self.function, self.right, self._asked = function, right, asked
        self.name = function.__name__
        code: Any = function.__code__
        # The parameters behind the job, in the order in which they may be given.
        self.parameters = code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount]
        self.__doc__, self.__name__ = function.__doc__, function.__name__
        self.__module__ = function.__module__
        OPERATIONS[f"{function.__module__}.{function.__name__}"] = self

    def __call__(
        self,
        session: Session,
        *args: Any,
        uid: UUID,
        override: Override | None = None,
        **kwargs: Any,
    ) -> R:
        """Run it once. A second call with the same uid and content gives the first result."""
        if _running.get():
            raise RuntimeError(f"{self.name}: an operation never calls an operation")
        call = _Call(session, uid, override, content_hash(self.name, args, kwargs), args, kwargs)
        # Outside of the transaction: there this look would be in conflict with every other counter
        # whose id comes to lie on the same page. An id that comes in between fails in its index.
        with looking():
            done = _DONE.row(call.uid.hex)
        if done is not None:
            return self._result(call, done)
        if override is not None:
            storable_bytes(override.reason)
        refuse_card_in(dict(zip(self.parameters, args, strict=False)) | kwargs)
        keys.renew()
        token, tries = _running.set(True), count()
        try:
            result = committed(lambda: self._once(call, next(tries)), self.name)
        except (NeedsOverride, OverrideRefused, OutOfScope) as refusal:
            _record_denial(session, self.name, refusal)
            raise
        finally:
            _running.reset(token)
        for hook in after_each:
            hook()
        return result

    def told(self, *args: P.args, **kwargs: P.kwargs) -> dict[str, Any]:
        """What whoever approves this call reads of it, by name."""
        try:
            if self._asked is not None:
                return dict(canonical(self._asked(*args, **kwargs)))
        except (Refusal, TypeError):
            # It names what is not there, or is called with what it does not take.
            pass
        return told(dict(zip(self.parameters, args, strict=False)) | kwargs)

    def approved(
        self, session: Session, *needed: tuple[str, int | None], uid: UUID,
        override: Override | None = None, **asked: Any,
    ) -> dict[str, Any]:  # fmt: skip
        """What to call it with when these verbs, each up to so much, and its own right are there:
        nothing, or the approval; `asked` is what whoever gives it reads. So the right comes before
        what is asked only of who may do it: whether money is out.

        Refuses: NeedsOverride, OverrideRefused.
        """
        refuse_card_in(asked)
        try:
            job = _begin(session, self.name, uid, override)
            for verb, amount in (*needed, (self.right, None)):
                job.require(verb, amount)
        except (NeedsOverride, OverrideRefused) as refusal:
            refusal.asked = (self.name, canonical(asked))
            _record_denial(session, self.name, refusal)
            raise
        return {} if override is None else {"uid": uid, "override": override}

    def _result(self, call: _Call, done: tuple[Any, ...]) -> R:
        if (done[0], done[1]) != (self.name, call.content):
            raise DuplicateUid(uid=call.uid.hex)
        return cast(R, _result_of(done[2]))

    def _once(self, call: _Call, before: int) -> R:
        """Do the work; after `before` tries that were rolled back, perhaps by the same id."""
        if before and (done := _DONE.row(call.uid.hex)) is not None:
            return self._result(call, done)
        job = _begin(call.session, self.name, call.uid, call.override)
        try:
            job.require(self.right)
            result = self.function(job, *call.args, **call.kwargs)
        except Refusal as refusal:
            if refusal.can_be_approved:
                refusal.asked = (self.name, self.told(*call.args, **call.kwargs))
            raise
        audit.append(
            job.register,
            self.name,
            user=job.user,
            user_name=job.rights.name,
            day=job.day,
            detail=job.detail,
            override_user=call.override.user if call.override else None,
            override_name=job.override_rights.name if job.override_rights else "",
            reason=call.override.reason if call.override else "",
            uid=call.uid.hex,
            content=call.content,
            result=_stored_result(result),
            at=job.now,
        )
        return result


@value()
class _Call:
    """What one call of an operation is made of."""

    session: Session
    uid: UUID
    override: Override | None
    content: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


def operation(
    *, right: str, asked: Asked | None = None
) -> Callable[[Callable[Concatenate[Job, P], R]], Operation[P, R]]:
    """Make a function an operation that needs the verb `right`. `asked` says what whoever approves
    a call reads of it, by name, where what it is called with does not: it is called with the same.
    """

    def wrap(function: Callable[Concatenate[Job, P], R]) -> Operation[P, R]:
        return Operation(function, right, asked)

    return wrap


def new_uid() -> UUID:
    """A fresh id for one piece of work; made before the first try and kept for each retry.

    A UUID of version 8: a number of this process, then the time, then chance. So the ids of a
    counter lie together in their index and grow at one place of it: random ones would each touch
    another page, and the time alone would bring all counters to the same one, in each other's way.
    """
    ordered = _PLACE << 48 | time.time_ns() // 1_000_000
    version = 8 << 76 | 2 << 62
    return UUID(int=ordered >> 12 << 80 | (ordered & 0xFFF) << 64 | version | secrets.randbits(62))


_PLACE = secrets.randbits(12)

_DONE = Statement('SELECT "verb", "content", "result" FROM "audit" WHERE "uid" = ?')
# The state of the one business day in which work is booked.
DAY_OPEN = "open"
_OPEN_DAY = Statement('SELECT "date" FROM "business_day" WHERE "store" = ? AND "state" = ?')


def open_day(store: int) -> date:
    """The store's one open business date. Refuses: NoOpenDay."""
    row = _OPEN_DAY.row(store, DAY_OPEN)
    if row is None:
        raise NoOpenDay()
    return date.fromisoformat(row[0])


def open_day_or_none() -> date | None:
    """The same for rows that are kept whether a day is open or not."""
    row = _OPEN_DAY.row(store_number(), DAY_OPEN)
    return date.fromisoformat(row[0]) if row else None


def _begin(session: Session, verb: str, uid: UUID, override: Override | None) -> Job:
    rights = rights_of(session.user)
    if rights is None:
        raise SignedOut()
    if rights.must_change and verb != FIRST:
        raise OwnPasswordFirst()
    job = Job(session, verb, uid, open_day(store_number()), clock.now(), rights)
    if override is not None:
        job.override = override
        job.override_rights = _override_rights(job, override)
    return job


APPROVE = "approve for others"
# All that somebody does whose password is not his own yet.
FIRST = "change_own_secrets"
_SECRETS = Statement('SELECT "override_hash", "password_hash" FROM "user" WHERE "key" = ?')


def _override_rights(job: Job, override: Override) -> Rights:
    """The approving user's rights; what he typed must still be his secret, and meant for this very
    piece of work.
    """
    rights = rights_of(override.user)
    if override.user == job.user:
        raise OwnOverride(user=job.rights.name)
    stored = _SECRETS.row(override.user) or ()
    is_stale = not override.hash_seen or override.hash_seen not in stored
    if rights is None or is_stale or override.uid != job.uid:
        raise OverrideStale()
    if not rights.holds(APPROVE):
        raise OverrideRefused(right=APPROVE, user=rights.name)
    return rights


@in_one_transaction
def _record_denial(session: Session, verb: str, refusal: Refusal) -> None:
    # In a transaction of its own: the refused one was rolled back.
    rights = rights_of(session.user)
    audit.append(
        session.register,
        "denied",
        user=session.user,
        user_name=rights.name if rights else "",
        day=None,
        detail={
            "verb": verb,
            "refusal": refusal.code,
            **canonical(refusal.fields),
            **refusal.asked[1],
        },
    )


def _stored_result(result: Any) -> str:
    if isinstance(result, Model):
        return row_result(type(result), result._pk)
    return to_json({"value": result})


def row_result(table: type[Model], key: Any) -> str:
    """What the audit row of an operation says whose result is the row with this key."""
    return to_json({"row": table.__name__, "key": canonical(key)})


def _result_of(stored: str) -> Any:
    plain = json.loads(stored)
    if "row" not in plain:
        return plain["value"]
    row_class = next(c for c in _all_rows(Row) if c.__name__ == plain["row"])
    key = plain["key"]
    return row_class.get_by_id(tuple(key) if isinstance(key, list) else key)


def _all_rows(base: type[Row]) -> list[type[Row]]:
    return [c for sub in base.__subclasses__() for c in (sub, *_all_rows(sub))]
