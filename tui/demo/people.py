"""Who works in the demonstration store and who buys there on account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from models.base.fields import store_currency
from models.base.money import Money
from models.ledger import folio_kinds, folios
from models.ledger.daily.days import store_day
from models.ledger.debts.receivables import open_balance
from models.ledger.folios import Folio
from models.people import persons
from models.people.records import save_person
from models.trust import secrets, sign_in, staff
from models.trust.operation import Session, new_uid
from models.trust.sealed import Sealed
from models.trust.users import Department, Role, User
from tui.demo.tongue import own, spoken


@dataclass(frozen=True, slots=True)
class Person:
    """A user of the demonstration, named in both languages: `pin` is for the register, `password`
    for everything.
    """

    login: str
    name: str
    pinyin: str
    department: str
    role: str
    password: str
    pin: str = ""


# The manager is the store's founder and owner, so that every screen can be tried.
# His department is the one that every new store has.
MANAGER = Person("1", "林晓/Lin Xiao", "lx", "总台/Front", "", "demo-manager")
# Approves on other people's screens.
OVERRIDE_PIN = "111111"

CASHIER = Person(
    "2", "陈静/Chen Jing", "cj", "收银/Till", "收银员/Cashier", "demo-cashier", "222222"
)
FRONT_DESK = Person(
    "3", "周敏/Zhou Min", "zm", "总台/Front", "前台/Front desk", "demo-frontdesk", "333333"
)
STYLIST = Person("4", "阿杰/A Jie", "aj", "美发/Salon", "发型师/Stylist", "demo-stylist", "444444")
STOCK_CLERK = Person(
    "5", "吴刚/Wu Gang", "wg", "仓库/Stock room", "库管员/Stock clerk", "demo-stock", "555555"
)
AUDITOR = Person("6", "郑洁/Zheng Jie", "zj", "管理/Office", "审计员/Auditor", "demo-auditor")
STAFF = (CASHIER, FRONT_DESK, STYLIST, STOCK_CLERK, AUDITOR)
# Who serves beside the stylist: login, name, initials. Their password is his, they have no PIN.
HANDS = (
    ("7", "小美/Xiao Mei", "xm"), ("8", "托尼/Tony", "tn"), ("9", "莉莉/Lily", "ll"),
    ("10", "阿峰/A Feng", "af"), ("11", "婷婷/Tingting", "tt"),
)  # fmt: skip

# Name, and the most that may be owed, in yuan.
SUPPLIER = "江南饮料批发/Jiangnan Drinks"
COMPANIES = (
    ("锦程物业公司/Jincheng Property", "3000"),
    ("向阳幼儿园/Sunny Kindergarten", "2000"),
    ("码头茶馆/Pier Teahouse", "1500"),
)

# Name, phone, and what is asked for.
CUSTOMERS = (
    ("王芳/Wang Fang", "13800000001", "要整箱送货/Whole cases, brought home"),
    ("李建国/Li Jianguo", "13800000002", "只要无糖饮料/Drinks without sugar"),
    ("赵敏/Zhao Min", "13800000003", "生日蛋糕要提前订/Orders cakes ahead"),
    ("孙丽/Sun Li", "13800000004", "水果要新鲜的/Fresh fruit"),
)


def add_departments(manager: Session) -> None:
    """The departments besides the one that every new store has."""
    names = dict.fromkeys(own(person.department) for person in (MANAGER, *STAFF))
    for position, name in enumerate(names, 2):
        if Department.get_or_none(Department.name == name) is None:
            staff.save_department(
                manager, None, version=0, name=name, position=position, uid=new_uid()
            )


def add_staff(manager: Session) -> None:
    """Everybody but the founder, with a PIN where one is wanted at a register."""
    for person in STAFF:
        staff.add_user(
            manager,
            login=person.login,
            name=own(person.name),
            pinyin=person.pinyin,
            department=Department.get(Department.name == own(person.department)),
            role=Role.get(Role.name == own(person.role)),
            password_hash=secrets.hash_password(person.password),
            pin_hash=secrets.hash_shown_pin(person.pin) if person.pin else "",
            language=spoken(),
            must_change=False,
            uid=new_uid(),
        )
        # Who was here before need not choose the department at the door.
        sign_in.sign_out(sign_in.sign_in(manager.register, person.login, person.password))
    override_hash = secrets.hash_shown_pin(OVERRIDE_PIN)
    proof = sign_in.own_proof(manager, MANAGER.password)
    staff.change_own_secrets(manager, proof=proof, override_hash=override_hash, uid=new_uid())


def add_hands(manager: Session) -> list[User]:
    """Those who serve in the salon; the first is the stylist."""
    first: User = User.get(User.login == STYLIST.login)
    made = [
        staff.add_user(
            manager, login=login, name=own(name), pinyin=pinyin, department=first.department,
            role=first.role, password_hash=first.password_hash, language=spoken(),
            must_change=False, uid=new_uid(),
        )
        for login, name, pinyin in HANDS
    ]  # fmt: skip
    return [first, *made]


def owe_supplier(manager: Session) -> None:
    """A supplier who is owed since before these books."""
    supplier = folios.open_folio(
        manager, kind=folio_kinds.SUPPLIER, name=own(SUPPLIER), limit=Money.zero(store_currency()),
        uid=new_uid(),
    )  # fmt: skip
    owed = Money.parse("2840", store_currency())
    open_balance(
        manager, supplier, owed, due=store_day() + timedelta(days=12), note="2025-118",
        uid=new_uid(),
    )  # fmt: skip


def know_customers(manager: Session) -> list[int]:
    """The customers whose names are known at the till."""
    return [
        save_person(
            manager, None, name=own(name), phone=Sealed(phone), wants=own(wants), uid=new_uid()
        ).key
        for name, phone, wants in CUSTOMERS
    ]


def open_accounts(manager: Session) -> list[Folio]:
    """The companies that pay at the end of the month."""
    return [
        folios.open_folio(
            manager,
            kind=folio_kinds.COMPANY,
            name=own(name),
            limit=Money.parse(limit, store_currency()),
            owner=save_person(
                manager, None, kind=persons.COMPANY, name=own(name), uid=new_uid()
            ).key,
            uid=new_uid(),
        )
        for name, limit in COMPANIES
    ]
