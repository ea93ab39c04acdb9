"""Prove a database in a process of its own: a copy is opened and looked at in full while the
counter's own thread goes on.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.base.apart import run_apart

# The process imports the whole store, which this floor must not: by name only.
_PROGRAM = "from models.store import print_proof; print_proof()"


@dataclass(frozen=True, slots=True)
class Proven:
    """What the other process saw. No findings is a sound store."""

    findings: list[str]
    schema: int = 0
    day: str = ""
    heads: list[list[Any]] = field(default_factory=list)
    numbers: list[list[Any]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    registers: int = 0
    # What kept it from being opened at all: the code of the refusal, and its fields.
    refused: str = ""
    fields: dict[str, Any] = field(default_factory=dict)


def prove_apart(url: str, keys_folder: Path, *, brings_up: bool = False) -> Proven:
    """Open the file at `url` in another process and verify all of it.

    One of an older schema stays as it is, and a copy is proved at the present schema; with
    `brings_up` it is brought to that itself. What keeps it from being opened at all is a finding as
    well.
    """
    run = run_apart(_PROGRAM, url, str(keys_folder), *["brings_up"] * brings_up)
    try:
        return Proven(**json.loads(run.stdout))
    except (ValueError, TypeError):
        last = run.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        return Proven([last or f"the process ended with {run.returncode}"])
