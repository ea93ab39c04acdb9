"""Signing in: department, user, password or PIN; growing delay; approval of a single operation by
PIN.

Each goes in three steps, so that the slow hash never holds the database thread:
`find` (database) -> `check` (anywhere) -> `admit` (database). `sign_in` does all three for commands
and tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from peewee import CharField, CompositeKey, IntegerField

from models.base import clock
from models.base.card_numbers import refuse_card_number
from models.base.database import Row, committed, in_one_transaction
from models.base.fields import InstantField
from models.base.refusals import Refusal
from models.trust import audit, secrets
from models.trust.audit import Audit
from models.trust.operation import Override, Session, open_day_or_none
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


class OverrideFailed(Refusal):
    """The approving user or PIN is wrong, or the register was not opened by password today."""


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
    """The answer of `check`."""

    candidate: Candidate
    is_right: bool
    is_password: bool


def is_opened_by_password(register: int) -> bool:
    """True when somebody signed in here by password on the present business date: PINs work
    then.
    """
    row = Register.get_or_none(Register.number == register)
    return row is not None and row.opened_day is not None and row.opened_day == open_day_or_none()


def find(register: int, login: str, department: str | None = None) -> Candidate:
    """Look the user up, by login and department. Refuses: SignInWait."""
    login = login.strip().lower()[:LONGEST_LOGIN]
    failure = Failure.get_or_none(Failure.register == register, Failure.login == login)
    if failure and failure.until and failure.until > clock.now():
        raise SignInWait(seconds=int((failure.until - clock.now()).total_seconds()) + 1)
    user = User.get_or_none(User.login == login, User.is_active)
    if user and department is not None:
        chosen = Department.get_or_none(Department.name == department, Department.is_active)
        user = user if chosen and user.department_id == chosen.key else None
    return Candidate(
        register,
        login,
        user.key if user else None,
        user.password_hash if user else "",
        user.pin_hash if user else "",
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
        Audit.register == register, Audit.verb == "sign in", Audit.user == user.key
    )
    return str(user.department.name) if was_here.exists() else None


def check(candidate: Candidate, secret: str) -> Checked:
    """Compare the secret, slowly; needs no database. A six-digit secret is tried as a PIN first."""
    looks_like_pin = len(secret) == secrets.PIN_DIGITS and secret.isdigit()
    if looks_like_pin and candidate.is_pin_allowed and secrets.is_pin(candidate.pin_hash, secret):
        return Checked(candidate, True, False)
    right = secrets.is_password(candidate.password_hash, secret)
    return Checked(candidate, right, right)


def admit(checked: Checked) -> Session:
    """Record the answer; a session when it was right. Refuses: SignInFailed."""
    candidate = checked.candidate
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
    _record(register, "sign in", user, {"by": _by(checked)})


def _by(checked: Checked) -> str:
    return "password" if checked.is_password else "PIN"


def sign_in(register: int, login: str, secret: str, department: str | None = None) -> Session:
    """All three steps at once. Refuses: SignInWait, SignInFailed."""
    return admit(check(find(register, login, department), secret))


@in_one_transaction
def sign_out(session: Session) -> None:
    """Record that a user left."""
    _record(session.register, "sign out", session.user, {})


def find_approver(register: int, login: str) -> Candidate:
    """The user who will approve, with the hash of his override PIN. Refuses: SignInWait."""
    found = find(register, login)
    user = User.get_or_none(User.key == found.user) if found.user else None
    return Candidate(
        register,
        found.login,
        found.user,
        "",
        user.override_hash if user else "",
        found.is_pin_allowed,
    )


def check_approver(candidate: Candidate, pin: str) -> Checked:
    """Compare the override PIN, slowly; needs no database."""
    right = secrets.is_pin(candidate.pin_hash, pin) and candidate.is_pin_allowed
    return Checked(candidate, right, False)


def approve_override(checked: Checked, *, reason: str, uid: UUID) -> Override:
    """An approval for the one operation with this uid.

    Refuses: OverrideFailed, ReasonNeeded, CardNumberRefused.
    """
    candidate = checked.candidate
    if not reason.strip():
        raise ReasonNeeded()
    refuse_card_number(reason)
    if not checked.is_right or candidate.user is None:
        _count_failure(candidate.register, candidate.login, "override failed")
        raise OverrideFailed()
    committed(lambda: _clear(candidate.register, candidate.login), "approve_override")
    return Override(candidate.user, reason.strip(), uid, candidate.pin_hash)


@in_one_transaction
def _count_failure(register: int, login: str, verb: str) -> None:
    row, _ = Failure.get_or_create(register=register, login=login, defaults={"count": 0})
    row.count += 1
    if row.count >= FREE_FAILURES:
        doubled = FIRST_WAIT * 2 ** min(row.count - FREE_FAILURES, 10)
        row.until = clock.now() + min(doubled, LONGEST_WAIT)
    row.save()
    _record(register, verb, None, {"login": login, "failures": row.count})


def _clear(register: int, login: str) -> None:
    Failure.delete().where(Failure.register == register, Failure.login == login).execute()


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
