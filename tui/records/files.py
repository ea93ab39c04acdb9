"""Files that leave the program, and its own that it writes anew: each whole or not at all.

Every export goes through `target_of` and `export_file`, wherever it was asked for: never among the
files of a store, with the ending of its form, and over an older file only when somebody said so.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from models.base.refusals import Refusal
from receipts.words import word

NOT_PLAIN = word("it is no ordinary file")
# What a folder holds that belongs to a store, wherever it lies.
_OF_STORES = ("store.db", "store.making", "keys/signing", "pepper")
# The one folder of a store in which exports may lie.
EXPORTS = "exports"


class FileUnusable(Refusal):
    """The file cannot be read or written."""


class ExportIntoStore(Refusal):
    """The file would lie among the files of a store, which are not for reading out."""


class ExportThere(Refusal):
    """There is a file of this name, and nobody said that it may go."""


class ExportEnding(Refusal):
    """The name ends in what this export cannot write."""


class ExportNoFolder(Refusal):
    """The folder of the file is not there."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where an export goes. `may_replace`: somebody said that an older file may go."""

    path: Path
    may_replace: bool = False

    @property
    def is_there(self) -> bool:
        return self.path.is_symlink() or self.path.exists()


def target_of(named: Path, *, forms: Sequence[str], exports: Path, base: Path) -> Target:
    """Where a file goes that a person named: `forms` are the endings that it may have, and the
    first one is put behind a name that has none. What is not a whole path begins at `base`.

    Refuses: ExportEnding, ExportIntoStore, FileUnusable, ExportNoFolder.
    """
    path = base / named.expanduser()
    if not path.suffix:
        path = path.with_name(f"{path.name}.{forms[0]}")
    if path.suffix.lower().lstrip(".") not in forms:
        endings = ", ".join(f".{form}" for form in forms)
        raise ExportEnding(file=path.name, endings=endings)
    try:
        # Where it lies in truth, whatever links lead there.
        true = path.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        # A name may hold a NUL, or half of a character.
        raise FileUnusable(file=str(path), why=getattr(error, "strerror", "") or "") from error
    _require_outside(true, exports)
    if true.exists() and not true.is_file():
        raise FileUnusable(file=str(path), why=NOT_PLAIN)
    if not true.parent.is_dir() and true.parent != exports.resolve():
        raise ExportNoFolder(folder=str(true.parent))
    return Target(true)


def _require_outside(path: Path, exports: Path) -> None:
    """Refuses: ExportIntoStore."""
    own = exports.resolve().parent if exports.name == EXPORTS else None
    is_copy = path.name.startswith("deskbell-") and path.suffix == ".json"
    for above in path.parents:
        is_store = above == own or any((above / name).exists() for name in _OF_STORES)
        if is_copy or (is_store and not path.is_relative_to(above / EXPORTS)):
            raise ExportIntoStore(file=str(path), exports=str(exports))


def export_file(target: Target, content: bytes) -> None:
    """Write an export; it appears when it is whole. Refuses: ExportThere, FileUnusable."""
    path = target.path
    with _written(path, content) as unfinished:
        if target.may_replace:
            unfinished.replace(path)
        else:
            _give_name(unfinished, path)


def write_own(path: Path, content: bytes) -> None:
    """Write a file of the program's own anew: config.toml. Refuses: FileUnusable."""
    with _written(path, content) as unfinished:
        unfinished.replace(path)


def written_by(write: Callable[[Path], object], name: str) -> bytes:
    """What a function that writes a file of this name writes."""
    with tempfile.TemporaryDirectory(prefix="deskbell-") as folder:
        path = Path(folder) / name
        write(path)
        return path.read_bytes()


@contextmanager
def _written(path: Path, content: bytes) -> Iterator[Path]:
    """The content under a name of its own beside the file, closed to others; gone afterwards.

    Refuses: FileUnusable.
    """
    unfinished: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        unfinished = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        yield unfinished
    except OSError as error:
        raise FileUnusable(file=str(path), why=error.strerror or str(error)) from error
    finally:
        if unfinished is not None:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)


def _give_name(unfinished: Path, path: Path) -> None:
    """Name a file that must be new: somebody may have made one since it was looked at.

    Refuses: ExportThere.
    """
    try:
        path.hardlink_to(unfinished)
    except FileExistsError as error:
        raise ExportThere(file=str(path)) from error
    except OSError:
        # A stick whose file system knows no links.
        if path.exists():
            raise ExportThere(file=str(path)) from None
        unfinished.replace(path)
