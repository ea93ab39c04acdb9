"""Eight real days of a supermarket's vegetable counter, through the operations that a shop uses.

The goods come in by the import; each recorded line is a bill of its own, weighed and paid at its
time; each day has its shift, count, Z and close. The sums are those that the records' README tells.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from models import store
from models.base import clock
from models.base.money import Money
from models.base.quantity import Quantity
from models.goods.goods import Goods
from models.goods.records import save_goods
from models.imports.import_plan import plan_import
from models.imports.imports import run_import
from models.ledger.accounts import (
    COST_OF_SALES,
    DRAWER,
    OPENING_EQUITY,
    OUTPUT_TAX,
    SAFE,
    SALES,
    STOCK,
    WECHAT_CLEARING,
)
from models.ledger.daily import days, drawer, shift_life, shifts
from models.ledger.proving.proof import trial_balance, verify
from models.ledger.ways.tender_kinds import Paying
from models.reports.report import Period, make
from models.reports.takings import day_view, shift_view
from models.reports.takings_lists import BY_CATEGORY, BY_DAY, BY_ITEM
from models.selling.items import find_item
from models.sheets.sheets import read_sheet
from models.shop import basket, bill_changes, sales
from models.stock.goods_import import GOODS
from models.stock.stock import stock_of
from models.trust.founding import Founding
from models.trust.operation import Session, new_uid
from models.trust.settings import change_settings
from models.trust.users import User
from tests.databases import Stores
from tests.flows.counter_program import (
    CASHIER,
    CNY,
    MANAGER,
    MANAGER_PASSWORD,
    ZONE,
    hire,
)
from tests.stores import yuan

RECORDS = "till/vegetable_scans_2023-06-16_23.csv"
FIRST = date(2023, 6, 16)
CASH, WECHAT = 1, 3
STOCKED = Quantity.of(1000)
# By the README: lines and rounded money of each day; money and kilograms of each category.
DAYS = (
    (554, "2427.86"), (993, "3761.99"), (932, "3626.20"), (496, "1854.19"),
    (455, "1803.94"), (560, "2137.00"), (759, "3134.92"), (593, "2227.91"),
)  # fmt: skip
CATEGORIES = {
    "花叶类": ("7027.71", "1401.720"), "辣椒类": ("4501.37", "842.946"),
    "食用菌": ("2785.18", "502.665"), "水生根茎类": ("2739.61", "169.281"),
    "花菜类": ("2064.33", "142.751"), "茄类": ("1855.81", "251.500"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the records."""

    at: datetime
    code: str
    weight: Quantity
    price: Money
    is_marked_down: bool

    @property
    def day(self) -> date:
        return self.at.date()


