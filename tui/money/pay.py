"""The way to the payment screen, for whoever has something that is paid."""

from __future__ import annotations

from tui.money.payable import Payable, PaymentFacts


async def pay(
    payable: Payable, facts: PaymentFacts | None = None, *, is_settled: bool = False
) -> None:
    """To the payment screen with it, whose `facts` may have been read already; where somebody has
    just agreed on what pays for all of it (`is_settled`), it is finished at once.
    """
    from tui.money.payment import payment_for

    if facts is None:
        facts = await payable.screen.in_books(payable.read)
    payment = payment_for(payable, facts)
    await payable.screen.desk.go(payment)
    if is_settled:
        await payment.finish_paid()
