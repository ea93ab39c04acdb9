"""Of what a rule pays its part: of a whole line, with or without what a card has paid of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.base.exact import divide, shares
from models.base.fields import store_currency
from models.base.hot import rows_in
from models.base.money import Money
from models.ledger.documents import Document
from models.members.kinds import COURSE, VALUE_CARD
from models.members.lots import LOT_MOVES, USED, LotMove
from models.salon.commission_rules import ALL, LIST, MARGIN, NET, PRINCIPAL, CommissionRule
from models.salon.names import HANDS_CHANGE
from models.selling.charges import Charge, ChargeLine


@dataclass(frozen=True, slots=True)
class ByCard:
    """What cards paid of a line that came to `paid`, `bonus` of it with their bonus; in minor
    units.
    """

    paid: int
    carded: int = 0
    bonus: int = 0

    def left(self, cards: str) -> int:
        """What of it counts for a rule."""
        if cards == ALL:
            return self.paid
        return self.paid - (self.bonus if cards == PRINCIPAL else self.carded)


@dataclass(frozen=True, slots=True)
class _Line:
    """What a customer pays for a line, and of which item it is."""

    paid: int
    goods: int | None


@dataclass(frozen=True, slots=True)
class _Use:
    """So much of a lot, in minor units, `bonus` of it bonus."""

    lot: int
    amount: int
    bonus: int


def by_card(document: Document, charges: Sequence[Charge]) -> list[ByCard]:
    """What the cards that pay a document pay of each of its lines: times pay their service, stored
    value what is left, all lines alike. What comes back counts by what it takes back, not by this;
    work that others did than was said as it was paid at its sale.
    """
    if document.kind == HANDS_CHANGE:
        return _as_sold(charges)
    lines = [_Line(0 if one.source else _paid(one), one.goods) for one in charges]
    moves = [row for row in document.parts.get(LOT_MOVES.name, ()) if row[6] == USED]
    return _spread(lines, [_Use(row[1], -row[3], -row[7]) for row in moves])


def _as_sold(charges: Sequence[Charge]) -> list[ByCard]:
    """Of a line of a sale that is taken back, and of it again."""
    assert charges[0].source is not None
    sale, line = charges[0].source
    rows = ChargeLine.select().where(ChargeLine.document == sale).order_by(ChargeLine.line)
    moves = LotMove.select().where(LotMove.document == sale, LotMove.why == USED)
    lines = [_Line((row.net + row.tax).minor, row.goods) for row in rows]
    uses = [_Use(one.lot, -one.amount.minor, -one.bonus.minor) for one in moves]
    sold = dict(zip((row.line for row in rows), _spread(lines, uses), strict=True))
    return [ByCard(0), sold[line]]


_KINDS = 'SELECT "key", "kind", "goods" FROM "lot" WHERE "key" IN (...)'


def _spread(lines: Sequence[_Line], uses: Sequence[_Use]) -> list[ByCard]:
    if not uses:
        return [ByCard(each.paid) for each in lines]
    kinds = {key: (kind, goods) for key, kind, goods in rows_in(_KINDS, [one.lot for one in uses])}
    carded, bonus = [0] * len(lines), [0] * len(lines)

    def rest(goods: int | None = None) -> list[int]:
        return [
            line.paid - had if goods is None or line.goods == goods else 0
            for line, had in zip(lines, carded, strict=True)
        ]

    for one in uses:
        if kinds[one.lot][0] == COURSE:
            _share(one.amount, rest(kinds[one.lot][1]), carded)
    values = [one for one in uses if kinds[one.lot][0] == VALUE_CARD]
    left = rest()
    _share(sum(one.bonus for one in values), left, bonus)
    _share(sum(one.amount for one in values), left, carded)
    return [ByCard(line.paid, *each) for line, *each in zip(lines, carded, bonus, strict=True)]


def _share(amount: int, weights: Sequence[int], onto: list[int]) -> None:
    """No more than there is: a tip is paid with the bill, and is no line of it."""
    if (whole := sum(weights)) and amount:
        for place, part in enumerate(shares(min(amount, whole), weights)):
            onto[place] += part


def _paid(one: Charge) -> int:
    """What a customer pays for a line."""
    return max(0, one.net.minor + sum(tax.tax.minor for tax in one.taxes))


def base_of(rule: CommissionRule, one: Charge, counted: ByCard) -> Money:
    """What a rule takes of a whole line."""
    money = store_currency()
    nothing = Money.zero(money)
    amount = one.net if one.amount is None else one.amount
    if rule.base == LIST:
        whole = amount if one.full is None else one.full
    elif rule.base in (NET, MARGIN):
        whole = one.net
    else:
        whole = amount - (one.share or nothing)
    if counted.paid:
        whole = Money(divide(whole.minor * counted.left(rule.cards), counted.paid), money)
    if rule.base != MARGIN:
        return whole
    left = whole - (one.cost or nothing)
    return left if (left.minor < 0) == (one.net.minor < 0) else nothing


def part_counted(rule: CommissionRule, amount: Money, counted: ByCard) -> Money:
    """What of a fixed sum is paid when a card paid of the line."""
    if not counted.paid:
        return amount
    return Money(divide(amount.minor * counted.left(rule.cards), counted.paid), amount.currency)
