"""No test passes whatever the program does: each of these forms was found where a planted fault
lived.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from unittest.mock import patch

import pytest

from models.shop import basket_lines  # noqa: F401 - declares a reader
from models.trust.drafts import READERS
from models.trust.operation import OPERATIONS
from tests import registries
from tests.sources import parsed

# What is said to a person: that something was said is not what was to be shown.
SAID = {"alarm", "message", "told", "said", "error"}
# Where several ends are right because a machine is killed in the middle.
EITHER_IS_RIGHT = {"tests/flows/test_power_cut.py"}


def weak(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each place of a test file that shows less than it seems to: the line, and what it is."""
    for node in _statements(tree):
        if isinstance(node, ast.Assert):
            yield from ((node.lineno, why) for part in _parts(node.test) for why in _weak(part))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (given := _given(node)):
            used = {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
            for name in given:
                if name not in used:
                    yield node.lineno, f"the parameter {name} is not used"


def _statements(tree: ast.AST) -> Iterator[ast.AST]:
    """All statements, without what stands in them: a tenth of what `ast.walk` would give."""
    for blocks in ("body", "orelse", "finalbody", "handlers"):
        for each in getattr(tree, blocks, ()):
            yield each
            yield from _statements(each)


def _parts(test: ast.expr) -> list[ast.expr]:
    both = isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And)
    return test.values if both else [test]  # type: ignore[attr-defined]


def _weak(part: ast.expr) -> Iterator[str]:
    name = getattr(part, "attr", getattr(part, "id", ""))
    if isinstance(part, ast.Attribute | ast.Name) and name in SAID:
        yield f"what is said: {name}"
    if _cannot_fail(part):
        yield "cannot fail"
    if isinstance(part, ast.BoolOp) and any(map(_cannot_fail, part.values)):
        yield "an `or` that cannot fail"
    if isinstance(part, ast.Compare) and isinstance(part.ops[0], ast.In):
        among = getattr(part.comparators[0], "elts", [])
        if len(among) > 1 and all(isinstance(each, ast.Constant) for each in among):
            yield "either is right"


def _cannot_fail(part: ast.expr) -> bool:
    """A value that is always true, or the empty text in any other."""
    if isinstance(part, ast.Constant):
        return bool(part.value)
    if isinstance(part, ast.Compare) and isinstance(part.ops[0], ast.In):
        return isinstance(part.left, ast.Constant) and part.left.value in ("", b"")
    return isinstance(part, ast.JoinedStr | ast.Lambda | ast.GeneratorExp) or (
        isinstance(part, ast.Tuple | ast.List) and bool(part.elts)
    )


def _given(test: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """The parameters that its marks give to a test."""
    given: list[str] = []
    for mark in test.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func).endswith(".parametrize"):
            names = mark.args[0]
            if isinstance(names, ast.Constant):
                given += [name.strip() for name in str(names.value).split(",")]
            elif isinstance(names, ast.Tuple | ast.List):
                given += [str(ast.literal_eval(name)) for name in names.elts]
    return given


def test_no_test_is_weak(root: Path) -> None:
    found = []
    for path in sorted((root / "tests").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        for line, why in weak(parsed(path)):
            if why != "either is right" or name not in EITHER_IS_RIGHT:
                found.append(f"{name}:{line}: {why}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("assert person.alarm", "what is said: alarm"),
        ("assert is_home and app.notices.message", "what is said: message"),
        ("assert not person.alarm", ""),
        ("assert 'no paper' in person.alarm", ""),
        ("assert x == 1 or 'two'", "an `or` that cannot fail"),
        ("assert found or '' in text", "an `or` that cannot fail"),
        ("assert x == 1 or y == 2", ""),
        ("assert (x, 'is one')", "cannot fail"),
        ("assert (row == 1 for row in rows)", "cannot fail"),
        ("assert code in ('1', '2')", "either is right"),
        ("assert code in {*codes}", ""),
        (
            """
            @pytest.mark.parametrize(("given", "wanted"), [(1, 2)])
            def test_it(given, wanted):
                assert double(given)
            """,
            "the parameter wanted is not used",
        ),
        (
            """
            @pytest.mark.parametrize("given, wanted", [(1, 2)])
            async def test_it(given, wanted):
                assert double(given) == wanted
            """,
            "",
        ),
    ],
)
def test_what_is_weak(source: str, why: str) -> None:
    assert [each for _, each in weak(ast.parse(dedent(source)))] == ([why] if why else [])


def test_what_a_test_takes_out_of_a_registry_is_told() -> None:
    before = registries.declared()
    with patch.dict(READERS, clear=True), patch.dict(OPERATIONS, {"models.toy.lend": print}):
        told = registries.changes(before, may_grow=False)
        assert any(each.startswith("models.trust.drafts.READERS: ") for each in told)
        assert any(each.endswith("of 'models.toy.lend'") for each in told)
        # What a module declares when it is loaded is no change of a test.
        assert not any("toy" in each for each in registries.changes(before, may_grow=True))
    assert registries.changes(before, may_grow=False) == []
