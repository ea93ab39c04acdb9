"""Files and memory that are nobody else's: modes of files, and no dump of this process on a disk.

On Windows a folder inside the user's own is closed to others by the system; there these functions
change nothing, and the manual says so.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

FOLDER_MODE, FILE_MODE = 0o700, 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_SET_DUMPABLE = 4


def make_file(path: Path) -> None:
    """Make an empty file that only its owner may read, unless there is one."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE))


def open_to_others(folder: Path) -> list[Path]:
    """What others may read or write in a folder: itself, its files, and those of its folders.

    A folder that is closed closes all that is in it; what is in it is named all the same, because
    a file that is taken elsewhere takes its mode along.
    """
    return [path for path in _all_of(folder) if is_open_to_others(path)]


def is_open_to_others(path: Path) -> bool:
    """May others read or write this file or folder?"""
    return bool(_mode(path) & _OTHERS)


def close_to_others(paths: Iterable[Path]) -> None:
    """Close each of them that is open. What belongs to somebody else, and a disk without modes,
    stays as it is: `deskbell doctor` names it.
    """
    for path in paths:
        if is_open_to_others(path):
            with suppress(OSError):
                path.chmod(_mode(path) & ~_OTHERS)


def stay_out_of_dumps() -> None:
    """No core dump of this process: keys and what is typed stand in its memory. As far as the
    system lets us: on Linux also where a program takes the dumps, elsewhere on POSIX no file.
    """
    if os.name != "posix":
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)


def make_private() -> None:
    """For a program's start: what it makes is its owner's alone, and its memory leaves no dump."""
    if os.name == "posix":
        os.umask(_OTHERS)
    stay_out_of_dumps()


def _all_of(folder: Path) -> Iterator[Path]:
    yield folder
    for above, folders, files in os.walk(folder):
        yield from (Path(above) / name for name in (*folders, *files))


def _mode(path: Path) -> int:
    """The mode of a file or folder itself; 0 for a link, whose mode says nothing."""
    try:
        found = path.lstat().st_mode
    except OSError:
        return 0
    is_ours = stat.S_ISREG(found) or stat.S_ISDIR(found)
    return stat.S_IMODE(found) if is_ours and os.name == "posix" else 0
