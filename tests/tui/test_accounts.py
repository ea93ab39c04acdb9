"""The account of a company at the counter, by its keys."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.ledger.daily.shift_life import open_shift
from models.ledger.debts.dues import Allocation, items_of
from models.ledger.debts.receivables import open_balance
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import Folio, open_folio
from models.ledger.ways.tender_kinds import CODE, FOLIO, Paying
from models.ledger.ways.tenders import Tender
from models.members.card_kinds import save_card_kind
from models.members.cards import sell_card
from models.members.kinds import VALUE_CARD, VOUCHER
from models.people.records import save_person
from models.trust.operation import new_uid
from models.trust.print_queue import PrintJob
from models.trust.users import User
from tests.models.ledger.test_dues import pay_account
from tests.models.members.test_lots import NUMBER, voucher
from tests.stores import CARD, CASH, FIRST_DAY, Shop, Ticking, yuan
from tests.tui.records.conftest import Person, Start, at
from tui.desk.words import speak
from tui.money.accounts import _open_accounts
from tui.money.ways import held_note

__all__ = ["at"]


# The account that was made, for the screen: it is opened outside of the thread of the books.
_made: list[Folio] = []


def _owing() -> Any:
    """A company that owes 60.00 since ten days, and 7.00 on which nobody agrees yet."""
    users = {user.login: user.key for user in User.select()}
    shop = Shop("", Path(), Ticking(), users=users)
    open_shift(shop.owner, {10_000: 5}, uid=new_uid())
    folio = open_folio(shop.owner, kind=COMPANY, name="对面公司", limit=yuan("500"), uid=new_uid())
    due = FIRST_DAY - timedelta(days=10)
    for amount, note in (("60.00", "旧账 114"), ("7.00", "旧账 [/oops]")):
        open_balance(shop.owner, folio, yuan(amount), due=due, note=note, uid=new_uid())
    _made[:] = [Folio.get_by_id(folio.key)]
    return shop


def _prepaid() -> None:
    shop = _owing()
    folio = Folio.get(Folio.name == "对面公司")
    pay_account(shop, folio, CARD, "100.00")


def _account(name: str) -> Any:
    from tui.money.account import Account

    return Account(_made[0])


def _left() -> list[str]:
    return [str(item.left) for item in items_of(Folio.get(Folio.name == "对面公司"))]


async def _go_to(person: Person, text: str) -> None:
    """The cursor on the item that says this."""
    lines = person.app.screen.lines  # type: ignore[attr-defined]
    rows = [row.note for row in lines.row_values]
    await person.press("home", *["down"] * rows.index(text))


@pytest.mark.row("AR-01")
async def test_an_item_is_disputed_put_off_and_given_up(at: Start) -> None:
    async with at("", prepared=_owing, screen=_account) as person:
        await person.see("Owed", "60.00", "旧账 [/oops]")
        # 670.00 for 67.00 owed: a slip of the finger is asked about, and can be put right.
        await person.type("670")
        await person.press("enter")
        await person.see("67.00 is owed: do 603.00 more stay on the account")
        await person.press("f12")
        assert person.app.screen.entry.value == "670.00"  # type: ignore[attr-defined]
        await person.press("f12")
        await _go_to(person, "旧账 114")
        await person.press("f6")
        await person.see("What is disputed?")
        await person.type("说没收到货")
        await person.press("enter")
        await person.see("disputed 说没收到")
        await person.press("f6")
        await person.see("How was the dispute settled?")
        await person.type("已补单据")
        await person.press("enter")
        await person.see("disputed", gone=True)

        await person.press("f5")
        await person.see("Due on which day?")
        await person.press("ctrl+u")
        await person.type("20261301")
        await person.press("enter")
        await person.see("cannot be “20261301”")
        await person.press("f5")
        await person.press("ctrl+u")
        await person.type("20260601")
        await person.press("enter")
        await person.see("Why on another day?")
        await person.type("电话约定")
        await person.press("enter")
        await person.see("2026-06-01")

        await person.press("delete")
        await person.see("Give up how much of it?")
        await person.press("ctrl+u")
        await person.type("20")
        await person.press("enter")
        await person.see("Why is it given up?")
        await person.type("旧账")
        await person.press("enter")
        await person.see("40.00", "W01-000001")
        assert await person.do(_left) == ["40.00", "7.00", "0.00"]


async def test_a_payment_is_assigned_by_hand_and_taken_apart(at: Start) -> None:
    async with at("", prepared=_prepaid, screen=_account) as person:
        await person.see("-33.00")
        await _go_to(person, "旧账 114")
        await person.press("f4")
        await person.see("What is taken apart?", "60.00")
        await person.press("enter")
        await person.see("Put right")
        assert await person.do(_left) == ["60.00", "0.00", "-93.00"]
        await person.press("f2")
        await person.see("Which payment settles it?", "93.00")
        await person.press("enter")
        await person.see("How much of it?")
        await person.press("ctrl+u")
        await person.type("10")
        await person.press("enter")
        await person.see("50.00")
        assert await person.do(_left) == ["50.00", "0.00", "-83.00"]
        assert await person.do(Allocation.select().count) == 4


@pytest.mark.row("AR-13")
async def test_a_credit_goes_back_and_papers_are_printed(at: Start) -> None:
    async with at("", prepared=_prepaid, screen=_account) as person:
        await person.see("-33.00")
        await person.press("f8")
        await person.see("Give back to 对面公司", "33.00")
        await person.press("1")
        await person.see("reference")
        await person.type("8888 T77")
        await person.press("enter")
        await person.see("Card 33.00 paid out?")
        await person.press("enter")
        await person.see("P01-000002", "33.00")
        assert await person.do(_left) == ["0.00", "0.00", "0.00", "0.00"]
        await person.press("ctrl+y")
        await person.see("Print what?")
        await person.press("1")
        await person.see("From which day?")
        await person.press("enter")
        await person.see("Printing.")
        await person.press("ctrl+y")
        await person.see("Print what?")
        await person.press("2")
        await person.see("remind of")
        assert "statement" in await person.do(
            lambda: [job.kind for job in PrintJob.select().order_by(PrintJob.key)]
        )


async def test_what_was_owed_before_is_entered(at: Start) -> None:
    async with at("", prepared=_owing, screen=_account) as person:
        await person.see("60.00", "7.00")
        await person.press("ctrl+e")
        await person.see("number of the old document")
        await person.type("旧账 9")
        await person.press("enter")
        await person.see("How much was owed?")
        await person.type("33")
        await person.press("enter")
        await person.see("Due on which day?")
        await person.type("20260301")
        await person.press("enter")
        await person.see("33.00", "旧账 9", "2026-03-01")


@pytest.mark.row("AR-01", "TIL-01")
def test_what_is_confirmed_says_whose_account_and_what_is_left(shop: Shop) -> None:
    """The account of the customer on the bill is the first; a name is seen before it is charged."""
    speak("zh")
    shop.open_shift()
    people = [save_person(shop.owner, None, name=each, uid=new_uid()) for each in ("丙店", "丁店")]
    folios = [
        open_folio(shop.owner, kind=COMPANY, name=each.name, limit=yuan("500"), owner=each.key,
                   uid=new_uid())
        for each in people
    ]  # fmt: skip
    account = folios[0].account
    assert [each.name for each in _open_accounts(account, None)] == ["丁店", "丙店"]
    assert [each.name for each in _open_accounts(account, people[0].key)] == ["丙店", "丁店"]
    open_balance(shop.owner, folios[0], yuan("60"), due=FIRST_DAY, note="旧账", uid=new_uid())
    charge = Tender.get(Tender.kind == "account")
    assert held_note(charge, yuan("3"), {FOLIO: folios[0].key}) == "丙店：挂账后欠 63.00"
    open_balance(shop.owner, folios[1], yuan("-10"), due=FIRST_DAY, note="预收", uid=new_uid())
    assert held_note(charge, yuan("3"), {FOLIO: folios[1].key}) == "丁店：挂账后还有预收 7.00"
    voucher(shop)
    gift = Tender.get(Tender.kind == VOUCHER)
    assert held_note(gift, yuan("11.90"), {CODE: NUMBER}) == "余额 50.00，扣后剩 38.10"
    assert held_note(gift, yuan("-11.90"), {CODE: NUMBER}) == ""
    # A card is somebody's: on his bill, on one of nobody, on one of somebody else.
    value = save_card_kind(shop.owner, None, name="储值卡", form="value", uid=new_uid())
    paid = [Paying(CASH, yuan("50"))]
    sell_card(
        shop.owner, value.key, "880001", paid, amount=yuan("50"), person=people[0].key,
        uid=new_uid(),
    )  # fmt: skip
    card, answer = Tender.get(Tender.kind == VALUE_CARD), {CODE: "880001"}
    for customer in (None, people[0].key):
        told = held_note(card, yuan("20"), answer, customer=customer)
        assert told == "持卡人 丙店\n余额 50.00，扣后剩 30.00"
    told = held_note(card, yuan("20"), answer, customer=people[1].key)
    assert told.startswith("持卡人 丙店，不是本单客户")
    assert held_note(Tender.get(Tender.number == CARD), yuan("5"), {}) == ""
