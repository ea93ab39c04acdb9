"""Runs of imports for tests: all that one said, and undoing one."""

from __future__ import annotations

from collections.abc import Iterable

from models.imports.import_kind import Remark
from models.imports.imports import Progress, UndoProgress, undo_import
from tests.stores import Shop


class Told:
    """All that an import said."""

    def __init__(self, steps: Iterable[Progress]) -> None:
        self.problems: list[Remark] = []
        self.warnings: list[Remark] = []
        self.last = Progress(None)
        for self.last in steps:
            self.problems += self.last.problems
            self.warnings += self.last.warnings

    @property
    def counts(self) -> tuple[int, int, int, int]:
        last = self.last
        return last.new, last.changed, last.unchanged, last.refused

    @property
    def reasons(self) -> list[tuple[int, str]]:
        return [(each.line, each.reason) for each in self.problems]

    @property
    def doubts(self) -> list[tuple[int, str]]:
        return [(each.line, each.reason) for each in self.warnings]


def undone(shop: Shop, run: int | None) -> tuple[int, list[tuple[int, str]]]:
    kept: list[Remark] = []
    last = UndoProgress(0)
    assert run is not None
    for last in undo_import(shop.manager, run):
        kept += last.kept
    assert last.is_done
    return last.undone, [(each.line, each.reason) for each in kept]


def counts(progress: Progress) -> tuple[int, int, int, int]:
    """How many rows were new, changed, unchanged and refused."""
    return progress.new, progress.changed, progress.unchanged, progress.refused
