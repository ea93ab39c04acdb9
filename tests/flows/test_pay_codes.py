"""Pay codes with a gateway in a process of its own: the cashier scans and goes on; what is slow or
silent stops no key, and a kill loses nothing.
"""

from __future__ import annotations

import pytest

from models.ledger.gateway.orders import GatewayOrder
from models.ledger.proving import proof
from models.ledger.ways.tenders import Payment
from models.trust.operation import new_uid
from models.trust.settings import change_settings
from tests.flows.conftest import Counter, Floor, printer_table
from tests.flows.counter_program import COLA, WATER
from tests.flows.slips_read import printed_by
from tests.flows.test_budgets import at_most
from tests.flows.till import Till, books_of, owner_of
from tests.peers.gateways import running
from tests.peers.printers import RunningPeer

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(240), pytest.mark.row("TIL-01", "H-4")]
# By the last digit the practice gateway behaves (devices/practice_gateway.py).
PAID, PASSWORD, SILENT = "134567890123456780", "134567890123456781", "134567890123456783"


def test_a_pay_code_asks_the_wallet_itself(
    floor: Floor, till: Counter, peer: object, capsys: pytest.CaptureFixture[str]
) -> None:
    printer: RunningPeer = peer()  # type: ignore[operator]
    folder = floor(printer=printer_table(printer))
    with running() as address:
        with owner_of(folder) as owner:
            values = {"gateway.provider": "http", "gateway.address": address}
            change_settings(owner, values, uid=new_uid())
        one: Till = till(folder)
        one.begin()
        one.scan(WATER)
        one.wait_total("2.00")
        with at_most(one, 1, "a sale paid by a scanned pay code", capsys):
            one.key("f9")
            one.see("Ways to pay")
            one.scan(PAID)
            one.wait_paid()

        # The customer types his password: other ways to pay are refused meanwhile, by name.
        one.scan(COLA)
        one.wait_total("3.50")
        one.key("f9")
        one.see("Ways to pay")
        one.scan(PASSWORD)
        one.see("on phone")
        one.pump(0.2)
        one.key("enter")
        one.see_flat(one.w("refusal.PayCodeOpen", tender=one.w("WeChat"), amount="3.50"))
        # Nor does a card ask for its number: the bill ends by itself, where no question stands.
        one.key("f2")
        one.see_flat(one.w("refusal.PayCodeOpen", tender=one.w("WeChat"), amount="3.50"))
        one.wait_paid()

        # Nothing comes back, and the power goes: the next start finds what the wallet paid.
        one.scan(WATER)
        one.wait_total("2.00")
        one.key("f9")
        one.see("Ways to pay")
        one.scan(SILENT)
        one.see("asking")
        one.kill()
        again: Till = till(folder)
        again.sign_in()
        again.see("{tender} {amount} is paid.", tender=again.w("WeChat"), amount="2.00")
        slips = printed_by(printer, again, 2)
        again.kill()
    with books_of(folder):
        states = [order.state for order in GatewayOrder.select().order_by(GatewayOrder.key)]
        assert states == ["paid", "paid", "paid"]
        paid = list(Payment.select().order_by(Payment.document))
        assert [str(row.amount) for row in paid] == ["2.00", "3.50"]
        # The slip has the number that the wallet knows the payment by.
        assert [(slip.beside("微信"), slip.beside("参考号")) for slip in slips] == [
            (str(row.amount), row.reference) for row in paid
        ]
        assert not [str(each) for each in proof.verify()]
