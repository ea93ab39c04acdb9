"""`deskbell verify`: proves every promise about the books, or says what is wrong, by number."""

from __future__ import annotations

import argparse
from typing import Any

from models.base.findings import Finding
from receipts.check_words import finding_text
from tui.commands import speech
from tui.commands.place import Place, opened
from tui.commands.speech import out, out_json, t

WRONG = 1
# More lines than this help nobody on a terminal; --json has all.
MOST_SHOWN = 200


def run(place: Place, options: argparse.Namespace) -> int:
    """Prove the books; 1 when something is wrong."""
    with opened(place):
        found = _found(is_quick=options.quick)
    if options.json:
        out_json([_plain(finding) for finding in found])
    else:
        _print(found)
    return WRONG if found else 0


def _found(*, is_quick: bool) -> list[Finding]:
    from models.ledger import proof

    return list(proof.verify(full=not is_quick))


def _print(found: list[Finding]) -> None:
    for finding in found[:MOST_SHOWN]:
        out(finding_text(finding, speech.language()))
    if len(found) > MOST_SHOWN:
        out(t("... and {count} more: deskbell verify --json", count=len(found) - MOST_SHOWN))
    if found:
        out(
            t(
                "{count} things are wrong. Keep a copy of the store as it is, and call for help.",
                count=len(found),
            )
        )
    else:
        out(t("Everything holds."))


def _plain(finding: Finding) -> dict[str, Any]:
    fields = {name: str(value) for name, value in finding.fields.items()}
    return {
        "number": finding.number,
        "code": finding.code,
        "where": finding.where,
        "fields": fields,
    }
