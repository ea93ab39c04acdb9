"""Coming in and going out: department, number, secret; other users; the lock; a safe end; help."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from models.trust import roles, secrets, staff
from models.trust.audit import Audit
from models.trust.operation import Session, new_uid
from models.trust.shipped_names import shipped
from models.trust.users import Department, Role, User
from tests.flows.conftest import Counter, Floor
from tests.flows.counter_program import (
    CASHIER,
    CASHIER_PIN,
    CLERK,
    CLERK_PASSWORD,
    COLA,
    FRONT,
    LEFT_S,
    MANAGER,
    OVERRIDE_PIN,
    STORE_ROOM,
    WATER,
)
from tests.flows.till import Till, books_of
from tui.people.own_secrets import FIRST_OVERRIDE, FIRST_PASSWORD, NOT_THE_SAME

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(120)]

FIRST = "chosen by the owner"


@pytest.mark.row("SYS-01", "SYS-35")
def test_department_number_and_password_then_enter(floor: Floor, till: Counter) -> None:
    """The clerk is of another department: only after it is chosen does his password count."""
    term: Till = till(floor("en"), lang="en")
    term.see("Department")
    term.enter(CLERK)
    term.enter(CLERK_PASSWORD)
    term.see_flat(term.w("refusal.SignInFailed"))
    # The caret stands in the password; the department is two lines above it.
    term.key("up", "up")
    term.key("right")
    term.wait(STORE_ROOM)
    term.key("enter")
    term.enter()
    term.enter(CLERK_PASSWORD)
    term.see("Home")
    assert "赵库管" in term.lines()[0]


@pytest.mark.row("SYS-02", "SYS-40", "NFR-04")
def test_a_wrong_password_is_told_and_the_page_stays(floor: Floor, till: Counter) -> None:
    """The same words for an unknown user and a wrong password; then a growing wait."""
    folder = floor()
    term: Till = till(folder)
    told: list[str] = []
    for login in ("999", MANAGER, MANAGER, MANAGER, MANAGER, MANAGER):
        term.see("Your number")
        # The number that was typed stands there still: it is written over.
        if told:
            term.key("up")
        term.enter(login)
        term.calm()
        bells = term.bells
        term.enter("wrong horse")
        until = time.perf_counter() + 10
        while term.bells == bells and time.perf_counter() < until:
            term.pump(0.05)
        term.calm()
        told.append(term.lines()[20].strip())
        assert "wrong horse" not in term.text()
    assert len(set(told[:5])) == 1, told
    # The caret is in the password already: what is typed behind a wrong one is not seen.
    term.enter("a good password")
    term.see_flat(term.w("refusal.SignInWait", seconds="")[:6])
    term.kill()
    with books_of(folder):
        failed = Audit.select().where(Audit.verb == "sign-in failed")
        assert len(failed) == 6


@pytest.mark.row("SYS-02")
def test_other_identities_have_other_menus(floor: Floor, till: Counter) -> None:
    term: Till = till(floor())
    term.sign_in()
    assert term.w("Close the day") in term.text()
    # What the manager has open with its costs closes, and is not reached from elsewhere.
    term.enter("51")
    term.wait(WATER.name[:7])
    term.switch_user(CASHIER, CASHIER_PIN)
    term.see("Home")
    assert WATER.name[:7] not in term.text()
    assert term.w("Close the day") not in term.text()
    assert term.w("Selling") in term.text()
    term.key("f10")
    term.see("Menu: letters, pinyin initials or a number")
    term.type("51")
    term.see("Nothing found.")


def test_a_pin_opens_nothing_before_a_password_did(floor: Floor, till: Counter) -> None:
    term: Till = till(floor())
    term.see("PINs work after somebody signed in here by password today.")
    term.enter(CASHIER)
    term.calm()
    term.enter(CASHIER_PIN)
    term.see_flat(term.w("refusal.PinTooEarly"))


def test_another_user_takes_over_and_the_bill_stays(floor: Floor, till: Counter) -> None:
    term: Till = till(floor())
    term.begin()
    term.scan(WATER, COLA)
    term.wait_total("5.50")
    term.key("ctrl+u")
    term.see("Your number")
    assert term.total == "", "whoever stands at the lock sees no totals"
    for key in ("ctrl+o", "ctrl+w", "ctrl+r", "ctrl+u"):
        term.key(key)
        term.calm()
        said = ("Why is the drawer opened?", "The last slip", "Printing a copy.")
        assert not any(term.w(msgid) in term.text() for msgid in said), key
    term.sign_in()
    term.wait_total("5.50")
    assert "王店长" in term.lines()[0]
    term.pay_exact()


def hire(folder: Path, role: str) -> None:
    """Somebody new, with a first password that the owner chose."""
    with books_of(folder):
        staff.add_user(
            Session(User.get(User.login == MANAGER).key, 1), login="9", name="新人",
            department=Department.get(Department.name == shipped(FRONT)),
            role=Role.get(Role.name == shipped(role)), language="en",
            password_hash=secrets.hash_password(FIRST), uid=new_uid(),
        )  # fmt: skip


@pytest.mark.row("SYS-02", "SYS-40")
def test_a_first_password_is_changed_before_anybody_comes_in(floor: Floor, till: Counter) -> None:
    """Not skipped, not kept, asked for twice; a manager is asked for his override PIN then."""
    folder = floor("en")
    hire(folder, roles.MANAGER)
    term: Till = till(folder, lang="en")
    own, pin = term.w(FIRST_PASSWORD.question), term.w(FIRST_OVERRIDE.question)

    def give(text: str, again: str | None = None) -> None:
        term.see_flat(own)
        term.enter(text)
        term.see("The same once more")
        term.enter(text if again is None else again)

    def come() -> None:
        term.see("Your number")
        term.enter("9")
        term.calm()
        term.enter(FIRST)

    come()
    term.see_flat(own)
    term.key("f12")
    term.see_flat(term.w("Nobody comes in with a password that another chose. Sign in again."))
    assert term.w("Home") not in term.lines()[0]
    come()
    give(FIRST)
    term.see_flat(term.w("refusal.PasswordSame")[:20])
    give("one of my own", "two of my own")
    term.see_flat(term.w(NOT_THE_SAME))
    give("one of my own")
    term.see("Your new password is kept.")
    term.key("enter")
    term.see_flat(pin)
    term.enter(OVERRIDE_PIN)
    term.see("The same once more")
    term.enter(OVERRIDE_PIN)
    term.see("Home")
    assert "新人" in term.lines()[0]
    term.kill()
    with books_of(folder):
        made = User.get(User.login == "9")
        assert not made.must_change
        assert secrets.is_password(made.password_hash, "one of my own")
        assert secrets.is_pin(made.override_hash, OVERRIDE_PIN)


@pytest.mark.row("SYS-02", "SYS-40")
def test_a_till_that_was_left_opens_for_a_secret_only(floor: Floor, till: Counter) -> None:
    """The key that locks; and a door that somebody opened and left."""
    folder = floor()
    (folder / "impatient").touch()
    term: Till = till(folder)
    term.begin()
    term.scan(WATER, COLA)
    term.wait_total("5.50")
    # Pressed by mistake, the door closes again.
    term.key("ctrl+u")
    term.see("Your number")
    term.key("f12")
    term.wait_total("5.50")
    for key, waits in (("ctrl+n", 0.0), ("ctrl+u", LEFT_S + 2)):
        term.key(key)
        term.see("Your number")
        term.pump(waits)
        term.see("Locked")
        for out in ("f12", "f3", "escape"):
            term.key(out)
            term.calm()
            assert term.w("Locked") in term.text() and term.total == "", (key, out)
        term.sign_in(CASHIER, CASHIER_PIN)
        term.wait_total("5.50")


@pytest.mark.row("SYS-21")
def test_leaving_tells_of_open_work_and_keeps_it(floor: Floor, till: Counter) -> None:
    folder = floor()
    term: Till = till(folder)
    term.begin()
    term.scan(WATER, COLA)
    term.wait_total("5.50")
    term.key("f3")
    term.see("Home")
    term.key("f3")
    term.see("Sign out?")
    term.see_flat(term.w("An unfinished bill waits in Selling (lines: {lines}).", lines=2))
    term.see_flat("小王")
    term.key("f12")
    term.see("Sign out?", gone=True)
    term.key("f3")
    term.see("Sign out?")
    term.pump(0.15)
    term.key("enter")
    term.see("Your number")
    term.key("f3")
    term.see("End Deskbell?")
    term.key("enter")
    assert term.wait_end() == 0
    assert b"\x1b[?1049l" in term.raw[-400:], "the terminal is given back as it was"

    again: Till = till(folder)
    again.sign_in(CASHIER, CASHIER_PIN)
    again.enter("11")
    again.wait_total("5.50")


@pytest.mark.row("SYS-20")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_f1_explains_the_keys_of_the_screen(floor: Floor, till: Counter, lang: str) -> None:
    term: Till = till(floor(lang), lang=lang)
    term.sign_in()
    _help_names(term, "open_entry")
    term.enter("11")
    term.see("Open the shift")
    _help_names(term, "count_done")
    term.key("f9")
    term.wait(term.w("Next customer, please."))
    term.calm()
    _help_names(term, "find_goods")
    term.scan(WATER)
    term.wait_total("2.00")
    term.pump(0.15)
    term.key("f9")
    term.see("Ways to pay")
    _help_names(term, "other_tender")


def _help_names(term: Till, command: str) -> None:
    from tests.trades import COMMANDS

    said = term.w(next(one.help for one in COMMANDS if one.id == command))
    term.key("f1")
    for _ in range(6):
        term.calm()
        if "".join(said.split())[:16] in term.flat():
            break
        term.key("pagedown")
    else:
        pytest.fail(f"{said!r} is not in the help:\n{term.text()}")
    term.key("f12")
    term.calm()


@pytest.mark.long
def test_the_idle_lock_hides_the_totals_and_keeps_the_bill(floor: Floor, till: Counter) -> None:
    term: Till = till(floor(more="[lock]\nidle_minutes = 1"))
    term.begin()
    term.scan(WATER)
    term.wait_total("2.00")
    term.see("Locked", timeout_s=75)
    assert term.total == ""
    assert WATER.name not in term.text()
    for key in ("f12", "f3", "escape"):
        term.key(key)
        term.calm()
        assert term.w("Locked") in term.text(), key
    term.scan(COLA)
    term.see("Locked")
    term.sign_in(CASHIER, CASHIER_PIN)
    term.wait_total("2.00")
