"""A return that is being worked on: kept with the bill, found after a power cut, ended with it."""

from __future__ import annotations

import pytest

from models.base.quantity import Quantity
from models.ledger.documents import Document
from models.ledger.payments.taken import take_for
from models.ledger.payments.taking import OverPaid
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Payment, TakenPayment
from models.selling import items
from models.shop import basket, bill_changes, bill_life
from models.shop.exchanges import Coming, exchange
from models.shop.returns import return_goods
from models.shop.unfinished_returns import (
    BegunReturn,
    BegunUnslipped,
    ReturnUnfinished,
    begun_label,
    begun_of,
    give_up_return,
    give_up_unslipped,
    keep_return,
    unslipped_of,
)
from models.shop.unslipped import begin_without_slip, return_without_slip
from models.trust import drafts
from models.trust.operation import NeedsOverride, Session, new_uid
from tests.models.worked import planting
from tests.stores import CASH, WECHAT, Shop, yuan

pytestmark = pytest.mark.row("ORD-18", "UIX-22")
ONE = Quantity.of(1)


def test_what_was_chosen_is_found_after_a_power_cut(boss_shop: Shop) -> None:
    sold = boss_shop.sell("1001", "1002", tender=WECHAT, session=boss_shop.manager)
    bill = boss_shop.bill(session=boss_shop.manager)
    keep_return(bill, sold.key, {1: ONE, 2: ONE})
    keep_return(bill, sold.key, {2: ONE})
    boss_shop.reopen()
    found = basket.open_basket(boss_shop.manager)
    assert found.draft == bill.draft
    assert begun_of(found.head) == BegunReturn(sold.key, {2: ONE})
    assert begun_label(found.head) == "S01-000001"
    return_goods(
        boss_shop.manager, sold.key, {2: ONE}, shown=yuan("3.50"), reason="unwanted",
        draft=found.draft, uid=new_uid(),
    )  # fmt: skip
    assert begun_of(drafts.read(found.draft).head) is None


def test_a_bill_is_not_sold_while_goods_come_back_for_it(boss_shop: Shop) -> None:
    sold = boss_shop.sell("1001", session=boss_shop.manager)
    bill = boss_shop.bill("1002", session=boss_shop.manager)
    keep_return(bill, sold.key, {1: ONE})
    with pytest.raises(ReturnUnfinished):
        boss_shop.pay(bill, session=boss_shop.manager)
    # Other goods instead, and a bill that waits: what comes back stays with it.
    bill_changes.remove_line(
        boss_shop.manager, bill.draft, bill.lines[0].number, uid=new_uid()
    )  # fmt: skip
    bill = basket.refresh(bill)
    assert begun_of(bill.head) == BegunReturn(sold.key, {1: ONE})
    basket.ring_code(bill, "1001")
    bill_life.hold_bill(boss_shop.manager, bill.draft, title="x", uid=new_uid())
    bill_life.fetch_bill(boss_shop.manager, bill.draft, uid=new_uid())
    coming = Coming(sold.key, {1: ONE}, "mixed up")
    exchange(boss_shop.manager, bill.draft, coming, (), shown=yuan("0"), uid=new_uid())


def test_nothing_comes_back_after_all(boss_shop: Shop) -> None:
    sold = boss_shop.sell("1001", session=boss_shop.manager)
    bill = boss_shop.bill("1002", session=boss_shop.manager)
    keep_return(bill, sold.key, {1: ONE})
    give_up_return(bill)
    assert begun_of(bill.head) is None and begun_label(bill.head) == ""
    assert boss_shop.pay(bill, session=boss_shop.manager).total == yuan("3.50")


@pytest.mark.parametrize("head", [None, {"coming": 5}, {"coming": [1, {"x": 1}]}])
def test_a_head_that_was_altered_says_of_no_return(head: object) -> None:
    assert begun_of(head) is None


@pytest.mark.row("ORD-19")
def test_what_is_out_for_goods_without_a_slip_is_kept_and_finishes_it(boss_shop: Shop) -> None:
    """Part of it went to a wallet; after a power cut the return goes on from there."""
    shop, bill = boss_shop, boss_shop.bill("1004", session=boss_shop.manager)
    begin_without_slip(shop.manager, bill.draft, shown=yuan("25"), reason="unwanted", uid=new_uid())
    with pytest.raises(ReturnUnfinished):
        shop.pay(bill, session=shop.manager)
    with pytest.raises(OverPaid):
        take_for(shop.manager, bill.draft, Paying(WECHAT, yuan("-26")), uid=new_uid())
    take_for(shop.manager, bill.draft, Paying(WECHAT, yuan("-20")), uid=new_uid())
    shop.reopen()
    found = basket.open_basket(shop.manager)
    give_up_unslipped(found)
    begun = unslipped_of(drafts.read(found.draft).head)
    assert begun == BegunUnslipped("unwanted", "", is_scrapped=False)
    assert (found.paid, found.left_to_pay) == (yuan("-20"), yuan("-5"))
    made = unslipped(shop.manager, found.draft, Paying(CASH, yuan("-5")))
    assert [(row.tender.number, row.amount) for row in paid_by(made)] == [
        (WECHAT, yuan("-20")), (CASH, yuan("-5")),
    ]  # fmt: skip
    assert not TakenPayment.select().exists()
    assert not proof.verify()


@pytest.mark.row("TIL-03")
def test_who_agreed_first_is_not_asked_again(boss_shop: Shop) -> None:
    """The manager's yes counts for this bill up to what he saw, and for no bill that was changed
    in the file.
    """
    shop = boss_shop
    bill, uid = shop.bill("1004", session=shop.cashier), new_uid()
    with pytest.raises(NeedsOverride):
        begin_without_slip(shop.cashier, bill.draft, shown=yuan("25"), reason="unwanted", uid=uid)
    begin_without_slip(
        shop.cashier, bill.draft, shown=yuan("25"), reason="unwanted", uid=uid,
        override=shop.override(uid),
    )  # fmt: skip
    basket.ring(bill, items.find_item("1001"), ONE)
    with pytest.raises(NeedsOverride):
        unslipped(shop.cashier, bill.draft, Paying(CASH, yuan("-27")), shown="27")
    bill = basket.refresh(bill)
    bill_changes.remove_line(shop.cashier, bill.draft, bill.lines[1].number, uid=new_uid())
    with planting() as plant:
        plant(f'UPDATE "draft" SET "title" = \'x\' WHERE "key" = {bill.draft}')
        with pytest.raises(NeedsOverride):
            take_for(shop.cashier, bill.draft, Paying(WECHAT, yuan("-20")), uid=new_uid())
        plant(f'UPDATE "draft" SET "title" = \'\' WHERE "key" = {bill.draft}')
    take_for(shop.cashier, bill.draft, Paying(WECHAT, yuan("-20")), uid=new_uid())
    assert unslipped(shop.cashier, bill.draft, Paying(CASH, yuan("-5"))).total == yuan("-25")


def unslipped(session: Session, draft: int, paying: Paying, *, shown: str = "25") -> Document:
    return return_without_slip(
        session, draft, [paying], shown=yuan(shown), reason="unwanted", uid=new_uid()
    )


def paid_by(document: Document) -> list[Payment]:
    rows = Payment.select().where(Payment.document == document.key)
    return list(rows.order_by(Payment.line))
