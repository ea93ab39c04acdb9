"""Drafts: saved after every line, owned by one register, taken by one of many."""

from __future__ import annotations

import pytest

from models.trust import drafts
from models.trust.drafts import Draft, DraftGone
from models.trust.operation import Job, new_uid, operation
from tests.stores import Shop

pytestmark = pytest.mark.row("NFR-03")


def test_lines_come_back_in_order_after_a_crash(shop: Shop) -> None:
    made = drafts.begin_draft(1, shop.users["clerk"], "count", {"of": "shelf 3"})
    for line in (1, 3, 2):
        drafts.save_line(made.key, 1, line, {"pieces": line})
    drafts.save_line(made.key, 1, 3, {"pieces": 33})
    drafts.save_head(made.key, 1, {"of": "shelf 4"}, user=shop.users["cashier"])
    shop.reopen()
    found = drafts.unfinished("count", 1)
    assert found is not None and found.key == made.key
    kept = drafts.read(made.key)
    assert (kept.head, kept.user) == ({"of": "shelf 4"}, shop.users["cashier"])
    assert [line for line, _ in drafts.lines_of(made.key)] == [1, 2, 3]
    assert drafts.lines_of(made.key)[2][1] == '{"pieces":33}'
    assert drafts.unfinished("count", 2) is drafts.unfinished("sale", 1) is None


def test_another_register_cannot_touch_it(shop: Shop) -> None:
    made = drafts.begin_draft(1, 1, "count", {})
    for work in (
        lambda: drafts.save_line(made.key, 2, 1, {}),
        lambda: drafts.save_head(made.key, 2, {}),
        lambda: drafts.read(4711),
    ):
        with pytest.raises(DraftGone):
            work()


def test_an_empty_draft_goes_and_others_stay(shop: Shop) -> None:
    empty, full = (drafts.begin_draft(1, 1, "count", {}) for _ in range(2))
    drafts.save_line(full.key, 1, 1, {})
    drafts.drop_empty(empty.key, 1)
    drafts.drop_empty(full.key, 1)
    assert [draft.key for draft in Draft.select()] == [full.key]


def test_a_finished_draft_is_over(shop: Shop) -> None:
    made = drafts.begin_draft(1, 1, "count", {})
    drafts.save_line(made.key, 1, 1, {})
    kept = dict(operation_names())

    @operation(right="keep goods")
    def finish_count(job: Job, key: int) -> None:
        drafts.finish(job, key)

    try:
        finish_count(shop.owner, made.key, uid=new_uid())
        assert drafts.lines_of(made.key) == []
        with pytest.raises(DraftGone):
            finish_count(shop.owner, made.key, uid=new_uid())
        with pytest.raises(DraftGone):
            drafts.save_line(made.key, 1, 2, {})
    finally:
        operation_names().clear()
        operation_names().update(kept)


def operation_names() -> dict[str, object]:
    from models.trust.operation import OPERATIONS

    return OPERATIONS  # type: ignore[return-value]
