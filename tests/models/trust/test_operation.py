"""Operations: the right from the database each time, one result for one uid, everything audited."""

from __future__ import annotations

import ast
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from models.base import database
from models.base.card_numbers import CardNumberRefused
from models.base.database import Conflict, StoreBusy, transaction
from models.base.hot import query
from models.ledger import folio_kinds, folios
from models.ledger.daily import shift_life
from models.ledger.daily.days import BusinessDay
from models.ledger.folios import Folio
from models.trust import operation as operations
from models.trust import sign_in, staff
from models.trust.audit import Audit
from models.trust.content import canonical
from models.trust.guard import RightMissing, require_right
from models.trust.operation import (
    OPERATIONS,
    DuplicateUid,
    Job,
    NeedsOverride,
    NoOpenDay,
    OverrideRefused,
    SignedOut,
    new_uid,
    operation,
)
from models.trust.registers import Register
from models.trust.roles import AUDITOR, STOCK_CLERK
from models.trust.shipped_names import shipped
from models.trust.trades import TRADES
from models.trust.users import Role, RoleRight, User
from tests.sources import parsed
from tests.stores import PASSWORD, Shop, yuan
from tests.trades import VERBS

pytestmark = [pytest.mark.row("SYS-03", "SYS-04", "SYS-11", "SYS-39", "NFR-04"), pytest.mark.engine]

CASHIERS = "收银员"


def audited() -> list[tuple[str, str, str]]:
    """Verb, user, approver of each row, the newest first."""
    return query('SELECT "verb", "user_name", "override_name" FROM "audit" ORDER BY "seq" DESC')


def test_every_operation_has_a_verb() -> None:
    import models.store  # noqa: F401 - knows them all

    assert len(OPERATIONS) > 50
    assert {each.right for each in OPERATIONS.values()} <= set(VERBS)


def test_the_reason_of_an_override_takes_no_card_number(shop: Shop) -> None:
    with pytest.raises(CardNumberRefused):
        shop.override(new_uid(), reason="卡 4111 1111 1111 1111")


def test_every_verb_is_asked_for_somewhere(root: Path) -> None:
    asked = {each.right for each in OPERATIONS.values()}
    for path in (*(root / "models").rglob("*.py"), *(root / "tui").rglob("*.py")):
        if path.name == "trade.py":
            continue
        tree = parsed(path)
        asked |= {
            str(n.value) for n in ast.walk(tree) if isinstance(n, ast.Constant) and n.value in VERBS
        }
    assert set(VERBS) <= asked


def test_shipped_roles_hold_known_verbs_only() -> None:
    shipped = {role for trade in TRADES.values() for role in trade.roles}
    auditor: set[str] = set()
    for role, grants in (pair for trade in TRADES.values() for pair in trade.grants.items()):
        verbs = {grant if isinstance(grant, str) else grant[0] for grant in grants}
        assert role in shipped and verbs <= set(VERBS)
        auditor |= verbs if role == AUDITOR else set()
    assert "read audit" in auditor and not auditor & {"sell", "change settings"}


def test_one_uid_one_result(shop: Shop) -> None:
    uid = new_uid()
    values: Any = {"kind": folio_kinds.COMPANY, "name": "客户", "limit": yuan("10")}
    first = folios.open_folio(shop.owner, **values, uid=uid)
    rows = query('SELECT count(*) FROM "audit"')
    again = folios.open_folio(shop.owner, **values, uid=uid)
    assert (again.key, again.number) == (first.key, first.number)
    assert query('SELECT count(*) FROM "audit"') == rows
    with pytest.raises(DuplicateUid):
        folios.open_folio(shop.owner, **{**values, "name": "别人"}, uid=uid)
    with pytest.raises(DuplicateUid):
        shop_open = shift_life.open_shift
        shop_open(shop.owner, {}, uid=uid)
    assert Folio.select().count() == 1


def test_a_refusal_uses_up_no_uid(shop: Shop) -> None:
    uid = new_uid()
    with pytest.raises(NeedsOverride):
        folios.open_folio(
            shop.cashier, kind=folio_kinds.COMPANY, name="x", limit=yuan("1"), uid=uid
        )
    folios.open_folio(shop.owner, kind=folio_kinds.COMPANY, name="x", limit=yuan("1"), uid=uid)


