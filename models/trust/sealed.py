"""Sealed texts: phones and numbers of papers. Encrypted field by field, masked wherever they are
shown, and found by keyed hashes.

A value is a `Sealed`: as text it is its mask, so that whatever draws, prints or logs it shows no
more. The whole text is `Sealed.text`, for whoever calls, checks or writes it on purpose.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from peewee import TextField

from models.base.texts import narrow
from models.trust import keyring

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

STAR = "*"
_NONCE = 12
_SIGNS, _NO_DIGITS = re.compile(r"[^0-9a-z]+"), re.compile(r"[^0-9]+")
# 96 bits of a hash: two of ten million texts have the same once in a million years of trying.
_HASH_DIGITS = 24
# So many last digits of a phone find it.
TAIL = 4


class Sealed:
    """A text that is not shown whole. Equal when the texts are."""

    __slots__ = ("is_lost", "text")

    def __init__(self, text: str, *, is_lost: bool = False) -> None:
        self.text = text
        # What is stored cannot be opened: altered, or closed with another store's key.
        self.is_lost = is_lost

    @property
    def masked(self) -> str:
        """What may be seen: 138****5678."""
        if self.is_lost:
            return STAR * 4
        size = len(self.text)
        first, last = (3, 4) if size >= 11 else (0, 4) if size >= 7 else (0, min(2, size // 2))
        return self.text[:first] + STAR * max(size - first - last, 0) + self.text[size - last :]

    @property
    def audited(self) -> str:
        """What the audit log says of it: the mask, and a keyed hash that tells it from others."""
        return f"{self.masked} {blind('audit', self.text)[:8]}" if self.text else ""

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"Sealed({self.masked})"

    def __bool__(self) -> bool:
        return bool(self.text) or self.is_lost

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sealed):
            return NotImplemented
        return (self.text, self.is_lost) == (other.text, other.is_lost)

    def __hash__(self) -> int:
        return hash(self.text)


def plain_signs(text: str) -> str:
    """The letters and digits of a number as it is compared: narrow, small, without blanks."""
    return _SIGNS.sub("", narrow(text).lower())


def phone_digits(text: str) -> str:
    """The digits of a phone number, without the code of China before a mobile number."""
    digits = _NO_DIGITS.sub("", narrow(text))
    for code in ("0086", "86"):
        if digits.startswith(code + "1") and len(digits) == len(code) + 11:
            return digits.removeprefix(code)
    return digits


def blind(purpose: str, text: str) -> str:
    """A keyed hash of a text, for finding it where it is stored; empty for an empty text."""
    if not text:
        return ""
    key = _derived(keyring.field_key(), f"hash {purpose}")
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:_HASH_DIGITS]


def phone_tail(text: str) -> str:
    """The hash of the last digits of a phone number; empty when there are fewer."""
    digits = phone_digits(text)
    return blind("phone tail", digits[-TAIL:]) if len(digits) >= TAIL else ""


class SealedField(TextField):
    """A column of sealed texts: AES-256-GCM with a fresh nonce, bound to table and column."""

    if TYPE_CHECKING:

        def __get__(self, instance: Any, owner: Any) -> Any: ...

        def __set__(self, instance: Any, value: Any) -> None: ...

    @property
    def place(self) -> bytes:
        """What its texts are bound to: moved elsewhere, they do not open."""
        return f"{self.model._meta.table_name}.{self.column_name}".encode()

    def db_value(self, value: Any) -> str | None:
        if value is None:
            return None
        if type(value) is not Sealed or value.is_lost:
            raise TypeError(f"{self.name} takes a Sealed, not {type(value).__name__}")
        return seal(value.text, self.place)

    def python_value(self, value: str | None) -> Any:
        return None if value is None else opened(value, self.place)


def seal(text: str, place: bytes) -> str:
    """The stored form of a text at its place; empty for an empty one."""
    if not text:
        return ""
    nonce = os.urandom(_NONCE)
    return base64.b64encode(nonce + _cipher().encrypt(nonce, text.encode(), place)).decode()


def opened(stored: str, place: bytes) -> Sealed:
    """What `seal` stored; lost when it was altered or belongs to another key."""
    from cryptography.exceptions import InvalidTag

    if not stored:
        return Sealed("")
    try:
        whole = base64.b64decode(stored, validate=True)
        return Sealed(_cipher().decrypt(whole[:_NONCE], whole[_NONCE:], place).decode())
    except (InvalidTag, ValueError):
        return Sealed("", is_lost=True)


def _cipher() -> AESGCM:
    return _made(keyring.field_key())


@lru_cache(maxsize=2)
def _made(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(_derived(key, "fields"))


@lru_cache(maxsize=32)
def _derived(key: bytes, purpose: str) -> bytes:
    """A key of its own for each use."""
    return hmac.new(key, purpose.encode(), hashlib.sha256).digest()
