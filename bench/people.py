"""Many people: brought in from a file, and found key by key, in the storage and on the screen."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

from bench import stores
from bench.figures import Line, figure, line_of, timed
from bench.screen import HOME, SIGN_IN, counter, keys, shows
from bench.stores import LOGIN, PASSWORD, Place
from models.base.money import Money
from models.base.pinyin import name_initials, name_syllables
from models.imports.import_plan import plan_import
from models.imports.imports import run_import
from models.members.levels import grade_block, save_level_rule
from models.people.finding import find_people
from models.people.lists import LEVEL, PersonChoice
from models.people.people_import import PEOPLE
from models.people.persons import Person
from models.sheets.sheets import read_sheet, write_sheet
from models.trust.operation import Session, new_uid
from tests.stores import CNY

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华慧建文玲波辉鑫宇浩凯健俊帆雪梅"


def people_lines(count: int, searches: int) -> Iterator[Line]:
    """Seconds of the import, and milliseconds for a key of who is looked for."""
    place = stores.place(0).copied("people")
    chance = random.Random(4)
    names = [_name(chance) for _ in range(count)]
    with place.opened() as session, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "people.csv"
        phones = (f"1{30 + n % 69}{n:08}" for n in range(count))
        write_sheet(file, ("客户名称", "手机"), zip(names, phones, strict=True))
        start = perf_counter()
        for _ in run_import(session, plan_import(PEOPLE, read_sheet(file))):
            pass
        took = perf_counter() - start
        assert Person.select().count() == count
        yield Line(f"import of {count:,} people from a file", took, unit="s")
        texts = _typed(chance, names, searches)
        ends = [text[:end] for text in texts for end in range(1, len(text) + 1)]
        storage = figure([timed(partial(find_people, each))[0] for each in ends])
        tails = [f"{n:08}"[-4:] for n in (chance.randrange(count) for _ in range(searches))]
        by_phone = figure([timed(partial(find_people, each))[0] for each in tails])
        graded = _graded(session)
        first = {text: Person.get_by_id(find_people(text, 1)[0]).name for text in texts}
    yield line_of(
        f"a person found per key, {count:,} people, storage", storage,
        target="p95 <= 20", met=storage.p95 <= 20,
    )  # fmt: skip
    yield line_of(
        f"a member found by the tail of his phone, {count:,} people", by_phone,
        target="p95 <= 20", met=by_phone.p95 <= 20,
    )  # fmt: skip
    yield Line(f"all of {count:,} members graded anew, block by block", graded, unit="s")
    painted = figure(list(_painted(place, first, count)))
    yield line_of(
        f"a person found per key, {count:,} people, painted", painted,
        target="p95 <= 60", met=painted.p95 <= 60,
    )  # fmt: skip


def _graded(session: Session) -> float:
    """Seconds of grading everybody by a rule that nobody reaches."""
    level = PersonChoice.select().where(PersonChoice.kind == LEVEL).first()
    save_level_rule(
        session, None, level=level.key, spent=Money(100_000, CNY), rank=1, uid=new_uid()
    )
    start, after = perf_counter(), 0
    while after := grade_block(session, after, uid=new_uid()):
        pass
    return perf_counter() - start


def _name(chance: random.Random) -> str:
    return chance.choice(_SURNAMES) + chance.choice(_GIVEN) + chance.choice(_GIVEN)


def _typed(chance: random.Random, names: list[str], count: int) -> list[str]:
    """Initials, full pinyin and Chinese, as many of each."""
    some = [chance.choice(names) for _ in range(count)]
    ways = (name_initials, lambda name: name_syllables(name).replace(" ", ""), str)
    return [ways[n % 3](name) for n, name in enumerate(some)]


def _painted(place: Place, first: dict[str, str], count: int) -> Iterator[float]:
    """The last key of each text, until a person of that name stands in the list."""
    with counter(place.folder) as opened:
        opened.since_start(SIGN_IN)
        opened.settle(still_s=0.3)
        opened.until(f"{LOGIN}\r{PASSWORD}\r", HOME)
        opened.settle(still_s=0.4)
        opened.until("21\r", shows(f"共 {count:,} 条"))
        opened.settle(still_s=0.4)
        for text, name in first.items():
            opened.send(text[:-1])
            opened.settle(still_s=0.4)
            yield opened.until(text[-1], shows(text, name))
            opened.settle(still_s=0.2)
            opened.send(keys("f12"))
            opened.settle(still_s=0.4)