def test_rights_come_from_the_database_each_time(shop: Shop) -> None:
    shop.open_shift()
    shop.take(shop.owner, CASHIERS, "sell")
    with pytest.raises(NeedsOverride):
        shop.sell("1001")
    shop.give(shop.owner, CASHIERS, sell=None)
    shop.pay(shop.bill("1001"))
    User.update(is_active=False).where(User.login == "cashier").execute()
    with pytest.raises(SignedOut):
        shop.sell("1001")


def test_a_denial_is_audited_and_changes_nothing_else(shop: Shop) -> None:
    before = query('SELECT count(*) FROM "folio"')
    with pytest.raises(NeedsOverride):
        folios.open_folio(
            shop.cashier, kind=folio_kinds.COMPANY, name="x", limit=yuan("1"), uid=new_uid()
        )
    row = Audit.select().order_by(Audit.seq.desc()).first()
    assert (row.verb, row.user_name, row.uid) == ("denied", "张收银", None)
    assert row.detail["verb"] == "open_folio" and row.detail["right"] == "keep accounts"
    assert query('SELECT count(*) FROM "folio"') == before


def test_an_override_is_for_one_operation_and_names_both(shop: Shop) -> None:
    uid = new_uid()
    approval = shop.override(uid, reason="客户要求")
    values: Any = {"kind": folio_kinds.COMPANY, "name": "x", "limit": yuan("1")}
    folios.open_folio(shop.cashier, **values, uid=uid, override=approval)
    assert audited()[0] == ("open_folio", "张收银", "李经理")
    assert Audit.select().order_by(Audit.seq.desc()).first().reason == "客户要求"
    # The same piece of work again is the same piece of work; another one is not approved.
    folios.open_folio(shop.cashier, **values, uid=uid, override=approval)
    with pytest.raises(OverrideRefused):
        folios.open_folio(shop.cashier, **values, uid=new_uid(), override=approval)


def test_nobody_approves_his_own_work(shop: Shop) -> None:
    uid = new_uid()
    approval = shop.override(uid)
    with pytest.raises(OverrideRefused):
        shop.give(shop.manager, CASHIERS, uid=uid, override=approval, see_cost=None)


def test_an_approval_ends_with_the_pin_it_was_given_by(shop: Shop) -> None:
    uid = new_uid()
    approval = shop.override(uid)
    staff.change_own_secrets(
        shop.manager, proof=sign_in.own_proof(shop.manager, PASSWORD), override_hash="another",
        uid=new_uid(),
    )  # fmt: skip
    with pytest.raises(OverrideRefused):
        folios.open_folio(
            shop.cashier, kind=folio_kinds.COMPANY, name="x", limit=yuan("1"), uid=uid,
            override=approval,
        )  # fmt: skip


def test_without_an_open_day_nothing_goes(shop: Shop) -> None:
    BusinessDay.update(state="closed").execute()
    with pytest.raises(NoOpenDay):
        shop.open_shift()


def test_what_is_only_looked_at_needs_its_right_too(shop: Shop) -> None:
    assert require_right(shop.who("auditor"), "read audit").name == "钱审计"
    with pytest.raises(RightMissing):
        require_right(shop.cashier, "read audit", what="audit log")
    assert audited()[0][:2] == ("denied", "张收银")
    User.update(is_active=False).where(User.login == "cashier").execute()
    with pytest.raises(SignedOut):
        require_right(shop.cashier, "sell")


