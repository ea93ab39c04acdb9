"""Worked cases of a front desk through the operations, each with its id: hotel_cases.json (LED,
CSH, TAX, AUD ...) and the reports of users (HU) in user_cases.json. Those without books are in
test_hotel_vectors.py; others are marked where they stand.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from models.base import database
from models.base.keys import new_key
from models.base.money import Money
from models.base.rates import Rate
from models.hotel.audit.audit import next_block, post_nights
from models.hotel.audit.audit_proof import HouseIncomplete, prove_day
from models.hotel.audit.day_figures import figures_of
from models.hotel.charges.charge_parts import ChargeRules, charge_parts
from models.hotel.charges.folio_lines import PAYMENT, lines_of
from models.hotel.charges.nights import night_total
from models.hotel.charges.postings import DayIsClosed, void_charge
from models.hotel.charges.services import Service
from models.hotel.charges.windows import own_folio, windows_of
from models.hotel.desk.departures import review
from models.hotel.desk.moves import move_guest
from models.hotel.folios.folio_payments import pay_folio
from models.hotel.reservations.changing import change_stay
from models.hotel.reservations.groups import hold_block, pick_up, release_blocks
from models.hotel.rooms.figures import per_cent
from models.hotel.rooms.rates import save_price
from models.hotel.rooms.room_days import left_between
from models.hotel.rooms.rooms import Room
from models.hotel.stays.stays import Booking, Night, Stay, nights_of
from models.ledger.daily import days
from models.ledger.daily.drawer import drop_to_safe, pay_out
from models.ledger.daily.shift_life import close_shift, count_drawer, open_shift
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import new_uid
from models.trust.settings import change_settings
from tests.models.hotel import test_hotel_vectors
from tests.models.hotel.house import House, furnish
from tests.models.hotel.staying import arrive, balance, day, fresh, house_day, leave, roll
from tests.sources import parsed
from tests.stores import CARD, CASH, Shop, yuan


@pytest.fixture
def inn(shop_on: Callable[[str], Shop]) -> House:
    """A house in trade; its figures are the same on either engine."""
    house = furnish(shop_on("sqlite"))
    house.shop.open_shift(session=house.desk)
    return house


def priced(stay: Stay, *prices: str) -> None:
    """The agreed prices of a stay, night by night."""
    for night, price in zip(nights_of(stay.key), prices, strict=True):
        Night.update(price=yuan(price)).where(Night.stay == stay, Night.day == night.day).execute()


def taxed(house: House, tax: str, service: str = "0") -> None:
    """Prices without their tax and service."""
    change_settings(house.shop.owner, {"tax.prices_include": False}, uid=new_uid())
    Service.update(tax=Rate.percent(tax), service=Rate.percent(service)).execute()


@pytest.mark.parametrize(
    ("gross", "rules", "parts"),
    [
        pytest.param("100.00", ChargeRules(tax=Rate.percent("10"), is_included=False),
                     "100.00 0.00 10.00 110.00", marks=pytest.mark.case("TAX-01")),
        pytest.param("100.00", ChargeRules(tax=Rate.percent("10")),
                     "90.91 0.00 9.09 100.00", marks=pytest.mark.case("TAX-02")),
        pytest.param("226.00", ChargeRules(tax=Rate.percent("13")),
                     "200.00 0.00 26.00 226.00", marks=pytest.mark.case("TAX-08")),
        pytest.param("1177.00", ChargeRules(Rate.percent("10"), Rate.percent("7")),
                     "1000.00 100.00 77.00 1177.00", marks=pytest.mark.case("TAX-11")),
        # Its four taxes are 18.5 per cent together, all of them on price and service.
        pytest.param("1000.00",
                     ChargeRules(Rate.percent("10"), Rate.percent("18.5"), is_included=False),
                     "1000.00 100.00 203.50 1303.50", marks=pytest.mark.case("TAX-04")),
    ],
)  # fmt: skip
def test_a_price_and_its_taxes(gross: str, rules: ChargeRules, parts: str) -> None:
    found = charge_parts(yuan(gross), rules)
    assert f"{found.net} {found.service} {found.tax} {found.total}" == parts


@pytest.mark.case("LED-11", "LED-12")
def test_a_deposit_above_the_rate_and_the_foot_of_the_bill(inn: House) -> None:
    stay = arrive(inn, nights=2, deposit=[Paying(CASH, yuan("300"))])
    priced(stay, "200", "550")
    post_nights(inn.desk, [stay.key], uid=new_uid())
    assert balance(stay) == "-100.00"
    other = arrive(inn, nights=2, room="202")
    priced(other, "550", "550")
    roll(inn)
    leave(inn, other, Paying(CARD, yuan("1100"), reference="T", last_four="4242"))
    folio = lines_of(windows_of(other.key)[0][1].key)
    zero = Money(0, yuan("1").currency)
    consumed = sum((line.amount for line in folio if line.kind != PAYMENT), zero)
    settled = sum((line.amount for line in folio if line.kind == PAYMENT), zero)
    assert (str(consumed), str(settled), str(consumed + settled)) == (
        "1100.00", "-1100.00", "0.00",
    )  # fmt: skip
    assert not proof.verify()


@pytest.mark.case("CSH-01")
def test_what_a_shift_should_hold(inn: House) -> None:
    desk = inn.desk
    inn.shop.close_shift(desk)
    open_shift(desk, {10_000: 2}, uid=new_uid())
    stay = arrive(inn, nights=1, deposit=[Paying(CASH, yuan("300"))])
    priced(stay, "280")
    pay_out(desk, yuan("30"), reason="花", uid=new_uid())
    drop_to_safe(desk, yuan("100"), bag="7", uid=new_uid())
    leave(inn, stay, Paying(CASH, yuan("-20")))
    count_drawer(desk, {10_000: 3, 1_000: 6}, uid=new_uid())
    closed = close_shift(desk, reason="多一张", uid=new_uid())
    assert (str(closed.expected), str(closed.counted)) == ("350.00", "360.00")


@pytest.mark.case("AUD-01", "AUD-03")
def test_a_night_with_its_tax_is_posted_once_and_locked(inn: House) -> None:
    taxed(inn, "13")
    stay = arrive(inn, nights=3)
    priced(stay, "150", "90.10", "90.10")
    assert post_nights(inn.desk, [stay.key], uid=new_uid()) == 1
    (line,) = lines_of(own_folio(stay.key).key)
    assert (str(line.net), str(line.tax), balance(stay)) == ("150.00", "19.50", "169.50")
    assert post_nights(inn.desk, [stay.key], uid=new_uid()) == 0 and balance(stay) == "169.50"
    inn.shop.clock.at = inn.shop.clock.at.replace(hour=15)
    inn.shop.close_shift(inn.desk)
    for _ in range(2):
        # Closing the date once more gives what the first close did.
        made = days.close_day(inn.shop.owner, next_day=day(1), uid=days.close_uid(day(0)))
        assert made.date == house_day() == day(1)
    with pytest.raises(DayIsClosed):
        void_charge(inn.desk, line, reason="x", uid=new_uid())


@pytest.mark.case("HU-13")
def test_what_is_quoted_is_posted_night_by_night(inn: House) -> None:
    taxed(inn, "5")
    stay = arrive(inn, nights=2)
    priced(stay, "90.10", "90.10")
    nights = nights_of(stay.key)
    quote = night_total(nights[0]) + night_total(nights[1])
    assert str(quote) == "189.22"
    pay_folio(
        inn.desk, own_folio(stay.key),
        [Paying(CARD, quote, reference="T", last_four="4242")], stay=stay.key, uid=new_uid(),
    )  # fmt: skip
    roll(inn)
    roll_nights(inn)
    assert balance(stay) == "0.00"


def roll_nights(house: House) -> None:
    """Post what the business date has to be posted."""
    while block := next_block(house_day()):
        post_nights(house.desk, block, uid=new_uid())


@pytest.mark.case("HU-02")
def test_who_leaves_before_the_audit_pays_his_night_and_it_is_posted_once(inn: House) -> None:
    early, evening = arrive(inn, nights=1, room="201"), arrive(inn, nights=1, room="202")
    sleeps = arrive(inn, nights=3, room="203")
    for stay, price in ((early, "480"), (evening, "260")):
        priced(stay, price)
    priced(sleeps, "300", "300", "300")
    # In the evening of the arrival, and at ten past six while the audit is still to be run.
    inn.shop.clock.at = inn.shop.clock.at.replace(hour=15)
    assert str(review(fresh(evening), day(0)).balance) == "260.00"
    leave(inn, evening, Paying(CASH, yuan("260")))
    inn.shop.clock.at = inn.shop.clock.at.replace(hour=22, minute=10)
    assert str(review(fresh(early), day(0)).balance) == "480.00"
    leave(inn, early, Paying(CASH, yuan("480")))
    assert next_block(day(0)) == [sleeps.key]
    roll_nights(inn)
    nights = Night.select().where(Night.day == day(0), Night.document.is_null(False))
    assert sum(night.price.minor for night in nights) == 104_000 and nights.count() == 3
    assert balance(sleeps) == "300.00" and figures_of(day(0)).sold == 3


@pytest.mark.case("HU-04")
def test_a_posting_that_stopped_does_not_let_the_date_go(inn: House) -> None:
    stays = [arrive(inn, nights=2, room=room) for room in ("201", "202", "203")]
    for stay, price in zip(stays, ("300", "280", "0"), strict=True):
        priced(stay, price, price)
    Night.update(why="自用").where(Night.stay == stays[2]).execute()
    post_nights(inn.desk, [stays[0].key], uid=new_uid())
    with pytest.raises(HouseIncomplete):
        prove_day(day(0))
    roll(inn)
    nights = Night.select().where(Night.day == day(0), Night.document.is_null(False))
    assert nights.count() == 3 and sum(night.price.minor for night in nights) == 58_000
    assert house_day() == day(1)


@pytest.mark.case("HU-09")
def test_a_night_that_is_dropped_gives_back_its_own_price(inn: House) -> None:
    stay = arrive(inn, nights=4, deposit=[Paying(CASH, yuan("1320"))])
    priced(stay, "300", "360", "360", "300")
    roll(inn)
    roll(inn)
    shorter = change_stay(
        inn.desk, fresh(stay), version=fresh(stay).version, arrival=day(0), departure=day(3),
        uid=new_uid(),
    )  # fmt: skip
    assert left_between(day(3), day(4))[inn.twin.key, day(3)].left == 5
    roll(inn)
    assert str(review(shorter, day(3)).balance) == "-300.00"
    leave(inn, shorter, Paying(CASH, yuan("-300")))
    assert sum(night.price.minor for night in nights_of(stay.key)) == 102_000


@pytest.mark.case("HU-10")
def test_only_added_nights_are_priced_anew(inn: House) -> None:
    stay = inn.book(day(3), day(5))
    priced(stay, "500", "500")
    for on, price in ((day(5), "620"), (day(6), "560")):
        save_price(
            inn.shop.owner, None, version=0, plan=inn.plan, room_type=inn.twin, first=on, last=on,
            price=yuan(price), uid=new_uid(),
        )  # fmt: skip
    change_stay(
        inn.desk, stay, version=stay.version, arrival=day(3), departure=day(7), uid=new_uid()
    )
    assert [str(night.price) for night in nights_of(stay.key)] == [
        "500.00", "500.00", "620.00", "560.00",
    ]  # fmt: skip


@pytest.mark.case("HU-11")
def test_a_move_keeps_what_was_agreed_off(inn: House) -> None:
    for kind, price in ((inn.twin, "400"), (inn.king, "520")):
        save_price(
            inn.shop.owner, None, version=0, plan=inn.plan, room_type=kind, first=day(0),
            last=day(9), price=yuan(price), uid=new_uid(),
        )  # fmt: skip
    stay = arrive(inn, nights=5)
    priced(stay, *["360"] * 5)
    roll(inn)
    roll(inn)
    move_guest(
        inn.desk, fresh(stay), inn.room("301"), version=fresh(stay).version, reason="换大床",
        is_free=False, uid=new_uid(),
    )  # fmt: skip
    nights = nights_of(stay.key)
    assert [str(night.price) for night in nights] == ["360.00"] * 2 + ["480.00"] * 3
    assert sum(night.price.minor for night in nights) == 216_000
    assert [night.room.number for night in nights] == ["201"] * 2 + ["301"] * 3


@pytest.mark.case("HU-41", "HU-50")
def test_a_block_is_counted_once_and_tonight_is_who_sleeps_here(inn: House) -> None:
    for number in range(206, 221):
        Room.create(key=new_key(), number=str(number), room_type=inn.twin, floor="2")
    wishes = [inn.wish(day(5), day(6))] * 6
    for wish in wishes:
        inn.book(wish.arrival, wish.departure)
    leader = inn.book(day(8), day(9), name="团")
    booking = Booking.get_by_id(leader.booking_id)
    hold_block(
        inn.desk, booking, inn.twin, rooms=8, arrival=day(5), departure=day(6), cut_off=day(3),
        uid=new_uid(),
    )  # fmt: skip
    pick_up(inn.desk, booking, [inn.wish(day(5), day(6))] * 5, uid=new_uid())
    assert left_between(day(5), day(6))[inn.twin.key, day(5)].left == 6
    with database.transaction():
        release_blocks(day(3))
    assert left_between(day(5), day(6))[inn.twin.key, day(5)].left == 9

    # Ten rooms of which six are slept in tonight; two whose guests leave today are for sale.
    Room.update(is_active=False).where(Room.number >= "211", Room.number < "301").execute()
    stays = [arrive(inn, nights=2, room=str(201 + place)) for place in range(6)]
    going = [arrive(inn, nights=1, room=str(207 + place)) for place in range(2)]
    roll(inn)
    assert {stay.state for stay in map(fresh, (*stays, *going))} == {"in house"}
    left = left_between(day(1), day(2))[inn.twin.key, day(1)]
    assert (left.left, left.rooms, str(per_cent(left.sold, left.rooms))) == (4, 10, "60.00")


# Cases that the program does not do, or does otherwise, each with the reason.
OTHERWISE = {
    "CSH-05": "tests/models/ledger/test_foreign.py: money of every trade",
}
FOLDER = Path(__file__).parent
USERS = test_hotel_vectors.FILE.parent / "user_cases.json"


def _marked() -> set[str]:
    """Every id that a test here says it is."""
    found: set[str] = set()
    for path in FOLDER.rglob("test_*.py"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.case":
                found |= {ast.literal_eval(each) for each in node.args}
    return found


def test_every_case_is_a_test_or_has_a_reason(vectors: Path) -> None:
    cases = {case["id"] for case in test_hotel_vectors.CASES}
    users = {case["id"] for case in json.loads(USERS.read_text("utf-8"))["cases"]}
    wanted = cases | {each for each in users if each.startswith("HU-")}
    tested = _marked() | {case["id"] for case in test_hotel_vectors.CHOSEN}
    assert len(wanted) == 62 and not tested - wanted
    assert wanted - tested == set(OTHERWISE)
