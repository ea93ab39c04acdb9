"""Pay codes at a payment gateway: what a kill, a silence or a contradiction leaves is found out,
and the bill is paid once.
"""

from __future__ import annotations

import itertools
from contextlib import suppress

import pytest

from devices.gateway import Reply
from devices.practice_gateway import PracticeGateway, Silence
from models.base.money import Money
from models.base.refusals import Refusal
from models.ledger.gateway import orders
from models.ledger.gateway.orders import GatewayOrder, PayCodeOpen
from models.ledger.pay_codes.payments import (
    begin_pay_code,
    give_back_by_hand,
    give_up_pay_code,
    keep_answer,
    keep_gateway_list,
)
from models.ledger.payments.taken import PaymentGone, take_for, take_off, taken_of
from models.ledger.payments.taking import OverPaid
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Payment
from models.reports.gateway_lists import GATEWAY
from models.reports.report import Period, make
from models.shop import basket, bill_life
from models.shop.return_lines import all_left, giving_back, sold_lines
from models.shop.returns import return_goods, void_sale
from models.shop.sales import sell
from models.trust.drafts import Draft, DraftLine
from models.trust.operation import new_uid
from tests.models.worked import planting
from tests.stores import ALIPAY, CASH, FIRST_DAY, WECHAT, Shop, yuan
from tui.money.gateway.calls import ask, next_state

pytestmark = pytest.mark.row("TIL-03", "H-4")
CODE = "13000000000000000"
PLAIN, PASSWORD, NO, NO_ANSWER, NOTHING, CONTRADICTS, STUBBORN, OTHER = "01234567"


class Wired:
    """The practice gateway without the wire, as `HttpGateway` hears it; `cut` loses its answers."""

    def __init__(self) -> None:
        self.inner, self.is_cut = PracticeGateway(), False

    def _told(self, what: str, body: dict[str, object]) -> Reply:
        try:
            told = self.inner.answer(what, body)
        except Silence:
            return Reply("unknown")
        is_ours = all(told[name] == body[name] for name in ("order", "minor", "currency"))
        if self.is_cut or not is_ours:
            return Reply("unknown")
        return Reply(told["state"], told.get("reference", ""), told.get("said", ""))

    def create(self, **body: object) -> Reply:
        return self._told("create", body)

    def query(self, order: str, **body: object) -> Reply:
        return self._told("query", {"order": order, **body})

    def reverse(self, order: str, **body: object) -> Reply:
        return self._told("reverse", {"order": order, **body})

    def refund(self, order: str, **body: object) -> Reply:
        return self._told("refund", {"order": order, **body})

    @property
    def holds(self) -> Money:
        """What it took from customers and did not give back."""
        return Money(self.balance, yuan("0").currency)

    @property
    def balance(self) -> int:
        """The same in minor units."""
        return sum(one.minor for one in self.inner.orders.values() if one.state == "paid")


def begin(shop: Shop, draft: int, amount: str = "25", tender: int = WECHAT) -> GatewayOrder:
    return begin_pay_code(shop.manager, draft, tender, yuan(amount), tail="0000", uid=new_uid())


def step(shop: Shop, wired: Wired, key: int, code: str = "", *, is_old: bool = False) -> str:
    """One call, and its answer kept: what the counter does, without its threads."""
    asking = orders.asking(GatewayOrder.get_by_id(key))
    answer = ask(wired, asking, code)  # type: ignore[arg-type]
    state = next_state(asking, answer, is_new=bool(code), is_old=is_old)
    if state == orders.REVERSING:
        return give_up_pay_code(shop.manager, key, uid=new_uid())
    return keep_answer(
        shop.manager, key, seen=asking.state, state=state, theirs=answer.reference,
        said=answer.said, uid=new_uid(),
    )  # fmt: skip


def follow(shop: Shop, wired: Wired, *, steps: int = 8) -> None:
    """Until all is known, or as often as that."""
    for at in range(steps):
        for asking in orders.unsettled(1):
            step(shop, wired, asking.key, is_old=at > 4)


def state_of(order: GatewayOrder) -> str:
    return str(GatewayOrder.get_by_id(order.key).state)


def booked() -> Money:
    """What the books and the open bills say came by wallets, less what went back."""
    rows = Payment.select().where(Payment.reference != "")
    drafts = {order.draft for order in GatewayOrder.select() if order.kind == orders.PAY}
    open_work = [take.paying.given for draft in drafts for take in taken_of(draft).values()]
    return Money.total([*(row.amount for row in rows), *open_work], yuan("0").currency)


