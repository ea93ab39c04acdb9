"""The band under the bill: the item under the cursor big enough to read, what was saved, or the
finished sale.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.strip import Strip

from models.base.money import Money
from models.base.quantity import Quantity
from models.selling.lines import NewPrice
from models.shop.basket import salesperson_of
from models.shop.bill_life import name_of
from models.shop.customers import customer_of
from models.shop.unfinished_returns import COMING
from receipts.words import word
from tui.desk.glyphs import glyphs
from tui.desk.safe import clean
from tui.desk.words import t
from tui.shop.bill_rows import BillDiscount, BillRow
from tui.shop.bill_texts import discount_text, hands_text, line_quantity, off_text
from tui.widgets.rows import Piece, Rows

if TYPE_CHECKING:
    from models.shop.basket import Basket
    from models.shop.basket_lines import BasketLine
    from tui.money.payable import Finished
    from tui.shop.selling import Selling


class Band(Rows):
    """Four rows, left of the total."""

    def render_line(self, y: int) -> Strip:
        if not self.kept:
            # All at once: the pieces of a long bill are counted once.
            screen = cast("Selling", self.screen)
            row, basket = screen.chosen_row, screen.basket
            rows = _bill_rows(basket, row) if basket.lines else _empty_rows(basket, screen.finished)
            if basket.head.get(COMING):
                # Whoever stands here now must not sell it to the next customer unseen.
                rows[-1].insert(0, (f"   {t('Goods are coming back with this bill.')}", "warn"))
            self.kept = {at: self.strip_of(row) for at, row in enumerate(rows)}
        return self.kept.get(y) or self.blank()


def _bill_rows(basket: Basket, row: BillRow | None) -> list[list[Piece]]:
    pieces = basket.pieces.thousandths // 1000
    counted = t("Lines {lines}, pieces {pieces}", lines=len(basket.lines), pieces=pieces)
    rows: list[list[Piece]] = [*_chosen_rows(row), [(f"   {counted}", "muted")]]
    saved: list[Piece] = []
    if row is not None and row.short is not None:
        saved.append((f"   {glyphs().fault} {t('In stock: {stock}', stock=row.short)}", "warn"))
    if name := name_of(basket.head):
        rows[2].append((f"   {t('Bill: {name}', name=clean(name))}", "accent"))
    rows[2] += _served_by(basket)
    if row is not None and row.line is not None and row.line.hands:
        names = clean(hands_text(row.line, with_shares=True))
        saved.append((f"   {t('Done by {names}', names=names)}", "accent"))
    saved += _customer(basket)
    saved_amount = basket.saved_amount
    if basket.discount is not None or saved_amount:
        off = saved_amount + (basket.total.total - basket.amount_due)
        # A higher price by hand saves nothing.
        if off.minor > 0:
            saved.append((f"   {t('Saved {amount}', amount=off)}", "good"))
    if row is not None and row.line is not None and row.line.offs:
        saved.append((f"   {_promotions(row.line)}", "good"))
    if basket.paid:
        told = (
            word("Paid out so far {amount}")
            if basket.is_unslipped
            else word("Paid so far {amount}")
        )
        paid = t(told, amount=abs(basket.paid))
        saved.insert(0, (f"   {paid}", "warn"))
    return [*rows, saved]


def _empty_rows(basket: Basket, sale: Finished | None) -> list[list[Piece]]:
    """The sale before; and who is on the next bill already, though nothing is."""
    return [*_sale_rows(sale), [*_customer(basket), *_served_by(basket)]]


def _customer(basket: Basket) -> list[Piece]:
    name = customer_of(basket.head)[1]
    return [(f"   {t('Customer: {name}', name=clean(name))}", "accent")] if name else []


def _served_by(basket: Basket) -> list[Piece]:
    name = salesperson_of(basket.head)[1]
    return [(f"   {t('Served by {name}', name=clean(name))}", "muted")] if name else []


def _chosen_rows(row: BillRow | None) -> list[list[Piece]]:
    """What is under the cursor: an item, the discount of the bill, or nothing."""
    if row is None:
        return [[], []]
    shown = row.shown
    if isinstance(shown, BillDiscount):
        return [
            [(f" {glyphs().cursor} ", "accent"), (t("Discount on the bill"), "strong")],
            [(f"   {off_text(shown.given)} = ", "muted"), (str(-shown.off), "money")],
        ]
    return [
        [(f" {glyphs().cursor} ", "accent"), (clean(shown.item.name), "strong")],
        [
            (f"   {clean(_how_many(shown))} × {_price(shown)} = ", "muted"),
            (str(shown.priced.amount), "money"),
        ],
    ]


def _promotions(line: BasketLine) -> str:
    """Which promotions the line has, and how much of each."""
    money = line.price.currency
    told = [f"{clean(off.name)} -{Money(off.amount, money)}" for off in line.offs]
    if line.discount is not None:
        told.append(off_text(line.discount))
    return ", ".join(told)


def _how_many(line: BasketLine) -> str:
    """2 瓶, or of a pack what is in it."""
    if line.item.pack == Quantity.of(1):
        return f"{line.quantity} {line.item.unit}"
    return line_quantity(line)


def _price(line: BasketLine) -> str:
    """The price in force: the one that was given by hand, or that of the item and what is off."""
    if isinstance(line.discount, NewPrice):
        return str(line.discount.price)
    off = discount_text(line)
    return f"{line.price} {off}" if off else str(line.price)


def _sale_rows(sale: Finished | None) -> list[list[Piece]]:
    if sale is None:
        return [[], [(f"   {t('Next customer, please.')}", "muted")], []]
    said = word("Given back: {number}") if sale.is_out else word("Paid: {number}")
    if sale.is_void:
        said = word("Undone: {number}")
    return [
        [(f" {glyphs().marked} ", "good"), (t(said, number=sale.number), "strong")],
        [(f"   {t('Total {amount}', amount=sale.total)}", "money")],
        [(f"   {clean(sale.tenders)}", "muted")],
    ]
