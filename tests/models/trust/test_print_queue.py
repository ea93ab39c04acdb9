"""Paper: exactly one state, nothing lost, nothing twice, copies counted for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.base import clock
from models.ledger import proof, shifts
from models.ledger.prints import print_x
from models.trust import print_queue
from models.trust.operation import NeedsOverride, new_uid
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
from tests.stores import Shop

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
    print_queue.answer_unknown(shop.cashier, job.key, printed=True, uid=new_uid())
    assert state(job) == PRINTED and print_queue.waiting(1) == 0
    with pytest.raises(JobNotThere):
        print_queue.answer_unknown(shop.cashier, job.key, printed=True, uid=new_uid())


def test_it_did_not_print_so_a_copy_does(shop: Shop, job: PrintJob) -> None:
    print_queue.mark_sending(job.key)
    print_queue.mark_unknown(job.key, "no answer")
    print_queue.answer_unknown(shop.cashier, job.key, printed=False, uid=new_uid())
    assert state(job) == DROPPED
    copy = next_job(job.printer, 1)
    assert copy is not None and (copy.subject, copy.copy_no) == (job.subject, 1)
    print_queue.drop_job(shop.cashier, copy.key, uid=new_uid())
    assert next_job(job.printer, 1) is None
    with pytest.raises(JobNotThere):
        print_queue.drop_job(shop.cashier, copy.key, uid=new_uid())


def test_copies_are_counted_for_ever(shop: Shop, job: PrintJob) -> None:
    with pytest.raises(NeedsOverride):
        print_queue.reprint(shop.cashier, job.key, uid=new_uid())
    for number in (1, 2, 3):
        key = print_queue.reprint(shop.manager, job.key, uid=new_uid())
        assert PrintJob.get_by_id(key).copy_no == number
    with pytest.raises(JobNotThere):
        print_queue.reprint(shop.manager, 4711, uid=new_uid())
    assert not proof.verify()


def test_takings_are_printed_for_those_who_may_see_them(shop: Shop, job: PrintJob) -> None:
    shift = shifts.current_shift(1)
    assert shift is not None
    with pytest.raises(NeedsOverride):
        print_x(shop.cashier, shift.key, uid=new_uid())
    report = print_x(shop.manager, shift.key, uid=new_uid())
    assert report is not None
    shop.give(shop.owner, "收银员 Cashier", reprint=None)
    assert print_queue.reprint(shop.cashier, job.key, uid=new_uid())
    with pytest.raises(NeedsOverride) as refused:
        print_queue.reprint(shop.cashier, report, uid=new_uid())
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
