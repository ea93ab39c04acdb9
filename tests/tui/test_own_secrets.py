"""Changing one's own password: only with the one in force."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.base.refusals import Refusal
from models.trust import secrets, sign_in
from models.trust.operation import Session
from models.trust.sign_in import WrongOldSecret
from models.trust.users import User
from tests.stores import PASSWORD, Shop
from tui.people.own_secrets import (
    CHOICES,
    FIRST_OVERRIDE,
    FIRST_PASSWORD,
    NOT_THE_SAME,
    Wanted,
    change_secrets,
    choose,
    wanted_of,
)

NEW = "another good password"


class Counter:
    """The app as far as the screen asks it: somebody who answers the questions in turn."""

    def __init__(self, shop: Shop, *answers: Any) -> None:
        self.session, self.register = shop.cashier, 1
        self.answers = list(answers)
        self.alarms: list[str] = []

    async def ask(self, panel: Any) -> Any:
        return self.answers.pop(0)

    async def in_books(self, work: Callable[..., Any], *values: Any, **more: Any) -> Any:
        return work(*values, **more)

    off_thread = in_books

    def alarm(self, text: str) -> None:
        self.alarms.append(text)

    def tell(self, refusal: Refusal) -> None:
        self.alarms.append(refusal.code)


def opens(shop: Shop, password: str) -> bool:
    candidate = sign_in.find(1, "cashier")
    return bool(secrets.is_password(candidate.password_hash, password))


async def test_the_new_password_opens(shop: Shop) -> None:
    await change_secrets(Counter(shop, CHOICES[0], PASSWORD, NEW, NEW, True))  # type: ignore[arg-type]
    assert opens(shop, NEW) and not opens(shop, PASSWORD)


async def test_without_the_old_one_nothing_changes(shop: Shop) -> None:
    with pytest.raises(WrongOldSecret):
        await change_secrets(Counter(shop, CHOICES[0], "a guess", NEW, NEW))  # type: ignore[arg-type]
    assert opens(shop, PASSWORD)


async def test_what_will_not_do_is_told_and_asked_for_again(shop: Shop) -> None:
    """Two that differ, the old one, one that is too short, and the second question left."""
    tries = (NEW, NEW + "?", PASSWORD, PASSWORD, "short", "short", NEW, None)
    counter = Counter(shop, CHOICES[0], PASSWORD, *tries, None)
    await change_secrets(counter)  # type: ignore[arg-type]
    assert counter.alarms == [NOT_THE_SAME, "PasswordSame", "PasswordWeak"]
    assert opens(shop, PASSWORD)


async def test_a_first_password_is_asked_for_twice_and_goes_on_to_the_pin(shop: Shop) -> None:
    """The proof that was given at the door goes on with the new password."""
    counter: Any = Counter(shop, NEW, NEW, "314160", "314160")
    session = Session(shop.users["manager"], 1)
    proof = sign_in.own_proof(session, PASSWORD)
    on = await choose(counter, session, proof, FIRST_PASSWORD)
    assert on is not None
    assert await choose(counter, session, on, FIRST_OVERRIDE)
    found = sign_in.find_approver(1, "manager")
    assert secrets.is_password(found.password_hash, NEW)
    assert secrets.is_pin(found.pin_hash, "314160")


def test_who_is_asked_for_what_at_the_door(shop: Shop) -> None:
    User.update(override_hash="").execute()
    wanted = {login: wanted_of(key) for login, key in shop.users.items()}
    assert {login for login, one in wanted.items() if one.override} == {"manager"}
    assert not any(one.password for one in wanted.values())
    User.update(must_change=True, language="en").where(User.login == "cashier").execute()
    assert wanted_of(shop.users["cashier"]) == Wanted(True, False, "en")
