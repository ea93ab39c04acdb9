"""Several counters on one store: of many who want one thing exactly one gets it, and the books
agree afterwards.
"""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from models import store
from models.base import database
from models.base.database import StoreInUse, StoreLost
from models.base.hot import query
from models.base.quantity import Quantity
from models.goods.goods import Goods
from models.ledger import folio_kinds, folios
from models.ledger.daily import days
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender
from models.members.kinds import VOUCHER
from models.members.lots import lots_of
from models.members.vouchers import sell_voucher
from models.reports.takings import day_view
from models.selling import items
from models.shop import basket, bill_life
from models.trust import registers
from models.trust.operation import new_uid
from models.trust.registers import RegisterTaken
from models.trust.settings import change_settings
from tests.databases import own_server
from tests.models import contenders
from tests.models.contenders import contend
from tests.stores import CASH, FIRST_DAY, Shop, sound, yuan

pytestmark = [pytest.mark.row("NFR-13", "NFR-02"), pytest.mark.timeout(300)]


@pytest.fixture
def several(shop_on: Callable[[str], Shop]) -> Shop:
    """A shop on PostgreSQL, open here at register 1."""
    return shop_on("postgres")


def contended(shop: Shop, work: Callable[..., list[str]], *given: object) -> Counter[str]:
    """Leave the store to four counters; what they told, how often."""
    store.close_store()
    told = contend(shop.url, shop.keys_folder, work, *given)
    store.open_store(shop.url, shop.keys_folder, register=1)
    return Counter(answer for _, answers in told for answer in answers)


def test_the_last_pieces(several: Shop) -> None:
    change_settings(several.owner, {"stock.below_zero": "refuse"}, uid=new_uid())
    told = contended(several, contenders.sell, "1004", 3)
    sold = [answer for answer in told if answer != "OutOfStock"]
    assert len(sold) == 3 and told["OutOfStock"] == 9
    assert all(answer.startswith("S0") for answer in sold)
    assert query('SELECT "quantity" FROM "stock" ORDER BY "quantity" LIMIT 1') == [(0,)]
    sound()


def test_a_busy_day_at_four_counters(several: Shop) -> None:
    change_settings(several.owner, {"stock.below_zero": "refuse"}, uid=new_uid())
    told = contended(several, contenders.whole_day, "1002", 20)
    others = {k: v for k, v in told.items() if not k.startswith("S0")}
    assert told.pop("OutOfStock") == 20, others
    # Sixty pieces, sixty winners, and at each register the numbers run on without a gap.
    assert len(told) == 60 and set(told.values()) == {1}
    for register in range(1, 5):
        mine = sorted(answer for answer in told if answer.startswith(f"S{register:02d}-"))
        assert mine == [f"S{register:02d}-{n:06d}" for n in range(1, len(mine) + 1)]
    days.close_day(several.owner, next_day=contenders.next_after(FIRST_DAY), uid=new_uid())
    sound()


def test_a_slow_counter_has_its_turn_among_quick_ones(several: Shop) -> None:
    """Whoever lost a few times goes alone: it is not told that the store is busy."""
    assert contended(several, contenders.slow_or_quick, 6.0) == {"changed 1": 1}


@pytest.mark.row("ORD-18")
def test_the_last_pieces_come_back(several: Shop) -> None:
    """Three were sold: of eight that come back at four counters three are taken."""
    several.open_shift(session=several.owner)
    bill = several.bill(session=several.owner)
    basket.ring(bill, items.find_item("1002"), Quantity.of(3))
    sale = several.pay(basket.refresh(bill), session=several.owner)
    several.close_shift(several.owner)
    told = contended(several, contenders.take_back, sale.key, 2)
    back = [answer for answer in told if answer.startswith("R0")]
    assert len(back) == 3 and told["ReturnTooMuch"] == 5
    assert query('SELECT sum("given") FROM "return_line"') == [(1050,)]
    sound()