def sound(wired: Wired) -> None:
    """The books prove, and the gateway holds what they say."""
    assert not [str(each) for each in proof.verify()]
    assert booked() == wired.holds


def test_a_paid_code_is_stored_with_the_bill_and_sold_once(boss_shop: Shop) -> None:
    wired, bill = Wired(), boss_shop.bill("1004", session=boss_shop.manager)
    with pytest.raises(OverPaid):
        begin(boss_shop, bill.draft, "26")
    order = begin(boss_shop, bill.draft)
    for work in (
        lambda: begin(boss_shop, bill.draft, "5", ALIPAY),
        lambda: take_for(boss_shop.manager, bill.draft, Paying(CASH, yuan("25")), uid=new_uid()),
        lambda: boss_shop.pay(bill, session=boss_shop.manager),
        lambda: bill_life.cancel_bill(boss_shop.manager, bill.draft, uid=new_uid()),
    ):
        with pytest.raises(PayCodeOpen):
            work()
    assert step(boss_shop, wired, order.key, CODE + PASSWORD) == orders.PAYING
    follow(boss_shop, wired)
    assert state_of(order) == orders.PAID
    sound(wired)
    # Somebody gives it up in the moment in which the answer came: what is paid stays paid.
    assert give_up_pay_code(boss_shop.manager, order.key, uid=new_uid()) == orders.PAID
    sound(wired)
    sold = sell(boss_shop.manager, bill.draft, (), shown=yuan("25"), uid=new_uid())
    (paid,) = Payment.select().where(Payment.document == sold.key)
    assert (paid.amount, paid.reference) == (yuan("25"), GatewayOrder.get().order)
    sound(wired)


@pytest.mark.parametrize(
    ("mood", "state", "holds"),
    [
        (PLAIN, orders.PAID, "25"), (NO, orders.REFUSED, "0"), (NO_ANSWER, orders.PAID, "25"),
        (NOTHING, orders.REVERSING, "0"), (CONTRADICTS, orders.PAID, "25"),
        (OTHER, orders.PAID, "25"),
    ],
)  # fmt: skip
def test_what_the_gateway_means_is_found_out(
    boss_shop: Shop, mood: str, state: str, holds: str
) -> None:
    """A no is asked for twice, no answer again, and an answer of another amount is none."""
    wired, bill = Wired(), boss_shop.bill("1004", session=boss_shop.manager)
    order = begin(boss_shop, bill.draft)
    step(boss_shop, wired, order.key, CODE + mood)
    follow(boss_shop, wired)
    assert (state_of(order), wired.holds) == (state, yuan(holds))
    sound(wired)


def test_unknown_by_wechat_paid_otherwise_and_paid_after_all(boss_shop: Shop) -> None:
    """It is given up first, then the bill is paid once; what WeChat took meanwhile goes back, also
    when it says so before it does.
    """
    wired, bill = Wired(), boss_shop.bill("1004", session=boss_shop.manager)
    order = begin(boss_shop, bill.draft)
    wired.is_cut = True
    assert step(boss_shop, wired, order.key, CODE + STUBBORN) == orders.UNKNOWN
    assert give_up_pay_code(boss_shop.manager, order.key, uid=new_uid()) == orders.REVERSING
    sold = boss_shop.pay(bill, session=boss_shop.manager, tender=ALIPAY)
    wired.is_cut = False
    assert (state_of(order), wired.holds) == (orders.REVERSING, yuan("25"))
    step(boss_shop, wired, order.key)
    assert state_of(order) == orders.REVERSING
    follow(boss_shop, wired)
    assert (state_of(order), wired.holds, sold.total) == (orders.REVERSED, yuan("0"), yuan("25"))
    sound(wired)
    # Nothing that is said later makes it paid.
    told = keep_answer(
        boss_shop.manager, order.key, seen=orders.UNKNOWN, state=orders.PAID, uid=new_uid()
    )
    assert told == orders.REVERSED


@pytest.mark.row("TIL-01")
def test_what_was_given_up_of_one_bill_never_pays_the_next(boss_shop: Shop) -> None:
    """The first bill is given up and cancelled while the wallet says nothing; it says "paid" when
    the next one, of the same amount, is asked for.
    """
    wired, first = Wired(), boss_shop.bill("1004", session=boss_shop.manager)
    order = begin(boss_shop, first.draft)
    wired.is_cut = True
    step(boss_shop, wired, order.key, CODE + STUBBORN)
    give_up_pay_code(boss_shop.manager, order.key, uid=new_uid())
    bill_life.cancel_bill(boss_shop.manager, first.draft, uid=new_uid())
    wired.is_cut = False
    second = boss_shop.bill("1004", session=boss_shop.manager)
    again = begin(boss_shop, second.draft)
    # Late, and once more under the number of the first.
    for told in (orders.PAID, orders.PAID):
        keep_answer(boss_shop.manager, order.key, seen=orders.REVERSING, state=told, uid=new_uid())
    assert not taken_of(second.draft) and not taken_of(first.draft)
    with pytest.raises(PayCodeOpen):
        sell(boss_shop.manager, second.draft, (), shown=yuan("25"), uid=new_uid())
    step(boss_shop, wired, again.key, CODE + NO)
    follow(boss_shop, wired)
    assert (state_of(again), state_of(order)) == (orders.REFUSED, orders.REVERSED)
    assert (taken_of(second.draft), wired.holds) == ({}, yuan("0"))
    sound(wired)


