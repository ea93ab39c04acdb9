"""What selling and taking back a card asks for inside, and a service without a patch test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from models.base.quantity import Quantity
from models.imports.import_plan import plan_import
from models.imports.imports import run_import
from models.ledger.ways.tender_kinds import Paying
from models.members.card_refunds import refund_card
from models.members.cards import sell_card
from models.members.cards_import import CARD_IMPORT
from models.salon.services import save_salon_service
from models.salon.stylists import save_grade, save_stylist
from models.salon.tickets import name_stylists
from models.sheets.sheets import read_sheet
from models.shop.return_lines import giving_back
from models.shop.returns import return_goods
from models.trust.operation import new_uid
from tests.models.members.carded import NUMBER, card, kind, sell
from tests.stores import CARD, Shop, yuan

CASHIERS = "收银员"


def at_another_price(shop: Shop) -> None:
    eight = kind(shop, "八折卡", "discount", price=yuan("99"), percent="20", is_named=False)
    _sell(shop, eight.key, "90", "0")


def with_more_bonus(shop: Shop) -> None:
    _sell(shop, kind(shop, is_named=False).key, "100", "1")


def with_balances_of_a_list(shop: Shop) -> None:
    kind(shop, "散卡", is_named=False)
    path = Path(shop.keys_folder.parent) / f"{new_uid().hex}.csv"
    path.write_text("卡号,卡种,余额\nM880001,散卡,1.01\n", encoding="utf-8")
    shop.give(shop.owner, CASHIERS, **{"import": None}, keep_cards=None, give_bonus=100)
    for _ in run_import(shop.cashier, plan_import(CARD_IMPORT, read_sheet(path))):
        pass


def _sell(shop: Shop, of: int, paid: str, bonus: str) -> None:
    sell_card(
        shop.cashier, of, NUMBER, [Paying(CARD, yuan(paid), reference="A1")], amount=yuan(paid),
        bonus=yuan(bonus), uid=new_uid(),
    )  # fmt: skip


def given_up_beyond(shop: Shop) -> None:
    sell(shop, kind(shop, "金卡", is_named=False), "20")
    shop.give(shop.owner, CASHIERS, refund_cards=100)
    _give_up(shop, "20")


def given_up_as_agreed(shop: Shop) -> None:
    shop.give(shop.owner, CASHIERS, refund_cards=None)
    _give_up(shop, "10")


def given_up_in_goodwill(shop: Shop) -> None:
    shop.give(shop.owner, CASHIERS, refund_cards=None)
    _give_up(shop, "20", kept_by=(shop.users["clerk"],))


def back_in_goodwill(shop: Shop) -> None:
    shop.open_shift()
    sale = shop.sell("1004")
    giving = giving_back(sale.key, {1: Quantity.of(1)})
    return_goods(
        shop.cashier, sale.key, {1: Quantity.of(1)}, shown=giving.total, reason="unwanted",
        kept_by=(shop.users["clerk"],), uid=new_uid(),
    )  # fmt: skip


def _give_up(shop: Shop, amount: str, **more: Any) -> None:
    now = card()
    refund_card(
        shop.cashier, now.key, [Paying(CARD, -yuan(amount), reference="B1")], version=now.version,
        amount=yuan(amount), cause="store", shown=yuan("20"), reason="搬家", uid=new_uid(),
        **more,
    )  # fmt: skip


def done_without_a_test(shop: Shop) -> None:
    service = save_salon_service(
        shop.owner, None, name="染发", price=yuan("1"), needs_test=True, uid=new_uid()
    )
    grade = save_grade(shop.owner, None, name="店长", uid=new_uid())
    save_stylist(
        shop.owner, None, number=8, user=shop.users["clerk"], grade=grade.key, uid=new_uid()
    )
    bill = shop.bill(service.code)
    name_stylists(shop.cashier, bill.draft, 1, "8", without_test=True, uid=new_uid())


# What giving up a card asks for.
GIVEN_UP: list[tuple[Callable[[Shop], object], str]] = [
    (given_up_beyond, "refund cards"), (given_up_as_agreed, "agree card refund"),
    (given_up_in_goodwill, "give goodwill"),
]  # fmt: skip
