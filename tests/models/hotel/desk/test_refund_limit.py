"""What may be given back at most is of all that goes to a guest at once."""

from __future__ import annotations

import pytest

from models.hotel.charges.windows import own_folio
from models.hotel.desk.departures import refund_guest
from models.hotel.folios.folio_payments import pay_folio
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import NeedsOverride, new_uid
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, balance
from tests.stores import CASH, WECHAT, yuan


@pytest.mark.row("HTL-03")
def test_two_parts_within_the_limit_may_be_beyond_it_together(open_house: House) -> None:
    """320.00 for the night, 600.00 by each of two ways: of 880.00 that are over, 380.00 go back."""
    shop, stay = open_house.shop, arrive(open_house, nights=1, room="201")
    folio = own_folio(stay.key)
    for tender in (CASH, WECHAT):
        paid = [Paying(tender, yuan("600"))]
        pay_folio(open_house.desk, folio, paid, stay=stay.key, uid=new_uid())
    back = [Paying(CASH, yuan("-200")), Paying(WECHAT, yuan("-180"))]
    shop.give(shop.owner, "收银员", give_refund=37_999)
    with pytest.raises(NeedsOverride):
        refund_guest(shop.cashier, stay, folio, back, shown=yuan("-880"), uid=new_uid())
    assert balance(stay) == "-1200.00"
    shop.give(shop.owner, "收银员", give_refund=38_000)
    made = refund_guest(shop.cashier, stay, folio, back, shown=yuan("-880"), uid=new_uid())
    assert len(made) == 2 and balance(stay) == "-820.00"
    assert not proof.verify()