def read_lines(path: Path, *, upto: date) -> list[Line]:
    """The lines of the days up to one, in the order of their scans."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        lines = [
            Line(
                datetime.fromisoformat(f"{row['销售日期']}T{row['扫码销售时间']}+08:00"),
                row["单品编码"],
                Quantity.parse(row["销量(千克)"]),
                Money.parse(row["销售单价(元/千克)"], CNY),
                row["是否打折销售"] == "是",
            )
            for row in rows
        ]
    return [line for line in lines if line.day <= upto]


@dataclass(slots=True)
class Counter:
    """The vegetable counter, its people, and what it should have taken."""

    now: datetime
    manager: Session = field(init=False)
    cashier: Session = field(init=False)
    price: dict[str, Money] = field(default_factory=dict)
    by_tender: dict[int, Money] = field(default_factory=lambda: defaultdict(lambda: Money(0, CNY)))
    sold: dict[str, Quantity] = field(default_factory=lambda: defaultdict(lambda: Quantity(0)))
    z: dict[date, int] = field(default_factory=dict)

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=10)
        return self.now

    def go_to(self, day: date, hour: int) -> None:
        self.now = datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)

    # The shop.

    def found(self, url: str, keys_folder: Path, items: Path) -> None:
        store.found_store(
            url, keys_folder,
            Founding(
                name="菜店", owner_login=MANAGER, owner_name="店长",
                owner_password=MANAGER_PASSWORD,
                first_day=FIRST, tax_percent="9",
            ),
        )  # fmt: skip
        owner = Session(User.get(User.login == MANAGER).key, 1)
        hire(owner, "zh")
        # The records are to the fen; the smallest coin of a new store is one jiao.
        change_settings(owner, {"cash.step": 1}, uid=new_uid())
        self.manager = owner
        self.cashier = Session(User.get(User.login == CASHIER).key, 1)
        defaults = {
            "price": "0", "unit": "千克", "is_weighed": "是", "stock": str(STOCKED), "cost": "2.5",
        }  # fmt: skip
        plan = plan_import(GOODS, read_sheet(items), defaults=defaults)
        (*_, last) = run_import(self.manager, plan)
        assert (last.new, last.refused) == (251, 0)

    # Its days.

    def live(self, day: date, lines: list[Line]) -> None:
        self.go_to(day, 8)
        shift_life.open_shift(self.cashier, {10_000: 2, 1_000: 10, 100: 50}, uid=new_uid())
        for number, line in enumerate(lines):
            self.now = line.at
            self.sell(line, CASH if number % 3 == 0 else WECHAT)
        self.go_to(day, 22)
        shift = shifts.current_shift(1)
        assert shift is not None
        cash = drawer.expected_cash(shift.key).minor
        counts = {100: cash // 100, 1: cash % 100}
        shift_life.count_drawer(self.cashier, counts, uid=new_uid())
        self.z[day] = shift_life.close_shift(self.cashier, uid=new_uid()).key
        self.go_to(day, 23)
        days.close_day(self.manager, next_day=day + timedelta(days=1), uid=new_uid())

    def sell(self, line: Line, tender: int) -> None:
        """A weighed bill. The shelf's price is changed by the record of goods; a marked-down one
        by the manager on the bill.
        """
        if not line.is_marked_down or line.code not in self.price:
            self.set_price(line.code, line.price)
        bill = basket.open_basket(self.cashier)
        place = basket.ring_code(bill, line.code, line.weight, is_sure=True)
        if line.price != self.price[line.code]:
            number = bill.lines[place].number
            bill_changes.override_price(self.manager, bill.draft, number, line.price, uid=new_uid())
            bill = basket.refresh(bill)
        due = bill.amount_due
        paying = Paying(tender, due)
        sales.sell(self.cashier, bill.draft, [paying], shown=due, uid=new_uid())
        self.by_tender[tender] += due
        self.sold[line.code] += line.weight

    def set_price(self, code: str, price: Money) -> None:
        if self.price.get(code) == price:
            return
        goods = Goods.get(Goods.code == code)
        save_goods(self.manager, goods.key, version=goods.version, price=price, uid=new_uid())
        self.price[code] = price


@pytest.fixture
def counter(stores: Stores, real_data: Path) -> Iterator[Callable[[str], Counter]]:
    """Founds the counter on an engine; the store is open as long as the test runs."""
    one = Counter(datetime(2023, 6, 16, 6, tzinfo=ZONE))
    with clock.use(one):

        def found(engine: str) -> Counter:
            folder = stores.folder / f"keys-vegetables-{engine}"
            items = real_data / "goods" / "vegetable_items.csv"
            one.found(stores.empty(engine), folder, items)
            return one

        yield found
        store.close_store()
    stores.drop_made()


def live_until(one: Counter, path: Path, last: date) -> None:
    lines = read_lines(path, upto=last)
    for day in sorted({line.day for line in lines}):
        one.live(day, [line for line in lines if line.day == day])


def check_days(one: Counter, count: int) -> None:
    """Report, Z and day's slip of each day say what the README says."""
    last = FIRST + timedelta(days=count - 1)
    report = make(one.manager, BY_DAY, Period(FIRST, last))
    found = [(row[0], row[1], row[-1]) for row in report.rows]
    assert found == [
        (FIRST + timedelta(days=n), bills, yuan(money))
        for n, (bills, money) in enumerate(DAYS[:count])
    ]
    for day, key in one.z.items():
        bills, money = DAYS[(day - FIRST).days]
        z, whole = shift_view(key), day_view(day)
        assert (z.sales_count, z.sales_total) == (bills, yuan(money))
        assert (whole.sales_count, whole.sales_total) == (bills, yuan(money))
        assert z.over_short == yuan("0") and whole.over_short == yuan("0")
        assert Money.total((t.amount for t in z.tenders), CNY) == yuan(money)
        assert Money.total((c[2] for c in z.categories), CNY) == yuan(money)
        assert Money.total((t.net + t.tax for t in z.taxes), CNY) == yuan(money)


def check_books(one: Counter, total: Money, last: date) -> None:
    """The trial balance: what was taken lies in the safe and at WeChat, and was earned."""
    lines = {line.account: line.closing for line in trial_balance(FIRST, last)}
    assert sum(amount.minor for amount in lines.values()) == 0
    assert lines[SALES] + lines[OUTPUT_TAX] == -total
    assert lines[WECHAT_CLEARING] == one.by_tender[WECHAT]
    # The float went out of the safe each morning and came back each evening.
    assert lines[SAFE] == one.by_tender[CASH]
    assert lines[DRAWER] == yuan("0")
    assert one.by_tender[CASH] + one.by_tender[WECHAT] == total
    assert lines[STOCK] == -lines[OPENING_EQUITY] - lines[COST_OF_SALES]
    for code, weight in one.sold.items():
        assert stock_of(find_item(code).goods).quantity == STOCKED - weight, code
    assert verify() == []


@pytest.mark.search
@pytest.mark.row("TIL-01", "ORD-26", "NFR-03")
def test_one_real_day(counter: Callable[[str], Counter], real_data: Path, engine: str) -> None:
    one = counter(engine)
    live_until(one, real_data / RECORDS, FIRST)
    check_days(one, 1)
    check_books(one, yuan("2427.86"), FIRST)


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.row("TIL-01", "ORD-26", "NFR-03")
def test_eight_real_days(counter: Callable[[str], Counter], real_data: Path) -> None:
    one = counter("sqlite")
    last = FIRST + timedelta(days=7)
    live_until(one, real_data / RECORDS, last)
    check_days(one, 8)
    check_books(one, yuan("20974.01"), last)

    report = make(one.manager, BY_CATEGORY, Period(FIRST, last))
    found: dict[str, Any] = {row[1]: (row[-1], row[2]) for row in report.rows}
    assert found == {
        name: (yuan(money), Quantity.parse(weight)) for name, (money, weight) in CATEGORIES.items()
    }
    assert report.totals[-1] == yuan("20974.01")
    weight = Quantity(sum(row[2].thousandths for row in report.rows))
    assert weight == Quantity.parse("3310.863")
    items = make(one.manager, BY_ITEM, Period(FIRST, last))
    assert len(items.rows) == 50 and items.totals[-1] == yuan("20974.01")
