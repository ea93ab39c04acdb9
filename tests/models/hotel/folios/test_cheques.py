"""Cheques lie in the drawer: the blind count counts them, and nothing is paid out of them."""

from __future__ import annotations

import pytest

from models.hotel.charges.windows import own_folio
from models.hotel.folios.folio_payments import pay_folio
from models.hotel.folios.paid_outs import pay_out_for
from models.ledger.accounts import CASH_SHORT, DRAWER, SAFE
from models.ledger.cheques import counts_cheques
from models.ledger.daily import drawer, shift_life
from models.ledger.payments.taking import ReferenceNeeded
from models.ledger.proving.proof import verify
from models.ledger.ways.tender_kinds import CHEQUE, Paying
from models.ledger.ways.tenders import save_tender
from models.trust.operation import new_uid
from tests.models.hotel.charges.test_channels import on
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive
from tests.stores import CASH, yuan


@pytest.mark.case("CSH-02")
@pytest.mark.row("TIL-02")
def test_a_cashiers_turn_in_with_cheques(house: House) -> None:
    desk, owner = house.desk, house.shop.owner
    cheque = save_tender(
        owner, None, version=0, number=None, name_zh="支票", name_en="Cheque", kind=CHEQUE,
        uid=new_uid(),
    ).number  # fmt: skip
    shift = shift_life.open_shift(desk, {83_000: 1}, uid=new_uid())
    assert counts_cheques(shift.key)
    stay = arrive(house)
    folio = own_folio(stay.key)
    with pytest.raises(ReferenceNeeded):
        pay_folio(desk, folio, [Paying(cheque, yuan("1032.12"))], uid=new_uid())
    pay_folio(desk, folio, [Paying(cheque, yuan("1032.12"), reference="00417")], uid=new_uid())
    pay_folio(desk, folio, [Paying(CASH, yuan("96"))], uid=new_uid())
    pay_out_for(desk, folio, yuan("43.10"), reason="出租车", stay=stay, uid=new_uid())
    drawer.pay_out(owner, yuan("19.58"), reason="灯泡", uid=new_uid())
    assert str(drawer.expected_cash(shift.key)) == "1895.44"
    # Of cash there are 863.32.
    with pytest.raises(drawer.DrawerTooLow):
        drawer.pay_out(owner, yuan("863.33"), reason="x", uid=new_uid())
    counted = shift_life.count_drawer(desk, {85_832: 1, 103_212: 1}, uid=new_uid())
    assert (str(counted.counted), str(counted.difference)) == ("1890.44", "-5.00")
    shift_life.close_shift(desk, reason="找错", uid=new_uid())
    # What was counted goes to the safe, whose 830.00 the shift began with.
    assert (on(DRAWER), on(SAFE), on(CASH_SHORT)) == ("0.00", "1060.44", "5.00")
    assert not verify()
