"""No bill is sold cheaper than the cashier's right and what was given on it allow, whatever is done
between the giving and the sale.

The cashier of the shop may give 10 %, and no other price; the manager may give everything.
"""

from __future__ import annotations

from typing import Any

import pytest

from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.ledger.daily.till_events import TillEvent
from models.ledger.documents import Document
from models.ledger.ways.tender_kinds import Paying
from models.selling import items
from models.selling.charges import ChargeLine
from models.selling.promotion_kinds import PERCENT
from models.selling.promotion_rows import save_promotion
from models.shop import basket, bill_changes, sales
from models.shop.basket_lines import line_body
from models.shop.bill_limits import BillTooCheap, LineTooCheap
from models.trust import drafts, staff
from models.trust.operation import OverrideRefused, Session, new_uid
from models.trust.users import Role
from tests.stores import CARD, Shop, yuan

pytestmark = pytest.mark.row("TIL-02", "SYS-05")

TEN, HALF, ALL = Rate.percent("10"), Rate.percent("50"), Rate.percent("100")


class Bill:
    """A bill at the cashier's till; `by` who acts, `approved` with the manager's PIN."""

    def __init__(self, shop: Shop, *codes: str) -> None:
        self.shop, self.held = shop, shop.bill(*codes)
        shop.open_shift()

    def do(
        self, work: Any, *given: Any, by: Session | None = None, approved: bool = False, **more: Any
    ) -> Any:
        uid = new_uid()
        override = self.shop.override(uid) if approved else None
        result = work(
            by or self.shop.cashier, self.held.draft, *given, uid=uid, override=override, **more
        )
        self.held = basket.refresh(self.held)
        return result

    def number(self, place: int = 0) -> int:
        return self.held.lines[place].number

    def ring(self, code: str, pieces: int) -> None:
        basket.ring(self.held, items.find_item(code), Quantity.of(pieces))

    @property
    def due(self) -> Money:
        return basket.refresh(self.held).amount_due

    def sell(self, *, approved: bool = False) -> Document:
        self.held = basket.refresh(self.held)
        uid = new_uid()
        override = self.shop.override(uid) if approved else None
        return sales.sell(
            self.shop.cashier, self.held.draft, [Paying(CARD, self.due, reference="R")],
            shown=self.due, uid=uid, override=override,
        )  # fmt: skip


def test_the_other_lines_do_not_go_from_under_a_discount(shop: Shop) -> None:
    """1.99 off 77.00 is little; off the 2.00 that are left it is nearly all."""
    bill = Bill(shop, "1001")
    bill.ring("1004", 3)
    bill.do(bill_changes.discount_bill, yuan("1.99"))
    assert bill.due == yuan("75.01")
    assert bill.do(bill_changes.remove_line, bill.number(1)) is True
    assert bill.due == yuan("2.00"), "the discount went with what bore it"
    assert bill.sell().total == yuan("2.00")


def test_fewer_pieces_do_not_keep_the_discount_of_many(shop: Shop) -> None:
    bill = Bill(shop)
    bill.ring("1001", 10)
    bill.do(bill_changes.discount_line, bill.number(), yuan("2.00"))
    assert bill.do(bill_changes.set_quantity, bill.number(), Quantity.of(1)) is True
    assert bill.due == yuan("2.00")


def test_all_off_next_to_nothing_is_not_all_off_many(shop: Shop) -> None:
    """A hundred per cent, hidden in the rounding of so little that it costs 0.00."""
    apples = Bill(shop)
    basket.ring(apples.held, items.find_item("1003"), Quantity(1))
    assert apples.due == yuan("0.01")
    with pytest.raises(LineTooCheap):
        apples.do(bill_changes.discount_line, apples.number(), ALL)
    # The manager gives it away: the thousandth of a kilo, and no fifty kilos.
    apples.do(bill_changes.discount_line, apples.number(), ALL, approved=True)
    with pytest.raises(LineTooCheap):
        apples.do(bill_changes.set_quantity, apples.number(), Quantity.of(50), is_sure=True)


