"""What a shop's till does besides a plain sale: payment by every way, many promotions, a return
among very many sales, the figures of a month and of all years, a copy of the store while it sells.
"""

from __future__ import annotations

import itertools
import random
import shutil
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from time import perf_counter
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from bench import same_rows, stores
from bench.figures import Line, figure, line_of, timed
from bench.screen import HOME, keys, selling, shows
from bench.stores import CNY, Place
from models.base import database
from models.base.cost import UnitCost
from models.base.hot import query
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.goods.goods import Goods
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import open_folio
from models.ledger.kinds import label
from models.ledger.proving.proof import trial_balance
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender, save_tender
from models.members.kinds import VOUCHER
from models.members.vouchers import sell_voucher
from models.reports.bills import bill_of_number
from models.reports.margin_lists import MARGIN
from models.reports.report import Period, ReportKind, make
from models.reports.takings_lists import BY_ITEM
from models.selling import items
from models.selling.promotion_rows import save_promotion
from models.shop import basket, sales
from models.shop.basket import Basket
from models.shop.return_lines import giving_back
from models.shop.returns import return_goods
from models.trust import backup
from models.trust.operation import Session, new_uid

VOUCHER_NUMBER, RATE = "9900000000004", 7
MONTH = 30


def trade_lines(goods: int, earlier: int, *, rules: int, lines: int, count: int) -> Iterator[Line]:
    """All of them: `earlier` sales in the books, `rules` promotions on a bill of `lines`."""
    yield from every_way_lines(stores.place(goods), count)
    yield from promotion_lines(stores.place(goods), rules, lines)
    place = stores.place(goods, earlier).copied("books")
    yield from figures_lines(place, earlier)
    yield from return_lines(place, earlier, count)
    yield from backup_lines(place)


# --- payment by every way


def every_way_lines(place: Place, count: int) -> Iterator[Line]:
    """A sale of five lines paid by card, both wallets, voucher, account, a platform's coupon, and
    foreign and own cash at once, against the rows that it writes.
    """
    with place.copied("ways").opened() as session:
        ways = _every_way(session)
        with same_rows.copied(stores.ROOT / "run" / "same-ways.db") as copy:
            kept = []
            codes = stores.codes(place.goods, count * 10, seed=4)
            for start in range(0, count * 5, 5):
                with same_rows.recorded() as rung:
                    bill = stores.fill_basket(session, codes[start : start + 5])
                with same_rows.recorded() as sold:
                    _pay(session, bill, ways)
                kept.append((rung, sold))
            rows, ours = [], []
            for n, (rung, sold) in enumerate(kept):
                copy.write(rung)
                rows.append(timed(partial(copy.write, sold))[0])
                start = (count + n) * 5
                bill = stores.fill_basket(session, codes[start : start + 5])
                ours.append(timed(partial(_pay, session, bill, ways))[0])
    found, limit = figure(ours), figure(rows)
    yield line_of(
        "sale of 5 lines paid by eight ways, committed", found, limit, target="<= 40",
        met=found.p50 <= 40,
    )  # fmt: skip


def _every_way(session: Session) -> list[Paying]:
    """What each sale is paid with besides cash: 0.50 each, and a dollar at 7."""
    account = open_folio(session, kind=COMPANY, name="公司", limit=Money(10**9, CNY), uid=new_uid())
    worth = Money(10**7, CNY)
    sell_voucher(session, VOUCHER_NUMBER, [Paying(2, worth, reference="A")], amount=worth,
                 uid=new_uid())  # fmt: skip
    made = [
        save_tender(
            session, None, version=0, number=None, name_zh=name, name_en=name, kind=name,
            foreign=code, rate=UnitCost.parse(str(RATE), CNY) if code else None, uid=new_uid(),
        ).number
        for name, code in (("platform", None), ("foreign", "USD"))
    ]  # fmt: skip
    half = Money(50, CNY)
    numbers = {kind: int(Tender.get(Tender.kind == kind).number) for kind in (VOUCHER, "account")}
    return [
        Paying(2, half, reference="A1", last_four="4242"), Paying(3, half), Paying(4, half),
        Paying(numbers[VOUCHER], half, code=VOUCHER_NUMBER),
        Paying(numbers["account"], half, folio=account.key), Paying(made[0], half, code="new"),
        Paying(made[1], Money(RATE * 100, CNY), reference=f"USD 1.00 x {RATE}.00"),
    ]  # fmt: skip


