"""Signing in: one message for every failure, a wait that grows, PINs only after a password."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.base.hot import query
from models.ledger.daily import days, drawer
from models.trust import secrets, sign_in, staff
from models.trust.guard import require_right
from models.trust.operation import (
    Override,
    OverrideRefused,
    OverrideStale,
    OwnOverride,
    OwnPasswordFirst,
    Session,
    SignedOut,
    new_uid,
)
from models.trust.secrets import NewPassword, PasswordSame, PasswordWeak, PinWrongForm
from models.trust.sign_in import (
    OverrideFailed,
    PinTooEarly,
    Proof,
    ReasonNeeded,
    SignInFailed,
    SignInWait,
    WrongOldSecret,
    approve_override,
    check_approver,
    find_approver,
)
from models.trust.users import Department, Role, User
from tests.stores import OVERRIDE_PIN, PASSWORD, PIN, Shop

pytestmark = pytest.mark.row("SYS-02", "SYS-30", "SYS-40", "NFR-04")


def test_by_password_then_by_pin(shop: Shop) -> None:
    session = sign_in.sign_in(1, " Manager ", PASSWORD)
    assert session == shop.manager
    assert sign_in.sign_in(1, "cashier", PIN) == shop.cashier
    with pytest.raises(SignInFailed):
        sign_in.sign_in(1, "cashier", "314150")
    # Another register was not opened by anybody.
    with pytest.raises(PinTooEarly):
        sign_in.sign_in(2, "cashier", PIN)
    sign_in.sign_out(session)
    said = query('SELECT "verb" FROM "audit" WHERE "register" = 1 ORDER BY "seq" DESC LIMIT 2')
    assert said == [("sign out",), ("sign-in failed",)]


def test_before_a_password_no_pin_is_looked_at(shop: Shop) -> None:
    """Everybody is told the same, whoever he is and whatever he types; it is no failure."""
    for login, pin in (("cashier", PIN), ("cashier", "314150"), ("nobody", PIN)) * 3:
        with pytest.raises(PinTooEarly):
            sign_in.sign_in(1, login, pin)
    assert not query('SELECT 1 FROM "sign_in_failure"')
    with pytest.raises(PinTooEarly):
        shop_override(1, "manager", OVERRIDE_PIN)
    sign_in.sign_in(1, "cashier", PASSWORD)


def shop_override(register: int, login: str, secret: str, reason: str = "ok") -> Override:
    checked = check_approver(find_approver(register, login), secret)
    return approve_override(checked, reason=reason, uid=new_uid())


def test_a_new_day_wants_a_password_first(shop: Shop) -> None:
    sign_in.sign_in(1, "cashier", PASSWORD)
    days.close_day(shop.owner, next_day=shop.clock.at.date() + timedelta(days=1), uid=new_uid())
    with pytest.raises(PinTooEarly):
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


@pytest.mark.parametrize("days_ahead", [365, 1, -365])
def test_whatever_the_clock_does_nobody_waits_longer(shop: Shop, days_ahead: int) -> None:
    """The clock was wrong while the password was, and is put right: the wait is the wait."""
    shop.clock.move(days=days_ahead)
    fail(5)
    shop.clock.move(days=-days_ahead)
    waited = 0
    while True:
        try:
            sign_in.sign_in(1, "cashier", PASSWORD)
            break
        except SignInWait as refusal:
            # One who looks often waits no longer for it.
            waited += 1
            assert refusal.fields["seconds"] <= 30
            shop.clock.move(seconds=1)
    assert waited <= 31


def test_a_clock_put_back_within_the_wait_begins_it_anew_at_most(shop: Shop) -> None:
    fail(5)
    shop.clock.move(seconds=-20)
    with pytest.raises(SignInWait) as refused:
        sign_in.sign_in(1, "cashier", PASSWORD)
    assert refused.value.fields["seconds"] <= 31
    shop.clock.move(seconds=31)
    sign_in.sign_in(1, "cashier", PASSWORD)


def test_an_approval_needs_the_override_pin_and_a_reason(shop: Shop) -> None:
    sign_in.sign_in(1, "cashier", PASSWORD)
    with pytest.raises(ReasonNeeded):
        shop_override(1, "manager", OVERRIDE_PIN, "  ")
    assert shop_override(1, "manager", OVERRIDE_PIN).user == shop.users["manager"]
    for login, pin in (("manager", PIN), ("cashier", OVERRIDE_PIN), ("nobody", OVERRIDE_PIN)):
        with pytest.raises(OverrideFailed):
            shop_override(1, login, pin)
    verbs = query('SELECT count(*) FROM "audit" WHERE "verb" = \'override failed\'')
    assert verbs == [(3,)]


def test_who_has_no_override_pin_approves_by_password(shop: Shop) -> None:
    """At once in the morning: it needs no register that somebody opened."""
    User.update(override_hash="").where(User.login == "owner").execute()
    uid = new_uid()
    with pytest.raises(OverrideFailed):
        shop_override(1, "owner", "a wrong password")
    checked = check_approver(find_approver(1, "owner"), PASSWORD)
    approval = approve_override(checked, reason="ok", uid=uid)
    drawer.open_drawer(shop.cashier, reason="x", uid=uid, override=approval)
    # It ends with the password, as with a PIN.
    uid = new_uid()
    approval = approve_override(checked, reason="ok", uid=uid)
    User.update(password_hash="another").where(User.login == "owner").execute()
    with pytest.raises(OverrideStale):
        drawer.open_drawer(shop.cashier, reason="x", uid=uid, override=approval)


def test_who_does_not_approve_for_others_cannot(shop: Shop) -> None:
    """The clerk keeps goods and the cashier does not; the clerk approves nothing for all that."""
    uid = new_uid()
    approval = approve_override(
        check_approver(find_approver(1, "clerk"), PASSWORD), reason="ok", uid=uid
    )
    with pytest.raises(OverrideRefused) as refused:
        drawer.open_drawer(shop.cashier, reason="x", uid=uid, override=approval)
    assert refused.value.fields["right"] == "approve for others"
    uid = new_uid()
    own = check_approver(find_approver(1, "manager"), PASSWORD)
    with pytest.raises(OwnOverride):
        drawer.open_drawer(
            shop.manager, reason="x", uid=uid,
            override=approve_override(own, reason="ok", uid=uid),
        )  # fmt: skip


# --- the first password, and one's own secrets


def newcomer(shop: Shop, role: str = "经理") -> Session:
    made = staff.add_user(
        shop.owner, login="new", name="新人", department=Department.get(),
        role=Role.get(Role.name == role), password_hash=secrets.hash_password("the first one"),
        pin_hash=secrets.hash_pin(PIN), uid=new_uid(),
    )  # fmt: skip
    return Session(made.key, 1)


def test_nothing_is_done_or_seen_with_a_first_password(shop: Shop) -> None:
    new = newcomer(shop)
    assert sign_in.sign_in(1, "new", "the first one") == new
    for work in (
        lambda: shop.open_shift(session=new),
        lambda: staff.choose_look(new, language="en", theme="dark", uid=new_uid()),
        lambda: require_right(new, "see takings"),
        lambda: require_right(new, ""),
    ):
        with pytest.raises(OwnPasswordFirst):
            work()
    # Nor approved, nor is a PIN let in that came with it.
    with pytest.raises(OverrideFailed):
        shop_override(1, "new", "the first one")
    with pytest.raises(SignInFailed):
        sign_in.sign_in(1, "new", PIN)
    change(new, "the first one", "one of my own")
    shop.open_shift(session=new)
    assert sign_in.sign_in(1, "new", PIN) == new


def change(session: Session, old: str, new: str) -> None:
    proof = sign_in.own_proof(session, old)
    password = secrets.new_password(proof.password_hash, new)
    staff.change_own_secrets(session, proof=proof, password=password, uid=new_uid())


def test_the_first_password_is_not_kept(shop: Shop) -> None:
    new = newcomer(shop)
    with pytest.raises(PasswordSame):
        change(new, "the first one", "the first one")
    # Nor by comparing it with another.
    proof = sign_in.own_proof(new, "the first one")
    same = NewPassword(secrets.hash_password("the first one"), "another hash")
    with pytest.raises(PasswordSame):
        staff.change_own_secrets(new, proof=proof, password=same, uid=new_uid())
    assert User.get_by_id(new.user).must_change


def test_ones_own_secrets_change_by_ones_own_password(shop: Shop) -> None:
    """Checked by the operation, with the wait of the door and a row in the log."""
    for wrong in (
        Proof(shop.users["manager"], User.get(User.login == "manager").password_hash),
        Proof(shop.users["cashier"], "no longer this"),
    ):
        with pytest.raises(WrongOldSecret):
            staff.change_own_secrets(shop.cashier, proof=wrong, pin_hash="x", uid=new_uid())
    sign_in.sign_in(1, "manager", PASSWORD)
    for wrong_one in ("a guess", PIN, "a guess", "a guess", "a guess"):
        with pytest.raises(WrongOldSecret):
            sign_in.own_proof(shop.cashier, wrong_one)
    with pytest.raises(SignInWait):
        sign_in.own_proof(shop.cashier, PASSWORD)
    failed = query('SELECT count(*) FROM "audit" WHERE "verb" = \'own password failed\'')
    assert failed == [(5,)]
    shop.clock.move(seconds=31)
    change(shop.cashier, PASSWORD, "another good one")
    assert sign_in.sign_in(1, "cashier", "another good one") == shop.cashier
    User.update(is_active=False).where(User.login == "cashier").execute()
    with pytest.raises(SignedOut):
        sign_in.own_proof(shop.cashier, PASSWORD)


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
        lambda uid: shop.give(shop.cashier, "收银员", uid=uid, see_cost=None),
    ):
        with pytest.raises(NeedsOverride):
            work(new_uid())
