"""The store's secret keys: files in its folder `keys/`, readable by their owner only, never in the
database.

The pepper is mixed into every PIN, so that a stolen database alone does not give PINs away. The
signing key signs the heads of closed days. From it are made the keys of the audit chains, of the
marks of rows, and those that close phones and numbers of papers: without the folder nobody can
write the log anew, mark a row, or read them. Counters of one store on PostgreSQL share both: copy
the folder when a register is added.
"""

from __future__ import annotations

import hmac
import os
from pathlib import Path

from models.base import watching
from models.base.refusals import Refusal


class KeysUnreadable(Refusal):
    """The folder of the store's keys cannot be read or written."""


_PEPPER, _SIGNING = FILES = "pepper", "signing"


class _Ring:
    folder: Path | None = None
    pepper = b""
    signing = b""
    chain = b""
    fields = b""


def open_keys(folder: Path, *, create: bool) -> None:
    """Load the keys of a store; with `create`, make those that are missing.

    Refuses: KeysUnreadable.
    """
    try:
        if create:
            folder.mkdir(parents=True, exist_ok=True)
            Path(folder).chmod(0o700)
            for name in (_PEPPER, _SIGNING):
                if not (folder / name).exists():
                    _write(folder / name, os.urandom(32))
        _Ring.pepper = (folder / _PEPPER).read_bytes()
        _Ring.signing = (folder / _SIGNING).read_bytes()
        _Ring.chain = hmac.digest(_Ring.signing, b"deskbell audit chain", "sha256")
        _Ring.fields = hmac.digest(_Ring.signing, b"deskbell sealed fields", "sha256")
        watching.use_key(hmac.digest(_Ring.signing, b"deskbell row marks", "sha256"))
        _Ring.folder = folder
    except OSError as error:
        raise KeysUnreadable(folder=str(folder), why=error.strerror or "") from error


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def pepper() -> bytes:
    """The secret that is mixed into PINs."""
    return _Ring.pepper


def chain_key() -> bytes:
    """The 32 bytes under which the rows of the audit log are chained."""
    return _Ring.chain


def field_key() -> bytes:
    """The 32 bytes from which the keys of sealed fields and of their hashes are made."""
    return _Ring.fields


def signing_seed() -> bytes:
    """The 32 bytes of the Ed25519 key that signs closed days."""
    return _Ring.signing
