"""Signing in: one message for every failure, a wait that grows, PINs only after a password."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.base.hot import query
from models.ledger import days
from models.trust import secrets, sign_in, staff
from models.trust.operation import new_uid
from models.trust.secrets import PasswordWeak, PinWrongForm
from models.trust.sign_in import (
    OverrideFailed,
    ReasonNeeded,
    SignInFailed,
    SignInWait,
    approve_override,
    check_approver,
    find_approver,
)
from models.trust.users import Department, User
from tests.stores import OVERRIDE_PIN, PASSWORD, PIN, Shop

pytestmark = pytest.mark.row("SYS-02", "SYS-30", "SYS-40", "NFR-04")


def test_by_password_then_by_pin(shop: Shop) -> None:
    with pytest.raises(SignInFailed):
        sign_in.sign_in(1, "cashier", PIN)
    session = sign_in.sign_in(1, " Manager ", PASSWORD)
    assert session == shop.manager
    assert sign_in.sign_in(1, "cashier", PIN) == shop.cashier
    # Another register was not opened by anybody.
    with pytest.raises(SignInFailed):
        sign_in.sign_in(2, "cashier", PIN)
    sign_in.sign_out(session)
    assert query('SELECT "verb" FROM "audit" ORDER BY "seq" DESC LIMIT 1') in (
        [("sign out",)], [("sign-in failed",)],
    )  # fmt: skip


def test_a_new_day_wants_a_password_first(shop: Shop) -> None:
    sign_in.sign_in(1, "cashier", PASSWORD)
    days.close_day(shop.owner, next_day=shop.clock.at.date() + timedelta(days=1), uid=new_uid())
    with pytest.raises(SignInFailed):
        sign_in.sign_in(1, "cashier", PIN)


def test_every_failure_says_the_same(shop: Shop) -> None:
    User.update(is_active=False).where(User.login == "clerk").execute()
    department = Department.get().name
    told = set()
    for login, secret, where in (
        ("cashier", "wrong password", None),
        ("nobody", PASSWORD, None),
        ("clerk", PASSWORD, None),
        ("manager", PASSWORD, "another department"),
        ("manager", "", department),
        ("n" * 300, PASSWORD, None),
    ):
        with pytest.raises(SignInFailed) as refused:
            sign_in.sign_in(1, login, secret, where)
        told.add(str(refused.value))
    assert told == {"SignInFailed()"}
    assert query('SELECT count(*) FROM "audit" WHERE "verb" = \'sign-in failed\'') == [(6,)]
    assert sign_in.sign_in(1, "manager", PASSWORD, department) == shop.manager


def fail(times: int, login: str = "cashier", register: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(SignInFailed):
            sign_in.sign_in(register, login, "wrong password")


def test_the_wait_grows(shop: Shop) -> None:
    fail(5)
    waits = []
    for _ in range(7):
        with pytest.raises(SignInWait) as refused:
            sign_in.sign_in(1, "cashier", PASSWORD)
        waits.append(refused.value.fields["seconds"])
        shop.clock.move(seconds=waits[-1])
        fail(1)
    assert waits == [30, 60, 120, 240, 480, 900, 900]
    # Stored: another process waits as well; other users and registers do not.
    shop.reopen()
    with pytest.raises(SignInWait):
        sign_in.sign_in(1, "cashier", PASSWORD)
    sign_in.sign_in(1, "manager", PASSWORD)
    sign_in.sign_in(2, "cashier", PASSWORD)
    staff.unlock(shop.manager, "cashier", uid=new_uid())
    sign_in.sign_in(1, "cashier", PASSWORD)
    fail(4)
    sign_in.sign_in(1, "cashier", PASSWORD)


def test_an_approval_needs_the_override_pin_and_a_reason(shop: Shop) -> None:
    uid = new_uid()
    with pytest.raises(OverrideFailed):
        # Nobody opened this register by password.
        approve_override(
            check_approver(find_approver(1, "manager"), OVERRIDE_PIN), reason="ok", uid=uid
        )
    sign_in.sign_in(1, "cashier", PASSWORD)
    right = check_approver(find_approver(1, "manager"), OVERRIDE_PIN)
    with pytest.raises(ReasonNeeded):
        approve_override(right, reason="  ", uid=uid)
    assert approve_override(right, reason="ok", uid=uid).user == shop.users["manager"]
    for login, pin in (("manager", PIN), ("cashier", OVERRIDE_PIN), ("nobody", OVERRIDE_PIN)):
        with pytest.raises(OverrideFailed):
            approve_override(
                check_approver(find_approver(1, login), pin), reason="ok", uid=new_uid()
            )
    verbs = query('SELECT count(*) FROM "audit" WHERE "verb" = \'override failed\'')
    assert verbs == [(4,)]


def test_weak_secrets_are_refused(shop: Shop) -> None:
    for weak in ("short", "Password", "12345678"):
        with pytest.raises(PasswordWeak):
            secrets.hash_password(weak)
    for wrong in ("12345", "1234567", "12345a", "123456", "987654", "１２３４５６"):
        with pytest.raises(PinWrongForm):
            secrets.hash_pin(wrong)
    for same in ("000000", "777777"):
        with pytest.raises(PinWrongForm):
            secrets.hash_pin(same)


def test_secrets_are_never_kept_as_they_are(shop: Shop) -> None:
    for row in User.select():
        for stored in (row.password_hash, row.pin_hash, row.override_hash):
            assert not stored or stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
            assert PASSWORD not in stored and PIN not in stored


@pytest.mark.row("SYS-04")
def test_a_cashier_manages_nothing(shop: Shop) -> None:
    from models.trust.operation import NeedsOverride
    from models.trust.settings import change_settings

    for work in (
        lambda uid: change_settings(shop.cashier, {"day.close_hour": 3}, uid=uid),
        lambda uid: staff.unlock(shop.cashier, "manager", uid=uid),
        lambda uid: shop.give(shop.cashier, "收银员 Cashier", uid=uid, see_cost=None),
    ):
        with pytest.raises(NeedsOverride):
            work(new_uid())
