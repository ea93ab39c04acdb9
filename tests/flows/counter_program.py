"""The counter for tests, as a program of its own: the ordinary one, with a clock that a test moves.

    python -m tests.flows.counter_program FOLDER

The file `clock` in the folder holds seconds that are added to the machine's time; without it the
time is the machine's. Where a file `brake` is there at the start, an import waits behind its first
block until that file is gone. `make_floor` makes such a folder: people, goods, stock.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from models import store
from models.base import clock, database, keys
from models.base.cost import UnitCost
from models.base.money import Money, currency
from models.base.quantity import Quantity
from models.goods.codes import check_digit
from models.goods.goods import Barcode, Category, Goods, TaxRate, Unit
from models.goods.search import GOODS_INDEX
from models.search.index import rebuild_index
from models.stock import stock
from models.trust import roles, secrets, sign_in, staff
from models.trust.founding import Founding
from models.trust.operation import Session, new_uid
from models.trust.shipped_names import shipped
from models.trust.users import Department, Role, User
from receipts.words import Language

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp

CNY = currency("CNY")
ZONE = ZoneInfo("Asia/Shanghai")
MANAGER, MANAGER_PASSWORD, OVERRIDE_PIN = "1", "a good password", "314159"
CASHIER, CASHIER_PIN = "2", "271828"
CLERK, CLERK_PASSWORD = "3", "stock and store"
FRONT, STORE_ROOM = "总台 Front", "仓库"


@dataclass(frozen=True, slots=True)
class Piece:
    """An item on sale: `body` is its bar code without the check digit."""

    code: str
    body: str
    name: str
    unit: str
    price: str
    cost: str
    have: str
    category: str = "食品 Food"
    is_weighed: bool = False

    @property
    def barcode(self) -> str:
        return self.body + str(check_digit(self.body))


WATER = Piece("10001", "690111111001", "农夫山泉天然水 550ml", "瓶", "2.00", "1.10", "500")
COLA = Piece("10002", "690111111002", "可口可乐 330ml", "瓶", "3.50", "2.10", "500")
NOODLES = Piece("10003", "690111111003", "康师傅红烧牛肉面", "包", "4.50", "3.00", "500")
TISSUES = Piece(
    "10004", "690111111004", "心相印抽纸 3层", "包", "9.90", "6.00", "500", "百货 Goods"
)
APPLES = Piece(
    "10005", "690111111005", "红富士苹果", "千克", "12.80", "7.00", "80", is_weighed=True
)
LAST = Piece("10006", "690111111006", "限量礼盒", "盒", "88.00", "50.00", "1", "百货 Goods")
GOODS = (WATER, COLA, NOODLES, TISSUES, APPLES, LAST)
UNITS = {
    name: both for both in ("瓶 bottle", "包 pack", "盒 box", "千克 kg") for name in both.split()
}
FIVE = (WATER, COLA, NOODLES, TISSUES, WATER)


def make_floor(
    folder: Path,
    *,
    url: str = "",
    language: Language = "zh",
    goods: Sequence[Piece] = GOODS,
    registers: int = 1,
    name: str = "街角便利店",
    first_day: date | None = None,
) -> None:
    """Make a store folder: two departments, three people, the goods and their stock."""
    folder.mkdir(parents=True, exist_ok=True)
    store.found_store(
        url or f"sqlite:///{folder / 'store.db'}",
        folder / "keys",
        Founding(
            name=name, owner_login=MANAGER, owner_name="王店长", owner_password=MANAGER_PASSWORD,
            first_day=first_day or datetime.now(ZONE).date(), language=language,
            registers=registers,
        ),
    )  # fmt: skip
    try:
        owner = Session(User.get(User.login == MANAGER).key, 1)
        hire(owner, language)
        stock_up(owner, goods)
    finally:
        store.close_store()
    configure(folder, language=language)


def hire(owner: Session, language: Language) -> None:
    """The cashier at the counter, the clerk in a department of his own, and the manager's PIN."""
    with database.transaction():
        Department.create(key=keys.new_key(), name=STORE_ROOM, position=2)
    for login, name, department, role, password, pin in (
        (CASHIER, "小王", FRONT, roles.CASHIER, "password of two", CASHIER_PIN),
        (CLERK, "赵库管", STORE_ROOM, roles.STOCK_CLERK, CLERK_PASSWORD, ""),
    ):
        staff.add_user(
            owner, login=login, name=name,
            department=Department.get(Department.name == shipped(department)),
            role=Role.get(Role.name == shipped(role)),
            password_hash=secrets.hash_password(password),
            pin_hash=secrets.hash_pin(pin) if pin else "", language=language, must_change=False,
            uid=new_uid(),
        )  # fmt: skip
    staff.change_own_secrets(
        owner, proof=sign_in.own_proof(owner, MANAGER_PASSWORD),
        override_hash=secrets.hash_pin(OVERRIDE_PIN), uid=new_uid(),
    )  # fmt: skip


