"""Suppliers (供应商): a folio each, with what is agreed beside it; and what their goods cost."""

from __future__ import annotations

from typing import Any

from peewee import BigIntegerField, BooleanField, ForeignKeyField, IntegerField

from models.base.cost import UnitCost
from models.base.database import Row
from models.base.fields import (
    CodeField,
    CostField,
    KeyField,
    QuantityField,
    RateField,
    store_currency,
)
from models.base.hot import Statement
from models.base.keys import new_key
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import ONE, Rate
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.base.words import word
from models.buying.plausible import PIECE, Asked, require_plausible
from models.goods.goods import Goods
from models.ledger.folio_kinds import KINDS, SUPPLIER
from models.ledger.folios import Folio, new_folio, put_folio
from models.people.lists import CHOICE_USES, PersonChoice
from models.stock.stock import stock_of
from models.trust.operation import Job, operation
from models.trust.records import RecordTaken, first_wrong, linked_row, put, row_at, text_of
from models.trust.shipped_names import shipped

_SUPPLIERS, _PRICES = word("Suppliers"), word("Suppliers' prices")
MOST_LEAD_DAYS = 3650


class SupplierTermsWrong(Refusal):
    """Days of delivery are 0 to 3650, a tolerance 0 to 100 per cent."""


class SupplierUnknown(Refusal):
    """The account is none of a supplier."""

    about = ("supplier",)


class SupplierPriceWrong(Refusal):
    """A price is not below zero, and is for more than no pieces of one item."""


class Supplier(Row):
    """What is agreed with a supplier, beside his folio, whose key this is.

    `lead_days` from order to delivery; `tolerance` is how much more than ordered is taken in, over
    all deliveries of an order. `bills_later`: his goods come without their bill. `is_retail` is the
    one of purchases in a shop around the corner.
    """

    key = KeyField(primary_key=True)
    lead_days = IntegerField(default=0)
    tolerance = RateField()
    bills_later = BooleanField(default=False)
    level = ForeignKeyField(PersonChoice, null=True, index=False)
    region = ForeignKeyField(PersonChoice, null=True, index=False)
    is_retail = BooleanField(default=False)
    mark = MarkField()


class SupplierPrice(Row):
    """What a supplier asks for an item: a `price` for a `pack` of so many base units, under his own
    `code`. The `is_usual` one is ordered from first.
    """

    key = KeyField(primary_key=True)
    supplier = BigIntegerField()
    goods = ForeignKeyField(Goods)
    code = CodeField(max_length=40, default="")
    pack = QuantityField()
    price = CostField()
    is_usual = BooleanField(default=False)
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"
        indexes = ((("supplier", "goods"), True),)


CHOICE_USES += [(Supplier, "level"), (Supplier, "region")]


@operation(right="keep accounts")
def save_supplier(
    job: Job,
    /,
    key: int | None,
    *,
    version: int = 0,
    name: str,
    lead_days: int = 0,
    tolerance: Rate | None = None,
    bills_later: bool = False,
    level: int | None = None,
    region: int | None = None,
    **of_account: Any,
) -> Folio:
    """Make a supplier (key None) or change one: his account, and what is agreed with him.

    Refuses: SupplierTermsWrong, and what `put_folio` refuses.
    """
    most = tolerance or Rate(0)
    wrong = first_wrong(
        lead_days=0 <= lead_days <= MOST_LEAD_DAYS, tolerance=Rate(0) <= most <= ONE
    )
    if wrong:
        raise SupplierTermsWrong(field=wrong)
    of_account.setdefault("limit", Money.zero(store_currency()))
    values = {
        "lead_days": lead_days, "tolerance": most, "bills_later": bills_later,
        "level": linked_row(PersonChoice, "level", level),
        "region": linked_row(PersonChoice, "region", region),
    }  # fmt: skip

    folio = put_folio(job, key, version=version, kind=SUPPLIER, name=name, **of_account)
    found = Supplier.get_or_none(Supplier.key == folio.key)
    if found is None:
        Supplier.create(key=folio.key, **values)
    else:
        for each, value in values.items():
            setattr(found, each, value)
        found.save()
    job.note(lead_days=lead_days, tolerance=most, bills_later=bills_later)
    return folio


