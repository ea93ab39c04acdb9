"""Somebody with the store's file and without its keys: each alteration is named.

One fault a line: what was done, with all guards of the database taken away, and the code that
`verify` must name. Faults of documents, totals and chains are in test_planted.py and test_chain.py,
those of the schema in test_schema.py.
"""

from __future__ import annotations

import pytest

from models.base.watching import TOLD
from tests.models.worked import codes, planting, worked
from tests.stores import Shop

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
    ("ToldMissing", 'DELETE FROM "cash_count" WHERE NOT "is_opening"'),
    ("ToldMissing", 'DELETE FROM "sign_in_failure" WHERE "login" = \'cashier\''),
    ("ToldAltered", 'UPDATE "sign_in_failure" SET "count" = 0'),
    (
        "ToldAdded",
        'INSERT INTO "sign_in_failure" ("store", "register", "login", "count") '
        "VALUES (1, 2, 'auditor', 9)",
    ),
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
