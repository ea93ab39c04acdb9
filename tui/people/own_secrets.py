"""One's own password, PIN and override PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.trust import secrets, sign_in
from models.trust.staff import WrongOldSecret, change_own_secrets
from models.trust.users import User
from receipts.words import word
from tui.desk.words import t
from tui.widgets.line_list import Column
from tui.widgets.panel import Ask, Message, Pick

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp

CHOICES: tuple[tuple[int, str, str, Any, str], ...] = (
    (1, word("Password"), word("New password (8 characters or more)"), secrets.hash_password,
     "password_hash"),
    (2, word("PIN for signing in"), word("New PIN (6 digits)"), secrets.hash_pin, "pin_hash"),
    (3, word("Override PIN"), word("New override PIN (6 digits)"), secrets.hash_pin,
     "override_hash"),
)  # fmt: skip
COLUMNS = (
    Column("#", 3, "right", tone="muted", read=lambda row: row[0]),
    Column(word("What"), 0, read=lambda row: t(row[1])),
)


def _login(key: int) -> str:
    return str(User.get_by_id(key).login)


async def change_secrets(app: CounterApp) -> None:
    """Ask for the password in force, then twice for the new secret."""
    row = await app.ask(Pick(word("What shall change?"), COLUMNS, CHOICES))
    if row is None or app.session is None:
        return
    old = await app.ask(Ask(word("Your password now"), is_secret=True))
    if not old:
        return
    login = await app.in_books(_login, app.session.user)
    candidate = await app.in_books(sign_in.find, app.register, login)
    if not await app.off_thread(secrets.is_password, candidate.password_hash, old):
        raise WrongOldSecret()
    new = await app.ask(Ask(row[2], is_secret=True))
    if not new:
        return
    again = await app.ask(Ask(word("The same once more"), is_secret=True))
    if new != again:
        app.alarm(word("The two were not the same. Nothing was changed."))
        return
    hashed = await app.off_thread(row[3], new)
    await app.operate(change_own_secrets, **{row[4]: hashed})
    await app.ask(Message(word("{what}: changed."), what=t(row[1])))
