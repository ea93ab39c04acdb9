"""The visitors' tax: by person and night, by part of the room, for whom it is levied and for whom
not; a line of its own, owed on, and no revenue.
"""

from __future__ import annotations

from typing import Any

import pytest

from models.base.rates import Rate
from models.hotel.audit.audit import post_nights
from models.hotel.audit.day_figures import DayFigures
from models.hotel.charges.folio_lines import lines_of
from models.hotel.charges.postings import void_charge
from models.hotel.charges.services import Service, ServiceWrong, save_service
from models.hotel.charges.visitors_tax import quoted_tax, tax_total
from models.hotel.charges.windows import own_folio
from models.hotel.desk.arrivals import check_in
from models.hotel.desk.departures import review
from models.hotel.desk.tax_free import TaxFreeWrong, exempt_from_tax
from models.hotel.folios.invoicing import proposed_invoice
from models.hotel.folios.papers import registration_view
from models.hotel.rooms.rates import DAY_USE, HOUSE_USE, Party, price_nights, save_plan
from models.hotel.stays.stays import Stay, StayMoved, nights_of
from models.ledger.accounts import VISITORS_TAX
from models.ledger.proving.proof import verify
from models.ledger.ways.tender_kinds import Paying
from models.reports.department_lists import TAX_EXEMPT, VISITORS_TAX_DAYS
from models.reports.report import Period
from models.trust.operation import NeedsOverride, new_uid
from models.trust.scopes import Scope
from models.trust.settings import change_settings
from tests.models.hotel.asking import CASHIER
from tests.models.hotel.charges.test_channels import on
from tests.models.hotel.house import House
from tests.models.hotel.staying import GUEST, arrive, balance, day, fresh, house_day, leave, roll
from tests.stores import CASH, yuan

FAMILY = Party(2, (17, 5))


def levied(house: House, price: str | None, **more: Any) -> Service:
    """So much a person and night; other charges without tax."""
    Service.update(tax=Rate(0)).where(Service.code != "1090").execute()
    tax = Service.get(Service.code == "1090")
    return save_service(
        house.shop.owner, tax.key, version=tax.version, code="1090", name=tax.name,
        department="tax", account=tax.account, price=yuan(price) if price else None,
        uid=new_uid(), **more,
    )  # fmt: skip


def rules(house: House, **values: Any) -> None:
    change_settings(
        house.shop.owner, {f"hotel.visitors_tax_{name}": value for name, value in values.items()},
        uid=new_uid(),
    )  # fmt: skip


def family(house: House) -> Stay:
    """Two adults and two children, three nights in a king."""
    house.king.persons = 4
    house.king.save()
    stay = house.book(day(0), day(3), kind=house.king, name="张三", party=FAMILY)
    return check_in(
        house.desk, stay, [GUEST], version=stay.version, room=house.room("301"), uid=new_uid()
    )


def taxes(stay: Stay) -> list[tuple[str, ...]]:
    lines = (ln for ln in lines_of(own_folio(stay.key).key) if ln.code == "1090")
    return [(ln.kind, str(ln.service_day), str(ln.quantity), str(ln.net), str(ln.tax),
             str(ln.amount)) for ln in lines]  # fmt: skip


def test_by_person_and_night_in_the_quote_as_in_the_posting(open_house: House) -> None:
    house = open_house
    levied(house, "5")
    rules(house, from_age=16, nights=2)
    stay = family(house)
    # Two adults and who is 17 pay, for two of three nights.
    nights = price_nights(house.plan, house.king, [day(0), day(1), day(2)], FAMILY)
    assert str(quoted_tax(house.plan, FAMILY, nights)) == "30.00"
    assert str(registration_view(stay.key).tax) == "30.00"
    roll(house)
    # 320.00 and two children more at 80.00 each.
    assert balance(stay) == "495.00"
    assert taxes(stay) == [("charge", str(day(0)), "3", "0.00", "15.00", "15.00")]
    figures = DayFigures.get()
    assert (str(figures.room_revenue), str(figures.other_revenue)) == ("480.00", "0.00")
    assert on(VISITORS_TAX) == "-15.00"
    # The night that is not posted yet: in the review as the check-out posts it.
    due = review(fresh(stay), house_day())
    assert [(code, str(amount)) for code, amount, _ in due.charges] == [
        ("1000", "480.00"), ("1090", "15.00"),
    ]  # fmt: skip
    assert (str(due.nights_total), str(due.balance)) == ("495.00", "990.00")
    # On the third evening there is none.
    roll(house)
    assert str(review(fresh(stay), house_day()).balance) == "1470.00"
    folio = own_folio(stay.key)
    leave(house, stay, Paying(CASH, yuan("1470")))
    assert on(VISITORS_TAX) == "-30.00" and not verify()
    assert [(line.name, line.rate.percent_text, str(line.amount))
            for line in proposed_invoice(folio)] == [
        ("房费", "0", "1440.00"), ("住宿税", "0", "30.00"),
    ]  # fmt: skip


