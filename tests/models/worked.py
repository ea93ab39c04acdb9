"""A shop with work of every kind behind it, to plant faults in; and ways to plant them.

The database refuses most of these changes: its triggers and references are switched off inside a
transaction that is rolled back afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest

from models import store
from models.base import clock, triggers
from models.base.cost import UnitCost
from models.base.database import database, is_sqlite, transaction
from models.base.money import currency
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.settling import in_cash
from models.buying import orders, suppliers
from models.goods.goods import Goods
from models.goods.records import save_goods
from models.ledger import accounts, folio_kinds, folios
from models.ledger.daily import days, drawer, prints, shift_life, shifts
from models.ledger.debts import account_payments
from models.ledger.debts.due_notes import dispute_item
from models.ledger.debts.dues import items_of
from models.ledger.debts.receivables import open_balance, write_off
from models.ledger.debts.tax_invoices import InvoiceLine, issue_tax_invoice
from models.ledger.documents import Document, Entry, Leg, post
from models.ledger.folios import Folio
from models.ledger.pay_codes.payments import begin_pay_code
from models.ledger.payments import taken
from models.ledger.proving import proof
from models.ledger.ways.cash import cash_rule
from models.ledger.ways.tender_kinds import Paying
from models.members.card_kinds import save_card_kind
from models.members.cards import sell_card
from models.members.draws import hold_draw
from models.members.levels import grade_block, save_level_rule
from models.members.points_rules import save_points_rule
from models.members.referrals import ask_referrals
from models.members.vouchers import sell_voucher
from models.people.lists import LEVEL, PersonChoice
from models.people.persons import Person
from models.people.records import save_person
from models.salon.absences import save_absence
from models.salon.booking import Client, save_appointment
from models.salon.care import save_formula, save_patch_test
from models.salon.commission_rules import save_commission_rule
from models.salon.guarding import Wish
from models.salon.roster import save_roster_hours
from models.salon.services import save_salon_service
from models.salon.stylists import Stylist, save_grade, save_stylist
from models.salon.things import save_thing
from models.salon.tips import payings_for, read_tip
from models.selling import items
from models.selling.promotion_kinds import PERCENT
from models.selling.promotion_rows import save_promotion
from models.shop import basket, bill_changes, bill_life, sales
from models.shop.customers import set_customer
from models.stock import stock
from models.stock.counts import begin_stocktake
from models.trust import approvals, print_queue, sign_in, trades
from models.trust.operation import Job, new_uid, operation
from models.trust.settings import change_settings
from models.trust.tally_checks import TALLY_CHECK
from models.trust.users import User
from tests.databases import ENGINES, Stores
from tests.stores import (
    CARD,
    CASH,
    FIRST_DAY,
    ON_ACCOUNT,
    PASSWORD,
    PURCHASE,
    WECHAT,
    Shop,
    Ticking,
    prepare,
    yuan,
)


@operation(right="keep accounts")
def post_to(job: Job, folio: Folio, amount: str) -> int:
    """What a desk or a delivery will post: so much to a folio, from the bank."""
    legs = [Leg(folio.account, yuan(amount), folio.key), Leg(accounts.BANK, -yuan(amount))]
    return int(post(job, PURCHASE, legs, total=yuan(amount)).key)


def work(shop: Shop) -> None:
    """Two closed days and one that is open, with sales of every kind at two registers' worth of
    rows.
    """
    folio = folios.open_folio(
        shop.owner, kind=folio_kinds.COMPANY, name="客户公司", limit=yuan("1000"), uid=new_uid()
    )
    _post_to_every_kind(shop)
    delivery = shop.goods("1005")
    save_goods(
        shop.owner, delivery.key, version=delivery.version, price4=yuan("4"), uid=new_uid()
    )  # fmt: skip
    # Switched off: the figures of the bills are without it.
    save_promotion(
        shop.owner, None, name="九折", kind=PERCENT, rate=Rate.percent("10"), is_active=False,
        uid=new_uid(),
    )  # fmt: skip
    for number in range(3):
        shop.open_shift()
        shop.sell("1001", "1002", given="20.00")
        shop.sell("1002", tender=CARD, reference="A77", last_four="4242")
        shop.sell("1001", "1004", tender=ON_ACCOUNT, folio=folio.key)
        _mixed(shop)
        account_payments.settle_account(
            shop.owner, folio, [Paying(CASH, yuan("20"))], amount=yuan("20"), uid=new_uid()
        )
        drawer.drop_to_safe(shop.manager, yuan("50"), bag="7", uid=new_uid())
        drawer.pay_out(shop.manager, yuan("3"), reason="ice", uid=new_uid())
        if number == 2:
            _beside(shop)
            _put_right(shop, folio)
            held = shop.bill("1001")
            card = Paying(CARD, yuan("1"), reference="T1")
            taken.take_for(shop.cashier, held.draft, card, uid=new_uid())
            bill_life.hold_bill(shop.cashier, held.draft, title="later", uid=new_uid())
            asked = shop.bill("1001").draft
            begin_pay_code(shop.cashier, asked, WECHAT, yuan("2"), tail="0000", uid=new_uid())
            return
        _close(shop)


def _put_right(shop: Shop, folio: folios.Folio) -> None:
    """What is agreed about an account, and what is given up of it."""
    line = InvoiceLine("住宿", Rate(0), yuan("0.10"))
    issue_tax_invoice(
        shop.owner, folio, [line], number="26312", title="客户公司", uid=new_uid()
    )  # fmt: skip
    open_balance(shop.owner, folio, yuan("9"), due=FIRST_DAY, note="旧账", uid=new_uid())
    item = items_of(folio)[-1]
    dispute_item(shop.owner, folio, item, reason="不认", uid=new_uid())
    write_off(shop.owner, folio, item, yuan("4"), reason="老账", uid=new_uid())


def _salon(shop: Shop) -> None:
    """A service and who does it; a kind of card, and a card of it."""
    uses = [{"goods": shop.goods("1003").key, "quantity": Quantity(60)}]
    save_salon_service(
        shop.owner, None, code="9101", name="染发", price=yuan("380"), uses=uses, uid=new_uid()
    )
    grade = save_grade(shop.owner, None, name="大工", uid=new_uid())
    save_stylist(
        shop.owner, None, number=8, user=shop.users["manager"], grade=grade.key, uid=new_uid()
    )
    save_commission_rule(shop.owner, None, rate=Rate.percent("30"), uid=new_uid())
    _board(shop)
    line = {"amount": yuan("20"), "bonus": yuan("5")}
    kind = save_card_kind(
        shop.owner, None, name="储值卡", form="value", is_named=False, parts=[line], uid=new_uid()
    )
    sell_card(
        shop.owner, kind.key, "880001", [Paying(CARD, yuan("20"), reference="C1")],
        amount=yuan("20"), uid=new_uid(),
    )  # fmt: skip
    _member(shop)


@operation(right="keep points")
def ask_for(job: Job) -> None:
    """What the close of the day asks for."""
    ask_referrals(job)


def _brings(shop: Shop) -> int:
    return int(save_person(shop.owner, None, name="介绍人", uid=new_uid()).key)


def _member(shop: Shop) -> None:
    """Somebody with points, and the level that they bring."""
    save_points_rule(shop.owner, None, per=yuan("1"), points=2, uid=new_uid())
    level = PersonChoice.get(PersonChoice.kind == LEVEL)
    save_level_rule(shop.owner, None, level=level.key, points=5, uid=new_uid())
    wang = save_person(shop.owner, None, name="会员王芳", uid=new_uid())
    bill = shop.bill("1005")
    set_customer(shop.cashier, bill, wang.key)
    shop.pay(bill)
    grade_block(shop.owner, 0, uid=new_uid())
    hold_draw(
        shop.owner, None, name="抽奖", since=FIRST_DAY, until=FIRST_DAY + timedelta(days=9),
        per=yuan("1"), uid=new_uid(),
    )  # fmt: skip
    change_settings(shop.owner, {"members.referral_points": 10}, uid=new_uid())
    save_person(
        shop.owner, wang.key, version=Person.get_by_id(wang.key).version, referrer=_brings(shop),
        uid=new_uid(),
    )  # fmt: skip
    ask_for(shop.owner, uid=new_uid())
    save_patch_test(shop.owner, None, person=wang.key, uid=new_uid())
    colour = Goods.get(Goods.code == "9101")
    save_formula(shop.owner, None, person=wang.key, goods=colour.key, text="6/0", uid=new_uid())
    change_settings(shop.owner, {"trade.salon": True}, uid=new_uid())
    tip = payings_for(read_tip("8:2", []))
    bill = shop.bill("1005")
    sales.sell(
        shop.cashier, bill.draft, [*tip, Paying(CASH, bill.amount_due + yuan("2"))],
        shown=bill.amount_due, uid=new_uid(),
    )  # fmt: skip


def _board(shop: Shop) -> None:
    """An appointment on a chair, the hours of the house, and somebody who will be away."""
    service = save_salon_service(
        shop.owner, None, code="9102", name="剪发", price=yuan("128"), minutes=45, needs="椅",
        uid=new_uid(),
    )  # fmt: skip
    save_thing(shop.owner, None, name="1号椅", sort="椅", uid=new_uid())
    save_roster_hours(
        shop.owner, None, weekdays="1-7", opens="9", closes="21", note="平时", uid=new_uid()
    )
    save_appointment(
        shop.owner, None, client=Client("王芳", "13800000000", note="靠窗"),
        day=FIRST_DAY + timedelta(days=30),
        minute=19 * 60, wishes=[Wish(service.key)], uid=new_uid(),
    )  # fmt: skip
    save_absence(
        shop.owner, None, stylist=Stylist.get().key, day=FIRST_DAY + timedelta(days=40),
        reason="事假", uid=new_uid(),
    )  # fmt: skip


def _beside(shop: Shop) -> None:
    """What is in no document: events, an approval, a copy of a slip, failed sign-ins."""
    sell_voucher(
        shop.cashier, "9900000000004", [Paying(CARD, yuan("10"), reference="V1")],
        amount=yuan("10"), uid=new_uid(),
    )  # fmt: skip
    _salon(shop)
    bill = shop.bill("1001", "1002")
    bill_changes.remove_line(shop.cashier, bill.draft, bill.lines[0].number, uid=new_uid())
    bill_life.cancel_bill(shop.cashier, bill.draft, reason="gone", uid=new_uid())
    bill = shop.bill("1002")
    bill_changes.override_price(
        shop.manager, bill.draft, bill.lines[0].number, yuan("3.00"), uid=new_uid()
    )
    shop.pay(basket.refresh(bill))
    drawer.open_drawer(shop.manager, reason="change", uid=new_uid())
    sold = print_queue.PrintJob.get(print_queue.PrintJob.kind == "sale")
    prints.reprint(shop.manager, sold.key, uid=new_uid())
    asked = approvals.request_approval(
        shop.who("clerk"), "stock adjustment", title="two more",
        body={"goods": shop.goods("1004").key, "quantity": 2000, "reason": "counted"},
        reason="counted", uid=new_uid(),
    )  # fmt: skip
    approvals.review(shop.manager, asked, uid=new_uid())
    _buy(shop)
    stock.adjust_stock(
        shop.manager, shop.goods("1001"), Quantity.of(20), reason="delivered", location=2,
        uid=new_uid(),
    )  # fmt: skip
    for login, secret in (("auditor", "wrong"), ("cashier", "wrong"), ("auditor", PASSWORD)):
        with suppress(sign_in.SignInFailed):
            sign_in.sign_in(1, login, secret)


def _buy(shop: Shop) -> None:
    """An item that two suppliers have, usually from the second, and an order of it; a stocktake."""
    cost = UnitCost.parse("1.20", currency("CNY"))
    item = shop.goods("1001").key
    for name in ("批发公司", "另一家"):
        folio = suppliers.save_supplier(shop.owner, None, name=name, uid=new_uid())
        suppliers.save_supplier_price(
            shop.owner, None, supplier=folio.key, goods=item, price=cost, is_usual=True,
            uid=new_uid(),
        )  # fmt: skip
        lines = [{"goods": item, "packs": Quantity.of(5)}]
        orders.save_order(shop.owner, None, supplier=folio.key, lines=lines, uid=new_uid())
    begin_stocktake(shop.owner, uid=new_uid())


def _post_to_every_kind(shop: Shop) -> None:
    """A folio of each kind with something on it: debts below zero, the others above."""
    for kind in folio_kinds.KINDS:
        made = folios.open_folio(
            shop.owner, kind=kind, name=f"客户 {kind}", limit=yuan("900"), uid=new_uid()
        )
        post_to(shop.owner, made, "-30" if made.is_debt else "40", uid=new_uid())


def _mixed(shop: Shop) -> None:
    bill = shop.bill("1005", "1002")
    basket.set_salesperson(bill, shop.users["cashier"])
    basket.ring(bill, items.find_item("1003"), Quantity.parse("1.284"))
    bill_changes.discount_bill(shop.cashier, bill.draft, Rate.percent("5"), uid=new_uid())
    bill = basket.refresh(bill)
    due = bill.amount_due
    payings = [
        Paying(CARD, yuan("10"), reference="B1"),
        Paying(CASH, in_cash(due - yuan("10"), cash_rule()) + yuan("5")),
    ]
    sales.sell(shop.cashier, bill.draft, payings, shown=due, uid=new_uid())


def _close(shop: Shop) -> None:
    shift = shifts.current_shift(1)
    assert shift is not None
    expected = drawer.expected_cash(shift.key)
    shift_life.count_drawer(shop.cashier, {1: expected.minor - 10}, uid=new_uid())
    shift_life.close_shift(shop.cashier, reason="short", uid=new_uid())
    day = days.BusinessDay.get(days.BusinessDay.state == days.OPEN).date
    days.close_day(shop.owner, next_day=day + timedelta(days=1), uid=new_uid())


@pytest.fixture(scope="module", params=ENGINES)
def worked(request: pytest.FixtureRequest, stores: Stores) -> Iterator[Shop]:
    """The shop with work behind it, open; one for all tests of a file."""
    wanted = request.config.getoption("--engine")
    if wanted and request.param != wanted:
        pytest.skip(f"--engine {wanted}")
    keys_folder = stores.folder / f"keys-{request.param}"
    url = stores.copy_of(request.param, "shop", lambda empty: prepare(empty, keys_folder))
    with clock.use(ticking := Ticking()):
        store.open_store(url, keys_folder, register=1)
        users = {user.login: user.key for user in User.select()}
        shop = Shop(url, keys_folder, ticking, users=users)
        work(shop)
        assert not [str(found) for found in proof.verify()]
        yield shop
        store.close_store()


class _Undone(Exception):
    pass


@contextmanager
def planting() -> Iterator[Callable[..., None]]:
    """Gives a function that runs SQL past all guards; everything is undone at the end."""
    with suppress(_Undone), transaction():
        if is_sqlite():
            database.execute_sql("PRAGMA defer_foreign_keys = ON")
            for name in triggers.expected(trades.tables()):
                database.execute_sql(f'DROP TRIGGER "{name}"')
        else:
            database.execute_sql("SET LOCAL session_replication_role = replica")

        def plant(*statements: str) -> None:
            for statement in statements:
                assert database.execute_sql(statement).rowcount != 0, statement

        yield plant
        raise _Undone


def tallied_wrong() -> dict[str, tuple[str, dict[str, Any]]]:
    """Table -> code and fields, where the rows there are do not agree with the tallies."""
    found = [each for some in TALLY_CHECK.steps(quick=False) for each in some]
    return {each.where: (each.code, each.fields) for each in found}


def codes() -> set[str]:
    """What `verify` names, but for the guards that planting took away itself."""
    return {found.code for found in proof.verify()} - {"TriggerMissing"}


def entries(document: Document) -> dict[int, str]:
    """What a document posted, by account."""
    rows = Entry.select().where(Entry.document == document.key)
    return {row.account_id: str(row.amount) for row in rows}
