"""Commission at the counter: who sold a card, who keeps what he got at a refund, and the month on
paper, by keys, wrong ones among them.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.config.config import read_config
from models.ledger.documents import Document
from models.ledger.ways.tender_kinds import Paying
from models.members.card_kinds import save_card_kind
from models.members.cards import Card
from models.members.sellers import GivesBack, who_gives_back
from models.reports.report import make, this_month
from models.reports.salon.salon_lists import STYLISTS
from models.salon.commission_rules import save_commission_rule
from models.salon.tickets import name_stylists
from models.shop.basket import load_key, new_basket
from models.shop.return_lines import sold_lines
from models.shop.sales import sell
from models.trust.operation import new_uid
from models.trust.print_queue import PrintJob
from models.trust.users import User
from tests.models.salon.salon import CUT, open_salon
from tests.stores import CASH, Shop, yuan
from tests.tui.records.conftest import Start, at
from tests.tui.salon.test_ticket import salon as plain
from tests.tui.test_confirmed_refund import Screen
from tui.members.card_selling import sell_one
from tui.members.goodwill import ask_goodwill
from tui.salon.hands_change import hands_anew
from tui.salon.month import print_one
from tui.shop import returns
from tui.shop.coming_back import Answer, AskReason, Chosen
from tui.shop.selling import Selling
from tui.widgets.panel import Pick

__all__ = ["at"]


def salon() -> Shop:
    """A cut by two, paid; a rule of cards, and one kind of them."""
    made = plain()
    save_commission_rule(
        made.owner, None, rate=Rate.percent("30"), way="asked", cards="none", uid=new_uid()
    )
    save_card_kind(
        made.owner, None, name="储值卡", form="value", is_named=False, price=yuan("1000"),
        uid=new_uid(),
    )  # fmt: skip
    bill = made.bill(CUT, session=made.owner)
    name_stylists(made.owner, bill.draft, 1, "8:70 21:30", uid=new_uid())
    bill = load_key(bill.draft)
    sell(made.owner, bill.draft, [Paying(CASH, bill.amount_due)], shown=bill.amount_due,
         uid=new_uid())  # fmt: skip
    return made


def _people(session: Any) -> dict[str, tuple[str, ...]]:
    rows = make(session, STYLISTS, this_month()).rows
    return {row[0]: tuple(map(str, row[4:8])) for row in rows}


def _gives_back() -> list[GivesBack]:
    """40 per cent of 89.60 and of 38.40."""
    return who_gives_back(Document.get(Document.kind == "sale").key, {1: Quantity.of(1)})


def _users() -> dict[str, int]:
    return {user.name: user.key for user in User.select()}


def _card() -> Card:
    found: Card = Card.get()
    return found


def _papers() -> list[str]:
    return [job.kind for job in PrintJob.select().order_by(PrintJob.key)]


@pytest.mark.row("B-2", "B-1")
async def test_a_card_is_sold_by_two_and_goodwill_is_one_key(at: Start, tmp_path: Path) -> None:
    async with at("goods", prepared=salon) as person:
        person.app.config = read_config(tmp_path)  # type: ignore[attr-defined]
        selling = Selling(await person.do(new_basket, person.app.session))
        await person.app.go(selling)
        person.app.jobs.start(sell_one, person.app)
        await person.see("Scan the card, or type its number")
        await person.press("enter")
        await person.see("Which kind of card?")
        await person.press("enter")
        await person.see("how much is paid?")
        await person.press("enter")
        await person.see("Who sold it?")
        await person.type("77")
        await person.press("enter")
        assert "77" in person.alarm
        await person.press("backspace", "backspace")
        await person.type("8:60 赵库管")
        await person.press("enter")
        await person.see("1000.00", "Ways to pay")
        await person.press("enter")
        await person.see("on it now")
        # Its end finds it: it is topped up, or a new one begins; F12 goes back to the number.
        number = (await person.do(_card)).number
        person.app.jobs.start(sell_one, person.app)
        await person.see("Scan the card, or type its number")
        await person.type(number[-5:])
        await person.press("enter")
        await person.see("Which card?", number, "a new card")
        await person.press("enter")
        await person.see("Which kind of card?")
        await person.press("f12")
        await person.see("Scan the card, or type its number", number)
        await person.press(*["backspace"] * 13)
        await person.type("王")
        await person.press("enter")
        assert "王" in person.alarm
        await person.press("f12")
        told = await person.do(_people, person.app.session)
        # No rule pays for cards yet: their sale is counted all the same.
        assert (told["李经理"][0], told["赵库管"][0]) == ("600.00", "400.00")

        # The cut comes back: with Enter alone all is taken back, a digit leaves it to one.
        kept: list[Any] = []

        async def goodwill() -> None:
            people = await person.app.in_books(_gives_back)
            kept.append(await ask_goodwill(person.app, people))

        for digit in ("", "3", "2"):
            person.app.jobs.start(goodwill)
            await person.see("taken back, or goodwill?", "李经理 keeps it", "35.84", "15.36")
            await person.type(digit)
            await person.press("enter")
            await person.see("taken back, or goodwill?", gone=True)
        users = await person.do(_users)
        assert kept == [(), (users["李经理"],), (users["李经理"], users["赵库管"])]
        person.app.jobs.start(print_one, person.app)
        await person.see("Whose commission?")
        await person.press("enter")
        await person.see("Which month?")
        await person.type("x")
        await person.press("enter")
        assert "There is no month" in person.alarm
        await person.press("backspace")
        await person.type("2026-03")
        await person.press("enter")
        await person.see("is printed")
        assert (await person.do(_papers))[-1] == "commission"


@pytest.mark.row("B-2")
async def test_at_a_return_the_choice_goes_with_it(shop: Shop) -> None:
    """Who keeps what he got is asked behind the reason; left, nothing comes back."""
    open_salon(shop)
    shop.open_shift()
    save_commission_rule(shop.owner, None, rate=Rate.percent("40"), uid=new_uid())
    bill = shop.bill(CUT)
    name_stylists(shop.cashier, bill.draft, 1, "8:70 21:30", uid=new_uid())
    sale = shop.pay(load_key(bill.draft)).key
    chosen = Chosen("", sold_lines(sale), {1: Quantity.of(1)})
    why = Answer("unwanted", "", is_scrapped=False)
    screen: Any = Screen(shop, why, None)
    assert not await returns._give_back(screen, sale, chosen)
    assert screen.asked == [AskReason, Pick] and screen.told == []
    keeps = SimpleNamespace(kept_by=(shop.users["clerk"],))
    screen = Screen(shop, why, keeps)
    assert await returns._give_back(screen, sale, chosen)
    assert _people(shop.owner) == {
        "李经理": ("0.00", "0.00", "35.84", "0.00"), "赵库管": ("0.00", "15.36", "15.36", "15.36"),
    }  # fmt: skip


class Corrects(Screen):
    """Whoever says anew who did the work, first what nobody can read."""

    def __init__(self, shop: Shop, *typed: str) -> None:
        super().__init__(shop)
        self.typed, self.proposed = list(typed), list[str]()

    async def question(self, prompt: str, *, proposal: str) -> str:
        self.proposed.append(proposal)
        return self.typed.pop(0)

    def tell(self, refusal: Refusal) -> None:
        self.told.append(refusal.code)

    def inform(self, message: str, **fields: Any) -> None:
        self.told.append((fields["was"], fields["now"]))


@pytest.mark.row("B-2")
async def test_who_did_it_in_truth_is_told_as_it_is_now(shop: Shop) -> None:
    """A hand that stays with another part is not said to be gone; what cannot be read stays."""
    open_salon(shop)
    shop.open_shift(session=shop.manager)
    bill = shop.bill(CUT, session=shop.manager)
    name_stylists(shop.manager, bill.draft, 1, "8:70 21:30", uid=new_uid())
    sale = shop.pay(load_key(bill.draft), session=shop.manager).key
    screen: Any = Corrects(shop, "77", "8:60 9:40")
    assert await hands_anew(screen, sale, Answer("hands", "", is_scrapped=False))
    assert screen.proposed == ["8:70 21:30", "77"]
    assert screen.told == ["StylistUnknown", ("8:70 21:30", "8:60 9:40")]
