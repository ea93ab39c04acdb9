"""Three real days of a gift wholesaler, with his credit notes, through the operations that a shop
uses; and his busiest hour at four counters at once. The sums are those that the records' README
tells.
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
from models.imports.import_plan import plan_import
from models.imports.imports import run_import
from models.ledger import days, shifts
from models.ledger.accounts import OUTPUT_TAX, SALES
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import open_folio
from models.ledger.proof import trial_balance, verify
from models.ledger.tender_kinds import Paying
from models.ledger.tenders import Tender
from models.reports.report import Period, make
from models.reports.takings import day_view, shift_view
from models.reports.takings_lists import BY_DAY, BY_KIND
from models.sheets.sheets import read_sheet
from models.shop import sales
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

    def open(self, day: date) -> None:
        self.now = datetime(day.year, day.month, day.day, tzinfo=ZONE)
        shifts.open_shift(self.owner, {10_000: 50}, uid=new_uid())

    def close(self, day: date) -> int:
        """Count, Z and day; the key of the shift."""
        self.now = datetime(day.year, day.month, day.day, 23, 59, 30, tzinfo=ZONE)
        shift = shifts.current_shift(1)
        assert shift is not None
        cash = shifts.expected_cash(shift.key).minor
        shifts.count_drawer(self.owner, {100: cash // 100, 1: cash % 100}, uid=new_uid())
        shifts.close_shift(self.owner, uid=new_uid())
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
    assert [row[1] for row in report.rows] == [
        each["sale"] + each["return"] for each in found.values()
    ]
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
    assert len(seller.accounts) >= 250
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
