"""Three real days of a gift wholesaler, with his credit notes, and three real months of a grocer,
with loyalty discounts and makers' coupons, through the operations that a shop uses; and the busiest
hour of the wholesaler at four counters at once. The sums are those that the records' README tells.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from models import store
from models.base import clock
from models.base.hot import query
from models.base.money import Money
from models.base.quantity import Quantity
from models.goods.goods import Goods
from models.goods.records import save_goods
from models.imports.import_plan import plan_import
from models.imports.imports import run_import
from models.ledger.accounts import OUTPUT_TAX, PLATFORM_CLEARING, SALES
from models.ledger.daily import days, drawer, shift_life, shifts
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import open_folio
from models.ledger.proving.proof import trial_balance, verify
from models.ledger.ways.tender_kinds import PLATFORM, Paying
from models.ledger.ways.tenders import Tender, save_tender
from models.reports.report import Period, make
from models.reports.takings import day_view, shift_view
from models.reports.takings_lists import BY_CATEGORY, BY_DAY, BY_KIND
from models.sheets.sheets import read_sheet
from models.shop import basket, bill_changes, sales
from models.shop.unslipped import return_without_slip
from models.stock.goods_import import GOODS
from models.stock.stock import adjust_stock
from models.trust.founding import Founding
from models.trust.operation import Session, new_uid
from models.trust.registers import save_register
from models.trust.settings import change_settings
from models.trust.users import User
from tests.databases import Stores
from tests.flows.counter_program import CNY, MANAGER_PASSWORD, ZONE, hire
from tests.models import replaying
from tests.models.contenders import contend
from tests.models.replaying import BillLines
from tests.stores import CASH

GIFTS = "till/gift_wholesaler_2010-12-01_04.csv"
BASKETS, PRODUCTS = "till/grocer_2017-03_05.csv", "till/grocer_products.csv"
STOCKED = 100_000

pytestmark = [pytest.mark.long, pytest.mark.row("TIL-01", "ORD-18", "ORD-26", "NFR-03")]


def yuan(text: str) -> Money:
    return Money.parse(text, CNY)


@dataclass(slots=True)
class Books:
    """The store, its clock, and who works in it."""

    now: datetime

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=10)
        return self.now

    def found(self, url: str, keys_folder: Path, first: date) -> None:
        self.now = datetime(first.year, first.month, first.day, tzinfo=ZONE)
        founding = Founding(
            name="店", owner_login="owner", owner_name="店长", owner_password=MANAGER_PASSWORD,
            first_day=first, tax_percent="20",
        )  # fmt: skip
        store.found_store(url, keys_folder, founding)
        hire(self.owner, "zh")
        change_settings(self.owner, {"cash.step": 1}, uid=new_uid())

    @property
    def owner(self) -> Session:
        return Session(User.get(User.login == "owner").key, 1)

    def bring_in(self, path: Path, rows: list[tuple[str, str, str, str]]) -> None:
        """Goods by code, name, price and category, from a sheet as any other."""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["编码", "品名", "售价", "分类", "库存", "进价"])
            writer.writerows((*row, STOCKED, "0.5") for row in rows)
        (*_, last) = run_import(self.owner, plan_import(GOODS, read_sheet(path)))
        assert (last.new, last.refused) == (len(rows), 0)

    def set_price(self, code: str, price: Money) -> None:
        """The shelf's price is changed by the record of goods."""
        goods = Goods.get(Goods.code == code)
        if goods.price != price:
            save_goods(self.owner, goods.key, version=goods.version, price=price, uid=new_uid())

    def open(self, day: date) -> None:
        self.now = datetime(day.year, day.month, day.day, tzinfo=ZONE)
        shift_life.open_shift(self.owner, {10_000: 50}, uid=new_uid())

    def close(self, day: date) -> int:
        """X, count, Z and day; the key of the shift. The Z is the X of the last moment."""
        self.now = datetime(day.year, day.month, day.day, 23, 59, 30, tzinfo=ZONE)
        shift = shifts.current_shift(1)
        assert shift is not None
        x = shift_view(shift.key)
        cash = drawer.expected_cash(shift.key).minor
        shift_life.count_drawer(self.owner, {100: cash // 100, 1: cash % 100}, uid=new_uid())
        shift_life.close_shift(self.owner, uid=new_uid())
        z = shift_view(shift.key)
        assert (x.sales_total, x.returns_total, x.tenders, x.categories, x.taxes) == (
            z.sales_total, z.returns_total, z.tenders, z.categories, z.taxes,
        )  # fmt: skip
        days.close_day(self.owner, next_day=day + timedelta(days=1), uid=new_uid())
        return int(shift.key)

    def earned(self, first: date, last: date) -> Money:
        """What the books say was sold, with its tax."""
        lines = {line.account: line.closing for line in trial_balance(first, last)}
        assert sum(amount.minor for amount in lines.values()) == 0
        return -(lines[SALES] + lines[OUTPUT_TAX])


@pytest.fixture
def books(stores: Stores) -> Iterator[Callable[[str, date], tuple[Books, str, Path]]]:
    """Founds a store on an engine; it is open as long as the test runs."""
    one = Books(datetime(2010, 12, 1, tzinfo=ZONE))
    with clock.use(one):

        def found(engine: str, first: date) -> tuple[Books, str, Path]:
            url, folder = stores.empty(engine), stores.folder / f"keys-trade-{engine}"
            one.found(url, folder, first)
            return one, url, folder

        yield found
        store.close_store()
    stores.drop_made()


# --- the wholesaler


Row = dict[str, str]


def gift_documents(path: Path) -> dict[str, list[Row]]:
    """The lines of each document, in their order; codes are one whatever their letters are."""
    found: dict[str, list[Row]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            row["StockCode"] = row["StockCode"].upper().replace(" ", "")
            found[row["InvoiceNo"]].append(row)
    return found


def gift_goods(documents: dict[str, list[Row]]) -> list[tuple[str, str, str, str]]:
    """Each code with the price at which most of its lines were sold."""
    prices: dict[str, Counter[str]] = defaultdict(Counter)
    names: dict[str, str] = {}
    for rows in documents.values():
        for row in rows:
            prices[row["StockCode"]][row["UnitPrice"]] += 1
            names.setdefault(row["StockCode"], row["Description"].strip())
    return [
        (code, f"{names[code]} {code}".strip(), prices[code].most_common(1)[0][0], "礼品")
        for code in sorted(prices)
    ]


def lines_of(rows: list[Row]) -> BillLines:
    """What is rung: code, pieces, price in minor units."""
    return [
        (row["StockCode"], abs(int(row["Quantity"])), yuan(row["UnitPrice"]).minor) for row in rows
    ]


@dataclass(slots=True)
class Wholesaler:
    """Sells to companies on account and to others for cash; what comes back is paid in cash."""

    books: Books
    accounts: dict[str, int]

    def account_of(self, customer: str) -> int:
        if customer not in self.accounts:
            folio = open_folio(
                self.books.owner, kind=COMPANY, name=customer, limit=yuan("1000000"), uid=new_uid()
            )
            self.accounts[customer] = folio.key
        return self.accounts[customer]

    def book(self, rows: list[Row]) -> str:
        """One document; what it was."""
        self.books.now = datetime.fromisoformat(rows[0]["InvoiceDate"]).replace(tzinfo=ZONE)
        is_credit = rows[0]["InvoiceNo"].startswith("C")
        if not is_credit and int(rows[0]["Quantity"]) < 0:
            goods = Goods.get(Goods.code == rows[0]["StockCode"])
            less = Quantity.of(int(rows[0]["Quantity"]))
            adjust_stock(self.books.owner, goods, less, reason="更正", uid=new_uid())
            return "correction"
        bill = replaying.rung(self.books.owner, lines_of(rows))
        due = bill.amount_due
        if is_credit:
            return_without_slip(
                self.books.owner, bill.draft, [Paying(CASH, -due)], shown=due, reason="damaged",
                uid=new_uid(),
            )  # fmt: skip
            return "return"
        sales.sell(
            self.books.owner, bill.draft, [self.paying(rows[0]["CustomerID"], due)], shown=due,
            uid=new_uid(),
        )  # fmt: skip
        return "sale"

    def paying(self, customer: str, due: Money) -> Paying:
        if not customer or not due:
            return Paying(CASH, due)
        number = Tender.get(Tender.kind == "account").number
        return Paying(number, due, folio=self.account_of(customer))


@pytest.mark.timeout(1800)
def test_three_real_days_of_a_wholesaler(books: Any, real_data: Path, tmp_path: Path) -> None:
    first = date(2010, 12, 1)
    one, _, _ = books("sqlite", first)
    documents = gift_documents(real_data / GIFTS)
    goods = gift_goods(documents)
    one.bring_in(tmp_path / "goods.csv", goods)
    seller = Wholesaler(one, {})
    found: dict[date, Counter[str]] = {}
    shift_keys = {}
    for n in range(3):
        day = first + timedelta(days=n)
        one.open(day)
        today = [rows for rows in documents.values() if rows[0]["InvoiceDate"].startswith(f"{day}")]
        found[day] = Counter(seller.book(rows) for rows in today)
        shift_keys[day] = one.close(day)
    # By the README: documents and net of each day, the credit notes, and the pieces.
    assert [sum(each.values()) for each in found.values()] == [143, 167, 108]
    assert sum(each["return"] for each in found.values()) == 36
    last = first + timedelta(days=2)
    report = make(one.owner, BY_DAY, Period(first, last))
    nets = ["58635.56", "46207.28", "45620.46"]
    assert [str(row[-1]) for row in report.rows] == nets
    assert [row[1] for row in report.rows] == [each["sale"] for each in found.values()]
    assert report.totals[-1] == yuan("150463.30") == one.earned(first, last)
    returned = [
        row[-1] for row in make(one.owner, BY_KIND, Period(first, last)).rows if row[1] == "Return"
    ]
    assert Money.total(returned, CNY) == yuan("-3189.58")
    for (day, key), net in zip(shift_keys.items(), nets, strict=True):
        z = shift_view(key)
        assert Money.total((t.amount for t in z.tenders), CNY) == yuan(net)
        assert Money.total((c[2] for c in z.categories), CNY) == yuan(net)
        assert z.over_short == day_view(day).over_short == yuan("0")
    ((left,),) = query('SELECT sum("quantity") FROM "stock"')
    # The records count 1,398 pieces that were written off below zero; here they left the stock.
    assert int(left) == (STOCKED * len(goods) - 62_667 - 2 * 1_398) * 1000
    # Of the 255 customers 21 have credit notes only.
    assert len(seller.accounts) == 234
    assert verify() == []


@pytest.mark.row("NFR-13")
@pytest.mark.timeout(900)
def test_his_busiest_hour_at_four_counters(books: Any, real_data: Path, tmp_path: Path) -> None:
    """997 lines of eleven documents, each a bill at one of four counters; no printer answers."""
    first = date(2026, 3, 2)
    one, url, folder = books("postgres", first)
    documents = gift_documents(real_data / GIFTS)
    one.bring_in(tmp_path / "goods.csv", gift_goods(documents))
    hours = Counter(row["InvoiceDate"][:13] for rows in documents.values() for row in rows)
    busiest, count = hours.most_common(1)[0]
    assert (busiest, count) == ("2010-12-03 11", 997)
    bills = [
        lines_of(rows)
        for rows in documents.values()
        if rows[0]["InvoiceDate"].startswith(busiest) and int(rows[0]["Quantity"]) > 0
    ]
    wanted = sum(pieces * price for lines in bills for _, pieces, price in lines)
    for number in (2, 3, 4):
        save_register(one.owner, None, version=0, name=f"{number}", uid=new_uid())
    store.close_store()
    told = contend(url, folder, replaying.an_hour, bills)
    store.open_store(url, folder, register=1)
    labels = [label for _, answers in told for label in answers]
    assert len(labels) == len(bills) == len(set(labels)) and all(each[0] == "S" for each in labels)
    ((total, sold),) = query(
        'SELECT sum("total"), count(*) FROM "document" WHERE "kind" = \'sale\''
    )
    assert (int(total), int(sold)) == (wanted, len(bills))
    # No printer took a slip: each waits, once.
    ((waiting,),) = query(
        'SELECT count(*) FROM "print_job" WHERE "kind" = \'sale\' AND "state" = \'queued\''
    )
    assert int(waiting) == len(bills)
    assert verify() == []


# --- the grocer


@pytest.mark.row("MKT-24", "H-5")
@pytest.mark.timeout(1800)
def test_three_real_months_of_a_grocer(books: Any, real_data: Path, tmp_path: Path) -> None:
    """The shelf's amount of each line, less what card and shop take off it; the maker's coupons are
    paid with, and owed by who gave them out.
    """
    first, last = date(2017, 3, 1), date(2017, 5, 31)
    one, _, _ = books("sqlite", first)
    with (real_data / BASKETS).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["quantity"] != "0"]
    with (real_data / PRODUCTS).open(encoding="utf-8", newline="") as file:
        departments = {row["product_id"]: row["department"] for row in csv.DictReader(file)}
    one.bring_in(tmp_path / "goods.csv", _products(rows, departments))
    coupon = save_tender(
        one.owner, None, version=0, number=None, name_zh="厂家券", name_en="Coupon", kind=PLATFORM,
        uid=new_uid(),
    ).number  # fmt: skip
    baskets: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["transaction_timestamp"]):
        baskets[row["basket_id"]].append(row)
    by_day: dict[date, list[list[Row]]] = defaultdict(list)
    for lines in baskets.values():
        by_day[date.fromisoformat(lines[0]["transaction_timestamp"][:10])].append(lines)
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        one.open(day)
        for lines in by_day[day]:
            _sell(one, lines, coupon)
        one.close(day)
    for month, (bills, taken) in {
        # One of the 374 baskets of May has a single line, of nothing at no price.
        3: (344, "12806.35"), 4: (311, "10391.14"), 5: (373, "12140.28"),
    }.items():  # fmt: skip
        end = date(2017, month + 1, 1) - timedelta(days=1)
        report = make(one.owner, BY_DAY, Period(date(2017, month, 1), end))
        assert (report.totals[1], str(report.totals[-1])) == (bills, taken)
    whole = make(one.owner, BY_DAY, Period(first, last))
    # 4,214.86 by loyalty card, and 40.74 that the shop matched.
    assert (str(whole.totals[3]), str(whole.totals[-1])) == ("4255.60", "35337.77")
    assert one.earned(first, last) == yuan("35337.77")
    closing = {line.account: line.closing for line in trial_balance(first, last)}
    # 180.83, of which 39.22 stand on 24 lines of nothing, which are not sold.
    assert closing[PLATFORM_CLEARING] == yuan("141.61")
    categories: dict[str, Money] = defaultdict(lambda: yuan("0"))
    for sold in make(one.owner, BY_CATEGORY, Period(first, last)).rows:
        categories[sold[1]] += sold[-1]
    departed = {
        "GROCERY": "15885.43", "DRUG GM": "4257.31", "FUEL": "4048.22", "PRODUCE": "2688.53",
        "MEAT": "1962.33", "No category": "0.72",
    }  # fmt: skip
    assert {name: str(categories[name]) for name in departed} == departed
    assert verify() == []


def _off(row: Row) -> Money:
    return yuan(row["retail_disc"]) + yuan(row["coupon_match_disc"])


def _products(rows: list[Row], departments: dict[str, str]) -> list[tuple[str, str, str, str]]:
    prices: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        prices[row["product_id"]][str(yuan(row["sales_value"]) + _off(row))] += 1
    return [
        (code, f"商品 {code}", prices[code].most_common(1)[0][0], departments.get(code, ""))
        for code in sorted(prices)
    ]


def _sell(one: Books, rows: list[Row], coupon: int) -> None:
    """A basket: each line once, at its shelf amount, less what comes off it."""
    one.now = datetime.fromisoformat(rows[0]["transaction_timestamp"]).replace(tzinfo=ZONE)
    bill = basket.new_basket(one.owner)
    for row in rows:
        one.set_price(row["product_id"], yuan(row["sales_value"]) + _off(row))
        place = basket.ring_code(bill, row["product_id"], Quantity.of(1), is_sure=True)
        if _off(row):
            before = bill.lines[place].number
            number = bill_changes.discount_line(
                one.owner, bill.draft, before, _off(row), pieces=Quantity.of(1), uid=new_uid()
            )
            basket.catch_up(bill, before, number)
    due = bill.amount_due
    coupons = Money.total((yuan(row["coupon_disc"]) for row in rows), CNY)
    payings = [Paying(CASH, due - coupons)]
    if coupons:
        payings.insert(0, Paying(coupon, coupons, code=f"MC{rows[0]['basket_id']}"))
    sales.sell(one.owner, bill.draft, payings, shown=due, uid=new_uid())
