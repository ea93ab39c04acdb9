"""The signed head of a closed day: where each register's chain stood, and the day's totals, under
one signature.

Printed in short on the day's slip. Whoever rewrites the past must rewrite the paper as well. What
it cannot prove: a sale that was never entered, and anything since the last head that left the
machine.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any

from peewee import CharField, TextField

from models.base import clock
from models.base.database import Row, store_number
from models.base.fields import DayField, InstantField, to_json
from models.base.hot import Statement
from models.trust import keyring


class DaySeal(Row):
    """One closed day's head.

    `body` is canonical JSON, `signature` Ed25519 over it, both readable for ever.
    """

    day = DayField(primary_key=True)
    body = TextField()
    key_id = CharField(max_length=16)
    signature = CharField(max_length=128)
    at = InstantField()

    class Meta:
        append_only = True

    @property
    def short(self) -> str:
        """Twelve signs for paper."""
        return hashlib.sha256((self.body + self.signature).encode()).hexdigest()[:12].upper()


_HEADS = Statement('SELECT "register", "seq", "hash" FROM "chain_head" ORDER BY "register"')
_TOTALS = Statement(
    'SELECT "account", sum("debit"), sum("credit") FROM "day_total" WHERE "day" = ? '
    'GROUP BY "account" ORDER BY "account"'
)


def seal(day: date, at: datetime) -> DaySeal:
    """Sign the head of a day inside its closing operation."""
    before = DaySeal.select().order_by(DaySeal.day.desc()).first()
    body: dict[str, Any] = {
        "store": store_number(),
        "day": day.isoformat(),
        "at": clock.micros(at),
        "after": before.short if before else "",
        "registers": [list(row) for row in _HEADS.rows()],
        "totals": [[a, int(d), int(c)] for a, d, c in _TOTALS.rows(day.isoformat())],
    }
    text = to_json(body)
    return DaySeal.create(day=day, body=text, key_id=key_id(), signature=_sign(text), at=at)


def key_id() -> str:
    """Which key signs: the first half of its public half's hash."""
    return hashlib.sha256(public_key()).hexdigest()[:16]


def public_key() -> bytes:
    """The 32 bytes with which anybody can check the signatures."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return _private().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def is_signature_right(row: DaySeal) -> bool:
    """True when this store's key signed exactly this body."""
    from cryptography.exceptions import InvalidSignature

    try:
        _private().public_key().verify(bytes.fromhex(row.signature), row.body.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _sign(text: str) -> str:
    return _private().sign(text.encode()).hex()


def _private():  # type: ignore[no-untyped-def]
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(keyring.signing_seed())
