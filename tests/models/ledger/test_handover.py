"""The slip of a hand-over: what was counted, the next float, and what the shift leaves open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.base.database import transaction
from models.hotel.charges.postings import post_to_folio
from models.hotel.charges.windows import own_folio
from models.hotel.stays.stays import Stay
from models.ledger.daily.handover import is_printed
from models.ledger.daily.shift_view import LeftView
from models.reports.handovers import handover_view
from models.shop.bill_life import hold_bill
from models.trust.operation import new_uid
from models.trust.print_queue import PrintJob
from models.trust.settings import store_value
from tests.models.hotel.house import furnish
from tests.models.hotel.staying import arrive
from tests.stores import FIRST_DAY, Shop, yuan


def _slip() -> Any:
    (job,) = PrintJob.select().where(PrintJob.kind == "handover")
    return handover_view(job.body)


def test_the_next_shift_reads_what_was_counted_and_what_is_open(shop: Shop) -> None:
    store_value(is_printed.name, True)
    shop.open_shift(5)
    shop.sell("1001")
    held = shop.bill("1001", "1002")
    hold_bill(shop.cashier, held.draft, title="老王", uid=new_uid())
    shop.bill("1003")
    shift = shop.close_shift()
    said = _slip()
    assert (said.number, said.cashier) == ("Z01-00001", "张收银")
    assert (said.counted, said.over_short) == (yuan("502.00"), yuan("0"))
    assert (said.next_float, said.to_safe) == (yuan("500.00"), yuan("2.00"))
    # Less than a float in the drawer: nothing of it goes to the safe.
    assert replace(said, counted=yuan("80.00")).to_safe == yuan("0")
    (left,) = said.left
    assert (left.title, left.count) == ("Unfinished bills", 2)
    assert left.pieces[1] == ("老王", yuan("5.50"))
    # What was open then, not what is open when the slip is printed once more.
    assert _slip() == said
    assert shift.number == 1


def test_nothing_is_printed_where_nobody_wants_it(shop: Shop) -> None:
    shop.open_shift(5)
    shop.close_shift()
    assert [job.kind for job in PrintJob.select()] == ["z"]


@pytest.mark.row("HTL-27")
def test_the_desk_leaves_who_has_not_settled_and_who_has_not_come(shop: Shop) -> None:
    """A house prints it without being told to."""
    house = furnish(shop)
    shop.open_shift(5, shop.owner)
    stay = arrive(house)
    post_to_folio(house.desk, own_folio(stay.key), "3000", yuan("8"), uid=new_uid())
    with transaction():
        Stay.update(departure=FIRST_DAY).where(Stay.key == stay.key).execute()
    house.book(FIRST_DAY, FIRST_DAY + timedelta(days=2), name="李娜")
    shop.close_shift(shop.owner)
    assert _slip().left == (
        LeftView("To leave today, not settled", 1, (("201 张三", yuan("8.00")),)),
        LeftView("Expected, not come yet", 1, (("TWN 李娜", None),)),
    )
