"""What is typed and shown on a bill: quantities, amounts, discounts."""

from __future__ import annotations

from models.base.fields import store_currency
from models.base.money import MOST_MINOR, Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.selling.lines import NewPrice
from models.shop.basket import Basket
from models.shop.basket_lines import BasketLine

LONGEST_NAME = 24


class NotANumber(Refusal):
    """What was typed is no number of the kind that was asked for."""


def quantity_of(text: str) -> Quantity:
    """A typed quantity. Refuses: NotANumber."""
    try:
        quantity = Quantity.parse(text.strip())
    except ValueError as error:
        raise NotANumber(typed=text) from error
    if abs(quantity.thousandths) >= MOST_MINOR:
        raise NotANumber(typed=text)
    return quantity


def money_of(text: str) -> Money:
    """A typed amount in the store's currency. Refuses: NotANumber."""
    try:
        amount = Money.parse(text.strip(), store_currency())
    except ValueError as error:
        raise NotANumber(typed=text) from error
    if abs(amount.minor) >= MOST_MINOR:
        raise NotANumber(typed=text)
    return amount


def discount_of(text: str) -> Rate | Money | None:
    """10 or 10% is a part, -5 an amount, 0 nothing. Refuses: NotANumber."""
    plain = text.strip().removesuffix("%").strip()
    if plain.startswith("-"):
        amount = money_of(plain[1:])
        return amount or None
    try:
        rate = Rate.percent(plain)
    except ValueError as error:
        raise NotANumber(typed=text) from error
    if not 0 <= rate.millionths <= 1_000_000:
        raise NotANumber(typed=text)
    return rate if rate.millionths else None


def discount_text(line: BasketLine) -> str:
    """What comes off a line, as it was given: -10%, -2.00, or =9.90 for another price."""
    if line.discount is None:
        return ""
    if isinstance(line.discount, Rate):
        return f"-{line.discount.percent_text}%"
    if isinstance(line.discount, NewPrice):
        return f"={line.discount.price}"
    return f"-{line.discount}"


def held_title(basket: Basket) -> str:
    """What tells a held bill from the others: its first item, how many more lines, its amount."""
    first, *more = basket.lines
    name = first.item.name
    short = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
    return f"{short}{f' +{len(more)}' if more else ''}  {basket.amount_due}"
