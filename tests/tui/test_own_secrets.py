"""Changing one's own password: only with the one in force."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.trust import secrets, sign_in
from models.trust.staff import WrongOldSecret
from tests.stores import PASSWORD, Shop
from tui.people.own_secrets import CHOICES, change_secrets

NEW = "another good password"


class Counter:
    """The app as far as the screen asks it: somebody who answers the questions in turn."""

    def __init__(self, shop: Shop, *answers: Any) -> None:
        self.session, self.register = shop.cashier, 1
        self.answers = list(answers)
        self.alarms: list[str] = []

    async def ask(self, panel: Any) -> Any:
        return self.answers.pop(0)

    async def in_books(self, work: Callable[..., Any], *values: Any) -> Any:
        return work(*values)

    off_thread = in_books

    async def operate(self, operation: Callable[..., Any], **fields: Any) -> Any:
        from models.trust.operation import new_uid

        return operation(self.session, **fields, uid=new_uid())

    def alarm(self, text: str) -> None:
        self.alarms.append(text)


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


async def test_two_that_differ_change_nothing(shop: Shop) -> None:
    counter = Counter(shop, CHOICES[0], PASSWORD, NEW, NEW + "?")
    await change_secrets(counter)  # type: ignore[arg-type]
    assert counter.alarms and opens(shop, PASSWORD)
