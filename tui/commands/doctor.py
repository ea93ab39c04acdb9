"""`deskbell doctor`: looks at this machine, and says about each thing what to do."""

from __future__ import annotations

import argparse
import shutil

from receipts.terminal import broken, cells
from tui.commands import checkups
from tui.commands.checkups import Result
from tui.commands.place import Place
from tui.commands.terminal.speech import harmless, out, out_json, t

SIGNS = {"good": "ok", "advice": "->", "bad": "!!"}
MARGIN = 22


def run(place: Place, options: argparse.Namespace) -> int:
    """Check everything; 1 when something must be mended before work."""
    results = [result for check in checkups.CHECKS for result in check(place)]
    if options.json:
        out_json([_plain(result) for result in results])
    else:
        for result in results:
            _print(result)
    return 1 if any(result.state == "bad" for result in results) else 0


def _print(result: Result) -> None:
    name = t(result.name)
    head = f"{SIGNS[result.state]}  {name}" + " " * max(1, MARGIN - 4 - cells(name))
    width = max(shutil.get_terminal_size().columns - MARGIN, 30)
    told = broken(harmless(t(result.found, **result.fields)), width)
    if result.advice:
        told += broken(harmless(t(result.advice, **result.fields)), width)
    for row in told:
        out(head + row)
        head = " " * MARGIN


def _plain(result: Result) -> dict[str, object]:
    return {
        "name": result.name,
        "state": result.state,
        "found": t(result.found, **result.fields),
        "advice": t(result.advice, **result.fields) if result.advice else "",
    }
