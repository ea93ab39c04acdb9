"""What others keep and add: plans worked out of others, the commission of channels, the fee of card
companies, a service charge of so much each time.
"""

from __future__ import annotations

from typing import Any

import pytest

from models.base.money import Money
from models.base.rates import Rate
from models.hotel.charges.commission import Commission
from models.hotel.charges.folio_lines import lines_of
from models.hotel.charges.postings import ChargeWrong, adjust_line, post_charge, void_charge
from models.hotel.charges.services import Service, ServiceWrong, save_service
from models.hotel.charges.windows import add_window, own_folio
from models.hotel.folios.transfers import transfer_lines
from models.hotel.rooms.rates import Party, RatePlan, RateWrong, price_nights, save_plan, save_price
from models.hotel.stays.stays import Stay
from models.ledger.accounts import BANK, CHANNEL_FEES, RECEIVABLE
from models.ledger.debts.account_payments import settle_account
from models.ledger.debts.dues import items_of
from models.ledger.debts.receivables import write_off
from models.ledger.documents import DayTotal
from models.ledger.folio_kinds import PERMANENT
from models.ledger.folios import Folio, open_folio
from models.ledger.proving.proof import verify
from models.ledger.ways.tender_kinds import TRANSFER, Paying
from models.ledger.ways.tenders import Tender, save_tender
from models.reports.channel_lists import COMMISSION_DAYS
from models.reports.report import Period
from models.trust.operation import new_uid
from models.trust.scopes import Scope
from models.trust.settings import change_settings
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, balance, day, fresh, leave, roll
from tests.models.hotel.test_worked_stays import priced
from tests.models.worked import planting
from tests.stores import CNY, yuan


def on(account: int) -> str:
    """What the books have on an account."""
    rows = DayTotal.select().where(DayTotal.account == account)
    return str(Money(sum(row.debit - row.credit for row in rows), CNY))


def standing(house: House, name: str) -> Folio:
    return open_folio(
        house.shop.owner, kind=PERMANENT, name=name, limit=yuan("99999"), uid=new_uid()
    )


def plan(house: House, code: str, **more: Any) -> RatePlan:
    return save_plan(house.shop.owner, None, version=0, code=code, name=code, uid=new_uid(), **more)


@pytest.mark.case("RES-06")
def test_a_plan_worked_out_of_another(open_house: House) -> None:
    house = open_house
    save_price(
        house.shop.owner, None, version=0, plan=house.plan, room_type=house.twin, first=day(0),
        last=day(3), price=yuan("200"), uid=new_uid(),
    )  # fmt: skip
    less = plan(house, "OTA", base=house.plan, base_change=Rate.percent("-10"))
    fixed = plan(house, "MEMBER", base=house.plan, base_amount=yuan("-25"))
    more = plan(house, "FLEX", base=house.plan, base_change=Rate.percent("12"))

    def costs(of: RatePlan) -> list[str]:
        nights = price_nights(of, house.twin, [day(0), day(1)], Party(1))
        return [str(night.price) for night in nights]

    assert [costs(each) for each in (less, fixed, more)] == [
        ["180.00"] * 2, ["175.00"] * 2, ["224.00"] * 2,
    ]  # fmt: skip
    # Its own price, where it has one, goes before, also that of a longer season.
    # It never costs less than nothing.
    save_price(
        house.shop.owner, None, version=0, plan=less, room_type=house.twin, first=day(1),
        last=day(60), price=yuan("99"), uid=new_uid(),
    )  # fmt: skip
    assert costs(less) == ["180.00", "99.00"]
    free = plan(house, "GIFT", base=house.plan, base_amount=yuan("-999"))
    assert costs(free) == ["0.00"] * 2
    for wrong in (
        {"base": less}, {"base_change": Rate.percent("5")}, {"base_amount": yuan("5")},
        {"commission": Rate.percent("15")},
        {"commission": Rate.percent("15"), "channel": own_folio(arrive(house).key)},
    ):  # fmt: skip
        with pytest.raises(RateWrong):
            plan(house, "X", **wrong)


def through(house: House, channel: Folio, percent: str = "15") -> Stay:
    """A guest who booked through a channel, for two nights of 320.00."""
    RatePlan.update(channel=channel.key, commission=Rate.percent(percent)).execute()
    Service.update(tax=Rate(0)).execute()
    return arrive(house)


