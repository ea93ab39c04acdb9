"""A house of many rooms: check-in, what is left, the rack and the chart, a long account, the night.

Each figure of the storage stands beside the same rows in plain SQL where that says something: a
check-in and a night are a handful of inserts.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from bench import same_rows, stores
from bench.figures import Figure, Line, figure, line_of, timed
from bench.house_at_the_keys import painted_lines, rack_start_lines
from bench.stores import CNY
from models.base.database import _PRAGMAS, store_number
from models.base.hot import Statement
from models.base.money import Money
from models.hotel.audit.audit import next_block, post_nights
from models.hotel.audit.audit_proof import prove_day
from models.hotel.charges.postings import post_charge
from models.hotel.desk.account_view import account_view
from models.hotel.desk.arrivals import Guest, walk_in
from models.hotel.reservations.bookings import RoomWish
from models.hotel.rooms.chart import read_chart
from models.hotel.rooms.rates import Party, RatePlan, save_plan, save_price
from models.hotel.rooms.room_days import left_between
from models.hotel.rooms.rooms import Room, RoomType
from models.hotel.rooms.rooms_import import ROOMS
from models.hotel.stays.rack import read_rack
from models.hotel.stays.stays import Stay
from models.imports.import_plan import plan_import
from models.imports.imports import run_import
from models.ledger.daily.days import store_day
from models.sheets.sheets import read_sheet, write_sheet
from models.trust.operation import Session, new_uid
from models.trust.settings import change_settings
from tui.desk import memory

TYPES, DAYS, AHEAD = 20, 30, 365
FOLIO_LINES = 500
# Nine of ten rooms are let.
LET, OF = 9, 10
RAW_NIGHT = """
CREATE TABLE paper(id INTEGER PRIMARY KEY, kind TEXT, number INTEGER, day TEXT, total INTEGER);
CREATE TABLE leg(paper INTEGER, line INTEGER, account INTEGER, amount INTEGER,
  PRIMARY KEY (paper, line));
CREATE TABLE charged(paper INTEGER, line INTEGER, text TEXT, net INTEGER, tax INTEGER,
  PRIMARY KEY (paper, line));
