"""One's own password, PIN and override PIN."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from models.trust import secrets, sign_in
from models.trust.operation import APPROVE, Session, new_uid
from models.trust.sign_in import Proof
from models.trust.staff import change_own_secrets
from models.trust.users import User, rights_of
from receipts.words import Language, word
from tui.desk.words import t
from tui.widgets.line_list import Column
from tui.widgets.panel import Ask, Message, Pick

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp

PASSWORD, PIN, OVERRIDE = "password", "pin_hash", "override_hash"


@dataclass(frozen=True, slots=True)
class Choice:
    """A secret: its number, what it is, how it is asked for, and how the operation calls it."""

    number: int
    label: str
    question: str
    name: str


CHOICES = (
    Choice(1, word("Password"), word("New password (8 characters or more)"), PASSWORD),
    Choice(2, word("PIN for signing in"), word("New PIN (6 digits)"), PIN),
    Choice(3, word("Override PIN"), word("New override PIN (6 digits)"), OVERRIDE),
)
COLUMNS = (
    Column("#", 3, "right", tone="muted", read=lambda row: row.number),
    Column(word("What"), 0, read=lambda row: t(row.label)),
)
FIRST_PASSWORD = replace(
    CHOICES[0], question=word("Choose a password of your own (8 characters or more)")
)
FIRST_OVERRIDE = replace(
    CHOICES[2],
    question=word("Choose your override PIN (6 digits): with it you approve at any till"),
)
AGAIN = word("The same once more")
NOT_THE_SAME = word("The two were not the same. Once more, please.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody who comes in is asked to choose, and in which language."""

    password: bool
    override: bool
    language: Language


def wanted_of(key: int) -> Wanted:
    """A password of his own before all; of who was made a manager an override PIN. The owner
    approves by password until he wants one.
    """
    user, rights = User.get_by_id(key), rights_of(key)
    may_approve = rights is not None and rights.holds(APPROVE) and not rights.holds_all
    return Wanted(user.must_change, may_approve and not user.override_hash, user.language)


def _choices(user: int) -> list[Choice]:
    """An override PIN is for who approves for others."""
    rights = rights_of(user)
    may_approve = rights is not None and rights.holds(APPROVE)
    return [choice for choice in CHOICES if may_approve or choice.name != OVERRIDE]


async def change_secrets(app: CounterApp) -> None:
    """Ask for the password in force, then twice for the new secret."""
    session = app.session
    if session is None:
        return
    choices = await app.in_books(_choices, session.user)
    choice = await app.ask(Pick(word("What shall change?"), COLUMNS, choices))
    if choice is None:
        return
    candidate = await app.in_books(sign_in.find_own, session)
    old = await app.ask(Ask(word("Your password now"), is_secret=True))
    if not old:
        return
    checked = await app.off_thread(sign_in.check, candidate, old)
    proof = await app.in_books(sign_in.prove_own, checked)
    if await choose(app, session, proof, choice):
        await app.ask(Message(word("{what}: changed."), what=t(choice.label)))


async def choose(app: CounterApp, session: Session, proof: Proof, choice: Choice) -> Proof | None:
    """Ask twice for a new secret and keep it; the proof that goes on from there, None when it was
    left. What is refused, or not twice the same, is told and asked for again.
    """
    while new := await app.ask(Ask(choice.question, is_secret=True)):
        again = await app.ask(Ask(AGAIN, is_secret=True))
        if again is None:
            continue
        if new != again:
            app.alarm(NOT_THE_SAME)
            continue
        try:
            value = await app.off_thread(_hashed, choice.name, new, proof)
        except (secrets.PasswordWeak, secrets.PasswordSame, secrets.PinWrongForm) as refusal:
            app.tell(refusal)
            continue
        given = {choice.name: value}
        await app.in_books(change_own_secrets, session, proof=proof, uid=new_uid(), **given)
        is_password = isinstance(value, secrets.NewPassword)
        return replace(proof, password_hash=value.hash) if is_password else proof
    return None


def _hashed(name: str, secret: str, proof: Proof) -> Any:
    if name == PASSWORD:
        return secrets.new_password(proof.password_hash, secret)
    return secrets.hash_pin(secret)
