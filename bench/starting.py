"""Start of the program, and its memory."""

from __future__ import annotations

from collections.abc import Iterator

from bench.figures import Figure, Line, figure, line_of
from bench.scanning import Till, yuan
from bench.screen import HOME, SELLING, SIGN_IN, counter, keys, selling, shows
from bench.stores import LOGIN, PASSWORD, Place


def start_lines(small: Place, large: Place, runs: int) -> Iterator[Line]:
    """From the command to the painted sign-in, and on to the first painted scan, typed at once.

    In the second figure the time of checking the password is contained, which is long by design.
    """
    places = [each.copied(f"start{each.goods}") for each in (small, large)]
    took: list[list[tuple[float, float, float]]] = [[], []]
    for _ in range(runs):
        for place, samples in zip(places, took, strict=True):
            samples.append(_start(place))
    painted = [figure([each[0] for each in samples]) for samples in took]
    scanned = [figure([each[2] for each in samples]) for samples in took]
    signed = figure([each[1] for each in took[0]])
    yield line_of(f"start to sign-in painted, {small.goods} goods", painted[0])
    yield line_of("password and Enter to home painted", signed, note="Argon2, by design")
    yield line_of(f"start to first scan painted, {small.goods} goods", scanned[0])
    yield _large_start(large, scanned[1], scanned[0])


def _large_start(large: Place, found: Figure, empty: Figure) -> Line:
    met = found.p50 <= 900 and found.p50 <= 1.2 * empty.p50
    return line_of(
        f"start to first scan painted, {large.goods:,} goods", found, empty,
        target="<= 900, <= 1.2 x small store", met=met,
    )  # fmt: skip


def _start(place: Place) -> tuple[float, float, float]:
    """Milliseconds to the sign-in, of signing in, and of everything to the first scan."""
    with counter(place.folder) as opened:
        painted = opened.since_start(SIGN_IN)
        signing = opened.until(f"{LOGIN}\r{PASSWORD}\r", HOME)
        opening = opened.until("\r", SELLING)
        till = Till(opened, place)
        scanning = till.scan()
        opened.until(keys("delete"), shows("请扫第一件商品"))
    return painted, signing, painted + signing + opening + scanning


# So many sales are typed ahead: what the gate keeps is bounded.
_AHEAD = 10
_WARM_UP = 50


def memory_lines(large: Place, sales: int) -> Iterator[Line]:
    """Resident memory at the till, and after so many sales by keys: scan, F9, cash, Enter.

    The first sales load the code of payment and slips, and fill what is kept on purpose; what comes
    after them would be a leak.
    """
    with selling(large.copied("memory").folder) as opened:
        start = opened.rss_mib()
        yield Line(
            f"memory at the till, nothing sold, {large.goods:,} goods", start, unit="MiB",
            target="<= 80", met=start <= 80,
        )  # fmt: skip
        till = Till(opened, large, seed=5)
        warm_up = min(_WARM_UP, sales // 2)
        _sell_all(till, warm_up)
        warm = opened.rss_mib()
        yield Line(
            f"memory after {warm_up} sales by keys, above nothing sold", warm - start, unit="MiB"
        )
        _sell_all(till, sales - warm_up)
        after = opened.rss_mib()
        yield Line(
            f"memory after {sales:,} sales by keys, above nothing sold", after - start, unit="MiB",
            target="<= 10", met=after - start <= 10,
        )  # fmt: skip
        yield Line(
            f"memory after {sales:,} sales by keys, above that after {warm_up}", after - warm,
            unit="MiB",
        )  # fmt: skip


def _sell_all(till: Till, sales: int) -> None:
    for done in range(0, sales, _AHEAD):
        _sell_blind(till, min(_AHEAD, sales - done))


def _sell_blind(till: Till, count: int) -> None:
    """Sales of two lines typed ahead; waits for the picture of the last one only. The amount has
    its fen: three digits and Enter at this pace would be a code that a scanner sent.
    """
    written = b""
    for _ in range(count):
        scanned = [next(till.codes) for _ in range(2)]
        till.lines = till.total = 0
        till.shown_after(scanned)
        written += "".join(f"{code}\r" for code in scanned).encode()
        written += keys("f9") + f"{till.total // 100 + 1}.00\r".encode()
    figures = shows("已结", yuan((till.total // 100 + 1) * 100), yuan(till.total))
    till.counter.until(written, figures, timeout_s=120)
