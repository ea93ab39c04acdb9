"""What posted documents say beside their entries must be what their audit rows were made from.

Number 43.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from models.base.findings import Check, Found
from models.base.hot import Statement
from models.ledger.documents import HEAD
from models.ledger.parts import Part, digest, known_parts
from models.ledger.said import Said, documents_said

_REGISTERS = Statement('SELECT "number" FROM "register" ORDER BY "number"')
_LAST = Statement('SELECT coalesce(max("seq"), 0) FROM "audit" WHERE "register" = ?')
_AUDIT = Statement(
    'SELECT "seq", "shape", "detail" FROM "audit" WHERE "register" = ? AND "seq" > ? '
    'AND "seq" <= ? ORDER BY "seq" LIMIT ?'
)
_HEAD_COLUMNS = ", ".join(f'"{name}"' for name in HEAD.names)
_HEADS = Statement(
    f'SELECT "number", {_HEAD_COLUMNS} FROM "document" '
    'WHERE "register" = ? AND "kind" = ? AND "number" BETWEEN ? AND ?'
)
_NEWEST = 500
# Rows of parts in one look: bills have five lines or a thousand, so its length is fitted anew.
_ROWS = 1_500


def _parts(quick: bool) -> Iterator[Iterable[Found]]:
    known = known_parts(quick=quick)
    for (register,) in _REGISTERS.rows():
        row = _LAST.row(register)
        last = int(row[0]) if row else 0
        done, length = max(0, last - _NEWEST) if quick else 0, 64
        while rows := _AUDIT.rows(register, done, last, length):
            done = int(rows[-1][0])
            seen, found = _compared(register, rows, known)
            if found and quick:
                # Of a trade that was in use until now, maybe.
                seen, found = _compared(register, rows, known_parts())
            yield found
            length = max(1, min(256, length * _ROWS // max(seen, 1)))


def _compared(
    register: int, rows: list[tuple[Any, ...]], known: list[Part]
) -> tuple[int, list[Found]]:
    """How many rows of parts were read, and the documents whose digest is another."""
    said: dict[str, dict[int, Said]] = {}
    for _, schema, detail in rows:
        for one in documents_said(schema, detail):
            said.setdefault(one.kind, {})[one.number] = one
    seen, found = 0, []
    for kind, named in said.items():
        span = (min(named), max(named))
        stored = [(part, part.stored(register, kind, span)) for part in known]
        seen += sum(len(some) for _, by_number in stored for some in by_number.values())
        # A document that is not there at all is named by check 40.
        for number, *head in _HEADS.rows(register, kind, *span):
            if number in named:
                one = named[number]
                parts = {
                    part.name: part.cut(by_number.get(number, []), one.schema)
                    for part, by_number in stored
                }
                if digest(head[: HEAD.count(one.schema)], parts) != one.digest:
                    found.append(Found(one.label, {}))
    return seen, found


def parts_compared(register: int, seq: int) -> list[Found]:
    """The same for the documents of one audit row."""
    return _compared(register, _AUDIT.rows(register, seq - 1, seq, 1), known_parts())[1]


PART_CHECKS = [Check(43, "PartsAltered", _parts)]
