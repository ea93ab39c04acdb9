"""The form of staff: what comes with a role that may approve for others."""

from __future__ import annotations

from typing import Any

import pytest

from models.trust.secrets import is_password
from models.trust.sign_in import check_approver, find_approver
from models.trust.users import User
from tests.stores import PASSWORD
from tests.tui.records.conftest import Start

FIRST = "first secret 1"


@pytest.mark.row("SYS-03")
async def test_whoever_makes_a_manager_is_told_that_he_cannot_approve_yet(at: Start) -> None:
    """Nobody chooses an override PIN for another: it is asked of him at the door."""
    async with at("users") as person:
        await person.see("5 rows")
        await person.press("f2")
        sheet: Any = person.app.screen.sheet  # type: ignore[attr-defined]
        for box, text in (("login", "106"), ("name", "高经理"), ("department", "总台"),
                          ("role", "经理"), ("password", FIRST)):  # fmt: skip
            sheet.go(sheet.find(box))
            await person.type(text)
            await person.press("enter")
        sheet.go(sheet.find("password"))
        await person.press("f4")
        await person.see("高经理 may approve for others", "not yet", "override PIN")
        await person.press("enter")
        await person.see("6 rows", "高经理")
        candidate = await person.do(find_approver, 1, "106")
        assert not check_approver(candidate, FIRST).is_right
        stored = await person.do(User.get, User.login == "106")
        assert is_password(stored.password_hash, FIRST) and stored.must_change


@pytest.mark.row("SYS-03")
async def test_a_cashier_who_becomes_a_manager_approves_by_password_until_then(at: Start) -> None:
    async with at("users", lang="zh") as person:
        await person.see("共 5 条")
        await person.press("f7")
        await person.type("cashier")
        await person.press("enter", "enter")
        sheet: Any = person.app.screen.sheet  # type: ignore[attr-defined]
        sheet.go(sheet.find("role"))
        await person.press("delete")
        await person.type("经理")
        await person.press("enter", "f9")
        await person.see("可以授权", "下次用密码登录时会要求设授权码")
        candidate = await person.do(find_approver, 1, "cashier")
        assert check_approver(candidate, PASSWORD).is_right
