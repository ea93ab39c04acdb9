"""Request, review, execute: what must not be one person's decision."""

from __future__ import annotations

from typing import Any

import pytest

from models.base.keys import new_key
from models.base.quantity import Quantity
from models.ledger.documents import Document
from models.ledger.proving import proof
from models.stock import stock
from models.trust import approvals
from models.trust.approvals import (
    NotRequester,
    OwnRequest,
    Request,
    RequestMoved,
    RequestStep,
    WordsNeeded,
    execute_request,
    inbox,
    refuse_request,
    request_approval,
    review,
    withdraw,
)
from models.trust.operation import NeedsOverride, new_uid
from models.trust.users import RoleRight, User, rights_of
from tests.stores import Shop, yuan

pytestmark = pytest.mark.row("STK-17", "SYS-03")


def ask(shop: Shop, login: str = "clerk", reason: str = "broken", pieces: int = -2) -> Request:
    goods = shop.goods("1004")
    return request_approval(
        shop.who(login), "stock adjustment", title="two packs",
        body={"goods": goods.key, "quantity": pieces * 1000, "reason": reason}, reason=reason,
        uid=new_uid(),
    )  # fmt: skip


def waiting(shop: Shop, login: str) -> list[str]:
    rights = rights_of(shop.users[login])
    assert rights is not None
    return [request.number for request in inbox(shop.users[login], rights)]


def test_a_stock_adjustment_from_asking_to_the_books(shop: Shop) -> None:
    request = ask(shop)
    # Two of three that cost 55.00; whoever asks does not say what it is worth.
    assert (request.number, request.amount) == ("Q01-00001", yuan("36.67"))
    assert waiting(shop, "manager") == [request.number]
    assert waiting(shop, "clerk") == waiting(shop, "cashier") == []
    with pytest.raises(RequestMoved):
        execute_request(shop.owner, request, uid=new_uid())
    review(shop.manager, request, note="seen", uid=new_uid())
    done = execute_request(shop.owner, request, uid=new_uid())
    assert done.state == approvals.EXECUTED
    document = Document.get_by_id(done.document)
    assert (document.kind, document.total) == ("stock", yuan("36.67"))
    assert stock.stock_of(shop.goods("1004").key).quantity == Quantity.of(1)
    steps = [step.state for step in RequestStep.select().order_by(RequestStep.line)]
    assert steps == ["requested", "reviewed", "executed"]
    with pytest.raises(RequestMoved):
        execute_request(shop.owner, request, uid=new_uid())
    assert not proof.verify()


def test_nobody_reviews_his_own(shop: Shop) -> None:
    request = ask(shop, "manager")
    with pytest.raises(OwnRequest):
        review(shop.manager, request, uid=new_uid())
    with pytest.raises(OwnRequest):
        refuse_request(shop.manager, request, note="no", uid=new_uid())
    assert waiting(shop, "manager") == []
    review(shop.owner, request, uid=new_uid())


@pytest.mark.parametrize("work", [review, refuse_request])
def test_nobody_approves_his_own_on_anothers_screen(shop: Shop, work: Any) -> None:
    """The cashier's screen, and the PIN of the manager who asked for it."""
    request, uid = ask(shop, "manager"), new_uid()
    with pytest.raises(OwnRequest):
        work(shop.cashier, request, note="no", uid=uid, override=shop.override(uid))
    uid = new_uid()
    work(shop.cashier, request, note="no", uid=uid, override=shop.override(uid, by="owner"))


def test_refused_and_withdrawn(shop: Shop) -> None:
    request = ask(shop)
    with pytest.raises(WordsNeeded):
        refuse_request(shop.manager, request, note=" ", uid=new_uid())
    refuse_request(shop.manager, request, note="count again", uid=new_uid())
    with pytest.raises(RequestMoved):
        review(shop.manager, request, uid=new_uid())
    second = ask(shop)
    with pytest.raises(NotRequester):
        withdraw(shop.manager, second, uid=new_uid())
    withdraw(shop.who("clerk"), second, uid=new_uid())
    with pytest.raises(RequestMoved):
        withdraw(shop.who("clerk"), second, uid=new_uid())
    with pytest.raises(WordsNeeded):
        ask(shop, reason=" ")


def test_what_the_work_refuses_leaves_the_request_as_it_was(shop: Shop) -> None:
    request = ask(shop, pieces=-99)
    review(shop.manager, request, uid=new_uid())
    with pytest.raises(stock.OutOfStock):
        execute_request(shop.owner, request, uid=new_uid())
    assert Request.get_by_id(request.key).state == approvals.REVIEWED


def test_a_cashier_neither_reviews_nor_executes(shop: Shop) -> None:
    request = ask(shop)
    for work in (review, execute_request):
        with pytest.raises(NeedsOverride):
            work(shop.cashier, request, uid=new_uid())


def test_who_may_not_do_the_work_neither_reviews_nor_executes_it(shop: Shop) -> None:
    role = User.get_by_id(shop.users["cashier"]).role
    for verb in ("review", "execute"):
        RoleRight.create(key=new_key(), role=role, verb=verb)
    request = ask(shop)
    with pytest.raises(NeedsOverride) as denied:
        review(shop.cashier, request, uid=new_uid())
    assert denied.value.fields["right"] == "adjust stock"
    review(shop.manager, request, uid=new_uid())
    with pytest.raises(NeedsOverride) as denied:
        execute_request(shop.cashier, request, uid=new_uid())
    assert denied.value.fields["right"] == "adjust stock"
    assert waiting(shop, "cashier") == []