def test_one_account_that_all_charge(several: Shop) -> None:
    """The limit holds although nobody sees what the others are doing."""
    folio = folios.open_folio(
        several.owner, kind=folio_kinds.COMPANY, name="客户", limit=yuan("60"), uid=new_uid()
    )
    told = contended(several, contenders.charge, folio.key, 5)
    assert told["CreditLimitExceeded"] == 8 and sum(told.values()) == 20
    assert folios.Folio.get_by_id(folio.key).balance == yuan("60")
    sound()


@pytest.mark.row("TIL-01")
def test_one_voucher_that_all_take(several: Shop) -> None:
    """22.00 on it, goods of 5.00: it pays four times and not once more."""
    several.open_shift()
    cash, number = [Paying(CASH, yuan("22"))], "9900000000004"
    sell_voucher(several.cashier, number, cash, amount=yuan("22"), uid=new_uid())
    several.close_shift()
    voucher = Tender.get(Tender.kind == VOUCHER).number
    told = contended(several, contenders.charge, None, 3, voucher, number)
    assert told["LotTooLittle"] == 8 and sum(told.values()) == 12
    assert [str(lot.rest) for lot in lots_of(number)] == ["2.00"]
    sound()


def test_who_closes_the_day(several: Shop) -> None:
    told = contended(several, contenders.close_day, contenders.next_after(FIRST_DAY))
    assert told == {"2026-03-03": 1, "NextDayWrong": 3}
    assert query('SELECT count(*) FROM "day_seal"') == [(1,)]
    sound()


@pytest.mark.row("NFR-03")
def test_one_closes_the_day_while_the_others_sell(several: Shop) -> None:
    """Each bill lands on one side of the close, and the day that was signed stays as it was."""
    change_settings(several.owner, {"day.shifts_go_over": True}, uid=new_uid())
    told = contended(several, contenders.sell_over_the_close, contenders.next_after(FIRST_DAY))
    assert told.pop("closed") == 1 and set(told) == {"2026-03-02", "2026-03-03"}, told
    booked = query('SELECT "day", count(*) FROM "document" WHERE "kind" = \'sale\' GROUP BY "day"')
    assert {day: int(count) for day, count in booked} == told
    slip = day_view(FIRST_DAY)
    assert slip.sales_count == told["2026-03-02"]
    # Three drawers with 100.00, and 3.50 in them for each bill of the old date.
    drawers = sum(each.drawer.minor for each in slip.shifts_over)
    assert (len(slip.shifts_over), drawers) == (3, 30_000 + 350 * told["2026-03-02"])
    sound()


def test_who_fetches_a_held_bill(several: Shop) -> None:
    held = several.bill("1001", "1002")
    bill_life.hold_bill(several.cashier, held.draft, title="later", uid=new_uid())
    told = contended(several, contenders.fetch, held.draft)
    # Whoever gets it is told that nothing was put aside for it.
    assert told == {"": 1, "DraftGone": 3}
    sound()


def test_one_uid_in_four_processes(several: Shop) -> None:
    """A retry, wherever it comes from, gives the first result."""
    told = contended(several, contenders.open_account, new_uid())
    assert len(told) == 1 and sum(told.values()) == 4
    assert query('SELECT count(*) FROM "folio"') == [(1,)]
    sound()


def test_a_register_is_claimed_once(several: Shop) -> None:
    store.close_store()
    told = dict(contend(several.url, several.keys_folder, contenders.sit, 0.0))
    assert told == {n: ["held"] for n in range(1, 5)}
    store.open_store(several.url, several.keys_folder, register=2)
    told = dict(_one_taken(several))
    assert told[2][0].startswith("RegisterTaken")
    # Given back with the connection.
    store.close_store()
    store.open_store(several.url, several.keys_folder, register=2)


