"""The rows of a bill on the screen: its lines, and behind them the discount of the whole bill."""

from __future__ import annotations

from dataclasses import dataclass

from models.base.money import Money
from models.base.quantity import Quantity
from models.selling.lines import Discount
from models.shop.basket import Basket
from models.shop.basket_lines import BasketLine
from models.shop.bill_stock import short_of
from receipts.words import word
from tui.desk.glyphs import glyphs
from tui.desk.words import t
from tui.shop.bill_texts import discount_text, hands_text, line_quantity, off_text
from tui.widgets.line_list import Column


@dataclass(frozen=True, slots=True)
class BillDiscount:
    """What comes off the whole bill."""

    given: Discount
    off: Money


@dataclass(frozen=True, slots=True)
class BillRow:
    """A row with its number on the screen; the discount has none."""

    number: int
    shown: BasketLine | BillDiscount
    # What is in stock, when the bill takes more than that.
    short: Quantity | None = None

    @property
    def line(self) -> BasketLine | None:
        """The line, when it is one."""
        return self.shown if isinstance(self.shown, BasketLine) else None


def line_row(basket: Basket, place: int) -> BillRow:
    """The row of one line."""
    line = basket.lines[place]
    return BillRow(place + 1, line, short_of(basket, line))


def bill_rows(basket: Basket) -> list[BillRow]:
    """All rows of a bill, in the order of the screen."""
    rows = [line_row(basket, place) for place in range(len(basket.lines))]
    if basket.discount is not None:
        off = basket.total.total - basket.amount_due
        rows.append(BillRow(0, BillDiscount(basket.discount, off)))
    return rows


def _number(row: BillRow) -> str:
    return str(row.number) if row.number else ""


def _code(row: BillRow) -> str:
    return row.line.item.code if row.line else ""


def _name(row: BillRow) -> tuple[str, str]:
    if row.line is None:
        return t("Discount on the bill"), ""
    name = row.line.item.name
    if row.line.hands:
        name = f"{name} · {hands_text(row.line)}"
    return (name, "") if row.short is None else (f"{glyphs().fault} {name}", "warn")


def _quantity(row: BillRow) -> str:
    return line_quantity(row.line) if row.line else ""


def _unit(row: BillRow) -> str:
    # A pack says its unit beside what is in it.
    is_piece = row.line is not None and row.line.item.pack == Quantity.of(1)
    return row.line.item.unit if row.line and is_piece else ""


def _price(row: BillRow) -> str:
    return str(row.line.price) if row.line else ""


def _discount(row: BillRow) -> str:
    shown = row.shown
    return discount_text(shown) if isinstance(shown, BasketLine) else off_text(shown.given)


def _amount(row: BillRow) -> str:
    shown = row.shown
    return str(shown.priced.amount if isinstance(shown, BasketLine) else -shown.off)


# Widths for 80 columns; the name takes what is left. Wider screens show the code and the unit too.
COLUMNS = (
    Column("#", 4, "right", tone="muted", read=_number),
    Column(word("Code"), 14, tone="muted", drop=2, read=_code),
    Column(word("Item"), 0, least=26, is_name=True, read=_name),
    Column(word("Quantity"), 10, "right", read=_quantity),
    Column(word("Unit"), 6, drop=1, tone="muted", read=_unit),
    Column(word("Price"), 10, "right", read=_price),
    Column(word("Discount"), 9, "right", tone="good", read=_discount),
    Column(word("Amount"), 11, "right", tone="money", read=_amount),
)
# What tells a bill where there is little room.
SHORT_COLUMNS = (
    Column(word("Item"), 0, least=20, is_name=True, read=_name),
    Column(word("Quantity"), 10, "right", read=_quantity),
    Column(word("Amount"), 11, "right", tone="money", read=_amount),
)
# Beside the ways to pay.
PAYING_COLUMNS = (
    Column(word("Item"), 0, least=12, is_name=True, read=_name),
    Column(word("Quantity"), 8, "right", read=_quantity),
    Column(word("Amount"), 10, "right", tone="money", read=_amount),
)