def test_by_part_of_the_room_and_whom_it_spares(open_house: House) -> None:
    house = open_house
    levied(house, None)
    rules(house, of_room="5")
    one, other = arrive(house, room="201"), arrive(house, room="202")
    for room, use in (("203", HOUSE_USE), ("204", DAY_USE)):
        plan = save_plan(
            house.shop.owner, None, version=0, code=use, name=use, use=use,
            base=None, uid=new_uid(),
        )  # fmt: skip
        stay = arrive(house, room=room)
        for night in nights_of(stay.key):
            night.plan, night.use = plan, use
            night.save()
        assert not tax_total(stay, nights_of(stay.key)), use
    # Five per cent of 320.00, of two.
    roll(house)
    assert (balance(one), balance(other), on(VISITORS_TAX)) == ("336.00", "336.00", "-32.00")
    leave(house, one, Paying(CASH, yuan("672")))
    (rows,) = VISITORS_TAX_DAYS.pages(Period(day(0), day(9)), Scope("store", 0, 0))
    assert [[str(cell) for cell in row[1:]] for row in rows] == [
        ["2", "32.00", "0.00", "32.00"], ["1", "16.00", "0.00", "16.00"],
    ]  # fmt: skip
    assert not verify()


def test_of_a_stay_some_are_exempt_with_a_reason_and_a_right(open_house: House) -> None:
    house = open_house
    levied(house, "5")
    rules(house, of_room="3", from_age=16)
    stay = family(house)
    clerk = house.shop.cashier

    def exempt(persons: int, why: str, who: Any = house.shop.owner) -> Stay:
        return exempt_from_tax(
            who, stay, persons, version=fresh(stay).version, reason=why, uid=new_uid()
        )

    # Three are liable: who is five pays none anyway.
    for persons, why, field in (
        (4, "本地", "persons"),
        (-1, "本地", "persons"),
        (1, " ", "reason"),
    ):
        with pytest.raises(TaxFreeWrong) as wrong:
            exempt(persons, why)
        assert (wrong.value.fields["most"], wrong.value.fields["field"]) == (3, field)
    house.shop.give(house.shop.owner, CASHIER, check_in=None)
    with pytest.raises(NeedsOverride) as needs:
        exempt(1, "本地居民", clerk)
    assert needs.value.fields["right"] == "waive fee"
    exempt(1, "本地居民")
    # Of 15.00 and of 14.40 for three, two thirds.
    roll(house)
    assert taxes(stay) == [("charge", str(day(0)), "2", "0.00", "19.60", "19.60")]
    exempt(3, "公务")
    roll(house)
    exempt(0, "")
    roll(house)
    assert [each[1:3] for each in taxes(stay)] == [(str(day(0)), "2"), (str(day(2)), "3")]
    exempt(1, "本地居民")
    (rows,) = TAX_EXEMPT.pages(Period(day(2), day(9)), Scope("store", 0, 0))
    assert [row[1:] for row in rows] == [
        ("张三", "301", day(0), day(3), 2, 1, "本地居民"),
    ]  # fmt: skip
    leave(house, stay, Paying(CASH, review(fresh(stay), house_day()).balance))
    with pytest.raises(StayMoved):
        exempt(0, "")
    assert not verify()


def test_an_exempt_guest_has_it_voided_and_a_tax_has_no_service_charge(open_house: House) -> None:
    house = open_house
    levied(house, "5")
    stay = arrive(house, nights=1)
    due = review(fresh(stay), day(0))
    assert str(due.balance) == "325.00"
    post_nights(house.desk, [stay.key], uid=new_uid())
    (line,) = [ln for ln in lines_of(own_folio(stay.key).key) if ln.code == "1090"]
    void_charge(house.desk, line, reason="公务免税", uid=new_uid())
    assert (balance(stay), on(VISITORS_TAX)) == ("320.00", "0.00")
    (rows,) = VISITORS_TAX_DAYS.pages(Period(day(0), day(9)), Scope("store", 0, 0))
    assert [[str(cell) for cell in row[1:]] for row in rows] == [["0", "5.00", "-5.00", "0.00"]]
    for wrong in ({"service": Rate.percent("1")}, {"service_sum": yuan("1")},
                  {"tax": Rate.percent("1")}):  # fmt: skip
        with pytest.raises(ServiceWrong):
            levied(house, "5", **wrong)
    # Switched off it is levied no more.
    Service.update(is_active=False).where(Service.code == "1090").execute()
    assert not tax_total(stay, nights_of(stay.key)) and not verify()
