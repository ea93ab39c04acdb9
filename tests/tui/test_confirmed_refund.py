"""Money that goes back outside of the drawer is confirmed before the books say so."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.ledger.documents import Document
from models.ledger.payments.taking import PAY_OUT, REFUND
from models.ledger.trade import CASH_OUT
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import tender_of
from models.shop.return_lines import sold_lines
from models.shop.returns import return_goods
from models.shop.trade import RETURN, VOID
from models.trust.operation import NeedsOverride, new_uid
from models.trust.users import RoleRight, User
from tests.stores import CARD, CASH, WECHAT, Shop, yuan
from tui.desk.app import DeskbellApp
from tui.money.cash_moves import CHOICES, MOVE, move_cash
from tui.money.giving_back import _with_tenders, approval_to_store, ask_refund
from tui.money.ways import Received
from tui.people.approver import Approver
from tui.records.asking import Options
from tui.shop import returns
from tui.shop.coming_back import Answer, AskReason, Chosen


class Screen:
    """The selling screen for somebody who answers in turn."""

    def __init__(self, shop: Shop, *answers: Any) -> None:
        self.shop, self.answers, self.asked = shop, list(answers), list[type]()
        self.desk, self.told = self, list[Any]()
        self.counter = SimpleNamespace(register=1, wake_paper=int, kick_drawer=int)
        self.basket = SimpleNamespace(draft=None, lines=())

    async def ask(self, panel: Any) -> Any:
        self.asked.append(type(panel))
        return self.answers.pop(0)

    async def in_books(self, function: Any, *args: Any) -> Any:
        return function(*args)

    async def operate(self, operation: Any, *args: Any, **fields: Any) -> Any:
        return operation(self.shop.manager, *args, **{"uid": new_uid(), **fields})

    async def paid(self, finished: Any) -> None:
        self.told.append(finished)


class AskedFirst(Screen):
    """The same for a cashier who may give nothing back; a manager says yes, or nobody does."""

    def __init__(self, shop: Shop, *answers: Any, is_approved: bool) -> None:
        super().__init__(shop, *answers)
        self.session, self.is_approved = shop.cashier, is_approved
        self.basket = SimpleNamespace(lines=(), draft=None)

    async def in_books(self, function: Any, *args: Any, **fields: Any) -> Any:
        return function(*args, **fields)

    async def operate(self, operation: Any, *args: Any, **fields: Any) -> Any:
        return await DeskbellApp.operate(self, operation, *args, **fields)  # type: ignore[arg-type]

    async def ask_override(self, missing: Refusal, uid: Any) -> Any:
        self.asked.append(Approver)
        self.told.append((missing.fields["amount"], missing.asked[1].get("reason")))
        return self.shop.override(uid) if self.is_approved else None


def voids() -> int:
    return int(Document.select().where(Document.kind == VOID).count())


@pytest.mark.row("TIL-03", "ORD-18")
async def test_wechat_money_back_is_confirmed(shop: Shop) -> None:
    shop.open_shift()
    why = Answer("mistyped", "", is_scrapped=False)
    sale = shop.sell("1004", tender=WECHAT)
    screen: Any = Screen(shop, why, None)
    await returns.undo(screen, sale.key)
    assert (screen.asked, voids(), screen.told) == ([AskReason, Received], 0, [])

    screen = Screen(shop, why, True)
    await returns.undo(screen, sale.key)
    assert (screen.asked, voids()) == ([AskReason, Received], 1)
    assert str(screen.told[0].change) == "25.00"

    # What lies in the drawer is counted at its close.
    screen = Screen(shop, why)
    await returns.undo(screen, shop.sell("1004", tender=CASH).key)
    assert (screen.asked, voids()) == ([AskReason], 2)


@pytest.fixture
def begrudged(shop: Shop) -> Shop:
    """Nobody but the manager gives money back."""
    shop.open_shift()
    role = User.get_by_id(shop.cashier.user).role_id
    RoleRight.delete().where(RoleRight.role == role, RoleRight.verb == REFUND).execute()
    return shop


@pytest.mark.row("TIL-03")
async def test_the_right_is_asked_before_whether_money_is_out(begrudged: Shop) -> None:
    """Who is refused was asked nothing that he would have done already; a yes is given once."""
    shop, why = begrudged, Answer("unwanted", "", is_scrapped=False)
    sale = shop.sell("1004", tender=WECHAT).key
    chosen = Chosen("", sold_lines(sale), {sold_lines(sale)[0].line.line: Quantity.of(1)})
    refused: Any = AskedFirst(shop, why, is_approved=False)
    with pytest.raises(NeedsOverride):
        await returns._give_back(refused, sale, chosen)
    assert (refused.asked, refused.told) == ([AskReason, Approver], [(2_500, "unwanted")])

    agreed: Any = AskedFirst(shop, why, True, is_approved=True)
    assert await returns._give_back(agreed, sale, chosen)
    assert agreed.asked == [AskReason, Approver, Received]
    assert Document.select().where(Document.kind == RETURN).count() == 1


async def test_a_guests_money_back_asks_for_the_right_first_too(begrudged: Shop) -> None:
    back = [Paying(WECHAT, yuan("-25.00"))]
    desk: Any = AskedFirst(begrudged, is_approved=False)
    desk.answers = [_with_tenders(back)]
    with pytest.raises(NeedsOverride):
        await ask_refund(desk, back, return_goods, name="王芳")
    assert desk.asked == [Options, Approver]


async def test_an_approval_of_cash_out_tells_how_much_and_what_for(shop: Shop) -> None:
    shop.open_shift()
    role = User.get_by_id(shop.cashier.user).role_id
    RoleRight.delete().where(RoleRight.role == role, RoleRight.verb == MOVE).execute()
    out: Any = AskedFirst(shop, CHOICES[1], "18.50", "买水", is_approved=True)
    out.wake_paper = out.kick_drawer = int
    out.inform = lambda text, **fields: out.told.append(str(fields["amount"]))
    await move_cash(out)
    assert out.told == [(1_850, "买水"), "18.50"]
    moved = Document.get(Document.kind == CASH_OUT)
    assert (moved.note, moved.total) == ("买水", yuan("18.50"))


async def test_a_supplier_is_paid_by_bank_only_once_somebody_may(shop: Shop) -> None:
    shop.take(shop.owner, "收银员", PAY_OUT)
    payment: Any = AskedFirst(shop, is_approved=False)
    payment.facts = SimpleNamespace(is_out=True, due=yuan("-25.00"))
    payment.payable = SimpleNamespace(is_agreed=False)
    card, cash = tender_of(CARD), tender_of(CASH)
    with pytest.raises(NeedsOverride):
        await approval_to_store(payment, card)
    assert payment.told == [(2_500, None)]
    assert await approval_to_store(payment, cash) == {}
