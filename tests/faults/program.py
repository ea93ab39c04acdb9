"""A counter's day in a process of its own, to be killed, starved and cut off.

    python -m tests.faults.program STORE_FILE KEYS_FOLDER SHEET

It opens the store and does a few pieces of work. Before each it says what it is about to do, with
all that a second try needs, after each that it is done:

    RUNG draft line      a line is saved
    TRY name uid values  the piece of work begins
    ACK name             it is acknowledged
    NAK name refusal     it was refused; it is tried once more with the same uid
    CLOSED refusal       the store cannot be opened

The same steps run in the test's own process afterwards, with what the first one said, and do what
was left undone.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID, uuid5

from models import store
from models.base import clock, database, fields
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.imports.import_plan import plan_import
from models.imports.imports import DONE, ImportRun, run_import
from models.ledger import documents, folios
from models.ledger.daily import days, drawer, shift_life, shifts
from models.ledger.documents import Document
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import Folio
from models.ledger.payments.taken import take_for
from models.ledger.ways.tender_kinds import ACCOUNT, Paying
from models.ledger.ways.tenders import Tender
from models.members.kinds import CREDIT, VOUCHER
from models.members.vouchers import sell_voucher
from models.selling import items
from models.sheets.sheets import read_sheet
from models.shop import basket, sales
from models.shop.exchanges import Coming, difference, exchange
from models.shop.reopening import reopen_sale
from models.shop.return_lines import giving_back
from models.shop.returns import return_goods, void_sale
from models.stock.goods_import import GOODS
from models.trust.operation import Session, open_day
from models.trust.users import User

if TYPE_CHECKING:
    from tests.stores import Ticking

_NAMES = UUID("0b6f3f86-5a8e-4f0e-8a53-3f1c7b4d2e60")
# What sets the process up to fail, for the tests that prove that faults are seen.
LOOSE, SPLIT = "DESKBELL_TEST_LOOSE", "DESKBELL_TEST_SPLIT"
# Whose day it is: that of the till, or `desk` for the front desk's, `stock` for the store room's,
# `salon` for the salon's.
DAY = "DESKBELL_TEST_DAY"
# Eleven in the evening in Shanghai: a house may close its date.
EVENING = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)

# The numbers of a voucher, and of store credit.
GIFT, BACK = "1234567897", "2000000002"

Said = dict[str, Any]
R = TypeVar("R")


def uid_of(name: str) -> UUID:
    """The id of a piece of work: the same in each process."""
    return uuid5(_NAMES, name)


class GaveUp(Exception):
    """A piece of work was refused twice."""


class Day:
    """The pieces of work in their order. `pinned` is what an earlier process said of them."""

    def __init__(self, session: Session, sheet: Path, say: Callable[[str], None]) -> None:
        self.session, self.sheet, self.say = session, sheet, say
        self.pinned: dict[str, Said] = {}

    def run(self) -> None:
        """Everything, up to the first piece that is refused twice. Refuses: GaveUp."""
        for step in (
            self.first_sale, self.count, self.close, self.close_day, self.open, self.goods,
            self.swap, self.undo, self.gift, self.credit, self.again, self.charged,
            self.second_sale,
        ):  # fmt: skip
            step()

    def first_sale(self) -> None:
        self._sale("sale1", ("1001", "1002", "1003"), 1)

    def second_sale(self) -> None:
        """Paid in two steps: what the card paid is stored before the rest is taken. A voucher and
        store credit pay of it what is on them.
        """
        self._sale("sale2", ("1004", "1001"), 3, by_card=1_000, is_by_lots=True)

    def swap(self) -> None:
        """One piece of the first line of the first sale comes back for other goods."""
        if "swap" not in self.pinned:
            self._pin_sale("swap", ("1002",))
        sold = self._sold(2)

        def work(said: Said, uid: UUID) -> None:
            quantities = {1: Quantity.of(1)}
            coming = Coming(sold, quantities, "mixed up")
            giving = giving_back(sold, quantities)
            found = difference(Money(said["due"], money()), giving, sold)
            paying = Paying(3, found.due)
            exchange(self.session, said["draft"], coming, [paying], shown=found.due, uid=uid)

        self._do("swap", self.pinned["swap"], work)

    def undo(self) -> None:
        """What was rung by mistake is sold, and undone."""
        self._sale("sale3", ("1001",), 3)
        sold = self._sold(4)
        self._do(
            "undo", {},
            lambda said, uid: void_sale(self.session, sold, reason="mistyped", uid=uid),
        )  # fmt: skip

    def gift(self) -> None:
        """A voucher of 30.00 is sold for cash."""
        amount = Money(3_000, money())

        def sell(said: Said, uid: UUID) -> None:
            sell_voucher(self.session, GIFT, [Paying(1, amount)], amount=amount, uid=uid)

        self._do("gift", {}, sell)

    def credit(self) -> None:
        """One piece of the second line of the first sale comes back for store credit."""
        sold, quantities = self._sold(2), {2: Quantity.of(1)}

        def work(said: Said, uid: UUID) -> None:
            given = Money(350, money())
            payings = [Paying(_way(CREDIT), -given, code=BACK)]
            return_goods(
                self.session, sold, quantities, shown=given, reason="damaged", payings=payings,
                uid=uid,
            )  # fmt: skip

        self._do("credit", {}, work)

    def again(self) -> None:
        """A sale is opened again, and its goods lie on the empty bill."""
        self._sale("sale4", ("1002",), 1)
        sold, empty = self._sold(5), self._looked("again", self._empty_bill)
        self._do(
            "again", {"draft": empty},
            lambda said, uid: reopen_sale(
                self.session, sold, said["draft"], reason="mistyped", uid=uid
            ),
        )  # fmt: skip

    def _empty_bill(self) -> int:
        return 0 if "again" in self.pinned else int(basket.open_basket(self.session).draft)

    def charged(self) -> None:
        """What lies on the bill again goes on the account of a company, opened for it."""

        def open_account(said: Said, uid: UUID) -> None:
            folios.open_folio(
                self.session, kind=COMPANY, name="公司", limit=Money(50_000, money()), uid=uid
            )

        self._do("account", {}, open_account)
        self._sale("sale5", ("1002",), 0)

    def _sold(self, number: int) -> int:
        """The key of a sale of this till."""
        found = Document.get(Document.kind == "sale", Document.number == number)
        return int(found.key)

    def count(self) -> None:
        def expected() -> int:
            shift = shifts.current_shift(self.session.register)
            return drawer.expected_cash(shift.key).minor if shift else 0

        self._do(
            "count", {"pieces": self._looked("count", expected)},
            lambda said, uid: shift_life.count_drawer(self.session, {1: said["pieces"]}, uid=uid),
        )  # fmt: skip

    def close(self) -> None:
        self._do("close", {}, lambda said, uid: shift_life.close_shift(self.session, uid=uid))

    def close_day(self) -> None:
        after = self._looked("day", lambda: open_day(1)) + timedelta(days=1)
        self._do(
            "day", {"next": after.isoformat()},
            lambda said, uid: days.close_day(
                self.session, next_day=date.fromisoformat(said["next"]), uid=uid
            ),
        )  # fmt: skip

    def open(self) -> None:
        self._do(
            "open", {}, lambda said, uid: shift_life.open_shift(self.session, {10_000: 3}, uid=uid)
        )

    def goods(self) -> None:
        def bring_in(said: Said, uid: UUID) -> None:
            # A second import of a file that is in would be another run, with nothing to do.
            if ImportRun.get_or_none(ImportRun.state == DONE):
                return
            for _ in run_import(self.session, plan_import(GOODS, read_sheet(self.sheet))):
                pass

        self._do("goods", {}, bring_in)

    def _sale(
        self,
        name: str,
        codes: tuple[str, ...],
        tender: int,
        *,
        by_card: int = 0,
        is_by_lots: bool = False,
    ) -> None:
        if name not in self.pinned:
            self._pin_sale(name, codes)

        def take(said: Said, uid: UUID) -> None:
            paying = Paying(2, Money(by_card, money()), reference="A77", last_four="4242")
            take_for(self.session, said["draft"], paying, uid=uid)

        def sell(said: Said, uid: UUID) -> None:
            due = Money(said["due"], money())
            payings = _by_lots() if is_by_lots else []
            others = [paying.given for paying in payings] + [Money(by_card, money())]
            rest = due - Money.total(others, money())
            payings.append(Paying(tender, rest) if tender else _on_account(rest))
            sales.sell(self.session, said["draft"], payings, shown=due, uid=uid)

        if by_card:
            self._do("card", {"draft": self.pinned[name]["draft"]}, take)
        self._do(name, self.pinned[name], sell)

    def _pin_sale(self, name: str, codes: tuple[str, ...]) -> None:
        """Ring what the bill does not hold yet: it may be one that was left behind."""

        def ring() -> None:
            bill = basket.open_basket(self.session)
            for code in codes[len(bill.lines) :]:
                basket.ring(bill, items.find_item(code), Quantity.of(2))
                self.say(f"RUNG {bill.draft} {len(bill.lines)}")
            self.pinned[name] = {"draft": bill.draft, "due": bill.amount_due.minor}

        self._tried(f"ring {name}", ring)

    def _do(self, name: str, values: Said, work: Callable[[Said, UUID], object]) -> None:
        said = self.pinned.setdefault(name, values)
        uid = uid_of(name)
        self.say(f"TRY {name} {uid.hex} {json.dumps(said)}")
        self._tried(name, lambda: work(said, uid))
        self.say(f"ACK {name}")

    def _looked(self, name: str, read: Callable[[], R]) -> R:
        """What a piece of work has to know before it begins: reading may fail as well."""
        found: list[R] = []
        self._tried(f"look {name}", lambda: found.append(read()))
        return found[0]

    def _tried(self, name: str, work: Callable[[], object]) -> None:
        for _ in range(2):
            try:
                # As the thread of the books does: what is only read may fail as well.
                with database.classified():
                    work()
                return
            except Refusal as refusal:
                self.say(f"NAK {name} {refusal.code}")
        raise GaveUp


def _way(kind: str) -> int:
    """The number of the way to pay of this kind."""
    return int(Tender.get(Tender.kind == kind).number)


def _on_account(amount: Money) -> Paying:
    """So much on the account of the company."""
    return Paying(_way(ACCOUNT), amount, folio=Folio.get(Folio.name == "公司").key)


def _by_lots() -> list[Paying]:
    """All of the credit, and 28.00 of the voucher: 2.00 are left."""
    given = {BACK: (CREDIT, 350), GIFT: (VOUCHER, 2_800)}
    return [
        Paying(_way(kind), Money(minor, money()), code=code)
        for code, (kind, minor) in given.items()
    ]


def a_day(session: Session, sheet: Path, say: Callable[[str], None]) -> Day:
    """The work that the environment asks for."""
    if os.environ.get(DAY) == "desk":
        from tests.faults.desk_day import DeskDay

        return DeskDay(session, sheet, say)
    if os.environ.get(DAY) == "stock":
        from tests.faults.stock_day import StockDay

        return StockDay(session, sheet, say)
    if os.environ.get(DAY) == "salon":
        from tests.faults.salon_day import SalonDay

        return SalonDay(session, sheet, say)
    return Day(session, sheet, say)


def ticking() -> Ticking:
    """The clock of that work: a house closes no date before the evening."""
    from tests.stores import Ticking

    return Ticking(EVENING) if os.environ.get(DAY) == "desk" else Ticking()


def money() -> Any:
    """The currency of the store."""
    return fields.store_currency()


def _say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def _loosen() -> None:
    """Prove the harness: a store that does not sync, or an operation in two transactions."""
    if os.environ.get(LOOSE):
        loose: Any = tuple(
            (name, "OFF" if name == "synchronous" else value) for name, value in database._PRAGMAS
        )
        database._PRAGMAS = loose
    if os.environ.get(SPLIT):
        plain = documents.post_document

        def split(*args: Any, **more: Any) -> Any:
            inner = database.database
            inner.execute_sql("COMMIT")
            inner.execute_sql("BEGIN IMMEDIATE")
            return plain(*args, **more)

        setattr(sales, "post_document", split)  # noqa: B010 - a name that is not theirs to give


def main(file: Path, keys_folder: Path, sheet: Path) -> int:
    """One process: open, work, close."""
    _loosen()
    with clock.use(ticking()):
        try:
            store.open_store(f"sqlite:///{file}", keys_folder, register=1, keeps_last=True)
            # As the counter looks things up: what the database says comes out as a refusal.
            with database.classified():
                owner = User.get(User.login == "owner").key
        except Refusal as refusal:
            _say(f"CLOSED {refusal.code}")
            return 3
        try:
            a_day(Session(owner, 1), sheet, _say).run()
        except GaveUp:
            return 4
        finally:
            store.close_store()
    return 0


if __name__ == "__main__":
    # By its own name, as other files of this folder know it: one class GaveUp.
    from tests.faults import program

    sys.exit(program.main(*map(Path, sys.argv[1:4])))
