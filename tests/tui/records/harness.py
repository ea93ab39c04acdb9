"""A store and the counter's app over it, for the screens of records.

In a test: `async with records_app(shop) as (app, pilot): ...`. In a terminal, to look at it:
`python -m tests.tui.records.harness NAME [en] [light|contrast|mono] [ascii] [USER]` makes a store
with hostile names, opens the list of this name and stays.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from receipts.words import word
from tui.desk import themes
from tui.desk.app import DeskbellApp
from tui.desk.database import DatabaseThread
from tui.desk.frame import FrameScreen
from tui.records.listings import listing_names
from tui.records.open import screen_of

HOSTILE = (
    "A [/oops] B",
    "[@click=app.exit]go[/]",
    "esc\x1b[31mred\x1b]0;title\x07",
    "rtl\u202eevil\u2066x",
    "=HYPERLINK(1)",
    "𠮷野家😀牛肉饭",
    "长" * 120,
    "農夫山泉'; DROP TABLE goods; --",
)


class Ground(FrameScreen):
    """What lies under the list."""

    kind = "home"
    title_msgid = word("Home")


class RecordsApp(DeskbellApp):
    """The app with somebody signed in. `first` makes the screen that it shows."""

    def __init__(self, database: DatabaseThread, session: Any, first: Any, **options: Any) -> None:
        super().__init__(database=database, **options)
        self.session, self._first = session, first
        self.export_folder = Path(tempfile.gettempdir())

    # No printer, no drawer and no display of the customer's stand here.
    paper: Any = None

    def wake_paper(self) -> None:
        """Nothing is printed."""

    def kick_drawer(self) -> None:
        """Nothing opens."""

    async def look_again(self) -> None:
        """The frame says what it said."""

    async def on_mount(self) -> None:
        self.update_frame(business_day=date(2026, 3, 2), register="1", user="王店主")
        await self.push_screen(Ground())
        if self._first is not None:
            self.jobs.start(self.go, self._first())


def fill() -> None:
    """Hostile names into every listing that takes one; inside the opened store, as the owner."""
    from models.base import database, keys
    from models.base.cost import UnitCost
    from models.base.fields import store_currency
    from models.base.money import Money
    from models.goods.goods import Category, TaxRate, Unit
    from models.goods.records import save_goods
    from models.ledger.folios import save_folio
    from models.trust.operation import Session, new_uid
    from models.trust.staff import save_department
    from models.trust.users import User

    owner = Session(User.get(User.login == "owner").key, 1)
    money = store_currency()
    with database.transaction():
        top = Category.create(key=keys.new_key(), code="01", name="饮料", pinyin="yl")
        drinks = Category.create(key=keys.new_key(), code="0101", name="水", pinyin="s", parent=top)
        Category.create(key=keys.new_key(), code="02", name=HOSTILE[0])
    unit, tax = Unit.get(), TaxRate.get()
    for n, name in enumerate((*HOSTILE, "农夫山泉天然水 550ml", "可口可乐 330ml")):
        save_goods(
            owner, None, code=f"H{n:03}", name=name, unit=unit.key, tax=tax.key,
            category=drinks.key, price=Money(250 + n, money), is_active=n != 3,
            cost=UnitCost.parse("1.5", money), uid=new_uid(),
            barcodes=[{"code": f"69012345{n:05}", "is_main": True}],
        )  # fmt: skip
    _fill_people(owner)
    for name in HOSTILE[:6]:
        save_department(owner, None, version=0, name=name, uid=new_uid())
        save_folio(
            owner, None, version=0, kind="company", name=name, limit=Money(100_000, money),
            uid=new_uid(),
        )  # fmt: skip


def _fill_people(owner: Any) -> None:
    """People with hostile names and phones, in two groups."""
    from models.people.lists import PersonChoice, save_group
    from models.people.records import save_person
    from models.trust.operation import new_uid
    from models.trust.sealed import Sealed

    top = save_group(owner, None, name="华东", uid=new_uid())
    below = save_group(owner, None, name="上海", parent=top.key, uid=new_uid())
    level = PersonChoice.get(PersonChoice.kind == "level")
    for n, name in enumerate((*(each[:60] for each in HOSTILE), "王芳", "单雪梅")):
        save_person(
            owner, None, name=name, phone=Sealed(f"138000{n:05}"), tags="老客 VIP", level=level.key,
            group=(top if n % 2 else below).key, notes=name, city="上海", uid=new_uid(),
        )  # fmt: skip
    save_person(owner, None, name="望江餐饮有限公司", kind="company", uid=new_uid())


def main(words: list[str]) -> None:
    """Make a store in a temporary folder, and show a list of it."""
    from models import store
    from models.trust.operation import Session
    from models.trust.users import User
    from tests.stores import prepare

    folder = Path(tempfile.mkdtemp())
    if log := os.environ.get("RECORDS_LOG"):
        logging.basicConfig(filename=log)
    url = f"sqlite:///{folder / 'store.db'}"
    prepare(url, folder / "keys")
    login = next((w for w in words if w in ("owner", "manager", "cashier", "clerk")), "owner")

    def opening() -> Session:
        store.open_store(url, folder / "keys", register=1)
        fill()
        return Session(User.get(User.login == login).key, 1)

    database = DatabaseThread(opening, store.close_store)
    session = database.opened.result()
    name = next((w for w in words if w in listing_names()), "departments")
    theme = next((w for w in themes.NAMES if w in words), "dark")
    app = RecordsApp(
        database, session, lambda: screen_of(name), lang="en" if "en" in words else "zh",
        theme=theme,
        ascii_signs="ascii" in words,
    )  # fmt: skip
    app.run()
    database.close()


if __name__ == "__main__":
    main(sys.argv[1:])