def test_a_conflict_that_never_ends_is_refused(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    def conflict(session: object) -> None:
        tries.append(session)
        raise Conflict("again")

    monkeypatch.setattr(operations, "rights_of", conflict)
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    with pytest.raises(StoreBusy):
        shop.open_shift()
    assert len(tries) == 40


@patch.dict(OPERATIONS)
def test_operations_never_call_operations(shop: Shop) -> None:
    @operation(right="sell")
    def inner(job: Job) -> None: ...

    @operation(right="sell")
    def outer(job: Job) -> None:
        inner(job.session, uid=new_uid())

    with pytest.raises(RuntimeError):
        outer(shop.owner, uid=new_uid())


def test_a_bug_inside_rolls_everything_back(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **more: object) -> None:
        raise ZeroDivisionError

    before = query('SELECT count(*) FROM "document"'), query('SELECT * FROM "series"')
    monkeypatch.setattr(shift_life, "_keep_counts", broken)
    with pytest.raises(ZeroDivisionError):
        shop.open_shift()
    assert (query('SELECT count(*) FROM "document"'), query('SELECT * FROM "series"')) == before
    monkeypatch.undo()
    shop.open_shift()


def test_each_operation_tells_who_waits_for_it(shop: Shop) -> None:
    called = []
    operations.after_each.append(lambda: called.append(1))
    try:
        shop.open_shift()
    finally:
        operations.after_each.clear()
    assert called == [1]


def test_what_an_operation_can_be_called_with() -> None:
    uid = new_uid()
    assert canonical([1, "a", None, True, yuan("1.50"), uid, {"b": (1,)}]) == [
        1, "a", None, True, "1.50", uid.hex, {"b": [1]},
    ]  # fmt: skip
    with pytest.raises(TypeError):
        canonical(1.5)


@pytest.mark.row("SYS-11")
def test_posted_rows_are_refused_by_the_database(shop: Shop) -> None:
    """Update, delete, late insert, and INSERT OR REPLACE: the triggers stop them all."""
    shop.open_shift()
    sold = shop.sell("1001")
    attempts = [
        f'UPDATE "document" SET "total" = 1 WHERE "key" = {sold.key}',
        f'DELETE FROM "document" WHERE "key" = {sold.key}',
        'UPDATE "entry" SET "amount" = 1',
        'DELETE FROM "entry"',
        'INSERT INTO "entry" SELECT "store", "document_id", "line" + 50, "account_id", "folio", '
        f'"amount", "currency" FROM "entry" WHERE "document_id" = {sold.key}',
        'UPDATE "charge_line" SET "name" = \'x\'',
        'DELETE FROM "payment"',
        'UPDATE "audit" SET "reason" = \'x\'',
        'DELETE FROM "audit"',
        'DELETE FROM "shift"',
        'UPDATE "cash_count" SET "pieces" = 1',
        'UPDATE "till_event" SET "amount" = 1' if query('SELECT 1 FROM "till_event"') else "",
    ]
    for attempt in filter(None, attempts):
        with pytest.raises(Exception, match=r"never|posted|closed"), transaction():
            database.database.execute_sql(attempt)
    if database.is_sqlite():
        replace = 'INSERT OR REPLACE INTO "audit" SELECT * FROM "audit" WHERE "seq" = 3'
        with pytest.raises(Exception, match="never"), transaction():
            database.database.execute_sql(replace)


def test_limits_of_a_right(shop: Shop) -> None:
    clerks = Role.get(Role.name == shipped(STOCK_CLERK))
    right = RoleRight.get(RoleRight.role == clerks, RoleRight.verb == "adjust stock")
    assert right.most == 50_000
    from models.base.quantity import Quantity
    from models.stock import stock

    goods = shop.goods("1004")
    clerk = shop.who("clerk")
    stock.adjust_stock(clerk, goods, Quantity.of(27), reason="r", uid=new_uid())
    with pytest.raises(NeedsOverride) as refused:
        stock.adjust_stock(clerk, goods, Quantity.of(28), reason="r", uid=new_uid())
    assert refused.value.fields["amount"] > 50_000


def test_two_registers_have_chains_of_their_own(shop: Shop) -> None:
    shop.open_shift(session=shop.who("cashier", 2))
    assert query('SELECT "register", "seq" FROM "chain_head" WHERE "register" = 2') == [(2, 1)]
    assert Register.select().count() == 4


def test_the_chain_holds_both_names(shop_on: Callable[[str], Shop]) -> None:
    shop = shop_on("sqlite")
    row = Audit.get(Audit.verb == "add_user")
    assert row.detail["user"] and row.user_name == "王店主" and shop.users
