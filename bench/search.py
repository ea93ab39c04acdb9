"""Search among many goods: `python -m bench.search [100000 1000000] [--postgres URL]`.

Prints the median and the 95th percentile in milliseconds for each kind of typed text, and how
many times longer it takes among all goods than among the smallest number.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from bench import goods_made
from models import store
from models.base import clock, database, keys
from models.base.hot import insert
from models.base.pinyin import full, initials, syllables
from models.goods.goods import Barcode, Goods
from models.goods.search import GOODS_INDEX, indexed, search_goods
from models.search.index import Foremost, keep_index
from models.trust.founding import Founding

_GOODS = insert(
    Goods,
    "store key code name short_name spec pinyin full_pinyin mnemonic brand price currency cost "
    "is_weighed is_stocked supplier bin is_active created_at changed_at version",
)
_BARCODE = insert(Barcode, "store code goods pack is_main")
_BLOCK = 5_000
_TIMES = 60


def fill(count: int, start: int = 0) -> list[tuple[str, str, str]]:
    """Put goods in, the first thousand as best sellers."""
    made = list(goods_made.goods(count))
    now = clock.micros(clock.now())
    for at in range(start, count, _BLOCK):
        keys.renew()
        rows = [(keys.new_key(), *each) for each in made[at : at + _BLOCK]]
        with database.transaction():
            if at == 0:
                Foremost.insert_many(
                    [
                        {"kind": GOODS_INDEX.number, "record": row[0], "place": place}
                        for place, row in enumerate(rows[:1000], 1)
                    ]
                ).execute()
            letters = [_letters(name.split()[0]) for *_, name in rows]
            _GOODS.many(
                (1, key, code, name, "", "", *pinyin, "", "", 100, "CNY", 0, False, True, "", "",
                 True, now, now, 1)
                for (key, code, _, name), pinyin in zip(rows, letters, strict=True)
            )  # fmt: skip
            _BARCODE.many((1, bars, key, 1000, True) for key, _, bars, _ in rows)
            keep_index(GOODS_INDEX, (), indexed([row[0] for row in rows]))
    return made


@cache
def _letters(name: str) -> tuple[str, str]:
    return initials(name), syllables(name)


def texts(made: list[tuple[str, str, str]]) -> dict[str, Callable[[], str]]:
    """Kinds of typed text; each gives another one at every call."""
    chance = random.Random(2)

    def name() -> str:
        return chance.choice(made)[2]

    def chinese(size: int) -> str:
        whole = name().split()[0]
        at = chance.randrange(max(len(whole) - size, 0) + 1)
        return whole[at : at + size]

    def wrong() -> str:
        word = name().split()[1]
        at = chance.randrange(2, len(word))
        return f"{word[:at]}q{word[at + 1 :]}"

    return {
        "bar code": lambda: chance.choice(made)[1],
        "6 digits": lambda: chance.choice(made)[1][:6],
        "code prefix": lambda: chance.choice(made)[0][:4],
        "1 letter": lambda: chance.choice("abcdfghjklmnpqrstwxyz"),
        "2 initials": lambda: initials(chinese(2)),
        "3 initials": lambda: initials(chinese(3)),
        "4 initials": lambda: initials(chinese(4)),
        "4 Latin letters": lambda: name().split()[1][:4],
        "full pinyin": lambda: full(chinese(3)),
        "full, not whole": lambda: full(chinese(3))[:-1],
        "1 Chinese": lambda: chinese(1),
        "2 Chinese": lambda: chinese(2),
        "3 Chinese": lambda: chinese(3),
        "5 Chinese": lambda: chinese(5),
        "Chinese and Latin": lambda: f"{chinese(2)} {name().split()[1][:4]}",
        "two Latin, size": lambda: " ".join(name().split()[1:]),
        "nothing, Chinese": lambda: "".join(chance.sample("龙凤麒麟龟鹤鹿虎豹", 3)),
        "nothing, Latin": lambda: "".join(chance.sample("bcdfghjklmnpqrstvwxz", 6)),
        "wrong letter": wrong,
        "wrong character": lambda: "鼠".join((chinese(4)[:2], chinese(4)[3:])),
    }


def measure(made: list[tuple[str, str, str]]) -> dict[str, tuple[float, float, float]]:
    """Median, 95th percentile in milliseconds, and hits on average."""
    results = {}
    for kind, text in texts(made).items():
        took, hits = [], 0
        for _ in range(_TIMES):
            typed = text()
            started = time.perf_counter()
            hits += len(search_goods(typed))
            took.append((time.perf_counter() - started) * 1000)
        took.sort()
        results[kind] = (statistics.median(took), took[int(_TIMES * 0.95)], hits / _TIMES)
    return results


def main() -> None:
    """Measure each number of goods and print."""
    """Fill a store of its own and measure each kind of typed text."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("counts", nargs="*", type=int, default=[100_000])
    arguments.add_argument("--postgres", metavar="URL", help="an empty database to fill")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = asked.postgres or f"sqlite:///{folder}/store.db"
        founding = Founding(
            name="Bench", owner_login="1", owner_name="Owner", owner_password="a long password",
            first_day=date(2026, 3, 2),
        )  # fmt: skip
        store.found_store(url, Path(folder) / "keys", founding)
        everything: list[dict[str, tuple[float, float, float]]] = []
        there = 0
        for count in sorted(asked.counts):
            started = time.perf_counter()
            made = fill(count, there)
            took = time.perf_counter() - started
            there = count
            everything.append(measure(made))
            size = Path(folder, "store.db").stat().st_size >> 20 if not asked.postgres else 0
            print(f"\n{count} goods, filled in {took:.1f} s, {size} MiB")
            for kind, (middle, high, hits) in everything[-1].items():
                ratio = middle / everything[0][kind][0]
                print(f"{kind:20} {middle:8.2f} {high:8.2f} ms {hits:6.1f} hits {ratio:6.2f} x")
        store.close_store()


if __name__ == "__main__":
    main()
