"""Receivables and payables: items, payments, allocation, ageing, on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.base import database
from models.base.hot import query
from models.ledger import accounts
from models.ledger.debts import account_payments, dues
from models.ledger.documents import Leg, post
from models.ledger.folio_kinds import COMPANY, SUPPLIER
from models.ledger.folios import Folio, FolioNotOpen, open_folio, switch_folio
from models.ledger.payments.taking import PaymentWrong
from models.ledger.proving.proof import verify
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import Job, new_uid, operation
from tests.stores import CARD, CASH, FIRST_DAY, ON_ACCOUNT, PURCHASE, Shop, yuan


@operation(right="keep accounts")
def post_purchase(job: Job, folio: Folio, amount: str) -> int:
    """Goods bought on credit, as a later part of the program will post them."""
    legs = [Leg(accounts.STOCK, yuan(amount)), Leg(accounts.PAYABLE, -yuan(amount), folio.key)]
    return int(post(job, PURCHASE, legs, total=yuan(amount)).key)


def _company(shop: Shop, limit: str = "100.00") -> Folio:
    return open_folio(shop.owner, kind=COMPANY, name="对面公司", limit=yuan(limit), uid=new_uid())


def _charge(shop: Shop, folio: Folio, *codes: str) -> None:
    shop.sell(*codes, tender=ON_ACCOUNT, session=shop.owner, folio=folio.key)


def pay_account(shop: Shop, folio: Folio, tender: int, amount: str) -> None:
    """Pay an account by one tender; to a supplier it goes out."""
    given = account_payments.due_on(folio, yuan(amount))
    reference = "77" if tender == CARD else ""
    account_payments.settle_account(
        shop.owner, folio, [Paying(tender, given, reference=reference)], amount=yuan(amount),
        uid=new_uid(),
    )  # fmt: skip


def _left(folio: Folio) -> list[str]:
    return [str(item.left) for item in dues.items_of(folio)]


def test_a_payment_settles_the_oldest_items_first(shop: Shop) -> None:
    folio = _company(shop)
    shop.open_shift(session=shop.owner)
    _charge(shop, folio, "1001", "1002")
    _charge(shop, folio, "1004")
    assert _left(folio) == ["5.50", "25.00"]

    pay_account(shop, folio, CARD, "10.00")

    assert _left(folio) == ["0.00", "20.50", "0.00"]
    assert Folio.get_by_id(folio.key).balance == yuan("20.50")
    assert not _without_stock(shop)


def test_cash_for_an_account_is_in_the_drawer(shop: Shop) -> None:
    from models.ledger.daily.drawer import expected_cash

    folio = _company(shop)
    shift = shop.open_shift(session=shop.owner)
    _charge(shop, folio, "1004")
    pay_account(shop, folio, CASH, "25.00")
    assert expected_cash(shift.key) == yuan("525.00")


@pytest.mark.row("AR-03")
def test_more_than_is_owed_stays_as_credit_and_can_be_allocated_later(shop: Shop) -> None:
    folio = _company(shop)
    shop.open_shift(session=shop.owner)
    pay_account(shop, folio, CARD, "30.00")
    assert _left(folio) == ["-30.00"]
    _charge(shop, folio, "1004")
    payment, charge = dues.items_of(folio)
    dues.allocate(shop.owner, folio, charge, payment, amount=yuan("25.00"), uid=new_uid())
    assert _left(folio) == ["-5.00", "0.00"]
    with pytest.raises(dues.AllocationWrong):
        dues.allocate(shop.owner, folio, charge, payment, amount=yuan("1.00"), uid=new_uid())

    dues.allocate(shop.owner, folio, charge, payment, amount=yuan("-25.00"), uid=new_uid())
    assert _left(folio) == ["-30.00", "25.00"]
    assert not _without_stock(shop)


def test_no_more_of_a_payment_settles_items_than_was_paid(shop: Shop) -> None:
    folio = _company(shop)
    shop.open_shift(session=shop.owner)
    pay_account(shop, folio, CARD, "10.00")
    _charge(shop, folio, "1004")
    payment, charge = dues.items_of(folio)

    def settle(amount: str) -> None:
        dues.allocate(shop.owner, folio, charge, payment, amount=yuan(amount), uid=new_uid())

    with pytest.raises(dues.AllocationWrong):
        settle("10.01")
    assert _left(folio) == ["-10.00", "25.00"]
    settle("10.00")
    # What another payment settles of the item cannot be taken back from this one.
    pay_account(shop, folio, CARD, "15.00")
    assert _left(folio) == ["0.00", "0.00", "0.00"]
    with pytest.raises(dues.AllocationWrong):
        settle("-10.01")
    settle("-10.00")
    assert _left(folio) == ["-10.00", "10.00", "0.00"]
    assert not _without_stock(shop)


@pytest.mark.row("AR-03")
def test_a_supplier_is_the_mirror_of_a_customer(shop: Shop) -> None:
    folio = open_folio(shop.owner, kind=SUPPLIER, name="批发商", limit=yuan("0.00"), uid=new_uid())
    post_purchase(shop.owner, folio, "80.00", uid=new_uid())
    assert Folio.get_by_id(folio.key).balance == yuan("-80.00")
    assert _left(folio) == ["80.00"]
    pay_account(shop, folio, CARD, "50.00")
    assert _left(folio) == ["30.00", "0.00"]
    assert Folio.get_by_id(folio.key).balance == yuan("-30.00")
    # What is paid beyond it is paid in advance.
    pay_account(shop, folio, CARD, "50.00")
    assert _left(folio) == ["0.00", "0.00", "-20.00"]
    assert Folio.get_by_id(folio.key).balance == yuan("20.00")


def test_ageing_puts_items_by_the_days_they_are_overdue(shop: Shop) -> None:
    folio = _company(shop)
    shop.open_shift(session=shop.owner)
    _charge(shop, folio, "1004")
    for days, bucket in ((30, 0), (31, 1), (61, 2), (91, 3), (121, 4)):
        (aged,) = dues.ageing(accounts.RECEIVABLE, FIRST_DAY + timedelta(days=days))
        assert [n for n, amount in enumerate(aged.buckets) if amount] == [bucket], days
        assert aged.total == yuan("25.00")


def test_refusals(shop: Shop) -> None:
    folio = _company(shop)
    with pytest.raises(PaymentWrong):
        pay_account(shop, folio, CARD, "0.00")
    with pytest.raises(PaymentWrong):
        pay_account(shop, folio, ON_ACCOUNT, "5.00")
    now = Folio.get_by_id(folio.key)
    switch_folio(shop.owner, folio.key, version=now.version, uid=new_uid())
    with pytest.raises(FolioNotOpen):
        pay_account(shop, folio, CARD, "5.00")


def test_an_allocation_beyond_its_item_is_found(shop: Shop) -> None:
    folio = _company(shop)
    shop.open_shift(session=shop.owner)
    _charge(shop, folio, "1004")
    pay_account(shop, folio, CARD, "25.00")
    with database.database.atomic():
        row = dues.Allocation.select().dicts().get()
        dues.Allocation.create(**{**row, "number": 9, "amount": yuan("0.01")})
    assert {finding.code for finding in _without_stock(shop)} == {"AllocationTooMuch", "ToldAdded"}
    assert query('SELECT count(*) FROM "allocation"') == [(2,)]


def _without_stock(shop: Shop) -> list:
    return [finding for finding in verify() if not finding.code.startswith("Stock")]