@pytest.mark.row("H-5")
def test_a_channel_keeps_its_commission_night_by_night(open_house: House) -> None:
    house = open_house
    channel = standing(house, "携程")
    stay = through(house, channel)
    roll(house)
    # 15 per cent of 320.00, owed to the channel; the guest pays what he agreed.
    assert (balance(stay), on(CHANNEL_FEES)) == ("320.00", "48.00")
    assert str(Folio.get_by_id(channel.key).balance) == "-48.00"
    # Breakfast pays none; a part of the night taken back takes its part back, the rest the rest.
    post_charge(house.desk, fresh(stay), "2000", yuan("80"), uid=new_uid())
    line = lines_of(own_folio(stay.key).key)[0]
    adjust_line(house.shop.owner, line, yuan("33.33"), reason="噪音", uid=new_uid())
    assert on(CHANNEL_FEES) == "43.00"
    adjust_line(house.shop.owner, line, yuan("286.67"), reason="噪音", uid=new_uid())
    assert on(CHANNEL_FEES) == "0.00"
    # The second night at the check-out, prepaid: the channel owes the room less what it keeps.
    leave(house, stay, accounts={"A": channel})
    assert str(Folio.get_by_id(channel.key).balance) == "352.00"
    kept = [(row.plan, str(row.base), str(row.amount)) for row in Commission.select()]
    assert sorted(kept) == [
        ("RACK", "-286.67", "-43.00"), ("RACK", "-33.33", "-5.00"),
        ("RACK", "320.00", "48.00"), ("RACK", "320.00", "48.00"),
    ]  # fmt: skip
    ((rows,),) = [list(COMMISSION_DAYS.pages(Period(day(0), day(9)), Scope("store", 0, 0)))]
    assert [str(cell) for cell in rows[0][1:]] == ["携程", "RACK", "15 %", "2", "320.00", "48.00"]
    assert not verify()
    for statement in (
        'UPDATE "commission" SET "amount" = "amount" + 1',
        'UPDATE "commission" SET "base" = "base" + 100',
        'UPDATE "commission" SET "folio" = 7',
    ):
        with planting() as plant:
            plant(statement)
            assert "CommissionWrong" in {found.code for found in verify()}


def test_what_is_void_pays_no_commission_and_no_rate_none(open_house: House) -> None:
    channel = standing(open_house, "美团")
    stay = through(open_house, channel, "12.5")
    leave(open_house, stay, accounts={"A": channel})
    assert str(Folio.get_by_id(channel.key).balance) == "280.00"
    RatePlan.update(channel=None, commission=Rate(0)).execute()
    arrive(open_house, room="202")
    roll(open_house)
    assert on(CHANNEL_FEES) == "40.00"


@pytest.mark.case("LED-08")
def test_a_card_company_keeps_its_fee(open_house: House) -> None:
    """Room and tax go to a company's account, the rest to that of the card scheme, which pays what
    is left of it after four per cent.
    """
    house = open_house
    Service.update(tax=Rate(0)).execute()
    visa, company = standing(house, "Visa"), standing(house, "CUSA")
    stay = arrive(house, nights=1)
    priced(stay, "516")
    post_charge(house.desk, fresh(stay), "4000", yuan("133"), uid=new_uid())
    (line,) = lines_of(own_folio(stay.key).key)
    window = add_window(house.desk, stay, name="刷卡", uid=new_uid())
    transfer_lines(house.desk, [line], window, uid=new_uid())
    leave(house, stay, accounts={"A": company, "B": visa})
    assert (str(balance_of(company)), str(balance_of(visa))) == ("516.00", "133.00")
    for account, amount in ((company, "516"), (visa, "127.68")):
        paid = [Paying(by_bank(house), yuan(amount), reference="R1")]
        settle_account(house.shop.owner, account, paid, amount=yuan(amount), uid=new_uid())
    owed = next(item for item in items_of(visa) if item.left)
    write_off(house.shop.owner, visa, owed, yuan("5.32"), reason="佣金", is_fee=True, uid=new_uid())
    assert (on(BANK), on(CHANNEL_FEES), on(RECEIVABLE)) == ("643.68", "5.32", "0.00")
    assert not items_of(visa)[0].left and not verify()


def balance_of(folio: Folio) -> Money:
    return Folio.get_by_id(folio.key).balance


def by_bank(house: House) -> int:
    found = Tender.get_or_none(Tender.kind == TRANSFER)
    return (found or save_tender(
        house.shop.owner, None, version=0, number=None, name_zh="转账", name_en="Bank",
        kind=TRANSFER, uid=new_uid(),
    )).number  # fmt: skip


@pytest.mark.case("TAX-03")
def test_a_service_charge_of_so_much_each_time(open_house: House) -> None:
    """Beside a price without tax, ten per cent of it; in a price with tax it comes off first."""
    house = open_house
    served = Service.get(Service.code == "2000")

    def served_by(amount: str | None) -> None:
        save_service(
            house.shop.owner, served.key, version=Service.get_by_id(served.key).version,
            code="2000", name="餐饮", department="food", account=served.account,
            tax=Rate.percent("10"), service_sum=yuan(amount) if amount else None, uid=new_uid(),
        )  # fmt: skip

    change_settings(
        house.shop.owner, {"tax.prices_include": False, "hotel.tax_on_service": False},
        uid=new_uid(),
    )  # fmt: skip
    served_by("5")
    stay = arrive(house)
    post_charge(house.desk, fresh(stay), "2000", yuan("100"), uid=new_uid())
    line = lines_of(own_folio(stay.key).key)[-1]
    parts = [str(part) for part in (line.net, line.service, line.tax, line.amount)]
    assert parts == ["100.00", "5.00", "10.00", "115.00"]
    void_charge(house.desk, line, reason="x", uid=new_uid())
    assert balance(stay) == "0.00"
    change_settings(house.shop.owner, {"tax.prices_include": True}, uid=new_uid())
    post_charge(house.desk, fresh(stay), "2000", yuan("115"), uid=new_uid())
    line = lines_of(own_folio(stay.key).key)[-1]
    assert [str(part) for part in (line.net, line.service, line.tax)] == ["100.00", "5.00", "10.00"]
    with pytest.raises(ChargeWrong):
        post_charge(house.desk, fresh(stay), "2000", yuan("4.99"), uid=new_uid())
    with pytest.raises(ServiceWrong):
        served_by("-1")
    assert not verify()
