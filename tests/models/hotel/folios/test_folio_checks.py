"""Each check of guests' accounts sees its fault: planted past all guards, named by `verify`."""

from __future__ import annotations

from models.hotel.charges.folio_lines import lines_of
from models.hotel.charges.postings import post_charge
from models.hotel.charges.windows import own_folio
from models.hotel.folios.room_tender import ROOM
from models.hotel.folios.transfers import transfer_lines
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender
from models.trust.operation import new_uid
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, leave
from tests.models.worked import planting
from tests.stores import CASH, yuan

_SALE = '(SELECT max("key") FROM "document" WHERE "kind" = \'sale\')'
_MOVED = '(SELECT max("key") FROM "document" WHERE "kind" = \'transfer\')'

# What makes it true -> the code that names it.
FAULTS = (
    ('UPDATE "folio_line" SET "amount" = "amount" + 1 WHERE "line" = 1', "FolioLinesWrong"),
    ('DELETE FROM "folio_line" WHERE "kind" = \'payment\'', "FolioLinesWrong"),
    ('UPDATE "folio_line" SET "net" = 5 WHERE "kind" = \'charge\'', "FolioChargesWrong"),
    ('UPDATE "folio_line" SET "tax" = 5 WHERE "kind" = \'charge\'', "FolioChargesWrong"),
    ('UPDATE "charge_line" SET "service" = 5', "FolioChargesWrong"),
    ('UPDATE "charge_line" SET "service" = 5', "ChargesWrong"),
    ('UPDATE "folio" SET "balance" = 5 WHERE "status" = \'closed\'', "WindowNotSettled"),
    (
        f'UPDATE "entry" SET "folio" = NULL WHERE "document_id" = {_MOVED} AND "line" = 1',
        "TransferEarned",
    ),
    ('UPDATE "folio_line" SET "amount" = -1 WHERE "kind" = \'payment\'', "FolioPaymentsWrong"),
    ('UPDATE "payment" SET "amount" = "amount" + 1', "FolioPaymentsWrong"),
    (f'DELETE FROM "folio_line" WHERE "document_id" = {_SALE}', "RoomChargesWrong"),
    (f'UPDATE "payment" SET "amount" = 1 WHERE "document_id" = {_SALE}', "RoomChargesWrong"),
    ('UPDATE "folio_line" SET "code" = \'4000\' WHERE "code" = \'2000\'', "DepartmentWrong"),
    ('UPDATE "folio" SET "status" = \'open\' WHERE "status" = \'closed\'', "LeftWithOpenWindow"),
)


def _worked(house: House) -> None:
    """One guest who has left, and one who lives there, with a sale and a line that was moved."""
    leave(house, arrive(house, nights=1), Paying(CASH, yuan("320")))
    stay, other = arrive(house, nights=1, room="202"), arrive(house, nights=1, room="203")
    post_charge(house.desk, stay, "2000", yuan("80"), uid=new_uid())
    moved = lines_of(own_folio(stay.key).key)
    transfer_lines(house.desk, moved, own_folio(other.key), uid=new_uid())
    tender = Tender.get(Tender.kind == ROOM).number
    house.shop.sell("1001", session=house.desk, tender=tender, folio=own_folio(stay.key).key)


def test_a_planted_fault_of_an_account_isnamed(open_house: House) -> None:
    _worked(open_house)
    missed: list[tuple[str, str]] = []
    for statement, code in FAULTS:
        with planting() as plant:
            plant(statement)
            if code not in named(code):
                missed.append((code, statement))
    assert not proof.verify() and not missed


def named(code: str) -> set[str]:
    """What the check of this code alone names."""
    looks = [check for check in proof.checks() if check.code == code]
    return {found.code for check in looks for some in check.steps() for found in some}
