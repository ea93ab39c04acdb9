"""Campaigns: a reward for who brought somebody, and a draw that everybody can draw again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models.members.draws import (
    Draw,
    DrawOfNobody,
    DrawWrong,
    hold_draw,
    tickets_of,
    winners_of,
    winners_text,
)
from models.members.referrals import Referral, ReferralOver
from models.people.merging import merge_people
from models.trust.approvals import Request, execute_request, review
from models.trust.operation import new_uid
from models.trust.records import NameMissing, RecordChanged
from models.trust.settings import change_settings
from tests.models.members.carded import bring_back, person
from tests.models.members.pointed import buy, has, next_day, rule
from tests.stores import FIRST_DAY, Shop, sound, yuan


@pytest.mark.row("MKT-22")
def test_who_brought_somebody_gets_points_once_and_with_approval(open_till: Shop) -> None:
    change_settings(open_till.owner, {"members.referral_points": 200}, uid=new_uid())
    rule(open_till)
    wang = person(open_till)
    lee = person(open_till, "李雷", referrer=wang.key)
    zhao = person(open_till, "赵云", referrer=wang.key)
    buy(open_till, lee, "100")
    next_day(open_till, FIRST_DAY + timedelta(days=1))
    buy(open_till, lee, "100")
    buy(open_till, zhao, "100")
    next_day(open_till, FIRST_DAY + timedelta(days=2))
    # One for each whom she brought, at the close of the first day on which he bought.
    asked = list(Request.select().order_by(Request.key))
    assert [(str(one.day), one.title, str(one.amount)) for one in asked] == [
        ("2026-03-02", "王芳 ← 李雷", "2.00"), ("2026-03-03", "王芳 ← 赵云", "2.00"),
    ]  # fmt: skip
    assert has(wang) == 0
    review(open_till.manager, asked[0], uid=new_uid())
    execute_request(open_till.manager, asked[0], uid=new_uid())
    assert has(wang) == 200
    # The second turns out to be herself.
    merge_people(
        open_till.owner, wang.key, zhao.key, kept_version=wang.version, gone_version=zhao.version,
        uid=new_uid(),
    )  # fmt: skip
    review(open_till.manager, asked[1], uid=new_uid())
    with pytest.raises(ReferralOver):
        execute_request(open_till.manager, asked[1], uid=new_uid())
    assert has(wang) == 200 + 100
    assert [one.document is not None for one in Referral.select().order_by(Referral.key)] == [
        True, False,
    ]  # fmt: skip
    sound()


@pytest.mark.row("MKT-22")
def test_a_reward_goes_when_all_that_was_bought_comes_back(open_till: Shop) -> None:
    """Lee buys twice; with the first bill back something is left, with the second nothing: Wang
    loses her 200 points, as far as she has them. Zhao brings everything back before it is given.
    """
    change_settings(open_till.owner, {"members.referral_points": 200}, uid=new_uid())
    rule(open_till)
    wang = person(open_till)
    lee, zhao = (person(open_till, name, referrer=wang.key) for name in ("李雷", "赵云"))
    bought = [buy(open_till, whose, "100") for whose in (lee, lee, zhao)]
    next_day(open_till, FIRST_DAY + timedelta(days=1))
    of_lee, of_zhao = Request.select().order_by(Request.key)
    review(open_till.manager, of_lee, uid=new_uid())
    execute_request(open_till.manager, of_lee, uid=new_uid())
    for n, (sale, left) in enumerate(((bought[0], 200), (bought[2], 200), (bought[1], 0)), 2):
        bring_back(open_till, sale, "100", ())
        next_day(open_till, FIRST_DAY + timedelta(days=n))
        assert has(wang) == left
    next_day(open_till, FIRST_DAY + timedelta(days=9))
    review(open_till.manager, of_zhao, uid=new_uid())
    with pytest.raises(ReferralOver):
        execute_request(open_till.manager, of_zhao, uid=new_uid())
    assert has(wang) == 0
    sound()


@pytest.mark.row("MKT-23")
def test_a_draw_is_the_same_for_whoever_draws_again(open_till: Shop) -> None:
    """A ticket for each full 100: Wang three, Lee one, Zhao none. The seed says who wins."""
    wang, lee, zhao = (person(open_till, name) for name in ("王芳", "李雷", "赵云"))
    for whose, spent in ((wang, "350"), (lee, "199.99"), (zhao, "99.99")):
        buy(open_till, whose, spent)
    assert tickets_of(FIRST_DAY, FIRST_DAY, yuan("100")) == {wang.key: 3, lee.key: 1}
    drawn = hold_draw(
        open_till.owner, None, name="年终抽奖", since=FIRST_DAY, until=FIRST_DAY, per=yuan("100"),
        count=3, seed="2026", uid=new_uid(),
    )  # fmt: skip
    assert (drawn.people, drawn.tickets, len(drawn.winners)) == (2, 4, 2)
    again = winners_of("2026", {lee.key: 1, wang.key: 3}, 3)
    assert [[person, ticket] for person, _, ticket in drawn.winners] == [list(one) for one in again]
    assert {text.split()[1] for text in winners_text(drawn)} == {"王芳", "李雷"}
    # Fixed figures: the order of the tickets is that of their hashes.
    assert winners_of("seed", {1: 2, 2: 2, 3: 1}, 2) == winners_of("seed", {3: 1, 2: 2, 1: 2}, 2)
    # Nobody wins twice: the hashes of "b" are in the order 1:2, 1:3, 2:1, 1:1.
    assert winners_of("b", {1: 3, 2: 1}, 2) == [(1, 2), (2, 1)]
    # Of many draws each ticket wins about as often.
    first = [winners_of(f"{n}", {1: 3, 2: 1}, 1)[0][0] for n in range(400)]
    assert 260 < first.count(1) < 340
    other = hold_draw(
        open_till.owner, None, name="x", since=FIRST_DAY, until=FIRST_DAY, per=yuan("100"),
        uid=new_uid(),
    )  # fmt: skip
    assert len(other.seed) == 16 and Draw.select().count() == 2
    with pytest.raises(RecordChanged):
        hold_draw(
            open_till.owner, other.key, name="x", since=FIRST_DAY, until=FIRST_DAY,
            per=yuan("100"), uid=new_uid(),
        )  # fmt: skip
    with pytest.raises(NameMissing):
        hold_draw(
            open_till.owner, None, name="", since=FIRST_DAY, until=FIRST_DAY, per=yuan("1"),
            uid=new_uid(),
        )  # fmt: skip
    for wrong in (
        {"count": 0}, {"per": yuan("0")}, {"until": FIRST_DAY - timedelta(days=1)},
    ):  # fmt: skip
        with pytest.raises(DrawWrong):
            given: Any = {"since": FIRST_DAY, "until": FIRST_DAY, "per": yuan("100"), **wrong}
            hold_draw(open_till.owner, None, name="x", uid=new_uid(), **given)
    with pytest.raises(DrawOfNobody):
        hold_draw(
            open_till.owner, None, name="x", since=FIRST_DAY, until=FIRST_DAY, per=yuan("9999"),
            uid=new_uid(),
        )  # fmt: skip
