"""What promotions take off: by every kind, the best for the customer, in any order of ringing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base.rates import Rate
from models.selling.promotion_kinds import KINDS, PromotionRule, SomeGoods
from models.selling.promotion_rows import Promotion, Whose, counts
from models.selling.promotions import OnBill, RuleBook, work_out

pytestmark = pytest.mark.row("MKT-04")

DRINKS, FOOD = 70, 71


def on(goods: int, price: int, pieces: int = 1, **more: Any) -> OnBill:
    """So many of some goods on a line."""
    amount = price * pieces
    return OnBill(
        goods, more.get("category"), price, amount, pieces, 1000 * pieces, more.get("most", amount)
    )  # fmt: skip


def weighed(goods: int, price: int, grams: int, category: int | None = None) -> OnBill:
    amount = (price * grams + 500) // 1000
    return OnBill(goods, category, price, amount, 0, grams, amount)


def rule(kind: str, *goods: int, percent: str = "100", key: int = 1, **more: Any) -> PromotionRule:
    """A promotion of these goods; without any of all."""
    needs = (SomeGoods(frozenset(goods)),) if goods else ()
    values = {"name": kind, "needs": needs, "rate": Rate.percent(percent), **more}
    return PromotionRule(key=key, kind=kind, **values)


def paid(lines: Sequence[OnBill], *rules: PromotionRule) -> int:
    """What the lines come to."""
    return sum(line.amount for line in lines) - sum(off(lines, *rules).values())


def off(lines: Sequence[OnBill], *rules: PromotionRule) -> dict[int, int]:
    """What comes off each line that has something off."""
    found = work_out(lines, RuleBook(rules))
    return {place: sum(each.amount for each in offs) for place, offs in sorted(found.items())}


BUY_10_GET_3 = rule("buy get", buy=10, more=3)


@pytest.mark.parametrize(
    ("lines", "rules", "comes_to"),
    [
        # The cases that users reported of other systems.
        *(([on(1, 100, n)], [BUY_10_GET_3], 100 * pays)
          for n, pays in ((10, 10), (11, 10), (12, 10), (13, 10), (14, 11), (26, 20), (27, 21))),
        ([on(1, 1000), on(2, 800), on(3, 500)], [rule("buy get", buy=2, more=1)], 1800),
        ([on(1, 100, 10)], [rule("buy get", buy=2, more=1)], 700),
        ([on(1, 100)] * 10, [rule("buy get", buy=2, more=1)], 700),
        ([on(9, 300), on(1, 150), on(2, 100)],
         [rule("gift", 9, buy=1, more=1, rewards=(SomeGoods(frozenset({1, 2})),))], 450),
        # A gift card is worth what is printed on it.
        ([on(1, 10000), on(8, 5000)],
         [rule("percent", percent="20", excepted=(SomeGoods(frozenset({8})),))], 13000),
        # Each kind by itself.
        ([on(1, 333, 3)], [rule("percent", percent="10")], 899),
        ([weighed(1, 990, 1250)], [rule("percent", percent="50")], 619),
        ([on(1, 350, 4), on(2, 350)], [rule("amount", 1, amount=50)], 1550),
        ([on(1, 30)], [rule("amount", amount=50)], 0),
        ([weighed(1, 990, 2000)], [rule("amount", amount=100)], 1780),
        ([on(1, 350, 3)], [rule("price", amount=300)], 900),
        ([on(1, 250)], [rule("price", amount=300)], 250),
        # Two a customer at the special price: the rest at the usual one.
        ([on(1, 350, 5)], [rule("price", amount=100, most=2)], 1250),
        ([on(1, 400, 3), on(2, 300, 3)], [rule("together", buy=3, amount=1000)], 1900),
        ([on(1, 400, 7)], [rule("together", buy=3, amount=1000, most=1)], 2600),
        ([on(1, 1000, 2)], [rule("buy get", buy=1, more=1, percent="50")], 1500),
        ([on(1, 1000), on(2, 600)], [rule("buy get", buy=1, more=1, percent="50")], 1300),
        ([on(1, 1000, 2), on(2, 500, 3)],
         [rule("bundle", amount=1200,
               needs=(SomeGoods(frozenset({1})), SomeGoods(frozenset({2}))))], 2900),
        ([on(1, 1000), on(2, 500, 3)],
         [rule("bundle", amount=1700,
               needs=(SomeGoods(frozenset({1})), SomeGoods(frozenset({2}), pieces=2)))], 2200),
        ([on(1, 6000), on(2, 5000)], [rule("spend", from_amount=10000, amount=2000)], 9000),
        ([on(1, 9999)], [rule("spend", from_amount=10000, amount=2000)], 9999),
        ([on(1, 20000)], [rule("spend", from_amount=10000, percent="10")], 18000),
        ([on(1, 25000)], [rule("each spend", from_amount=10000, amount=2000)], 21000),
        ([on(1, 25000)], [rule("each spend", from_amount=10000, amount=2000, most=1)], 23000),
        ([on(1, 5000), on(2, 5000)],
         [rule("gift", from_amount=10000, more=1, rewards=(SomeGoods(frozenset({2})),))], 5000),
    ],
)  # fmt: skip
def test_what_a_bill_comes_to(
    lines: list[OnBill], rules: list[PromotionRule], comes_to: int
) -> None:  # fmt: skip
    assert paid(lines, *rules) == comes_to
    assert paid(lines[::-1], *rules) == comes_to


def test_the_best_for_the_customer_wins_goods_by_goods() -> None:
    ten = rule("percent", percent="10", key=1)
    half = rule("percent", 7, percent="50", key=2)
    lines = [on(7, 1000), on(8, 19000)]
    assert off(lines, ten, half) == {0: 500, 1: 1900}
    # 40 off for 200 spent saves more than both together: then it is on all of it, and alone.
    each = rule("each spend", from_amount=10000, amount=2000, key=3)
    assert off(lines, ten, half, each) == {0: 200, 1: 3800}
    # Marked to combine it comes on top, and takes what is left for what is spent: 176.00.
    on_top = replace(each, is_combined=True)
    assert off(lines, ten, half, on_top) == {0: 557, 1: 3843}
    # A set that saves less than its goods have by themselves is none.
    pair = rule("together", 7, buy=2, amount=1900, key=4)
    assert off([on(7, 1000, 2)], half, pair) == {0: 1000}
    assert off([on(7, 1000, 2)], ten, replace(pair, amount=1700)) == {0: 300}


def test_of_two_that_save_the_same_the_lower_rank_is_named() -> None:
    first, second = (
        rule("percent", key=1, percent="10", rank=2),
        rule("percent", key=2, percent="10"),
    )
    (offs,) = work_out([on(1, 1000)], RuleBook([first, second])).values()
    assert [each.rule for each in offs] == [2]


def test_a_category_stands_for_its_goods() -> None:
    lines = [on(1, 300, category=DRINKS), on(2, 500, category=FOOD), on(3, 100)]
    drinks = replace(
        rule("percent", percent="50"), needs=(SomeGoods(categories=frozenset({DRINKS})),)
    )
    assert off(lines, drinks) == {0: 150}
    assert off(lines, replace(drinks, needs=(), excepted=drinks.needs)) == {1: 250, 2: 50}


def test_what_a_set_saves_is_shared_by_price() -> None:
    """So each of its goods takes its share back with it, and no piece comes back for more."""
    lines = [on(1, 1000), on(2, 800), on(3, 500)]
    assert off(lines, rule("buy get", buy=2, more=1)) == {0: 217, 1: 174, 2: 109}


def test_what_has_a_price_of_its_own_is_no_piece() -> None:
    """A pack and a scale's label: a part of it comes off, and no set counts it."""
    pack = OnBill(1, None, 1990, 1990, 0, 0, 1990)
    assert off([pack], rule("percent", percent="10")) == {0: 199}
    assert off([pack], rule("price", amount=100)) == {}
    assert off([pack, on(1, 350)], rule("buy get", buy=1, more=1)) == {}