def stock_up(owner: Session, goods: Sequence[Piece]) -> None:
    """Put the goods into the store and on the shelf."""
    tax, now = TaxRate.get(), clock.now()
    for piece in goods:
        with database.transaction():
            category, _ = Category.get_or_create(
                name=piece.category, defaults={"key": keys.new_key(), "code": piece.category[:20]}
            )
            made = Goods.create(
                key=keys.new_key(), code=piece.code, name=piece.name, category=category, tax=tax,
                unit=unit_called(piece.unit), price=Money.parse(piece.price, CNY),
                currency=CNY.code, cost=UnitCost.parse(piece.cost, CNY),
                is_weighed=piece.is_weighed, created_at=now, changed_at=now,
            )  # fmt: skip
            pack = Quantity.of(1)
            Barcode.create(code=piece.barcode, goods=made, pack=pack, is_main=True)
        have, cost = Quantity.parse(piece.have), UnitCost.parse(piece.cost, CNY)
        if have:
            stock.adjust_stock(owner, made, have, reason="期初", cost=cost, uid=new_uid())
    with database.transaction():
        rebuild_index(GOODS_INDEX)


def unit_called(chinese: str) -> Unit:
    """A unit of the store by its Chinese name; a store in English has another for it."""
    return next(unit for unit in Unit.select() if unit.name == shipped(UNITS[chinese]))


def configure(
    folder: Path,
    *,
    language: Language = "zh",
    url: str = "",
    register: int = 1,
    printer: str = 'connect = "memory"\nprofile = "80mm"',
    more: str = "",
) -> None:
    """Write the folder's config.toml. `printer` is the text of its table."""
    words = [
        f'[languages]\nscreen = "{language}"',
        f"[register]\nnumber = {register}",
        f"[printer.receipt]\n{printer}",
        '[drawer]\nconnect = "printer"\nprinter = "receipt"',
    ]
    if url:
        words.append(f'[database]\nurl = "{url}"')
    (folder / "config.toml").write_text("\n\n".join([*words, more, ""]), encoding="utf-8")


# A door that somebody opened is left after so many seconds, where the folder says "impatient".
LEFT_S = 2.0


def copy_floor(made: Path, folder: Path) -> None:
    """A folder of one's own, from one that was made once."""
    shutil.copytree(made, folder)


def shifted(file: Path) -> datetime:
    """The machine's time, moved by the seconds in the file."""
    try:
        by = float(file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        by = 0.0
    return datetime.now(UTC) + timedelta(seconds=by)


def hold_imports(brake: Path) -> None:
    """An import goes on behind its first block only while the file is not there: what is done
    meanwhile is done in the middle of it, however quick the machine is.
    """
    from tui.imports import running

    plain = running._step

    async def step(desk: DeskbellApp, work: running.Importing) -> None:
        is_begun = work.doing is running.Doing.STORING and work.rows
        while is_begun and brake.exists():
            await asyncio.sleep(0.02)
        await plain(desk, work)

    running._step = step


def main(folder: Path) -> int:
    """Run the counter over the folder until somebody ends it."""
    from tui.commands import main as command
    from tui.desk import counter_app

    if (folder / "brake").exists():
        hold_imports(folder / "brake")
    if (folder / "impatient").exists():
        counter_app.LEFT_S = LEFT_S
    with clock.use(lambda: shifted(folder / "clock")):
        return command.main(["--store", str(folder)])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
