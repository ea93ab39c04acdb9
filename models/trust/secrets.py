"""Passwords and PINs: how they are hashed and checked. Slow on purpose: never on the database
thread.

argon2id with 19 MiB, two passes, one lane (OWASP ASVS 5.0, appendix C).
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from models.base.refusals import Refusal
from models.trust import keyring

PASSWORD_LEAST = 8
PIN_DIGITS = 6

# What people choose first. A full list would only slow the owner down at the counter.
_COMMON = {
    "password", "12345678", "123456789", "1234567890", "11111111", "88888888", "00000000",
    "qwertyui", "qwerty123", "iloveyou", "deskbell", "admin123", "a1234567", "abcd1234",
    "66666666", "87654321",
}  # fmt: skip


class PasswordWeak(Refusal):
    """Shorter than 8 characters, or one of those that everybody tries first."""

    about = ("password",)


class PasswordSame(Refusal):
    """The new password is the one that it should replace."""


class PinWrongForm(Refusal):
    """A PIN is six digits, not all the same and not a run."""


def hash_password(password: str) -> str:
    """The hash to store. Refuses: PasswordWeak."""
    if len(password) < PASSWORD_LEAST or password.lower() in _COMMON:
        raise PasswordWeak(least=PASSWORD_LEAST)
    return _hasher().hash(_bytes(password))


def looks_like_pin(secret: str) -> bool:
    """True for six digits, which no password is."""
    return len(secret) == PIN_DIGITS and secret.isascii() and secret.isdigit()


def hash_pin(pin: str) -> str:
    """The hash of a six-digit PIN to store. Refuses: PinWrongForm."""
    is_easy = pin in "0123456789" or pin in "9876543210" or len(set(pin)) == 1
    if not looks_like_pin(pin) or is_easy:
        raise PinWrongForm(digits=PIN_DIGITS)
    return hash_shown_pin(pin)


def hash_shown_pin(pin: str) -> str:
    """The hash of a PIN that everybody may see, and that may be as easy as it likes: those of a
    store for practice, which stand on its sign-in screen.
    """
    return _hasher().hash(_peppered(pin))


@dataclass(frozen=True, slots=True)
class NewPassword:
    """The hash of a password that somebody chose, and of the one that it was found to differ
    from.
    """

    hash: str
    unlike: str


def new_password(before: str, password: str) -> NewPassword:
    """A password of one's own in place of that of the hash `before`.

    Refuses: PasswordWeak, PasswordSame.
    """
    made = hash_password(password)
    if _matches(before, password):
        raise PasswordSame()
    return NewPassword(made, before)


def is_password(stored: str, given: str) -> bool:
    """True when `given` is the password of the stored hash. Takes as long for a wrong one."""
    return _matches(stored or _dummy(), given) and bool(stored)


def is_pin(stored: str, given: str) -> bool:
    """True when `given` is the PIN of the stored hash."""
    return _matches(stored or _dummy(), _peppered(given)) and bool(stored)


def _peppered(pin: str) -> str:
    return hmac.new(keyring.pepper(), pin.encode(), hashlib.sha256).hexdigest()


def _bytes(secret: str) -> bytes:
    # Half a character, which a terminal of another encoding may give, is a sign as any other.
    return secret.encode("utf-8", "surrogatepass")


def _matches(stored: str, given: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(stored, _bytes(given))
    except (VerificationError, InvalidHashError):
        return False


_made: list = []


def _hasher():  # type: ignore[no-untyped-def]
    from argon2 import PasswordHasher

    if not _made:
        _made.append(PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1))
    return _made[0]


def _dummy() -> str:
    # Somebody unknown costs the same time as somebody known.
    if len(_made) < 2:
        _made.append(_hasher().hash("nobody knows this"))
    return _made[1]
