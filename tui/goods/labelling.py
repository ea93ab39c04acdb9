"""Labels of goods (价签) from the list of goods, of a delivery, and of prices that have changed;
and bar codes of the store's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.goods.goods import Goods, full_name
from models.goods.records import barcodes_of
from models.goods.shelf_labels import PriceMoved, labels_moved, print_labels
from models.selling.own_barcodes import give_own_barcode
from models.trust.guard import require_right
from receipts.words import word
from tui.desk.gate.numbers import pieces_of
from tui.desk.words import language, t
from tui.widgets.line_list import Column
from tui.widgets.panel import Ask, Confirm, Pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.desk.counter_app import CounterApp

COLUMNS = (
    Column(word("Code"), 14, read=lambda row: row.code),
    Column(word("Item"), 0, least=20, read=lambda row: row.name),
    Column(word("On the label"), 12, "right", tone="money", read=lambda row: str(row.printed)),
    Column(word("Price"), 11, "right", tone="money", read=lambda row: str(row.price)),
)


async def label_goods(screen: Any, line: Any) -> None:
    """Labels of the item under the cursor, or of those that are marked; each so many times."""
    await _ask_labels(screen, screen.marked())


def named(goods: Goods) -> str:
    """Three bottles may have one name: the size tells them apart."""
    return full_name(goods.name, goods.spec)


async def _ask_labels(screen: Any, keys: Sequence[int]) -> None:
    if len(keys) == 1:
        goods = await screen.in_books(Goods.get_by_id, keys[0])
        ask = Ask(word("How many labels of {item}?"), value="1", item=named(goods))
    else:
        ask = Ask(word("How many labels of each of {count} goods?"), value="1", count=len(keys))
    typed = await screen.desk.ask(ask)
    if typed is None or not typed.strip():
        return
    await _print(screen.desk, [(key, pieces_of(typed)) for key in keys])


async def give_barcode(screen: Any, line: Any) -> None:
    """The next free bar code of the store's own, after a question; and labels of it."""
    goods = await screen.in_books(Goods.get_by_id, line.key)
    has = ", ".join(one["code"] for one in await screen.in_books(barcodes_of, goods.key))
    panel = Confirm(
        word("Give {item} a bar code of our own?"), t("It has: {codes}", codes=has) if has else "",
        item=named(goods),
    )  # fmt: skip
    if await screen.desk.ask(panel):
        made = await screen.operate(give_own_barcode, goods.key, version=goods.version)
        screen.desk.inform(
            word("{item} has the bar code {code} now."), item=named(goods), code=made.code
        )
        await _ask_labels(screen, [goods.key])


async def label_delivery(screen: Any, wishes: Sequence[tuple[int, int]]) -> None:
    """Labels of what came: one for each item, for the shelf, or as many as came."""
    from tui.records.asking import Options

    every = sum(copies for _, copies in wishes)
    choices = [
        ("each", t("One for each item: {count}", count=len(wishes))),
        ("all", t("As many as came: {count}", count=every)),
    ]
    chosen = await screen.desk.ask(Options(word("Labels of the delivery"), choices))
    if chosen is not None:
        many = list(wishes) if chosen == "all" else [(goods, 1) for goods, _ in wishes]
        await _print(screen.desk, many)


async def open_moved(app: CounterApp) -> None:
    """From the menu: goods whose label says another price than the till; Enter prints them all."""
    await app.in_books(require_right, app.session, "print", what="labels")
    rows: list[PriceMoved] = await app.in_books(lambda: list(labels_moved()))
    if not rows:
        app.inform(word("Every label that was printed says the price of today."))
        return
    title = word("{count} labels say an old price. Enter prints them anew.")
    if await app.ask(Pick(title, COLUMNS, rows, count=len(rows))) is not None:
        await _print(app, [(row.goods, 1) for row in rows])


async def _print(desk: Any, wishes: Sequence[tuple[int, int]]) -> None:
    count = await desk.operate(print_labels, wishes, language=language())
    desk.wake_paper()
    desk.inform(word("Labels are printed: {count}"), count=count)
