"""Two counters on one database: each in a terminal of its own, both after the last piece."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from models.ledger.documents import Document
from models.ledger.proving.proof import verify
from models.selling.items import find_item
from models.shop.trade import SALE
from models.stock.stock import stock_of
from models.trust import settings
from tests.databases import Stores
from tests.flows.conftest import Counter
from tests.flows.counter_program import LAST, WATER, configure, copy_floor, make_floor
from tests.flows.till import Till, books_of

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(180), pytest.mark.row("NFR-13")]


@pytest.fixture
def two(stores: Stores, tmp_path: Path, till: Counter) -> tuple[Till, Till, Path, str]:
    """Two tills on a PostgreSQL store that refuses to sell what is not there, and a third number
    for what a test does beside them.
    """
    url = stores.empty("postgres")
    first = tmp_path / "first"
    make_floor(first, url=url, registers=3)
    with books_of(first, url):
        settings.store_value("stock.below_zero", "refuse")
    second = tmp_path / "second"
    copy_floor(first, second)
    tills = []
    for register, folder in enumerate((first, second), 1):
        configure(folder, url=url, register=register)
        one: Till = till(folder)
        one.begin()
        tills.append(one)
    return tills[0], tills[1], first, url


def to_payment(term: Till) -> None:
    term.scan(LAST)
    term.wait_total("88.00")
    term.pump(0.15)
    term.key("enter")
    term.see("Ways to pay")


def test_of_two_who_sell_the_last_piece_one_wins(two: tuple[Till, Till, Path, str]) -> None:
    one, other, folder, url = two
    for term in (one, other):
        to_payment(term)
    threads = [threading.Thread(target=term.send, args=("\r",)) for term in (one, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    paid: list[Till] = []
    refused: list[Till] = []
    for term in (one, other):
        term.pump(3.0)
        (paid if term.w("Paid: {number}", number="") in term.text() else refused).append(term)
    assert len(paid) == len(refused) == 1, f"{one.text()}\n{other.text()}"
    assert LAST.name in refused[0].text(), "the refusal names what is gone"
    assert refused[0].bells

    # The loser's till goes on: nobody approves, the line comes off, something else is sold.
    loser = refused[0]
    for key in ("f12", "f12", "f3"):
        # The approval, what was refused, the payment.
        loser.key(key)
        loser.calm()
    loser.see("Hold")
    loser.wait_total("88.00")
    loser.key("delete")
    loser.wait_total("0.00")
    loser.scan(WATER)
    loser.wait_total("2.00")
    loser.pay_exact()
    for term in (one, other):
        term.close()
        term.has_ended = True
    with books_of(folder, url):
        assert verify() == []
        totals = sorted(str(sale.total) for sale in Document.select().where(Document.kind == SALE))
        assert totals == ["2.00", "88.00"]
        assert str(stock_of(find_item(LAST.code).goods).quantity) == "0"


def test_a_bill_held_at_one_counter_is_fetched_at_the_other(
    two: tuple[Till, Till, Path, str],
) -> None:
    one, other, _folder, _url = two
    one.scan(WATER, WATER)
    one.wait_total("4.00")
    one.pump(0.15)
    one.key("f5")
    one.wait_total("0.00")
    other.key("f8")
    other.wait_total("4.00")
    other.pay_exact()
    one.key("f8")
    one.see("No bill is on hold.")


def test_a_register_is_run_by_one_counter_only(
    two: tuple[Till, Till, Path, str], till: Counter
) -> None:
    """A third program with the first one's number is refused in words, and both sell on."""
    one, other, folder, _url = two
    third: Till = till(folder)
    status = third.wait_end(20)
    assert status == 1
    assert "".join(third.w("refusal.RegisterTaken", register=1).split())[:8] in third.flat()
    for term in (one, other):
        term.scan(WATER)
        term.wait_total("2.00")
        term.pay_exact()
