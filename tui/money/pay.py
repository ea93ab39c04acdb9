"""The way to the payment screen, for whoever has something that is paid."""

from __future__ import annotations

from tui.money.payable import Payable


async def pay(payable: Payable) -> None:
    """To the payment screen with it."""
    from tui.money.payment import payment_for

    facts = await payable.screen.in_books(payable.read)
    await payable.screen.desk.go(payment_for(payable, facts))
