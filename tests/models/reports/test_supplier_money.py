"""What suppliers are owed, when it is due, what they were paid; and what moved on each account."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.ledger.daily.days import close_day
from models.ledger.debts.due_notes import change_due_day, dispute_item
from models.ledger.debts.dues import items_of
from models.ledger.debts.receivables import open_balance
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import Folio, open_folio
from models.ledger.proving import proof
from models.reports.account_lists import ACCOUNTS_MOVED, PAYABLES, RECEIVABLES
from models.reports.report import Period, ReportKind
from models.reports.statements import print_statement, statement_view
from models.reports.stock_flow import STOCK_ON_DAY
from models.reports.supplier_money import PAYABLES_DUE, SUPPLIER_PAYMENTS, due_soon
from models.trust.operation import new_uid
from models.trust.print_queue import PrintJob
from models.trust.scopes import Scope
from models.trust.users import rights_of
from tests.models.buying.bought import buys, standing, supplier
from tests.models.buying.test_back_and_bills import back, booked
from tests.models.ledger.test_dues import pay_account
from tests.stores import CARD, CASH, FIRST_DAY, Shop, yuan
from tui.money.reminders import suppliers as reminded


def rows(shop: Shop, kind: ReportKind, days: int = 0) -> list[list[str]]:
    """A report of one day, so many behind the first."""
    rights, day = rights_of(shop.owner.user), FIRST_DAY + timedelta(days=days)
    assert rights is not None
    pages = kind.pages(Period(day, day), Scope.of(rights))
    return [["" if cell is None else str(cell) for cell in row] for page in pages for row in page]


def on(days: int) -> str:
    return (FIRST_DAY + timedelta(days=days)).isoformat()


@pytest.mark.row("AR-09", "AR-10", "AR-23", "AR-24", "AR-26", "AR-27")
def test_what_is_owed_when_and_what_was_paid(shop: Shop) -> None:
    shop.open_shift(session=shop.owner)
    quick = supplier(shop, "三天付", terms=3)
    slow = supplier(shop, "月结", terms=30, bills_later=True)
    buys(shop, "1001", "10", "2.00", quick)
    buys(shop, "1002", "10", "5.00", slow)
    booked(shop, slow, "50", number="F7", tax="6.50")
    # By contract: the one in three days, the other in thirty; and a day that was agreed.
    assert [row[:4] + row[5:8] for row in rows(shop, PAYABLES_DUE)] == [
        [on(3), "三天付", "GI01-000001", "", "20.00", "20.00", ""],
        [on(30), "月结", "BI01-000001", "F7", "56.50", "56.50", ""],
    ]
    assert due_soon(FIRST_DAY - timedelta(days=1)) == (0, yuan("0"))
    assert due_soon(FIRST_DAY) == (1, yuan("20.00"))
    at = standing(shop, shop.owner)
    assert [one.fields for one in reminded(at)] == [{"count": 1, "amount": yuan("20.00")}]
    assert not reminded(standing(shop, shop.cashier))
    (item,) = items_of(slow)
    change_due_day(
        shop.owner, slow, item, FIRST_DAY + timedelta(days=2), reason="急用", uid=new_uid()
    )
    assert due_soon(FIRST_DAY) == (2, yuan("76.50"))
    (item,) = items_of(slow)
    dispute_item(shop.owner, slow, item, reason="少一箱", uid=new_uid())
    assert due_soon(FIRST_DAY) == (1, yuan("20.00"))
    assert rows(shop, PAYABLES_DUE)[0][-1] == "少一箱"

    # Paid in part in cash, by bank; what goes back is owed to us.
    pay_account(shop, Folio.get_by_id(quick.key), CASH, "8.00")
    pay_account(shop, Folio.get_by_id(slow.key), CARD, "56.50")
    assert [row[2:6] for row in rows(shop, SUPPLIER_PAYMENTS)] == [
        ["三天付", "Names(zh='现金', en='Cash')", "8.00", ""],
        ["月结", "Names(zh='银行卡', en='Card')", "56.50", "77"],
    ]  # fmt: skip
    assert not rows(shop, SUPPLIER_PAYMENTS, 1)
    back(shop, Folio.get_by_id(quick.key), "1001", "2", "2.00")
    # It settles what is owed: what is left is what the account says.
    assert [(row[1], row[6]) for row in rows(shop, PAYABLES_DUE)] == [("三天付", "8.00")]
    assert due_soon(FIRST_DAY) == (1, yuan("8.00"))
    company = open_folio(shop.owner, kind=COMPANY, name="客户", limit=yuan("900"), uid=new_uid())
    open_balance(shop.owner, company, yuan("70"), note="旧帐", uid=new_uid())
    pay_account(shop, Folio.get_by_id(company.key), CASH, "30.00")
    # Each side has its own sum, and the two are never added.
    moved = {row[1] or row[2]: row[3:] for row in rows(shop, ACCOUNTS_MOVED)}
    assert moved == {
        "三天付": ["0.00", "20.00", "12.00", "8.00"], "月结": ["0.00", "56.50", "56.50", "0.00"],
        "客户": ["0.00", "70.00", "30.00", "40.00"],
        "All that is owed to us": ["0.00", "70.00", "30.00", "40.00"],
        "All that we owe": ["0.00", "76.50", "68.50", "8.00"],
    }  # fmt: skip
    assert {row[1]: row[3:] for row in rows(shop, ACCOUNTS_MOVED, 1) if row[1]} == {
        "三天付": ["8.00", "0.00", "0.00", "8.00"], "客户": ["40.00", "0.00", "0.00", "40.00"],
    }  # fmt: skip
    # Both sides by age say the same.
    assert [row[1:4] for row in rows(shop, PAYABLES)] == [["三天付", "8.00", "8.00"]]
    assert [row[1:3] for row in rows(shop, RECEIVABLES)] == [["客户", "40.00"]]

    # What is laid beside the supplier's own statement: every document, and what it comes to.
    print_statement(shop.owner, Folio.get_by_id(quick.key), FIRST_DAY, FIRST_DAY, uid=new_uid())
    paper = PrintJob.select().where(PrintJob.kind == "statement").get()
    shown = statement_view(paper.body)
    assert [(str(line.item.amount), str(line.balance)) for line in shown.lines] == [
        ("20.00", "20.00"), ("-8.00", "12.00"), ("-4.00", "8.00"),
    ]  # fmt: skip
    assert (shown.opening, shown.closing) == (yuan("0"), yuan("8.00"))
    # What goes back beyond what is owed stands in the list below zero, and on no reminder.
    back(shop, Folio.get_by_id(quick.key), "1001", "5", "2.00")
    assert [(row[0], row[6], row[7]) for row in rows(shop, PAYABLES_DUE)] == [(on(0), "-2.00", "")]
    assert due_soon(FIRST_DAY + timedelta(days=9)) == (0, yuan("0"))
    assert not proof.verify()


def test_what_lay_there_on_a_past_day(shop: Shop) -> None:
    """The end of a day stays what it was, whatever is sold behind it."""
    shop.open_shift()
    shop.sell("1001", "1004")
    shop.close_shift()
    close_day(shop.manager, next_day=FIRST_DAY + timedelta(days=1), uid=new_uid())
    shop.open_shift()
    shop.sell("1001", "1004", "1004")
    found = [[row[0], *row[2:]] for row in rows(shop, STOCK_ON_DAY)]
    assert found[0] == ["1001", "99", "瓶", "118.80"] and found[-1] == ["1004", "2", "包", "36.67"]
    assert next(row[2:] for row in rows(shop, STOCK_ON_DAY, 1)) == ["98", "瓶", "117.60"]
    # All of it was sold: it lay there and lies there no more.
    assert [row[0] for row in rows(shop, STOCK_ON_DAY, 1)] == ["1001", "1002", "1003"]
    assert not rows(shop, STOCK_ON_DAY, -1)
