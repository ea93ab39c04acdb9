"""The store room: receiving by scan, a delivery posted, stock looked up, its value on a past day,
and a stocktake of many items.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import islice

from bench import goods_made, same_rows, stores
from bench.figures import Figure, Line, figure, line_of, timed
from bench.screen import HOME, SIGN_IN, Counter, Shown, counter, keys, shows
from bench.stores import LOGIN, PASSWORD, Place
from models.base.cost import UnitCost
from models.base.hot import Statement
from models.base.money import Money
from models.base.quantity import Quantity
from models.buying import receiving
from models.buying.delivery_lines import DeliveryHead
from models.buying.goods_in import receive_goods
from models.buying.plausible import Asked
from models.buying.receipts import CASUAL
from models.ledger.daily.days import store_day
from models.reports.report import Period
from models.reports.stock_flow import STOCK_ON_DAY
from models.stock.count_posting import LEAVE, outcome, post_stocktake
from models.stock.count_review import review
from models.stock.counts import begin_stocktake, begin_zone, count_in
from models.stock.stock_list import stock_list
from models.trust.operation import Session, new_uid
from models.trust.scopes import Scope
from models.trust.users import rights_of
from tui.desk import memory

PART = 40


def stock_lines(goods: int, moves: int, counted: int, lines: int) -> Iterator[Line]:
    """Milliseconds; `moves` sales lie behind the past day, `counted` items are counted, a delivery
    has so many `lines`.
    """
    large = stores.place(goods)
    yield from _scan_lines(large, lines)
    with large.copied("stock").opened() as session:
        memory.begin()
        yield from _post_lines(session, goods, lines)
        yield from _query_lines(goods)
        yield from _count_lines(session, goods, min(counted, goods))
    with stores.place(goods, moves).opened() as session:
        yield from _past_lines(session, moves)


# --- at the keys


def _scan_lines(large: Place, lines: int) -> Iterator[Line]:
    """Scans into a delivery: each to its painted line, at first and behind so many."""
    codes = iter(stores.codes(large.goods, lines + 2 * PART, seed=7))
    names = [name for _, _, name in goods_made.goods(large.goods)]
    with counter(large.copied("receive").folder) as opened:
        opened.since_start(SIGN_IN)
        opened.settle(still_s=0.3)
        opened.until(f"{LOGIN}\r{PASSWORD}\r", HOME)
        opened.settle(still_s=0.3)
        opened.until("300\r", shows("收什么货"))
        opened.settle(still_s=0.3)
        # What is bought in any shop: the second way.
        opened.until(keys("down") + b"\r", shows("扫第一箱"))
        opened.settle(still_s=0.5)
        first = figure([_scan(opened, next(codes), names) for _ in range(PART)])
        left = lines - 2 * PART
        while left > 0:
            flood = list(islice(codes, min(50, left)))
            opened.until(
                "".join(f"{code}\r" for code in flood), _painted(flood[-1], names), timeout_s=60
            )
            left -= len(flood)
        last = figure([_scan(opened, next(codes), names) for _ in range(PART)])
    yield line_of(
        f"receiving: scan to painted line, {large.goods:,} goods", first, target="<= 25 / 50",
        met=first.p50 <= 25 and first.p95 <= 50,
    )  # fmt: skip
    yield line_of(
        f"receiving: the same behind {lines:,} lines", last, first, target="<= 1.3 x first",
        met=last.p50 <= 1.3 * first.p50,
    )  # fmt: skip


def _scan(opened: Counter, code: str, names: list[str]) -> float:
    return opened.until(f"{code}\r", _painted(code, names))


def _painted(code: str, names: list[str]) -> Shown:
    return shows(names[int(code[2:-1])][:10])


# --- at the storage


def _delivery(session: Session, goods: int, lines: int, seed: int) -> receiving.Receiving:
    begun = receiving.begin(session, DeliveryHead(CASUAL, None))
    for code in stores.codes(goods, lines, seed):
        receiving.take_in(begun, code, Quantity.of(12))
    # Of every tenth the price is another one.
    for line in begun.lines[::10]:
        receiving.change_line(
            begun, line.number, asked=Asked(UnitCost(seed * 100_000, stores.CNY)), is_sure=True
        )
    return begun


def _posted(session: Session, draft: int, shown: Money) -> None:
    """The screen has shown the total before."""
    receive_goods(session, draft, shown=shown, uid=new_uid())


def _post_lines(session: Session, goods: int, lines: int, count: int = 5) -> Iterator[Line]:
    """A delivery of many lines, and the rows that it writes once more in plain SQL."""
    ours, rows = list[float](), list[float]()
    with same_rows.copied(stores.ROOT / "run" / "deliveries.db") as copy:
        for seed in range(count):
            with same_rows.recorded() as scanned:
                begun = _delivery(session, goods, lines, seed + 11)
            post = partial(_posted, session, begun.draft, begun.total())
            with same_rows.recorded() as kept:
                ours.append(timed(post)[0])
            copy.write(scanned)
            rows.append(timed(partial(copy.write, kept))[0])
    found, limit = figure(ours), figure(rows)
    yield line_of(
        f"delivery of {lines:,} lines posted", found, limit, target="<= 3 x limit",
        met=found.p50 <= 3 * limit.p50,
    )  # fmt: skip


def _query_lines(goods: int) -> Iterator[Line]:
    every = [code for code, _, _ in islice(goods_made.goods(goods), 0, goods, max(goods // 30, 1))]
    pages = figure([timed(partial(stock_list, after=code))[0] for code in every])
    found = figure([timed(partial(stock_list, code))[0] for code in every])
    yield line_of(
        f"stock query: a page of {goods:,} items", pages, target="p95 <= 50", met=pages.p95 <= 50
    )
    yield line_of(
        f"stock query: one found among {goods:,}", found, target="p95 <= 50", met=found.p95 <= 50
    )


def _count_lines(session: Session, goods: int, counted: int) -> Iterator[Line]:
    """Scans of a stocktake, its comparison with the books, and its posting: every tenth differs."""
    take = begin_stocktake(session, uid=new_uid())
    zone = begin_zone(session, take, "A")
    codes = [bars for _, bars, _ in islice(goods_made.goods(goods), counted)]
    there = dict(
        Statement(
            'SELECT b."code", s."quantity" FROM "barcode" b '
            'JOIN "stock" s ON s."goods" = b."goods_id"'
        ).rows()
    )
    found = [Quantity(there[code] - 1000 * (n % 10 == 0)) for n, code in enumerate(codes)]
    took = figure(
        [
            timed(partial(count_in, zone, code, many))[0]
            for code, many in zip(codes, found, strict=True)
        ]
    )
    yield line_of(
        f"stocktake: one of {counted:,} items counted", took, target="p95 <= 25",
        met=took.p95 <= 25,
    )  # fmt: skip
    compared, rows = timed(partial(review, take))
    assert sum(row.counted is not None for row in rows) == counted
    yield Line(
        f"stocktake of {counted:,} items compared with the books", compared, target="<= 5000",
        met=compared <= 5_000,
    )  # fmt: skip
    moved = outcome(take, LEAVE).moved
    post = partial(post_stocktake, session, take, uncounted=LEAVE, shown=moved, uid=new_uid())
    posted, _ = timed(post)
    yield Line(
        f"stocktake of {counted:,} items posted", posted, target="<= 10000", met=posted <= 10_000
    )


def _past_lines(session: Session, sales: int) -> Iterator[Line]:
    """What lay there in the middle of the past: the whole list, and its longest page."""
    (moves,) = Statement("SELECT count(*) FROM stock_move").rows()[0]
    day = store_day() - timedelta(days=max(sales // stores.DAY_SALES // 2, 1))
    rights = rights_of(session.user)
    assert rights is not None
    pages = iter(STOCK_ON_DAY.pages(Period(day, day), Scope.of(rights)))
    took = list[float]()
    while True:
        spent, page = timed(partial(next, pages, None))
        if page is None:
            break
        took.append(spent)
    found: Figure = figure(took)
    yield Line(f"value of the stock on a past day, {moves:,} moves", sum(took) / 1000, unit="s")
    yield line_of(
        "one page of it (holds the database)", found, target="p95 <= 50", met=found.p95 <= 50
    )