def _pay(session: Session, bill: Basket, ways: Sequence[Paying]) -> None:
    due = bill.amount_due
    payings = [
        Paying(one.tender, one.given, one.reference, one.last_four, one.folio,
               f"MT{bill.draft}" if one.code == "new" else one.code)
        for one in ways
    ]  # fmt: skip
    left = due.minor - sum(one.given.minor for one in payings)
    payings += [Paying(1, Money(left, CNY))] if left > 0 else []
    sales.sell(session, bill.draft, payings, shown=due, uid=new_uid())


# --- promotions


def promotion_lines(place: Place, rules: int, lines: int) -> Iterator[Line]:
    """The last tenth of a long bill rung, with and without so many promotions."""
    codes = stores.codes(place.goods, lines, seed=6)
    with place.copied("rules").opened() as session:
        limit = figure(_ring(session, codes)[0])
        _promote(session, codes, rules)
        took, bill = _ring(session, codes)
        saved = sum(line.priced.full.minor - line.priced.amount.minor for line in bill.lines)
        assert saved > 0, "no promotion was found"
        found = figure(took)
        selling_ms, _ = timed(partial(stores.pay, session, bill))
    yield line_of(
        f"a line rung near the end of {lines} lines, {rules} promotions", found, limit,
        target="<= 25 / 50", met=found.p50 <= 25 and found.p95 <= 50,
    )  # fmt: skip
    yield Line(
        f"sale of {lines} lines committed, {rules} promotions", selling_ms, target="<= 100",
        met=selling_ms <= 100,
    )  # fmt: skip