def _one_taken(shop: Shop) -> list[contenders.Told]:
    code = (
        "from pathlib import Path; from models import store; "
        f"store.open_store({shop.url!r}, Path({str(shop.keys_folder)!r}), register=2)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    last = done.stderr.strip().rpartition("\n")[2]
    return [(2, [last.rpartition(".")[2]])]


def test_the_server_goes_away_and_comes_back(several: Shop) -> None:
    """Refused; the same uid does it once afterwards; the register is claimed again."""
    several.open_shift()
    bill = several.bill("1001")
    due, uid = bill.amount_due, new_uid()
    ((backend,),) = query("SELECT pg_backend_pid()")
    _terminate(several.url, backend)
    with pytest.raises(StoreLost):
        several.pay(bill, due, uid=uid)
    sold = several.pay(bill, due, uid=uid)
    again = several.pay(bill, due, uid=uid)
    assert (sold.label, again.label) == ("S01-000001", "S01-000001")
    with pytest.raises(RegisterTaken):
        _claim_elsewhere(several)
    sound()


def test_a_query_finds_the_server_again(several: Shop) -> None:
    """No operation is needed to come back, and whoever only looks is refused in words as well."""
    looks: list[Callable[[], object]] = [
        lambda: query('SELECT count(*) FROM "goods"'),
        lambda: Goods.select().count(),
        lambda: list(Goods.select()),
    ]
    for look in looks:
        ((backend,),) = query("SELECT pg_backend_pid()")
        _terminate(several.url, backend)
        with pytest.raises(StoreLost):
            look()
        assert look()
        with pytest.raises(RegisterTaken):
            _claim_elsewhere(several)


@pytest.mark.parametrize("deaths", [3, pytest.param(40, marks=pytest.mark.long)])
def test_a_server_that_dies_in_the_middle_of_a_query(deaths: int) -> None:
    """Whatever the moment, a query is answered, or refused as any lost server is."""
    chance, told = random.Random(5), Counter[str]()
    with own_server() as server:
        database.connect(server.url)
        try:
            for _ in range(deaths):
                stopping = threading.Timer(chance.uniform(0.02, 0.3), server.stop)
                stopping.start()
                told[_ask_until_refused(chance)] += 1
                stopping.join()
                server.start()
                assert query("SELECT 1") == [(1,)]
        finally:
            database.close()
    assert told == {"StoreLost": deaths}


_SLOW = "SELECT count(*) FROM generate_series(1, ?) AS a CROSS JOIN generate_series(1, 100) AS b"


def _ask_until_refused(chance: random.Random) -> str:
    """Ask in each of the ways that screens do, until one is not answered; its error's name."""
    try:
        while True:
            size = chance.randrange(1, 20_000)
            query(_SLOW, size)
            database.database.execute_sql(_SLOW.replace("?", "%s"), [size]).fetchall()
            with database.transaction():
                query(_SLOW, size)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
        return type(error).__name__


def _terminate(url: str, backend: int) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [backend])


def _claim_elsewhere(shop: Shop) -> None:
    import psycopg

    with psycopg.connect(shop.url, autocommit=True) as other:
        key = [registers._LOCK_CLASS + database.store_number(), 1]
        row = other.execute("SELECT pg_try_advisory_lock(%s, %s)", key).fetchone()
        assert row is not None
        if not row[0]:
            raise RegisterTaken(register=1)


def test_sqlite_serves_one_process(shop_on: Callable[[str], Shop]) -> None:
    shop = shop_on("sqlite")
    code = (
        "from pathlib import Path; from models import store; from models.base import database; "
        "database._PRAGMAS = tuple((n, 50 if n == 'busy_timeout' else v) "
        "for n, v in database._PRAGMAS); "
        f"store.open_store({shop.url!r}, Path({str(shop.keys_folder)!r}), register=1)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert StoreInUse.__name__ in done.stderr.strip().rpartition("\n")[2]
    # The one that was there first goes on.
    shop.open_shift()
    shop.sell("1001")
    sound()
