"""What is told of a file before anything of it is stored: what was found, what is only guessed, and
what is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from models.imports.import_kind import heading
from models.imports.import_numbers import COMMA, MIXED
from models.imports.import_plan import Plan, headings_of
from models.sheets.sheet_text import BROKEN_QUOTE, CUT_OFF, UNKNOWN_SIGN
from models.sheets.sheets import Sheet

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Note:
    """Something about the file that is told before anything is stored: what was found, or guessed
    (`is_doubt`: look at it). The words of a code are in receipts/import_words.py.
    """

    code: str
    fields: dict[str, Any] = field(default_factory=dict)
    is_doubt: bool = False


def notes_of(plan: Plan) -> list[Note]:
    """What is to be told of a planned file, in the order in which it was found."""
    return [*_of_file(plan.sheet), *_of_heads(plan), *_of_numbers(plan), *_of_rows(plan)]


def _of_file(sheet: Sheet) -> Iterator[Note]:
    if sheet.encoding:
        yield Note(
            "text",
            {
                "encoding": sheet.encoding.removesuffix("-sig").upper(),
                "separator": sheet.separator,
            },
        )
        if sheet.is_open_ended:
            yield Note("open_ended")
        return
    others = [page for page in sheet.pages if page != sheet.page]
    yield Note("page", {"page": sheet.page})
    if others or sheet.empty_pages:
        passed = ", ".join([*others, *sheet.empty_pages])
        yield Note("pages_passed", {"pages": passed}, is_doubt=bool(others))


def _of_heads(plan: Plan) -> Iterator[Note]:
    if plan.head_line != 1:
        yield Note("head_line", {"row": plan.head_line})
    known = headings_of(plan.kind)
    again = [head for head in plan.ignored if known.get(heading(head), ("",))[0]]
    left = [head for head in plan.ignored if head not in again]
    if left:
        yield Note("left_out", {"names": ", ".join(left)}, is_doubt=True)
    for head in again:
        name = known[heading(head)][0]
        if name in plan.columns.values():
            at = next(at for at, field_name in plan.columns.items() if field_name == name)
            if plan.heads[at] == head:
                yield Note("twice", {"name": head}, is_doubt=True)
            else:
                yield Note("repeated", {"name": head, "taken": plan.heads[at]}, is_doubt=True)
        else:
            yield Note("left_out", {"names": head}, is_doubt=True)


def _of_numbers(plan: Plan) -> Iterator[Note]:
    if plan.how.decimal:
        yield Note("decimal_told", {"sign": plan.how.decimal})
        return
    signs = {plan.styles[at].sign for at in plan.styles if at in plan.survey.signs}
    for at, style in plan.styles.items():
        if at not in plan.survey.signs:
            continue
        fields = {"name": plan.heads[at], "sign": style.sign, "example": style.example}
        if style.is_guess:
            yield Note("decimal_mixed" if style.sign == MIXED else "decimal_guessed", fields, True)
        elif style.sign == COMMA or len(signs) > 1:
            yield Note("decimal", fields, is_doubt=len(signs) > 1)


def _of_rows(plan: Plan) -> Iterator[Note]:
    if sums := plan.sums:
        yield Note("sums", {"rows": _listed(sums)})
    for fault in (BROKEN_QUOTE, CUT_OFF, UNKNOWN_SIGN):
        if lines := plan.survey.faults.get(fault):
            yield Note(fault, {"rows": _listed(lines)}, is_doubt=True)


def _listed(lines: list[int]) -> str:
    """The first of some rows, and that there are more."""
    return ", ".join(map(str, lines[:_SHOWN])) + (
        f" ... ({len(lines)})" if len(lines) > _SHOWN else ""
    )
