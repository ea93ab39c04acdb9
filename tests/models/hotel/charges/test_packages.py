"""What a rate includes: owed to the guest, had up to its allowance, then profit or loss."""

from __future__ import annotations

from typing import Any

import pytest

from models.base.rates import Rate
from models.hotel.charges import services
from models.hotel.charges.folio_lines import lines_of
from models.hotel.charges.package_items import (
    PackageItem,
    PackageWrong,
    package_folio,
    save_package,
)
from models.hotel.charges.postings import (
    LineIsCorrection,
    adjust_line,
    credit_missing,
    post_charge,
    void_charge,
)
from models.hotel.charges.services import ServiceUnknown
from models.hotel.charges.windows import own_folio
from models.hotel.desk.account_view import account_view
from models.hotel.desk.departures import review
from models.hotel.folios.folio_payments import pay_folio
from models.hotel.folios.room_tender import ROOM
from models.hotel.rooms.rates import Party
from models.hotel.stays.stays import Stay
from models.ledger.accounts import PACKAGE, PACKAGE_LOSS, PACKAGE_PROFIT, ROOM_SALES, SERVICE_SALES
from models.ledger.documents import DayTotal
from models.ledger.payments.taking import PaymentWrong
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying, kind_named
from models.ledger.ways.tenders import Payment
from models.shop.returns import void_sale
from models.trust.operation import new_uid
from models.trust.records import RecordChanged, RecordTaken
from tests.models.hotel.folios.test_room_tender import charge
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, balance, fresh, house_day, leave, roll
from tests.models.worked import planting
from tests.stores import CASH, yuan


def include(
    house: House, key: int | None = None, *, code: str = "2000", price: str = "50",
    most: str | None = "60", version: int = 0, **more: Any,
) -> PackageItem:  # fmt: skip
    services.Service.update(tax=Rate(0)).execute()
    return save_package(
        house.shop.owner, key, version=version, plan=house.plan, code=code, price=yuan(price),
        allowance=yuan(most) if most else None, uid=new_uid(), **more,
    )  # fmt: skip


def books() -> dict[int, str]:
    sums: dict[int, int] = {}
    for row in DayTotal.select():
        sums[row.account] = sums.get(row.account, 0) + row.credit - row.debit
    wanted = (ROOM_SALES, SERVICE_SALES, PACKAGE, PACKAGE_PROFIT, PACKAGE_LOSS)
    return {account: str(yuan("0.01").__class__(sums.get(account, 0), yuan("0").currency))
            for account in wanted}  # fmt: skip


def package(stay: Stay) -> str:
    folio = package_folio(fresh(stay))
    return str(folio.balance) if folio else ""


def breakfast(house: House, stay: Stay, amount: str) -> None:
    post_charge(house.desk, fresh(stay), "2000", yuan(amount), uid=new_uid())


# Cases PKG-02 and PKG-03, and above price and allowance.
@pytest.mark.row("HTL-14")
@pytest.mark.parametrize(
    ("had", "profit", "loss", "own"),
    [("", "50.00", "0.00", "320.00"), ("45", "5.00", "0.00", "320.00"),
     ("55", "0.00", "-5.00", "320.00"), ("75", "0.00", "-10.00", "335.00")],
)  # fmt: skip
def test_what_a_night_includes_is_had_the_day_after(
    open_house: House, had: str, profit: str, loss: str, own: str
) -> None:
    house = open_house
    include(house)
    stay = arrive(house, nights=1)
    roll(house)
    assert (balance(stay), package(stay)) == ("320.00", "-50.00")
    assert books()[ROOM_SALES] == "270.00" and books()[PACKAGE] == "50.00"
    if had:
        breakfast(house, stay, had)
    assert balance(stay) == own
    leave(house, stay, Paying(CASH, yuan(own)), shown=yuan(own), waives_fee="x")
    assert books() == {
        ROOM_SALES: "270.00", SERVICE_SALES: f"{float(had or 0):.2f}", PACKAGE: "0.00",
        PACKAGE_PROFIT: profit, PACKAGE_LOSS: loss,
    }  # fmt: skip
    assert package(stay) == "0.00" and not proof.verify()


def test_each_night_its_own_and_a_void_gives_it_back(open_house: House) -> None:
    house = open_house
    include(house)
    stay = arrive(house, nights=3)
    # On the day of arrival nothing is included yet: the night before was not his.
    breakfast(house, stay, "30")
    assert balance(stay) == "30.00"
    roll(house)
    breakfast(house, stay, "40")
    breakfast(house, stay, "40")
    # 60.00 of the 80.00 are allowed.
    assert (balance(stay), package(stay)) == ("370.00", "10.00")
    folio = package_folio(fresh(stay))
    assert folio is not None
    first = next(line for line in lines_of(folio.key) if line.kind == "charge")
    void_charge(house.desk, first, reason="x", uid=new_uid())
    assert package(stay) == "-30.00"
    breakfast(house, stay, "50")
    assert (balance(stay), package(stay)) == ("380.00", "10.00")
    # Laundry is not in it.
    post_charge(house.desk, fresh(stay), "4000", yuan("20"), uid=new_uid())
    assert balance(stay) == "400.00"
    roll(house)
    # The loss of the first night is posted, and the second has its own.
    assert (package(stay), books()[PACKAGE_LOSS]) == ("-50.00", "-10.00")
    view = account_view(stay.key, house_day())
    assert [window.letter for window in view.windows] == ["A", "P"]
    assert not proof.verify()


