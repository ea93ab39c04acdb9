"""A payment at the desk that was begun and left."""

from __future__ import annotations

import pytest

from models.hotel.charges.windows import own_folio
from models.hotel.folios.folio_payments import pay_folio
from models.ledger.debts.account_payments import begin_settlement
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import open_folio
from models.ledger.payments.taken import PaymentsTaken, take_for
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import new_uid
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, leave
from tests.stores import CASH, yuan


def test_a_payment_that_was_begun_and_left_is_no_cash_of_nobody(open_house: House) -> None:
    """A company bears all; what the guest had paid of it would lie in the drawer."""
    stay = arrive(open_house, nights=1)
    desk, folio = open_house.desk, own_folio(stay.key)
    draft = begin_settlement(desk, folio, yuan("320"))
    company = open_folio(desk, kind=COMPANY, name="公司", limit=yuan("999"), uid=new_uid())
    take_for(desk, draft, Paying(CASH, yuan("200")), uid=new_uid())
    with pytest.raises(PaymentsTaken) as begun:
        leave(open_house, stay, shown=yuan("320"), accounts={"A": company})
    assert str(begun.value.fields["amount"]) == "200.00"
    pay_folio(
        desk, folio, [Paying(CASH, yuan("120"))], stay=stay.key, amount=yuan("320"), draft=draft,
        uid=new_uid(),
    )  # fmt: skip
    leave(open_house, stay)
    assert not proof.verify()
