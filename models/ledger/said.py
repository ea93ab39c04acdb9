"""What an audit row says of the documents that its operation posted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple


class Said(NamedTuple):
    """One document as its audit row has it. `total` is as printed, `entries` are lists of account,
    folio and minor units, `digest` is of all else; `schema` is the one under which it was made.
    """

    label: str
    kind: str
    number: int
    total: str
    entries: list[list[int | None]]
    digest: str
    schema: int


def documents_said(schema: int, detail: str) -> Iterator[Said]:
    """The documents of one audit row, from the text of its detail."""
    if '"documents"' not in detail:
        return
    for row in json.loads(detail)["documents"]:
        label, *rest = row
        if schema == 1:
            rest = [_FIRST_KINDS[label[0]], int(label.rpartition("-")[2]), *rest]
        kind, number, total, entries, digest = rest
        yield Said(label, kind, number, total, entries, digest, schema)


# The first schema said a kind by the letter of its label only. No kind was added under it.
_FIRST_KINDS = {
    "S": "sale", "R": "return", "F": "float", "I": "cash in", "O": "cash out", "D": "drop",
    "C": "count", "K": "stock", "P": "receipt", "A": "charge", "J": "journal", "X": "reversal",
}  # fmt: skip
