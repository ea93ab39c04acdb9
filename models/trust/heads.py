"""Heads of audit chains that left the store: each backup's manifest names them, under the store's
key.

A store whose logs do not hold every head that a manifest knows was put back to an older state, or
its logs were written anew. What a restore left behind is known by the row that it wrote.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from models.base.findings import Finding
from models.base.hot import Statement
from models.base.refusals import Refusal
from models.trust.backup import MANIFEST, Copy, copies, is_ours, read_manifest

_NUMBER = 10


class CopyRewritten(Refusal):
    """The copy does not hold what the manifests of older copies know of its logs."""


_ROW = Statement('SELECT "hash" FROM "audit" WHERE "register" = ? AND "seq" = ?')
_LAST = Statement('SELECT coalesce(max("seq"), 0) FROM "audit" WHERE "register" = ?')
_RESTORED = Statement('SELECT "detail" FROM "audit" WHERE "verb" = ?')


def heads_lost(folder: Path) -> list[Finding]:
    """What the manifests of a folder say of the opened store's logs, and the logs do not."""
    return lost_of(copies(folder))


def lost_of(known: Iterable[Copy]) -> list[Finding]:
    """The same for some manifests."""
    replaced = _replaced()
    found: dict[str, Finding] = {}
    for copy in known:
        # Manifests of the first schema had no mark.
        if copy.schema > 1 and not is_ours(copy):
            found[copy.name] = Finding(_NUMBER, "ManifestAltered", copy.name)
            continue
        for register, seq, hashed in copy.heads:
            if not _is_held(register, seq, hashed, replaced):
                place = f"{register}:{seq}"
                found[place] = Finding(_NUMBER, "HeadLost", place, {"copy": copy.name})
    return list(found.values())


def require_history(file: Path) -> None:
    """The opened store, unpacked from a copy, holds what its own and older manifests in the copy's
    folder know. Refuses: CopyRewritten.
    """
    own = read_manifest(file.with_suffix(MANIFEST))
    if own is None:
        return
    older = [copy for copy in copies(file.parent) if copy.made_at < own.made_at]
    if lost := lost_of([own, *older]):
        raise CopyRewritten(copy=str(file), first=f"{lost[0].code} {lost[0].where}")


def _is_held(register: int, seq: int, hashed: str, replaced: set[int]) -> bool:
    row = _ROW.row(register, seq)
    if row is not None:
        return bool(row[0] == hashed)
    last = _LAST.row(register)
    return register in replaced and last is not None and seq > last[0]


def _replaced() -> set[int]:
    """Registers that a restore ended where its copy ended."""
    rows = _RESTORED.rows("restore")
    return {register for (detail,) in rows for register in json.loads(detail)["registers"]}
