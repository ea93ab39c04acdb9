"""Amounts and quantities as they are typed at the counter: the one way from a text to a number.

A short code that a scanner sends as keys looks like a number with its Enter. The gate knows the
pace of the keys (tui/desk/gate/scan.py) and the line marks the text (`Scanned`): refused here.
"""

from __future__ import annotations

from models.base.cost import UnitCost
from models.base.fields import store_currency
from models.base.money import MOST_MINOR, Currency, Money
from models.base.quantity import Quantity
from models.base.refusals import Refusal


class NotANumber(Refusal):
    """What was typed is no number of the kind that was asked for."""


class NumberScanned(Refusal):
    """A code came from the scanner where an amount or a quantity is typed."""


class Scanned(str):
    """A text whose last digits came with their Enter at a scanner's pace: `run`."""

    run: str = ""

    @classmethod
    def of(cls, text: str, run: str) -> str:
        """The text, marked when it ends with such digits."""
        if not run or not text.endswith(run):
            return text
        made = cls(text)
        made.run = run
        return made


def by_hand(text: str) -> str:
    """The text, if no scanner sent it. Refuses: NumberScanned."""
    if isinstance(text, Scanned):
        raise NumberScanned(code=text.run)
    return text


def quantity_of(text: str) -> Quantity:
    """A typed quantity. Refuses: NotANumber, NumberScanned."""
    try:
        quantity = Quantity.parse(by_hand(text).strip())
    except ValueError as error:
        raise NotANumber(typed=text) from error
    if abs(quantity.thousandths) >= MOST_MINOR:
        raise NotANumber(typed=text)
    return quantity


def money_of(text: str) -> Money:
    """A typed amount in the store's currency. Refuses: NotANumber, NumberScanned."""
    return amount_of(text, store_currency())


def amount_of(text: str, money: Currency) -> Money:
    """A typed amount of any currency. Refuses: NotANumber, NumberScanned."""
    try:
        amount = Money.parse(by_hand(text).strip(), money)
    except ValueError as error:
        raise NotANumber(typed=text) from error
    if abs(amount.minor) >= MOST_MINOR:
        raise NotANumber(typed=text)
    return amount


def cost_of(text: str) -> UnitCost:
    """A typed cost of one, with up to six decimals. Refuses: NotANumber, NumberScanned."""
    try:
        cost = UnitCost.parse(by_hand(text).strip(), store_currency())
    except ValueError as error:
        raise NotANumber(typed=text) from error
    if abs(cost.millionths) >= MOST_MINOR * 10_000:
        raise NotANumber(typed=text)
    return cost


def pieces_of(text: str) -> int:
    """A typed number of notes, coins, copies. Refuses: NotANumber, NumberScanned."""
    if not (text.isascii() and text.isdigit()) or len(by_hand(text)) > 6:
        raise NotANumber(typed=text)
    return int(text)
