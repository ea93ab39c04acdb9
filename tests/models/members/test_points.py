"""Points: earned by rule, taken back by a return to the point, used, run out; and levels."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from models.base.quantity import Quantity
from models.ledger.accounts import POINTS_USED
from models.ledger.payments.taken import take_for, take_off, taken_of
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender
from models.members.kinds import VALUE_CARD
from models.members.points import PointsBill
from models.members.points_lots import (
    PointsTooFew,
    PointsWrong,
    change_points,
    points_lots,
    points_owed,
)
from models.members.points_rules import PointsRule, PointsRuleWrong, save_points_rule
from models.members.points_tender import PointsUnknown
from models.members.vouchers import sell_voucher
from models.people.merging import merge_people, undo_merge
from models.reports.bills import sale_view
from models.shop.bill_life import cancel_bill, fetch_bill, hold_bill
from models.shop.returns import void_sale
from models.shop.sale_view import PointsView
from models.shop.sales import sell as sell_bill
from models.trust.operation import new_uid
from models.trust.records import RecordTaken
from models.trust.settings import change_settings
from receipts.slips.common import Print
from receipts.slips.sale import sale_slip
from tests.models.members.carded import balance, kind, person, sell, value
from tests.models.members.pointed import (
    bill_for,
    buy,
    give_back,
    has,
    next_day,
    rule,
    with_points,
)
from tests.stores import CARD, CASH, FIRST_DAY, Shop, sound, yuan

ONE = Quantity.of(1)


@pytest.mark.row("MKT-16", "MKT-18")
def test_what_was_given_goes_off_again_with_the_goods(open_till: Shop) -> None:
    """1000 at a point for each 1.00, and 100 of it comes back: 900 are left, however it comes."""
    rule(open_till)
    wang = person(open_till)
    sold = buy(open_till, wang, "900", "100")
    assert has(wang) == 1000
    back = give_back(open_till, sold, {2: ONE})
    assert has(wang) == 900
    assert PointsBill.get(PointsBill.document == back.key).rest == 900
    # A bill of nobody brings nothing, and neither does a voucher.
    buy(open_till, None, "100")
    sell_voucher(
        open_till.owner, "99001", [Paying(CARD, yuan("200"), reference="A")], amount=yuan("200"),
        person=wang.key, uid=new_uid(),
    )  # fmt: skip
    assert has(wang) == 900
    # All that is left of it comes back.
    give_back(open_till, sold, {1: ONE})
    assert has(wang) == 0
    sound()


@pytest.mark.row("MKT-16", "MKT-18")
def test_points_are_worked_out_on_what_was_kept(open_till: Shop) -> None:
    """SU-18: one for each full 10.00; 95.00 of 1000.00 comes back, and 10 go, not 9. In pieces it
    is the same.
    """
    rule(open_till, "10")
    wang = person(open_till)
    sold = buy(open_till, wang, "905", "50", "45")
    assert has(wang) == 100
    give_back(open_till, sold, {2: ONE})
    assert has(wang) == 95
    give_back(open_till, sold, {3: ONE})
    assert has(wang) == 90
    void = buy(open_till, wang, "30")
    assert has(wang) == 93
    void_sale(open_till.owner, void.key, reason="mistyped", uid=new_uid())
    assert has(wang) == 90
    sound()


@pytest.mark.row("MKT-18")
def test_only_money_that_comes_brings_points(open_till: Shop) -> None:
    """SU-20: a service of 300.00, goods taken off again, 100.00 of it from a card, 200.00 cash: 20
    points. A rule that names the card gives for it, too.
    """
    rule(open_till, "10")
    wang = person(open_till)
    sell(open_till, kind(open_till, is_named=False), "500", whose=wang)
    buy(open_till, wang, "300", payings=[value("100"), Paying(CASH, yuan("200"))])
    assert has(wang) == 20
    card = Tender.get(Tender.kind == VALUE_CARD).key
    rule(open_till, "10", 3, tender=card)
    buy(open_till, wang, "300", payings=[value("100"), Paying(CASH, yuan("200"))])
    assert has(wang) == 20 + 20 + 30


@pytest.mark.row("MKT-18", "MKT-19")
def test_the_most_special_rule_gives_and_days_multiply_it(open_till: Shop) -> None:
    lee, every = person(open_till, "李雷"), rule(open_till, "10")
    # The first of March is a Sunday, the shop's first day a Monday.
    mondays = rule(open_till, None, times=2, weekdays=0b1)
    rule(open_till, None, times=3, month_day=FIRST_DAY.day, until=FIRST_DAY)
    bill = bill_for(open_till, lee, "55", "47")
    wash = bill.lines[1].item.goods
    rule(open_till, "5", 1, goods=wash)
    sell_bill(
        open_till.owner, bill.draft, [Paying(CARD, yuan("102"), reference="A1")],
        shown=yuan("102"), uid=new_uid(),
    )  # fmt: skip
    # 55 / 10 and 47 / 5, whole, three times over: the most that one of the days gives.
    assert has(lee) == (5 + 9) * 3
    next_day(open_till, FIRST_DAY + timedelta(days=7))
    buy(open_till, lee, "55")
    assert has(lee) == 42 + 5 * 2
    save_points_rule(
        open_till.owner, mondays.key, version=mondays.version, per=None, times=2, weekdays=0b1,
        is_active=False, uid=new_uid(),
    )  # fmt: skip
    buy(open_till, lee, "55")
    assert has(lee) == 52 + 5
    for wrong in (
        {"per": None, "times": 1}, {"per": yuan("1"), "times": 2}, {"per": yuan("1"), "points": -1},
        {"per": yuan("1"), "weekdays": 0}, {"per": yuan("1"), "month_day": 32},
        {"per": yuan("1"), "since": FIRST_DAY, "until": FIRST_DAY - timedelta(days=1)},
    ):  # fmt: skip
        with pytest.raises(PointsRuleWrong):
            save_points_rule(open_till.owner, None, uid=new_uid(), **wrong)
    with pytest.raises(RecordTaken):
        rule(open_till, "7")
    assert every.number == 1 and PointsRule.select().count() == 4


@pytest.mark.row("MKT-16")
def test_points_pay_and_come_back_as_points(open_till: Shop) -> None:
    """What they pay is a discount. A bill that is held with them, fetched and cancelled leaves the
    points as they were, and of two held bills one has them.
    """
    rule(open_till)
    wang = person(open_till)
    buy(open_till, wang, "1000")
    held, other = bill_for(open_till, wang, "10"), bill_for(open_till, wang, "10")
    for one in (held, other):
        take_for(open_till.owner, one.draft, with_points(wang, "6"), uid=new_uid())
    hold_bill(open_till.owner, held.draft, title="王", uid=new_uid())
    fetch_bill(open_till.owner, held.draft, uid=new_uid())
    assert has(wang) == 1000
    ((line, _),) = taken_of(held.draft).items()
    take_off(open_till.owner, held.draft, line, uid=new_uid())
    cancel_bill(open_till.owner, held.draft, title="王", reason="mistyped", uid=new_uid())
    assert has(wang) == 1000

    rest = [Paying(CASH, yuan("4"))]
    sold = sell_bill(open_till.owner, other.draft, rest, shown=yuan("10"), uid=new_uid())
    # 600 went for 6.00, and 4.00 in cash brought 4.
    assert (has(wang), balance(POINTS_USED)) == (404, "-6.00")
    view = sale_view(sold.key)
    assert view.points == PointsView(brought=4, used=600, rest=404)
    said = [str(part) for part in sale_slip(view, Print("zh")).parts if "积分" in str(part)]
    assert len(said) == 4 and "6.00" in said[0] and "-600" in said[1]
    assert "+4" in said[2] and "404" in said[3]
    with pytest.raises(PointsTooFew):
        buy(open_till, wang, "10", payings=[with_points(wang, "4.05"), Paying(CASH, yuan("5.95"))])
    with pytest.raises(PointsUnknown):
        unknown = Paying(with_points(wang, "1").tender, yuan("10"), code="P9")
        buy(open_till, wang, "10", payings=[unknown])
    give_back(open_till, sold, {1: ONE})
    assert (has(wang), balance(POINTS_USED)) == (1000, "0.00")
    sound()


def test_who_used_what_goes_back_owes_it(open_till: Shop) -> None:
    """1000 come, 800 are used, and the goods that brought them come back: 200 go, and 800 of what
    comes next.
    """
    rule(open_till)
    wang = person(open_till)
    first = buy(open_till, wang, "1000")
    buy(open_till, wang, "8", payings=[with_points(wang, "8")])
    give_back(open_till, first, {1: ONE})
    assert (has(wang), points_owed(wang.key)) == (0, -800)
    buy(open_till, wang, "500")
    assert (has(wang), points_owed(wang.key)) == (0, -300)
    buy(open_till, wang, "301")
    assert (has(wang), points_owed(wang.key)) == (1, 0)
    sound()


@pytest.mark.row("MKT-16")
def test_the_soonest_go_first_and_each_run_out_on_its_day(open_till: Shop) -> None:
    """Good to the end of the month so many months later: March's to the end of April."""
    change_settings(open_till.owner, {"members.points_months": 1}, uid=new_uid())
    rule(open_till)
    wang = person(open_till)
    buy(open_till, wang, "100")
    buy(open_till, wang, "50")
    for day in (date(2026, 3, 31), date(2026, 4, 15)):
        next_day(open_till, day)
    buy(open_till, wang, "70")
    ends = [(lot.expires, lot.pieces_rest) for lot in points_lots(wang.key)]
    assert ends == [(date(2026, 4, 30), 150), (date(2026, 5, 31), 70)]
    buy(open_till, wang, "1.60", payings=[with_points(wang, "1.60")])
    assert [lot.pieces_rest for lot in points_lots(wang.key)] == [0, 60]
    change_points(open_till.owner, wang.key, 5, reason="开业送", uid=new_uid())
    next_day(open_till, date(2026, 4, 30))
    assert has(wang) == 65
    next_day(open_till, date(2026, 5, 31))
    assert has(wang) == 65
    next_day(open_till, date(2026, 6, 1))
    assert has(wang) == 0
    assert [lot.pieces_rest for lot in points_lots(wang.key)] == [0, 0]
    for points, why in ((0, "x"), (10, ""), (10_000_000, "x")):
        with pytest.raises(PointsWrong):
            change_points(open_till.owner, wang.key, points, reason=why, uid=new_uid())
    with pytest.raises(PointsTooFew):
        change_points(open_till.owner, wang.key, -1, reason="x", uid=new_uid())
    sound()


