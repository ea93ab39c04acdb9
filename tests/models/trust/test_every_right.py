"""Every operation against every missing right: what it needs to run at all, and what it asks for
inside.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.base.database import database
from models.base.keys import new_key
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.goods.goods import Goods
from models.imports import imports
from models.imports.import_plan import Plan, plan_import
from models.imports.imports import ImportRun
from models.ledger import folio_kinds, folios
from models.ledger.daily import prints, shifts
from models.ledger.daily.prints import print_x
from models.ledger.debts.dues import items_of
from models.ledger.debts.receivables import open_balance, write_off
from models.ledger.folios import CreditLimitExceeded
from models.ledger.ways.tender_kinds import Paying
from models.people.people_import import PEOPLE
from models.people.records import save_person
from models.sheets.sheets import read_sheet
from models.shop import basket, bill_changes, exchanges, unslipped
from models.stock import stock
from models.stock.count_posting import post_stocktake
from models.stock.counts import begin_stocktake, begin_zone, count_in
from models.stock.goods_import import GOODS
from models.stock.goods_out import begin_out, put_out, take_out
from models.trust import approvals, sign_in, staff
from models.trust.operation import OPERATIONS, NeedsOverride, new_uid
from models.trust.settings import change_settings
from models.trust.users import Department, Role, RoleRight, User
from tests.models.buying import asking as buying
from tests.models.hotel import asking
from tests.models.ledger import asking_of_gateway
from tests.models.ledger.test_taking import settle_room
from tests.models.members import asking_of_cards as cards
from tests.models.salon import asking_of_appointments
from tests.sources import parsed
from tests.stores import CASH, ON_ACCOUNT, PASSWORD, Shop, yuan
from tests.trades import VERBS

pytestmark = pytest.mark.row("SYS-03", "SYS-04", "SYS-39")

CASHIERS, CLERKS, MANAGERS = "收银员", "库管员", "经理"


def test_who_lacks_just_the_verb_is_refused_by_every_operation(shop: Shop) -> None:
    """The cashier gets every verb there is, and one is taken after the other."""
    import models.store  # noqa: F401 - knows them all

    role = User.get_by_id(shop.users["cashier"]).role
    RoleRight.delete().where(RoleRight.role == role).execute()
    for verb in VERBS:
        RoleRight.create(key=new_key(), role=role, verb=verb)
    walked = 0
    for verb in VERBS:
        RoleRight.delete().where(RoleRight.role == role, RoleRight.verb == verb).execute()
        for operation in [one for one in OPERATIONS.values() if one.right == verb]:
            with pytest.raises(NeedsOverride) as denied:
                operation(shop.cashier, uid=new_uid())
            assert denied.value.fields["right"] == verb, operation.name
            walked += 1
        RoleRight.create(key=new_key(), role=role, verb=verb)
    assert walked == len(OPERATIONS) > 50


# --- what is asked for inside


def _hire(shop: Shop) -> None:
    staff.add_user(
        shop.manager, login="x", name="x", department=Department.get(),
        role=Role.get(Role.name == CASHIERS), password_hash="x", uid=new_uid(),
    )  # fmt: skip


def _hire_beyond(shop: Shop) -> None:
    shop.take(shop.owner, MANAGERS, "give discount")
    _hire(shop)


def _override_pin(shop: Shop) -> None:
    proof = sign_in.own_proof(shop.cashier, PASSWORD)
    staff.change_own_secrets(shop.cashier, proof=proof, override_hash="x", uid=new_uid())


def _line_discount(shop: Shop) -> None:
    bill = shop.bill("1004")
    number = bill.lines[0].number
    off, uid = Rate.percent("10.1"), new_uid()
    bill_changes.discount_line(shop.cashier, bill.draft, number, off, uid=uid)


def _bill_discount(shop: Shop) -> None:
    bill = shop.bill("1004")
    bill_changes.discount_bill(shop.cashier, bill.draft, yuan("2.51"), uid=new_uid())


def _both_discounts(shop: Shop) -> None:
    bill = shop.bill("1004")
    bill_changes.discount_bill(shop.cashier, bill.draft, Rate.percent("6"), uid=new_uid())
    number = bill.lines[0].number
    bill_changes.discount_line(shop.cashier, bill.draft, number, Rate.percent("6"), uid=new_uid())


def _altered_bill(shop: Shop) -> None:
    bill = shop.bill("1004")
    database.execute_sql('UPDATE "draft" SET "head" = \'{"salesperson":"x"}\'')
    bill_changes.approve_bill(shop.cashier, bill.draft, uid=new_uid())


def _lower(shop: Shop) -> None:
    shop.take(shop.owner, CASHIERS, "void line")
    bill = shop.bill("1001", "1001")
    number, one = bill.lines[0].number, Quantity.of(1)
    bill_changes.set_quantity(shop.cashier, bill.draft, number, one, uid=new_uid())


def _charge_beyond_the_limit(shop: Shop) -> None:
    shop.open_shift()
    folio = folios.open_folio(
        shop.owner, kind=folio_kinds.COMPANY, name="x", limit=yuan("1"), uid=new_uid()
    )
    try:
        shop.sell("1004", tender=ON_ACCOUNT, folio=folio.key)
    except CreditLimitExceeded as refusal:
        # Above a limit it is this refusal, which somebody may approve who has the verb.
        assert refusal.can_be_approved
        raise NeedsOverride(right="exceed credit limit") from refusal


def _ring_below_zero(shop: Shop) -> None:
    change_settings(shop.owner, {"stock.below_zero": "refuse"}, uid=new_uid())
    bill = basket.new_basket(shop.cashier)
    try:
        bill_changes.ring_below_zero(
            shop.cashier, bill.draft, "1001", Quantity.of(9999), is_sure=True, uid=new_uid()
        )
    except stock.OutOfStock as refusal:
        # What is short is this refusal, which somebody may approve who has the verb.
        assert refusal.can_be_approved
        raise NeedsOverride(right="sell below zero") from refusal


def _pay_out(shop: Shop) -> None:
    shop.open_shift()
    settle_room(shop.cashier, yuan("-5"), [Paying(CASH, yuan("-5"))], uid=new_uid())


def _refund(shop: Shop) -> None:
    shop.open_shift()
    paid = settle_room(shop.owner, yuan("5"), [Paying(CASH, yuan("5"))], uid=new_uid())
    back = [Paying(CASH, yuan("-5"))]
    settle_room(shop.cashier, yuan("-5"), back, refunds=paid.key, uid=new_uid())


def _reprint_of_an_x(shop: Shop) -> None:
    shift = shop.open_shift()
    job = print_x(shop.manager, shift.key, uid=new_uid())
    shop.give(shop.owner, CASHIERS, reprint=None)
    assert job is not None
    prints.reprint(shop.cashier, job, uid=new_uid())


def _second_original(shop: Shop) -> None:
    shop.open_shift()
    sold = shop.sell("1004")
    prints.print_sale(shop.cashier, sold.key, uid=new_uid())


def _request(shop: Shop) -> approvals.Request:
    body = {"goods": shop.goods("1004").key, "quantity": -1000, "reason": "x"}
    return approvals.request_approval(
        shop.who("clerk"), "stock adjustment", title="x", body=body, reason="x",
        uid=new_uid(),
    )  # fmt: skip


def _review(shop: Shop) -> None:
    shop.give(shop.owner, CASHIERS, review=None)
    approvals.review(shop.cashier, _request(shop), uid=new_uid())


def _execute(shop: Shop) -> None:
    request = _request(shop)
    approvals.review(shop.manager, request, uid=new_uid())
    shop.give(shop.owner, CASHIERS, execute=None)
    approvals.execute_request(shop.cashier, request, uid=new_uid())


def _adjust(shop: Shop) -> None:
    stock.adjust_stock(
        shop.who("clerk"), shop.goods("1004"), Quantity.of(28), reason="x", uid=new_uid()
    )


def _plan(shop: Shop, rows: str) -> Plan:
    path = Path(shop.keys_folder.parent) / f"{new_uid().hex}.csv"
    path.write_text(f"编码,名称,售价,进价,库存\n{rows}", encoding="utf-8")
    return plan_import(GOODS, read_sheet(path))


def _import(shop: Shop) -> None:
    shop.give(shop.owner, CASHIERS, **{"import": None})
    next(imports.run_import(shop.cashier, _plan(shop, "K1,甲,1,1,0\n")))


def _resumed_import(shop: Shop) -> None:
    """Begun by the clerk, broken off, and taken up by somebody who may import and keep no goods."""
    rows = "".join(f"K{n},甲{n},1,1,0\n" for n in range(imports.BLOCK + 5))
    plan = _plan(shop, rows)
    next(begun := imports.run_import(shop.who("clerk"), plan))
    begun.close()
    shop.give(shop.owner, CASHIERS, **{"import": None})
    for _ in imports.run_import(shop.cashier, plan):
        pass


def _end_of_an_import(shop: Shop) -> None:
    next(begun := imports.run_import(shop.who("clerk"), _plan(shop, "K1,甲,1,1,0\n")))
    begun.close()
    shop.give(shop.owner, CASHIERS, **{"import": None})
    imports.end_import(shop.cashier, ImportRun.get().key, uid=new_uid())


def _imported(shop: Shop, rows: str) -> int:
    for _ in imports.run_import(shop.manager, _plan(shop, rows)):
        pass
    return int(ImportRun.get().key)


def _undo(shop: Shop) -> None:
    run = _imported(shop, "K1,甲,1,1,0\n")
    shop.give(shop.owner, CASHIERS, **{"import": None})
    imports.begin_undo(shop.cashier, run, uid=new_uid())


def _resumed_undo(shop: Shop) -> None:
    run = _imported(shop, "K1,甲,1,1,0\n")
    imports.begin_undo(shop.manager, run, uid=new_uid())
    shop.give(shop.owner, CASHIERS, **{"import": None})
    imports.undo_block(shop.cashier, run, 2**31 - 1, uid=new_uid())


def _opening_stock(shop: Shop) -> None:
    for _ in imports.run_import(shop.who("clerk"), _plan(shop, "K1,甲,1,100,6\n")):
        pass


def _undo_of_opening_stock(shop: Shop) -> None:
    run = _imported(shop, "K1,甲,1,100,6\n")
    for _ in imports.undo_import(shop.who("clerk"), run):
        pass


def _given_up_beyond(shop: Shop) -> None:
    folio = folios.open_folio(
        shop.manager, kind=folio_kinds.COMPANY, name="公司", limit=yuan("0"), uid=new_uid()
    )
    open_balance(shop.manager, folio, yuan("9"), note="旧账", uid=new_uid())
    shop.give(shop.owner, CASHIERS, write_off=100)
    write_off(shop.cashier, folio, items_of(folio)[0], yuan("1.01"), reason="旧账", uid=new_uid())


def _private_fact(shop: Shop) -> None:
    save_person(shop.cashier, None, name="王芳", health="过敏", uid=new_uid())


def _imported_private_fact(shop: Shop) -> None:
    path = Path(shop.keys_folder.parent) / f"{new_uid().hex}.csv"
    path.write_text("姓名,生日\n王芳,1990-03-07\n", encoding="utf-8")
    shop.give(shop.owner, CASHIERS, **{"import": None})
    for _ in imports.run_import(shop.cashier, plan_import(PEOPLE, read_sheet(path))):
        pass


def _with_contacts(shop: Shop, *, is_new: bool) -> None:
    company = save_person(shop.manager, None, name="公司", kind="company", uid=new_uid())
    who = save_person(shop.manager, None, name="王芳", uid=new_uid(), is_twin_meant=True)
    line = {"person": who.key}
    before = save_person(
        shop.manager, company.key, version=1, contacts=[] if is_new else [line], uid=new_uid()
    )
    save_person(
        shop.cashier, company.key, version=before.version, contacts=[line] if is_new else [],
        uid=new_uid(),
    )  # fmt: skip


def _named_contact(shop: Shop) -> None:
    _with_contacts(shop, is_new=True)


def _contact_gone(shop: Shop) -> None:
    _with_contacts(shop, is_new=False)


# Function that asks for a right inside an operation -> what makes it refuse, and for which verb.
def _exchange(shop: Shop) -> None:
    shop.take(shop.owner, CASHIERS, "sell")
    coming = exchanges.Coming(7, {}, "mixed up")
    exchanges.exchange(shop.cashier, 7, coming, (), shown=yuan("1"), uid=new_uid())


def _dear_without_a_slip(shop: Shop) -> None:
    shop.give(shop.owner, CASHIERS, return_unslipped=100, pay_out=None)
    shop.open_shift()
    unslipped.return_without_slip(
        shop.cashier, shop.bill("1004").draft, [Paying(CASH, yuan("-25"))], shown=yuan("25"),
        reason="damaged", uid=new_uid(),
    )  # fmt: skip


def _dear_return_begun(shop: Shop) -> None:
    shop.give(shop.owner, CASHIERS, return_unslipped=100)
    unslipped.begin_without_slip(
        shop.cashier, shop.bill("1004").draft, shown=yuan("25"), reason="damaged", uid=new_uid()
    )


def _miscounted_beyond(shop: Shop) -> None:
    clerk = shop.who("clerk")
    shop.take(shop.owner, CLERKS, "approve stocktake")
    take = begin_stocktake(clerk, uid=new_uid())
    count_in(begin_zone(clerk, take, "A"), "1002", Quantity.of(59))
    post_stocktake(clerk, take, uncounted="leave", shown=yuan("2.10"), uid=new_uid())


def _scrapped_beyond(shop: Shop) -> None:
    clerk = shop.who("clerk")
    way = begin_out(clerk, "scrap", origin=1)
    put_out(way, "1002", Quantity.of(60))
    shop.take(shop.owner, CLERKS, "scrap goods")
    take_out(clerk, way.draft, reason="broken", uid=new_uid())


INSIDE: dict[str, list[tuple[Callable[[Shop], object], str]]] = {
    "buying.bills.book_bill": [(buying.billed_beyond, "accept price difference")],
    "buying.goods_back.send_goods_back": [(buying.back_beyond, "return to supplier")],
    "buying.goods_in._require_ordered": [(buying.came_beyond, "exceed order")],
    "buying.orders.approve_order": [(buying.approved_beyond, "approve orders")],
    "hotel.desk.arrivals._check_room": [(asking.other_room, "give other room")],
    "hotel.reservations.bookings._agreed": [(asking.agreed_price, "agree rates")],
    "hotel.reservations.cancelling.cancel_stay": [
        (asking.waived_fee_of_a_cancellation, "waive fee")
    ],
    "hotel.reservations.changing.change_stay": [(asking.dropped_for_nothing, "waive fee")],
    "hotel.desk.tax_free.exempt_from_tax": [(asking.exempt, "waive fee")],
    "hotel.desk.departures.check_out": [(asking.waived_fee, "waive fee")],
    "hotel.desk.departures.refund_guest": [(asking.waived_fee_at_a_refund, "waive fee")],
    "hotel.folios.disputes.set_aside": [(asking.set_aside_at_the_desk, "check out to account")],
    "hotel.folios.folio_payments.to_account": [(asking.to_an_account, "check out to account")],
    "hotel.desk.group_desk.refund_master": [(asking.waived_fee_at_group_refund, "waive fee")],
    "hotel.desk.group_desk.check_out_group": [(asking.waived_fee_of_a_group, "waive fee")],
    "hotel.charges.postings.adjust_line": [(asking.adjusted_beyond, "adjust charge")],
    "ledger.folios.require_chargeable": [(_charge_beyond_the_limit, "exceed credit limit")],
    "ledger.pay_codes.payments.give_back_by_hand": [
        (asking_of_gateway.refused_refund, "give refund")
    ],
    "ledger.debts.receivables.write_off": [(_given_up_beyond, "write off")],
    "members.cards.sell_card": [
        (cards.at_another_price, "override price"),
        (cards.with_more_bonus, "give bonus"),
    ],
    "members.cards_import._store": [(cards.with_balances_of_a_list, "give bonus")],
    "members.card_refunds.refund_card": cards.GIVEN_UP,
    "ledger.payments.refunds.require_in_all": [(asking.given_back_in_parts, "give refund")],
    "ledger.payments.taking.check_payments": [(_pay_out, "pay out"), (_refund, "give refund")],
    "people.contacts.replace_contacts": [
        (_named_contact, "keep contacts"),
        (_contact_gone, "remove contacts"),
    ],
    "people.people_import._store": [(_imported_private_fact, "see private facts")],
    "people.records.put_person": [(_private_fact, "see private facts")],
    "salon.booking._planned": [(asking_of_appointments.booked_over, "squeeze in")],
    "salon.visits.step_appointment": [(asking_of_appointments.begun_over, "squeeze in")],
    "shop.bill_changes._lower": [(_lower, "void line")],
    "shop.bill_limits.bill_giver": [
        (_bill_discount, "give discount"),
        (_both_discounts, "give discount"),
    ],
    "salon.tickets.look_at_test": [(cards.done_without_a_test, "skip patch test")],
    "shop.bill_limits.line_giver": [(_line_discount, "give discount")],
    "shop.stored_bills.require_unaltered": [(_altered_bill, "override price")],
    "shop.bill_stock.who_lets_go": [(_ring_below_zero, "sell below zero")],
    "shop.exchanges.exchange": [(_exchange, "sell")],
    "shop.returns.return_goods": [(cards.back_in_goodwill, "give goodwill")],
    "shop.unslipped._require_rights": [(_dear_return_begun, "return unslipped")],
    "shop.unslipped.return_without_slip": [(_dear_without_a_slip, "return unslipped")],
    "stock.opening.open_stock": [(_opening_stock, "adjust stock")],
    "stock.opening.take_back": [(_undo_of_opening_stock, "adjust stock")],
    "stock.count_posting.post_stocktake": [(_miscounted_beyond, "approve stocktake")],
    "stock.goods_out.take_out": [(_scrapped_beyond, "scrap goods")],
    "stock.stock.adjust_inside": [(_adjust, "adjust stock")],
    "trust.approvals.execute_request": [(_execute, "adjust stock")],
    "trust.approvals._check_reviewer": [(_review, "adjust stock")],
    "imports.imports.begin_import": [(_import, "keep goods")],
    "imports.imports.import_block": [(_resumed_import, "keep goods")],
    "imports.imports.end_import": [(_end_of_an_import, "keep goods")],
    "imports.imports.begin_undo": [(_undo, "keep goods")],
    "imports.imports.undo_block": [(_resumed_undo, "keep goods")],
    "ledger.daily.prints.print_again": [
        (_second_original, "reprint"),
        (_reprint_of_an_x, "see takings"),
    ],
    "trust.staff._check_role": [(_hire_beyond, "grant rights")],
    "trust.staff.change_own_secrets": [(_override_pin, "approve for others")],
}


ASKING = ("require", "given_by")


def _asking(root: Path) -> Iterator[str]:
    """The functions of models that ask for a right with `job.require` or `job.given_by`."""
    for path in sorted((root / "models").rglob("*.py")):
        place = path.relative_to(root / "models").with_suffix("")
        for function in ast.walk(parsed(path)):
            if not isinstance(function, ast.FunctionDef) or place.name == "operation":
                continue
            calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
            if any(isinstance(call, ast.Attribute) and call.attr in ASKING for call in calls):
                yield ".".join((*place.parts, function.name))


def test_each_place_that_asks_for_a_right_stands_in_the_table(root: Path) -> None:
    """A new one needs a line in INSIDE: what makes it refuse."""
    assert sorted(_asking(root)) == sorted(INSIDE)


@pytest.mark.parametrize("place", INSIDE)
def test_a_right_that_is_asked_for_inside(shop: Shop, place: str) -> None:
    goods = Goods.select().count()
    for work, verb in INSIDE[place]:
        if shifts.current_shift(1) is not None:
            shop.close_shift()
        with pytest.raises(NeedsOverride) as denied:
            work(shop)
        assert denied.value.fields["right"] == verb
    if not place.startswith(("imports.imports", "salon")) and "opening" not in place:
        assert Goods.select().count() == goods
