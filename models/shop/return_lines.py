"""What may still come back of a bill, and what of its figures goes with it.

Nothing is priced or taxed again. Of each figure of a sold line as much goes back as its quantity is
a part of the whole, rounded for all that came back so far: so the last piece takes the rest, and
the returns of a line come to what was paid for it. Three for 10.00 go back as 3.33, 3.34 and 3.33.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from peewee import BigIntegerField, BooleanField, CharField, CompositeKey, ForeignKeyField

from models.base.database import Row, on_sqlite
from models.base.exact import divide
from models.base.fields import MoneyField, QuantityField, store_currency
from models.base.hot import Statement, rows_in
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.base.settling import in_cash
from models.ledger.daily.shifts import OPEN
from models.ledger.documents import Document
from models.ledger.parts import Part
from models.ledger.payments.taking import Way, payments_back
from models.ledger.ways.cash import cash_rule
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Payment, Tender
from models.selling.charges import ChargeLine, ChargeTax
from models.selling.items import CodeUnknown, find_scanned
from models.selling.lines import PricedLine, TaxAmount
from models.selling.pricing import return_line
from models.selling.tax import Tax
from models.shop.basket import QuantityWrong
from models.shop.sales import Sale
from models.shop.trade import SALE, TENDER_CHANGE, VOID


class NotASale(Refusal):
    """Goods come back from a sale of this store."""


class ReturnTooMuch(Refusal):
    """More comes back than was sold and is not back yet."""


class ReturnEmpty(Refusal):
    """Nothing was chosen that comes back."""


class ReturnLine(Row):
    """A charge line that takes goods back: which line of which sale (none without a slip), why, and
    `given`, what the customer got for it, above zero and with the rounding of cash.
    """

    document = ForeignKeyField(Document, index=False)
    line = BigIntegerField()
    of_document = BigIntegerField(null=True)
    of_line = BigIntegerField(null=True)
    quantity = QuantityField()
    reason = CharField(max_length=20)
    is_scrapped = BooleanField()
    given = MoneyField()
    currency = CharField(max_length=3)

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


ReturnLine.add_index(ReturnLine.of_document)

RETURN_LINES = Part(
    ReturnLine, "line of_document of_line quantity reason is_scrapped given currency"
)


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A sold line, with how much of it came back before."""

    line: ChargeLine
    taxes: tuple[ChargeTax, ...]
    back: Quantity
    # Of its unit: half a bottle does not come back.
    decimals: int = 0

    @property
    def left(self) -> Quantity:
        """What may still come back."""
        return self.line.quantity - self.back

    @property
    def paid(self) -> Money:
        """What was paid for the whole line, before cash was rounded."""
        return self.line.net + self.line.tax

    @property
    def priced(self) -> PricedLine:
        """The line as the pricing engine made it."""
        line = self.line
        return PricedLine(
            quantity=line.quantity, price=line.price, full=line.full,
            promotion=Money.zero(line.amount.currency), discount=line.discount, amount=line.amount,
            share=line.share, net=line.net, taxes=tuple(_as_tax(tax) for tax in self.taxes),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Back:
    """What comes back of one line: the figures of `priced` are below zero, `cost` is above."""

    sold: SoldLine
    quantity: Quantity
    priced: PricedLine
    cost: Money

    @property
    def due(self) -> Money:
        """What was paid for it, before cash was rounded."""
        return -self.priced.total


@dataclass(frozen=True, slots=True)
class GivingBack:
    """What comes back of a bill, and the money for it: `total` above zero, `due` the same before
    cash was rounded; `payings` give it by the ways in which the bill was paid.
    """

    backs: tuple[Back, ...]
    due: Money
    total: Money
    payings: tuple[Paying, ...]


_BACK = Statement(
    'SELECT "of_line", sum("quantity") FROM "return_line" WHERE "of_document" = ? '
    'GROUP BY "of_line"'
)
_GIVEN = Statement(
    'SELECT coalesce(sum(r."given"), 0), coalesce(sum(-l."net" - l."tax"), 0) '
    'FROM "return_line" r JOIN "charge_line" l '
    'ON l."document_id" = r."document_id" AND l."line" = r."line" WHERE r."of_document" = ?'
)
_LAST = Statement(
    'SELECT d."key" FROM "document" d JOIN "shift" s ON s."key" = d."shift" '
    'WHERE d."kind" = ? AND NOT EXISTS (SELECT 1 FROM "document" v '
    'WHERE v."reverses_id" = d."key" AND v."kind" = ?) '
    'AND s."register" = ? AND s."state" = ? ORDER BY d."number" DESC LIMIT 1'
)
_CREDIT = Statement('SELECT coalesce(sum("given"), 0) FROM "return_line" WHERE "document_id" = ?')


def sold_bill(key: int) -> Document:
    """The sale. Refuses: NotASale."""
    found = Document.get_or_none(Document.key == key, Document.kind == SALE)
    if found is None:
        raise NotASale()
    return found


def last_sale(register: int) -> int | None:
    """The newest sale in the open shift of a register that was not undone."""
    row = _LAST.row(SALE, VOID, register, OPEN)
    return None if row is None else int(row[0])


def sold_lines(sale: int) -> list[SoldLine]:
    """The lines of a sale, with what is back of them."""
    back = {int(line): Quantity(int(quantity)) for line, quantity in _BACK.rows(sale)}
    taxes: dict[int, list[ChargeTax]] = {}
    for tax in ChargeTax.select().where(ChargeTax.document == sale).order_by(ChargeTax.line):
        taxes.setdefault(tax.of_line, []).append(tax)
    lines = ChargeLine.select().where(
        ChargeLine.document == sale, ChargeLine.quantity > Quantity(0)
    )
    found, whole = list(lines.order_by(ChargeLine.line)), taxes.get(0, [])
    units = dict(rows_in(_UNITS, [line.goods for line in found if line.goods]))
    return [
        SoldLine(
            line, tuple(taxes.get(line.line) or _from_whole(line, whole)),
            back.get(line.line, Quantity(0)), _decimals(line, units),
        )
        for line in found
    ]  # fmt: skip


_UNITS = (
    'SELECT g."key", u."decimals" FROM "goods" g JOIN "unit" u ON u."key" = g."unit_id" '
    'WHERE g."key" IN (...)'
)


def _decimals(line: ChargeLine, units: Mapping[int, int]) -> int:
    """As many as the quantity may have; what was sold in parts comes back in such parts."""
    if line.is_weighed:
        return 3
    thousandths = line.quantity.thousandths
    sold = next(places for places in range(4) if thousandths % 10 ** (3 - places) == 0)
    return max(sold, units.get(line.goods, 0))


def _from_whole(line: ChargeLine, taxes: list[ChargeTax]) -> list[ChargeTax]:
    """The tax of a line in a document of the first schema, which kept its taxes for the whole: a
    line had one, that of its rate.
    """
    if not taxes:
        return []
    # Off by less than a fen at the right rate.
    off = [abs(line.net.minor * tax.rate.decimal - line.tax.minor) for tax in taxes]
    was = taxes[off.index(min(off))]
    return [
        ChargeTax(
            document=line.document_id, line=was.line, of_line=line.line, name=was.name,
            rate=was.rate, is_included=was.is_included, base=line.net, tax=line.tax,
            account=was.account, currency=was.currency,
        )
    ]  # fmt: skip


def all_left(lines: Sequence[SoldLine]) -> dict[int, Quantity]:
    """All that may still come back, by line."""
    return {sold.line.line: sold.left for sold in lines if sold.left}


def meant_by(lines: Sequence[SoldLine], code: str) -> list[SoldLine]:
    """The sold lines of what was scanned, on sale still or not; of a label that says how much, the
    line with its amount and its weight comes first. Refuses: LabelDamaged.
    """
    try:
        found = find_scanned(code, also_off=True)
    except CodeUnknown:
        return []
    fitting = [sold for sold in lines if sold.line.goods == found.item.goods]
    if not found.says_how_much:
        return fitting

    def is_another(sold: SoldLine) -> tuple[bool, bool]:
        return sold.line.full != found.printed, sold.line.quantity != found.quantity

    return sorted(fitting, key=is_another)


def require_left(sold: SoldLine, quantity: Quantity) -> None:
    """Refuse more than may come back of a line, and what its unit does not divide into.

    Refuses: QuantityWrong, ReturnTooMuch.
    """
    if quantity.thousandths % 10 ** (3 - sold.decimals):
        raise QuantityWrong(goods=sold.line.name, quantity=quantity)
    if not Quantity(0) < quantity <= sold.left:
        raise ReturnTooMuch(
            goods=sold.line.name, asked=quantity, sold=sold.line.quantity, left=sold.left
        )


def giving_back(sale: int, quantities: Mapping[int, Quantity]) -> GivingBack:
    """What goes back for so much of each line. Refuses: ReturnTooMuch, ReturnEmpty."""
    lines = sold_lines(sale)
    backs = tuple(
        _back(sold, quantities[sold.line.line]) for sold in lines if sold.line.line in quantities
    )
    if not backs:
        raise ReturnEmpty()
    due = Money.total((back.due for back in backs), store_currency())
    is_all = all_left(lines) == {back.sold.line.line: back.quantity for back in backs}
    total, payings = payings_back(sale, _total(sale, due, is_all=is_all))
    return GivingBack(backs, due, total, payings)


def _back(sold: SoldLine, quantity: Quantity) -> Back:
    require_left(sold, quantity)
    priced = return_line(sold.priced, quantity, returned=sold.back)
    # A tax that is taken of more than the net amount keeps its part of what it was taken of.
    taxes = tuple(
        found
        if was.base == sold.line.net
        else replace(found, base=-part_of(sold, was.base, quantity))
        for was, found in zip(sold.taxes, priced.taxes, strict=True)
    )
    return Back(
        sold, quantity, replace(priced, taxes=taxes), part_of(sold, sold.line.cost, quantity)
    )


def part_of(sold: SoldLine, figure: Money, quantity: Quantity) -> Money:
    """So much of a figure as the quantity is of the line, behind what came back before."""
    before, whole = sold.back.thousandths, sold.line.quantity.thousandths
    upto = divide(figure.minor * (before + quantity.thousandths), whole)
    return Money(upto - divide(figure.minor * before, whole), figure.currency)


def _as_tax(tax: ChargeTax) -> TaxAmount:
    made = Tax(tax.name, tax.rate, tax.is_included, account=tax.account)
    return TaxAmount(made, tax.base, tax.tax)


def _total(sale: int, due: Money, *, is_all: bool) -> Money:
    """What is given back. All returns together give back what was paid, however cash was rounded;
    until then the part that was paid in cash is rounded as a whole.
    """
    money = due.currency
    given, due_before = (int(figure) for figure in _GIVEN.rows(sale)[0])
    # What was taken in exchange was paid with what came back.
    credit = int(_CREDIT.rows(sale)[0][0])
    paid = Sale.get_by_id(sale).total.minor + credit
    if is_all:
        return Money(max(paid - given, 0), money)
    after = due_before + due.minor
    other = credit + sum(each.amount.minor for each in _paid(sale) if not _is_cash(each))
    if after > other:
        after = other + in_cash(Money(after - other, money), cash_rule()).minor
    return Money(max(min(after, paid) - given, 0), money)


def payings_back(sale: int, total: Money) -> tuple[Money, tuple[Paying, ...]]:
    """Money goes back the way it came, what was no cash first; and how much that is by coins that
    there are. The reference is that of the payment that goes back: a terminal asks for it.
    """
    others, cash = list[Way](), list[Way]()
    for way in payments_back(sale):
        # Change that stayed on an account stays there.
        if (is_cash := _tender(way.tender).what.is_cash) or way.left.minor > 0:
            (cash if is_cash else others).append(way)
    left, payings = _without_coins(total.minor, others, cash), list[Paying]()
    in_coins = total.minor - left
    for way in others:
        if (back := min(left, way.left.minor)) > 0:
            left -= back
            payings.append(_paying(way, -back))
    if cash and (back := _coins(in_coins, cash[0].left)) > 0:
        payings.append(_paying(cash[0], -back))
    given = -sum(paying.given.minor for paying in payings)
    return Money(given, total.currency), tuple(payings)


def _without_coins(total: int, others: list[Way], cash: list[Way]) -> int:
    """So much goes back by cards and wallets: what can, and less where the rest would be no coins.
    That rest is not rounded once more: more would go back than was paid.
    """
    most = min(total, sum(way.left.minor for way in others))
    odd = (most - total) % cash_rule().step.minor
    there = cash[0].left.minor if cash else 0
    return most - odd if odd <= most and total - most + odd <= there else most


def _paying(way: Way, minor: int) -> Paying:
    given = Money(minor, way.left.currency)
    return Paying(way.tender, given, way.reference, way.last_four, folio=way.folio, code=way.code)


def _coins(minor: int, most: Money) -> int:
    """So much in coins, and no more than there came in."""
    rule = cash_rule()
    coins = in_cash(Money(minor, most.currency), rule).minor
    return coins if coins <= most.minor else most.minor - most.minor % rule.step.minor


def _tender(number: int) -> Tender:
    found: Tender = Tender.get(Tender.number == number)
    return found


def _paid(sale: int) -> list[Payment]:
    """How it was paid, also where the way was put right afterwards."""
    put_right = Document.select(Document.key).where(
        Document.reverses == sale, Document.kind == TENDER_CHANGE
    )
    where = (Payment.document == sale) | Payment.document.in_(put_right)
    return list(Payment.select().where(where))


def _is_cash(paid: Payment) -> bool:
    return bool(paid.tender.what.is_cash)