def _ring(session: Session, codes: Sequence[str]) -> tuple[list[float], Basket]:
    bill, took = basket.new_basket(session), []
    for code in codes:
        item = items.find_item(code)
        took.append(timed(partial(basket.ring, bill, item, Quantity.of(1)))[0])
    return took[-max(1, len(codes) // 10) :], bill


_KINDS = (
    ("percent", {"rate": Rate.percent("10")}),
    ("amount", {"amount": Money(10, CNY)}),
    ("together", {"buy": 3, "amount": Money(100, CNY)}),
    ("buy get", {"buy": 2, "more": 1, "rate": Rate.percent("100")}),
    ("spend", {"from_amount": Money(10_000, CNY), "amount": Money(500, CNY)}),
)  # fmt: skip


def _promote(session: Session, codes: Sequence[str], rules: int) -> None:
    """Each about three goods of the bill, or of others, in turn by every kind."""
    on_bill = [items.find_item(code).goods for code in codes]
    others = [row.key for row in Goods.select(Goods.key).limit(1_000)]
    for number in range(rules):
        pool = on_bill if number % 2 else others
        about = {pool[(number * 3 + n) % len(pool)] for n in range(3)}
        kind, values = _KINDS[number % len(_KINDS)]
        save_promotion(
            session, None, name=f"促销 {number}", kind=kind, rank=number,
            goods=[{"goods": key} for key in about], uid=new_uid(), **values,
        )  # fmt: skip


# --- a return among very many sales


def return_lines(place: Place, earlier: int, count: int) -> Iterator[Line]:
    """A slip is scanned, its sale shown, one piece of it given back."""
    chance, looked, given = random.Random(7), [], []
    with place.opened() as session:
        for _ in range(count):
            # What is given back was taken before.
            stores.sell_many(session, place.goods, 1, seed=chance.randrange(10**6))
            slip = label("sale", 1, 1 + chance.randrange(earlier))
            ms, sale = timed(partial(bill_of_number, slip, 1))
            more, giving = timed(partial(giving_back, sale.key, {1: Quantity.of(1)}))
            looked.append(ms + more)
            back = partial(
                return_goods, session, sale.key, {1: Quantity.of(1)}, shown=giving.total,
                reason="unwanted", uid=new_uid(),
            )  # fmt: skip
            given.append(timed(back)[0])
    found, done = figure(looked), figure(given)
    yield line_of(
        f"a slip looked up among {earlier:,} sales", found, target="p95 <= 20", met=found.p95 <= 20
    )
    yield line_of(
        f"a return among {earlier:,} sales, committed", done, target="p95 <= 50", met=done.p95 <= 50
    )


# --- figures of many years


def figures_lines(place: Place, earlier: int) -> Iterator[Line]:
    """The goods of a month and the trial balance, read and painted."""
    with place.opened() as session:
        ((lines,),) = query('SELECT count(*) FROM "charge_line"')
        ((entries,),) = query('SELECT count(*) FROM "entry"')
        ((today,),) = query('SELECT max("date") FROM "business_day"')
        last = date.fromisoformat(today)
        month = Period(last - timedelta(days=MONTH), last)
        for kind in (BY_ITEM, MARGIN):
            yield _report(session, kind, month, lines)
        year = last - timedelta(days=365)
        found = figure([timed(partial(trial_balance, year, last))[0] for _ in range(9)])
        yield line_of(
            f"trial balance of a year, {entries:,} entries, storage", found, target="<= 20",
            met=found.p50 <= 20,
        )  # fmt: skip
    with selling(place.folder) as opened:
        opened.until(keys("f3"), HOME)
        opened.settle(still_s=0.4)
        took = []
        for _ in range(5):
            took.append(opened.until("49\r", shows("1001", "共 ")))
            opened.settle(still_s=0.2)
            opened.send(keys("f3"))
            opened.settle(still_s=0.2)
    painted = figure(took)
    yield line_of(
        f"trial balance, {entries:,} entries: Enter to painted", painted, target="<= 100",
        met=painted.p50 <= 100,
    )  # fmt: skip


def _report(session: Session, kind: ReportKind, month: Period, lines: int) -> Line:
    took = [timed(partial(make, session, kind, month))[0] for _ in range(3)]
    found = figure(took)
    return line_of(
        f"{kind.name} of {MONTH} days, {lines:,} lines in the books", found, target="<= 1000",
        met=found.p50 <= 1000,
    )  # fmt: skip


# --- a copy while it sells


def backup_lines(place: Place) -> Iterator[Line]:
    """The copy of a store in slices, a line rung after each tenth of them, against the engine's own
    copy in one piece. That it is proved, in a process of its own, is not in it.
    """
    size = (place.folder / "store.db").stat().st_size / 2**30
    folder = stores.ROOT / "run" / "copies"
    shutil.rmtree(folder, ignore_errors=True)
    with place.opened() as session:
        start = perf_counter()
        other: Any = sqlite.connect(str(stores.ROOT / "run" / "plain-copy.db"))
        database.database.connection().backup(other)
        other.close()
        plain = (perf_counter() - start) * 1000
        codes = iter(stores.codes(place.goods, 100_000, seed=8))
        bill, copying, waited = basket.new_basket(session), 0.0, list[float]()
        steps = backup.Backup(backup.Plan(folder, place.keys)).copy_steps()
        for number in itertools.count():
            slice_ms, done = timed(lambda: next(steps, None))
            copying += slice_ms
            if done is None:
                break
            if number % 10 == 0:
                item = items.find_item(next(codes))
                ringing = timed(partial(basket.ring, bill, item, Quantity.of(1)))[0]
                waited.append(slice_ms + ringing)
    found = figure(waited)
    yield Line(
        f"copy of {size:.2f} GB in slices, lines rung between them", copying, limit=plain,
        target="<= 2 x limit", met=copying <= 2 * plain,
    )  # fmt: skip
    yield line_of(
        "a line rung meanwhile, with the slice that it waits for", found, target="p95 <= 100",
        met=found.p95 <= 100,
    )  # fmt: skip
