"""The checker over a day of work: a sound store has no findings, on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.base import findings, hot
from models.base.database import is_sqlite
from models.base.money import Money
from models.ledger.daily import days, drawer
from models.ledger.proving import proof
from models.trust import checks
from models.trust.operation import new_uid
from tests.stores import CARD, CNY, FIRST_DAY, Shop, yuan


def a_day(shop: Shop) -> None:
    shop.open_shift()
    shop.sell("1001", "1003", given="20.00")
    shop.sell("1002", tender=CARD, reference="A1", last_four="4242")
    drawer.drop_to_safe(shop.manager, yuan("100"), bag="7", uid=new_uid())
    shop.close_shift()
    day = days.BusinessDay.get(days.BusinessDay.state == days.OPEN).date
    days.close_day(shop.owner, next_day=day + timedelta(days=1), uid=new_uid())


def test_a_sound_store_has_no_findings(shop: Shop) -> None:
    for _ in range(3):
        a_day(shop)
    assert not [str(each) for each in proof.verify()]
    assert not [str(each) for each in proof.verify(full=False)]


@pytest.mark.row("NFR-03")
def test_a_start_looks_through_no_large_file(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a million sales it took 22 seconds in one piece, and the first scan waited."""
    asked, plain = list[str](), hot.query

    def keep(sql: str, *values: object) -> object:
        asked.append(sql)
        return plain(sql, *values)

    monkeypatch.setattr(checks, "query", keep)
    looks = []
    for most, full in ((2**30, False), (1, False), (1, True)):
        asked.clear()
        monkeypatch.setattr(findings, "_SOON_BYTES", most)
        proof.verify(full=full)
        looks.append({sql.split('"')[0].removesuffix("(") for sql in asked if "_check" in sql})
    assert [{"PRAGMA quick_check"} <= look for look in looks] == [is_sqlite(), False, False]
    assert ("PRAGMA integrity_check" in looks[2]) is is_sqlite()


def test_numbers_of_checks_are_unique() -> None:
    named: dict[int, str] = {}
    for check in proof.checks():
        assert named.setdefault(check.number, check.code) == check.code
    assert len(named) >= 30


def test_trial_balance_sums_to_zero(shop: Shop) -> None:
    a_day(shop)
    a_day(shop)
    second = FIRST_DAY + timedelta(days=1)
    lines = proof.trial_balance(second, second)
    zero = Money.zero(CNY)
    assert Money.total((line.closing for line in lines), CNY) == zero
    assert Money.total((line.debit - line.credit for line in lines), CNY) == zero
    drawer = lines[0]
    assert (drawer.account, drawer.closing) == (1001, zero)
    assert drawer.debit == yuan("511.90")


@pytest.mark.row("NFR-03")
def test_slices_go_on_while_the_counter_sells(shop: Shop) -> None:
    a_day(shop)
    shop.open_shift()
    for place, found in enumerate(proof.verify_steps()):
        assert not found
        if place % 3 == 0 and place < 120:
            shop.sell("1001", session=shop.owner)
    assert not proof.verify()
