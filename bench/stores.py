"""Stores to measure on: so many goods, so many earlier sales. Made once, kept in build/bench.

The sales of a day are made through the operations; further days are copies of that day with other
keys, numbers, dates and goods (bench/history.py), because a million sales through the operations
would take half an hour.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bench import goods_made
from models import store
from models.base import clock
from models.base.database import is_sqlite
from models.base.hot import Statement, query
from models.base.money import Money, currency
from models.base.quantity import Quantity
from models.base.settling import in_cash
from models.imports.import_plan import plan_import
from models.imports.imports import run_import
from models.ledger.daily import days, drawer, shift_life, shifts
from models.ledger.documents import Document
from models.ledger.ways.cash import cash_rule
from models.ledger.ways.tender_kinds import Paying
from models.selling import items
from models.sheets.sheets import read_sheet, write_sheet
from models.shop import basket, sales
from models.shop.basket import Basket
from models.stock.goods_import import GOODS
from models.trust import print_queue, sign_in
from models.trust.founding import Founding
from models.trust.operation import Session, new_uid

ROOT = Path(__file__).parent.parent / "build" / "bench"
LOGIN, PASSWORD = "1", "demo-manager"
CNY = currency("CNY")
# What a made store looks like inside; another number makes all of them anew.
SHAPE = 6
DAY_SALES = 1_000


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of a store, with its goods counted from 0 to `goods`."""

    folder: Path
    goods: int

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder / 'store.db'}"

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @contextmanager
    def opened(self, register: int = 1) -> Iterator[Session]:
        """The store open inside the block, the owner signed in."""
        store.open_store(self.url, self.keys, register=register)
        try:
            yield sign_in.sign_in(register, LOGIN, PASSWORD)
        finally:
            store.close_store()

    def copied(self, name: str) -> Place:
        """A copy for one measurement, in place of the copy before it."""
        folder = ROOT / "run" / name
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder)
        return Place(folder, self.goods)


def codes(goods: int, count: int, seed: int = 1) -> list[str]:
    """Bar codes of random goods; no two neighbours are the same, so each scan makes a line."""
    chance, found = random.Random(seed), [-1]
    while len(found) <= count:
        number = chance.randrange(goods)
        if number != found[-1]:
            found.append(number)
    return [goods_made.barcode(number) for number in found[1:]]


def place(goods: int, sales: int = 0) -> Place:
    """A store with so many goods and earlier sales and an open shift; made when it is not there."""
    folder = ROOT / f"store-{_fingerprint()}-{goods}-{sales}"
    if not folder.exists():
        making = ROOT / f"making-{os.getpid()}"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        _make(Place(making, goods), sales)
        making.rename(folder)
    return Place(folder, goods)


_known_print = ""


def _fingerprint() -> str:
    """Of the schema: a store that an older one made is not used."""
    global _known_print
    if not _known_print:
        with tempfile.TemporaryDirectory() as folder:
            _found(Place(Path(folder), 0), 0)
            text = query("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
            store.close_store()
        _known_print = hashlib.sha256(repr((SHAPE, text)).encode()).hexdigest()[:8]
    return _known_print


def _found(made: Place, days_before: int, *, url: str = "", registers: int = 1) -> Session:
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    first = today - timedelta(days=days_before)
    store.found_store(
        url or made.url,
        made.keys,
        Founding(
            name="街角便利店", owner_login=LOGIN, owner_name="王店长", owner_password=PASSWORD,
            first_day=first, registers=registers,
        ),
    )  # fmt: skip
    return sign_in.sign_in(1, LOGIN, PASSWORD)


def found_on(url: str, folder: Path, goods: int, *, registers: int) -> Place:
    """A new store at another address, such as a server's database; left closed."""
    made = Place(folder, goods)
    add_goods(_found(made, 0, url=url, registers=registers), goods)
    store.close_store()
    return made


def _make(made: Place, sales: int) -> None:
    from bench import history

    all_days = -(-sales // DAY_SALES)
    session = _found(made, all_days + bool(sales))
    if made.goods:
        add_goods(session, made.goods)
    if sales:
        # The goods were there the day before: the day that is copied only sells.
        close_day(session)
        with clock.use(lambda: datetime.now(UTC) - timedelta(days=all_days)):
            sell_day(session, made.goods, min(sales, DAY_SALES))
        # Their slips were printed long ago.
        query('UPDATE "print_job" SET "state" = ?', print_queue.PRINTED)
        history.copy_days(all_days - 1)
    shift_life.open_shift(session, {10_000: 5}, uid=new_uid())
    query("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close_store()


# --- goods

_HEADS = ("商品编码", "条码", "商品名称", "单位", "售价", "进价", "库存")
PIECES = 10_000


def add_goods(session: Session, count: int) -> None:
    """Goods with a code, a bar code, their words in the search index and an opening stock: they
    come in as a shop's do, so that the store verifies.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "goods.csv"
        made = enumerate(goods_made.goods(count))
        write_sheet(file, _HEADS, (_row(number, *one) for number, one in made))
        done = list(run_import(session, plan_import(GOODS, read_sheet(file))))[-1]
    assert done.new == count, done
    if not is_sqlite():
        # As it looks at its rows by itself. SQLite does so only when it is told to, which the
        # program never does: a shop's statements are not planned anew for each value.
        Statement("ANALYZE").run()


def _row(number: int, code: str, bars: str, name: str) -> tuple[str, ...]:
    price = price_of(number)
    return code, bars, name, "瓶", f"{price / 100:.2f}", f"{price * 6 / 1000:.3f}", str(PIECES)


def price_of(number: int) -> int:
    """The price of the goods with this number, in fen: whole jiao, as cash is paid in them."""
    return 100 + number * 37 % 490 * 10


# --- sales


def fill_basket(session: Session, scanned: Sequence[str]) -> Basket:
    """A new bill with a line for each code."""
    made = basket.new_basket(session)
    for code in scanned:
        basket.ring(made, items.find_item(code), Quantity.of(1))
    return made


def pay(session: Session, bill: Basket) -> Document:
    """Sell it for cash, in coins that there are."""
    due = bill.amount_due
    paying = [Paying(1, in_cash(due, cash_rule()) + Money(500, CNY))]
    return sales.sell(session, bill.draft, paying, shown=due, uid=new_uid())


def sell_many(session: Session, goods: int, count: int, seed: int = 1) -> None:
    """So many sales of five lines."""
    scanned = codes(goods, count * 5, seed)
    for start in range(0, len(scanned), 5):
        pay(session, fill_basket(session, scanned[start : start + 5]))


def sell_day(session: Session, goods: int, count: int) -> None:
    """A whole day: open, sell, count, close the shift and the day."""
    shift_life.open_shift(session, {10_000: 5}, uid=new_uid())
    sell_many(session, goods, count)
    close_shift(session)
    close_day(session)


def close_day(session: Session) -> None:
    """The date goes on by one."""
    day = days.BusinessDay.get(days.BusinessDay.state == days.OPEN).date
    days.close_day(session, next_day=day + timedelta(days=1), uid=new_uid())


def close_shift(session: Session) -> None:
    """Count what should be there, and close."""
    shift = shifts.current_shift(session.register)
    assert shift is not None
    expected = drawer.expected_cash(shift.key)
    shift_life.count_drawer(session, {1: expected.minor}, uid=new_uid())
    shift_life.close_shift(session, uid=new_uid())
