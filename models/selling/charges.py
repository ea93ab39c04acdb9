"""Charge lines: what was charged, by whichever trade, and where the money for it went in the books.

A document that earns has one or more of them: goods at the till, a night, a service on a folio, a
ticket, an umbrella. Who owes it (payments, lines of a folio) is another matter: a charge that moves
from one folio to another is no new charge. `add_charges` stores the lines and gives the entries
that belong to them, so that lines by account are entries by account; checks.py proves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
)

from models.base.database import Row, on_sqlite
from models.base.fields import (
    DayField,
    MoneyField,
    QuantityField,
    RateField,
    iso,
    store_currency,
)
from models.base.hot import Statement
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import ONE as WHOLE
from models.base.rates import Rate
from models.base.values import value
from models.ledger.accounts import OUTPUT_TAX, SERVICE_SALES
from models.ledger.documents import Document, Leg, add_parts
from models.ledger.parts import Part
from models.trust.trades_used import loaded_in_use

# What was charged. A trade may have a kind of its own.
GOODS, SERVICE, ROOM = "goods", "service", "room"
# What somebody did for a line: sold it, or did the work.
SALESPERSON, STYLIST = "salesperson", "stylist"

ONE = Quantity(1000)


class ChargeLine(Row):
    """One line. `full` less `discount` is `amount`; `amount` less `share` of the discount of the
    bill is paid.

    `net`, `service` (a charge for service on top) and `tax` are what it is in the books, `net` on
    `account`. `day` is when it was consumed. Of goods `cost` is what left the stock for them.
    """

    document = ForeignKeyField(Document, index=False)
    line = BigIntegerField()
    kind = CharField(max_length=10)
    goods = BigIntegerField(null=True)
    category = BigIntegerField(null=True)
    code = CharField(max_length=20)
    name = CharField(max_length=200)
    unit = CharField(max_length=20, default="")
    day = DayField()
    quantity = QuantityField()
    pack = QuantityField()
    price = MoneyField()
    full = MoneyField()
    discount = MoneyField()
    amount = MoneyField()
    share = MoneyField()
    net = MoneyField()
    service = MoneyField()
    tax = MoneyField()
    cost = MoneyField()
    account = IntegerField()
    currency = CharField(max_length=3)
    is_weighed = BooleanField(default=False)
    is_printed = BooleanField(default=False)

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


class ChargeTax(Row):
    """One tax of a charge line: what it was taken of, how much it is, and the account it is on."""

    document = ForeignKeyField(Document, index=False)
    line = BigIntegerField()
    # 0 in a document of the first schema, which had its taxes only as a whole.
    of_line = BigIntegerField()
    name = CharField(max_length=20)
    rate = RateField()
    is_included = BooleanField()
    base = MoneyField()
    tax = MoneyField()
    account = IntegerField()
    currency = CharField(max_length=3)

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


class ChargeStaff(Row):
    """Who had a hand in a charge line, in which role, with what share of it; of who did the work
    the grade as it was, and whether the customer asked for him (点) or it was his turn (排).
    """

    document = ForeignKeyField(Document, index=False)
    line = BigIntegerField()
    of_line = BigIntegerField()
    user = BigIntegerField()
    # As it was.
    name = CharField(max_length=40)
    role = CharField(max_length=20)
    share = RateField()
    grade = CharField(max_length=20, default="")
    is_asked = BooleanField(default=False)

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


class StaffChange(Row):
    """A line of this document stands for a line of a sale from now on: others had a hand in it than
    was said. The sale itself stays as it is.
    """

    document = ForeignKeyField(Document, index=False)
    line = BigIntegerField()
    of_document = BigIntegerField(index=True)
    of_line = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


# Hashed under the names that the tables had in the first schema.
_LINES = Part(
    ChargeLine,
    "line goods category code name unit quantity pack price full discount amount share net tax "
    "cost currency is_weighed is_printed",
    {2: "kind day service account"},
    hashed_as="sale_line",
)
_TAXES = Part(
    ChargeTax,
    "line name rate is_included base tax currency",
    {2: "account of_line"},
    hashed_as="sale_tax",
)
_STAFF = Part(ChargeStaff, "line of_line user name role share grade is_asked")
STAFF_CHANGES = Part(StaffChange, "line of_document of_line")


@value()
class Served:
    """Who of the staff had a hand in a line; the shares of one role come to the whole."""

    user: int
    name: str
    role: str = SALESPERSON
    share: Rate = WHOLE
    grade: str = ""
    is_asked: bool = False


def hand_text(one: Served, *, is_alone: bool) -> str:
    """Somebody as papers name him: 李明* was asked for, 李明 70% had a share."""
    share = "" if is_alone else f" {one.share.percent_text}%"
    return f"{one.name}{'*' if one.is_asked else ''}{share}"


@value()
class TaxCharged:
    """One tax of a line."""

    name: str
    rate: Rate
    base: Money
    tax: Money
    is_included: bool = True
    account: int = OUTPUT_TAX


@value(kw_only=True)
class Charge:
    """A line to store, with its taxes. `amount` is `net` where it is not said, `full` is `amount`,
    `price` is `full`, and the rest is nothing.
    """

    kind: str
    name: str
    day: date
    net: Money
    account: int
    code: str = ""
    goods: int | None = None
    category: int | None = None
    unit: str = ""
    quantity: Quantity = ONE
    pack: Quantity = ONE
    price: Money | None = None
    full: Money | None = None
    amount: Money | None = None
    share: Money | None = None
    service: Money | None = None
    taxes: Sequence[TaxCharged] = ()
    cost: Money | None = None
    is_weighed: bool = False
    is_printed: bool = False
    staff: Sequence[Served] = ()
    # The record of whoever it is for, and the line of which document it takes back; who of the
    # staff keeps what he got for that.
    person: int | None = None
    source: tuple[int, int] | None = None
    kept_by: Sequence[int] = ()


def add_charges(document: Document, charges: Sequence[Charge]) -> list[Leg]:
    """Store what an open document charges; the entries that are to be posted for it."""
    code = store_currency().code
    add_parts(document, _LINES, [_row(n, one, code) for n, one in enumerate(charges, 1)])
    taxes = [(n, each) for n, one in enumerate(charges, 1) for each in one.taxes]
    add_parts(
        document,
        _TAXES,
        [
            (n, one.name, one.rate.millionths, one.is_included, one.base.minor, one.tax.minor, code,
             one.account, of)
            for n, (of, one) in enumerate(taxes, 1)
        ],
    )  # fmt: skip
    hands = [(n, each) for n, one in enumerate(charges, 1) for each in one.staff]
    add_parts(
        document,
        _STAFF,
        [
            (n, of, each.user, each.name[:40], each.role, each.share.millionths, each.grade[:20],
             each.is_asked)
            for n, (of, each) in enumerate(hands, 1)
        ],
    )  # fmt: skip
    # What trades add before it is posted: a commission.
    for follow in loaded_in_use("charged"):
        follow(document, charges)
    return _legs(charges)


def _row(line: int, one: Charge, code: str) -> tuple[object, ...]:
    net = one.net.minor
    amount = net if one.amount is None else one.amount.minor
    full = amount if one.full is None else one.full.minor
    price = full if one.price is None else one.price.minor
    share, cost, service = _minor(one.share), _minor(one.cost), _minor(one.service)
    tax = sum(each.tax.minor for each in one.taxes)
    return (
        line, one.goods, one.category, one.code, one.name[:200], one.unit, one.quantity.thousandths,
        one.pack.thousandths, price, full, full - amount, amount, share, net, tax, cost, code,
        one.is_weighed, one.is_printed, one.kind, iso(one.day), service, one.account,
    )  # fmt: skip


def _minor(money: Money | None) -> int:
    return 0 if money is None else money.minor


def _legs(charges: Sequence[Charge]) -> list[Leg]:
    """The entries: one an account."""
    sums: dict[int, int] = {}

    def add(account: int, minor: int) -> None:
        sums[account] = sums.get(account, 0) + minor

    for one in charges:
        add(one.account, one.net.minor)
    for one in charges:
        if one.service:
            add(SERVICE_SALES, one.service.minor)
    for one in charges:
        for tax in one.taxes:
            add(tax.account, tax.tax.minor)
    money = store_currency()
    return [Leg(account, Money(-minor, money)) for account, minor in sums.items()]


def taxes_of(document: int) -> list[TaxCharged]:
    """The taxes of a document, each summed over its lines."""
    rows = ChargeTax.select().where(ChargeTax.document == document).order_by(ChargeTax.line)
    sums: dict[tuple[str, Rate, bool, int], TaxCharged] = {}
    for row in rows:
        key = (row.name, row.rate, row.is_included, row.account)
        base, tax = row.base, row.tax
        if key in sums:
            base, tax = base + sums[key].base, tax + sums[key].tax
        sums[key] = TaxCharged(row.name, row.rate, base, tax, row.is_included, row.account)
    return list(sums.values())


# A till's later documents have greater keys, and a sale is put right at its own till.
_STANDING = Statement(
    'SELECT "of_line", "document_id", "line" FROM "staff_change" WHERE "of_document" = ? '
    'ORDER BY "document_id"'
)


def standing_lines(document: int) -> dict[int, tuple[int, int]]:
    """Of the lines of a sale in which others had a hand than was said: where it stands who."""
    return {int(line): (int(key), int(at)) for line, key, at in _STANDING.rows(document)}


def served_of(document: int) -> dict[int, list[Served]]:
    """Who had a hand in the lines of a document, by line, as it was last said."""
    found = said_of(document)
    for line, (key, at) in standing_lines(document).items():
        found[line] = said_of(key).get(at, [])
    return found


def said_of(document: int) -> dict[int, list[Served]]:
    """The same as the document itself says, which is never changed."""
    found: dict[int, list[Served]] = {}
    rows = ChargeStaff.select().where(ChargeStaff.document == document).order_by(ChargeStaff.line)
    for one in rows:
        hand = Served(one.user, one.name, one.role, one.share, one.grade, one.is_asked)
        found.setdefault(one.of_line, []).append(hand)
    return found
