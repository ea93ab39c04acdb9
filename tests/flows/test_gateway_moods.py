"""Every mood of a payment gateway as the cashier sees it: in English, on a wide terminal."""

from __future__ import annotations

import pytest

from models.ledger.gateway.orders import GatewayOrder
from models.ledger.proving import proof
from models.ledger.ways.tenders import Payment
from models.trust.operation import new_uid
from models.trust.settings import change_settings
from tests.flows.conftest import Counter, Floor
from tests.flows.counter_program import WATER
from tests.flows.till import Till, books_of, owner_of
from tests.peers.gateways import running

pytestmark = [pytest.mark.terminal, pytest.mark.long, pytest.mark.timeout(600),
              pytest.mark.row("TIL-01", "H-4")]  # fmt: skip
CODE = "13456789012345678"
# By the last digit the practice gateway behaves (devices/practice_gateway.py).
SLOW, REFUSED, SILENT, NOTHING, CONTRADICTS, OTHER_AMOUNT = "123457"


def test_every_mood_in_english_on_a_wide_screen(floor: Floor, till: Counter) -> None:
    """Slow, refused, silent, contradictory, of another amount; then nothing, given up and paid in
    cash; then dead.
    """
    folder = floor("en")
    with running() as address:
        with owner_of(folder) as owner:
            values = {
                "gateway.provider": "http", "gateway.address": address, "gateway.give_up_s": 15,
            }  # fmt: skip
            change_settings(owner, values, uid=new_uid())
        one: Till = till(folder, lang="en", columns=132, rows=43)
        one.begin()
        for mood in (SLOW, SILENT, CONTRADICTS, OTHER_AMOUNT):
            _scan(one, mood)
            one.wait_paid()
        assert "S01-000004" in one.text()
        _scan(one, REFUSED)
        one.see("WeChat 2.00 is refused: not enough money")
        one.key("f12")
        one.pump(0.3)
        one.key("enter")
        one.wait_paid()
        _scan(one, NOTHING)
        one.see("The gateway is asked; Delete gives it up")
        one.see("asking")
        one.see("undoing", timeout_s=40)
        one.see("Cash {amount}: type what was handed over", amount="2.00")
        one.pump(0.3)
        one.key("enter")
        one.wait_paid()
    # Nobody answers at its address: told at once, and the next way to pay is free.
    _scan(one, SLOW)
    one.see("The gateway is not reached, nothing was charged. Take WeChat 2.00 by hand.")
    one.key("f12")
    one.pump(0.3)
    one.key("enter")
    one.wait_paid()
    assert "S01-000007" in one.text()
    one.kill()
    with books_of(folder):
        states = [order.state for order in GatewayOrder.select().order_by(GatewayOrder.key)]
        assert states[:5] == ["paid", "paid", "paid", "paid", "refused"]
        assert "paid" not in states[5:] and states[6] == "refused"
        ways = [row.tender.kind for row in Payment.select().order_by(Payment.document)]
        assert ways == [*["phone"] * 4, *["cash"] * 3]
        assert not [str(each) for each in proof.verify()]


def _scan(one: Till, mood: str) -> None:
    """2.00 to be paid by a pay code of this mood."""
    one.scan(WATER)
    one.wait_total("2.00")
    one.pump(0.15)
    one.key("f9")
    one.see("Ways to pay")
    one.scan(CODE + mood)
