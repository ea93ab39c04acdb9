"""A group at the desk: rooming list, all checked in, the master account, all out at once."""

from __future__ import annotations

from typing import Any

import pytest

from models.base.rates import Rate
from models.hotel.audit.audit_steps import late_charges
from models.hotel.charges.folio_lines import lines_of
from models.hotel.charges.postings import post_charge
from models.hotel.charges.services import ROOM
from models.hotel.charges.windows import (
    RoutedPart,
    RoutingWrong,
    change_routing,
    own_folio,
    rules_of,
)
from models.hotel.desk.departures import BalanceChanged, WindowNotSettled, refund_guest
from models.hotel.desk.group_desk import (
    GroupHasCredit,
    GroupOwes,
    GroupRoomsMissing,
    NobodyOfGroup,
    RoomingLine,
    check_in_group,
    check_out_group,
    group_review,
    refund_master,
    save_rooming_list,
    ways_of_master,
)
from models.hotel.folios.deposits import held, take_deposit
from models.hotel.folios.folio_payments import pay_folio
from models.hotel.folios.masters import MasterOpen, folio_by_letter, open_master
from models.hotel.folios.papers import master_view, print_group
from models.hotel.reservations.bookings import NameWanted, reserve
from models.hotel.rooms.rooms import Room
from models.hotel.stays.stays import Booking, Stay
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import Folio, open_folio
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.trust.audit import Audit
from models.trust.operation import NeedsOverride, new_uid
from models.trust.print_queue import PrintJob
from tests.models.hotel.house import House, rooms_of
from tests.models.hotel.staying import balance, day, fresh, house_day, leave
from tests.stores import yuan


def _group(house: House, pays: str = ROOM) -> tuple[Booking, Folio]:
    wishes = [house.wish(day(0), day(1), name=name) for name in ("赵", "钱", "孙")]
    booking = reserve(house.desk, wishes, name="旅行团", uid=new_uid())
    master = open_master(house.desk, booking, limit=yuan("2000"), code=pays, uid=new_uid())
    return booking, master


@pytest.mark.row("HTL-16", "HTL-11", "HTL-12", "HTL-10")
def test_a_group_comes_is_charged_on_its_master_and_leaves_at_once(open_house: House) -> None:
    house = open_house
    booking, master = _group(house)
    stays = rooms_of(booking)
    with pytest.raises(NameWanted):
        save_rooming_list(
            house.desk, booking, [RoomingLine(stays[0].key, 1, " ", None)], uid=new_uid()
        )
    lines = [RoomingLine(stay.key, stay.version, stay.name, None) for stay in stays]
    lines[0] = RoomingLine(stays[0].key, stays[0].version, "赵云", house.room("204").key)
    save_rooming_list(house.desk, booking, lines, uid=new_uid())
    with pytest.raises(MasterOpen):
        open_master(house.desk, booking, limit=yuan("1"), uid=new_uid())

    check_in_group(house.desk, booking, uid=new_uid())
    rooms = [(stay.name, stay.room.number) for stay in rooms_of(booking)]
    assert rooms == [("赵云", "204"), ("钱", "201"), ("孙", "202")]
    with pytest.raises(NobodyOfGroup):
        check_in_group(house.desk, booking, uid=new_uid())
    pay_folio(house.desk, own_folio(stays[1].key), [Paying(1, yuan("50"))], uid=new_uid())
    post_charge(house.desk, stays[1], "2000", yuan("50"), uid=new_uid())
    post_charge(
        house.desk, stays[2], "2000", yuan("30"), uid=(uid := new_uid()),
        override=house.shop.override(uid, by="owner"),
    )  # fmt: skip

    # Three nights of 320 go to the master; 孙 still owes his dinner.
    before = group_review(booking, house_day())
    assert (str(before.master_due), str(before.own)) == ("960.00", "30.00")

    def leave(shown: str = "960", **more: Any) -> int:
        done: int = check_out_group(house.desk, booking, shown=yuan(shown), uid=new_uid(), **more)
        return done

    with pytest.raises(BalanceChanged):
        leave("900")
    with pytest.raises(GroupOwes):
        leave()
    with pytest.raises(WindowNotSettled):
        leave(takes_over=True)
    pay_folio(house.desk, master, [Paying(3, yuan("500"))], uid=new_uid())
    company = open_folio(house.desk, kind=COMPANY, name="旅行社", limit=yuan("999"), uid=new_uid())
    leave("460", takes_over=True, account=company)
    assert {stay.state for stay in rooms_of(booking)} == {"departed"}
    assert str(Folio.get_by_id(company.key).balance) == "490.00"
    assert Folio.get_by_id(master.key).status == "closed"
    slips = [job.kind for job in PrintJob.select().order_by(PrintJob.key)]
    # 赵云 has nothing on an account of her own: no bill of nothing.
    assert slips[-4:] == ["payment", "folio", "folio", "master"]
    bill = master_view(booking.key)
    assert (str(bill.windows[0].paid), str(bill.windows[0].balance)) == ("500.00", "0.00")
    assert f"{bill.left_at:%m-%d %H:%M}" == "03-02 09:00"
    # They have their bills: each comes out once more as a copy, by the right to that.
    assert print_group(house.desk, booking, uid=new_uid()) == 3 and not proof.verify()
    copies = PrintJob.select(PrintJob.copy_no).order_by(PrintJob.key.desc()).limit(3)
    assert [job.copy_no for job in copies] == [1, 1, 1]
    house.shop.take(house.shop.owner, "经理", "reprint")
    with pytest.raises(NeedsOverride):
        print_group(house.desk, booking, uid=new_uid())