def test_a_discount_by_hand_is_never_beaten_below_nothing() -> None:
    half = rule("percent", percent="50")
    assert off([on(1, 1000, most=100)], half) == {0: 100}
    assert off([on(1, 1000, most=600)], half, replace(half, key=2, is_combined=True)) == {0: 600}


goods = st.integers(1, 5)
bought = st.lists(
    st.builds(
        lambda goods, pieces: on(goods, 100 * goods + 33, pieces, category=DRINKS + goods % 2),
        goods, st.integers(1, 9),
    ),
    min_size=1, max_size=6,
)  # fmt: skip
scopes = st.lists(
    st.builds(
        SomeGoods, st.frozensets(goods, max_size=2), st.just(frozenset[int]()), st.integers(1, 2)
    ),
    max_size=2,
).map(tuple)
made = st.builds(
    PromotionRule, key=st.just(0), name=st.just("x"), kind=st.sampled_from(sorted(KINDS)),
    needs=scopes, rewards=scopes, buy=st.integers(1, 4), more=st.integers(1, 2),
    rate=st.integers(1, 1_000_000).map(Rate), amount=st.integers(0, 900),
    from_amount=st.sampled_from([500, 1500]), most=st.none() | st.integers(1, 3),
    is_combined=st.booleans(),
)  # fmt: skip
several = st.lists(made, min_size=1, max_size=4).map(
    lambda rules: [replace(rule, key=n) for n, rule in enumerate(rules)]
)