def test_a_given_part_of_a_small_bill_is_none_of_a_large_one(shop: Shop) -> None:
    bill = Bill(shop, "1001")
    bill.do(bill_changes.discount_bill, HALF, approved=True)
    bill.ring("1004", 44)
    assert bill.due == yuan("551.00")
    with pytest.raises(BillTooCheap) as refused:
        bill.sell()
    assert refused.value.fields["full"] == yuan("1102.00")
    assert refused.value.fields["left"] == yuan("551.00")
    # Asked before payment, and kept: the sale asks nobody again.
    with pytest.raises(BillTooCheap):
        bill.do(bill_changes.approve_bill)
    bill.do(bill_changes.approve_bill, approved=True)
    assert bill.sell().total == yuan("551.00")


def test_a_price_for_one_piece_is_none_for_fifty(shop: Shop) -> None:
    bill = Bill(shop, "1001")
    bill.do(bill_changes.override_price, bill.number(), yuan("0.50"), approved=True)
    with pytest.raises(LineTooCheap) as refused:
        bill.do(bill_changes.set_quantity, bill.number(), Quantity.of(50))
    assert refused.value.fields["quantity"] == Quantity.of(50)
    assert bill.due == yuan("0.50")
    bill.do(bill_changes.set_quantity, bill.number(), Quantity.of(50), approved=True)
    assert bill.sell().total == yuan("25.00")


@pytest.mark.parametrize("per_cent", ["10.001", "10.0001"])
def test_a_limit_is_not_passed_by_rounding(shop: Shop, per_cent: str) -> None:
    bill = Bill(shop, "1004")
    with pytest.raises(LineTooCheap):
        bill.do(bill_changes.discount_line, bill.number(), Rate.percent(per_cent))
    with pytest.raises(BillTooCheap):
        bill.do(bill_changes.discount_bill, Rate.percent(per_cent))


def test_ten_per_cent_of_any_price_is_ten_per_cent(shop: Shop) -> None:
    """1.79 for 1.99 is 10.05 %: what the till rounds is no discount."""
    goods = shop.goods("1001")
    type(goods).update(price=yuan("1.99")).where(type(goods).key == goods.key).execute()
    bill = Bill(shop, "1001")
    bill.do(bill_changes.discount_line, bill.number(), TEN)
    assert bill.sell().total == yuan("1.79")


def test_a_discount_in_money_is_held_against_the_limit(shop: Shop) -> None:
    bill = Bill(shop, "1004")
    bill.do(bill_changes.discount_line, bill.number(), yuan("2.50"))
    with pytest.raises(LineTooCheap):
        bill.do(bill_changes.discount_line, bill.number(), yuan("2.51"))


def test_a_lower_price_and_a_discount_count_together(shop: Shop) -> None:
    """Whoever may set prices is held by the limit of discounts all the same."""
    shop.give(shop.owner, "收银员", override_price=None)
    bill = Bill(shop, "1004")
    with pytest.raises(LineTooCheap):
        bill.do(bill_changes.override_price, bill.number(), yuan("22.49"))
    bill.do(bill_changes.override_price, bill.number(), yuan("22.50"))
    with pytest.raises(BillTooCheap):
        bill.do(bill_changes.discount_bill, Rate.percent("1"))
    bill.do(bill_changes.override_price, bill.number(), yuan("30.00"))
    assert bill.sell().total == yuan("30.00")


def test_a_price_is_only_sold_at_by_whom_it_was_given(shop: Shop) -> None:
    """Below the cashier's own right nothing passes that was written beside the operations."""
    bill = Bill(shop, "1004")
    bill.do(bill_changes.override_price, bill.number(), yuan("24.00"), by=shop.manager)
    assert bill.held.lines[0].granted is not None
    assert bill.held.lines[0].granted.user == shop.users["manager"]
    body = line_body(bill.held.lines[0])
    del body["granted"]
    drafts.save_line(bill.held.draft, 1, bill.number(), body, kind="goods")
    with pytest.raises(LineTooCheap):
        bill.sell()
    assert bill.sell(approved=True).total == yuan("24.00")


