"""A small opened shop for tests, on each engine in turn: people, five goods, a clock that moves.

Fixtures: `shop` (a store of its own for one test), `open_shop` and `boss_shop` (with a shift), and
`shop_on` (makes one on a given engine). The clock stands in the shop's first business day and moves
a millisecond with each look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models import store
from models.base import clock, database, keys
from models.base.cost import UnitCost
from models.base.money import Money, currency
from models.base.quantity import Quantity
from models.base.settling import in_cash
from models.goods.goods import Barcode, Goods, TaxRate, Unit
from models.goods.search import GOODS_INDEX
from models.ledger import folio_kinds, folios
from models.ledger.daily import drawer, shift_life, shifts
from models.ledger.documents import Document
from models.ledger.proving import proof
from models.ledger.ways.cash import cash_rule
from models.ledger.ways.tender_kinds import Paying
from models.search.index import rebuild_index
from models.selling import items
from models.shop import basket, sales
from models.shop.basket import Basket
from models.stock import stock
from models.trust import secrets, sign_in, staff, trades_used
from models.trust.founding import Founding
from models.trust.operation import Override, Session, new_uid
from models.trust.registers import Register
from models.trust.trades import DocumentKind, Trade
from models.trust.users import Department, Role, User
from tests.databases import Stores

CNY = currency("CNY")
FIRST_DAY = date(2026, 3, 2)
OPENED_AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # nine in the morning in Shanghai
PASSWORD, PIN, OVERRIDE_PIN = "a good password", "271828", "314159"
REGISTERS = 4
# What somebody is owed for, whatever it is: to put something on an account.
PURCHASE = "purchase"
ANY_DEBT = Trade("any debt", is_always=True, documents=(DocumentKind(PURCHASE, "PUR"),))
trades_used.add(ANY_DEBT)
CASH, CARD, WECHAT, ALIPAY, ON_ACCOUNT = 1, 2, 3, 4, 5


def yuan(text: str) -> Money:
    """An amount of the shop's currency."""
    return Money.parse(text, CNY)


@dataclass(slots=True)
class Ticking:
    """A clock for tests: each look is a millisecond later than the last."""

    at: datetime = OPENED_AT

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def move(self, **units: float) -> None:
        """Move on, or back."""
        self.at += timedelta(**units)


# code, bar code, name, unit, price, cost, weighed, stocked, stock
_GOODS = (
    ("1001", "6901234500011", "矿泉水", "瓶", "2.00", "1.20", False, True, "100"),
    ("1002", "6901234500028", "可乐", "瓶", "3.50", "2.10", False, True, "60"),
    ("1003", "", "苹果", "千克", "9.90", "5.50", True, True, "40"),
    ("1004", "6901234500042", "香烟", "包", "25.00", "18.3333", False, True, "3"),
    ("1005", "", "配送", "件", "5.00", "0", False, False, "0"),
)


@dataclass(slots=True)
class Shop:
    """The opened shop and the people in it."""

    url: str
    keys_folder: Path
    clock: Ticking
    register: int = 1
    users: dict[str, int] = field(default_factory=dict)

    def who(self, login: str, register: int = 0) -> Session:
        """Somebody signed in: owner, manager, cashier, clerk or auditor."""
        return Session(self.users[login], register or self.register)

    @property
    def owner(self) -> Session:
        return self.who("owner")

    @property
    def manager(self) -> Session:
        return self.who("manager")

    @property
    def cashier(self) -> Session:
        return self.who("cashier")

    def goods(self, code: str) -> Goods:
        return Goods.get(Goods.code == code)

    def open_shift(self, pieces: int = 5, session: Session | None = None) -> shifts.Shift:
        """Open a shift with so many notes of 100."""
        return shift_life.open_shift(session or self.cashier, {10_000: pieces}, uid=new_uid())

    def bill(self, *codes: str, session: Session | None = None) -> Basket:
        """A bill with one piece of each."""
        made = basket.new_basket(session or self.cashier)
        for code in codes:
            basket.ring(made, items.find_item(code), Quantity.of(1))
        return made

    def pay(
        self,
        bill: Basket,
        given: str | Money | None = None,
        *,
        tender: int = CASH,
        session: Session | None = None,
        uid: UUID | None = None,
        **more: Any,
    ) -> Document:
        """Sell a bill; exactly what is due unless more is `given`."""
        due = bill.amount_due
        exact = in_cash(due, cash_rule()) if tender == CASH else due
        amount = exact if given is None else given if isinstance(given, Money) else yuan(given)
        paying = Paying(tender, amount, **more)
        return sales.sell(
            session or self.cashier, bill.draft, [paying], shown=due, uid=uid or new_uid()
        )

    def sell(self, *codes: str, **more: Any) -> Document:
        """Ring and sell one piece of each."""
        return self.pay(self.bill(*codes, session=more.get("session")), **more)

    def give(
        self, session: Session, role: str, *, uid: UUID | None = None,
        override: Override | None = None, **rights: int | None,
    ) -> None:  # fmt: skip
        """Give a role rights with their limits: give(owner, "收银员", sell=None)."""
        found = Role.get(Role.name == role)
        given = {verb.replace("_", " "): most for verb, most in rights.items()}
        self._save_rights(session, found, staff.verbs_of(found.key) | given, uid, override)

    def take(self, session: Session, role: str, *verbs: str) -> None:
        """Take verbs from a role."""
        found = Role.get(Role.name == role)
        left = {v: most for v, most in staff.verbs_of(found.key).items() if v not in verbs}
        self._save_rights(session, found, left, None, None)

    @staticmethod
    def _save_rights(
        session: Session, role: Role, rights: Any, uid: UUID | None, override: Override | None
    ) -> None:
        staff.save_role(
            session, role.key, version=role.version, name=role.name, scope=role.scope,
            rights=rights, uid=uid or new_uid(), override=override,
        )  # fmt: skip

    def override(self, uid: UUID, *, by: str = "manager", reason: str = "ok") -> Override:
        """The approval of one operation by a manager's PIN."""
        Register.update(opened_day=_today()).where(Register.number == self.register).execute()
        checked = sign_in.check_approver(sign_in.find_approver(self.register, by), OVERRIDE_PIN)
        return sign_in.approve_override(checked, reason=reason, uid=uid)

    def close_shift(self, session: Session | None = None, *, reason: str = "") -> shifts.Shift:
        """Count what should be there, and close."""
        who = session or self.cashier
        shift = shifts.current_shift(who.register)
        assert shift is not None
        expected = drawer.expected_cash(shift.key)
        shift_life.count_drawer(who, {1: expected.minor}, leaves_work=True, uid=new_uid())
        return shift_life.close_shift(who, reason=reason, uid=new_uid())

    def reopen(self, register: int = 1) -> None:
        """Close the store and open it again, as after a crash."""
        store.close_store()
        store.open_store(self.url, self.keys_folder, register=register)
        self.register = register


