"""The door: what somebody may do who has not said who he is."""

from __future__ import annotations

import pytest

from tui.desk.keys import KeyMap
from tui.people.sign_in import SignIn


@pytest.mark.row("SYS-02")
@pytest.mark.parametrize("how", [{}, {"is_over": True}, {"is_over": True, "is_lock": True}])
@pytest.mark.parametrize("keys", ["deskbell", "chinese"])
def test_nothing_is_done_at_the_door_in_the_name_of_who_is_signed_in(
    how: dict[str, bool], keys: str
) -> None:
    """Over a screen its user is still signed in: no drawer, no slip, no second door."""
    door = SignIn(**how)
    offered = {row.id for row in KeyMap.shipped(keys).on(door.key_kind) if door.offers(row)}
    assert offered == {"help", "help_sign", "cancel", "leave", "menu", "language"}
