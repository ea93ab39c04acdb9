"""The rows of a bill on the screen: its lines, and behind them the discount of the whole bill."""

from __future__ import annotations

from dataclasses import dataclass

from models.base.money import Money
from models.selling.lines import Discount
from models.shop.basket import Basket
from models.shop.basket_lines import BasketLine
from receipts.words import word
from tui.desk.words import t
from tui.shop.bill_texts import discount_text, off_text
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

    @property
    def line(self) -> BasketLine | None:
        """The line, when it is one."""
        return self.shown if isinstance(self.shown, BasketLine) else None


def bill_rows(basket: Basket) -> list[BillRow]:
    """All rows of a bill, in the order of the screen."""
    rows = [BillRow(number, line) for number, line in enumerate(basket.lines, 1)]
    if basket.discount is not None:
        off = basket.total.total - basket.amount_due
        rows.append(BillRow(0, BillDiscount(basket.discount, off)))
    return rows


def _number(row: BillRow) -> str:
    return str(row.number) if row.number else ""


def _code(row: BillRow) -> str:
    return row.line.item.code if row.line else ""


def _name(row: BillRow) -> str:
    return row.line.item.name if row.line else t("Discount on the bill")


def _quantity(row: BillRow) -> str:
    return str(row.line.quantity) if row.line else ""


def _unit(row: BillRow) -> str:
    return row.line.item.unit if row.line else ""


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
    Column(word("Item"), 0, least=26, read=_name),
    Column(word("Quantity"), 9, "right", read=_quantity),
    Column(word("Unit"), 4, drop=1, tone="muted", read=_unit),
    Column(word("Price"), 10, "right", read=_price),
    Column(word("Discount"), 9, "right", tone="good", read=_discount),
    Column(word("Amount"), 11, "right", tone="money", read=_amount),
)
# What tells a bill where there is little room.
SHORT_COLUMNS = (
    Column(word("Item"), 0, least=20, read=_name),
    Column(word("Quantity"), 9, "right", read=_quantity),
    Column(word("Amount"), 11, "right", tone="money", read=_amount),
)
