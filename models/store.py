"""The store: making and opening it, and the one list of all trades."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from models.base import clock, database, fields, keys, migrations
from models.base.money import currency
from models.base.refusals import Refusal
from models.buying.trade import BUYING
from models.goods.trade import GOODS
from models.hotel.trade import HOTEL
from models.imports.trade import IMPORTS
from models.ledger.daily import days, last_work
from models.ledger.proving import proof
from models.ledger.trade import MONEY
from models.listings.trade import LISTINGS
from models.members.trade import MEMBERS
from models.people.trade import PEOPLE
from models.salon.trade import SALON
from models.search.trade import SEARCH
from models.selling.trade import SELLING
from models.shop.trade import SHOP
from models.stock.trade import STOCK
from models.trust import (
    audit,
    company,
    keyring,
    registers,
    roles,
    secrets,
    settings,
    staff,
    trades,
    trades_used,
    users,
)
from models.trust.founding import Founding
from models.trust.registers import Register
from models.trust.shipped_names import shipped
from models.trust.trade import TRUST

# In this order their tables are made, and their steps run when a day closes.
for _trade in (
    TRUST, LISTINGS, IMPORTS, SEARCH, PEOPLE, MONEY, GOODS, SELLING, MEMBERS, STOCK, BUYING, SHOP,
    HOTEL, SALON,
):  # fmt: skip
    trades_used.add(_trade)


class StoreExists(Refusal):
    """There is a store here already."""


def found_store(url: str, keys_folder: Path, answers: Founding) -> None:
    """Make a new store at `url` and leave it open at register 1.

    Refuses: StoreExists, PasswordWeak, SettingWrong, TradeUnknown.
    """
    password_hash = secrets.hash_password(answers.owner_password)
    database.connect(url, store=answers.store)
    if not migrations.is_empty():
        raise StoreExists()
    keyring.open_keys(keys_folder, create=True)
    fields.use_currency(currency(answers.currency))
    # One transaction: a founding that is cut off leaves an empty database, to be founded again.
    with database.transaction():
        migrations.create(trades.tables())
        keys.use_register(1)
        keys.renew()
        _fill(answers, password_hash)
    if database.is_sqlite():
        # All tables are loaded now: the first opening of the file need not load them again.
        migrations.look_whole(trades.tables)
    registers.claim(1)


def _fill(answers: Founding, password_hash: str) -> None:
    now = clock.now()
    for number in range(1, answers.registers + 1):
        Register.create(number=number, name=f"{number}", created_at=now)
    _store_settings(answers)
    trades_used.found_with(answers.trades, answers)
    department = users.Department.create(key=keys.new_key(), name=shipped("总台 Front"), position=1)
    owner = staff.new_user(
        None, login=answers.owner_login, name=answers.owner_name, department=department,
        role=roles.ship_owner(), password_hash=password_hash, language=answers.language,
    )  # fmt: skip
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
    ):
        settings.store_value(declared.name, value)


def open_store(
    url: str,
    keys_folder: Path,
    *,
    register: int,
    store: int = 1,
    back_up: Callable[[], str] = str,
    keeps_last: bool = False,
    **timeouts: float,
) -> Register:
    """Open a store for work at a register; migrate it first when it is older. `store` is its number
    in the chain, which a SQLite file says itself; `timeouts` are those of `connect`. With
    `keeps_last` a file must hold what was last done in it.

    Refuses: what `connect`, `open_keys`, `migrate` and `claim` refuse; WorkLost, LogDamaged.
    """
    file = database.sqlite_path(url) if keeps_last and url.startswith("sqlite:") else None
    if file is not None:
        last_work.look_at_log(file)
    database.connect(url, store=store, **timeouts)
    try:
        with database.opening():
            _take_up(keys_folder)
        with database.classified():
            if file is not None:
                # Before anything is written: what lies behind a break would be written over.
                last_work.compare(file)
            bring_up(back_up)
        with database.opening():
            # A server is looked at each time, so only with what is loaded for work anyway.
            of = None if database.is_sqlite() else trades_used.used()
            migrations.look_whole(partial(trades.tables, of))
            claimed = registers.claim(register)
        with database.classified():
            if file is not None:
                last_work.keep_from_now(file, register)
        return claimed
    except BaseException:
        database.close()
        raise


def bring_up(back_up: Callable[[], str] = str) -> None:
    """Migrate the opened store to the present schema, when it is older; `back_up` makes a proved
    copy first and gives its name.
    """
    if migrations.found() == migrations.SCHEMA:
        return
    from models import migrating

    migrations.migrate(trades.tables(), migrating.STEPS, back_up=back_up, noted=migrating.noted)


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
        seen = proof.seen()
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
        seen = proof.seen() | mark
        database.close()
    return seen


def close_store() -> None:
    """Close the opened store; the register is free again."""
    last_work.end()
    database.close()
