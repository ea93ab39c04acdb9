"""Counters in processes of their own that want the same thing at once.

Each opens the store at its register, waits for the others, and gives back what became of it. The
processes stay for the tests that come after: their start costs more than the work.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from queue import Empty
from typing import Any
from uuid import UUID

from models import store
from models.base import clock
from models.base.database import committed
from models.base.hot import Statement
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.ledger import folio_kinds, folios
from models.ledger.daily import days, drawer, shift_life
from models.ledger.daily.shifts import current_shift
from models.ledger.ways.tender_kinds import Paying
from models.selling import items
from models.shop import basket, bill_life, sales
from models.shop.return_lines import giving_back
from models.shop.returns import return_goods
from models.trust.operation import Session, new_uid
from models.trust.users import User
from tests.stores import CNY, Ticking

_context = multiprocessing.get_context("spawn")
Told = tuple[int, list[str]]


def contend(url: str, keys_folder: Path, work: Callable[..., list[str]], *given: Any) -> list[Told]:
    """Run the work at registers 1 to 4 at once; what each tells, by register."""
    asks, told, _ = _counters()
    for ask in asks:
        ask.put((url, keys_folder, work, given))
    try:
        return sorted(told.get(timeout=900) for _ in asks)
    except Empty:
        # Whoever did not answer is no counter for the next test.
        _counters.cache_clear()
        raise


@cache
def _counters() -> tuple[list[Any], Any, Any]:
    """Four processes that wait for work: what each is asked by, what all tell into, and the bar at
    which they meet, which lives as long as they.
    """
    bar, told = _context.Barrier(4), _context.Queue()
    asks = [_context.Queue() for _ in range(4)]
    for register, ask in enumerate(asks, 1):
        _context.Process(target=_counter, args=(register, bar, ask, told), daemon=True).start()
    return asks, told, bar


def _counter(register: int, bar: Any, ask: Any, told: Any) -> None:
    while True:
        url, keys_folder, work, given = ask.get()
        try:
            with clock.use(Ticking()):
                answer = _answer(url, keys_folder, register, bar, work, given)
        finally:
            store.close_store()
        # Only now: the test opens the store again as soon as all have told.
        told.put((register, answer))


def _answer(
    url: str, keys_folder: Path, register: int, bar: Any, work: Any, given: Any
) -> list[str]:
    try:
        store.open_store(url, keys_folder, register=register)
        session = Session(User.get(User.login == "owner").key, register)
        bar.wait(60)
        answer: list[str] = work(session, *given)
        return answer
    except Exception as error:  # noqa: BLE001 - told to the test
        return [f"{type(error).__name__}: {error}"]


def became(work: Callable[[], object]) -> str:
    """What work gave, or the code of its refusal."""
    try:
        return str(work())
    except Refusal as refusal:
        return refusal.code


def sell(session: Session, code: str, times: int) -> list[str]:
    """Sell one piece so many times, as somebody who may sell nothing that is not there; the bill's
    number, or the refusal.
    """
    session = Session(User.get(User.login == "cashier").key, session.register)
    shift_life.open_shift(session, {10_000: 1}, uid=new_uid())
    answers = []
    for _ in range(times):
        bill = basket.new_basket(session)
        rung = became(lambda: basket.ring(bill, items.find_item(code), Quantity.of(1)))  # noqa: B023
        if rung == "OutOfStock":
            answers.append(rung)
            continue
        due, uid = bill.amount_due, new_uid()
        paying = [Paying(1, due)]
        answers.append(
            became(lambda: sales.sell(session, bill.draft, paying, shown=due, uid=uid).label)  # noqa: B023
        )
        if answers[-1] == "OutOfStock":
            # Somebody else was faster: the customer goes without it.
            bill_life.cancel_bill(session, bill.draft, reason="卖完了", uid=new_uid())
    return answers


def close_day(session: Session, next_day: date) -> list[str]:
    return [became(lambda: days.close_day(session, next_day=next_day, uid=new_uid()).date)]


_SOLD = Statement(
    'SELECT count(*), count(DISTINCT "register") FROM "document" WHERE "kind" = \'sale\''
)


def sell_over_the_close(session: Session, next_day: date) -> list[str]:
    """Register 1 closes the day once each of the others has sold, and all a little; they go on
    until each has sold two on the next date. The date of each bill, or what became of the close.
    """
    if session.register == 1:
        until = time.monotonic() + 60
        bills, registers = 0, 0
        while (bills < 4 or registers < 3) and time.monotonic() < until:
            time.sleep(0.01)
            bills, registers = _SOLD.rows()[0]
        closed = became(lambda: days.close_day(session, next_day=next_day, uid=new_uid()).date)
        return ["closed" if closed == next_day.isoformat() else closed]
    shift_life.open_shift(session, {10_000: 1}, uid=new_uid())
    told: list[str] = []
    while told.count(next_day.isoformat()) < 2 and len(told) < 15:
        bill = basket.new_basket(session)
        basket.ring(bill, items.find_item("1002"), Quantity.of(1))
        due = bill.amount_due
        told.append(
            became(
                lambda: (
                    sales.sell(session, bill.draft, [Paying(1, due)], shown=due, uid=new_uid()).day  # noqa: B023
                )
            )
        )
    return told


def fetch(session: Session, draft: int) -> list[str]:
    return [became(lambda: bill_life.fetch_bill(session, draft, uid=new_uid()))]


def open_account(session: Session, uid: UUID) -> list[str]:
    limit = Money(100, CNY)
    return [
        became(
            lambda: (
                folios.open_folio(
                    session, kind=folio_kinds.COMPANY, name="同一家", limit=limit, uid=uid
                ).number
            )
        )
    ]


def whole_day(session: Session, code: str, times: int) -> list[str]:
    """Sell, take cash out, count and close: everything that a counter writes."""
    answers = sell(session, code, times)
    session = Session(User.get(User.login == "cashier").key, session.register)
    shift = current_shift(session.register)
    assert shift is not None
    expected = drawer.expected_cash(shift.key)
    closing = [
        lambda: shift_life.count_drawer(session, {1: expected.minor}, uid=new_uid()),
        lambda: shift_life.close_shift(session, uid=new_uid()),
    ]
    # What was refused is told beside the bills, which say why.
    return answers + [told for told in map(became, closing) if told.isalpha()]


def take_back(session: Session, sale: int, times: int) -> list[str]:
    """Take one piece of the first line of a sale back so many times; the number, or the refusal."""
    shift_life.open_shift(session, {10_000: 1}, uid=new_uid())
    one = {1: Quantity.of(1)}

    def once() -> object:
        giving = giving_back(sale, one)
        return return_goods(
            session, sale, one, shown=giving.total, reason="unwanted", uid=new_uid()
        ).label

    return [became(once) for _ in range(times)]


def charge(
    session: Session, folio: int | None, times: int, tender: int = 5, code: str = ""
) -> list[str]:
    """Charge one piece after another to the same account, as somebody whom its limit binds; or to
    the same voucher.
    """
    session = Session(User.get(User.login == "cashier").key, session.register)
    shift_life.open_shift(session, {}, uid=new_uid())
    answers = []
    for _ in range(times):
        bill = basket.new_basket(session)
        basket.ring(bill, items.find_item("1005"), Quantity.of(1))
        due = bill.amount_due
        paying = [Paying(tender, due, folio=folio, code=code)]
        answers.append(
            became(lambda: sales.sell(session, bill.draft, paying, shown=due, uid=new_uid()).label)  # noqa: B023
        )
    return answers


def sit(session: Session, seconds: float) -> list[str]:
    """Hold the register for a while."""
    import time

    time.sleep(seconds)
    return ["held"]


def next_after(day: date) -> date:
    return day + timedelta(days=1)


def slow_or_quick(session: Session, quick_s: float) -> list[str]:
    """The same row changed at all four: register 1 thinks long between looking and writing, the
    others change it without a pause for so many seconds.
    """
    look = Statement('SELECT "name" FROM "unit" WHERE "key" = (SELECT min("key") FROM "unit")')
    write = Statement('UPDATE "unit" SET "name" = ? WHERE "name" = ?')

    def change(think_s: float) -> str:
        [(name,)] = look.rows()
        time.sleep(think_s)
        return f"changed {write.run(name + '.' if len(name) < 9 else name[:1], name)}"

    end = time.monotonic() + quick_s
    if session.register == 1:
        return [became(lambda: committed(lambda: change(0.05), "slow"))]
    while time.monotonic() < end:
        committed(lambda: change(0), "quick")
    return []
