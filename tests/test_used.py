"""What stands in the program is used by it: a function that only tests call proves nothing."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

from tests.sources import text, trees

# What somebody else calls by its name: Textual (messages, watchers, rendering), argparse, logging.
CALLED_BY_NAME = re.compile(r"__\w+__|(on|do|watch|render|compose|action|key|visit|validate)_?\w*")
# Name -> why nothing names it again.
NAMED_ONCE: dict[str, str] = {
    "log_message": "what http.server calls", "KeyBlock": "a table", "Series": "a table",
    "OUTSIDE": "a kind that is declared", "LONG_STAY": "a kind that is declared",
    "TIERS": "all of three constants",
    "SYSTEM": "words that the system says", "FAULTS": "words that the log says",
    "ARGPARSE_WORDS": "words that argparse says",
    "HIDDEN": "settings without a field, for the test that all others have one",
    "listing_names": "all lists, for the tests that walk them",
    "run_input_thread": "a hook of Textual", "_on_paste": "a hook of Textual",
    "formatException": "a hook of logging",
}  # fmt: skip
# Of the front desk: no key leads there yet. Whoever makes one takes its name off.
WITHOUT_A_KEY = {
    "allowance_use", "assign_room", "double_occupancy", "early_morning_fee", "ideal_average_rate",
    "in_house_tonight", "stop_routing", "surcharges",
    "yield_per_cent",
}  # fmt: skip


def _declared(tree: ast.Module) -> Iterator[str]:
    """The functions and classes of a file, and the constants of its module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
    for each in tree.body:
        if isinstance(each, ast.Assign):
            yield from (name.id for name in each.targets if isinstance(name, ast.Name))


def test_nothing_stands_there_for_tests_alone() -> None:
    found = trees()
    said = Counter(word for path in found for word in re.findall(r"\w+", text(path)))
    once = {
        name for tree in found.values() for name in _declared(tree)
        if said[name] == 1 and not CALLED_BY_NAME.fullmatch(name)
    }  # fmt: skip
    assert not once - NAMED_ONCE.keys() - WITHOUT_A_KEY, "used by nothing: use it, or take it away"
    assert not NAMED_ONCE.keys() - once, "used by now"
