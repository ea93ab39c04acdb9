"""Enums or one constant a state: no word that says what something is stands in two modules.

A state that is written as a bare string where it is compared, or in SQL, is found by no type
checker when it is misspelt or renamed. So whoever needs it a second time takes it from the module
that names it. Members of a `Literal` are checked by types and may be written.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from textual.keys import Keys

from tests.sources import name_of, trees

# What is compared is what the system, or a file of somebody else's, says.
OF_OTHERS = {
    "posix": "os.name", "linux": "sys.platform", "Cc": "Unicode", "Cf": "Unicode", "Cs": "Unicode",
    "Cn": "Unicode", "Co": "Unicode", "C": "a locale; a sign of Code 128", "X": "a digit of a mask",
    "y": "typed at the command line", "yes": "typed at the command line",
}  # fmt: skip
# Spelt twice with a reason.
TWICE = {
    "drop": "a cash drop; the answer of a form; the command that drops a message",
    "cancel": "the key; what becomes of a booking",
    "in": "the operator of a filter; what becomes of an arrival",
    "out": "paper; what becomes of a departure",
    "new_record": "a command of the key table: its name is that of the method that runs it",
    "ok": "an answer of SQLite's check; a table of settings",
    "scanner": "a device; a table of config.toml",
    "printer": "a device; a table of config.toml",
}
WORD = re.compile(r"[A-Za-z][A-Za-z_ -]*")
IN_SQL = re.compile(
    r"\"?(\w+)\"?\s*(?:=|<>|!=|(?:NOT )?IN)\s*\(?((?:'[A-Za-z][a-z_ -]+'(?:,\s*)?)+)"
)
# Tables of the engines themselves, and stores as they once were.
SQL_OF_OTHERS = ("models/base/triggers.py", "models/base/schema.py", "models/migrating.py")


@cache
def modules() -> dict[str, ast.Module]:
    """The files of the program by their names."""
    return {name_of(path): tree for path, tree in trees().items()}


def words_compared(tree: ast.Module) -> Iterator[str]:
    """Words that stand as they are in a comparison."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            for side in (node.left, *node.comparators):
                many = side.elts if isinstance(side, ast.Tuple | ast.Set | ast.List) else [side]
                for each in many:
                    word = each.value if isinstance(each, ast.Constant) else None
                    if isinstance(word, str) and WORD.fullmatch(word):
                        yield word


def words_in_sql(tree: ast.Module) -> Iterator[str]:
    """Words that SQL compares a column with."""
    for node in ast.walk(tree):
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        said = [
            part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "{}"
            for part in parts
        ]
        for found in IN_SQL.finditer("".join(said)):
            yield from re.findall("'([^']*)'", found[2])


@cache
def named() -> dict[str, set[str]]:
    """Words that a constant names, each with the modules that do."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for file, tree in modules().items():
        for node in tree.body:
            if not isinstance(node, ast.Assign):
                continue
            for target in node.targets:
                names = target.elts if isinstance(target, ast.Tuple) else [target]
                values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
                for name, value in zip(names, values, strict=False):
                    is_name = isinstance(name, ast.Name) and name.id.strip("_").isupper()
                    if is_name and isinstance(value, ast.Constant) and isinstance(value.value, str):
                        found[value.value].add(file)
    return found


@cache
def typed() -> frozenset[str]:
    """Members of every `Literal`, words of config.toml that are checked when it is read, names of
    columns and of fields, and keys of the keyboard.
    """
    found = {str(key.value) for key in Keys}
    for tree in modules().values():
        for node in ast.walk(tree):
            match node:
                case ast.Subscript(value=ast.Name(id="Literal")):
                    inner = [one for one in ast.walk(node.slice) if isinstance(one, ast.Constant)]
                    found |= {str(one.value) for one in inner}
                case ast.ClassDef():
                    for line in node.body:
                        match line:
                            case ast.Assign(targets=[ast.Name(id=name)]):
                                found.add(name)
                            case ast.AnnAssign(target=ast.Name(id=name)):
                                found.add(name)
                case ast.Call(func=ast.Name(id="Field"), args=[ast.Constant(value=name), *_]):
                    found.add(str(name))
                case ast.Call(func=ast.Name(id="OneOf"), args=[ast.Tuple(elts=words)]):
                    found |= {str(one.value) for one in words if isinstance(one, ast.Constant)}
    return frozenset(found)


def test_no_state_is_spelt_in_two_modules() -> None:
    where: defaultdict[str, set[str]] = defaultdict(set)
    for file, tree in modules().items():
        for word in words_compared(tree):
            where[word].add(file)
    allowed = typed() | OF_OTHERS.keys() | TWICE.keys()
    twice = {w: sorted(files) for w, files in where.items() if len(files) > 1 and w not in allowed}
    assert not twice


def test_no_state_is_spelt_where_its_constant_is_at_hand() -> None:
    """The module that names it is imported, and yet its word is written."""
    wrong = []
    for file, tree in modules().items():
        imported = {
            f"{node.module.replace('.', '/')}.py"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module
        } | {file}
        for word in words_compared(tree):
            if word not in typed() and named().get(word, set()) & imported:
                wrong.append((file, word))
    assert not wrong


def test_no_state_is_spelt_in_sql() -> None:
    wrong = {
        (file, word)
        for file, tree in modules().items()
        if file not in SQL_OF_OTHERS
        for word in words_in_sql(tree)
    }
    assert not wrong


def test_what_is_let_through_is_still_there() -> None:
    compared = {word for tree in modules().values() for word in words_compared(tree)}
    assert not (OF_OTHERS.keys() | TWICE.keys()) - compared


def test_a_refusal_says_a_state_in_words() -> None:
    """A state is stored as a word of ours: a refusal that tells it so tells English in Chinese."""
    bare = []
    for file, tree in modules().items():
        for node in ast.walk(tree):
            match node:
                case ast.Raise(exc=ast.Call(keywords=fields)):
                    bare += [f"{file}:{node.lineno}" for one in fields if _is_bare_state(one)]
    assert not bare, bare


def _is_bare_state(field: ast.keyword) -> bool:
    match field.value:
        case ast.Attribute(attr="said_state") | ast.Call(func=ast.Name(id="Msgid")):
            return False
    return field.arg == "state"