def test_money_goes_back_by_the_gateway(boss_shop: Shop) -> None:
    """Part of a sale comes back, then the rest is undone; each once, however often it is asked."""
    wired, bill = Wired(), boss_shop.bill("1004", "1001", session=boss_shop.manager)
    step(boss_shop, wired, begin(boss_shop, bill.draft, "27").key, CODE + PLAIN)
    sold = sell(boss_shop.manager, bill.draft, (), shown=yuan("27"), uid=new_uid())
    lines = sold_lines(sold.key)
    return_goods(
        boss_shop.manager, sold.key, {lines[1].line.line: lines[1].left}, shown=yuan("2"),
        reason="unwanted", uid=new_uid(),
    )  # fmt: skip
    wired.is_cut = True
    follow(boss_shop, wired, steps=2)
    wired.is_cut = False
    assert wired.holds == yuan("25")
    follow(boss_shop, wired)
    sound(wired)
    rest = giving_back(sold.key, all_left(sold_lines(sold.key)))
    return_goods(
        boss_shop.manager, sold.key, all_left(sold_lines(sold.key)), shown=rest.total,
        reason="unwanted", uid=new_uid(),
    )  # fmt: skip
    follow(boss_shop, wired)
    assert wired.holds == yuan("0")
    sound(wired)


def test_a_payment_that_is_taken_off_is_undone(boss_shop: Shop) -> None:
    wired, bill = Wired(), boss_shop.bill("1004", session=boss_shop.manager)
    order = begin(boss_shop, bill.draft)
    step(boss_shop, wired, order.key, CODE + PLAIN)
    take_off(boss_shop.manager, bill.draft, 1, uid=new_uid())
    follow(boss_shop, wired)
    assert (state_of(order), wired.holds) == (orders.REVERSED, yuan("0"))
    sound(wired)
    # And so is one whose bill is gone.
    lost = begin(boss_shop, bill.draft)
    DraftLine.delete().where(DraftLine.draft == bill.draft).execute()
    Draft.delete().where(Draft.key == bill.draft).execute()
    assert step(boss_shop, wired, lost.key, CODE + PLAIN) == orders.REVERSING
    follow(boss_shop, wired)
    sound(wired)


@pytest.mark.parametrize("mood", [PLAIN, PASSWORD, NO, NO_ANSWER, NOTHING, CONTRADICTS, STUBBORN])
def test_no_kill_loses_or_doubles_money(boss_shop: Shop, mood: str) -> None:
    """Killed after each thing that happens in turn; the bill is then paid by whatever is left."""
    shop = boss_shop
    for killed_after in range(5):
        wired, bill = Wired(), shop.bill("1001", session=shop.manager)
        _until_killed(shop, wired, bill.draft, mood, killed_after)
        shop.reopen()
        follow(shop, wired)
        found = basket.open_basket(shop.manager)
        left = found.amount_due - (found.paid or yuan("0"))
        if found.lines:
            rest = [Paying(CASH, left)] if left.minor else []
            sell(shop.manager, found.draft, rest, shown=found.amount_due, uid=new_uid())
        follow(shop, wired)
        paid = Payment.select().order_by(Payment.document.desc(), Payment.line)
        last = [row for row in paid if row.document_id == paid[0].document_id]
        assert sum(row.amount.minor for row in last) == 200
        by_wallet = sum(row.amount.minor for row in last if row.reference)
        assert by_wallet == wired.balance, (mood, killed_after)
        assert not [str(each) for each in proof.verify()]


