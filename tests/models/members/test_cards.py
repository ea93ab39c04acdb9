"""Cards: sold, used, given back, run out, given up; the worked sums of the trade."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base.rates import Rate
from models.ledger.accounts import (
    CARD_BONUS,
    CARD_FEES,
    COURSE_LIABILITY,
    VALUE_CARD_LIABILITY,
)
from models.ledger.payments.taken import take_for
from models.ledger.payments.taking import take_of
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.members.card_changes import (
    set_card_state,
)
from models.members.card_kinds import CardKind, CardKindWrong, bonus_for, cautions
from models.members.card_refunds import (
    worth_of,
)
from models.members.card_tenders import NoTimesLeft, TimesWrong, worth_of_times
from models.members.cards import (
    FROZEN,
    GOOD,
    LOST,
    Card,
    CardAmountWrong,
    CardForCard,
    CardNumberTaken,
    CardOver,
    CardOwnerNeeded,
    CardStopped,
    CardUnknown,
    begin_card,
    card_of_owner,
    discount_of,
    open_card,
    require_card,
    sell_card,
)
from models.members.lots import LotTooLittle, lots_of
from models.members.shares import bonus_of_use, share_back, unit_values
from models.members.vouchers import sell_voucher
from models.reports.bills import sale_view
from models.reports.cards import card_sale_view
from models.reports.lot_lists import LOTS
from models.reports.report import all_days, pages_of
from models.selling.lines import NewPrice
from models.shop.bill_changes import discount_line
from models.shop.sales import sell as sell_bill
from models.trust.operation import NeedsOverride, new_uid
from models.trust.records import put
from models.trust.settings import change_settings
from tests.models.members.carded import (
    NUMBER,
    OTHER,
    balance,
    bring_back,
    card,
    item,
    kind,
    parts,
    person,
    sell,
    times,
    use,
    value,
)
from tests.models.worked import planting
from tests.stores import CARD, CASH, FIRST_DAY, Shop, yuan

pytestmark = pytest.mark.row("B-1")


# --- pure


@given(
    principal=st.integers(0, 10**7), bonus=st.integers(0, 10**6),
    cuts=st.lists(st.integers(1, 10**6), max_size=12),
)  # fmt: skip
def test_what_was_paid_and_what_was_given_are_used_up_together(
    principal: int, bonus: int, cuts: list[int]
) -> None:
    """Whatever the uses are, no fen is lost when a lot is used up, and no share runs ahead."""
    base = rest = principal + bonus
    left = bonus
    for used in [*cuts, 10**9]:
        used = min(used, rest)
        if used:
            free = bonus_of_use(used, rest=rest, bonus_rest=left, base=base, base_bonus=bonus)
            assert 0 <= free <= left and used - free <= rest - left
            rest, left = rest - used, left - free
            assert abs(left * base - bonus * rest) <= base
    assert (rest, left) == (0, 0)


def test_ten_times_of_a_thousand_and_three_of_a_hundred() -> None:
    assert unit_values(100_000, 10) == [10_000] * 10
    assert unit_values(10_000, 3) == [3333, 3334, 3333]
    # Ten of three that come back one by one: together they are ten.
    assert [share_back(10, of=1, whole=3, before=before) for before in range(3)] == [3, 4, 3]
    # 1000 for ten times and two free ones: the free ones have weight too.
    assert unit_values(100_000, 12)[:3] == [8333, 8334, 8333]


# --- sold


def test_a_card_of_500_for_400_is_owed_at_what_was_paid(
    open_till: Shop, loose: CardKind
) -> None:  # fmt: skip
    """SU-13."""
    sell(open_till, loose, "400", bonus="100")
    assert (parts(), balance(VALUE_CARD_LIABILITY)) == ([("400.00", "100.00")], "400.00")
    use(open_till, "200")
    assert (parts(), balance(VALUE_CARD_LIABILITY)) == ([("240.00", "60.00")], "240.00")
    assert balance(CARD_BONUS) == "-40.00"
    assert proof.verify() == []


def test_what_a_kind_gives_and_what_takes_a_right(open_till: Shop, loose: CardKind) -> None:
    assert str(bonus_for(loose.key, yuan("999"))) == "0.00"
    assert str(bonus_for(loose.key, yuan("1500"))) == "200.00"
    sold = sell(open_till, loose, "1000")
    assert parts() == [("1000.00", "200.00")]
    slip = card_sale_view(sold.key)
    assert (slip.title, str(slip.card.principal), str(slip.card.bonus)) == (
        "CARD SOLD", "1000.00", "200.00",
    )  # fmt: skip
    again = sell(open_till, loose, "100")
    assert card_sale_view(again.key).title == "CARD TOPPED UP"
    assert parts() == [("1000.00", "200.00"), ("100.00", "0.00")]
    open_till.give(open_till.owner, "收银员", sell_cards=None)
    with pytest.raises(NeedsOverride) as beyond:
        sell_card(
            open_till.cashier, loose.key, OTHER, [Paying(CARD, yuan("100"), reference="A")],
            amount=yuan("100"), bonus=yuan("1"), uid=new_uid(),
        )  # fmt: skip
    assert beyond.value.fields["right"] == "give bonus"


def test_what_is_not_sold(open_till: Shop, loose: CardKind) -> None:
    named = kind(open_till, "金卡")
    with pytest.raises(CardOwnerNeeded):
        sell(open_till, named, "100")
    # Whose it is, the card knows by itself from then on.
    sell(open_till, named, "100", "880009", whose=person(open_till, "李娜"))
    sell(open_till, named, "100", "880009")
    assert len(parts("880009")) == 2
    with pytest.raises(CardAmountWrong):
        sell(open_till, loose, "0")
    sell(open_till, loose, "100")
    with pytest.raises(CardForCard):
        sell_card(
            open_till.owner, loose.key, OTHER, [value("100")], amount=yuan("100"), uid=new_uid()
        )
    sell_voucher(
        open_till.owner, "9900000001", [Paying(CARD, yuan("5"), reference="A")], amount=yuan("5"),
        uid=new_uid(),
    )  # fmt: skip
    with pytest.raises(CardNumberTaken):
        sell(open_till, loose, "100", "9900000001")
    two = item(open_till, "300", "5")
    for wrong in (
        {"form": "times", "price": yuan("0.01"), "parts": [{"goods": two, "pieces": 2}]},
        {"form": "times"}, {"form": "discount"}, {"form": "gold"},
        {"parts": [{"amount": yuan("5")}]}, {"days": -1},
    ):  # fmt: skip
        with pytest.raises(CardKindWrong):
            kind(open_till, "错", **wrong)


def test_the_law_is_told_and_hinders_nobody(open_till: Shop) -> None:
    somebody = person(open_till)
    assert [c.text[:14] for c in cautions(None, holds=yuan("1000.01"))] == ["A card of nobo"]
    assert not cautions(somebody, holds=yuan("5000"))
    held = [c.text[:14] for c in cautions(somebody, holds=yuan("10000"))]
    assert held == ["A named card h", "The law wants "]
    cash = take_of(Paying(CASH, yuan("50000")))
    assert cautions(None, holds=yuan("1"), takes=[cash])[0].text.startswith("From {most}")


def test_a_payment_in_several_steps_is_kept(open_till: Shop, loose: CardKind) -> None:
    draft = begin_card(
        open_till.owner, loose.key, NUMBER, amount=yuan("100"), bonus=yuan("0"), person=None
    )
    take_for(open_till.owner, draft, Paying(CARD, yuan("60"), reference="A"), uid=new_uid())
    found = open_card(open_till.register)
    assert found is not None and found.key == draft
    sell_card(
        open_till.owner, loose.key, NUMBER, [Paying(CASH, yuan("40"))], amount=yuan("100"),
        draft=draft, uid=new_uid(),
    )  # fmt: skip
    assert open_card(open_till.register) is None and parts() == [("100.00", "0.00")]


# --- used


def test_the_slip_says_what_is_left_and_no_card_is_overdrawn(
    open_till: Shop, loose: CardKind
) -> None:  # fmt: skip
    sell(open_till, loose, "1000")
    sold = use(open_till, "300")
    (paid,) = sale_view(sold.key).payments
    assert (str(paid.rest), str(paid.bonus)) == ("900.00", "150.00")
    with pytest.raises(LotTooLittle):
        use(open_till, "900.01")
    with pytest.raises(CardUnknown):
        use(open_till, "300", OTHER)
    for state in (FROZEN, LOST):
        now = card()
        set_card_state(open_till.owner, now.key, state, version=now.version, uid=new_uid())
        with pytest.raises(CardStopped):
            use(open_till, "300")
    lost = card()
    set_card_state(open_till.owner, lost.key, GOOD, version=lost.version, uid=new_uid())
    use(open_till, "900")
    assert (parts(), balance(VALUE_CARD_LIABILITY)) == ([("0.00", "0.00")], "0.00")


@pytest.mark.parametrize(
    ("order", "left"), [("ratio", "750.00"), ("principal", "700.00"), ("bonus", "900.00")]
)
def test_1000_and_200_of_which_300_were_used(
    open_till: Shop, loose: CardKind, order: str, left: str
) -> None:  # fmt: skip
    """By the share that was paid for; paid for first (Vagaro: paid less had, what was given by hand
    never); given first. The store chooses.
    """
    change_settings(open_till.owner, {"members.bonus_order": order}, uid=new_uid())
    sell(open_till, loose, "1000")
    use(open_till, "300")
    assert str(worth_of(card()).by_ratio) == left


def test_a_course_of_several_services_is_used_time_by_time(open_till: Shop) -> None:
    for code, price in (("201", "150"), ("202", "300")):
        item(open_till, code, price)
    one, two = (open_till.goods(code).key for code in ("201", "202"))
    course = kind(
        open_till, "疗程", "times", price=yuan("1200"), days=90, is_named=False,
        parts=[{"goods": one, "pieces": 6}, {"goods": two, "pieces": 2}],
    )  # fmt: skip
    sell(open_till, course, "1200")
    # 900 and 600 at their list prices: 720 and 480 of 1200.
    assert [str(lot.value) for lot in lots_of(NUMBER)] == ["720.00", "480.00"]
    assert balance(COURSE_LIABILITY) == "1200.00"
    assert str(worth_of_times(NUMBER, one, FIRST_DAY, 2)) == "240.00"
    bill = open_till.bill("201", session=open_till.owner)
    number = bill.lines[0].number
    discount_line(open_till.owner, bill.draft, number, NewPrice(yuan("120")), uid=new_uid())
    for wrong, refusal in ((times("120", "202"), TimesWrong), (times("120", "x"), NoTimesLeft)):
        with pytest.raises(refusal):
            sell_bill(open_till.owner, bill.draft, [wrong], shown=yuan("120"), uid=new_uid())
    sold = sell_bill(
        open_till.owner, bill.draft, [times("120", "201")], shown=yuan("120"), uid=new_uid()
    )
    (paid,) = sale_view(sold.key).payments
    assert paid.times == 5 and balance(COURSE_LIABILITY) == "1080.00"
    bring_back(open_till, sold, "120", [times("-120", "201")])
    assert [lot.pieces_rest for lot in lots_of(NUMBER)] == [6, 2]
    assert proof.verify() == []


def test_a_discount_card_is_earned_when_it_is_sold(open_till: Shop) -> None:
    eight = kind(
        open_till, "八折卡", "discount", price=yuan("99"), percent="20", days=10, is_named=False
    )
    sell(open_till, eight, "99", whose=person(open_till))
    assert balance(CARD_FEES) == "99.00"
    assert discount_of(card(), FIRST_DAY + timedelta(days=10)) == Rate.percent("20")
    assert discount_of(card(), FIRST_DAY + timedelta(days=11)) == Rate(0)
    with pytest.raises(CardOver) as over:
        require_card(NUMBER, FIRST_DAY + timedelta(days=11))
    assert over.value.fields["card"] == f"{NUMBER} 王芳"
    # At the till it names its owner while it is good, and is refused in the same words after that.
    assert card_of_owner(NUMBER) == card() and card_of_owner(OTHER) is None
    put(card(), expires=FIRST_DAY - timedelta(days=1))
    with pytest.raises(CardOver) as over:
        card_of_owner(NUMBER)
    assert over.value.fields["card"] == f"{NUMBER} 王芳"
    put(card(), state=LOST)
    with pytest.raises(CardStopped) as lost:
        card_of_owner(NUMBER)
    assert lost.value.fields == {"card": f"{NUMBER} 王芳", "state": "Lost card"}


# --- what is owed is proved


def test_what_is_owed_closes_and_planted_faults_are_named(
    open_till: Shop, loose: CardKind
) -> None:  # fmt: skip
    sell(open_till, loose, "1000")
    use(open_till, "300")
    rows = [row for page in pages_of(open_till.owner, LOTS, all_days()) for row in page]
    owed = next(row for row in rows if row[0] == "Stored value")
    assert [str(each) for each in owed[1:]] == [
        "0.00", "1000.00", "0.00", "-250.00", "0.00", "0.00", "750.00",
    ]  # fmt: skip
    assert Card.select().count() == 1
    for text, code in (
        ('UPDATE "lot" SET "bonus_rest" = "bonus_rest" + 1', "LotRestWrong"),
        ('UPDATE "lot_move" SET "bonus" = "bonus" - 1 WHERE "why" = \'used\'', "LotMovesWrong"),
        ('UPDATE "lot" SET "pieces_rest" = 1', "LotRestWrong"),
        (
            f'UPDATE "entry" SET "amount" = "amount" + 1 WHERE "account_id" = {CARD_BONUS}',
            "CardBonusWrong",
        ),
    ):
        with planting() as plant:
            plant(text)
            assert code in {finding.code for finding in proof.verify()}
