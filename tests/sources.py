"""The sources as tests read them: each file is read and parsed once in a process.

Many rules of the house are walks over all files. Nobody changes a tree that he is given.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
# The four folders of the program.
FOLDERS = ("models", "devices", "receipts", "tui")


@cache
def files(folder: str) -> tuple[Path, ...]:
    """Every Python file below a folder, by path."""
    return tuple(sorted((ROOT / folder).rglob("*.py")))


def all_files() -> tuple[Path, ...]:
    """Every Python file of the program."""
    return tuple(path for folder in FOLDERS for path in files(folder))


@cache
def text(path: Path) -> str:
    """What stands in a file."""
    return path.read_text(encoding="utf-8")


@cache
def parsed(path: Path) -> ast.Module:
    """A file as Python reads it."""
    return ast.parse(text(path), filename=str(path))


def trees(*folders: str) -> dict[Path, ast.Module]:
    """The files below some folders (all of the program) as Python reads them."""
    return {path: parsed(path) for folder in folders or FOLDERS for path in files(folder)}


def name_of(path: Path) -> str:
    """A file from the root of the project on, as a refusal names it."""
    return path.relative_to(ROOT).as_posix()
