"""Reports and closing with a day of many sales, searching, and importing goods."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from time import perf_counter

from bench import goods_made, stores
from bench.figures import Line, figure, line_of, timed
from bench.screen import HOME, Counter, keys, selling, shows
from bench.stores import Place
from models.base.hot import query
from models.goods.search import search_goods
from models.ledger.daily import days, shifts
from models.reports import takings
from models.trust.operation import Session, new_uid


def day_lines(goods: int, count: int) -> Iterator[Line]:
    """X and Z of a shift with so many sales, and the close of its day."""
    place = stores.place(goods).copied("day")
    with place.opened() as session:
        stores.sell_many(session, goods, count, seed=9)
        shift = shifts.open_shift_key(1)
        limit = figure([timed(lambda: _plain_x(shift))[0] for _ in range(5)])
        found = figure([timed(lambda: takings.shift_view(shift))[0] for _ in range(5)])
        yield line_of(
            f"X of {count:,} sales, storage", found, limit, target="<= 200", met=found.p50 <= 200
        )
    yield _x_painted(place, count)
    with place.opened() as session:
        yield from _closing(session, count)


def _plain_x(shift: int) -> None:
    """What an X cannot do without: the sums over the rows of a shift."""
    for table, what in (
        ("payment", "p.tender_id, count(*), sum(p.amount)"),
        ("charge_tax", "p.rate, sum(p.base), sum(p.tax)"),
        ("charge_line", "p.category, sum(p.quantity), sum(p.amount)"),
    ):
        query(
            f"SELECT {what} FROM document d JOIN {table} p ON p.document_id = d.key "
            f"WHERE d.shift = ? GROUP BY {what.split(',')[0]}",
            shift,
        )


def _x_painted(place: Place, count: int) -> Line:
    with selling(place.folder) as opened:
        opened.until(keys("f3"), HOME)
        opened.settle(still_s=0.4)
        took = [_x_once(opened, count) for _ in range(5)]
    found = figure(took)
    return line_of(
        f"X of {count:,} sales: Enter to painted", found, target="<= 200", met=found.p50 <= 200
    )


def _x_once(opened: Counter, count: int) -> float:
    took = opened.until("13\r", shows(f"销售 ({count})"))
    opened.settle(still_s=0.2)
    opened.send(keys("f12"))
    opened.settle(still_s=0.2)
    return took


def _closing(session: Session, count: int) -> Iterator[Line]:
    start = perf_counter()
    stores.close_shift(session)
    shift_ms = (perf_counter() - start) * 1000
    day = days.BusinessDay.get(days.BusinessDay.state == days.OPEN).date
    day_ms, _ = timed(
        lambda: days.close_day(session, next_day=day + timedelta(days=1), uid=new_uid())
    )
    view_ms, _ = timed(lambda: takings.day_view(day))
    yield Line(
        f"count and Z of {count:,} sales committed", shift_ms, target="<= 200", met=shift_ms <= 200
    )
    yield Line(
        f"close of a day of {count:,} sales, print job stored", day_ms,
        target="<= 2000", met=day_ms <= 2000,
    )  # fmt: skip
    yield Line(f"the day's slip of {count:,} sales worked out", view_ms)


def search_lines(large: Place, count: int) -> Iterator[Line]:
    """Searching for what people type: the beginnings of names and initials, key by key."""
    place = large.copied("search")
    texts = _typed(count)
    expected: dict[str, list[str]] = {}
    took = []
    with place.opened():
        for text in texts:
            for end in range(1, len(text) + 1):
                ms, found = timed(partial(search_goods, text[:end]))
                took.append(ms)
                expected[text[:end]] = [one.code for one in found[:5]]
    storage = figure(took)
    yield line_of(
        f"search per key, {large.goods:,} goods, storage", storage,
        target="p95 <= 20", met=storage.p95 <= 20,
    )  # fmt: skip
    painted = figure(list(_search_painted(place, texts, expected)))
    yield line_of(
        f"search per key, {large.goods:,} goods, painted", painted,
        target="p95 <= 60", met=painted.p95 <= 60,
    )  # fmt: skip


def _typed(count: int) -> list[str]:
    """Latin words, pinyin initials and Chinese, as many of each."""
    from models.base.pinyin import initials

    made = [name.split() for _, _, name in goods_made.goods(count * 50)][::50]
    return [
        (english[:4], initials(chinese)[:4].lower(), chinese[:3])[n % 3]
        for n, (chinese, english, *_) in enumerate(made)
    ]


def _search_painted(
    place: Place, texts: list[str], expected: dict[str, list[str]]
) -> Iterator[float]:
    with selling(place.folder) as opened:
        for text in texts:
            opened.until(keys("f7"), shows("查找"))
            opened.settle(still_s=0.1)
            before: list[str] = []
            for end in range(1, len(text) + 1):
                codes = expected[text[:end]]
                if codes and codes != before:
                    yield opened.until(text[end - 1], shows(text[:end], *codes))
                else:
                    opened.send(text[end - 1])
                    opened.settle(still_s=0.1)
                before = codes
            opened.send(keys("f12"))
            opened.settle(still_s=0.1)
