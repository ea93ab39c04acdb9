"""No card number in what people write freely: every text of every operation, table and import."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest
from peewee import CharField, TextField

import models
from models.base.card_numbers import CardNumberRefused
from models.base.database import Row
from models.base.hot import query
from models.imports.import_kind import Record, kind_named
from models.imports.import_records import _Column
from models.ledger.ways.tender_kinds import Paying
from models.people.records import save_person
from models.trust.notes import NOTES, refuse_card_in
from models.trust.operation import OPERATIONS, new_uid
from models.trust.trades import declared
from tests.stores import Shop, yuan

pytestmark = [pytest.mark.row("SYS-11"), pytest.mark.engine]

_TEXTS = (CharField, TextField)
CARD = "paid with 4111_1111/1111.1111"


@pytest.fixture(autouse=True, scope="module")
def _all_trades() -> None:
    """Trades load late: all of them, or what is found would depend on the tests before."""
    for module in pkgutil.walk_packages(models.__path__, "models."):
        importlib.import_module(module.name)


def _tables(of: type[Row] = Row) -> Iterator[type[Row]]:
    for each in of.__subclasses__():
        if each.__module__.startswith("models."):
            yield each
        yield from _tables(each)


# Words of people that stand on no slip and beside no money: names, codes, choices, secrets.
NOT_NOTES = frozenset(
    {
        "skill",
        "skills",
        "uses",
        "parts",
        "state",
        "form",
        "cause",
        "lines",
        "name",
        "name_zh",
        "name_en",
        "login",
        "pinyin",
        "phone",
        "code",
        "at",
        "tax_number",
        "kind",
        "scope",
        "window",
        "place",
        "language",
        "theme",
        "listing",
        "file",
        "digest",
        "contacts",
        "field",
        "department",
        "floor",
        "features",
        "segment",
        "source",
        "guarantee",
        "use",
        "meals",
        "number",
        "care",
        "guests",
        "accounts",
        "payings",
        "pin_hash",
        "override_hash",
        "pay_code",
        "foreign",
        "saw",
        "barcodes",
        "paper",
        "paper_kind",
        "rights",
        "values",
        "options",
        "uncounted",
        "tail",
        "seen",
        "theirs",
        "said",
        "seed",
        "way",
        "buyer",
        "base",
        "event",
        "cards",
        "steps",
        "sellers",
        "sort",
        "needs",
        "weekdays",
        "opens",
        "closes",
        "break_from",
        "break_until",
        "since",
        "until",
    }
)


def test_every_text_of_an_operation_is_a_note_or_known_to_be_none() -> None:
    """A parameter of text that comes next year is called as a note is, or is named here."""
    ours = [(name, each) for name, each in OPERATIONS.items() if name.startswith("models.")]
    for name, each in ours:
        texts = {
            parameter
            for parameter, kind in each.function.__annotations__.items()
            if "str" in str(kind) and parameter != "return"
        }
        assert texts <= NOTES | NOT_NOTES, f"{name}: {texts - NOTES - NOT_NOTES}"


# Columns of text that nobody writes freely: names, words of a list, what the program writes itself.
NOT_NOTED = frozenset(
    {
        "address", "basis", "batch", "bin", "brand", "city", "code_tail", "content", "currency",
        "customer",
        "discount_basis",
        "email", "error", "full_pinyin", "hash", "how", "key_id", "label", "letter", "master_code",
        "grade", "guardian", "level", "mnemonic", "month", "order", "other_name", "override_name",
        "paper_hash",
        "password_hash", "photo", "plan", "relation", "previous", "price_list", "printer",
        "region", "result", "role", "room",
        "form", "said", "skill", "skills", "shown", "deposit",
        "salesperson", "seal", "serial", "sex", "short_name", "signature", "spec", "state",
        "status",
        "supplier", "tail", "tax_number", "tax_rounding", "uncounted", "unit", "user_name", "verb",
        "verdict", "wechat", "whole", "zones",
    }
)  # fmt: skip
# These are filled from a `reason` that was looked at, or by the program.
FROM_A_REASON = frozenset({"why", "what", "tax_free_why", "squeezed"})


def test_every_column_of_text_is_a_note_or_known_to_be_none() -> None:
    """A column that comes next year is named as a note is, or stands in a list above: what fills
    it is then looked at on every way, the import too.
    """
    known = NOTES | NOT_NOTES | NOT_NOTED | FROM_A_REASON
    for table in _tables():
        texts = {
            each.name for each in table._meta.sorted_fields if type(each) in (CharField, TextField)
        }
        assert texts <= known, f"{table.__name__}: {texts - known}"


def test_every_text_in_a_row_that_an_operation_takes_is_a_note_or_known_to_be_none() -> None:
    """The same for the values that operations are given whole: wishes, guests, payings, lines."""
    known = NOTES | NOT_NOTES | NOT_NOTED
    rows = {
        row
        for each in OPERATIONS.values()
        for kind in each.function.__annotations__.values()
        for name in re.findall(r"\w+", str(kind))
        if dataclasses.is_dataclass(row := each.function.__globals__.get(name))
        if name not in ("Job", "RowBlock")
    }
    assert len(rows) > 8
    for row in rows:
        texts = {each.name for each in dataclasses.fields(row) if "str" in str(each.type)}
        assert texts <= known | {"hash", "unlike"}, f"{row}: {texts - known}"


@dataclasses.dataclass(frozen=True, slots=True)
class _Wish:
    name: str
    note: str = ""


# No operation has a parameter of this name: they come in rows, or as a person's values.
_IN_ROWS = frozenset(
    {
        "reference", "last_four", "notes", "wants", "product_kinds", "product_used", "family",
        "income", "likes", "health", "tags",
    }
)  # fmt: skip


@pytest.mark.parametrize(
    "given",
    [
        {"values": {"notes": CARD}},
        {"contacts": [{"person": 1, "note": CARD}]},
        {"wishes": (_Wish("a"), _Wish("b", CARD))},
        {"payings": [Paying(1, yuan("1"), reference="411111111111", last_four="1111")]},
        {"coming": {"deep": [[_Wish("c", CARD)]]}},
        {"note": "4111 1111", "reason": "1111 1111"},
    ],
)  # fmt: skip
def test_a_card_number_is_seen_however_deep_it_stands(given: dict[str, Any]) -> None:
    with pytest.raises(CardNumberRefused):
        refuse_card_in(given)


def test_what_stands_in_two_rows_is_not_put_together() -> None:
    halves = [Paying(1, yuan("1"), reference="41111111"), Paying(1, yuan("1"), "11111111")]
    refuse_card_in({"payings": halves})


def test_a_persons_notes_take_no_card_number(shop: Shop) -> None:
    """They come as values by name, of which the operation names none."""
    for name in ("notes", "wants", "family", "likes", "health", "tags"):
        given: dict[str, Any] = {"name": "王伟", name: CARD}
        with pytest.raises(CardNumberRefused):
            save_person(shop.owner, None, **given, uid=new_uid())


def test_no_note_of_any_operation_takes_a_card_number(shop: Shop) -> None:
    """Refused before anything is looked at, wherever the words stand and however they are cut."""
    before = query('SELECT count(*) FROM "audit"')
    for name in sorted(NOTES):
        asked: list[Any] = [each for each in OPERATIONS.values() if name in each.parameters]
        assert asked or name in _IN_ROWS
        note: Any = {"reason": CARD} if name == "body" else CARD
        for each in asked:
            with pytest.raises(CardNumberRefused):
                each(shop.owner, **{name: note}, uid=new_uid())
            place = each.parameters.index(name)
            with pytest.raises(CardNumberRefused):
                each(shop.owner, *[None] * place, note, uid=new_uid())
    assert query('SELECT count(*) FROM "audit"') == before


def test_every_imported_note_with_a_card_number_is_refused_with_its_row() -> None:
    """The cell is not told whole either; names and codes are no notes."""
    kinds = [kind_named(name) for name, _ in declared("imports")]
    noted = [each for kind in kinds for each in kind.fields if each.name in NOTES]
    assert {"notes", "note", "tags"} <= {each.name for each in noted}
    for each in noted:
        record = Record(2, {})
        _Column(each, None).read(record, "4111/1111/1111/1111")
        (problem,) = record.problems
        assert (problem.reason, "1111/1111" in problem.text) == ("card_number", False), each
        assert not record.values
