"""Signing in: department, user, password or PIN; growing delay; approval of a single operation by
PIN or password; one's own password before one's own secrets change.

Each goes in three steps, so that the slow hash never holds the database thread:
`find` (database) -> `check` (anywhere) -> `admit` (database). `sign_in` does all three for commands
and tests.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from math import ceil
from uuid import UUID

from peewee import CharField, CompositeKey, IntegerField

from models.base import clock
from models.base.card_numbers import refuse_card_number
from models.base.database import Row, committed, in_one_transaction
from models.base.fields import InstantField
from models.base.refusals import Refusal
from models.base.tallies import times_written
from models.base.texts import has_words, held
from models.base.watching import Told
from models.trust import audit, secrets
from models.trust.audit import SIGN_IN, TALLIES, Audit
from models.trust.operation import Override, Session, SignedOut, open_day_or_none
from models.trust.registers import Register
from models.trust.users import Department, User, rights_of

LONGEST_LOGIN = 20
# After this many failures of one user at one register each further one doubles the wait.
FREE_FAILURES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)


class SignInFailed(Refusal):
    """The same for every cause: unknown user, other department, wrong secret, disabled."""


class SignInWait(Refusal):
    """Too many failures: this user must wait at this register."""


class PinTooEarly(Refusal):
    """Nobody signed in at this register by password today: until then no PIN is looked at."""


class OverrideFailed(Refusal):
    """The approving user, or what he typed, is wrong."""


class ReasonNeeded(Refusal):
    """An approval needs a reason in words."""


class Failure(Row):
    """Failures in a row of one login at one register, and until when it waits."""

    register = IntegerField()
    login = CharField(max_length=LONGEST_LOGIN)
    count = IntegerField()
    until = InstantField(null=True)

    class Meta:
        primary_key = CompositeKey("register", "login")
        table_name = "sign_in_failure"


Told(Failure, "count until", changes=True)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What `find` read: enough to check a secret elsewhere. Unknown users have empty hashes."""

    register: int
    login: str
    user: int | None
    password_hash: str
    pin_hash: str
    is_pin_allowed: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer of `check`: `is_early` is a PIN that was not looked at, since none is yet."""

    candidate: Candidate
    is_right: bool
    is_password: bool
    is_early: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """A user's password was right, and was this one."""

    user: int
    password_hash: str


def is_opened_by_password(register: int) -> bool:
    """True when somebody signed in here by password on the present business date: PINs work
    then.
    """
    row = Register.get_or_none(Register.number == register)
    return row is not None and row.opened_day is not None and row.opened_day == open_day_or_none()


def find(register: int, login: str, department: str | None = None) -> Candidate:
    """Look the user up, by login and department. Refuses: SignInWait."""
    login = held(login.strip().lower()[:LONGEST_LOGIN])
    if left := _left_to_wait(register, login):
        raise SignInWait(seconds=ceil(left / timedelta(seconds=1)))
    user = User.get_or_none(User.login == login, User.is_active)
    if user and department is not None:
        chosen = Department.get_or_none(Department.name == department, Department.is_active)
        user = user if chosen and user.department_id == chosen.key else None
    return Candidate(
        register,
        login,
        user.key if user else None,
        user.password_hash if user else "",
        # A PIN cannot stand in for the first password, which somebody else knows.
        user.pin_hash if user and not user.must_change else "",
        is_opened_by_password(register),
    )


def department_before(register: int, login: str) -> str | None:
    """The department of a user who signed in at this register before; None for anybody else.

    It spares the cashier a key each day, and tells a stranger nothing about other numbers.
    """
    user = User.get_or_none(User.login == login.strip().lower(), User.is_active)
    if user is None:
        return None
    was_here = Audit.select().where(
        Audit.register == register, Audit.verb == SIGN_IN, Audit.user == user.key
    )
    return str(user.department.name) if was_here.exists() else None


def check(candidate: Candidate, secret: str) -> Checked:
    """Compare the secret, slowly; needs no database. Six digits are a PIN: a password is longer."""
    if secrets.looks_like_pin(secret):
        if not candidate.is_pin_allowed:
            return Checked(candidate, False, False, is_early=True)
        return Checked(candidate, secrets.is_pin(candidate.pin_hash, secret), False)
    right = secrets.is_password(candidate.password_hash, secret)
    return Checked(candidate, right, right)


def admit(checked: Checked) -> Session:
    """Record the answer; a session when it was right. Refuses: PinTooEarly, SignInFailed."""
    candidate = checked.candidate
    if checked.is_early:
        # For everybody the same, so that it tells nothing of whom there is.
        raise PinTooEarly()
    if not checked.is_right or candidate.user is None:
        _count_failure(candidate.register, candidate.login, "sign-in failed")
        raise SignInFailed()
    _admitted(checked, candidate.user)
    return Session(candidate.user, candidate.register)


@in_one_transaction
def _admitted(checked: Checked, user: int) -> None:
    register, day = checked.candidate.register, open_day_or_none()
    _clear(register, checked.candidate.login)
    if checked.is_password and day is not None:
        Register.update(opened_day=day).where(Register.number == register).execute()
    _record(register, SIGN_IN, user, {"by": _by(checked), TALLIES: times_written(register)})


