"""Paper: exactly one state, nothing lost, nothing twice, copies counted for ever."""

from __future__ import annotations

import ast
import inspect
from datetime import timedelta
from pathlib import Path

import pytest

from models.base import clock
from models.ledger.daily import days, prints, shifts
from models.ledger.daily.prints import print_x
from models.ledger.daily.till_events import TillEvent
from models.ledger.documents import Document
from models.ledger.proving import proof
from models.reports import books_lists
from models.reports.report import make, this_month
from models.trust import print_queue
from models.trust.operation import OPERATIONS, NeedsOverride, new_uid
from models.trust.print_queue import (
    DROPPED,
    FAILED,
    PRINTED,
    QUEUED,
    SENDING,
    UNKNOWN,
    JobNotThere,
    PrintJob,
    next_job,
)
from models.trust.settings import change_settings
from tests.sources import parsed
from tests.stores import FIRST_DAY, Shop

pytestmark = pytest.mark.row("NFR-03")


@pytest.fixture
def job(shop: Shop) -> PrintJob:
    """The slip of a sale, queued."""
    shop.open_shift()
    shop.sell("1001")
    found = PrintJob.get(PrintJob.kind == "sale")
    assert found.state == QUEUED and next_job(found.printer, 1) == found
    return found


def state(job: PrintJob) -> str:
    return str(PrintJob.get_by_id(job.key).state)


def test_printed(job: PrintJob) -> None:
    print_queue.mark_sending(job.key)
    assert next_job(job.printer, 1) is None and state(job) == SENDING
    print_queue.mark_printed(job.key)
    assert state(job) == PRINTED and PrintJob.get_by_id(job.key).attempts == 1
    for move in (print_queue.mark_sending, print_queue.mark_printed):
        with pytest.raises(JobNotThere):
            move(job.key)


def test_not_sent_and_tried_again(job: PrintJob) -> None:
    print_queue.mark_sending(job.key)
    print_queue.mark_queued(job.key, "offline")
    assert (state(job), PrintJob.get_by_id(job.key).error) == (QUEUED, "offline")
    assert next_job(job.printer, 1) == job
    print_queue.mark_sending(job.key)
    print_queue.mark_failed(job.key, "no such slip")
    assert state(job) == FAILED


def test_what_was_being_sent_when_the_current_failed_is_asked_about(
    shop: Shop, job: PrintJob
) -> None:
    print_queue.mark_sending(job.key)
    shop.reopen()
    assert print_queue.settle_interrupted(1) == 1
    assert state(job) == UNKNOWN and print_queue.waiting(1) == 1
    prints.answer_unknown(shop.cashier, job.key, printed=True, uid=new_uid())
    assert state(job) == PRINTED and print_queue.waiting(1) == 0
    with pytest.raises(JobNotThere):
        prints.answer_unknown(shop.cashier, job.key, printed=True, uid=new_uid())


def test_it_did_not_print_so_a_copy_does(shop: Shop, job: PrintJob) -> None:
    print_queue.mark_sending(job.key)
    print_queue.mark_unknown(job.key, "no answer")
    prints.answer_unknown(shop.cashier, job.key, printed=False, uid=new_uid())
    assert state(job) == DROPPED
    copy = next_job(job.printer, 1)
    assert copy is not None and (copy.subject, copy.copy_no) == (job.subject, 1)
    print_queue.drop_job(shop.cashier, copy.key, uid=new_uid())
    assert next_job(job.printer, 1) is None
    with pytest.raises(JobNotThere):
        print_queue.drop_job(shop.cashier, copy.key, uid=new_uid())


def test_copies_are_counted_for_ever(shop: Shop, job: PrintJob) -> None:
    with pytest.raises(NeedsOverride):
        prints.reprint(shop.cashier, job.key, uid=new_uid())
    for number in (1, 2, 3):
        key = prints.reprint(shop.manager, job.key, uid=new_uid())
        assert PrintJob.get_by_id(key).copy_no == number
    with pytest.raises(JobNotThere):
        prints.reprint(shop.manager, 4711, uid=new_uid())
    assert not proof.verify()


def test_every_second_paper_is_an_event_of_the_till(shop: Shop, job: PrintJob) -> None:
    """The report of exceptions counts them by cashier, whatever way they came out."""
    number = Document.get_by_id(job.subject).label
    prints.reprint(shop.manager, job.key, uid=new_uid())
    prints.print_sale(shop.manager, job.subject, uid=new_uid())
    print_queue.mark_sending(job.key)
    print_queue.mark_unknown(job.key, "no answer")
    prints.answer_unknown(shop.cashier, job.key, printed=False, uid=new_uid())
    events = TillEvent.select().where(TillEvent.kind == "reprint")
    assert [(each.what, str(each.amount), each.user) for each in events] == [
        (number, "2.00", shop.users["manager"]),
        (number, "2.00", shop.users["manager"]),
        (number, "2.00", shop.users["cashier"]),
    ]
    copies = PrintJob.select(PrintJob.copy_no).where(PrintJob.subject == job.subject)
    assert sorted(each.copy_no for each in copies) == [0, 1, 2, 3]
    counted = make(shop.manager, books_lists.EXCEPTIONS, this_month())
    assert ("李经理", "printed again", 2) in [row[:3] for row in counted.rows]
    shift = shop.close_shift()
    z = PrintJob.get(PrintJob.kind == "z")
    prints.reprint(shop.manager, z.key, uid=new_uid())
    last = TillEvent.select().order_by(TillEvent.key.desc()).first()
    assert (last.kind, last.what, last.shift) == ("reprint", f"Z01-{shift.number:05d}", None)


