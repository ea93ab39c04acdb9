"""Drafts: saved after every line, owned by one register, taken by one of many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest

from models.base.database import database
from models.base.hot import query
from models.base.watched_rows import are_as_saved
from models.trust import drafts
from models.trust.drafts import READERS, SHARED, Draft, DraftChanged, DraftGone, DraftLine
from models.trust.operation import OPERATIONS, Job, new_uid, operation
from models.trust.tally_checks import TALLY_CHECK
from tests.stores import Shop

pytestmark = pytest.mark.row("NFR-03")


@contextmanager
def reading(kind: str, read: Callable[[int, Any], Any]) -> Iterator[None]:
    """Lines of a kind are understood for a while."""
    with patch.dict(READERS, {kind: read}):
        yield


def test_lines_come_back_in_order_after_a_crash(shop: Shop) -> None:
    made = drafts.begin_draft(1, shop.users["clerk"], "count", {"of": "shelf 3"})
    for line in (1, 3, 2):
        drafts.save_line(made.key, 1, line, {"pieces": line}, kind="count")
    drafts.save_line(made.key, 1, 3, {"pieces": 33}, kind="count")
    drafts.save_head(made.key, 1, {"of": "shelf 4"}, user=shop.users["cashier"])
    shop.reopen()
    found = drafts.unfinished("count", 1)
    assert found is not None and found.key == made.key
    kept = drafts.read(made.key)
    assert (kept.head, kept.user) == ({"of": "shelf 4"}, shop.users["cashier"])
    assert [line.number for line in drafts.lines_of(made.key)] == [1, 2, 3]
    with reading("count", lambda number, body: (number, body["pieces"])):
        assert drafts.lines_of(made.key)[2].value == (3, 33)
    assert drafts.unfinished("count", 2) is drafts.unfinished("sale", 1) is None


def test_another_register_cannot_touch_it(shop: Shop) -> None:
    made = drafts.begin_draft(1, 1, "count", {})
    for work in (
        lambda: drafts.save_line(made.key, 2, 1, {}, kind="count"),
        lambda: drafts.save_head(made.key, 2, {}),
        lambda: drafts.read(4711),
    ):
        with pytest.raises(DraftGone):
            work()


def test_work_is_finished_only_where_it_is_open(shop: Shop) -> None:
    made = drafts.begin_draft(1, 1, "count", {})
    assert drafts.read_own(made.key, 1).key == made.key
    with pytest.raises(DraftGone):
        drafts.read_own(made.key, 2)
    Draft.update(state=drafts.HELD).where(Draft.key == made.key).execute()
    with pytest.raises(DraftGone):
        drafts.read_own(made.key, 1)


def test_a_new_line_where_one_stands_is_written_over_it(shop: Shop) -> None:
    """A counter that was not told that its line is stored rings it again."""
    made = drafts.begin_draft(1, 1, "count", {})
    for pieces in (1, 2):
        drafts.save_line(made.key, 1, 1, {"pieces": pieces}, kind="count", is_new=True)
    assert query('SELECT "body" FROM "draft_line"') == [('{"pieces":2}',)]
    assert are_as_saved(DraftLine, [made.key])
    assert not [each for some in TALLY_CHECK.steps(quick=False) for each in some]
    database.execute_sql('UPDATE "draft_line" SET "body" = \'{"pieces":9}\'')
    drafts.save_line(made.key, 1, 1, {"pieces": 3}, kind="count", is_new=True)
    assert not are_as_saved(DraftLine, [made.key])


def test_an_empty_draft_goes_and_others_stay(shop: Shop) -> None:
    empty, full = (drafts.begin_draft(1, 1, "count", {}) for _ in range(2))
    drafts.save_line(full.key, 1, 1, {}, kind="count")
    drafts.drop_empty(empty.key, 1)
    drafts.drop_empty(full.key, 1)
    assert [draft.key for draft in Draft.select()] == [full.key]


@patch.dict(OPERATIONS)
def test_a_finished_draft_is_over(shop: Shop) -> None:
    made = drafts.begin_draft(1, 1, "count", {})
    drafts.save_line(made.key, 1, 1, {}, kind="count")

    @operation(right="keep goods")
    def finish_count(job: Job, key: int) -> None:
        drafts.finish(job, key)

    finish_count(shop.owner, made.key, uid=new_uid())
    assert drafts.lines_of(made.key) == []
    with pytest.raises(DraftGone):
        finish_count(shop.owner, made.key, uid=new_uid())
    with pytest.raises(DraftGone):
        drafts.save_line(made.key, 1, 2, {}, kind="count")


def test_lines_of_several_kinds_stand_in_one_draft(shop: Shop) -> None:
    """A ticket has services, goods and tips; what nobody understands stops none of the others."""
    made = drafts.begin_draft(1, 1, "ticket", {})
    for line, kind, body in (
        (1, "service", {"of": "剪发"}), (2, "tip", 500), (3, "tip", "x"), (4, "later", {}),
    ):  # fmt: skip
        drafts.save_line(made.key, 1, line, body, kind=kind)
    with (
        reading("service", lambda number, body: body["of"]),
        reading("tip", lambda number, body: int(body)),
    ):
        found = [(line.number, line.kind, line.value) for line in drafts.lines_of(made.key)]
    assert found == [
        (1, "service", "剪发"), (2, "tip", 500), (3, "tip", None), (4, "later", None),
    ]  # fmt: skip


@pytest.mark.parametrize("body", ["", "{", "1,2", "[" * 100_000, '{"a":1},{"b":2}', "nul", "5"])
def test_whatever_stands_in_a_draft_it_is_shown(shop: Shop, body: str) -> None:
    made = drafts.begin_draft(1, 1, "count", {"of": "shelf"})
    for line in (1, 2):
        drafts.save_line(made.key, 1, line, {"pieces": line}, kind="count")
    database.execute_sql(
        f'UPDATE "draft_line" SET "body" = \'{body}\' WHERE "line" = 2 AND "draft_id" = {made.key}'
    )
    database.execute_sql(f'UPDATE "draft" SET "head" = \'{body}\' WHERE "key" = {made.key}')
    with reading("count", lambda number, body: body["pieces"]):
        assert [line.value for line in drafts.lines_of(made.key)] == [1, None]
    for found in (drafts.read(made.key), drafts.unfinished("count", 1), Draft.get()):
        assert found is not None and drafts.head_value(found, "of") is None


def test_shared_work_is_changed_by_who_saw_it_last(shop: Shop) -> None:
    made = drafts.begin_draft(SHARED, 1, "ticket", {})
    drafts.save_line(made.key, SHARED, 1, {}, kind="service", version=1)
    drafts.save_head(made.key, SHARED, {"for": "x"}, version=2)
    assert [(each.key, each.version) for each in drafts.shared("ticket")] == [(made.key, 3)]
    for late in (
        lambda: drafts.save_line(made.key, SHARED, 2, {}, kind="service", version=2),
        lambda: drafts.save_head(made.key, SHARED, {}, version=2),
        lambda: drafts.save_head(made.key, SHARED, {}),
    ):
        with pytest.raises(DraftChanged):
            late()
    # Nobody's register is no way around the version.
    with pytest.raises(DraftGone):
        drafts.save_head(made.key, 1, {})
    own = drafts.begin_draft(1, 1, "ticket", {})
    with pytest.raises(DraftGone):
        drafts.save_head(own.key, SHARED, {}, version=1)
    assert query('SELECT count(*) FROM "draft_line"') == [(1,)]


@patch.dict(OPERATIONS)
def test_of_two_who_end_shared_work_one_does(shop: Shop) -> None:
    made = drafts.begin_draft(SHARED, 1, "ticket", {})
    drafts.save_line(made.key, SHARED, 1, {}, kind="service", version=1)

    @operation(right="keep goods")
    def end_ticket(job: Job, key: int, *, seen: int) -> None:
        drafts.finish(job, key, version=seen)

    with pytest.raises(DraftChanged):
        end_ticket(shop.owner, made.key, seen=1, uid=new_uid())
    end_ticket(shop.owner, made.key, seen=2, uid=new_uid())
    with pytest.raises(DraftGone):
        end_ticket(shop.owner, made.key, seen=2, uid=new_uid())
    assert drafts.shared("ticket") == [] and drafts.lines_of(made.key) == []
