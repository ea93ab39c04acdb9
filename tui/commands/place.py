"""A store's place: its folder with store.db, config.toml, keys/, backups/, exports/, logs/."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from models.base.private import FOLDER_MODE, close_to_others, open_to_others
from models.base.refusals import Refusal
from models.base.texts import is_obeyed
from models.config.config import Config, read_config

DATABASE_FILE = "store.db"
# What its name ends in until a new store is whole.
MAKING = ".making"
LOG_BYTES, LOG_COUNT = 1_000_000, 5

# On these a lock of one machine is not seen by the others: SQLite's file would be torn.
NETWORK_SYSTEMS = frozenset((
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "fuse.sshfs", "fuse.rclone",
    "fuse.glusterfs", "fuse.davfs", "fuse.s3fs", "davfs", "ceph", "afs", "9p", "ncpfs", "webdav",
    "afpfs", "lustre", "gpfs", "ocfs2", "gfs2", "beegfs",
))  # fmt: skip
_REMOTE_DRIVE = 4


class NoStoreHere(Refusal):
    """There is no store in this folder yet."""


class StoreGone(Refusal):
    """The store's file is not here, but its keys or its copies are."""


class StoreOnNetwork(Refusal):
    """The folder lies on a network drive, where the store's file is not safe."""


class FolderUnusable(Refusal):
    """The store's folder cannot be made or written."""