def _until_killed(shop: Shop, wired: Wired, draft: int, mood: str, killed_after: int) -> None:
    """Stored, sent, answered, asked again, sold: as far as that."""
    done = itertools.count()

    def is_killed() -> bool:
        return next(done) == killed_after

    order = begin(shop, draft, "2")
    if is_killed():
        return
    asking = orders.asking(order)
    answer = ask(wired, asking, CODE + mood)  # type: ignore[arg-type]
    if is_killed():
        return
    keep_answer(
        shop.manager, order.key, seen=orders.ASKED,
        state=next_state(asking, answer, is_new=True, is_old=False), theirs=answer.reference,
        uid=new_uid(),
    )  # fmt: skip
    if is_killed():
        return
    follow(shop, wired, steps=2)
    if is_killed():
        return
    # Not all of it is paid, or nobody knows.
    with suppress(Refusal):
        sell(shop.manager, draft, (), shown=yuan("2"), uid=new_uid())


def test_the_proof_sees_a_payment_that_is_booked_twice_or_never(boss_shop: Shop) -> None:
    wired, bill = Wired(), boss_shop.bill("1004", session=boss_shop.manager)
    order = begin(boss_shop, bill.draft)
    step(boss_shop, wired, order.key, CODE + PLAIN)
    for state, code in (("line", "GatewayNotBooked"), ("state", "GatewayBookedWrong")):
        with planting() as plant:
            value = "9" if state == "line" else "'reversed'"
            plant(f'UPDATE "gateway_order" SET "{state}" = {value}')
            assert code in {each.code for each in proof.verify()}


def test_a_void_needs_no_hand(boss_shop: Shop) -> None:
    wired, bill = Wired(), boss_shop.bill("1004", session=boss_shop.manager)
    step(boss_shop, wired, begin(boss_shop, bill.draft).key, CODE + PLAIN)
    sold = sell(boss_shop.manager, bill.draft, (), shown=yuan("25"), uid=new_uid())
    void_sale(boss_shop.manager, sold.key, reason="left", uid=new_uid())
    follow(boss_shop, wired)
    assert wired.holds == yuan("0")
    sound(wired)


def test_what_the_gateway_refuses_to_give_back_is_given_by_hand(boss_shop: Shop) -> None:
    wired, bill = Wired(), boss_shop.bill("1004", session=boss_shop.manager)
    step(boss_shop, wired, begin(boss_shop, bill.draft).key, CODE + PLAIN)
    sold = sell(boss_shop.manager, bill.draft, (), shown=yuan("25"), uid=new_uid())
    wired.inner.orders.clear()
    void_sale(boss_shop.manager, sold.key, reason="left", uid=new_uid())
    follow(boss_shop, wired)
    (refund,) = orders.refused_refunds()
    assert (refund.amount, refund.said) == (yuan("25"), "nothing to give back")
    give_back_by_hand(boss_shop.manager, refund.key, uid=new_uid())
    assert not orders.refused_refunds()
    with pytest.raises(PaymentGone):
        give_back_by_hand(boss_shop.manager, refund.key, uid=new_uid())


@pytest.mark.row("RPT-03")
def test_the_days_list_is_laid_beside_the_books(boss_shop: Shop) -> None:
    """Ours that they have, ours that they have not, theirs that we have not, another amount."""
    wired, keys = Wired(), []
    for _ in range(3):
        bill = boss_shop.bill("1001", session=boss_shop.manager)
        keys.append(begin(boss_shop, bill.draft, "2"))
        step(boss_shop, wired, keys[-1].key, CODE + PLAIN)
        sell(boss_shop.manager, bill.draft, (), shown=yuan("2"), uid=new_uid())
    first, second, third = (order.order for order in keys)
    told = [(first, "a", yuan("2")), (third, "b", yuan("1.50")), ("X9", "c", yuan("8"))]
    before = make(boss_shop.owner, GATEWAY, Period(FIRST_DAY, FIRST_DAY))
    assert {(row[5], row[6], row[7]) for row in before.rows} == {
        (None, None, "no list of that day")
    }
    # A newer list of the day stands in place of the older, of which nothing stays.
    for lines in ([*told, ("X8", "d", yuan("1"))], told, told):
        count = keep_gateway_list(boss_shop.manager, FIRST_DAY, lines, uid=new_uid())
        assert count == len(lines)
    made = make(boss_shop.owner, GATEWAY, Period(FIRST_DAY, FIRST_DAY))
    assert [[row[1], row[3], *map(str, row[4:7]), row[7]] for row in made.rows] == [
        [first, "S01-000001", "2.00", "2.00", "0.00", "agrees"],
        [second, "S01-000002", "2.00", "None", "-2.00", "not in their list"],
        [third, "S01-000003", "2.00", "1.50", "-0.50", "another amount"],
        ["X9", "", "None", "8.00", "8.00", "not in our books"],
    ]
    assert [str(total) for total in made.totals[4:7]] == ["6.00", "11.50", "5.50"]