@operation(right="order goods")
def save_supplier_price(
    job: Job,
    key: int | None,
    *,
    version: int = 0,
    supplier: int,
    goods: int,
    price: UnitCost,
    pack: Quantity = PIECE,
    code: str = "",
    is_usual: bool = False,
    is_price_meant: bool = False,
) -> SupplierPrice:
    """Keep what a supplier asks for an item (key None: a new one); `price` is for one `pack`.
    `is_price_meant`: one that is far off what he asked before, or what it cost last, is seen.

    Refuses: RecordChanged, RecordTaken, SupplierUnknown, SupplierPriceWrong, PriceOdd, TextTooLong.
    """
    folio, item = supplier_folio(supplier), linked_row(Goods, "goods", goods)
    wrong = first_wrong(
        goods=item is not None and item.is_stocked, pack=pack > Quantity(0),
        price=price.millionths >= 0,
    )  # fmt: skip
    if wrong or item is None:
        raise SupplierPriceWrong(field=wrong)
    found = None if key is None else row_at(SupplierPrice, key, version, _PRICES, name=item.name)
    same = price_of(supplier, goods)
    if same is not None and (found is None or same.key != found.key):
        raise RecordTaken(listing=_PRICES, name=item.name, field="goods")
    require_plausible(
        [(item.name, Asked(price, pack), usual_for(same, goods))], is_sure=is_price_meant
    )

    if is_usual:
        SupplierPrice.update(is_usual=False).where(SupplierPrice.goods == goods).execute()
    values = {
        "supplier": supplier, "goods": item, "price": price, "pack": pack,
        "code": text_of("code", code, 40), "is_usual": is_usual,
    }  # fmt: skip
    job.note(supplier=folio.name, goods=item.name, price=price, pack=pack)
    if found is None:
        return SupplierPrice.create(key=new_key(), **values)
    job.note(changes=put(SupplierPrice.get_by_id(found.key), **values))
    return found


@operation(right="order goods")
def drop_supplier_price(job: Job, key: int, *, version: int) -> None:
    """Forget what a supplier asks for an item. Refuses: RecordChanged."""
    found = row_at(SupplierPrice, key, version, _PRICES)

    found.delete_instance()
    job.note(goods=found.goods.name, price=found.price)


def supplier_folio(key: int) -> Folio:
    """The account of a supplier. Refuses: SupplierUnknown."""
    found: Folio | None = Folio.get_or_none(Folio.key == key, Folio.kind == SUPPLIER)
    if found is None:
        raise SupplierUnknown()
    return found


def terms_of(key: int) -> Supplier:
    """What is agreed with a supplier; of one whose account alone is kept, nothing."""
    found: Supplier | None = Supplier.get_or_none(Supplier.key == key)
    return found or Supplier(key=key, tolerance=Rate(0))


def price_of(supplier: int, goods: int) -> SupplierPrice | None:
    """What he asks for an item; None when nobody knows."""
    found: SupplierPrice | None = SupplierPrice.get_or_none(
        SupplierPrice.supplier == supplier, SupplierPrice.goods == goods
    )
    return found


def usual_for(found: SupplierPrice | None, goods: int) -> Asked:
    """What an item is expected to cost: what a supplier asks, or else what it cost last."""
    return Asked(found.price, found.pack) if found else Asked(stock_of(goods).last)


_PRICED = Statement('SELECT DISTINCT "goods_id" FROM "supplier_price"')


def priced_goods() -> set[int]:
    """The items that somebody delivers at a price."""
    return {int(goods) for (goods,) in _PRICED.rows()}


def usual_prices() -> dict[int, SupplierPrice]:
    """From whom each item is bought, and for what: its usual supplier, or else the cheapest."""
    found: dict[int, SupplierPrice] = {}
    for row in SupplierPrice.select().order_by(SupplierPrice.key):
        other = found.get(row.goods_id)
        if other is None or _rank(row) < _rank(other):
            found[row.goods_id] = row
    return found


def _rank(row: SupplierPrice) -> tuple[bool, float]:
    return not row.is_usual, row.price.millionths * 1000 / row.pack.thousandths


def retail_folio(job: Job) -> Folio:
    """The account of purchases in any shop (零售), inside an operation; made at the first."""
    found = retail_supplier()
    if found is not None:
        return found
    zero = Money.zero(store_currency())
    made = new_folio(job, KINDS[SUPPLIER], name=shipped("零售 Retail"), limit=zero, terms=0)
    Supplier.create(key=made.key, tolerance=Rate(0), is_retail=True)
    return made


def retail_supplier() -> Folio | None:
    """The same, where there is one already."""
    row = Supplier.get_or_none(Supplier.is_retail)
    return None if row is None else supplier_folio(row.key)