CREATE TABLE folio(id INTEGER PRIMARY KEY, balance INTEGER);
CREATE TABLE night(stay INTEGER, day TEXT, price INTEGER, paper INTEGER, PRIMARY KEY (stay, day));
CREATE TABLE log(id INTEGER PRIMARY KEY, at INTEGER, verb TEXT, paper INTEGER);
CREATE UNIQUE INDEX paper_number ON paper(kind, number);
"""


def house_lines(rooms: int) -> Iterator[Line]:
    """Milliseconds of what a desk does in a house of so many rooms."""
    place = stores.place(0).copied("house")
    with place.opened() as session:
        memory.begin()
        plan = furnish(session, rooms)
        let = list(Room.select().order_by(Room.number).limit(rooms * LET // OF))
        came, limit = _arrivals(session, plan, let)
        yield line_of(
            f"check-in committed, {rooms:,} rooms", came, limit, target="<= 3 x limit",
            met=came.p50 <= 3 * limit.p50,
        )  # fmt: skip
        yield from _read_lines(rooms)
        yield from _folio_lines(session)
        yield from _night_lines(session, len(let))
    yield from painted_lines(place.folder, rooms, 1001 + rooms * LET // OF)
    empty = stores.place(0).copied("no-rooms")
    with empty.opened() as session:
        change_settings(session, {"trade.hotel": True}, uid=new_uid())
    yield from rack_start_lines(empty.folder, place.folder, rooms)


def furnish(session: Session, rooms: int) -> RatePlan:
    """Rooms of twenty types, and a plan with a price for each."""
    change_settings(session, {"trade.hotel": True}, uid=new_uid())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rooms.csv"
        rows = ((f"{n + 1001}", f"T{n % TYPES:02d}", str(n // 40 + 1)) for n in range(rooms))
        write_sheet(file, ("房号", "房型", "楼层"), rows)
        done = list(run_import(session, plan_import(ROOMS, read_sheet(file))))[-1]
    assert done.new == rooms, done
    plan = save_plan(session, None, version=0, code="RACK", name="门市价", uid=new_uid())
    today = store_day()
    for kind in RoomType.select():
        save_price(
            session, None, version=0, plan=plan, room_type=kind, first=today,
            last=today + timedelta(days=2 * AHEAD), price=Money(32_000, CNY), uid=new_uid(),
        )  # fmt: skip
    return plan


def _arrivals(session: Session, plan: RatePlan, let: Iterable[Room]) -> tuple[Figure, Figure]:
    """Each check-in, and the rows that it wrote written once more into a copy."""
    came, rows = list[float](), list[float]()
    with same_rows.copied(stores.ROOT / "run" / "arrivals.db") as copy:
        for room in let:
            with same_rows.recorded() as kept:
                came.append(timed(partial(_arrive, session, plan, room))[0])
            rows.append(timed(partial(copy.write, kept))[0])
    return figure(came), figure(rows)


def _arrive(session: Session, plan: RatePlan, room: Room) -> None:
    today = store_day()
    wish = RoomWish(
        room.room_type_id, today, today + timedelta(days=3), plan.key, Party(2), room=room.key
    )
    guest = Guest(f"客人{room.number}")
    walk_in(session, wish, [guest], credit_limit=Money(10_000_000, CNY), uid=new_uid())


def _read_lines(rooms: int) -> Iterator[Line]:
    today = store_day()
    _sell_ahead(today)
    left = figure([timed(partial(left_between, today, _ahead(today)))[0] for _ in range(30)])
    yield line_of(
        f"what is left of {TYPES} types on {AHEAD} days", left, target="p95 <= 40",
        met=left.p95 <= 40,
    )  # fmt: skip
    rack = figure([timed(partial(read_rack, today))[0] for _ in range(30)])
    yield line_of(f"rack of {rooms:,} rooms read", rack)
    chart = figure([timed(partial(read_chart, today, DAYS))[0] for _ in range(30)])
    yield line_of(f"chart of {rooms:,} rooms and {DAYS} days read", chart)


def _ahead(today: date) -> date:
    return today + timedelta(days=AHEAD)


def _sell_ahead(today: date) -> None:
    """Counts for every day and type, as reservations leave them."""
    kinds = [kind.key for kind in RoomType.select()]
    days = [(today + timedelta(days=n)).isoformat() for n in range(3, AHEAD)]
    Statement(
        'INSERT INTO "room_day" ("store", "day", "room_type_id", "sold", "held", "closed", '
        '"is_stopped") VALUES (?, ?, ?, ?, 0, 0, ?) ON CONFLICT DO NOTHING'
    ).many((store_number(), day, kind, 5, False) for day in days for kind in kinds)


def _folio_lines(session: Session) -> Iterator[Line]:
    stay: Stay = Stay.select().order_by(Stay.key).get()
    for _ in range(FOLIO_LINES):
        post_charge(session, stay, "5000", Money(1_500, CNY), uid=new_uid())
    view = figure([timed(partial(account_view, stay.key, store_day()))[0] for _ in range(20)])
    yield line_of(
        f"account of {FOLIO_LINES} lines read", view, target="p95 <= 50", met=view.p95 <= 50
    )


def _night_lines(session: Session, let: int) -> Iterator[Line]:
    day, path = store_day(), stores.ROOT / "run" / "nights.db"
    with same_rows.copied(path) as copy:
        with same_rows.recorded() as kept:
            posted, _ = timed(partial(_post_all, session, day))
        rows, _ = timed(partial(copy.write, kept))
    yield Line(
        f"night of {let:,} rooms posted", posted, limit=rows, target="<= 8 x limit",
        met=posted <= 8 * rows,
    )  # fmt: skip
    yield Line(
        f"night of {let:,} rooms posted: over the least in plain SQL", posted,
        limit=_raw_nights(let),
    )  # fmt: skip
    proved, _ = timed(partial(prove_day, day))
    yield Line(
        f"night of {let:,} rooms posted and proved", posted + proved, target="<= 3000",
        met=posted + proved <= 3000,
    )  # fmt: skip


def _post_all(session: Session, day: date) -> None:
    while block := next_block(day):
        post_nights(session, block, uid=new_uid())


def _raw_nights(let: int) -> float:
    """The same nights in plain SQL, fifty in a transaction: milliseconds."""
    path = stores.ROOT / "run" / "nights.db"
    path.unlink(missing_ok=True)
    connection: Any = sqlite.connect(str(path), isolation_level=None, cached_statements=64)
    for name, value in _PRAGMAS:
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
    connection.executescript(RAW_NIGHT)
    many = connection.executemany
    many("INSERT INTO folio VALUES (?, 0)", ((n,) for n in range(let)))
    many("INSERT INTO night VALUES (?, '2026-11-23', 32000, NULL)", ((n,) for n in range(let)))

    def post() -> None:
        for first in range(0, let, 50):
            connection.execute("BEGIN IMMEDIATE")
            for n in range(first, min(first + 50, let)):
                _raw_night(connection.execute, n)
            connection.execute("COMMIT")

    took, _ = timed(post)
    connection.close()
    return took


def _raw_night(execute: Any, n: int) -> None:
    execute("INSERT INTO paper VALUES (?, 'charge', ?, '2026-11-23', 32000)", (n, n))
    for line, (account, amount) in enumerate(((1125, 32000), (6002, -28319), (2221, -3681)), 1):
        execute("INSERT INTO leg VALUES (?, ?, ?, ?)", (n, line, account, amount))
    execute("INSERT INTO charged VALUES (?, 1, 'Room', 28319, 3681)", (n,))
    execute("UPDATE folio SET balance = balance + 32000 WHERE id = ?", (n,))
    execute("UPDATE night SET paper = ? WHERE stay = ? AND paper IS NULL", (n, n))
    execute("INSERT INTO log (at, verb, paper) VALUES (0, 'post', ?)", (n,))