def test_what_the_manager_gave_himself_the_cashier_sells(shop: Shop) -> None:
    bill = Bill(shop, "1004", "1001")
    bill.do(bill_changes.discount_line, bill.number(), HALF, by=shop.manager)
    bill.do(bill_changes.discount_bill, HALF, by=shop.manager)
    assert bill.sell().total == yuan("7.25")


def test_a_lower_limit_holds_for_what_was_not_given_by_name(shop: Shop) -> None:
    """The bill stays with what was given; a new discount asks for the right of now."""
    bill = Bill(shop, "1004")
    bill.do(bill_changes.discount_line, bill.number(), TEN)
    role = Role.get(Role.name == "收银员")
    staff.save_role(
        shop.owner, role.key, version=role.version, name=role.name, scope=role.scope,
        rights=staff.verbs_of(role.key) | {"give discount": 5_000}, uid=new_uid(),
    )  # fmt: skip
    with pytest.raises(LineTooCheap):
        bill.do(bill_changes.discount_line, bill.number(), TEN)
    assert bill.sell().total == yuan("22.50")


@pytest.mark.parametrize("bill_first", [True, False])
def test_two_discounts_do_not_get_around_the_limit(shop: Shop, bill_first: bool) -> None:
    bill = Bill(shop, "1004")
    steps = [
        lambda: bill.do(bill_changes.discount_bill, TEN),
        lambda: bill.do(bill_changes.discount_line, bill.number(), TEN),
    ]
    first, second = steps if bill_first else steps[::-1]
    first()
    with pytest.raises(BillTooCheap):
        second()
    assert bill.due == yuan("22.50")


def test_five_and_four_per_cent_are_within_ten(shop: Shop) -> None:
    bill = Bill(shop, "1004", "1001")
    bill.do(bill_changes.discount_line, bill.number(), Rate.percent("5"))
    bill.do(bill_changes.discount_bill, Rate.percent("4"))
    assert bill.sell().total == yuan("24.72")


def test_on_top_of_what_was_given_the_limit_is_none(shop: Shop) -> None:
    bill = Bill(shop, "1004")
    bill.do(bill_changes.discount_line, bill.number(), HALF, approved=True)
    with pytest.raises(BillTooCheap):
        bill.do(bill_changes.discount_bill, Rate.percent("1"))
    bill.do(bill_changes.discount_bill, Rate.percent("1"), approved=True)
    assert bill.sell().total == yuan("12.38")


def test_beside_what_was_given_the_limit_is_for_the_rest(shop: Shop) -> None:
    """12.50 off 25.00 was approved; of the other 75.00 the cashier still gives a tenth."""
    bill = Bill(shop, "1004")
    bill.do(bill_changes.discount_line, bill.number(), HALF, approved=True)
    basket.ring(bill.held, items.find_item("1005"), Quantity.of(15))
    with pytest.raises(BillTooCheap):
        bill.do(bill_changes.discount_bill, yuan("7.51"))
    bill.do(bill_changes.discount_bill, yuan("7.50"))
    assert bill.sell().total == yuan("80.00")


def test_who_approves_is_held_by_his_own_limit(shop: Shop) -> None:
    shop.give(shop.owner, "经理", give_discount=20_000)
    bill = Bill(shop, "1004")
    with pytest.raises(OverrideRefused):
        bill.do(bill_changes.discount_line, bill.number(), HALF, approved=True)
    bill.do(bill_changes.discount_line, bill.number(), Rate.percent("20"), approved=True)
    assert bill.sell().total == yuan("20.00")


def test_one_of_many_gets_another_price(shop: Shop) -> None:
    bill = Bill(shop)
    bill.ring("1002", 3)
    number = bill.do(
        bill_changes.override_price, bill.number(), yuan("3.20"),
        pieces=Quantity.of(1), approved=True,
    )  # fmt: skip
    assert [(str(line.quantity), str(line.priced.amount)) for line in bill.held.lines] == [
        ("2", "7.00"),
        ("1", "3.20"),
    ]
    assert bill.number(1) == number
    bill.do(bill_changes.discount_line, bill.number(), TEN, pieces=Quantity.of(1))
    assert bill.due == yuan("9.85")
    for wrong in (Quantity.of(2), Quantity(500), Quantity(0)):
        with pytest.raises(basket.QuantityWrong):
            bill.do(bill_changes.discount_line, bill.number(), TEN, pieces=wrong)
    assert bill.sell().total == yuan("9.85")


