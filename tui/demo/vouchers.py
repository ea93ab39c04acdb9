"""Vouchers of the demonstration shop: sold on Saturdays, used on Sundays; and on Fridays goods that
came back for store credit.
"""

from __future__ import annotations

from datetime import date
from random import Random
from uuid import UUID

from models.base.fields import store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender
from models.members.kinds import CREDIT, VOUCHER
from models.members.lots import lots_of
from models.members.vouchers import sell_voucher
from models.selling.items import find_item
from models.shop import basket, sales
from models.shop.return_lines import giving_back, last_sale, sold_lines
from models.shop.returns import return_goods
from models.trust.operation import Session
from tui.demo.goods import Listed, with_check_digit

CASH = 1
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6


def live(cashier: Session, manager: Session, goods: list[Listed], day: date) -> None:
    """What happens with vouchers on this day."""
    if day.weekday() == FRIDAY:
        _credit(manager, day)
    elif day.weekday() == SATURDAY:
        _sell(cashier, day)
    elif day.weekday() == SUNDAY:
        _use(cashier, goods, day)


def _number(day: date, *, ago: int = 0) -> str:
    """Of the voucher that is sold on a day, or was so many days before."""
    return with_check_digit(f"99{day.toordinal() - ago:010d}")


def _uid(what: str, day: date) -> UUID:
    # Dice of its own: the others fall as they did.
    return UUID(int=Random(f"{what} {day}").getrandbits(128), version=4)


def _way(kind: str) -> int:
    return int(Tender.get(Tender.kind == kind).number)


def _sell(cashier: Session, day: date) -> None:
    amount = Money(10_000, store_currency())
    payings, uid = [Paying(CASH, amount)], _uid("sold", day)
    sell_voucher(cashier, _number(day), payings, amount=amount, uid=uid)


def _use(cashier: Session, goods: list[Listed], day: date) -> None:
    """Something of the shelf, paid by what was sold yesterday."""
    found = lots_of(_number(day, ago=1))
    if not found:
        return
    bill = basket.new_basket(cashier)
    basket.ring(bill, find_item(goods[0].barcode), Quantity.of(3))
    due = bill.amount_due
    paying = Paying(_way(VOUCHER), min(due, found[0].rest), code=found[0].number)
    rest = due - paying.given
    payings = [paying, Paying(CASH, rest)] if rest else [paying]
    sales.sell(cashier, bill.draft, payings, shown=due, uid=_uid("used", day))


def _credit(manager: Session, day: date) -> None:
    """The first thing of the last bill comes back; its money stays here."""
    sale = last_sale(manager.register)
    if sale is None:
        return
    line = sold_lines(sale)[0]
    wanted = {line.line.line: line.left}
    back = giving_back(sale, wanted).total
    if back.minor > 0:
        paying = Paying(_way(CREDIT), -back, code=_number(day))
        return_goods(
            manager, sale, wanted, shown=back, reason="unwanted", payings=[paying],
            uid=_uid("credit", day),
        )  # fmt: skip
