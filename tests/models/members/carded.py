"""Cards for tests: kinds of each form, and who holds one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.base.hot import query
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.goods.records import save_goods
from models.ledger.documents import Document
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender
from models.members.card_kinds import CardKind, save_card_kind
from models.members.cards import Card, find_card, sell_card
from models.members.kinds import COURSE, VALUE_CARD
from models.members.lots import lots_of
from models.people.persons import Person
from models.people.records import save_person
from models.shop.returns import return_goods
from models.shop.sales import sell as sell_bill
from models.trust.operation import new_uid
from tests.stores import CARD, Shop, yuan

NUMBER, OTHER = "880001", "880002"
ALL = Quantity.of(1)


def way(kind: str) -> int:
    return int(Tender.get(Tender.kind == kind).number)


def item(shop: Shop, code: str, price: str) -> int:
    """A service, as an item that is not stocked."""
    return save_goods(
        shop.owner, None, code=code, name=f"项目{code}", price=yuan(price), is_stocked=False,
        uid=new_uid(),
    ).key  # fmt: skip


def kind(shop: Shop, name: str = "储值卡", form: str = "value", **more: Any) -> CardKind:
    more["discount"] = Rate.percent(more.pop("percent", "0"))
    return save_card_kind(shop.owner, None, name=name, form=form, uid=new_uid(), **more)


def person(shop: Shop, name: str = "王芳", **more: Any) -> Person:
    return save_person(shop.owner, None, name=name, uid=new_uid(), **more)


def sell(
    shop: Shop, of: CardKind, amount: str, number: str = NUMBER, *, bonus: str | None = None,
    whose: Person | None = None, **more: Any,
) -> Document:  # fmt: skip
    return sell_card(
        shop.owner, of.key, number, [Paying(CARD, yuan(amount), reference="A1")],
        amount=yuan(amount), bonus=None if bonus is None else yuan(bonus),
        person=whose.key if whose else None, uid=new_uid(), **more,
    )  # fmt: skip


def value(amount: str, number: str = NUMBER) -> Paying:
    return Paying(way(VALUE_CARD), yuan(amount), code=number)


def times(amount: str, item_code: str, number: str = NUMBER) -> Paying:
    return Paying(way(COURSE), yuan(amount), code=f"{number}/{item_code}")


def card(number: str = NUMBER) -> Card:
    found = find_card(number)
    assert found is not None
    return found


def balance(account: int) -> str:
    """What an account owes, or earned."""
    sql = 'SELECT coalesce(sum("credit" - "debit"), 0) FROM "day_total" WHERE "account" = ?'
    return f"{int(query(sql, account)[0][0]) / 100:.2f}"


def parts(number: str = NUMBER) -> list[tuple[str, str]]:
    """Principal and bonus of each lot."""
    return [(str(lot.rest - lot.bonus_rest), str(lot.bonus_rest)) for lot in lots_of(number)]


def use(shop: Shop, amount: str, number: str = NUMBER) -> Document:
    """A service of so much, paid from a card."""
    code = f"u{amount}".replace(".", "")
    if not _is_there(code):
        item(shop, code, amount)
    bill = shop.bill(code, session=shop.owner)
    return sell_bill(
        shop.owner, bill.draft, [value(amount, number)], shown=bill.amount_due, uid=new_uid()
    )


def _is_there(code: str) -> bool:
    return bool(query('SELECT 1 FROM "goods" WHERE "code" = ?', code))


def bring_back(shop: Shop, sold: Document, amount: str, payings: Sequence[Paying]) -> Document:
    return return_goods(
        shop.owner, sold.key, {1: ALL}, shown=yuan(amount), reason="damaged", payings=payings,
        uid=new_uid(),
    )  # fmt: skip
