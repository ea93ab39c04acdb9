"""`deskbell doctor`: looks at this machine, and says about each thing what to do."""

from __future__ import annotations

import argparse

from tui.commands import checkups
from tui.commands.checkups import Result
from tui.commands.place import Place
from tui.commands.speech import out, out_json, t
from tui.commands.table import cells

SIGNS = {"good": "ok", "advice": "->", "bad": "!!"}


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
    head = f"{SIGNS[result.state]}  {name}" + " " * max(1, 18 - cells(name))
    out(head + t(result.found, **result.fields))
    if result.advice:
        out(" " * 22 + t(result.advice, **result.fields))


def _plain(result: Result) -> dict[str, object]:
    return {
        "name": result.name,
        "state": result.state,
        "found": t(result.found, **result.fields),
        "advice": t(result.advice, **result.fields) if result.advice else "",
    }
