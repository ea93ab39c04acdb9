"""Pictures of the salon, for tests/pictures.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.pictures import Stage


def the_salon(stage: Stage) -> None:
    """Board and rotation, the figures, a member's ticket, her card sold and given up."""
    for number, name in (
        (440, "salon-board"), (459, "rotation"), (411, "taken-and-earned"), (445, "staff-earnings"),
    ):  # fmt: skip
        stage.opens(number)
        stage.take(name)
        stage.home()
    stage.opens(11)
    stage.enter("104")
    stage.take("who-did-it")
    stage.enter("8*:70 10:30")
    stage.press("f2")
    stage.type("13900010001", every_s=0.05)
    stage.press("enter")
    stage.take("ticket")
    stage.press("f9")
    stage.take("may-be-used")
    stage.press("f12", "ctrl+x", "delete")
    stage.home()
    stage.opens(401)
    for typed in ("", "", "1000"):
        stage.enter(typed)
    stage.type("13900010001", every_s=0.05)
    stage.take("whose-card")
    stage.home()
    stage.opens(402)
    stage.take("cards")
    stage.press("f8")
    stage.type("9")
    stage.take("card-refund")
    stage.home()
