"""Which message ids the sources use: literals given to the functions that say words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

from tests.refusals import ONLY_BASES, all_refusals
from tests.sources import ROOT, trees

# A literal that is the first argument of one of these is a message id.
SAYERS = frozenset({"t", "say", "word", "alarm", "inform", "hint", "said", "label", "FieldWrong"})


@cache
def used_words() -> dict[str, str]:
    """Every message id in the sources, with a place where it stands."""
    found: dict[str, str] = {}
    for path, tree in trees().items():
        for line, msgid in _said(tree):
            found.setdefault(msgid, f"{path.relative_to(ROOT)}:{line}")
    for name in set(all_refusals()) - ONLY_BASES:
        found.setdefault(f"refusal.{name}", "every refusal")
    return found


def words_on_keys_and_elsewhere() -> set[str]:
    """Labels of keys that something else is called by as well."""
    keys, others = set[str](), set[str]()
    for path, tree in trees().items():
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
        if path.name.endswith("keys.py") and path.parent.parent.name == "tui":
            labels = (call.args[3] for call in calls if _name(call.func) == "row")
            keys |= {msgid for label in labels for _, msgid in _said(label)}
        else:
            others |= {msgid for _, msgid in _said(tree)}
    return keys & others


def all_literals() -> set[str]:
    """Every text in the sources: a message id that is none of them is said by nothing."""
    return {
        node.value
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _said(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in SAYERS:
            for value in ast.walk(node.args[0]) if _is_choice(node.args[0]) else [node.args[0]]:
                if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                    yield value.lineno, value.value


def _is_choice(node: ast.AST) -> bool:
    """`t("a" if x else "b")` uses both."""
    return isinstance(node, ast.IfExp) and all(
        isinstance(part, ast.Constant) for part in (node.body, node.orelse)
    )


def raised_fields() -> Iterator[tuple[str, str, set[str]]]:
    """Each place that makes a refusal: its class, where that is, and the fields it is given. A
    place that hands all fields on is none.
    """
    names = set(all_refusals())
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (name := _name(node.func)) in names:
                given = {keyword.arg for keyword in node.keywords}
                if None not in given:
                    where = f"{path.relative_to(ROOT)}:{node.lineno}"
                    yield name, where, {field for field in given if field}


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