def test_a_dinner_is_had_the_same_evening_at_the_till_as_well(open_house: House) -> None:
    house = open_house
    include(house, is_same_day=True, is_at_till=True)
    stay = arrive(house, nights=2)
    sold = charge(house, own_folio(stay.key).key, "1002", "1004")
    # 28.50 at the till and 40.00 of the outlet: 60.00 are his, the rest he pays himself.
    assert (balance(stay), package(stay)) == ("0.00", "28.50")
    breakfast(house, stay, "40")
    assert (balance(stay), package(stay)) == ("8.50", "60.00")
    assert credit_missing(fresh(stay), "2000", yuan("991.50"), house_day()) is None
    roll(house)
    # 50.00 of the night were for it, had for 60.00; the next evening has its own.
    assert (balance(stay), package(stay)) == ("328.50", "0.00")
    assert books()[PACKAGE_LOSS] == "-10.00" and books()[ROOM_SALES] == "270.00"
    breakfast(house, stay, "60")
    assert (balance(stay), package(stay)) == ("328.50", "60.00")
    roll(house)
    # On the day of departure no evening is left.
    breakfast(house, stay, "20")
    assert (balance(stay), package(stay)) == ("668.50", "0.00")
    paid = Payment.get(Payment.document == sold)
    assert str(paid.amount) == "28.50" and kind_named(ROOM).owner(paid) == "201 张三"
    assert not proof.verify()


def test_what_comes_back_at_the_till_goes_back_to_the_package(open_house: House) -> None:
    house = open_house
    include(house, is_same_day=True, is_at_till=True, most="20")
    stay = arrive(house)
    sold = charge(house, own_folio(stay.key).key, "1002", "1004")
    assert (balance(stay), package(stay)) == ("8.50", "20.00")
    void_sale(house.desk, sold.key, reason="mistyped", uid=new_uid())
    assert (balance(stay), package(stay)) == ("0.00", "0.00") and not proof.verify()


def test_a_departure_posts_the_night_with_what_it_includes(open_house: House) -> None:
    house = open_house
    include(house)
    stay = arrive(house, nights=2)
    seen = review(fresh(stay), house_day())
    assert str(seen.balance) == "320.00"
    leave(house, stay, Paying(CASH, yuan("320")))
    assert books()[ROOM_SALES] == "270.00" and books()[PACKAGE_PROFIT] == "50.00"
    assert not proof.verify()


def test_for_two_and_never_more_than_the_night_costs(open_house: House) -> None:
    house = open_house
    include(house, price="200", most=None)
    stay = house.book(house_day(), house_day().replace(day=house_day().day + 1),
                      party=Party(2))  # fmt: skip
    from models.hotel.desk.arrivals import check_in

    stay = check_in(house.desk, stay, [], version=stay.version, room=house.room("201"),
                    credit_limit=yuan("1000"), uid=new_uid())  # fmt: skip
    roll(house)
    assert (balance(stay), package(stay)) == ("320.00", "-320.00")
    assert books()[ROOM_SALES] == "0.00" and not proof.verify()


def test_what_is_no_package_and_what_is_kept(open_house: House) -> None:
    house = open_house
    for code, price, refusal in (
        ("1000", "50", PackageWrong), ("2000", "0", PackageWrong), ("7777", "5", ServiceUnknown),
    ):  # fmt: skip
        with pytest.raises(refusal):
            include(house, code=code, price=price)
    made = include(house)
    with pytest.raises(RecordTaken):
        include(house)
    with pytest.raises(RecordChanged):
        include(house, made.key, version=7)
    stay = arrive(house, nights=2)
    roll(house)
    include(house, made.key, version=made.version, price="80", most="80")
    assert package(stay) == "-50.00"
    folio = package_folio(fresh(stay))
    assert folio is not None
    with pytest.raises(PaymentWrong):
        pay_folio(house.desk, folio, [Paying(CASH, yuan("5"))], uid=new_uid())
    charged = next(line for line in lines_of(own_folio(stay.key).key) if line.kind == "package")
    with pytest.raises(LineIsCorrection):
        adjust_line(house.desk, charged, yuan("5"), reason="x", uid=new_uid())


def test_verify_names_a_package_that_was_left(open_house: House) -> None:
    house = open_house
    include(house)
    stay = arrive(house, nights=1)
    leave(house, stay, Paying(CASH, yuan("320")))
    key = fresh(stay).package_folio
    for statement, code in (
        (f'UPDATE "folio" SET "balance" = 7 WHERE "key" = {key}', "PackageLeft"),
        (f'UPDATE "folio_line" SET "amount" = 7 WHERE "folio" = {key}', "FolioLinesWrong"),
    ):
        with planting() as plant:
            plant(statement)
            assert code in {found.code for found in proof.verify()}
    assert not proof.verify()
