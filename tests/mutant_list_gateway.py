"""Faults in what is asked of a payment gateway."""

from __future__ import annotations

from tests.mutants import Mutant

_FOUND = "tests/models/ledger/test_gateway.py"
_BY_HAND = _FOUND + "::test_what_the_gateway_refuses_to_give_back_is_given_by_hand"
_CALLS = "tui/money/gateway/calls.py"
_ORDERS, _PAYMENTS = "models/ledger/gateway/orders.py", "models/ledger/pay_codes/payments.py"

GATEWAY: tuple[Mutant, ...] = (
    Mutant(_ORDERS, "        elif key is not None:\n", "        elif False:\n", _FOUND),
    Mutant(_ORDERS, "for order in open_for(draft):", "for order in []:", _FOUND),
    Mutant(_PAYMENTS, "    require_none_open(draft)\n", "", _FOUND),
    Mutant(
        _PAYMENTS, "    require_not_beyond(due, check", "    (lambda *_: 0)(due, check", _FOUND
    ),
    Mutant(_PAYMENTS, "state = PAID if line is not None else REVERSING", "state = PAID", _FOUND),
    Mutant(_PAYMENTS, "and state in BECOMES[seen]", "", _FOUND),
    Mutant(_PAYMENTS, "order.kind != PAY or order.state not in OPEN", "False", _FOUND),
    Mutant(_PAYMENTS, "        ~GatewayOrder.is_by_hand,\n", "", _BY_HAND),
    Mutant(_PAYMENTS, "    job.require(REFUNDING, order.amount.minor)\n", "",
           "tests/models/trust/test_every_right.py"),
    Mutant(_PAYMENTS, "    GatewayLine.delete().where(GatewayLine.day == day).execute()\n", "",
           _FOUND + "::test_the_days_list_is_laid_beside_the_books"),
    Mutant("models/ledger/payments/taken.py", "    reverse_taken(draft, line)\n", "", _FOUND),
    Mutant(_CALLS, "if first.state in _UNDONE else first", "if False else first",
           _FOUND),
    Mutant(_CALLS, "    if first.state != REFUSED:\n", "    if True:\n", _FOUND),
)  # fmt: skip
