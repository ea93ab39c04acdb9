"""Somebody with the store's file and without its keys: each alteration is named.

One fault a line: what was done, with all guards of the database taken away, and the code that
`verify` must name. Faults of documents, totals and chains are in test_planted.py and test_chain.py,
those of the schema in test_schema.py.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.base import tallies, watching
from models.base.database import database
from models.base.watching import TOLD, watch_of
from models.goods.goods import Goods
from models.trust import sign_in, trades
from models.trust.mark_checks import MARK_CHECK
from models.trust.records import put
from models.trust.users import RoleRight
from tests.models.worked import codes, planting, tallied_wrong, worked
from tests.stores import PASSWORD, Shop

__all__ = ["worked"]
pytestmark = pytest.mark.row("SYS-11", "NFR-04")

_CLOSED = "\"state\" = 'closed'"
_SLIP = '"key" = (SELECT min("key") FROM "print_job" WHERE "copy_no" = 1)'

# The audit log tells of events, approvals, allocations, copies, shifts, days, counts and sign-ins.
BESIDE: list[tuple[str, str]] = [
    ("ToldMissing", 'DELETE FROM "till_event" WHERE "kind" = \'void line\''),
    ("ToldMissing", 'DELETE FROM "till_event" WHERE "kind" = \'cancel bill\''),
    ("ToldMissing", 'DELETE FROM "till_event" WHERE "kind" = \'no sale\''),
    ("ToldMissing", 'DELETE FROM "till_event"'),
    ("ToldAltered", 'UPDATE "price_change" SET "was" = 500'),
    ("ToldMissing", 'DELETE FROM "price_change"'),
    ("ToldAltered", 'UPDATE "till_event" SET "amount" = 1 WHERE "kind" = \'override price\''),
    ("ToldAltered", 'UPDATE "till_event" SET "kind" = \'count\' WHERE "kind" = \'no sale\''),
    ("ToldAltered", 'UPDATE "till_event" SET "user" = 7 WHERE "kind" = \'void line\''),
    ("ToldAltered", 'UPDATE "till_event" SET "reason" = \'x\' WHERE "kind" = \'cancel bill\''),
    ("ToldAltered", 'UPDATE "till_event" SET "what" = \'x\' WHERE "kind" = \'void line\''),
    ("ToldAltered", 'UPDATE "till_event" SET "day" = \'2026-03-02\''),
    (
        "ToldAdded",
        'INSERT INTO "till_event" SELECT "key" + 9, "store", "kind", "register", "shift", "user", '
        '"day", "at", "amount", "currency", "reason", "what" FROM "till_event" LIMIT 1',
    ),
    (
        "ToldAdded",
        'UPDATE "till_event" SET "key" = "key" + 900000 WHERE "kind" = \'no sale\'',
    ),
    ("ToldAltered", 'UPDATE "request" SET "state" = \'executed\''),
    ("ToldAltered", 'UPDATE "request" SET "amount" = 1'),
    ("ToldAltered", 'UPDATE "request" SET "body" = \'{}\''),
    ("ToldAltered", 'UPDATE "request" SET "user" = 7'),
    ("ToldMissing", 'DELETE FROM "request"'),
    ("ToldMissing", 'DELETE FROM "request_step" WHERE "state" = \'reviewed\''),
    ("ToldAltered", 'UPDATE "request_step" SET "user" = 7 WHERE "state" = \'reviewed\''),
    ("ToldAltered", 'UPDATE "request_step" SET "note" = \'x\''),
    ("ToldMissing", 'DELETE FROM "allocation"'),
    ("ToldAltered", 'UPDATE "allocation" SET "amount" = 1'),
    ("ToldAltered", 'UPDATE "allocation" SET "user" = 7'),
    ("ToldAdded", 'UPDATE "allocation" SET "number" = 7'),
    ("ToldMissing", 'DELETE FROM "due_note"'),
    ("ToldAltered", 'UPDATE "tax_invoice" SET "amount" = 7'),
    ("ToldAltered", 'UPDATE "tax_invoice" SET "number" = \'7\''),
    ("ToldMissing", 'DELETE FROM "tax_invoice_line"'),
    ("ToldAltered", 'UPDATE "tax_invoice_line" SET "net" = 7'),
    ("ToldAltered", 'UPDATE "due_note" SET "is_disputed" = 1 - "is_disputed"'),
    ("ToldAltered", 'UPDATE "due_note" SET "due" = \'2030-01-01\''),
    ("ToldAltered", f'UPDATE "print_job" SET "copy_no" = 0 WHERE {_SLIP}'),
    ("ToldAltered", f'UPDATE "print_job" SET "subject" = 7 WHERE {_SLIP}'),
    ("ToldMissing", f'DELETE FROM "print_job" WHERE {_SLIP}'),
    ("ToldAltered", f'UPDATE "shift" SET "user" = 7 WHERE {_CLOSED}'),
    ("ToldAltered", f'UPDATE "shift" SET "closed_by" = 7 WHERE {_CLOSED}'),
    ("ToldAltered", f'UPDATE "shift" SET "closed_at" = 7 WHERE {_CLOSED}'),
    ("ToldAltered", f'UPDATE "shift" SET "opened_at" = 7 WHERE {_CLOSED}'),
    ("ToldAltered", f'UPDATE "shift" SET "closed_day" = \'2026-01-01\' WHERE {_CLOSED}'),
    ("ToldAltered", f'UPDATE "shift" SET "day" = \'2026-01-01\' WHERE {_CLOSED}'),
    ("ToldAltered", f'UPDATE "shift" SET "reason" = \'x\' WHERE {_CLOSED}'),
    ("ToldAltered", 'UPDATE "shift" SET "user" = 7 WHERE "state" = \'open\''),
    ("ToldAltered", f'UPDATE "business_day" SET "closed_by" = 7 WHERE {_CLOSED}'),
    ("ToldAltered", f'UPDATE "business_day" SET "closed_at" = 7 WHERE {_CLOSED}'),
    ("ToldAltered", f'UPDATE "business_day" SET "opened_at" = 7 WHERE {_CLOSED}'),
    ("ToldAltered", f'UPDATE "business_day" SET "closed_register" = 7 WHERE {_CLOSED}'),
    ("ToldAltered", 'UPDATE "business_day" SET "opened_at" = 7 WHERE "state" = \'open\''),
    ("ToldAdded", 'UPDATE "cash_count" SET "attempt" = 3 WHERE NOT "is_opening"'),
    (
        "ToldAdded",
        'INSERT INTO "foreign_count" ("store", "shift", "attempt", "code", "counted", "expected") '
        "VALUES (1, 1, 1, 'USD', 100, 100)",
    ),
    ("ToldMissing", 'DELETE FROM "cash_count" WHERE NOT "is_opening"'),
    ("ToldMissing", 'DELETE FROM "sign_in_failure" WHERE "login" = \'cashier\''),
    ("ToldAltered", 'UPDATE "sign_in_failure" SET "count" = 0'),
    (
        "ToldAdded",
        'INSERT INTO "sign_in_failure" ("store", "register", "login", "count") '
        "VALUES (1, 2, 'auditor', 9)",
    ),
]


# What decides: each row carries a keyed mark.
_LINE = '(SELECT max("line") FROM "draft_line")'
DECIDING: list[str] = [
    'UPDATE "promotion" SET "rate" = 1000000',
    'UPDATE "promotion" SET "is_active" = true',
    'UPDATE "lot" SET "value" = "value" + 1',
    'UPDATE "card" SET "state" = \'lost\'',
    'UPDATE "card" SET "person" = 7',
    'UPDATE "card_kind" SET "discount" = 900000',
    'UPDATE "card_part" SET "bonus" = "bonus" * 9',
    'UPDATE "salon_service" SET "skill" = \'x\'',
    'UPDATE "service_use" SET "quantity" = 1',
    'UPDATE "grade" SET "price_level" = 4',
    'UPDATE "commission_rule" SET "rate" = 1000000',
    'UPDATE "stylist" SET "user_id" = 7',
    'UPDATE "role" SET "holds_all" = true WHERE NOT "holds_all"',
    'UPDATE "role" SET "scope" = \'all\' WHERE "scope" <> \'all\'',
    'UPDATE "role_right" SET "most" = NULL WHERE "most" IS NOT NULL',
    'UPDATE "role_right" SET "verb" = \'wave through\' WHERE "verb" = \'sell\'',
    'INSERT INTO "role_right" ("key", "store", "role_id", "verb", "mark") '
    'SELECT 1, 1, "key", \'give refund\', 7 FROM "role" WHERE "name" = \'收银员\'',
    'UPDATE "user" SET "role_id" = (SELECT "key" FROM "role" WHERE "holds_all") '
    "WHERE \"login\" = 'cashier'",
    'UPDATE "user" SET "password_hash" = \'x\' WHERE "login" = \'manager\'',
    'UPDATE "user" SET "pin_hash" = \'x\' WHERE "login" = \'cashier\'',
    'UPDATE "user" SET "override_hash" = \'x\' WHERE "login" = \'manager\'',
    'UPDATE "user" SET "is_active" = false WHERE "login" = \'cashier\'',
    'UPDATE "user" SET "must_change" = true WHERE "login" = \'cashier\'',
    'UPDATE "register" SET "opened_day" = \'2030-01-01\'',
    'UPDATE "setting" SET "value" = \'"x"\'',
    'INSERT INTO "setting" ("name", "store", "value", "version", "mark") '
    "VALUES ('x', 1, 'true', 1, 0)",
    'UPDATE "account" SET "kind" = \'expense\' WHERE "number" = 1002',
    'UPDATE "account" SET "is_control" = true WHERE "number" = 1002',
    'UPDATE "tender" SET "account_id" = 6602 WHERE "number" = 2',
    'UPDATE "tender" SET "kind" = \'x\' WHERE "number" = 2',
    'UPDATE "tender" SET "needs_reference" = false WHERE "needs_reference"',
    'UPDATE "tender" SET "is_active" = false WHERE "number" = 2',
    'UPDATE "folio" SET "limit" = 99999900 WHERE "kind" = \'company\'',
    'UPDATE "folio" SET "terms" = 900 WHERE "kind" = \'company\'',
    'UPDATE "folio" SET "is_posting_stopped" = true WHERE "kind" = \'company\'',
    'UPDATE "unit" SET "decimals" = 3 WHERE "decimals" = 0',
    'UPDATE "tax_rate" SET "rate" = 0',
    'UPDATE "goods" SET "price" = 1 WHERE "code" = \'1001\'',
    'UPDATE "goods" SET "price2" = 1 WHERE "code" = \'1001\'',
    'UPDATE "goods" SET "member_price" = 1 WHERE "code" = \'1001\'',
    'UPDATE "goods" SET "cost" = 1 WHERE "code" = \'1001\'',
    'UPDATE "goods" SET "tax_id" = NULL WHERE "tax_id" IS NOT NULL',
    'UPDATE "goods" SET "is_stocked" = false WHERE "code" = \'1001\'',
    'UPDATE "goods" SET "is_weighed" = true WHERE "code" = \'1001\'',
    'UPDATE "barcode" SET "goods_id" = (SELECT "key" FROM "goods" WHERE "code" = \'1002\') '
    'WHERE "goods_id" = (SELECT "key" FROM "goods" WHERE "code" = \'1001\')',
    'UPDATE "barcode" SET "pack" = 12000',
    'UPDATE "barcode" SET "price" = 1',
    'INSERT INTO "barcode" ("code", "store", "goods_id", "pack", "is_main", "mark") '
    'SELECT \'69\', 1, "key", 1000, false, 0 FROM "goods" WHERE "code" = \'1002\'',
    'UPDATE "draft" SET "head" = \'{"discount":["rate",1000000]}\' WHERE "state" = \'held\'',
    'UPDATE "draft" SET "user" = 7 WHERE "state" = \'held\'',
    'UPDATE "draft_line" SET "body" = replace("body", \'"price":\', \'"price":4,"was":\')',
    f'INSERT INTO "draft_line" ("draft_id", "line", "store", "kind", "body", "mark") '
    f'SELECT "draft_id", "line" + 50, "store", "kind", "body", "mark" FROM "draft_line" '
    f'WHERE "line" = {_LINE}',
    'UPDATE "taken_payment" SET "given" = "given" * 2',
    'UPDATE "gateway_order" SET "state" = \'reversed\'',
    'UPDATE "supplier" SET "tolerance" = 1000000',
    'UPDATE "supplier_price" SET "price" = 1',
    'UPDATE "purchase_order" SET "state" = \'approved\'',
    'UPDATE "stocktake" SET "state" = \'posted\'',
    'UPDATE "order_line" SET "packs" = "packs" * 9',
    'UPDATE "points_rule" SET "points" = 99',
    'UPDATE "patch_test" SET "is_bad" = true',
    'UPDATE "formula" SET "text" = \'x\'',
    'UPDATE "draw" SET "seed" = \'x\'',
    'UPDATE "referral" SET "points" = 99',
    'UPDATE "level_rule" SET "points" = 1',
    'UPDATE "level_step" SET "kept_until" = \'2099-01-01\'',
    'UPDATE "row_tally" SET "rows" = "rows" - 1 WHERE "name" = \'goods\'',
]


@pytest.mark.parametrize(
    ("code", "statement"), BESIDE, ids=[f"{n}-{s[:40]}" for n, (_, s) in enumerate(BESIDE)]
)
def test_what_stands_beside_documents(worked: Shop, code: str, statement: str) -> None:
    with planting() as plant:
        plant(statement)
        assert code in codes()


def test_each_told_table_is_planted_in() -> None:
    for table in TOLD:
        name = str(table._meta.table_name)
        assert any(f'"{name}"' in statement for _, statement in BESIDE), name


def marked_wrong() -> list[str]:
    """The tables that have a row whose mark is wrong, as the check of `verify` names them."""
    found = [each.where for some in MARK_CHECK.steps(quick=True) for each in some]
    return [where.split()[0] for where in found]


@pytest.mark.parametrize(
    "statement", DECIDING, ids=[f"{n}-{s[:40]}" for n, s in enumerate(DECIDING)]
)
def test_what_decides(worked: Shop, statement: str) -> None:
    with planting() as plant:
        plant(statement)
        table = statement.split('"')[1]
        assert set(marked_wrong()) == {table}


def test_each_marked_table_is_planted_in() -> None:
    # The hotel's are in tests/models/hotel/test_marks.py.
    for table in trades.tables():
        if table.__module__.startswith("models.hotel") or "mark" not in table._meta.fields:
            continue
        name = str(table._meta.table_name)
        assert any(statement.split('"')[1] == name for statement in DECIDING), name


def test_a_row_with_a_wrong_mark_keeps_one_when_it_is_saved(worked: Shop) -> None:
    with planting() as plant:
        plant('UPDATE "goods" SET "price" = 1 WHERE "code" = \'1001\'')
        goods = Goods.get(Goods.code == "1001")
        put(goods, name="another")
        assert marked_wrong() == ["goods"]
        assert "MarkWrong" in codes()


def counted_tables() -> list[str]:
    watches = [watch_of(table) for table in trades.tables()]
    return [watch.name for watch in watches if watch is not None and watch.is_counted]


def first_of(table: str) -> str:
    """A condition that one row of the table meets."""
    watch = next(found for found in map(watch_of, trades.tables()) if found and found.name == table)
    names = ", ".join(f'"{watch.fields[place].column_name}"' for place in watch.keys)
    return f'({names}) = (SELECT {names} FROM "{table}" ORDER BY {names} LIMIT 1)'


def test_a_marked_row_that_was_deleted_is_named_with_its_table(worked: Shop) -> None:
    # Those of the hotel have no rows here: tests/models/hotel/test_marks.py.
    hotels = {"rate_plan", "rate_price", "service", "night", "routing", "package_item"}
    assert tallied_wrong() == {}
    for table in set(counted_tables()) - hotels:
        with planting() as plant:
            plant(f'DELETE FROM "{table}" WHERE {first_of(table)}')
            assert tallied_wrong() == {table: ("RowsTakenAway", {"rows": 1})}
    assert tallied_wrong() == {}


def test_a_deleted_right_and_its_tally_are_named_by_verify(worked: Shop) -> None:
    right = 'DELETE FROM "role_right" WHERE "verb" = \'sell\''
    with planting() as plant:
        plant(right)
        assert "RowsTakenAway" in codes()
    with planting() as plant:
        plant(right, 'UPDATE "row_tally" SET "rows" = "rows" - 3 WHERE "name" = \'role_right\'')
        assert "MarkWrong" in codes()
    with planting() as plant:
        plant(right, 'DELETE FROM "row_tally" WHERE "name" = \'role_right\'')
        assert "RowsPutIn" in codes()


def test_a_price_put_back_to_what_it_was_is_named_though_its_mark_is_right(worked: Shop) -> None:
    where = "WHERE \"code\" = '1001'"
    with planting() as plant:
        ((price, mark),) = database.execute_sql(f'SELECT "price", "mark" FROM "goods" {where}')
        goods = Goods.get(Goods.code == "1001")
        put(goods, price=goods.price + goods.price)
        assert tallied_wrong() == {}
        plant(f'UPDATE "goods" SET "price" = {price}, "mark" = {mark} {where}')
        assert marked_wrong() == []
        assert tallied_wrong() == {"goods": ("RowsPutBack", {})}


def test_a_right_put_back_with_its_tally_is_named_after_the_next_sign_in(worked: Shop) -> None:
    """Both have their marks, and agree: who kept a copy of the file takes both out of it."""
    tables = {"role_right": "\"verb\" = 'sell'", "row_tally": "\"name\" = 'role_right'"}
    with planting() as plant:
        old = {name: database.execute_sql(f'SELECT * FROM "{name}" WHERE {where}').fetchall()
               for name, where in tables.items()}  # fmt: skip
        RoleRight.delete().where(RoleRight.verb == "sell").execute()
        tallies.keep_tallies()
        watching._counted.clear()
        sign_in.sign_in(1, "cashier", PASSWORD)
        assert codes() == set()
        plant(f'DELETE FROM "row_tally" WHERE {tables["row_tally"]}')
        for name, rows in old.items():
            for row in rows:
                signs = ", ".join("?" * len(row)).replace("?", database.param)
                database.execute_sql(f'INSERT INTO "{name}" VALUES ({signs})', row)
        assert marked_wrong() == []
        assert codes() == {"TallyPutBack"}


def test_a_tally_that_was_altered_stays_so_when_it_is_written_on(worked: Shop) -> None:
    with planting() as plant:
        plant('UPDATE "row_tally" SET "rows" = "rows" - 1 WHERE "name" = \'goods\'')
        put(Goods.get(Goods.code == "1001"), name="another")
        tallies.keep_tallies()
        assert marked_wrong() == ["row_tally"]


def test_no_statement_deletes_marked_rows_past_the_tallies() -> None:
    """Each goes through `delete` of hot.py, or peewee."""
    text = "\n".join(path.read_text() for path in Path("models").rglob("*.py"))
    deleted = set(re.findall(r'(?:DELETE FROM|INSERT (?:OR \w+ )?INTO) "(\w+)"', text))
    assert "to_index" in deleted
    assert deleted.isdisjoint(counted_tables())


def test_no_transaction_passes_by_what_counts() -> None:
    """One of peewee alone would store rows without their tallies; `proof` reads in one."""
    found = {
        path.as_posix() for path in Path("models").rglob("*.py") if ".atomic(" in path.read_text()
    }
    assert found == {"models/base/database.py", "models/ledger/proving/proof.py"}
