"""What each printer was found able to tell, remembered in a small file of this machine.

A printer that takes bytes and says nothing may be one that never answers, or one that hangs. Only
the past tells which: whoever answered once can answer, and whoever printed a page that a person saw
and said nothing cannot.
"""

from __future__ import annotations

import json
import logging
import threading
from dataclasses import asdict, dataclass, replace
from pathlib import Path

log = logging.getLogger(__name__)

FILE_NAME = "printers.json"


@dataclass(frozen=True, slots=True)
class Abilities:
    """None is not known yet. `answers`: it says how it is when asked. `in_order`: it says when a
    job is printed. False is only ever what a person saw.
    """

    answers: bool | None = None
    in_order: bool | None = None


class Remembered:
    """The abilities of printers by their address. Safe to use from several threads."""

    def __init__(self, path: Path | None = None) -> None:
        """Without a path it is forgotten with the process."""
        self._path, self._lock = path, threading.Lock()
        self._known: dict[str, Abilities] = _read(path) if path is not None else {}

    def of(self, address: str) -> Abilities:
        """What is known of the printer at an address."""
        with self._lock:
            return self._known.get(address, Abilities())

    def learn(self, address: str, **found: bool | None) -> None:
        """Something was found out; what is known already is not written again."""
        with self._lock:
            before = self._known.get(address, Abilities())
            after = replace(before, **found)
            if after == before:
                return
            self._known[address] = after
            self._write()

    def _write(self) -> None:
        if self._path is None:
            return
        text = json.dumps({name: asdict(one) for name, one in sorted(self._known.items())})
        part = self._path.with_name(f"{self._path.name}.part")
        try:
            part.write_text(text + "\n", encoding="utf-8")
            part.chmod(0o600)
            part.replace(self._path)
        except OSError:
            # It is known until the program ends, and found out anew after that.
            log.warning("what a printer can tell was not kept", exc_info=True)


def _read(path: Path) -> dict[str, Abilities]:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): Abilities(**values) for name, values in raw.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
