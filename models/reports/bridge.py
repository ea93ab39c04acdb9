"""From what was sold to the money that was taken: what else came in, or went back.

A voucher that is sold is no sale of goods yet, what a company pays was sold before: both are money
of this shift. So net sales and ways to pay are not the same, and these lines stand between them.

Beside it stands what a day earned, and what is owed for cards and vouchers. Where nobody pays on
account, what was taken is what was earned and by how much more is owed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.words import word
from models.hotel.charges.kinds import DEPOSIT, PAID_OUT
from models.ledger.accounts import CARD_BONUS, CARD_FEES, POINTS_USED
from models.ledger.trade import RECEIPT
from models.members.kinds import CARD_BACK, CARD_SALE, KINDS, LOT_BACK, VOUCHER_SALE
from models.members.lots import BACK, CASHED, EXPIRED, ISSUED, USED

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


# --- earned, and owed

_CHARGED = Statement(
    'SELECT coalesce(sum(l."net" + l."service" + l."tax"), 0) FROM "document" d '
    'JOIN "charge_line" l ON l."document_id" = d."key" WHERE d."day" = ?'
)
_OWING = [kind for kind in KINDS.values() if kind.is_owed]
# Less what was given on top, more what is earned without a bill: a discount card, and what nobody
# had when a card was taken back or ran out.
_BESIDE = sorted({CARD_BONUS, POINTS_USED, CARD_FEES, *(kind.profit for kind in _OWING)})
_MORE = Statement(
    'SELECT coalesce(sum("credit" - "debit"), 0) FROM "day_total" '
    f'WHERE "day" = ? AND "account" IN ({", ".join(map(str, _BESIDE))})'
)
_OWED = Statement(
    'SELECT m."why", sum(m."amount" - m."bonus") FROM "document" d '
    'JOIN "lot_move" m ON m."document_id" = d."key" WHERE d."day" = ? GROUP BY m."why"'
)
# By the kept sums of the books: a proof of the moves, which are many.
_BEFORE = Statement(
    'SELECT coalesce(sum("credit" - "debit"), 0) FROM "day_total" WHERE "day" < ? AND "account" IN '
    f"({', '.join(str(kind.account) for kind in _OWING)})"
)
# Why something of what is owed moved, in the order in which it is told; a message id of each.
MOVED = {
    ISSUED: word("Sold"), BACK: word("Came back"), USED: word("Used"), CASHED: word("Refunded"),
    EXPIRED: word("Ran out"),
}  # fmt: skip


def earned_on(day: str) -> int:
    """What bills, guests, cards and vouchers earned on a date (ISO), in minor units: with taxes,
    without bonus and points, with what nobody had of what was paid ahead.
    """
    return int(_CHARGED.rows(day)[0][0]) + int(_MORE.rows(day)[0][0])


def owed_before(day: str) -> int:
    """What was owed before a date (ISO), in minor units."""
    return int(_BEFORE.rows(day)[0][0])


def owed_moves(day: str) -> list[int]:
    """By how much it changed on a date (ISO), in minor units, for each reason of MOVED."""
    moved = {why: int(amount) for why, amount in _OWED.rows(day)}
    return [moved.get(why, 0) for why in MOVED]


def both_figures(day: date) -> tuple[tuple[str, Money], ...]:
    """What the slip of a day says: earned, and what is owed before, moved and now, each with its
    message id; nothing where nothing was ever owed.
    """
    iso = day.isoformat()
    before, moves = owed_before(iso), owed_moves(iso)
    if not before and not any(moves):
        return ()
    return tuple(_told(earned_on(iso), before, moves))


def _told(earned: int, before: int, moves: list[int]) -> Iterator[tuple[str, Money]]:
    money = store_currency()
    yield word("Earned"), Money(earned, money)
    yield word("Owed before"), Money(before, money)
    for label, minor in zip(MOVED.values(), moves, strict=True):
        if minor:
            yield label, Money(minor, money)
    yield word("Still owed"), Money(before + sum(moves), money)
