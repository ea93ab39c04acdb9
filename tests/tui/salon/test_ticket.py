"""A ticket at the till: who did the work is asked as it is rung, and stands on line and slip."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.base.rates import Rate
from models.config.config import read_config
from models.ledger.daily.shift_life import open_shift
from models.ledger.documents import Document
from models.reports.bills import sale_view
from models.salon.commission import CommissionEntry
from models.salon.commission_rules import save_commission_rule
from models.shop.basket import new_basket
from models.trust.operation import new_uid
from models.trust.users import User
from tests.models.salon.salon import COLOUR, CUT, open_salon
from tests.stores import Shop, Ticking
from tests.tui.records.conftest import Start, at
from tui.shop.selling import Selling

__all__ = ["at"]


def salon() -> Shop:
    """Services and people, a rule of 40 per cent, and an open shift of the owner's."""
    made = Shop("", Path(), Ticking(), users={user.login: user.key for user in User.select()})
    open_salon(made)
    open_shift(made.owner, {10_000: 5}, uid=new_uid())
    save_commission_rule(made.owner, None, rate=Rate.percent("40"), uid=new_uid())
    return made


def _sold() -> tuple[Any, list[str]]:
    document = Document.select().order_by(Document.key.desc()).get()
    entries = CommissionEntry.select().where(CommissionEntry.document == document.key)
    return sale_view(document.key), [str(one.amount) for one in entries]


@pytest.mark.row("SAL-05", "B-2")
async def test_a_ticket_says_who_did_it_and_the_usual_one_takes_three_keys(
    at: Start, tmp_path: Path
) -> None:
    async with at("goods", prepared=salon) as person:
        person.app.config = read_config(tmp_path)  # type: ignore[attr-defined]
        selling = Selling(await person.do(new_basket, person.app.session))
        await person.app.go(selling)
        # Goods are rung without a question.
        await person.type("1001")
        await person.press("enter")
        await person.see("矿泉水", "2.00")
        await person.press("delete")
        # The usual ticket: the code, who did it, paid in cash: three keys behind the code.
        await person.type(CUT)
        await person.press("enter")
        await person.see("女士剪发: who?")
        await person.press("8", "enter")
        await person.see("女士剪发 · 李经理", "128.00")
        await person.press("f9")
        await person.see("Ways to pay")
        await person.press("enter")
        await person.see("Paid:")
        view, earned = await person.do(_sold)
        assert (view.lines[0].hands, earned) == (("李经理",), ["51.20"])

        # A number that nobody has leaves the question, and what was typed in it.
        await person.type(COLOUR)
        await person.press("enter")
        await person.see("染发: who?")
        await person.type("8*:70 77")
        await person.press("enter")
        assert "77" in person.alarm
        assert person.app.screen.entry.value == "8*:70 77"  # type: ignore[attr-defined]
        person.app.screen.entry.set_value("")  # type: ignore[attr-defined]
        await person.type("8:70 21:40")
        await person.press("enter")
        assert "110%" in person.alarm
        person.app.screen.entry.set_value("")  # type: ignore[attr-defined]
        await person.type("8*:70 21")
        await person.press("enter")
        await person.see("Done by 李经理 by name 70%, 赵库管 30%", "F4Who did it")
        # F12 leaves the line as it was; F4 asks again.
        await person.press("f4")
        await person.see("染发: who?")
        await person.press("f12")
        await person.see("Done by 李经理 by name 70%, 赵库管 30%", "F4Who did it")
        await person.press("f9")
        await person.see("Ways to pay")
        await person.press("enter")
        await person.see("Paid:")
        view, earned = await person.do(_sold)
        assert view.lines[0].hands == ("李经理* 70%", "赵库管 30%")
        # 40 per cent of 266.00 and of 114.00.
        assert earned == ["106.40", "45.60"]

        # One of a couple pays for himself; she thinks better of it and pays for both.
        for code, who in ((CUT, "8"), (COLOUR, "21")):
            await person.type(code)
            await person.press("enter")
            await person.see("who?")
            await person.type(who)
            await person.press("enter")
        await person.see("Done by 赵库管", "Lines 2")
        await person.press("ctrl+e")
        await person.see("Lines for a bill of their own")
        for wrong in ("1 2", "x", "3"):
            await person.type(wrong)
            await person.press("enter")
            assert wrong in person.alarm
            await person.press(*["backspace"] * len(wrong))
        await person.type("2")
        await person.press("enter")
        await person.see("On hold: 染发", "Lines 1", "Done by 李经理")
        await person.press("ctrl+e")
        await person.see("Which bill is put onto this one?")
        await person.press("enter")
        await person.see("Put together: 染发 is on this bill.", "Done by 赵库管", "Lines 2")
