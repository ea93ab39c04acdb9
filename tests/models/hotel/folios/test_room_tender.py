"""Charge to room at a till: who may be charged, where it stands, and what it is not."""

from __future__ import annotations

import pytest

from models.hotel.charges.folio_lines import lines_of
from models.hotel.charges.postings import SoldAtTheTill, adjust_line, void_charge
from models.hotel.charges.windows import own_folio
from models.hotel.folios.room_tender import (
    ROOM,
    NotInTheHouse,
    RoomChargesStopped,
    room_accounts,
)
from models.hotel.folios.transfers import transfer_lines
from models.hotel.stays.stays import Stay
from models.ledger.accounts import GUEST_LEDGER
from models.ledger.documents import Document, Entry
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import CreditLimitExceeded, Folio, FolioNotOpen, open_folio
from models.ledger.proving import proof
from models.ledger.ways.tenders import Tender
from models.trust.operation import new_uid
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, balance, fresh, leave
from tests.stores import yuan


def charge(house: House, folio: int, *codes: str) -> Document:
    to_room = Tender.get(Tender.kind == ROOM).number
    return house.shop.sell(*codes, session=house.desk, tender=to_room, folio=folio)


@pytest.mark.row("HTL-04", "HTL-22")
def test_what_is_sold_at_a_till_stands_on_the_room(open_house: House) -> None:
    stay = arrive(open_house)
    (found,) = room_accounts("201")
    assert (found.stay.name, str(found.left)) == ("张三", "1000.00")
    assert [each.stay.key for each in room_accounts("张")] == [stay.key]
    sold = charge(open_house, found.folio.key, "1002", "1004")
    line = lines_of(found.folio.key)[-1]
    assert (str(line.amount), line.room, line.stay) == ("28.50", "201", stay.key)
    assert line.document == sold and line.text == "挂房账 S01-000001"
    # The revenue is the sale's; the guest owes it and the books say so.
    assert str(line.net) == "0.00" and balance(stay) == "28.50"
    on_guest = Entry.get(Entry.document == sold, Entry.account == GUEST_LEDGER)
    assert str(on_guest.amount) == "28.50"
    for correct in (void_charge, lambda *a, **k: adjust_line(a[0], a[1], yuan("1"), **k)):
        with pytest.raises(SoldAtTheTill):
            correct(open_house.desk, line, reason="x", uid=new_uid())
    other = open_folio(open_house.desk, kind=COMPANY, name="公司", limit=yuan("99"), uid=new_uid())
    transfer_lines(open_house.desk, [line], other, uid=new_uid())
    assert balance(stay) == "0.00" and not proof.verify()


@pytest.mark.row("HTL-04", "HTL-24")
def test_who_may_not_be_charged(open_house: House) -> None:
    house = open_house
    stay = arrive(house)
    folio = own_folio(stay.key).key
    Folio.update(limit=yuan("3")).where(Folio.key == folio).execute()
    with pytest.raises(CreditLimitExceeded):
        house.shop.sell(
            "1002", session=house.shop.cashier, folio=folio,
            tender=Tender.get(Tender.kind == ROOM).number,
        )  # fmt: skip
    Stay.update(is_posting_stopped=True).where(Stay.key == stay.key).execute()
    with pytest.raises(RoomChargesStopped):
        charge(house, folio, "1001")
    Stay.update(is_posting_stopped=False).where(Stay.key == stay.key).execute()
    Folio.update(status="closed").where(Folio.key == folio).execute()
    with pytest.raises(FolioNotOpen):
        charge(house, folio, "1001")
    Folio.update(status="open", limit=yuan("1000")).where(Folio.key == folio).execute()
    company = open_folio(house.desk, kind=COMPANY, name="公司", limit=yuan("99"), uid=new_uid())
    with pytest.raises(NotInTheHouse):
        charge(house, company.key, "1001")
    stay_left = fresh(stay)
    house.shop.clock.move(hours=1)
    account = open_folio(house.desk, kind=COMPANY, name="公司二", limit=yuan("9999"), uid=new_uid())
    leave(house, stay_left, accounts={"A": account})
    with pytest.raises(NotInTheHouse):
        charge(house, folio, "1001")
    with pytest.raises(NotInTheHouse):
        room_accounts("201")
    assert lines_of(folio)[-1].kind == "transfer" and not proof.verify()
