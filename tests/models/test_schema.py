"""What of the database itself was put in, taken away or changed is named, on both engines."""

from __future__ import annotations

import pytest

from models.base.database import database, is_sqlite
from models.ledger.proving import proof
from tests.models.worked import worked
from tests.stores import Shop

__all__ = ["worked"]
pytestmark = [pytest.mark.row("SYS-11"), pytest.mark.engine]

_BOTH = [
    ("ObjectAdded", "table extra", ['CREATE TABLE "extra" ("a" INTEGER)']),
    ("ObjectAdded", "view v", ['CREATE VIEW "v" AS SELECT * FROM "user"']),
    ("ObjectAdded", "index more", ['CREATE INDEX "more" ON "goods" ("name")']),
    ("ObjectMissing", "index goods_code", ['DROP INDEX "goods_code"']),
    (
        "ObjectChanged",
        "index goods_code",
        ['DROP INDEX "goods_code"', 'CREATE INDEX "goods_code" ON "goods" ("code")'],
    ),
    (
        "ObjectChanged",
        "index goods_code",
        ['DROP INDEX "goods_code"', 'CREATE UNIQUE INDEX "goods_code" ON "goods" ("name", "key")'],
    ),
    (
        "ObjectChanged",
        "index entry_folio",
        [
            'DROP INDEX "entry_folio"',
            'CREATE INDEX "entry_folio" ON "entry" ("folio") WHERE ("folio" IS NULL)',
        ],
    ),
    ("ObjectMissing", "table foremost", ['DROP TABLE "foremost"']),
    ("ObjectChanged", "table setting", ['ALTER TABLE "setting" ADD COLUMN "more" TEXT']),
]
_SQLITE = [
    (
        "ObjectAdded",
        "trigger nightly",
        ['CREATE TRIGGER "nightly" AFTER INSERT ON "sale" BEGIN DELETE FROM "till_event"; END'],
    ),
    (
        "ObjectChanged",
        "table chain_head",
        [
            'DROP TABLE "chain_head"',
            'CREATE TABLE "chain_head" ("register" INTEGER, "store", "seq", "hash", "seal")',
        ],
    ),
]
_POSTGRES = [
    (
        "ObjectAdded",
        "trigger nightly",
        [
            'CREATE FUNCTION "nightly"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
            'DELETE FROM "till_event"; RETURN NEW; END $$',
            'CREATE TRIGGER "nightly" AFTER INSERT ON "sale" FOR EACH ROW '
            'EXECUTE FUNCTION "nightly"()',
        ],
    ),
    (
        "ObjectAdded",
        "rule keep",
        ['CREATE RULE "keep" AS ON INSERT TO "till_event" DO INSTEAD NOTHING'],
    ),
    ("ObjectChanged", "table goods", ['ALTER TABLE "goods" ALTER COLUMN "name" DROP NOT NULL']),
    ("ObjectChanged", "table goods", ['ALTER TABLE "goods" ALTER COLUMN "price" SET DEFAULT 1']),
    ("ObjectChanged", "table user", ['ALTER TABLE "user" ENABLE ROW LEVEL SECURITY']),
    (
        "ObjectChanged",
        "table barcode",
        ['ALTER TABLE "barcode" DROP CONSTRAINT "barcode_goods_id_fkey"'],
    ),
]


# A table that nobody reads waits for the whole proof.
_LATER = {"table extra"}


def _named(*, quick: bool = False) -> set[tuple[str, str]]:
    check = next(each for each in proof.checks() if each.number == 9)
    return {(found.code, found.where) for some in check.steps(quick=quick) for found in some}


@pytest.mark.parametrize("place", range(len(_BOTH) + max(len(_SQLITE), len(_POSTGRES))))
def test_what_was_done_to_the_schema_is_named(worked: Shop, place: int) -> None:
    faults = [*_BOTH, *(_SQLITE if is_sqlite() else _POSTGRES)]
    if place >= len(faults):
        pytest.skip("the other engine has more ways")
    code, where, statements = faults[place]
    with database.atomic() as transaction:
        if is_sqlite():
            database.execute_sql("PRAGMA defer_foreign_keys = ON")
        for statement in statements:
            database.execute_sql(statement)
        found, at_start = _named(), _named(quick=True)
        transaction.rollback()
    assert (code, where) in found
    assert (where in _LATER) == ((code, where) not in at_start)
    assert _named() == _named(quick=True) == set()


def test_a_table_dropped_is_named_by_the_whole_proof(worked: Shop) -> None:
    with database.atomic() as transaction:
        database.execute_sql('CREATE VIEW "v" AS SELECT * FROM "user"')
        found = [(each.code, each.where) for each in proof.verify(full=False)]
        transaction.rollback()
    assert found == [("ObjectAdded", "view v")]
