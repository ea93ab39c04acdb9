"""From what was sold to the money that was taken: what else came in, or went back.

A voucher that is sold is no sale of goods yet, what a company pays was sold before: both are money
of this shift. So net sales and ways to pay are not the same, and these lines stand between them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from models.base.fields import store_currency
from models.base.money import Money
from models.base.words import word
from models.hotel.charges.kinds import DEPOSIT, PAID_OUT
from models.ledger.trade import RECEIPT
from models.members.kinds import CARD_BACK, CARD_SALE, LOT_BACK, VOUCHER_SALE

TITLES = {
    VOUCHER_SALE: word("Vouchers sold"),
    LOT_BACK: word("Vouchers paid back"),
    CARD_SALE: word("Cards sold and topped up"),
    CARD_BACK: word("Cards paid back"),
    RECEIPT: word("Paid on accounts"),
    DEPOSIT: word("Deposits of bookings"),
    PAID_OUT: word("Paid out for guests"),
}
OTHER = word("Other money taken")


def beside_sales(sums: Iterable[tuple[str, int]]) -> tuple[tuple[str, Money], ...]:
    """What was taken beside sales, by what it was for (a message id): `sums` are kinds of documents
    with what they took, in minor units. What comes to nothing is left out.
    """
    found: defaultdict[str, int] = defaultdict(int)
    for kind, minor in sums:
        found[TITLES.get(kind, OTHER)] += minor
    money = store_currency()
    order = [*TITLES.values(), OTHER]
    return tuple((title, Money(found[title], money)) for title in order if found[title])