def test_the_fees_of_a_group_are_let_go_with_a_right_and_a_reason(open_house: House) -> None:
    """What its master has paid too much then goes back before they leave."""
    house = open_house
    booking, master = _group(house, pays="")
    check_in_group(house.desk, booking, uid=new_uid())
    Stay.update(departure=day(0)).where(Stay.booking == booking).execute()
    house.shop.clock.at = house.shop.clock.at.replace(hour=7)
    before = group_review(booking, house_day())
    assert (str(before.fees), str(before.master_due)) == ("480.00", "1440.00")
    pay_folio(house.desk, master, [Paying(1, yuan("1000"))], uid=new_uid())
    free = group_review(booking, house_day(), waives_fee=True)
    assert (str(free.fees), str(free.master_due)) == ("0.00", "-40.00")
    refund_master(
        house.desk, booking, [Paying(1, yuan("-40"))], shown=yuan("-40"), waives_fee="航班取消",
        uid=new_uid(),
    )  # fmt: skip
    check_out_group(house.desk, booking, shown=yuan("0"), waives_fee="航班取消", uid=new_uid())
    told = Audit.get(Audit.verb == "check_out_group").detail
    assert told["waived"] == ["480.00", "航班取消"]
    assert Folio.get_by_id(master.key).status == "closed" and not proof.verify()


def test_a_group_without_rooms_enough_is_not_checked_in_by_half(open_house: House) -> None:
    booking, _ = _group(open_house)
    Room.update(care="dirty").where(Room.number << ["201", "202", "203"]).execute()
    with pytest.raises(GroupRoomsMissing) as told:
        check_in_group(open_house.desk, booking, uid=new_uid())
    assert told.value.fields["rooms"] == "孙 TWN"
    with pytest.raises(NobodyOfGroup):
        check_out_group(open_house.desk, booking, shown=yuan("0"), uid=new_uid())
    assert {stay.state for stay in rooms_of(booking)} == {"reserved"}


@pytest.mark.row("HTL-13", "HTL-16")
def test_where_charges_go_is_said_anew_and_what_went_stays(open_house: House) -> None:
    house = open_house
    booking, master = _group(house)
    check_in_group(house.desk, booking, uid=new_uid())
    stay = fresh(rooms_of(booking)[0])
    assert [(rule.code, rule.folio) for rule in rules_of(stay.key)] == [(ROOM, master.key)]
    group = folio_by_letter(stay, "G")
    assert group == master and folio_by_letter(stay, "B") is None
    half = RoutedPart("2000", Rate.percent("50"), yuan("40"), True, master.key)
    change_routing(house.desk, stay, [half], uid=new_uid())
    change_routing(house.desk, stay, [half], uid=new_uid())
    pay_folio(house.desk, own_folio(stay.key), [Paying(1, yuan("60"))], uid=new_uid())
    post_charge(house.desk, stay, "2000", yuan("100"), uid=new_uid())
    assert (balance(stay), str(Folio.get_by_id(master.key).balance)) == ("0.00", "40.00")
    change_routing(house.desk, stay, [], uid=new_uid())
    assert rules_of(stay.key) == [] and len(lines_of(master.key)) == 1
    for wrong in (Rate(0), Rate.percent("101")):
        with pytest.raises(RoutingWrong):
            change_routing(
                house.desk, stay, [RoutedPart("", wrong, None, True, master.key)], uid=new_uid()
            )


