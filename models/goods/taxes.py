"""Taxes that goods carry: rates, amounts a piece, and groups of them."""

from __future__ import annotations

from models.base.keys import new_key
from models.base.money import Money
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.base.words import word
from models.goods.basics import name_of
from models.goods.goods import AS_STORE, TAX_PLACES, Goods, TaxRate
from models.ledger.accounts import CONTAINER_DEPOSIT, OTHER_TAX, OUTPUT_TAX
from models.trust.operation import Job, operation
from models.trust.records import linked_row, put, row_at

_TAXES = word("Tax rates")

# Where a tax may go in the books.
TAX_ACCOUNTS = (OUTPUT_TAX, OTHER_TAX, CONTAINER_DEPOSIT)
_PARTS = ("first", "second", "third")
_NONE = Rate(0)


class TaxRateInUse(Refusal):
    """Goods or a group of taxes carry this tax; it can be switched off."""


class TaxRateWrong(Refusal):
    """A tax is at least 0 and less than 100 per cent, or an amount above zero for each piece."""


class TaxGroupWrong(Refusal):
    """A group is made of taxes, each once and none a group, and has no rate of its own."""


@operation(right="keep goods")
def save_tax_rate(
    job: Job,
    key: int | None,
    *,
    version: int = 0,
    name: str,
    rate: Rate = _NONE,
    each: Money | None = None,
    place: str = AS_STORE,
    is_based_on: bool = False,
    account: int = OUTPUT_TAX,
    first: int | None = None,
    second: int | None = None,
    third: int | None = None,
    is_active: bool = True,
) -> TaxRate:
    """Make a tax (key None) or change one; sales keep the rate that they were made at.

    Refuses: RecordChanged, NameMissing, TextTooLong, RecordTaken, TaxRateWrong, TaxGroupWrong,
    LinkUnknown.
    """
    found = None if key is None else row_at(TaxRate, key, version, _TAXES, name=name)
    title = name_of(TaxRate, key, name, _TAXES)
    is_amount = each is not None and each.minor > 0
    if not 0 <= rate.millionths < 1_000_000 or (each is not None and (rate or not is_amount)):
        raise TaxRateWrong(field="each" if each is not None and not is_amount else "rate")
    chosen = zip(_PARTS, (first, second, third), strict=True)
    taxes = [linked_row(TaxRate, part, one) for part, one in chosen if one is not None]
    _check_group(title, key, taxes, is_plain=not rate and each is None)
    if place not in TAX_PLACES or account not in TAX_ACCOUNTS:
        raise ValueError(f"{place} {account}")

    values = {
        "name": title, "rate": rate, "each": each, "place": place, "is_based_on": is_based_on,
        "account": account, "is_active": is_active,
        **dict.fromkeys(_PARTS), **dict(zip(_PARTS, taxes, strict=False)),
    }  # fmt: skip
    if found is None:
        job.note(tax=title, rate=rate)
        return TaxRate.create(key=new_key(), **values)
    job.note(tax=title, changes=put(found, **values))
    return found


def _check_group(
    name: str, key: int | None, taxes: list[TaxRate | None], *, is_plain: bool
) -> None:
    """Refuses: TaxGroupWrong."""
    keys = [tax.key for tax in taxes if tax is not None]
    is_nested = any(tax is not None and tax.first_id for tax in taxes) or key in keys
    is_part = key is not None and bool(_groups_with(key)) and bool(keys)
    if is_nested or is_part or len(set(keys)) != len(keys) or (keys and not is_plain):
        raise TaxGroupWrong(name=name, field="first")


def _groups_with(key: int) -> list[TaxRate]:
    either = (TaxRate.first == key) | (TaxRate.second == key) | (TaxRate.third == key)
    return list(TaxRate.select().where(either))


@operation(right="keep goods")
def drop_tax_rate(job: Job, key: int, *, version: int) -> None:
    """Delete a tax that nothing carries. Refuses: RecordChanged, TaxRateInUse."""
    found = row_at(TaxRate, key, version, _TAXES)
    if Goods.select().where(Goods.tax == found).exists() or _groups_with(key):
        raise TaxRateInUse(name=found.name)

    found.delete_instance()
    job.note(tax=found.name)
