"""`deskbell verify`: proves every promise about the books, or says what is wrong, by number; with
`--slip`, whether one slip on paper is the one in the books.
"""

from __future__ import annotations

import argparse
from typing import Any

from models.base.findings import Finding
from receipts.check_words import finding_text
from tui.commands.place import Place, opened
from tui.commands.terminal import speech
from tui.commands.terminal.speech import out, out_json, t

WRONG = 1
# More lines than this help nobody on a terminal; --json has all.
MOST_SHOWN = 200


def run(place: Place, options: argparse.Namespace) -> int:
    """Prove the books; 1 when something is wrong."""
    with opened(place):
        if options.slip:
            found = _of_slip(*options.slip)
        else:
            found = _found(place, is_quick=options.quick)
    if options.json:
        out_json([_plain(finding) for finding in found])
    elif options.slip and not found:
        out(t("Paper and books agree."))
    else:
        _print(found)
    return WRONG if found else 0


def _found(place: Place, *, is_quick: bool) -> list[Finding]:
    """What is wrong in the store itself, and what its copies know that it does not."""
    from models.ledger.proving import proof
    from models.trust.heads import heads_lost

    return [*proof.verify(full=not is_quick), *heads_lost(place.backups)]


def _of_slip(number: str, signs: str) -> list[Finding]:
    from models.ledger.proving.slip_signs import prove_slip

    return prove_slip(number, signs)


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
