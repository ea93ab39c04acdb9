"""Restoring: a proved copy takes the place of the store, and a new register goes on.

What was done after the copy was made is lost, but its numbers are on paper and its keys may be
elsewhere. So the machine goes on under a register number that was never used: no number and no key
can come twice, whatever was lost, and nobody is asked for the highest number on paper. Raising the
counters would need that answer, and would leave holes in numbers that must have none.
"""

from __future__ import annotations

import errno
import os
import shutil
import tarfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import peewee

from models.base import clock, database, fields, keys, migrations
from models.base.log_damage import log_of
from models.base.money import currency
from models.base.refusals import Refusal
from models.ledger.daily.last_work import path_beside
from models.ledger.daily.shifts import CLOSED, Shift
from models.ledger.kinds import SALE
from models.trust import audit, company, keyring, sign_in
from models.trust.backup import (
    ENCRYPTED,
    MANIFEST,
    copies,
    read_manifest,
    sha256_of,
    sync_folder,
)
from models.trust.drafts import CANCELLED, HELD, Draft
from models.trust.drafts import OPEN as DRAFT_OPEN
from models.trust.heads import require_history
from models.trust.operation import NeedsOverride, Session, open_day_or_none
from models.trust.print_queue import QUEUED, SENDING, UNKNOWN, PrintJob
from models.trust.proving import prove_apart
from models.trust.registers import Register
from models.trust.users import rights_of

# Beside the keys, because it must outlive the store's file: the highest register ever used here.
_HIGHEST = "highest_register"


class CopyUnreadable(Refusal):
    """The copy is not there, or the system does not let us read it."""


class CopyClosed(Refusal):
    """The copy is closed with an age key, and the one that was given is not its other half."""


class CopyDamaged(Refusal):
    """The copy is damaged, or is none of a store; the present store is as it was."""


class RestoreUnwritable(Refusal):
    """The store's folder cannot be written; the present store is as it was."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it: the register that goes on, the last bills in the copy, the old file."""

    register: int
    day: str
    last_numbers: list[str]
    old_file: Path | None


@dataclass(frozen=True, slots=True)
class Restoring:
    """What a restore needs to know. `identity` is the secret half of the age key, for an encrypted
    copy; `highest` the highest register number seen on paper, when more is known than here.
    """

    copy: Path
    store_file: Path
    keys_folder: Path
    login: str
    password: str
    identity: str = ""
    highest: int = 0


def restore(wanted: Restoring) -> Restored:
    """Put a copy in the place of the store, which must be closed; the old file is kept beside it.

    Refuses: CopyUnreadable, CopyClosed, CopyDamaged, CopyRewritten, StoreNewer, KeysUnreadable,
    SignInFailed, NeedsOverride, RestoreUnwritable.
    """
    room = wanted.store_file.parent / ".restoring"
    try:
        shutil.rmtree(room, ignore_errors=True)
        room.mkdir(parents=True)
        return _restore(wanted, room)
    except OSError as error:
        raise RestoreUnwritable(folder=str(room.parent), why=error.strerror or "") from error
    finally:
        database.close()
        shutil.rmtree(room, ignore_errors=True)


def _restore(wanted: Restoring, room: Path) -> Restored:
    file, keys_folder = _unpacked(wanted, room)
    proven = prove_apart(f"sqlite:///{file}", keys_folder, brings_up=True)
    for refusal in (migrations.StoreNewer, keyring.KeysUnreadable):
        if proven.refused == refusal.__name__:
            raise refusal(**proven.fields)
    if proven.findings:
        raise CopyDamaged(copy=str(wanted.copy), first=proven.findings[0])
    number = 1 + max(wanted.highest, proven.registers, *_known_elsewhere(wanted))
    _go_on_as(number, file, keys_folder, wanted)

    # From here on the store changes hands: the old file goes aside, the new one takes its name.
    wanted.keys_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if keys_folder != wanted.keys_folder:
        for name in keyring.FILES:
            _set_aside(wanted.keys_folder / name)
            os.replace(keys_folder / name, wanted.keys_folder / name)  # noqa: PTH105
    (wanted.keys_folder / _HIGHEST).write_text(f"{number}\n", encoding="ascii")
    old = _set_aside(wanted.store_file)
    for beside in (log_of(wanted.store_file), path_beside(wanted.store_file)):
        _set_aside(beside)
    file.replace(wanted.store_file)
    sync_folder(wanted.store_file.parent)
    numbers = [text for _, kind, text in proven.numbers if kind == SALE]
    return Restored(number, proven.day, numbers, old)


def _unpacked(wanted: Restoring, room: Path) -> tuple[Path, Path]:
    """The copy's file in the room, and the folder of its keys."""
    _look_at(wanted.copy)
    if wanted.copy.suffix != ENCRYPTED:
        if log_of(wanted.copy).is_file():
            # The store's own file, gone on with as it is: its log holds the newest of it.
            shutil.copyfile(log_of(wanted.copy), log_of(room / "store.db"))
        return Path(shutil.copyfile(wanted.copy, room / "store.db")), wanted.keys_folder
    _open_packed(wanted, room)
    return room / "store.db", room / "keys"


