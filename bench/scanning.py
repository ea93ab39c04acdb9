"""Scans through the terminal: to the painted line, in a long sale, and faster than anyone scans."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from bench import goods_made, stores
from bench.figures import Figure, Line, figure, line_of
from bench.screen import Counter, Shown, keys, selling, shows
from bench.stores import Place
from models.base.money import Money
from tui.widgets.total import big_rows

PART = 25


class Till:
    """A counter at the till: scans, and what each must show."""

    def __init__(self, counter: Counter, place: Place, seed: int = 1) -> None:
        self.counter, self.goods = counter, place.goods
        self.names = [name for _, _, name in goods_made.goods(place.goods)]
        self.codes = iter(stores.codes(place.goods, 100_000, seed))
        self.lines = self.total = 0

    def scan(self) -> float:
        """One scan; milliseconds until its line, the count and the total are painted."""
        code = next(self.codes)
        return self.counter.until(f"{code}\r", self.shown_after([code]))

    def shown_after(self, scanned: Sequence[str]) -> Shown:
        """What shows when these were scanned besides all before."""
        numbers = [int(code[2:-1]) for code in scanned]
        self.lines += len(scanned)
        self.total += sum(stores.price_of(number) for number in numbers)
        name = self.names[numbers[-1]][:12]
        big = [row.strip() for row in big_rows(yuan(self.total), 60)]
        return shows(f"{self.lines} 行", f" {self.lines} ", name, *big)

    def pay(self) -> tuple[float, float, float]:
        """Milliseconds to the payment screen, from Enter to the painted end of the sale, and of
        the screen's own work.
        """
        due = f"现金 {yuan(self.total)}"
        opening = self.counter.until(keys("f9"), shows("收款", due))
        self.counter.pump(0.15)
        paying = self.counter.until("\r", shows("已结", "请扫第一件商品"))
        self.lines = self.total = 0
        return opening, paying, opening + paying


def yuan(minor: int) -> str:
    """An amount as the screen shows it."""
    return str(Money(minor, stores.CNY))


def floor() -> Counter:
    """The bare line widget in a terminal."""
    opened = Counter([sys.executable, "-m", "bench.floor"])
    opened.since_start(shows("total 0"))
    opened.settle(still_s=0.3)
    return opened


def floor_scans(opened: Counter, done: int, count: int) -> list[float]:
    """Scans into the bare widget."""
    codes = stores.codes(1_000, count, done)
    return [
        opened.until(f"{code}\r", shows(f"{done + n} {code}", f"total {done + n}"))
        for n, code in enumerate(codes, 1)
    ]


def scan_lines(empty: Place, large: Place, scans: int) -> Iterator[Line]:
    """Scan to painted line, on both stores and in the bare widget in turn: noise is shared."""
    with ExitStack() as stack:
        bare = stack.enter_context(floor())
        tills = [
            Till(stack.enter_context(selling(each.copied(f"scan{each.goods}").folder)), each)
            for each in (empty, large)
        ]
        took: tuple[list[float], list[float], list[float]] = ([], [], [])
        for done in range(0, scans, PART):
            took[0].extend(floor_scans(bare, done, PART))
            for till, samples in zip(tills, took[1:], strict=True):
                samples.extend(till.scan() for _ in range(PART))
        limit = figure(took[0])
        yield line_of("bare Textual line widget, scan to painted", limit)
        yield _scan_line(f"scan to painted line, {empty.goods} goods", figure(took[1]), limit)
        yield _scan_line(f"scan to painted line, {large.goods:,} goods", figure(took[2]), limit)


def _scan_line(action: str, found: Figure, limit: Figure) -> Line:
    met = found.p50 <= 25 and found.p95 <= 50 and found.p50 <= 1.5 * limit.p50
    return line_of(action, found, limit, target="<= 25 / 50, <= 1.5 x limit", met=met)


def long_sale_lines(large: Place, count: int) -> Iterator[Line]:
    """The first and last hundred scans of one long sale, then its payment."""
    part = min(100, count // 3)
    with selling(large.copied("long").folder) as opened:
        till = Till(opened, large, seed=2)
        first = figure([till.scan() for _ in range(part)])
        left = count - 2 * part
        while left:
            scanned = [next(till.codes) for _ in range(min(50, left))]
            flood = "".join(f"{code}\r" for code in scanned)
            opened.until(flood, till.shown_after(scanned), timeout_s=60)
            left -= len(scanned)
        last = figure([till.scan() for _ in range(part)])
        yield line_of(
            f"scan in a sale of {count:,} lines: last {part} against first {part}", last, first,
            target="<= 1.3 x first", met=last.p50 <= 1.3 * first.p50,
        )  # fmt: skip
        opening, paying, _ = till.pay()
        yield Line(
            f"sale of {count:,} lines: F9 to payment painted", opening,
            note="prices the whole bill once more",
        )  # fmt: skip
        yield Line(
            f"sale of {count:,} lines: Enter to done painted", paying,
            target="<= 250", met=paying <= 250,
        )  # fmt: skip


def payment_lines(large: Place, count: int) -> Iterator[Line]:
    """Sales of five lines: the cash key to the painted end."""
    with selling(large.copied("pay").folder) as opened:
        till = Till(opened, large, seed=3)
        took = []
        for _ in range(count):
            for _ in range(5):
                till.scan()
            took.append(till.pay())
        done = figure([each[1] for each in took])
        yield line_of("F9 to payment painted, 5 lines", figure([each[0] for each in took]))
        yield line_of(
            "cash key to done painted, 5 lines", done,
            target="<= 40 / 80", met=done.p50 <= 40 and done.p95 <= 80,
        )  # fmt: skip


def flood_lines(large: Place) -> Iterator[Line]:
    """A hundred scans in one write, and the next customer's while a sale is being paid."""
    with selling(large.copied("flood").folder) as opened:
        till = Till(opened, large, seed=4)
        scanned = [next(till.codes) for _ in range(100)]
        flood = "".join(f"{code}\r" for code in scanned)
        took = opened.until(flood, till.shown_after(scanned), timeout_s=60)
        yield Line("100 scans in one write, none lost", took, target="all there", met=True)
        ahead = [next(till.codes) for _ in range(3)]
        after = next(till.codes)
        # What comes at a machine's speed is a scan: the key is a person's, the scans follow it.
        opened.until(keys("f9"), shows("收款"))
        opened.pump(0.3)
        written = keys("enter") + "".join(f"{code}\r" for code in (*ahead, after)).encode()
        till.lines = till.total = 0
        took = opened.until(written, till.shown_after([*ahead, after]), timeout_s=60)
        yield Line(
            "Enter for cash, 4 scans behind it, none lost", took, target="all there", met=True
        )
