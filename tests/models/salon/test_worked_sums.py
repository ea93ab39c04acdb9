"""Worked sums of the trade, each with where it was published. Those of cards and courses that were
used or given up through the operations stand in tests/models/members.
"""

from __future__ import annotations

import pytest

from models.base.exact import divide
from models.base.rates import Rate
from models.ledger.accounts import SALES
from models.members.lots import Lot
from models.members.sellers import sales_back
from models.members.shares import bonus_of_use, unit_values
from models.salon.commission_base import ByCard, base_of
from models.salon.commission_rules import (
    ALL,
    LIST,
    MARGIN,
    NONE,
    PAID,
    PRINCIPAL,
    CommissionRule,
)
from models.salon.commission_steps import read_steps
from models.selling.charges import Charge
from tests.stores import FIRST_DAY, Shop, yuan

pytestmark = pytest.mark.row("B-1", "B-2")


@pytest.mark.parametrize(
    ("paid", "given", "used", "earned"),
    [
        # Zenoti, accounting summary FAQ: a card worth 200 sold at 100, used for 200.
        (10_000, 10_000, 20_000, 10_000),
        # Chinese books (jiaokan.cn): charge 100, give 25: each use earns 80 per cent; 40 are 32.
        (10_000, 2_500, 4_000, 3_200),
        # User case SU-13: 400 paid for 500; 200 used are 160.
        (40_000, 10_000, 20_000, 16_000),
        # Draft article 21 as reported: 3000 + 1000, used 3594: 2695.50 are had.
        (300_000, 100_000, 359_400, 269_550),
    ],
)  # fmt: skip
def test_what_of_a_use_is_earned(paid: int, given: int, used: int, earned: int) -> None:
    whole = paid + given
    bonus = bonus_of_use(used, rest=whole, bonus_rest=given, base=whole, base_bonus=given)
    assert used - bonus == earned
    # A rule that pays without the bonus counts that, one that does not count cards nothing of it.
    line = ByCard(used, used, bonus)
    assert (line.left(ALL), line.left(PRINCIPAL), line.left(NONE)) == (used, earned, 0)


def test_what_a_time_of_a_package_is_worth() -> None:
    # Zenoti: a package of 500 with five items, one used: 100.
    assert unit_values(50_000, 5)[0] == 10_000
    # Court case (China Daily, 15 March 2025): 2000 for 60 times, 12 used: 1600 go back.
    assert sum(unit_values(200_000, 60)[12:]) == 160_000
    # Ten for 1000, three used: 700 are left by the ratio.
    assert sum(unit_values(100_000, 10)[3:]) == 70_000


@pytest.mark.parametrize(
    ("steps", "brought", "progressive", "whole"),
    [
        # Phorest: 5 per cent to 1000, 10 above: of 2000 are 150; the full amount 200.
        ("1000:10", 200_000, 15_000, 20_000),
        ("1000:10", 100_000, 5_000, 5_000),
        ("1000:10", 100_001, 5_000, 10_000),
        ("1000:10 3000:12", 400_000, 37_000, 48_000),
    ],
)  # fmt: skip
def test_brackets(steps: str, brought: int, progressive: int, whole: int, shop: Shop) -> None:
    read, five = read_steps(steps), Rate.percent("5")
    parts = read.parts(five, before=0, base=brought)
    assert sum(divide(part * rate.millionths, 10**6) for part, rate in parts) == progressive
    assert sum(part for part, _ in parts) == brought
    assert divide(brought * read.rate_at(five, brought).millionths, 10**6) == whole
    # In pieces it is the same, to half a fen a piece.
    pieces = [p for n in range(4) for p in read.parts(
        five, before=brought * n // 4, base=brought * (n + 1) // 4 - brought * n // 4)]  # fmt: skip
    assert sum(part for part, _ in pieces) == brought


@pytest.mark.parametrize(
    ("base", "price", "off", "cost", "rate", "earned"),
    [
        # Vagaro, cost taken off first: 30 per cent of 50 less 10.
        (MARGIN, "50", "0", "10", "30", 12_00),
        # Phorest: 10 per cent of 200 less 10; not 10 per cent of 200, less 10, which is 10.
        (MARGIN, "200", "0", "10", "10", 19_00),
        # Vagaro, discounts subtracted or not: 30 per cent of 50 with 5 off.
        (PAID, "50", "5", "10", "30", 13_50),
        (LIST, "50", "5", "10", "30", 15_00),
    ],
)  # fmt: skip
def test_what_a_rule_takes_its_part_of(
    shop: Shop, *, base: str, price: str, off: str, cost: str, rate: str, earned: int
) -> None:
    full, paid = yuan(price), yuan(price) - yuan(off)
    line = Charge(
        kind="goods", name="染发", day=FIRST_DAY, net=paid, account=SALES, full=full, amount=paid,
        cost=yuan(cost),
    )  # fmt: skip
    taken = base_of(CommissionRule(base=base), line, ByCard(0))
    assert taken.part(Rate.percent(rate)).minor == earned


def test_of_which_sales_money_for_a_card_goes_back(shop: Shop) -> None:
    """Paid 600, all used, and 400, none used: 400 are of the second; 800 take 400 of the first."""

    def lot(document: int, paid: str, rest: str) -> Lot:
        return Lot(
            document=document, value=yuan(paid), bonus=yuan("0"), rest=yuan(rest),
            bonus_rest=yuan("0"),
        )  # fmt: skip

    lots = [lot(1, "600", "0"), lot(2, "400", "400")]
    told = {n: [(one.document, one.part, one.whole) for one in sales_back(lots, n)] for n in
            (40_000, 80_000, 10_000)}  # fmt: skip
    assert told == {
        40_000: [(2, 40_000, 40_000)], 10_000: [(2, 10_000, 40_000)],
        80_000: [(1, 40_000, 60_000), (2, 40_000, 40_000)],
    }  # fmt: skip
