"""Cash of other currencies: taken at a rate, change in our own, counted by itself, banked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.base.cost import UnitCost
from models.base.fields import store_currency
from models.base.money import Money, currency
from models.base.settling import in_cash
from models.ledger.accounts import (
    BANK,
    CASH_OVER,
    CASH_SHORT,
    EXCHANGE_DIFFERENCE,
    FOREIGN_DRAWER,
    FOREIGN_SAFE,
)
from models.ledger.daily.drawer import DrawerTooLow, expected_cash
from models.ledger.daily.shift_life import DifferenceNeedsReason, close_shift, count_drawer
from models.ledger.daily.shifts import Shift, current_shift
from models.ledger.debts.account_payments import settle_account
from models.ledger.documents import DayTotal
from models.ledger.folio_kinds import OUTSIDE
from models.ledger.folios import Folio, open_folio
from models.ledger.payments.changing_money import (
    SafeTooLow,
    bank_foreign,
    buy_foreign,
    lying_in_safe,
)
from models.ledger.payments.taken import take_for
from models.ledger.payments.taking import ways_back
from models.ledger.proving import proof
from models.ledger.ways.cash import cash_rule
from models.ledger.ways.foreign import (
    ForeignGoesOut,
    ForeignNotCounted,
    ForeignWrong,
    Handed,
    RateMoved,
    handed,
    in_drawer,
    wanted,
)
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import ForeignTenderWrong, Tender, TenderInUse, save_tender
from models.reports.takings import cash_move_view, shift_view
from models.shop.returns import void_sale
from models.shop.sales import sell
from models.trust.operation import NeedsOverride, Session, new_uid
from models.trust.settings import change_settings
from tests.models.worked import planting
from tests.stores import CASH, Shop, yuan

USD = currency("USD")


def rate(text: str) -> UnitCost:
    return UnitCost.parse(text, store_currency())


def dollars(text: str) -> Money:
    return Money.parse(text, USD)


@pytest.fixture
def counter(shop: Shop) -> Shop:
    """A shift is open, 500.00 in its drawer, and dollars are taken at 7.10."""
    shop.open_shift()
    _save(shop, None)
    return shop


def _save(shop: Shop, key: int | None, **more: object) -> Tender:
    values = {
        "number": 9, "name_zh": "美元", "name_en": "Dollars", "kind": "foreign", "foreign": "usd",
        "rate": rate("7.10"), "opens_drawer": True, **more,
    }  # fmt: skip
    version = Tender.get_by_id(key).version if key else 0
    return save_tender(shop.owner, key, version=version, uid=new_uid(), **values)  # type: ignore[arg-type]


def way() -> Tender:
    found: Tender = Tender.get(Tender.number == 9)
    return found


def paid(amount: str) -> Paying:
    cash = handed(way(), dollars(amount))
    return Paying(9, cash.value, reference=str(cash))


def drawer(shop: Shop) -> tuple[str, dict[str, tuple[int, str]]]:
    shift = current_shift(shop.cashier.register)
    assert shift is not None
    lying = {code: (minor, str(value)) for code, (minor, value) in in_drawer(shift.key).items()}
    return str(expected_cash(shift.key)), lying


def books() -> dict[int, int]:
    sums: dict[int, int] = {}
    for row in DayTotal.select():
        sums[row.account] = sums.get(row.account, 0) + row.debit - row.credit
    return {account: minor for account, minor in sums.items() if minor}


@pytest.mark.row("AR-21")
def test_dollars_are_taken_at_their_rate_and_change_is_our_own(counter: Shop) -> None:
    """Case CSH-05: the account by what was due, 220.00 more in dollars, 80.37 less of our own."""
    change_settings(counter.owner, {"cash.step": 1}, uid=new_uid())
    folio = open_folio(counter.manager, kind=OUTSIDE, name="Smith", limit=yuan("1"), uid=new_uid())
    assert str(wanted(way(), yuan("1481.63"))) == "208.68"
    settle_account(counter.cashier, folio, [paid("220")], amount=yuan("1481.63"), uid=new_uid())
    assert str(Folio.get_by_id(folio.key).balance) == "-1481.63"
    assert drawer(counter) == ("419.63", {"USD": (22_000, "1562.00")})
    assert books()[FOREIGN_DRAWER] == 156_200 and not proof.verify()


def test_what_is_not_taken(counter: Shop) -> None:
    bill = counter.bill(*["1001"] * 50)
    good = paid("200")
    for paying, refusal in (
        (replace(good, given=good.given + yuan("1")), ForeignWrong),
        (replace(good, reference="two hundred"), ForeignWrong),
        (replace(good, given=-good.given), ForeignGoesOut),
        (paid("99"), DrawerTooLow),
    ):
        with pytest.raises(refusal):
            sell(counter.cashier, bill.draft, [paying], shown=bill.amount_due, uid=new_uid())
    _save(counter, way().key, rate=rate("7.2"))
    with pytest.raises(RateMoved):
        sell(counter.cashier, bill.draft, [good], shown=bill.amount_due, uid=new_uid())
    for more in ({"foreign": "CNY"}, {"foreign": "XYZ"}, {"foreign": None}, {"rate": rate("0")}):
        with pytest.raises(ForeignTenderWrong):
            _save(counter, way().key, **more)


def test_what_was_taken_before_the_rate_moved_stays_and_goes_back_as_our_own(counter: Shop) -> None:
    bill = counter.bill(*["1001"] * 50)
    due = bill.amount_due
    take_for(counter.cashier, bill.draft, paid("1"), uid=new_uid())
    _save(counter, way().key, rate=rate("6.5"))
    rest = Paying(CASH, in_cash(due - yuan("7.10"), cash_rule()))
    made = sell(counter.cashier, bill.draft, [rest], shown=due, uid=new_uid())
    assert drawer(counter)[1] == {"USD": (100, "7.10")}
    with pytest.raises(TenderInUse):
        _save(counter, way().key, foreign="EUR")
    # All of it in one way: there are no dollars to give back.
    assert [(way.tender, way.left) for way in ways_back(made.key)] == [(CASH, made.total)]
    counter.give(counter.owner, "收银员", give_refund=20_000)
    void_sale(counter.cashier, made.key, reason="tender", uid=new_uid())
    assert drawer(counter) == ("492.90", {"USD": (100, "7.10")}) and not proof.verify()


def test_a_guest_changes_money_and_the_bank_takes_it(counter: Shop) -> None:
    cash = handed(way(), dollars("30.01"))
    with pytest.raises(NeedsOverride):
        buy_foreign(counter.cashier, 9, cash, note="Smith 201", uid=new_uid())
    desk = counter.manager
    close(counter, counter.cashier, {"USD": 0})
    counter.open_shift(session=desk)
    made = buy_foreign(desk, 9, cash, note="Smith 201", uid=new_uid())
    # 213.071 is 213.07 in the books and 213.10 in coins.
    assert drawer(counter) == ("286.90", {"USD": (3_001, "213.07")})
    slip = cash_move_view(made.key)
    assert (slip.kind, str(slip.amount), slip.reason) == (
        "fx bought", "213.10", "USD 30.01 x 7.10 Smith 201",
    )  # fmt: skip
    for wrong, name, refusal in (
        (dollars("-1"), "S", ForeignWrong), (dollars("1"), " ", ForeignWrong),
        (dollars("41"), "S", DrawerTooLow),
    ):  # fmt: skip
        with pytest.raises(refusal):
            buy_foreign(desk, 9, handed(way(), wrong), note=name, uid=new_uid())
    with pytest.raises(RateMoved):
        buy_foreign(desk, 9, Handed(dollars("1"), rate("8")), note="S", uid=new_uid())
    with pytest.raises(SafeTooLow):
        bank_foreign(counter.owner, dollars("1"), yuan("7"), reference="B", uid=new_uid())
    close(counter, desk, {"USD": 3_001})
    assert lying_in_safe() == [dollars("30.01")]
    with pytest.raises(ForeignWrong):
        bank_foreign(counter.owner, dollars("1"), yuan("7"), reference=" ", uid=new_uid())
    bank_foreign(counter.owner, dollars("30"), yuan("215"), reference="B7", uid=new_uid())
    assert [books().get(a) for a in (BANK, EXCHANGE_DIFFERENCE, FOREIGN_SAFE, FOREIGN_DRAWER)] == [
        21_500, -200, 7, None,
    ]  # fmt: skip
    assert lying_in_safe() == [dollars("0.01")] and not proof.verify()


def close(counter: Shop, who: Session, foreign: dict[str, int], *, reason: str = "") -> Shift:
    expected = int(drawer(counter)[0].replace(".", ""))
    count_drawer(who, {1: expected}, foreign=foreign, uid=new_uid())
    return close_shift(who, reason=reason, uid=new_uid())


@pytest.mark.row("HTL-26", "TIL-02")
def test_each_currency_is_counted_blind_and_its_difference_has_a_reason(counter: Shop) -> None:
    bill = counter.bill(*["1001"] * 50)
    take_for(counter.cashier, bill.draft, paid("10"), uid=new_uid())
    due = bill.amount_due
    rest = Paying(CASH, in_cash(due - yuan("71"), cash_rule()))
    sell(counter.cashier, bill.draft, [rest], shown=due, uid=new_uid())
    for foreign in ({}, {"USD": -1}, {"EUR": 5}):
        with pytest.raises(ForeignNotCounted):
            count_drawer(counter.cashier, {1: 1}, foreign=foreign, uid=new_uid())
    with pytest.raises(DifferenceNeedsReason):
        close(counter, counter.cashier, {"USD": 900})
    closed = close_shift(counter.cashier, reason="一张找不到", uid=new_uid())
    assert (str(closed.difference), books()[CASH_SHORT]) == ("0.00", 710)
    assert (books()[FOREIGN_SAFE], FOREIGN_DRAWER in books()) == (6_390, False)
    (row,) = shift_view(closed.key).foreign
    assert (row.code, str(row.expected), str(row.counted)) == ("USD", "10.00", "9.00")
    assert not proof.verify()
    counter.open_shift()
    close(counter, counter.cashier, {"USD": 200}, reason="多两块")
    assert (books()[CASH_OVER], books()[FOREIGN_SAFE]) == (-1_420, 7_810)
    for statement, code in (
        ('UPDATE "foreign_move" SET "value" = "value" + 1', "ForeignCashWrong"),
        ('UPDATE "foreign_move" SET "minor" = 7 WHERE "place" = \'drawer\'', "ForeignCashLeft"),
    ):
        with planting() as plant:
            plant(statement)
            assert code in {found.code for found in proof.verify()}
    assert not proof.verify()