@pytest.mark.row("MKT-16")
def test_two_records_of_one_have_their_points_together(open_till: Shop) -> None:
    """SU-23: 100 and 50 are 150; a merging that is taken back parts them again."""
    rule(open_till)
    first, twice = person(open_till, "王芳"), person(open_till, "王方")
    buy(open_till, first, "100")
    buy(open_till, twice, "50")
    merged = merge_people(
        open_till.owner, first.key, twice.key, kept_version=first.version,
        gone_version=twice.version, uid=new_uid(),
    )  # fmt: skip
    assert has(first) == 150
    buy(open_till, first, "1.20", payings=[with_points(first, "1.20")])
    assert has(first) == 30
    undo_merge(open_till.owner, merged.key, uid=new_uid())
    assert has(first) + has(twice) == 30
    sound()


@pytest.mark.long
def test_in_whatever_pieces_goods_come_back_points_are_those_of_what_is_kept(
    open_till: Shop,
) -> None:
    """Random bills, amounts a point and returns: after each the whole part of what is kept."""
    draw = Random(20)
    rules = [rule(open_till, f"{draw.randint(1, 40)}.{draw.randint(0, 99):02}", 3)]
    for turn in range(30):
        whose = person(open_till, f"客{turn}")
        prices = [f"{draw.randint(1, 300)}.{draw.randint(0, 99):02}" for _ in range(4)]
        sold = buy(open_till, whose, *prices)
        kept = dict(enumerate((yuan(price).minor for price in prices), 1))
        for line in draw.sample(sorted(kept), 4):
            give_back(open_till, sold, {line: ONE})
            del kept[line]
            assert rules[0].per is not None
            assert has(whose) == sum(kept.values()) // rules[0].per.minor * 3
    sound()
