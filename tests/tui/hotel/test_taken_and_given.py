"""Money that is taken beyond the credit and given back at the check-out, by the keys."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from models.hotel.charges.windows import own_folio, windows_of
from models.hotel.folios.folio_payments import pay_folio
from models.hotel.reservations.changing import change_stay
from models.hotel.stays.stays import Stay
from models.ledger.debts.account_payments import begin_settlement
from models.ledger.folios import Folio
from models.ledger.payments.taken import take_for
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import NeedsOverride, Session, new_uid
from models.trust.settings import change_settings
from models.trust.users import User
from tests.models.hotel.staying import balance
from tests.stores import CARD, CASH, Shop, Ticking, yuan
from tests.tui.hotel.conftest import Start, desk, house, rack, stay_of
from tui.hotel.folios import check_out
from tui.hotel.stays import group_leaving
from tui.hotel.stays.stays_listing import cancel_asked


@pytest.mark.row("HTL-22")
async def test_beyond_the_credit_a_deposit_is_asked_for_on_the_spot(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.type("201")
        await person.press("f2")
        await person.type("2000")
        await person.press("enter")
        await person.type("600")
        await person.press("enter", "enter")
        await person.see("600.00: 100.00 beyond the credit", "a manager allows it")
        # The charge may be a slip of the fingers: Enter alone takes nothing, F12 leads back to it.
        await person.press("enter")
        assert "Nothing was typed" in person.alarm
        await person.press("f12", "f12")
        await person.see("餐饮: how much?", "600")
        await person.press("enter", "enter")
        await person.see("600.00: 100.00 beyond the credit")
        # The number of a room is asked about, here and on the account.
        await person.type("201")
        await person.press("enter")
        await person.see("201 is a room: 201.00 is paid?", "王伟 lives there")
        await person.press("f12")
        await person.type("100")
        await person.press("enter")
        await person.see("Ways to pay", "To pay")
        await person.press("enter")
        await person.see("Charged to 201 王伟: 餐饮 600.00; deposit taken: 100.00")
        stay = await person.do(stay_of, "王伟")
        assert await person.do(balance, stay) == "0.00"


@pytest.mark.row("HTL-09")
async def test_check_out_gives_the_rest_of_the_deposit_back_and_can_be_undone_today(
    at: Start,
) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.type("201")
        await person.press("minus")
        await person.see("201 王伟 leaves", "Nights to be posted: 03-02", "320.00", "-180.00")
        await person.press("enter")
        await person.see("Give back to 王伟", "Cash 180.00")
        await person.press("enter")
        await person.see("To settle", "0.00")
        # Somebody comes in between: what was given out stands on the account, and goes out once.
        await person.press("f12")
        stay = await person.do(stay_of, "王伟")
        assert (stay.state, await person.do(balance, stay)) == ("in house", "-320.00")
        await person.press("minus")
        await person.see("201 王伟 leaves", "To settle", "0.00")
        await person.press("enter")
        await person.see("201 VD", "In the house 0")
        stay = await person.do(stay_of, "王伟")
        assert (stay.state, await person.do(_closed, stay)) == ("departed", [("0.00", "closed")])
        await person.press("f7")
        await person.see("Reservations and stays", "王伟")
        await person.type("王伟")
        await person.see("王伟")
        await person.press("enter")
        await person.see("Guest account 201 王伟", "closed")
        await person.press("ctrl+e")
        await person.see("Is 王伟 in the house again?")
        await person.press("enter")
        await person.see("In the house: 201 王伟")
        await person.press("f3")
        await person.see("201 OD 王伟")


def _begun_and_left() -> None:
    made = house()
    folio = own_folio(stay_of("王伟").key)
    draft = begin_settlement(made.shop.owner, folio, yuan("300"))
    take_for(made.shop.owner, draft, Paying(CASH, yuan("200")), uid=new_uid())


@pytest.mark.row("HTL-09")
async def test_a_payment_that_was_begun_and_left_stands_in_the_review(at: Start) -> None:
    async with at("rack", prepared=_begun_and_left, screen=rack) as person:
        await person.type("201")
        await person.press("minus")
        await person.see("201 王伟 leaves", "Payment not finished: Cash 200.00", "-180.00")
        group = await person.do(lambda: _begun_of_group(stay_of("王伟").booking_id))
        assert group.split("\n")[2:] == ["Payment not finished: Cash 200.00", "201 王伟  -180.00"]


def _begun_of_group(booking: int) -> str:
    return group_leaving._told(group_leaving._review(booking))


def _with_a_fee() -> None:
    """王伟 stays until the 6th, a dropped night is paid, and the manager may not let it go."""
    made = house()
    change_settings(made.shop.owner, {"hotel.dropped_nights": 1}, uid=new_uid())
    stay = stay_of("王伟")
    change_stay(
        made.shop.owner, stay, version=stay.version, arrival=stay.arrival,
        departure=stay.departure + timedelta(days=3), uid=new_uid(),
    )  # fmt: skip
    made.shop.take(made.shop.owner, "经理", "waive fee")


@pytest.mark.row("HTL-09")
async def test_who_may_not_let_a_fee_go_is_told_before_money_moves(at: Start) -> None:
    async with at("rack", prepared=_with_a_fee, screen=rack, login="manager") as person:
        await person.type("201")
        await person.press("minus")
        await person.see("201 王伟 leaves", "Early departure", "140.00")
        await person.press("f4")
        await person.type("flight")
        await person.press("enter")
        await person.see("Early departure", "140.00")
        assert "waive fee" in person.alarm
        # The right is there from now on: the fee goes, and what was agreed stands to the end.
        await person.do(_may_waive)
        await person.press("f12", "f4")
        await person.type("flight")
        await person.press("enter")
        await person.see("Without the fee: flight", "-180.00")
        await person.press("enter")
        await person.see("Give back to 王伟", "Cash 180.00")
        await person.press("enter")
        await person.see("Without the fee: flight", "To settle", "0.00")
        await person.press("enter")
        await person.see("201 VD")
        assert await person.do(_closed, await person.do(stay_of, "王伟")) == [("0.00", "closed")]


def _without_refunds() -> None:
    house().shop.take(_shop().owner, "经理", "give refund")


@pytest.mark.row("HTL-09")
async def test_a_refund_that_no_manager_allows_leads_back_to_the_review(at: Start) -> None:
    """However often it is tried, the money goes out once."""
    async with at("rack", prepared=_without_refunds, screen=rack, login="manager") as person:
        await person.type("201")
        await person.press("minus")
        await person.see("201 王伟 leaves", "-180.00")
        for _ in range(2):
            await person.press("enter")
            await person.see("Give back to 王伟", "Cash 180.00")
            await person.press("enter")
            await person.see("201 王伟 leaves", "To give back", "-180.00")
            assert "give refund" in person.alarm
            await person.press("f12")
        await person.do(lambda: _shop().give(_shop().owner, "经理", give_refund=None))
        await person.press("enter", "enter")
        await person.see("To settle", "0.00")
        await person.press("enter")
        await person.see("201 VD")
        assert await person.do(_closed, await person.do(stay_of, "王伟")) == [("0.00", "closed")]


class _Desk:
    """What the operation of a departure is called with."""

    def __init__(self) -> None:
        self.desk, self.called = self, list[dict[str, Any]]()

    async def in_books(self, *_: Any) -> str:
        return "zh"

    async def operate(self, *_: Any, **fields: Any) -> None:
        self.called.append(fields)

    def wake_paper(self, *_: Any, **__: Any) -> None:
        """Nothing is printed here."""

    inform = wake_paper


@pytest.mark.parametrize(
    "leave", [check_out._leave, partial(group_leaving._leave, takes_over=False)]
)
async def test_who_lets_a_fee_go_has_not_agreed_to_a_debt(leave: Any) -> None:
    desk, folio = _Desk(), Folio()
    due = SimpleNamespace(balance=yuan("1"), master_due=yuan("1"))
    stay = SimpleNamespace(version=1, room=None, name="王")
    for accounts in ({}, {"A": folio}):
        leaving = SimpleNamespace(
            stay=stay, booking=stay, due=due, waived="x", approval={"override": "his"},
            accounts=accounts, folio=accounts.get("A"),
        )  # fmt: skip
        await leave(desk, leaving)
    assert ["override" in fields for fields in desk.called] == [True, False]


class _Asked:
    """The list, or the night audit, at which somebody cancels a booking that costs 320.00; the
    first time nobody approves.
    """

    def __init__(self, *answers: str | None) -> None:
        self.desk = self.top_screen = self
        self.answers, self.shown, self.fees = list(answers), list[str](), list[Any]()
        self.told = list[str]()

    async def in_books(self, work: Any, *_: Any) -> Any:
        return yuan("320")

    async def question(self, prompt: str, *, proposal: str, reads: Any) -> str | None:
        self.shown.append(f"{prompt.split('?')[0].split(';')[0]}: {proposal}")
        return self.answers.pop(0)

    async def operate(self, work: Any, stay: Any, **fields: Any) -> None:
        self.fees.append((fields["reason"], str(fields["fee"])))
        if len(self.fees) == 1:
            raise NeedsOverride(right="waive fee")

    def tell(self, refusal: Any) -> None:
        self.told.append(refusal.code)


async def test_why_a_booking_is_cancelled_is_asked_in_one_way_and_stays() -> None:
    desk = _Asked("改期", None, "改期", "0", "改期", "320")
    await cancel_asked(desk, SimpleNamespace(name="李娜", version=1))  # type: ignore[arg-type]
    why, fee = "Why is 李娜 cancelled", "Fee out of the deposit"
    assert desk.shown == [
        f"{why}: ", f"{fee}: 320.00", f"{why}: 改期", f"{fee}: 320.00", f"{why}: 改期",
        f"{fee}: 320.00",
    ]  # fmt: skip
    assert (desk.fees, desk.told) == ([("改期", "0.00"), ("改期", "320.00")], ["NeedsOverride"])


def _may_waive() -> None:
    shop = _shop()
    shop.give(shop.owner, "经理", waive_fee=None)


def _shop() -> Shop:
    users = {user.login: user.key for user in User.select()}
    return Shop("", Path(), Ticking(), users=users)


def _closed(stay: Stay) -> list[tuple[str, str]]:
    return [(str(folio.balance), folio.status) for _, folio in windows_of(stay.key)]


def _paid_by_card() -> None:
    card = Paying(CARD, yuan("500"), reference="A1", last_four="4242")
    owner = Session(User.get(User.login == "owner").key, 1)
    stay = Stay.get(Stay.name == "王伟")
    pay_folio(owner, own_folio(stay.key), [card], stay=stay.key, uid=new_uid())


async def test_another_card_than_the_one_that_paid_is_told_before_money_is_out(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.do(_paid_by_card)
        await person.type("201")
        await person.press("minus")
        await person.see("201 王伟 leaves", "-680.00")
        await person.press("enter")
        await person.see("Give back to 王伟", "Cash 500.00, Card *4242 180.00")
        await person.press("enter")
        await person.see("Card: last four digits")
        await person.type("4111111111111111")
        await person.press("enter")
        assert "card number" in person.alarm
        await person.press(*["backspace"] * 16)
        await person.type("4243 R1")
        await person.press("enter")
        assert "4242" in person.alarm
        await person.see("Card: last four digits")
        await person.type("4242 R1")
        await person.press("enter")
        await person.see("Card 180.00 paid out?")
        await person.press("enter")
        await person.see("To settle", "0.00")
        stay = await person.do(stay_of, "王伟")
        assert await person.do(balance, stay) == "-320.00"
