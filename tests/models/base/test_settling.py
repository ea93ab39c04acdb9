"""Settling: cash rounding, change, money back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base.money import Money, Rounding, currency
from models.base.settling import CashRule, Settlement, Tender, in_cash, settle
from tests.stores import yuan

CNY = currency("CNY")


def cash(text: str) -> Tender:
    return Tender(yuan(text), is_cash=True)


def other(text: str) -> Tender:
    return Tender(yuan(text))


def shown(settled: Settlement) -> tuple[str, str, str, str]:
    return (
        str(settled.rounding),
        str(settled.change),
        str(settled.short),
        str(settled.cash_kept),
    )


FIVE_FEN = CashRule(yuan("0.05"))


@pytest.mark.parametrize(
    ("due", "tenders", "rule", "expected"),
    [
        ("15.72", [cash("20")], FIVE_FEN, ("-0.02", "4.30", "0.00", "15.70")),
        ("15.72", [other("15.72")], FIVE_FEN, ("0.00", "0.00", "0.00", "0.00")),
        ("15.72", [other("0.68"), cash("20")], FIVE_FEN, ("0.01", "4.95", "0.00", "15.05")),
        ("15.72", [cash("20")], None, ("0.00", "4.28", "0.00", "15.72")),
        ("15.72", [cash("10")], FIVE_FEN, ("0.00", "0.00", "5.72", "10.00")),
        ("15.72", [cash("10"), other("5.72")], FIVE_FEN, ("0.00", "0.00", "0.00", "10.00")),
        ("15.72", [other("10")], FIVE_FEN, ("0.00", "0.00", "5.72", "0.00")),
        ("15.72", [], FIVE_FEN, ("0.00", "0.00", "15.72", "0.00")),
        ("-15.72", [cash("-15.70")], FIVE_FEN, ("0.02", "0.00", "0.00", "-15.70")),
        ("-15.72", [cash("-10")], FIVE_FEN, ("0.00", "0.00", "-5.72", "-10.00")),
        ("-15.72", [other("-15.72")], FIVE_FEN, ("0.00", "0.00", "0.00", "0.00")),
        ("0.00", [], FIVE_FEN, ("0.00", "0.00", "0.00", "0.00")),
        ("0.02", [cash("0")], FIVE_FEN, ("-0.02", "0.00", "0.00", "0.00")),
        ("0.02", [], FIVE_FEN, ("0.00", "0.00", "0.02", "0.00")),
        ("60.36", [other("61")], FIVE_FEN, ("-0.01", "0.65", "0.00", "-0.65")),
    ],
)
def test_settling(
    due: str, tenders: list[Tender], rule: CashRule | None, expected: tuple[str, str, str, str]
) -> None:
    settled = settle(yuan(due), tenders, rule)
    assert shown(settled) == expected
    assert settled.is_settled == (expected[2] == "0.00")


def test_wiping_small_change_is_rounding_down() -> None:
    rule = CashRule(yuan("0.10"), Rounding.DOWN)
    assert shown(settle(yuan("9.99"), [cash("10")], rule)) == ("-0.09", "0.10", "0.00", "9.90")


money = st.integers(-100_000, 100_000).map(lambda minor: Money(minor, CNY))
rules = st.none() | st.builds(
    CashRule, st.integers(1, 1000).map(lambda minor: Money(minor, CNY)), st.sampled_from(Rounding)
)


@given(money, st.lists(st.builds(Tender, money, st.booleans()), max_size=5), rules)
def test_every_fen_is_accounted_for(
    due: Money, tenders: list[Tender], rule: CashRule | None
) -> None:
    settled = settle(due, tenders, rule)
    paid = Money.total((tender.amount for tender in tenders), CNY)
    assert due + settled.rounding == paid - settled.change + settled.short
    if rule is not None and settled.is_settled:
        assert abs(settled.rounding) < rule.step
    mirror = settle(-due, [Tender(-tender.amount, tender.is_cash) for tender in tenders], rule)
    if due:
        assert (mirror.rounding, mirror.change) == (-settled.rounding, -settled.change)
        assert (mirror.short, mirror.cash_kept) == (-settled.short, -settled.cash_kept)


@given(money.filter(bool), rules)
def test_what_is_to_be_paid_in_cash_settles(due: Money, rule: CashRule | None) -> None:
    settled = settle(due, [Tender(in_cash(due, rule), is_cash=True)], rule)
    assert settled.is_settled
    assert not settled.change
