"""Whoever approves reads what, how much, for whom and why, of every operation of the till."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from models.base.hot import Statement
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.base.watching import TOLD
from models.ledger.daily import drawer
from models.ledger.folios import CreditLimitExceeded
from models.ledger.payments import taken
from models.ledger.ways.tender_kinds import Paying
from models.shop import basket, bill_changes, bill_life, returns, unslipped
from models.trust.operation import OPERATIONS, Session, new_uid
from receipts.words import translated
from tests.stores import CASH, Shop, yuan
from tui.desk import words
from tui.money.till_events_listing import APPROVED, LISTING
from tui.people.approver import why_asked
from tui.records.codes import code_text
from tui.records.told import NAMES, ROWS, because, told_lines

WHO = "操作人 张收银："
DENIED = (
    "override price", "void sale", "return goods", "void line", "move cash", "open drawer",
    "cancel bill", "take payment", "give discount", "return without slip",
)  # fmt: skip

# Values that an approval tells under the name of their parameter (models/trust/content.py).
TEXTS = {"amount", "price", "quantity", "reason", "note", "bag", "text", "title", "name"}
TOLD_AS_IT_IS = "(Money|Quantity|date|Folio|Stay|Booking|Room|Person|Lot)( \\| None)?"


@pytest.fixture
def chinese() -> Iterator[None]:
    before = words.language()
    words.speak("zh")
    yield
    words.speak(before)


@pytest.fixture
def till(shop_on: Callable[[str], Shop], chinese: None) -> Shop:
    """The cashier of this shop may ring and nothing else."""
    shop = shop_on("sqlite")
    shop.open_shift()
    return shop


def box(work: Any, session: Session, *given: Any, **more: Any) -> list[str]:
    """The lines of the box that asks for an approval of this, without why it was refused."""
    with pytest.raises(Refusal) as refused:
        work(session, *given, uid=new_uid(), **more)
    assert refused.value.can_be_approved, refused.value
    return why_asked(refused.value, "张收银").split("\n")[:-1]


def test_each_box_of_the_till_says_what_is_approved(till: Shop) -> None:
    sold, nobody = till.sell("1001"), till.cashier
    for verb in DENIED:
        till.take(till.owner, "收银员", verb)
    bill = till.bill("1001", "1004")
    draft, line, due = bill.draft, bill.lines[1], basket.refresh(bill).amount_due
    name, price, half = line.item.name, line.price, Rate.percent("50")
    both = f"1 {bill.lines[0].item.name}, 1 {name}"
    expected = {
        (bill_changes.override_price, line.number, yuan("1.75")): [
            "改价", f"品名  {name}", "数量  1", f"单价  {price} → 1.75",
        ],
        (bill_changes.remove_line, line.number): [
            "删行", f"品名  {name}", "数量  1", f"金额  {price}",
        ],
        (bill_changes.discount_line, line.number, half): [
            "单行打折", f"品名  {name}", "数量  1", f"金额  {price}", "折扣  50%",
        ],
        (bill_changes.discount_bill, half): ["整单打折", f"合计  {due}", "折扣  50%"],
        (bill_life.cancel_bill,): ["整单取消", f"内容  {both}", f"合计  {due}"],
        (taken.take_for, Paying(CASH, yuan("5.00"))): [
            "收款（未完成单）", "收款方式  现金", "金额  5.00",
        ],
    }  # fmt: skip
    for (work, *given), (title, *lines) in expected.items():
        assert box(work, nobody, draft, *given) == [f"{WHO}{title}", *lines]

    note = {"reason": "other", "note": "自己穿过"}
    assert box(unslipped.begin_without_slip, nobody, draft, shown=due, **note) == [
        f"{WHO}开始无小票退货", f"内容  {both}", f"金额  {due}", "事由  自己穿过",
    ]  # fmt: skip
    assert box(returns.void_sale, nobody, sold.key, reason="mistyped") == [
        f"{WHO}作废销售", f"销售小票  {sold.label}", f"金额  {sold.total}", "事由  录入错误",
    ]  # fmt: skip
    back = {"shown": sold.total, "reason": "unwanted"}
    assert box(returns.return_goods, nobody, sold.key, {1: Quantity.of(1)}, **back)[1:] == [
        f"销售小票  {sold.label}", f"内容  1 {bill.lines[0].item.name}", f"金额  {sold.total}",
        "事由  顾客不想要了",
    ]  # fmt: skip


def test_cash_moves_say_the_way_and_what_for_also_where_the_right_is_asked_first(
    till: Shop,
) -> None:
    till.take(till.owner, "收银员", "move cash")
    till.take(till.owner, "收银员", "open drawer")
    for move, title, name, field in (
        (drawer.pay_in, "现金收入", "reason", "事由"),
        (drawer.pay_out, "支出现金", "reason", "事由"),
        (drawer.drop_to_safe, "投入保险柜", "bag", "封袋编号"),
    ):
        expected = [f"{WHO}{title}", "金额  5000.00", f"{field}  0042"]
        how = {name: "0042"}
        assert box(move, till.cashier, yuan("5000.00"), **how) == expected
        # The screen asks for the right first, and says the same.
        asked = {"amount": yuan("5000.00"), **how}
        assert box(move.approved, till.cashier, ("move cash", 500_000), **asked) == expected
    assert box(drawer.open_drawer, till.cashier, reason="换零钱") == [
        f"{WHO}开钱箱", "事由  换零钱",
    ]  # fmt: skip


@pytest.mark.usefixtures("chinese")
def test_a_limit_of_an_account_is_said_with_name_and_figures() -> None:
    refused = CreditLimitExceeded(
        folio="F01-00004", name="王记工程", amount=yuan("120.00"), left=yuan("80.00"),
        limit=yuan("100.00"),
    )  # fmt: skip
    assert words.refusal_told(refused) == (
        "王记工程（F01-00004）额度 100.00，还可记 80.00，再记 120.00 就超出额度。"
        "请收现款，或请有权限的人授权。"
    )


@pytest.mark.usefixtures("chinese")
def test_what_an_approval_tells_has_words_for_every_operation() -> None:
    """Whatever operation lacks a right: it and the names of what is told are in the store's."""
    assert len(OPERATIONS) > 140
    ours = {name: work for name, work in OPERATIONS.items() if name.startswith("models.")}
    assert not [name for name, work in ours.items() if code_text(work.name).isascii()]
    assert not [name for name in NAMES.values() if not translated(name, "zh")]
    assert {table._meta.table_name for table in TOLD} == set(ROWS)
    assert NAMES.keys() >= TEXTS
    unnamed = {
        name
        for work in ours.values()
        for name, of in work.function.__annotations__.items()
        if name not in ("job", "return") and re.fullmatch(TOLD_AS_IT_IS, str(of))
    } - NAMES.keys()
    assert not unnamed


