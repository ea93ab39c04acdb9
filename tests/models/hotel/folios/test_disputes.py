"""What a guest disputes: marked, let off or set aside, never settled over his head (HTL-35)."""

from __future__ import annotations

import pytest

from models.hotel.charges.folio_lines import FolioLine, lines_of
from models.hotel.charges.postings import adjust_line, post_charge, void_charge
from models.hotel.charges.windows import own_folio
from models.hotel.desk.departures import check_out, review
from models.hotel.folios.disputes import (
    DisputeOpen,
    DisputeWrong,
    NothingDisputed,
    dispute_line,
    set_aside,
)
from models.hotel.folios.papers import folio_view
from models.hotel.folios.transfers import split_line, transfer_lines
from models.hotel.stays.stays import DEPARTED, Stay
from models.ledger.debts.account_payments import settle_account
from models.ledger.debts.dues import items_of
from models.ledger.folios import Folio
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import new_uid
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, day, fresh, house_day, leave, roll
from tests.stores import CARD, CASH, yuan


def charged(house: House, stay: Stay, *amounts: str) -> list[FolioLine]:
    """Minibar charges of a guest, as lines."""
    for amount in amounts:
        post_charge(house.desk, stay, "5000", yuan(amount), uid=new_uid())
    return lines_of(own_folio(stay.key).key)[-len(amounts) :]


def disputes(stay: Stay) -> list[str]:
    return [str(line.amount) for line in review(fresh(stay), house_day()).disputed]


@pytest.mark.row("HTL-35")
def test_a_disputed_line_is_not_settled_over_the_head_of_the_guest(open_house: House) -> None:
    desk, stay = open_house.desk, arrive(open_house, nights=1)
    (beer, water) = charged(open_house, stay, "35", "12")
    dispute_line(desk, beer, reason="没喝过", uid=new_uid())
    assert disputes(stay) == ["35.00"]
    assert [line.is_disputed for line in folio_view(stay.key).windows[0].lines] == [True, False]
    with pytest.raises(DisputeOpen):
        leave(open_house, stay)
    # Once, with a reason, and only what counts.
    for line, is_disputed, why in (
        (beer, True, "又说"), (water, False, "没有"), (water, True, " "),
    ):  # fmt: skip
        with pytest.raises(DisputeWrong):
            dispute_line(desk, line, reason=why, is_disputed=is_disputed, uid=new_uid())
    # He owns up to it after all, and leaves.
    dispute_line(desk, beer, reason="想起来了", is_disputed=False, uid=new_uid())
    leave(open_house, stay, Paying(CASH, yuan("367")))
    assert (fresh(stay).state, disputes(stay), proof.verify()) == (DEPARTED, [], [])


@pytest.mark.row("HTL-35")
def test_what_was_voided_or_wholly_let_off_is_no_dispute(open_house: House) -> None:
    desk, stay = open_house.desk, arrive(open_house, nights=2)
    beer, water, juice = charged(open_house, stay, "35", "12", "20")
    for line in (beer, water, juice):
        dispute_line(desk, line, reason="没喝过", uid=new_uid())
    void_charge(desk, beer, reason="查证属实", uid=new_uid())
    assert disputes(stay) == ["12.00", "20.00"]
    roll(open_house)
    adjust_line(desk, water, yuan("12"), reason="查证属实", uid=new_uid())
    adjust_line(desk, juice, yuan("5"), reason="各让一步", uid=new_uid())
    assert disputes(stay) == ["20.00"]


def test_whoever_approves_reads_whose_what_and_to_whom(open_house: House) -> None:
    stay = arrive(open_house, nights=1)
    (beer,) = charged(open_house, stay, "35")
    dispute_line(open_house.desk, beer, reason="没喝过", uid=new_uid())
    folio = own_folio(stay.key)
    assert set_aside.told(stay) == {
        "guest": "张三", "text": "小酒吧", "amount": "35.00", "reason": "",
    }  # fmt: skip
    to = f"张三 {folio.number}"
    assert transfer_lines.told([beer], folio) == {
        "text": "小酒吧", "amount": "35.00", "to": to, "reason": "",
    }  # fmt: skip
    told = check_out.told(stay, version=1, shown=yuan("355"), accounts={"A": folio})
    assert (told["account"], told["shown"], told["stay"]) == (to, "355.00", f"{stay.number} 张三")


@pytest.mark.row("HTL-35", "HTL-30")
def test_set_aside_it_stays_owed_and_disputed_on_an_account_of_its_own(open_house: House) -> None:
    desk, stay = open_house.desk, arrive(open_house, nights=1)
    with pytest.raises(NothingDisputed):
        set_aside(desk, stay, uid=new_uid())
    # Of two parts alike the one that was meant.
    (line,) = charged(open_house, stay, "70")
    split_line(desk, line, yuan("35"), uid=new_uid())
    *_, first, second = lines_of(own_folio(stay.key).key)
    dispute_line(desk, second, reason="只喝了一瓶", uid=new_uid())
    assert review(stay, day(0)).disputed == (second,) != (first,)

    aside = set_aside(desk, stay, uid=new_uid())
    assert str(Folio.get_by_id(aside.key).balance) == "35.00"
    (item,) = items_of(aside)
    assert (str(item.left), item.is_disputed, item.reason) == ("35.00", True, "只喝了一瓶")
    leave(open_house, stay, Paying(CARD, yuan("355"), reference="1"))
    assert fresh(stay).state == DEPARTED and not proof.verify()
    # He pays it a week later, as any debt.
    paid = [Paying(CASH, yuan("35"))]
    settle_account(desk, Folio.get_by_id(aside.key), paid, amount=yuan("35"), uid=new_uid())
    assert not Folio.get_by_id(aside.key).balance and not proof.verify()
