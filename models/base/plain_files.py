"""Files that a person named are read only when they lie on a disk: a pipe would be waited for, and
a device never ends.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

NO_FILE = "Not a file on a disk"
# Settings, answers and keys of people are small.
_MOST_BYTES = 4 << 20


def file_text(path: Path) -> str:
    """The text of a small file in UTF-8, with or without a mark.

    Raises OSError (also for a pipe, a device, a folder), UnicodeDecodeError.
    """
    _require_file(path.stat())
    # Once more when it is open, without waiting: what has the name now may be another one.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        _require_file(os.fstat(handle))
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return content.decode("utf-8-sig")


def _require_file(found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, NO_FILE)