@pytest.mark.usefixtures("chinese")
def test_a_record_of_the_audit_log_is_in_the_words_of_the_store() -> None:
    told = {
        "documents": [["V01-000001", "void", 1, "-65.00", [[1, None, 1]], "ab12"]],
        "told": {"till_event": [["1", "ab"], ["2", "cd"]]},
        "by": "password", "tallies": {"account": 1, "role": 4},
        "why": "unwanted", "price": ["3.50", "1.75"], "empty": "",
    }  # fmt: skip
    assert list(told_lines(told)) == [
        ("单据", "", "V01-000001 -65.00"), ("写入的行", "", "收银事件 2"),
        ("登录方式", "", "密码"), ("在册行数", "", "2 类记录"),
        ("事由", "", "顾客不想要了"), ("单价", "3.50", "1.75"),
    ]  # fmt: skip
    denied = {"verb": "pay_out", "refusal": "NeedsOverride", "right": "move cash", "amount": 175}
    assert list(told_lines(denied)) == [
        ("要做的事", "", "支出现金"),
        ("被拒原因", "", "你没有“现金收支”的权限。请有权限的人授权。"),
        ("权限", "", "现金收支"), ("金额", "", "1.75"),
    ]  # fmt: skip
    assert because({"reason": "unwanted"}) == "顾客不想要了" and because({"amount": "1"}) == ""


def test_the_list_of_till_events_names_who_approved_and_sums_nothing(till: Shop) -> None:
    till.take(till.owner, "收银员", "override price")
    bill, uid = till.bill("1001"), new_uid()
    number = bill.lines[0].number
    bill_changes.override_price(
        till.cashier, bill.draft, number, yuan("1.00"), uid=uid,
        override=till.override(uid, reason="老顾客"),
    )  # fmt: skip
    bill_changes.remove_line(till.cashier, bill.draft, number, uid=new_uid())
    approved = Statement(
        f'SELECT t."kind", t."reason", ({APPROVED}) FROM "till_event" t ORDER BY 1'
    )
    assert approved.rows() == [("override price", "老顾客", "李经理"), ("void line", "", "")]
    assert not [field.name for field in LISTING.fields if field.is_summed]
