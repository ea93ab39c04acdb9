"""The way to the payment screen, for whoever has something that is paid."""

from __future__ import annotations

from tui.money.payable import Payable


async def pay(payable: Payable, *, is_settled: bool = False) -> None:
    """To the payment screen with it; where somebody has just agreed on what pays for all of it
    (`is_settled`), it is finished at once.
    """
    from tui.money.payment import payment_for

    facts = await payable.screen.in_books(payable.read)
    payment = payment_for(payable, facts)
    await payable.screen.desk.go(payment)
    if is_settled:
        await payment.finish_paid()