@dataclass(frozen=True)
class Place:
    """Where a store lies, and the configuration of this machine for it."""

    folder: Path
    is_demo: bool = False

    @cached_property
    def config(self) -> Config:
        """Read once. Refuses: ConfigRefusal."""
        return read_config(self.folder)

    @property
    def url(self) -> str:
        return str(self.config.database.url)

    @property
    def is_file(self) -> bool:
        """True for one counter, whose store is a file here."""
        return self.url.startswith("sqlite:")

    @property
    def file(self) -> Path:
        return self.folder / DATABASE_FILE

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def backups(self) -> Path:
        """Where copies go, as config.toml says."""
        named = self.config.backup.folder
        return self.folder / named if named else self.folder / "backups"

    @property
    def exports(self) -> Path:
        return self.folder / "exports"

    @property
    def imports(self) -> Path:
        return self.folder / "imports"

    @property
    def slips(self) -> Path:
        return self.folder / "slips"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def register(self) -> int:
        return int(self.config.register.number)

    def exists(self) -> bool:
        """Is there a store? A database server is asked only when it is opened."""
        return not self.is_file or self.file.exists()

    def had_store(self) -> bool:
        """There is no store, but what one leaves: its keys, or copies. An `init` that was cut off
        leaves keys as well, and the file that it was making.
        """
        from models.trust.backup import copies

        if self.exists():
            return False
        is_unmade = self.file.with_suffix(MAKING).exists()
        has_keys = self.keys.is_dir() and any(self.keys.iterdir())
        return bool(copies(self.backups)) or (has_keys and not is_unmade)

    def refuse_absent(self) -> None:
        """Refuses: StoreGone, NoStoreHere."""
        if self.had_store():
            raise StoreGone(folder=str(self.folder))
        if not self.exists():
            raise NoStoreHere(folder=str(self.folder))

    def open(self) -> None:
        """Open the store at this machine's register.

        Refuses: NoStoreHere, StoreGone, StoreOnNetwork, ConfigRefusal, and what `open_store`
        refuses.
        """
        from models import store

        self.check()
        self.refuse_absent()
        self.make_folder()
        database = self.config.database
        store.open_store(
            self.url,
            self.keys,
            register=self.register,
            store=self.config.store.number,
            back_up=self._back_up,
            keeps_last=True,
            busy_timeout_s=database.busy_timeout_s,
            connect_timeout_s=database.connect_timeout_s,
        )

    def close(self) -> None:
        """Close the store; the register is free again."""
        from models import store

        store.close_store()

    def check(self) -> None:
        """Refuse a place in which no store is safe. Refuses: StoreOnNetwork."""
        if self.is_file and is_on_network(self.folder):
            raise StoreOnNetwork(folder=str(self.folder))

    def make_folder(self) -> None:
        """Make the folders that are missing; all that is in them is closed to others.

        Refuses: FolderUnusable.
        """
        try:
            for folder in (self.folder, self.imports, self.exports, self.slips, self.logs):
                folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
            close_to_others(open_to_others(self.folder))
        except OSError as error:
            why = error.strerror or str(error)
            raise FolderUnusable(folder=str(self.folder), why=why) from error

    def start_log(self) -> None:
        """Send the program's log to logs/, and what its libraries warn of: that must not come out
        in the middle of the screen. A folder that cannot be written costs the log only.
        """
        try:
            self.logs.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
            log = RotatingFileHandler(
                self.logs / "deskbell.log", maxBytes=LOG_BYTES, backupCount=LOG_COUNT,
                encoding="utf-8", delay=True,
            )  # fmt: skip
        except OSError:
            return
        log.setFormatter(WithoutValues("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self.stop_log()
        logging.getLogger().addHandler(log)
        logging.getLogger("deskbell").setLevel(logging.INFO)

    def stop_log(self) -> None:
        """Close the log's file, so that its folder may go."""
        root = logging.getLogger()
        for old in [each for each in root.handlers if isinstance(each, RotatingFileHandler)]:
            root.removeHandler(old)
            old.close()

    def _back_up(self) -> str:
        from tui.commands.backup_plan import back_up_before_migration

        return back_up_before_migration(self)


class WithoutValues(logging.Formatter):
    """Writes of an error its name and where it came from. What it says itself may hold what
    somebody typed. Nothing of a line is obeyed by the terminal that shows it, nor unknown to the
    file's encoding.
    """

    def format(self, record: logging.LogRecord) -> str:
        told = super().format(record)
        return "".join(one for one in told if one in "\n\t" or not is_obeyed(one))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        told, error = [], ei[1]
        while error is not None:
            told += ["".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__]
            error = error.__cause__ or error.__context__
        return "\n\n".join(reversed(told))


@contextmanager
def opened(place: Place) -> Iterator[None]:
    """The store open inside the block."""
    from models.base.database import classified

    try:
        with classified():
            place.open()
            yield
    finally:
        place.close()


def is_on_network(folder: Path, mounts: Path = Path("/proc/self/mountinfo")) -> bool:
    """Does the folder, or the nearest one above it that exists, lie on a network drive?"""
    whole = folder.resolve()
    if sys.platform == "win32":
        return _is_remote_drive(whole)
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    return _system_of(whole, lines) in NETWORK_SYSTEMS


def _system_of(folder: Path, mounts: list[str]) -> str:
    """The kind of file system of the mount nearest above a folder (proc_pid_mountinfo(5))."""
    best, system = -1, ""
    for line in mounts:
        left, _, right = line.partition(" - ")
        words, kinds = left.split(), right.split()
        if len(words) < 5 or not kinds:
            continue
        at = Path(words[4].replace("\\040", " ").replace("\\011", "\t"))
        # A later mount on the same folder covers the one before.
        if folder.is_relative_to(at) and len(at.parts) >= best:
            best, system = len(at.parts), kinds[0]
    return system


def _is_remote_drive(folder: Path) -> bool:
    import ctypes

    if str(folder).startswith("\\\\"):
        return True
    windows = getattr(ctypes, "windll").kernel32  # noqa: B009 - only there
    return bool(windows.GetDriveTypeW(folder.anchor) == _REMOTE_DRIVE)


def free_bytes(folder: Path) -> int:
    """How much room is left where the folder lies."""
    import shutil

    while not folder.exists() and folder.parent != folder:
        folder = folder.parent
    return shutil.disk_usage(os.fspath(folder)).free
