"""Bills of real records, rung line by line at the prices that the records tell."""

from __future__ import annotations

from models.base.fields import store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.ledger.daily import shift_life
from models.ledger.ways.tender_kinds import Paying
from models.shop import basket, bill_changes, sales
from models.shop.basket import Basket
from models.trust.operation import Session, new_uid

# Code, pieces, and the price of a piece in minor units.
BillLines = list[tuple[str, int, int]]


def rung(session: Session, lines: BillLines) -> Basket:
    """A bill with these lines, at prices of their own where the shelf's is another one."""
    bill = basket.new_basket(session)
    for code, pieces, price in lines:
        many = Quantity.of(pieces)
        line = bill.lines[basket.ring_code(bill, code, many, is_sure=True)]
        number = line.number
        if line.price.minor != price:
            number = bill_changes.override_price(
                session, bill.draft, number, _money(price), pieces=many, uid=new_uid()
            )
            basket.catch_up(bill, line.number, number)
    return bill


def an_hour(session: Session, bills: list[BillLines]) -> list[str]:
    """Every fourth bill, by the number of the register, rung and paid in cash; their labels."""
    shift_life.open_shift(session, {10_000: 1}, uid=new_uid())
    labels = []
    for lines in bills[session.register - 1 :: 4]:
        bill = rung(session, lines)
        due = bill.amount_due
        sold = sales.sell(session, bill.draft, [Paying(1, due)], shown=due, uid=new_uid())
        labels.append(sold.label)
    return labels


def _money(minor: int) -> Money:
    return Money(minor, store_currency())