# Function that queues a slip -> why it comes out once, or what may come out again.
QUEUING = {
    "hotel.desk.arrivals.arrive": "a stay begins once",
    "hotel.audit.audit.close_house": "a day closes once",
    "hotel.desk.departures.check_out": "each departure has its bill; taken back the same day only",
    "hotel.folios.deposits.take_deposit": "of a document just made",
    "hotel.folios.deposits.return_deposit": "of a document just made",
    "ledger.payments.changing_money.buy_foreign": "of a document just made",
    "ledger.payments.changing_money.bank_foreign": "of a document just made",
    "hotel.folios.folio_payments._on_folio": "of a document just made",
    "hotel.desk.group_desk.check_out_group": "each departure has its bill",
    "hotel.folios.paid_outs._store": "of a document just made",
    "hotel.folios.papers._print_bill": "while the guest is in the house; then print_again",
    "ledger.debts.account_payments.settle_account": "of a document just made",
    "goods.shelf_labels.print_labels": "labels prove nothing: as many as somebody asks for",
    "ledger.daily.days.close_day": "a day closes once",
    "ledger.daily.prints.print_sale": "of a sale without one; then print_again",
    "ledger.daily.prints.print_x": "each shows another moment, to who may see takings",
    "ledger.debts.receivables._give_back": "of a document just made",
    "ledger.daily.drawer._move": "of a document just made",
    "ledger.daily.shift_life.close_shift": "a shift closes once",
    "ledger.daily.handover.add_handover": "a shift is closed once",
    "members.cards.sell_card": "of a document just made",
    "members.card_refunds.refund_card": "of a document just made",
    "members.card_changes._tell": "of a change just made, whose paper shows what is on it then",
    "members.lots.issue": "with the move that made it",
    "members.vouchers.sell_voucher": "of a document just made",
    "members.vouchers.pay_back_lot": "of a document just made",
    "reports.salon.month_slip.print_month": "each shows a month as far as it has come",
    "reports.statements._print": "each shows another moment of an account, to who keeps them",
    "shop.exchanges.exchange": "of a document just made",
    "shop.returns.take_back": "of a document just made",
    "shop.bill_life.print_bill": "of an open bill, which says that it is not paid",
    "reports.invoice_requests.request_invoice": "a request is no invoice",
    "buying.orders.send_order": "an order is sent once",
    "buying.goods_in._print": "of a document just made",
    "buying.goods_back.send_goods_back": "of a document just made",
    "shop.sales.sell": "of a document just made",
    "shop.unslipped.return_without_slip": "of a document just made",
    "stock.goods_out._post": "of a document just made",
    "stock.count_posting._post": "of a document just made",
    "trust.print_queue.add_copy": "only ledger.daily.prints._copy, which keeps the event",
}


def calling(root: Path, name: str) -> set[str]:
    """The functions of models that call another by this name."""
    found = set()
    for path in (root / "models").rglob("*.py"):
        place = path.relative_to(root / "models").with_suffix("")
        for function in ast.walk(parsed(path)):
            if isinstance(function, ast.FunctionDef) and name in {
                node.func.id
                for node in ast.walk(function)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            }:
                found.add(".".join((*place.parts, function.name)))
    return found


def test_no_slip_comes_out_twice_but_by_one_way(root: Path) -> None:
    """Whoever queues a slip says here why it cannot be a second original."""
    assert calling(root, "add_job") <= QUEUING.keys()
    assert calling(root, "add_copy") == {"ledger.daily.prints._copy"}


def test_slips_are_in_the_language_of_the_store(shop: Shop) -> None:
    """Work that the clock starts asks no screen: what is said nowhere is the store's."""
    for each in OPERATIONS.values():
        said = inspect.signature(each.function).parameters.get("language")
        assert said is None or "staff" in each.function.__module__ or said.default == "", each.name
    change_settings(shop.owner, {"company.slip_language": "en"}, uid=new_uid())
    days.close_day(shop.manager, next_day=FIRST_DAY + timedelta(days=1), uid=new_uid())
    assert PrintJob.get(PrintJob.kind == "day").language == "en"


def test_takings_are_printed_for_those_who_may_see_them(shop: Shop, job: PrintJob) -> None:
    shift = shifts.current_shift(1)
    assert shift is not None
    with pytest.raises(NeedsOverride):
        print_x(shop.cashier, shift.key, uid=new_uid())
    report = print_x(shop.manager, shift.key, uid=new_uid())
    assert report is not None
    shop.give(shop.owner, "收银员", reprint=None)
    assert prints.reprint(shop.cashier, job.key, uid=new_uid())
    with pytest.raises(NeedsOverride) as refused:
        prints.reprint(shop.cashier, report, uid=new_uid())
    assert refused.value.fields["right"] == "see takings"


def test_an_old_job_asks_before_it_prints(shop: Shop, job: PrintJob) -> None:
    assert not job.is_stale
    shop.clock.move(minutes=11)
    assert PrintJob.get_by_id(job.key).is_stale
    print_queue.confirm_job(shop.cashier, job.key, uid=new_uid())
    assert not PrintJob.get_by_id(job.key).is_stale
    assert clock.now() - job.created_at > timedelta(minutes=10)


def test_how_long_a_job_may_wait_is_a_setting(shop: Shop, job: PrintJob) -> None:
    shop.clock.move(minutes=11)
    print_queue.ask_after(60)
    try:
        assert not PrintJob.get_by_id(job.key).is_stale
        shop.clock.move(minutes=50)
        assert PrintJob.get_by_id(job.key).is_stale
    finally:
        print_queue.ask_after(10)


def test_a_job_that_asks_holds_up_nobody(shop: Shop, job: PrintJob) -> None:
    shop.sell("1002")
    behind = next_job(job.printer, 1, after=job.key)
    assert behind is not None and behind.key > job.key