@pytest.mark.row("HTL-11", "HTL-16")
def test_the_deposit_of_a_group_pays_its_master_and_what_is_over_goes_back(
    open_house: House,
) -> None:
    """They leave one by one: then the master is settled alone, and the audit says so."""
    house, desk = open_house, open_house.desk
    booking, master = _group(house)
    take_deposit(desk, booking, [Paying(1, yuan("1000"))], uid=new_uid())
    with pytest.raises(NobodyOfGroup):
        refund_master(desk, Booking.get_by_id(booking.key), [], shown=yuan("0"), uid=new_uid())
    check_in_group(desk, booking, uid=new_uid())
    before = group_review(booking, house_day())
    assert (str(before.deposit), str(before.master_due)) == ("1000.00", "-40.00")
    for stay in rooms_of(booking):
        leave(house, stay, shown=yuan("0"))
    assert [(stay.booking_id, folio.key) for stay, folio in late_charges()] == [
        (booking.key, master.key)
    ]
    with pytest.raises(WindowNotSettled):
        check_out_group(desk, booking, shown=yuan("-40"), uid=new_uid())
    due = group_review(booking, house_day())
    (way,) = ways_of_master(booking, due)
    assert [str(paying.given) for paying in way] == ["-40.00"]
    with pytest.raises(BalanceChanged):
        refund_master(desk, booking, [Paying(1, yuan("-41"))], shown=yuan("-40"), uid=new_uid())
    refund_master(desk, booking, way, shown=yuan("-40"), uid=new_uid())
    assert (str(held(booking)), str(Folio.get_by_id(master.key).balance)) == ("0.00", "0.00")
    check_out_group(desk, booking, shown=yuan("0"), uid=new_uid())
    assert Folio.get_by_id(master.key).status == "closed"
    with pytest.raises(NobodyOfGroup):
        check_out_group(desk, booking, shown=yuan("0"), uid=new_uid())
    assert not late_charges() and not proof.verify()


def test_what_is_over_stays_until_the_last_of_the_group_leave(open_house: House) -> None:
    """Two of three leave today: the deposit is for who comes tomorrow, too."""
    house, desk = open_house, open_house.desk
    wishes = [
        house.wish(day(start), day(start + 1), name=name)
        for name, start in (("赵", 0), ("钱", 0), ("孙", 1))
    ]
    booking = reserve(desk, wishes, name="旅行团", uid=new_uid())
    master = open_master(desk, booking, limit=yuan("2000"), uid=new_uid())
    take_deposit(desk, booking, [Paying(1, yuan("1000"))], uid=new_uid())
    check_in_group(desk, booking, uid=new_uid())
    due = group_review(booking, house_day())
    assert (due.settles, str(due.master_due)) == (False, "640.00")
    with pytest.raises(NobodyOfGroup):
        refund_master(desk, booking, [Paying(1, yuan("-360"))], shown=yuan("640"), uid=new_uid())
    # What is one's own goes back to him, not to the master.
    one = rooms_of(booking)[0]
    pay_folio(desk, own_folio(one.key), [Paying(1, yuan("10"))], stay=one.key, uid=new_uid())
    for takes_over in (False, True):
        with pytest.raises(GroupHasCredit):
            check_out_group(desk, booking, shown=yuan("640"), takes_over=takes_over, uid=new_uid())
    back = [Paying(1, yuan("-10"))]
    refund_guest(desk, one, own_folio(one.key), back, shown=yuan("-10"), uid=new_uid())
    assert check_out_group(desk, booking, shown=yuan("640"), uid=new_uid()) == 2
    assert master_view(booking.key).left_at is None
    assert (str(held(booking)), str(Folio.get_by_id(master.key).balance)) == ("1000.00", "640.00")
    with pytest.raises(NobodyOfGroup):
        check_out_group(desk, booking, shown=yuan("640"), uid=new_uid())