def _look_at(copy: Path) -> None:
    """It can be read, and is what its manifest says. Refuses: CopyUnreadable, CopyDamaged."""
    manifest = read_manifest(copy.with_suffix(MANIFEST))
    try:
        if not copy.is_file():
            raise CopyUnreadable(copy=str(copy), why=os.strerror(errno.ENOENT))
        found = sha256_of(copy)
    except OSError as error:
        raise CopyUnreadable(copy=str(copy), why=error.strerror or "") from error
    if manifest is not None and manifest.sha256 != found:
        raise CopyDamaged(copy=str(copy), first="sha256")


def _open_packed(wanted: Restoring, room: Path) -> None:
    """Refuses: CopyClosed, CopyDamaged."""
    import pyrage

    packed = room / "packed.tar"
    try:
        identity = pyrage.x25519.Identity.from_str(wanted.identity.strip())
        pyrage.decrypt_file(str(wanted.copy), str(packed), [identity])
        (room / "keys").mkdir(mode=0o700)
        with tarfile.open(packed) as tar:
            for name in ("store.db", *(f"keys/{each}" for each in keyring.FILES)):
                if (found := tar.extractfile(name)) is None:
                    raise KeyError(name)
                with (room / name).open("wb") as out:
                    shutil.copyfileobj(found, out)
                (room / name).chmod(0o600)
    except pyrage.IdentityError as error:
        raise CopyClosed(copy=str(wanted.copy)) from error
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise CopyClosed(copy=str(wanted.copy)) from error
        raise CopyDamaged(copy=str(wanted.copy), first="age") from error
    except (tarfile.TarError, KeyError) as error:
        raise CopyDamaged(copy=str(wanted.copy), first="tar") from error
    except OSError as error:
        if error.errno is not None:
            raise
        # A damaged body: the library knows no other way to say it.
        raise CopyDamaged(copy=str(wanted.copy), first="age") from error
    finally:
        packed.unlink(missing_ok=True)


def _known_elsewhere(wanted: Restoring) -> list[int]:
    """Register numbers that were used after the copy was made, as far as anything here knows."""
    known = [copy.registers for copy in copies(wanted.copy.parent)]
    try:
        text = (wanted.keys_folder / _HIGHEST).read_text(encoding="ascii")
        known.append(int(text))
    except (OSError, ValueError):
        known.append(0)
    try:
        # The old file may be damaged; what it still says of its registers is worth reading.
        name = f"file:{wanted.store_file.as_posix()}?mode=ro&immutable=1"
        old = peewee.sqlite3.connect(name, uri=True)
        try:
            known += [row[0] for row in old.execute('SELECT max("number") FROM "register"')]
        finally:
            old.close()
    except peewee.sqlite3.Error:
        pass
    return [number or 0 for number in known]


def _go_on_as(number: int, file: Path, keys_folder: Path, wanted: Restoring) -> None:
    """Inside the copy: a new register takes over what the others left open."""
    database.connect(f"sqlite:///{file}")
    keyring.open_keys(keys_folder, create=False)
    fields.use_currency(currency(company.currency_code.value()))
    require_history(wanted.copy)
    session = _who(wanted, number)
    keys.use_register(number)
    now = clock.now()
    with database.transaction():
        before = [row.number for row in Register.select().where(~Register.is_retired)]
        Register.update(is_retired=True, replaced_by=number).where(~Register.is_retired).execute()
        Register.create(number=number, name=f"{number}", created_at=now)
        _take_over(number, now)
        rights = rights_of(session.user)
        audit.append(
            number, "restore", user=session.user, user_name=rights.name if rights else "",
            day=open_day_or_none(),
            detail={"copy": wanted.copy.name, "registers": before, "goes on as": number},
        )  # fmt: skip
    keys.renew()
    database.close()


def _who(wanted: Restoring, number: int) -> Session:
    """Somebody of the copied store who may do this, by password."""
    candidate = sign_in.find(number, wanted.login)
    checked = sign_in.check(candidate, wanted.password)
    if not checked.is_right or not checked.is_password or candidate.user is None:
        raise sign_in.SignInFailed()
    rights = rights_of(candidate.user)
    if rights is None or not rights.holds("back up"):
        raise NeedsOverride(right="back up", amount=None)
    return Session(candidate.user, number)


def _take_over(number: int, now: datetime) -> None:
    Shift.update(register=number).where(Shift.state != CLOSED).execute()
    Draft.update(register=number).where(Draft.state << [DRAFT_OPEN, HELD, CANCELLED]).execute()
    # Whether these came out of the printer before, nobody knows.
    PrintJob.update(register=number, state=UNKNOWN, error="interrupted", changed_at=now).where(
        PrintJob.state << [QUEUED, SENDING, UNKNOWN]
    ).execute()


def _set_aside(path: Path) -> Path | None:
    """Rename a file out of the way; where it is now, or None when there was none."""
    if not path.exists():
        return None
    aside = path.with_name(f"{path.name}.before-{clock.now():%Y%m%dT%H%M%S%f}")
    path.replace(aside)
    return aside