def _by(checked: Checked) -> str:
    return "password" if checked.is_password else "PIN"


def sign_in(register: int, login: str, secret: str, department: str | None = None) -> Session:
    """All three steps at once. Refuses: SignInWait, PinTooEarly, SignInFailed."""
    return admit(check(find(register, login, department), secret))


@in_one_transaction
def sign_out(session: Session) -> None:
    """Record that a user left."""
    _record(session.register, "sign out", session.user, {})


def find_approver(register: int, login: str) -> Candidate:
    """The user who will approve: his override PIN, or his password. Refuses: SignInWait."""
    found = find(register, login)
    user = User.get_or_none(User.key == found.user) if found.user else None
    if user is None or user.must_change:
        # What somebody else chose for him approves nothing.
        return replace(found, password_hash="", pin_hash="")
    return replace(found, pin_hash=user.override_hash)


def check_approver(candidate: Candidate, secret: str) -> Checked:
    """Compare the override PIN or the password, slowly; needs no database."""
    return check(candidate, secret)


def admit_approver(checked: Checked) -> int:
    """The user whose secret was right, before he is asked for his reason; a failure is written
    down. Refuses: PinTooEarly, OverrideFailed.
    """
    candidate = checked.candidate
    if checked.is_early:
        raise PinTooEarly()
    if not checked.is_right or candidate.user is None:
        _count_failure(candidate.register, candidate.login, "override failed")
        raise OverrideFailed()
    committed(lambda: _clear(candidate.register, candidate.login), "admit_approver")
    return candidate.user


def require_reason(reason: str) -> None:
    """Refuses: ReasonNeeded, CardNumberRefused."""
    if not has_words(reason):
        raise ReasonNeeded()
    refuse_card_number(reason)


def approve_override(checked: Checked, *, reason: str, uid: UUID) -> Override:
    """An approval for the one operation with this uid.

    Refuses: ReasonNeeded, CardNumberRefused, PinTooEarly, OverrideFailed.
    """
    require_reason(reason)
    candidate, user = checked.candidate, admit_approver(checked)
    seen = candidate.password_hash if checked.is_password else candidate.pin_hash
    return Override(user, reason.strip(), uid, seen)


class WrongOldSecret(Refusal):
    """The old password is not right."""


def find_own(session: Session) -> Candidate:
    """The user who is signed in, with his password and no PIN. Refuses: SignInWait, SignedOut."""
    user = User.get_or_none(User.key == session.user, User.is_active)
    if user is None:
        raise SignedOut()
    return replace(find(session.register, user.login), pin_hash="")


def prove_own(checked: Checked) -> Proof:
    """That somebody gave his own password: what changing his secrets asks for.

    Refuses: WrongOldSecret.
    """
    candidate = checked.candidate
    if not checked.is_password or candidate.user is None:
        _count_failure(candidate.register, candidate.login, "own password failed")
        raise WrongOldSecret()
    committed(lambda: _clear(candidate.register, candidate.login), "prove_own")
    return Proof(candidate.user, candidate.password_hash)


def own_proof(session: Session, password: str) -> Proof:
    """All three steps at once. Refuses: SignInWait, SignedOut, WrongOldSecret."""
    return prove_own(check(find_own(session), password))


@in_one_transaction
def _count_failure(register: int, login: str, verb: str) -> None:
    row, _ = Failure.get_or_create(register=register, login=login, defaults={"count": 0})
    row.count += 1
    if wait := _wait_after(row.count):
        row.until = clock.now() + wait
    row.save()
    _record(register, verb, None, {"login": login, "failures": row.count})


def _wait_after(failures: int) -> timedelta:
    if failures < FREE_FAILURES:
        return timedelta(0)
    return min(FIRST_WAIT * 2 ** min(failures - FREE_FAILURES, 10), LONGEST_WAIT)


def _left_to_wait(register: int, login: str) -> timedelta:
    """How long this login waits still. A clock that was put back makes it no longer than it was:
    the wait begins anew.
    """
    failure = Failure.get_or_none(Failure.register == register, Failure.login == login)
    if failure is None or failure.until is None:
        return timedelta(0)
    left, whole = failure.until - clock.now(), _wait_after(failure.count)
    if left > whole:
        # Written down, or each look would find the whole wait again.
        committed(lambda: _wait_from_now(failure, whole), "sign-in wait")
        return whole
    return max(left, timedelta(0))


def _wait_from_now(failure: Failure, whole: timedelta) -> None:
    failure.until = clock.now() + whole
    failure.save()
    _record(failure.register, "sign-in wait", None, {"login": failure.login, "wait": str(whole)})


def _clear(register: int, login: str) -> None:
    if Failure.delete().where(Failure.register == register, Failure.login == login).execute():
        _record(register, "failures cleared", None, {"login": login})


def _record(register: int, verb: str, user: int | None, detail: dict[str, object]) -> None:
    rights = rights_of(user) if user else None
    audit.append(
        register,
        verb,
        user=user,
        user_name=rights.name if rights else "",
        day=open_day_or_none(),
        detail=detail,
    )
