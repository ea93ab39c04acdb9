"""Accounts put right: assigned, disputed, due another day, written off, given back, opened."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.ledger import accounts
from models.ledger.debts import dues
from models.ledger.debts.due_notes import NothingAgreed, change_due_day, dispute_item
from models.ledger.debts.dues import Item, ItemGone, items_of
from models.ledger.debts.receivables import (
    CreditTooSmall,
    OpeningWrong,
    WriteOffWrong,
    credit_of,
    give_back_credit,
    open_balance,
    ways_back_of,
    write_off,
)
from models.ledger.documents import Entry
from models.ledger.folio_kinds import COMPANY, SUPPLIER
from models.ledger.folios import Folio, FolioNotOpen, open_folio, switch_folio
from models.ledger.payments.taking import RefundTooMuch
from models.ledger.proving.proof import verify
from models.ledger.ways.tender_kinds import Paying
from models.reports.statements import (
    NothingOverdue,
    print_reminder,
    print_statement,
    reminder_view,
    statement_view,
)
from models.trust.operation import NeedsOverride, new_uid
from models.trust.print_queue import PrintJob
from tests.models.ledger.test_dues import pay_account
from tests.stores import CARD, CASH, FIRST_DAY, ON_ACCOUNT, Shop, yuan


@pytest.fixture
def folio(shop: Shop) -> Folio:
    """A company that owes 25.00 (one bill), due in thirty days."""
    made = open_folio(
        shop.owner, kind=COMPANY, name="对面公司", limit=yuan("100.00"), uid=new_uid()
    )
    shop.open_shift(session=shop.owner)
    shop.sell("1004", tender=ON_ACCOUNT, session=shop.owner, folio=made.key)
    return made


def _again(folio: Folio) -> Folio:
    return Folio.get_by_id(folio.key)


def _left(folio: Folio) -> list[str]:
    return [str(item.left) for item in items_of(folio)]


def _one(folio: Folio) -> Item:
    return items_of(folio)[0]


@pytest.mark.row("AR-07")
def test_a_debt_is_given_up_in_part_and_becomes_a_loss(shop: Shop, folio: Folio) -> None:
    document = write_off(
        shop.owner, folio, _one(folio), yuan("20.00"), reason="公司已注销", uid=new_uid()
    )

    assert _left(folio) == ["5.00", "0.00"]
    assert _again(folio).balance == yuan("5.00")
    legs = Entry.select().where(Entry.document == document).order_by(Entry.line)
    assert [(leg.account_id, str(leg.amount)) for leg in legs] == [
        (accounts.BAD_DEBT, "20.00"),
        (accounts.RECEIVABLE, "-20.00"),
    ]
    with pytest.raises(WriteOffWrong, match=r"5\.00"):
        write_off(shop.owner, folio, _one(folio), yuan("5.01"), reason="x", uid=new_uid())
    with pytest.raises(WriteOffWrong):
        write_off(shop.owner, folio, _one(folio), yuan("5.00"), reason=" ", uid=new_uid())
    assert not _without_stock()


def test_a_debt_is_given_up_by_who_may_or_with_approval(shop: Shop, folio: Folio) -> None:
    shop.give(shop.owner, "收银员", keep_accounts=None, write_off=1_000)
    with pytest.raises(NeedsOverride):
        write_off(shop.cashier, folio, _one(folio), yuan("10.01"), reason="旧账", uid=new_uid())
    write_off(shop.cashier, folio, _one(folio), yuan("10.00"), reason="旧账", uid=new_uid())
    assert _left(folio) == ["15.00", "0.00"]


def test_what_the_store_owes_is_not_given_up_by_it(shop: Shop) -> None:
    supplier = open_folio(shop.owner, kind=SUPPLIER, name="批发商", limit=yuan("0"), uid=new_uid())
    open_balance(shop.owner, supplier, yuan("80.00"), note="旧单 7", uid=new_uid())
    assert _again(supplier).balance == yuan("-80.00")
    with pytest.raises(WriteOffWrong):
        write_off(shop.owner, supplier, _one(supplier), yuan("1"), reason="x", uid=new_uid())


@pytest.mark.row("AR-11")
def test_another_day_is_agreed_and_what_is_disputed_is_not_asked_for(
    shop: Shop, folio: Folio
) -> None:
    late = FIRST_DAY + timedelta(days=40)
    aged = dues.aged(folio, items_of(folio), late)
    assert [str(each) for each in aged.buckets] == ["0.00", "25.00", "0.00", "0.00", "0.00"]

    change_due_day(
        shop.owner, folio, _one(folio), FIRST_DAY + timedelta(days=60), reason="电话约定",
        uid=new_uid(),
    )  # fmt: skip
    aged = dues.aged(folio, items_of(folio), late)
    assert str(aged.buckets[0]) == "25.00"

    dispute_item(shop.owner, folio, _one(folio), reason="说没收到货", uid=new_uid())
    item = _one(folio)
    assert (item.is_disputed, item.reason) == (True, "说没收到货")
    assert item.due == FIRST_DAY + timedelta(days=60), "a dispute keeps the day"
    assert str(dues.aged(folio, items_of(folio), late).disputed) == "25.00"
    pay_account(shop, folio, CARD, "10.00")
    assert _left(folio) == ["25.00", "-10.00"], "a payment passes over what is disputed"

    dispute_item(shop.owner, folio, item, is_disputed=False, reason="已补单据", uid=new_uid())
    assert not _one(folio).is_disputed
    assert not _without_stock()


def test_nothing_is_agreed_without_a_reason_or_before_the_day(shop: Shop, folio: Folio) -> None:
    item, before = _one(folio), FIRST_DAY - timedelta(days=1)
    with pytest.raises(NothingAgreed):
        change_due_day(shop.owner, folio, item, before, reason="x", uid=new_uid())
    with pytest.raises(NothingAgreed):
        dispute_item(shop.owner, folio, item, reason="  ", uid=new_uid())
    with pytest.raises(NothingAgreed):
        dispute_item(shop.owner, folio, item, is_disputed=False, reason="nobody did", uid=new_uid())
    other = open_folio(shop.owner, kind=COMPANY, name="别家", limit=yuan("1"), uid=new_uid())
    with pytest.raises(ItemGone):
        dispute_item(shop.owner, other, item, reason="x", uid=new_uid())


@pytest.mark.row("AR-12", "AR-13")
def test_what_was_paid_in_advance_goes_back_the_way_it_came(shop: Shop) -> None:
    folio = open_folio(shop.owner, kind=COMPANY, name="预付公司", limit=yuan("0"), uid=new_uid())
    shop.open_shift(session=shop.owner)
    pay_account(shop, folio, CARD, "30.00")
    pay_account(shop, folio, CASH, "20.00")
    folio = _again(folio)
    assert str(credit_of(folio)) == "50.00"
    assert [[(each.tender, str(each.given)) for each in way] for way in ways_back_of(folio)] == [
        [(CASH, "-20.00"), (CARD, "-30.00")]
    ]
    with pytest.raises(RefundTooMuch):
        give_back_credit(shop.owner, folio, [Paying(CASH, yuan("-20.10"))], uid=new_uid())

    give_back_credit(
        shop.owner, folio,
        [Paying(CASH, yuan("-20.00")), Paying(CARD, yuan("-10.00"), reference="99")],
        uid=new_uid(),
    )  # fmt: skip

    folio = _again(folio)
    assert folio.balance == yuan("-20.00")
    assert sorted(_left(folio)) == ["-20.00", "0.00", "0.00", "0.00"]
    with pytest.raises(CreditTooSmall, match=r"20\.00"):
        give_back_credit(shop.owner, folio, [Paying(CARD, yuan("-20.01"))], uid=new_uid())
    assert not _without_stock()


def test_money_goes_back_with_the_right_to_it(shop: Shop, folio: Folio) -> None:
    shop.give(shop.owner, "收银员", keep_accounts=None)
    pay_account(shop, folio, CARD, "40.00")
    with pytest.raises(NeedsOverride):
        give_back_credit(
            shop.cashier, folio, [Paying(CARD, yuan("-15.00"), reference="1")], uid=new_uid()
        )


@pytest.mark.row("AR-19")
def test_what_was_owed_before_these_books(shop: Shop, folio: Folio) -> None:
    due = FIRST_DAY - timedelta(days=10)
    open_balance(shop.owner, folio, yuan("60.00"), due=due, note="旧账 114", uid=new_uid())
    open_balance(shop.owner, folio, yuan("-5.00"), note="旧预收 3", uid=new_uid())

    assert _again(folio).balance == yuan("80.00")
    assert [(item.note, item.due) for item in items_of(folio)[1:2]] == [("旧账 114", due)]
    aged = dues.aged(folio, items_of(folio), FIRST_DAY)
    assert (str(aged.buckets[1]), str(aged.unallocated)) == ("60.00", "-5.00")
    equity = Entry.select().where(Entry.account == accounts.OPENING_EQUITY)
    assert sorted(str(e.amount) for e in equity if abs(e.amount.minor) in (6000, 500)) == [
        "-60.00",
        "5.00",
    ]
    with pytest.raises(OpeningWrong):
        open_balance(shop.owner, folio, yuan("0"), note="x", uid=new_uid())
    with pytest.raises(OpeningWrong):
        open_balance(shop.owner, folio, yuan("1"), note=" ", uid=new_uid())
    assert not _without_stock()


def test_a_closed_account_takes_none_of_it(shop: Shop) -> None:
    folio = open_folio(shop.owner, kind=COMPANY, name="关了", limit=yuan("0"), uid=new_uid())
    switch_folio(shop.owner, folio.key, version=_again(folio).version, uid=new_uid())
    with pytest.raises(FolioNotOpen):
        open_balance(shop.owner, folio, yuan("1"), note="x", uid=new_uid())
    with pytest.raises(FolioNotOpen):
        give_back_credit(shop.owner, folio, [Paying(CARD, yuan("-1"))], uid=new_uid())


@pytest.mark.row("AR-05", "AR-06")
def test_a_reminder_asks_for_what_is_overdue_and_not_disputed(shop: Shop, folio: Folio) -> None:
    with pytest.raises(NothingOverdue):
        print_reminder(shop.owner, folio, uid=new_uid())
    due = FIRST_DAY - timedelta(days=3)
    for amount, note in (("60.00", "旧账 1"), ("7.00", "旧账 2")):
        open_balance(shop.owner, folio, yuan(amount), due=due, note=note, uid=new_uid())
    dispute_item(shop.owner, folio, items_of(folio)[2], reason="不认", uid=new_uid())

    print_reminder(shop.owner, folio, uid=new_uid())

    job = PrintJob.select().where(PrintJob.kind == "reminder").get()
    shown = reminder_view(job.body)
    assert [(item.note, str(item.left)) for item in shown.items] == [("旧账 1", "60.00")]
    assert (shown.name, str(shown.total)) == ("对面公司", "60.00")


@pytest.mark.row("AR-01")
def test_a_statement_tells_every_entry_and_what_it_came_to(shop: Shop, folio: Folio) -> None:
    pay_account(shop, folio, CARD, "10.00")
    print_statement(shop.owner, folio, FIRST_DAY, FIRST_DAY + timedelta(days=1), uid=new_uid())
    job = PrintJob.select().where(PrintJob.kind == "statement").get()

    shown = statement_view(job.body)

    assert str(shown.opening) == "0.00"
    assert [(str(line.item.amount), str(line.balance)) for line in shown.lines] == [
        ("25.00", "25.00"),
        ("-10.00", "15.00"),
    ]
    assert (str(shown.closing), str(shown.age.buckets[0])) == ("15.00", "15.00")
    later = {**job.body, "first": (FIRST_DAY + timedelta(days=1)).isoformat()}
    assert str(statement_view(later).opening) == "15.00"
    assert not statement_view(later).lines


def _without_stock() -> list[str]:
    return [str(found) for found in verify() if not found.code.startswith("Stock")]