def _today() -> date:
    from models.trust.operation import open_day

    return open_day(database.store_number())


def prepare(url: str, keys_folder: Path) -> None:
    """Fill an empty database with the shop and close it."""
    with clock.use(Ticking(OPENED_AT - timedelta(hours=1))):
        store.found_store(
            url,
            keys_folder,
            Founding(
                name="小铺", owner_login="owner", owner_name="王店主", owner_password=PASSWORD,
                first_day=FIRST_DAY, registers=REGISTERS,
            ),
        )  # fmt: skip
        owner = Session(User.get(User.login == "owner").key, 1)
        _hire(owner)
        _stock_up(owner)
        store.close_store()


def _hire(owner: Session) -> None:
    password_hash, pin_hash = secrets.hash_password(PASSWORD), secrets.hash_pin(PIN)
    department = Department.get()
    for login, name, role in (
        ("manager", "李经理", "经理"),
        ("cashier", "张收银", "收银员"),
        ("clerk", "赵库管", "库管员"),
        ("auditor", "钱审计", "审计员"),
    ):
        staff.add_user(
            owner, login=login, name=name, department=department, role=Role.get(Role.name == role),
            must_change=False, password_hash=password_hash, pin_hash=pin_hash, uid=new_uid(),
        )  # fmt: skip
    override_hash = secrets.hash_pin(OVERRIDE_PIN)
    manager = Session(User.get(User.login == "manager").key, 1)
    for session in (owner, manager):
        proof = sign_in.own_proof(session, PASSWORD)
        staff.change_own_secrets(session, proof=proof, override_hash=override_hash, uid=new_uid())


def _stock_up(owner: Session) -> None:
    tax = TaxRate.get()
    for code, barcode, name, unit, price, cost, weighed, stocked, have in _GOODS:
        with database.transaction():
            made = Goods.create(
                key=keys.new_key(), code=code, name=name, unit=Unit.get(Unit.name == unit),
                tax=tax, price=yuan(price), currency=CNY.code, cost=UnitCost.parse(cost, CNY),
                is_weighed=weighed, is_stocked=stocked, created_at=clock.now(),
                changed_at=clock.now(),
            )  # fmt: skip
            if barcode:
                Barcode.create(code=barcode, goods=made, pack=Quantity.of(1), is_main=True)
        if stocked:
            each = UnitCost.parse(cost, CNY)
            stock.adjust_stock(
                owner, made, Quantity.parse(have), reason="期初", cost=each, uid=new_uid()
            )
    with database.transaction():
        # A carton of the same goods: six at once, at its own price.
        Barcode.create(
            code="6901234500066", goods=Goods.get(Goods.code == "1002"), pack=Quantity.of(6),
            price=yuan("19.90"),
        )  # fmt: skip
        rebuild_index(GOODS_INDEX)


@pytest.fixture
def shop_on(stores: Stores) -> Iterator[Callable[[str], Shop]]:
    """Makes and opens a shop on the named engine; the last one made is the one that is open."""
    ticking = Ticking()
    with clock.use(ticking):

        def make(engine: str) -> Shop:
            keys_folder = stores.folder / f"keys-{engine}"
            url = stores.copy_of(engine, "shop", lambda empty: prepare(empty, keys_folder))
            store.open_store(url, keys_folder, register=1)
            users = {user.login: user.key for user in User.select()}
            return Shop(url, keys_folder, ticking, users=users)

        yield make
    store.close_store()
    stores.drop_made()


@pytest.fixture
def shop(shop_on: Callable[[str], Shop], engine: str) -> Shop:
    """A shop of this test's own, open at register 1."""
    return shop_on(engine)


@pytest.fixture
def open_shop(shop: Shop) -> Shop:
    """A shop in which the cashier has opened a shift."""
    shop.open_shift()
    return shop


@pytest.fixture
def boss_shop(shop: Shop) -> Shop:
    """A shop in which the manager stands at the till."""
    shop.open_shift(session=shop.manager)
    return shop


def sound() -> None:
    """The books prove."""
    assert not [str(found) for found in proof.verify()]


def account(shop: Shop, limit: str = "100", kind: str = folio_kinds.COMPANY) -> folios.Folio:
    """An account of a customer, with credit."""
    return folios.open_folio(shop.owner, kind=kind, name="客户", limit=yuan(limit), uid=new_uid())


def scoped(shop: Shop, scope: str) -> Session:
    """The cashier, with a role that sees so much."""
    Role.update(scope=scope).where(Role.name == "收银员").execute()
    return shop.cashier
