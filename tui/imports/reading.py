"""How a file is read, set by hand: encoding, separator, sheet, decimal sign, headings, defaults."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.imports.import_kind import ImportKind
from models.imports.import_plan import How, Plan
from models.sheets.sheets import Sheet, read_sheet
from receipts.import_words import SIGNS, field_text
from receipts.words import word
from tui.desk.safe import clean
from tui.desk.words import language, t
from tui.records.asking import Options
from tui.widgets.line_list import Column
from tui.widgets.panel import Ask, Pick

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp

ENCODINGS = ("utf-8", "gb18030", "utf-16", "big5", "cp1252")
SEPARATORS = (",", ";", "\t", "|")
FOUND_OUT, LEFT_OUT = word("found out"), word("left out")

# What can be set, as a person calls it.
ENCODING, SEPARATOR, SHEET = word("Encoding"), word("Between cells"), word("Sheet")
DECIMAL, HEAD_ROW = word("Decimal sign"), word("Row of the headings")
DEFAULT = word("Value of empty cells")


async def ask(desk: DeskbellApp, path: Path, plan: Plan) -> tuple[Sheet, How] | None:
    """What is to be read otherwise, and how. Refuses: what reading refuses."""
    choices = [(each, f"{t(each)}: {now}") for each, now in _now(plan).items()]
    wanted = await desk.ask(Options(word("What is read in another way?"), choices))
    if wanted is None:
        return None
    if wanted == DEFAULT:
        return await _default(desk, plan)
    if wanted == HEAD_ROW:
        return await _head_row(desk, plan)
    if wanted == DECIMAL:
        signs = [("", t(FOUND_OUT)), *((sign, t(SIGNS[sign])) for sign in (".", ","))]
        sign = await desk.ask(Options(DECIMAL, signs))
        return None if sign is None else (plan.sheet, replace(plan.how, decimal=sign))
    if wanted == SHEET:
        pages = [(page, clean(page)) for page in plan.sheet.pages]
        page = await desk.ask(Options(SHEET, pages))
        return None if page is None else (plan.sheet.turned_to(page), _headless(plan.how))
    return await _text(desk, path, plan, is_encoding=wanted == ENCODING)


async def pick_field(
    desk: DeskbellApp, kind: ImportKind, title: str, *, now: str | None = None, **fields: Any
) -> str | None:
    """The name of a field, chosen by its words; with `now` given also none at all, ""."""
    rows = [] if now is None else [("", t(LEFT_OUT))]
    rows += [(each.name, field_text(each, language())) for each in kind.fields]
    columns = [Column("", 0, read=lambda each: each[1])]
    pick = Pick(title, columns, rows, text_of=lambda each: f"{each[1]} {each[0]}", **fields)
    pick.list.set_rows(rows, cursor=[each[0] for each in rows].index(now or rows[0][0]))
    picked = await desk.ask(pick)
    return picked[0] if picked else None


def _now(plan: Plan) -> dict[str, str]:
    """What can be set for this file, and what it is now."""
    sheet, how = plan.sheet, plan.how
    now: dict[str, str] = {}
    if sheet.encoding:
        now[ENCODING] = sheet.encoding.removesuffix("-sig").upper()
        now[SEPARATOR] = t(SIGNS.get(sheet.separator, sheet.separator))
    elif len(sheet.pages) > 1:
        now[SHEET] = clean(sheet.page)
    now[DECIMAL] = t(SIGNS[how.decimal]) if how.decimal else t(FOUND_OUT)
    now[HEAD_ROW] = str(plan.head_line)
    told = (f"{_name(plan)(field)} {clean(value)}" for field, value in how.defaults.items())
    now[DEFAULT] = ", ".join(told) or "-"
    return now


def _name(plan: Plan) -> Callable[[str], str]:
    return lambda field: field_text(plan.kind.field(field), language())


def _headless(how: How) -> How:
    """Other rows, other headings: what was said of them is forgotten."""
    return replace(how, mapping={}, head_line=0)


async def _text(
    desk: DeskbellApp, path: Path, plan: Plan, *, is_encoding: bool
) -> tuple[Sheet, How] | None:
    sheet = plan.sheet
    if is_encoding:
        names = dict.fromkeys((sheet.encoding.removesuffix("-sig"), *ENCODINGS))
        title, choices = ENCODING, [(each, each.upper()) for each in names]
    else:
        title, choices = SEPARATOR, [(each, t(SIGNS[each])) for each in SEPARATORS]
    wanted = await desk.ask(Options(title, choices))
    if wanted is None:
        return None
    encoding = wanted if is_encoding else sheet.encoding
    separator = "" if is_encoding else wanted
    read = await asyncio.to_thread(read_sheet, path, encoding=encoding, separator=separator)
    return read, _headless(plan.how)


async def _head_row(desk: DeskbellApp, plan: Plan) -> tuple[Sheet, How] | None:
    row = await desk.ask(Ask(HEAD_ROW, value=str(plan.head_line)))
    if row is None or not row.strip().isdecimal():
        return None
    return plan.sheet, replace(_headless(plan.how), head_line=int(row))


async def _default(desk: DeskbellApp, plan: Plan) -> tuple[Sheet, How] | None:
    """A value for the empty cells of a field; an empty one takes it back."""
    name = await pick_field(
        desk, plan.kind, word("Which field has a value where its cell is empty?")
    )
    if name is None:
        return None
    had = plan.how.defaults.get(name, "")
    value = await desk.ask(Ask(DEFAULT, value=had))
    if value is None:
        return None
    others = {field: told for field, told in plan.how.defaults.items() if field != name}
    said = {**others, name: value.strip()} if value.strip() else others
    return plan.sheet, replace(plan.how, defaults=said)
