"""Paragraphs of docstrings and comments that break in the middle: `make lint` runs it.

    python -m tests.paragraphs models devices receipts tui tests bench

A line under 60 cells that goes on with the next one, though the next word would have fitted, is a
paragraph that was broken by hand or by a tool; whoever reads it stumbles.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

SHORT, WIDEST = 60, 88
# What begins a plain sentence line; lists, code and tables begin otherwise or stand apart.
PLAIN = re.compile(r"^[\w`(\"'“]")
COMMENT = re.compile(r"^( *)# (\S.*)$")


def cells(text: str) -> int:
    """The width of a text in cells of a terminal."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def breaks(lines: list[str]) -> bool:
    """Does a line of this paragraph end short and go on?"""
    plain = all(PLAIN.match(line.strip()) and "  " not in line.strip() for line in lines)
    indents = {len(line) - len(line.lstrip()) for line in lines}
    # The first line of a docstring has lost its quotes, and with them its indent.
    one_indent = len(indents) == 1 or (len(indents) == 2 and not lines[0].startswith(" "))
    return plain and one_indent and any(
        cells(line) < SHORT and cells(line) + 1 + cells(after.split()[0]) <= WIDEST
        for line, after in pairwise(lines)
    )  # fmt: skip


def paragraphs(source: str) -> Iterator[tuple[int, list[str]]]:
    """Each paragraph of the docstrings and comments, with the number of its first line."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                text = lines[first.lineno - 1 : first.end_lineno]
                text[0] = text[0].replace('"""', "", 1)
                yield from runs(first.lineno, text)
    # Read as tokens: a text in quotes may have lines that look like comments.
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    numbers = {token.start[0] for token in tokens if token.type == tokenize.COMMENT}
    block: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if number in numbers and (found := COMMENT.match(line)):
            block.append(f"{found[1]}{found[2]}")
            continue
        yield from runs(number - len(block), block)
        block = []


def runs(start: int, lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines between blank ones."""
    run: list[str] = []
    for number, line in enumerate([*lines, ""], start):
        if line.strip(' "'):
            run.append(line)
            continue
        if len(run) > 1:
            yield number - len(run), run
        run = []


def main(folders: list[str]) -> int:
    """Tell each broken paragraph; 1 when there is one."""
    found = [
        f"{path}:{number}: {run[0].strip()}"
        for folder in folders
        for path in sorted(Path(folder).rglob("*.py"))
        for number, run in paragraphs(path.read_text(encoding="utf-8"))
        if breaks(run)
    ]
    print("\n".join(found) or "Every paragraph is whole.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