@given(bought, several, st.randoms())
def test_nothing_is_below_nothing_and_the_order_of_ringing_does_not_matter(
    lines: list[OnBill], rules: list[PromotionRule], chance: Any
) -> None:
    found = off(lines, *rules)
    assert all(0 < amount <= lines[place].amount for place, amount in found.items())
    # One by one and in any order, as a cashier may ring them.
    single = [on(each.goods, each.price, category=each.category)
              for each in lines for _ in range(each.pieces)]  # fmt: skip
    chance.shuffle(single)
    mixed = off(single, *rules)
    assert all(0 < amount <= single[place].amount for place, amount in mixed.items())
    assert by_goods(single, mixed) == by_goods(lines, found)


def by_goods(lines: list[OnBill], found: dict[int, int]) -> dict[int, int]:
    sums: dict[int, int] = {}
    for place, amount in found.items():
        sums[lines[place].goods] = sums.get(lines[place].goods, 0) + amount
    return sums


MONDAY = datetime(2026, 3, 2, 18, 30)


@pytest.mark.parametrize(
    ("values", "whose", "is_given"),
    [
        ({}, {}, True),
        ({"since": date(2026, 3, 3)}, {}, False),
        ({"until": date(2026, 3, 1)}, {}, False),
        ({"since": date(2026, 3, 2), "until": date(2026, 3, 2)}, {}, True),
        ({"weekdays": 0b0000010}, {}, False),
        ({"weekdays": 0b0000001}, {}, True),
        ({"begins": 18 * 60, "ends": 18 * 60 + 30}, {}, False),
        ({"begins": 18 * 60 + 30, "ends": 19 * 60}, {}, True),
        # Over midnight: Sunday night's hours are Sunday's.
        ({"begins": 22 * 60, "ends": 2 * 60, "weekdays": 0b1000000}, {"at": MONDAY.replace(hour=1)},
         True),
        ({"begins": 22 * 60, "ends": 2 * 60, "weekdays": 0b0000001}, {"at": MONDAY.replace(hour=1)},
         False),
        ({"code": "SAVE5"}, {}, False),
        ({"code": "SAVE5"}, {"coupons": ("SAVE5",)}, True),
        ({"for_named": True}, {}, False),
        ({"for_named": True}, {"is_named": True}, True),
        ({"level": 3}, {"is_named": True, "level": 4}, False),
        ({"level": 3}, {"is_named": True, "level": 3}, True),
    ],
)  # fmt: skip
def test_when_and_for_whom(
    values: dict[str, Any], whose: dict[str, Any], is_given: bool
) -> None:  # fmt: skip
    assert counts(Promotion(**values), Whose(**{"at": MONDAY, **whose})) is is_given
