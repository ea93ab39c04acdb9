"""The store: the one file that knows all trades.

Lists of tables, closing steps and checks; making and opening.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from models import migrating
from models.base import clock, database, fields, keys, migrations
from models.base.database import Row
from models.base.money import currency
from models.base.refusals import Refusal
from models.goods import goods
from models.hotel.trade import HOTEL
from models.ledger import (
    accounts,
    day_seal,
    days,
    documents,
    dues,
    folios,
    proof,
    shifts,
    tenders,
    till_events,
)
from models.ledger.checks import LEDGER_CHECKS
from models.ledger.drawer_checks import DRAWER_CHECKS
from models.ledger.due_checks import DUE_CHECKS
from models.ledger.part_checks import PART_CHECKS
from models.ledger.seal_checks import SEAL_CHECKS
from models.people import contacts, lists, merging, persons
from models.people.checks import PEOPLE_CHECKS
from models.shop.trade import SHOP
from models.stock import stock
from models.trust import (
    approvals,
    audit,
    books,
    company,
    drafts,
    imports,
    keyring,
    print_queue,
    registers,
    roles,
    secrets,
    settings,
    sign_in,
    staff,
    trades,
    users,
)
from models.trust.checks import trust_checks
from models.trust.registers import Register

# The trades that the program knows; which of them a store works in is a setting of it.
TRADES = (SHOP, HOTEL)
for _trade in TRADES:
    trades.declare(_trade)
    days.CLOSING_STEPS.extend(_trade.closing_steps)

TABLES: tuple[type[Row], ...] = (
    keys.KeyBlock, registers.Register, registers.Series,
    users.Department, users.Role, users.RoleRight, users.User, sign_in.Failure,
    audit.Audit, audit.ChainHead, settings.Stored, drafts.Draft, drafts.DraftLine,
    approvals.Request, approvals.RequestStep, books.SavedView, print_queue.PrintJob,
    imports.ImportRun, imports.ImportedRow,
    lists.PersonChoice, lists.PersonGroup, persons.Person, persons.PersonPhone, contacts.Contact,
    merging.PersonMerge,
    accounts.Account, folios.Folio, days.BusinessDay, day_seal.DaySeal, shifts.Shift,
    shifts.CashCount,
    documents.Document, documents.Entry, documents.DayTotal, tenders.Tender, tenders.Payment,
    tenders.TakenPayment, till_events.TillEvent, dues.Allocation,
    *(table for trade in TRADES for table in trade.tables),
)  # fmt: skip

proof.CHECKS[:] = [
    *trust_checks(TABLES), *LEDGER_CHECKS, *DUE_CHECKS, *DRAWER_CHECKS, *SEAL_CHECKS,
    *PART_CHECKS, *PEOPLE_CHECKS, *(check for trade in TRADES for check in trade.checks),
]  # fmt: skip


class StoreExists(Refusal):
    """There is a store here already."""


@dataclass(frozen=True, slots=True)
class Founding:
    """What a new store needs to know: the answers of `deskbell init`."""

    name: str
    owner_login: str
    owner_name: str
    owner_password: str
    first_day: date
    currency: str = "CNY"
    language: str = "zh"
    zone: str = "Asia/Shanghai"
    address: str = ""
    phone: str = ""
    tax_number: str = ""
    prices_include_tax: bool = True
    tax_percent: str = "13"
    registers: int = 1
    trades: tuple[str, ...] = ("shop",)
    store: int = 1
    is_demo: bool = False


def found_store(url: str, keys_folder: Path, answers: Founding) -> None:
    """Make a new store at `url` and leave it open at register 1.

    Refuses: StoreExists, PasswordWeak, SettingWrong.
    """
    password_hash = secrets.hash_password(answers.owner_password)
    database.connect(url, store=answers.store)
    if not migrations.is_empty():
        raise StoreExists()
    keyring.open_keys(keys_folder, create=True)
    fields.use_currency(currency(answers.currency))
    # One transaction: a founding that is cut off leaves an empty database, to be founded again.
    with database.transaction():
        migrations.create(TABLES)
        keys.use_register(1)
        keys.renew()
        _fill(answers, password_hash)
    registers.claim(1)


def _fill(answers: Founding, password_hash: str) -> None:
    now = clock.now()
    for number in range(1, answers.registers + 1):
        Register.create(number=number, name=f"{number}", created_at=now)
    _store_settings(answers)
    made = roles.ship()
    department = users.Department.create(key=keys.new_key(), name="总台 Front", position=1)
    owner = staff.new_user(
        None, login=answers.owner_login, name=answers.owner_name, department=department,
        role=made[roles.OWNER], password_hash=password_hash, language=answers.language,
    )  # fmt: skip
    accounts.ship()
    lists.ship()
    tenders.ship()
    _ship_goods_basics(answers)
    settings.store_value(trades.trades_in_use.name, " ".join(answers.trades))
    for trade in TRADES:
        trade.begin()
    days.begin_first_day(answers.first_day)
    detail = {"store": answers.name, "currency": answers.currency, "owner": owner.login}
    audit.append(
        1, "found store", user=owner.key, user_name=owner.name, day=answers.first_day, detail=detail
    )


def _store_settings(answers: Founding) -> None:
    for declared, value in (
        (company.name, answers.name),
        (company.currency_code, answers.currency),
        (company.language, answers.language),
        (company.slip_language, answers.language),
        (company.zone, answers.zone),
        (company.address, answers.address),
        (company.phone, answers.phone),
        (company.tax_number, answers.tax_number),
        (company.is_demo, answers.is_demo),
        (settings.SETTINGS["tax.prices_include"], answers.prices_include_tax),
    ):
        settings.store_value(declared.name, value)


def _ship_goods_basics(answers: Founding) -> None:
    from models.base.rates import Rate

    for name, decimals in (("件", 0), ("个", 0), ("瓶", 0), ("盒", 0), ("包", 0), ("千克", 3)):
        goods.Unit.create(key=keys.new_key(), name=name, decimals=decimals)
    rate = Rate.percent(answers.tax_percent)
    goods.TaxRate.create(key=keys.new_key(), name=f"{rate.percent_text}%", rate=rate)
    stock.Location.create(number=stock.SHOP_FLOOR, name="卖场 Shop floor")


def open_store(
    url: str,
    keys_folder: Path,
    *,
    register: int,
    store: int = 1,
    back_up: Callable[[], str] = str,
    **timeouts: float,
) -> Register:
    """Open a store for work at a register; migrate it first when it is older. `store` is its number
    in the chain, which a SQLite file says itself; `timeouts` are those of `connect`.

    Refuses: what `connect`, `open_keys`, `migrate` and `claim` refuse.
    """
    database.connect(url, store=store, **timeouts)
    try:
        with database.opening():
            _take_up(keys_folder)
        with database.classified():
            bring_up(back_up)
        with database.opening():
            migrations.look_whole(TABLES)
            return registers.claim(register)
    except BaseException:
        database.close()
        raise


def bring_up(back_up: Callable[[], str] = str) -> None:
    """Migrate the opened store to the present schema, when it is older; `back_up` makes a proved
    copy first and gives its name.
    """
    migrations.migrate(TABLES, migrating.STEPS, back_up=back_up, noted=migrating.noted)


def _take_up(keys_folder: Path) -> None:
    migrations.found()
    if database.is_sqlite():
        database.use_store(migrations.store_number())
    keyring.open_keys(keys_folder, create=False)
    fields.use_currency(currency(company.currency_code.value()))


def print_proof() -> None:
    """The program of models/trust/proving.py: verify all of a file that nobody works on, and write
    what was seen as JSON to standard output.
    """
    if hasattr(os, "nice"):
        os.nice(10)
    try:
        with database.classified():
            seen = _seen(sys.argv[1], Path(sys.argv[2]), brings_up="brings_up" in sys.argv[3:])
    except Refusal as refusal:
        seen = {"findings": [str(refusal)], "refused": refusal.code, "fields": refusal.fields}
    print(json.dumps(seen))  # noqa: T201 - standard output is what the other process reads


def _seen(url: str, keys_folder: Path, *, brings_up: bool) -> dict[str, Any]:
    database.connect(url)
    with database.opening():
        _take_up(keys_folder)
    if brings_up:
        bring_up()
    if migrations.found() == migrations.SCHEMA:
        seen = proof.seen(TABLES)
    else:
        seen = _seen_older(database.sqlite_path(url), keys_folder)
    database.close()
    return seen


def _seen_older(file: Path, keys_folder: Path) -> dict[str, Any]:
    """The look at a file of an older schema: it is proved by bringing a copy of it to this one."""
    mark = {"schema": migrations.found(), "heads": proof.heads()}
    database.close()
    with tempfile.TemporaryDirectory(prefix=".proving-", dir=file.parent) as room:
        copy = shutil.copyfile(file, Path(room) / file.name)
        database.connect(f"sqlite:///{copy}")
        _take_up(keys_folder)
        bring_up()
        seen = proof.seen(TABLES) | mark
        database.close()
    return seen


def close_store() -> None:
    """Close the opened store; the register is free again."""
    database.close()
