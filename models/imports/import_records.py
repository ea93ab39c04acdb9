"""Records of an import: the rows of a planned sheet, read field by field and checked alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.base.canonical import SaidWhole
from models.imports.import_kind import BadCell, Earlier, Field, Record
from models.imports.import_numbers import Style, plain_number
from models.sheets.sheet_text import BROKEN_QUOTE, UNKNOWN, UNKNOWN_SIGN, SheetRow
from models.trust.notes import is_card_in_note
from models.trust.sealed import Sealed

if TYPE_CHECKING:
    from models.imports.import_plan import Plan

# What is said of a row in whose notes the number of a card stands.
CARD_NUMBER = "card_number"


@dataclass(frozen=True, slots=True)
class RowBlock(SaidWhole):
    """Some records as an operation takes them: known by the digest, not by each value. `earlier` is
    what the rows before them were about.
    """

    number: int
    digest: str
    rows: list[Record]
    earlier: Earlier

    def __str__(self) -> str:
        return f"{self.number} {self.digest}"


def read_records(plan: Plan) -> Iterator[Record]:
    """The rows under the headings, read and checked by themselves."""
    columns = [
        (at, _Column(plan.kind.field(name), plan.styles.get(at)))
        for at, name in plan.columns.items()
    ]
    absent = [name for name in plan.defaults if name not in plan.columns.values()]
    columns += [(-1, _Column(plan.kind.field(name), None)) for name in absent]
    seen: dict[str, Any] = {}
    sums = set(plan.sums)
    for row in plan.sheet.rows():
        if row.number <= plan.head_line or row.number in sums:
            continue
        record = Record(row.number, {})
        if row.fault:
            record.refuse(row.fault, *_where(plan, row))
        else:
            for at, column in columns:
                text = row.cells[at] if 0 <= at < len(row.cells) else ""
                column.read(record, text or plan.defaults.get(column.field.name, ""))
            plan.kind.check(record, seen)
        record.checked()
        yield record


def _where(plan: Plan, row: SheetRow) -> tuple[str, str]:
    """The field and the text of the cell in which a row is broken."""
    mark = {BROKEN_QUOTE: '"', UNKNOWN_SIGN: UNKNOWN}.get(row.fault, "")
    for at, cell in enumerate(row.cells):
        if mark and mark in cell:
            name = plan.columns.get(at, "")
            return name, "" if name and plan.kind.field(name).is_private else cell
    return "", ""


class _Column:
    """Reads the cells of one column; what comes often (units, prices, classes) is read once."""

    MOST = 1_000

    def __init__(self, field: Field, style: Style | None) -> None:
        self.field, self.style = field, style
        self._known: dict[str, Any] = {"": None}

    def read(self, record: Record, text: str) -> None:
        name = self.field.name
        if text in self._known:
            record.values[name] = self._known[text]
            return
        try:
            value = self.field.read(self._plain(text))
            if is_card_in_note(name, value):
                raise BadCell(CARD_NUMBER)
            record.values[name] = value
        except BadCell as bad:
            is_hidden = self.field.is_private or str(bad) == CARD_NUMBER
            record.refuse(str(bad), name, Sealed(text) if is_hidden else text)
        else:
            if len(self._known) < self.MOST:
                self._known[text] = value

    def _plain(self, text: str) -> str:
        if self.style is None:
            return text
        plain = plain_number(text, self.style.sign)
        if plain is None:
            raise BadCell("other_decimal")
        return plain