def test_a_higher_price_is_no_discount_below_zero(shop: Shop) -> None:
    bill = Bill(shop, "1001", "1004")
    bill.do(bill_changes.override_price, bill.number(), yuan("5.00"), by=shop.manager)
    bill.sell()
    line = ChargeLine.get(ChargeLine.line == 1)
    assert (line.price, line.full, line.discount) == (yuan("2.00"), yuan("5.00"), yuan("0"))
    assert TillEvent.get(TillEvent.kind == "override price").amount == yuan("3.00")


def test_a_price_of_the_store_counts_for_nobodys_limit(shop: Shop) -> None:
    """Half off by a promotion is no discount of the cashier's; his tenth is of what is left."""
    save_promotion(shop.owner, None, name="半价", kind="percent", rate=HALF, uid=new_uid())
    bill = Bill(shop, "1004")
    assert bill.due == yuan("12.50")
    with pytest.raises(LineTooCheap):
        bill.do(bill_changes.discount_line, bill.number(), Rate.percent("11"))
    bill.do(bill_changes.discount_line, bill.number(), TEN)
    assert bill.sell().total == yuan("11.25")


def test_nobody_is_asked_for_a_plain_bill(shop: Shop) -> None:
    bill = Bill(shop, "1001", "1004")
    bill.do(bill_changes.approve_bill)
    assert bill.sell().total == yuan("27.00")


@pytest.mark.row("ORD-11")
def test_the_limit_is_of_what_the_goods_cost_with_their_promotion(shop: Shop) -> None:
    """25.00 promoted to 12.50: ten per cent of that is what the cashier may give, by line and by
    bill; a promotion by itself is nobody's discount, and no price by hand goes below it for less
    than the right of who types it.
    """
    save_promotion(shop.owner, None, name="半价", kind=PERCENT, rate=HALF, uid=new_uid())
    bill = Bill(shop, "1004")
    assert bill.due == yuan("12.50")
    with pytest.raises(LineTooCheap) as cheap:
        bill.do(bill_changes.discount_line, bill.number(), yuan("1.26"))
    assert (cheap.value.fields["full"], cheap.value.fields["left"]) == (
        yuan("12.50"),
        yuan("11.24"),
    )
    with pytest.raises(BillTooCheap):
        bill.do(bill_changes.discount_bill, yuan("1.26"))
    # A price by hand takes the place of the promotion, whose price it is held against.
    shop.give(shop.owner, "收银员", override_price=None, give_discount=10_000)
    with pytest.raises(LineTooCheap):
        bill.do(bill_changes.override_price, bill.number(), yuan("11.24"))
    bill.do(bill_changes.override_price, bill.number(), yuan("11.25"))
    bill.do(bill_changes.discount_line, bill.number(), TEN)
    assert bill.due == yuan("11.25")
    # Fewer pieces do not hide it: 2.50 is ten per cent of two, and twenty of one.
    bill.do(bill_changes.discount_line, bill.number(), None)
    bill.ring("1004", 1)
    bill.held = basket.refresh(bill.held)
    bill.do(bill_changes.discount_line, bill.number(), yuan("2.50"))
    bill.do(bill_changes.set_quantity, bill.number(), Quantity.of(1))
    assert bill.due == yuan("12.50")
    assert bill.sell().total == yuan("12.50")


def test_a_line_that_was_made_cheaper_weighs_more_when_others_are_taken_off(shop: Shop) -> None:
    """10 % off the apples and 5 % off a bill of 21.40 are within 10 % of it; without the water the
    same would be 11.79 for 13.40.
    """
    bill = Bill(shop, "1001", "1002", "1003")
    bill.do(bill_changes.set_quantity, bill.number(0), Quantity.of(4))
    bill.do(bill_changes.discount_line, bill.number(2), TEN)
    bill.do(bill_changes.discount_bill, Rate.percent("5"))
    assert bill.due == yuan("19.39")
    assert bill.do(bill_changes.remove_line, bill.number(0))
    assert bill.due == yuan("12.41")
