"""What becomes of cards and points, by keys: what cannot be is refused before anybody says why,
and what was typed stays to be put right.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.base.hot import query
from models.config.config import read_config
from models.members.card_kinds import save_card_kind
from models.trust.operation import new_uid
from models.trust.users import User
from tests.models.members.carded import item, person, sell
from tests.stores import Shop, Ticking, yuan
from tests.tui.records.conftest import Start, at
from tui.members.asking import look_up
from tui.members.card_asking import look_up_card
from tui.members.points_asking import change_by_hand

__all__ = ["at"]


def two_cards() -> Shop:
    made = Shop("", Path(), Ticking(), users={user.login: user.key for user in User.select()})
    made.open_shift(session=made.owner)
    kind = save_card_kind(
        made.owner, None, name="储值卡", form="value", is_named=False, price=yuan("100"),
        uid=new_uid(),
    )  # fmt: skip
    for number in ("880001", "880002"):
        sell(made, kind, "100", number)
    return made


def _cards() -> list[tuple[str, str]]:
    return query('SELECT "number", "state" FROM "card" ORDER BY "number"')


@pytest.mark.row("B-1")
async def test_what_cannot_be_of_a_card_is_refused_before_the_reason(at: Start) -> None:
    async with at("cards", prepared=two_cards) as one:
        await one.see("2 rows", "880001", "880002")
        # Held, and held once more: nobody is asked why a second time.
        await one.press("f8", "2")
        await one.see("Why?")
        await one.type("lent")
        await one.press("enter")
        await one.see("Card 880001: done", "Frozen")
        await one.press("f8", "2")
        await one.see("What shall be done?", gone=True)
        assert "use it again first" in one.alarm.lower()
        # A number that another card has stays to be typed over, before the reason.
        await one.press("f8", "5")
        await one.see("Scan the new card")
        await one.press("ctrl+u")
        await one.type("880002")
        await one.press("enter")
        assert "880002" in one.alarm
        await one.see("Scan the new card", "880002")
        await one.type("880003")
        await one.press("enter")
        await one.see("Why?")
        await one.type("worn")
        await one.press("enter")
        await one.see("Card 880003: done")
        # Somebody else takes over: the cursor stays on the card.
        screen: Any = one.app.screen
        await one.press("down")
        await screen.user_changed()
        await one.rest()
        assert screen.lines.chosen.values["number"] == "880002"
        await one.press("up")
        # The one that is closed goes onto no other.
        await one.press("f8", "7")
        await one.see("Onto which card of the same owner?")
        await one.type("880001")
        await one.press("enter")
        assert "does not fit" in one.alarm
        assert await one.do(_cards) == [
            ("880001", "closed"), ("880002", "good"), ("880003", "good"),
        ]  # fmt: skip


def a_card_of_times() -> Shop:
    made = two_cards()
    course = save_card_kind(
        made.owner, None, name="次卡", form="times", is_named=False, price=yuan("500"),
        parts=[{"goods": item(made, "300", "150"), "pieces": 5}], uid=new_uid(),
    )  # fmt: skip
    sell(made, course, "500", "880003")
    return made


@pytest.mark.row("B-1")
async def test_a_card_of_times_says_times_wherever_it_is_looked_up(
    at: Start, tmp_path: Path
) -> None:
    """Among the vouchers too, where a till knows only their key."""
    async with at("cards", prepared=a_card_of_times) as one:
        await one.see("3 rows")
        for work in (look_up, look_up_card):
            one.app.jobs.start(work, one.app)
            await one.see("its number")
            await one.type("880003")
            await one.press("enter")
            told = await one.see("次卡 880003", "5 times 项目300")
            assert "500.00 remaining" not in told and "to pay with" not in told
            await one.press("enter")
            await one.see("5 times", gone=True)
        # A card of another kind from its own row, without its number: what is on it stays.
        one.app.config = read_config(tmp_path)  # type: ignore[attr-defined]
        await one.press("f8", "1", "0")
        await one.see("Which kind of card?", "储值卡", "次卡")
        await one.type("次")
        await one.press("enter")
        await one.see("次卡: how much is paid?", "500.00")
        await one.press("enter")
        await one.see("Ways to pay", "880001")
        await one.press("enter")
        await one.see("Card 880001: 100.00, 5 times 项目300 on it now.")


def somebody() -> Shop:
    made = two_cards()
    person(made)
    return made


@pytest.mark.row("B-1")
async def test_points_that_nobody_has_are_refused_before_the_reason(at: Start) -> None:
    async with at("cards", prepared=somebody) as one:
        await one.see("2 rows")
        one.app.jobs.start(change_by_hand, one.app)
        await one.see("People")
        await one.type("王芳")
        await one.press("enter")
        await one.see("How many come?")
        for typed, said in (("-5", "Too few points: there are 0, not 5"), ("0", "whole number")):
            await one.type(typed)
            await one.press("enter")
            await one.see("How many come?", typed)
            assert said in one.alarm
        await one.type("30")
        await one.press("enter")
        await one.see("Why?")
        await one.type("gift")
        await one.press("enter")
        await one.see("王芳: 30 points")
