"""Backups: a copy counts when it was opened again, proved, and named; only then older ones may go.

    run = Backup(plan)
    for per_cent in run.copy_steps(): ...   the database thread, slice after slice
    copy = run.finish()                     any other thread: proves, encrypts, names
    record(copy, session)                   the database thread: the audit row

A plain copy is the SQLite file itself and holds no keys. An encrypted one is a tar of the file and
the folder keys/, closed with age to the public key of config.toml: it restores on a bare machine.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
import shutil
from collections.abc import Generator, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from models.base import clock
from models.base.copying import copy_steps
from models.base.database import in_one_transaction, is_sqlite, sqlite_file
from models.base.fields import to_json
from models.base.private import FOLDER_MODE, close_to_others, make_file
from models.base.refusals import Refusal
from models.trust import audit, keyring
from models.trust.company import store_zone
from models.trust.operation import Job, Session, open_day_or_none, operation
from models.trust.proving import Proven, prove_apart
from models.trust.users import rights_of

PLAIN, ENCRYPTED, MANIFEST = ".db", ".age", ".json"
# What must stay free on the disk of the copies beside the copy itself.
ROOM_LEFT = 64 << 20


class BackupElsewhere(Refusal):
    """The store is on a PostgreSQL server: its backups are made there."""


class BackupNoRoom(Refusal):
    """The disk of the copies has no room for another one."""


class BackupUnwritable(Refusal):
    """The folder of the copies cannot be written."""


class CopyUnsound(Refusal):
    """The copy was opened again, and its books do not agree: it does not count."""


@dataclass(frozen=True, slots=True)
class Keep:
    """How many copies are kept: the newest of so many hours, days, months, and of every year."""

    hourly: int = 24
    daily: int = 30
    monthly: int = 12


@dataclass(frozen=True, slots=True)
class Plan:
    """Where copies go and who can read them; `recipient` is a public key of age, or empty."""

    folder: Path
    keys_folder: Path
    recipient: str = ""
    keep: Keep = field(default_factory=Keep)


@dataclass(frozen=True, slots=True)
class Copy:
    """One proved copy, as its manifest says."""

    name: str
    folder: Path
    made_at: datetime
    size: int
    sha256: str
    schema: int
    day: str
    heads: list[list[Any]]
    numbers: list[list[Any]]
    counts: dict[str, int]
    registers: int
    mark: str = ""

    @property
    def path(self) -> Path:
        return self.folder / self.name

    @property
    def is_encrypted(self) -> bool:
        return self.name.endswith(ENCRYPTED)

    @property
    def last_number(self) -> str:
        """The last bill in it, as printed; empty for none."""
        sales = [text for text in (row[2] for row in self.numbers) if text.startswith("S")]
        return max(sales, default="")

    def age(self) -> timedelta:
        """How old it is now."""
        return clock.now() - self.made_at


class Backup:
    """One run. Given up halfway it leaves nothing but a file that the next run removes."""

    def __init__(self, plan: Plan) -> None:
        """Refuses: BackupElsewhere, BackupUnwritable, BackupNoRoom."""
        if not is_sqlite():
            raise BackupElsewhere()
        self.plan, self.made_at, self._zone = plan, clock.now(), store_zone()
        # What is to be closed with a key is plain only where the store itself is plain.
        self._room = sqlite_file().parent / ".copying" if plan.recipient else plan.folder
        self._part = self._room / f".{os.getpid()}.part"
        try:
            for folder in (plan.folder, self._room):
                folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
                for left in folder.glob(".*.part*"):
                    left.unlink()
            close_to_others(plan.folder.glob("deskbell-*"))
        except OSError as error:
            raise _unwritable(plan.folder, error) from error
        size = _size_of(sqlite_file())
        for folder, times in ((plan.folder, 1), (self._room, 2 if plan.recipient else 1)):
            free = shutil.disk_usage(folder).free
            if free < size * times + ROOM_LEFT:
                needed = size * times + ROOM_LEFT
                raise BackupNoRoom(folder=str(folder), needed=needed, free=free)

    def copy_steps(self) -> Generator[int]:
        """Copy in slices, on the database thread; per cent done."""
        yield from copy_steps(self._part)

    def finish(self) -> Copy:
        """Open the copy apart from the store, prove it, encrypt it, name it, drop old ones.

        Refuses: CopyUnsound, BackupUnwritable.
        """
        proven = prove_apart(f"sqlite:///{self._part}", self.plan.keys_folder)
        if proven.findings:
            self._part.unlink()
            raise CopyUnsound(findings=len(proven.findings), first=proven.findings[0])
        try:
            return self._named(proven)
        except OSError as error:
            raise _unwritable(self.plan.folder, error) from error

    def _named(self, proven: Proven) -> Copy:
        ending, made = PLAIN, self._part
        if self.plan.recipient:
            ending, made = ENCRYPTED, self.plan.folder / f".{os.getpid()}.part.age"
            _encrypt(self._part, made, self.plan)
        # By the store's clock, as everything that a person reads.
        at = self.made_at.astimezone(self._zone)
        name = f"deskbell-{proven.day}-{at:%Y%m%dT%H%M%S%f}{ending}"
        copy = Copy(
            name=name, folder=self.plan.folder, made_at=self.made_at,
            size=made.stat().st_size, sha256=sha256_of(made), schema=proven.schema,
            day=proven.day, heads=proven.heads, numbers=proven.numbers, counts=proven.counts,
            registers=proven.registers,
        )  # fmt: skip
        copy = replace(copy, mark=_mark(copy))
        # The manifest last: a copy without one does not count.
        made.replace(copy.path)
        _write_whole(copy.path.with_suffix(MANIFEST), _manifest(copy))
        prune(self.plan.folder, self.plan.keep)
        return copy


def back_up(plan: Plan, session: Session | None = None) -> Copy:
    """A whole backup at once, with its audit row."""
    copy = copy_at_once(plan)
    record(copy, session)
    return copy


def copy_at_once(plan: Plan) -> Copy:
    """A whole backup that the caller records: before a migration the log is still the old one."""
    run = Backup(plan)
    for _ in run.copy_steps():
        pass
    return run.finish()


@operation(right="back up")
def allow_backup(job: Job) -> None:
    """Somebody has a copy made: all data of the store leaves it."""


@in_one_transaction
def record(copy: Copy, session: Session | None, *, register: int = 1) -> None:
    """The audit row of a proved copy; without a session the schedule made it."""
    rights = rights_of(session.user) if session else None
    audit.append(
        session.register if session else register,
        audit.BACKUP_PROVED,
        user=session.user if session else None,
        user_name=rights.name if rights else "",
        day=open_day_or_none(),
        detail={"copy": copy.name, "sha256": copy.sha256, "day": copy.day},
    )


def copies(folder: Path) -> list[Copy]:
    """The proved copies of a folder, newest first: those whose file is there in full."""
    found = []
    for path in folder.glob(f"deskbell-*{MANIFEST}"):
        copy = read_manifest(path)
        if copy is not None and copy.path.is_file() and copy.path.stat().st_size == copy.size:
            found.append(copy)
    return sorted(found, key=lambda copy: copy.made_at, reverse=True)


def newest_verified(folder: Path) -> Copy | None:
    """The newest proved copy: what a damaged store goes back to, and what the status line dates."""
    return next(iter(copies(folder)), None)


def newest_sound(folder: Path) -> Copy | None:
    """The newest proved copy that is still what it was: read again from its first byte to its last.
    Copies that cannot be read are passed over.
    """
    for copy in copies(folder):
        with suppress(OSError):
            if sha256_of(copy.path) == copy.sha256:
                return copy
    return None


def prune(folder: Path, keep: Keep) -> list[Copy]:
    """Remove the copies that no rule keeps; those that were removed."""
    present = copies(folder)
    gone = [copy for copy in present if copy not in kept(present, keep)]
    for copy in gone:
        # The manifest first: what is left of a copy without one does not count.
        copy.path.with_suffix(MANIFEST).unlink()
        copy.path.unlink()
    return gone


def kept(present: Iterable[Copy], keep: Keep) -> list[Copy]:
    """Those that a rule keeps: the newest of each hour, day, month, year."""
    newest_first = sorted(present, key=lambda copy: copy.made_at, reverse=True)
    chosen: list[Copy] = newest_first[:1]
    rules = (("%Y%m%d%H", keep.hourly), ("%Y%m%d", keep.daily), ("%Y%m", keep.monthly))
    for shape, most in (*rules, ("%Y", len(newest_first))):
        spans: dict[str, Copy] = {}
        for copy in newest_first:
            spans.setdefault(copy.made_at.strftime(shape), copy)
        chosen += list(spans.values())[:most]
    return [copy for copy in newest_first if copy in chosen]


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _encrypt(part: Path, closed: Path, plan: Plan) -> None:
    """Pack the copy with the keys, where the copy lies, and close it into a file of the target."""
    import tarfile

    import pyrage

    packed = part.with_suffix(".part.tar")
    try:
        make_file(packed)
        with tarfile.open(packed, "w") as tar:
            tar.add(part, "store.db")
            for name in keyring.FILES:
                tar.add(plan.keys_folder / name, f"keys/{name}")
        make_file(closed)
        to = pyrage.x25519.Recipient.from_str(plan.recipient)
        pyrage.encrypt_file(str(packed), str(closed), [to])
    except BaseException:
        closed.unlink(missing_ok=True)
        raise
    finally:
        packed.unlink(missing_ok=True)
        part.unlink(missing_ok=True)


def _size_of(path: Path) -> int:
    both = (path, path.with_name(path.name + "-wal"))
    return sum(each.stat().st_size for each in both if each.exists())


def _unwritable(folder: Path, error: OSError) -> BackupUnwritable:
    return BackupUnwritable(folder=str(folder), why=error.strerror or "")


def _manifest(copy: Copy) -> bytes:
    values = _said(copy) | {"mark": copy.mark}
    return json.dumps(values, indent=1, sort_keys=True, ensure_ascii=False).encode()


def _said(copy: Copy) -> dict[str, Any]:
    values = asdict(copy)
    return values | {"made_at": copy.made_at.isoformat(), "folder": "", "mark": ""}


def _mark(copy: Copy) -> str:
    """What only this store's key can write under a manifest."""
    text = f"manifest {to_json(_said(copy))}"
    return hmac.digest(keyring.chain_key(), text.encode(), "sha256").hex()[:32]


def is_ours(copy: Copy) -> bool:
    """True when the manifest says what this store wrote; its keys must be open."""
    return hmac.compare_digest(copy.mark, _mark(copy))


def read_manifest(path: Path) -> Copy | None:
    """What a manifest says; None for a file that is none of ours."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        del values["folder"]
        values["made_at"] = datetime.fromisoformat(values["made_at"]).astimezone(UTC)
        return Copy(folder=path.parent, **values)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there in full or not at all, also after a power cut."""
    part = path.with_name(f".{path.name}.part")
    make_file(part)
    with part.open("wb") as file:
        shutil.copyfileobj(io.BytesIO(content), file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
