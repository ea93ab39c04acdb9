"""A member's card at the front desk: what is on it pays his account, as it pays a bill."""

from __future__ import annotations

import pytest

from models.hotel.charges.postings import post_charge
from models.hotel.charges.windows import own_folio
from models.hotel.folios.folio_payments import pay_folio
from models.ledger.accounts import VALUE_CARD_LIABILITY
from models.ledger.proving.proof import verify
from models.members.cards import balance_of
from models.members.lots import LotTooLittle
from models.reports.bridge import both_figures
from models.trust.operation import new_uid
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, house_day
from tests.models.hotel.staying import balance as owes
from tests.models.members.carded import NUMBER, balance, kind, sell, value
from tests.stores import yuan


@pytest.mark.row("B-1", "SAL-06")
def test_stored_value_pays_an_account(open_house: House) -> None:
    """300 for 360: 120.00 of his account are 100.00 of what was paid; 360.01 is not there."""
    loose = kind(open_house.shop, is_named=False)
    sell(open_house.shop, loose, "300", bonus="60")
    stay = arrive(open_house)
    folio = own_folio(stay.key)
    post_charge(open_house.desk, stay, "2000", yuan("120"), uid=new_uid())
    owed = owes(stay)
    with pytest.raises(LotTooLittle):
        pay_folio(open_house.desk, folio, [value("360.01")], stay=stay.key, uid=new_uid())
    pay_folio(open_house.desk, folio, [value("120")], stay=stay.key, uid=new_uid())
    assert (owed, owes(stay), str(balance_of(NUMBER, house_day()))) == ("120.00", "0.00", "240.00")
    assert balance(VALUE_CARD_LIABILITY) == "200.00"
    # Earned are 120.00 less what of it was given on top.
    assert [(name, str(amount)) for name, amount in both_figures(house_day())] == [
        ("Earned", "100.00"), ("Owed before", "0.00"), ("Sold", "300.00"), ("Used", "-100.00"),
        ("Still owed", "200.00"),
    ]  # fmt: skip
    assert verify() == []
