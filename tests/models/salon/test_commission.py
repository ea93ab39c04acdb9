"""Commission beside the plain rate of a line: steps of the month, cards, deposits, goodwill, the
month on paper. The sums are of the named cases and of the rules of the trade, by hand.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from devices.profiles import PROFILES
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.ledger.accounts import TIPS_OWED, WAGES
from models.ledger.daily.days import close_day
from models.ledger.documents import Document, Leg, begin_document, post_document
from models.ledger.proving.proof import verify
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender
from models.members.card_kinds import save_card_kind
from models.members.card_refunds import AGREED, BY_STORE, refund_card, worth_of
from models.members.cards import find_card, sell_card
from models.members.kinds import CARD_BACK, VALUE_CARD
from models.members.sellers import SaleBack
from models.reports.report import make, this_month
from models.reports.salon.month_slip import MonthWrong, print_month, whose_months
from models.reports.salon.salon_lists import COMMISSION, STYLISTS
from models.salon.appointments import NO_SHOW
from models.salon.commission import CommissionEntry
from models.salon.commission_other import take_card_back
from models.salon.commission_rules import (
    ASKED,
    MEMBER,
    TURN,
    CommissionRuleWrong,
    CommissionTwice,
    rules_in_force,
    save_commission_rule,
    switch_commission_rule,
)
from models.salon.commission_steps import StepsUnreadable, read_steps
from models.salon.deposits import keep_deposit
from models.salon.hands_change import change_hands
from models.salon.stylists import Grade, Stylist, save_grade
from models.salon.tickets import SharesWrong, name_stylists
from models.shop.basket import load_key
from models.shop.return_lines import giving_back
from models.shop.returns import return_goods
from models.shop.sales import sell
from models.trust.operation import Job, NeedsOverride, new_uid, operation
from models.trust.print_queue import PrintJob
from models.trust.scopes import OutOfScope
from models.trust.settings import change_settings
from models.trust.users import Role
from receipts.layout import layout
from receipts.slip_of_job import slip_of_job
from receipts.text import text_of
from tests.models.salon.booked import step
from tests.models.salon.salon import COLOUR, CUT, WASH, service
from tests.models.salon.test_deposits import paid_ahead
from tests.models.salon.test_tickets import entries, rule, ticket
from tests.stores import CARD, CASH, FIRST_DAY, Shop, yuan

ONE = Quantity.of(1)


def brought(salon: Shop, code: str, price: str, said: str = "8") -> Any:
    """A service of a price, done and paid."""
    service(salon, code, f"护理{code}", price)
    return salon.pay(ticket(salon, (code, said)))


def sums(document: Any) -> list[str]:
    return [amount for *_, amount in entries(document)]


@pytest.mark.row("B-2")
@pytest.mark.case("SU-24")
def test_steps_of_the_month_and_what_its_end_adds(salon: Shop) -> None:
    """5 per cent up to 1000.00 of the month, 10 above: 900.00 and 300.00 are 45.00 and 25.00. Paid
    for all of it, 1200.00 are 120.00: the month's end adds 50.00, once; the lines stay.
    """
    with pytest.raises(StepsUnreadable):
        rule(salon, "5", steps="1000:10 900:12")
    for wrong in ({"is_whole": True}, {"each": yuan("5"), "steps": "1000:10"}):
        with pytest.raises(CommissionRuleWrong):
            rule(salon, "" if "each" in wrong else "5", **wrong)
    assert read_steps("1000：10， 3000=12%").text == "1000:10 3000:12"
    stepped = rule(salon, "5", steps="1000:10")
    first, second = brought(salon, "901", "900"), brought(salon, "301", "300")
    assert (sums(first), sums(second)) == (["45.00"], ["5.00", "20.00"])
    # Another one begins at the first step; what comes back goes at the rates it was paid at.
    other = brought(salon, "302", "300", "9")
    assert sums(other) == ["15.00"]
    giving = giving_back(other.key, {1: ONE})
    back = return_goods(
        salon.manager, other.key, {1: ONE}, shown=giving.total, reason="unwanted", uid=new_uid()
    )
    assert sums(back) == ["-15.00"]
    save_commission_rule(
        salon.owner, stepped.key, version=stepped.version, rate=Rate.percent("5"),
        steps="1000:10", is_whole=True, uid=new_uid(),
    )  # fmt: skip
    salon.close_shift()
    last = date(2026, 3, 31)
    # The last day was not closed: the first close after it ends the month.
    close_day(salon.manager, next_day=last - timedelta(days=1), uid=new_uid())
    close_day(salon.manager, next_day=last + timedelta(days=2), uid=new_uid())
    assert CommissionEntry.select().where(CommissionEntry.event == "month").count() == 0
    close_day(salon.manager, next_day=last + timedelta(days=3), uid=new_uid())
    close_day(salon.manager, next_day=last + timedelta(days=4), uid=new_uid())
    (more,) = CommissionEntry.select().where(CommissionEntry.event == "month")
    assert (more.name, str(more.amount), str(more.base), more.month) == (
        "李经理", "50.00", "1200.00", 202603,
    )  # fmt: skip
    of_month = CommissionEntry.select().where(CommissionEntry.month == 202603)
    total = {one.name: 0 for one in of_month}
    for one in of_month:
        total[one.name] += one.amount.minor
    assert total == {"李经理": 120_00, "张收银": 0}
    assert verify() == []


@pytest.mark.row("B-2")
def test_a_rule_that_is_changed_and_a_grade_that_is_renamed_count_at_once(salon: Shop) -> None:
    """Rules are kept between tickets: 10 per cent of a grade, then 20, then under another name."""
    grade = Grade.get(Grade.position == 1)
    first = rule(salon, "10", grade=grade.key)
    assert sums(brought(salon, "901", "100")) == ["10.00"]
    save_commission_rule(
        salon.owner, first.key, version=first.version, rate=Rate.percent("20"), grade=grade.key,
        uid=new_uid(),
    )  # fmt: skip
    assert sums(brought(salon, "902", "100")) == ["20.00"]
    save_grade(
        salon.owner, grade.key, version=grade.version, name="总监", position=1, uid=new_uid()
    )
    assert sums(brought(salon, "903", "100")) == ["20.00"]


@pytest.mark.row("B-2")
def test_a_rule_that_comes_in_the_place_of_another_counts_at_once(salon: Shop) -> None:
    """Nobody looks between: as many as before are in force, of versions that sum to the same."""
    kinds = [
        {"grade": grade.key, "way": way, "buyer": buyer}
        for grade in Grade.select()
        for way in ("", ASKED, TURN)
        for buyer in ("", MEMBER)
    ]
    made = [rule(salon, "10", **kind) for kind in kinds[:8]]
    for kind in kinds[8:14]:
        assert {each.key for each in rules_in_force()} == {each.key for each in made}
        gone = made.pop(3)
        switch_commission_rule(salon.owner, gone.key, version=gone.version, uid=new_uid())
        made.append(rule(salon, "10", **kind))
    assert {each.key for each in rules_in_force()} == {each.key for each in made}


@pytest.mark.row("B-2")
@pytest.mark.case("SU-02")
def test_goodwill_leaves_the_staff_what_they_got(salon: Shop) -> None:
    """A third of 300.00 at 30 per cent comes back: 30.00 of commission, which the house bears; or
    of one of the two.
    """
    service(salon, "100", "护理", "100")
    rule(salon, "30")
    bill = salon.bill("100", "100", "100")
    name_stylists(salon.cashier, bill.draft, 1, "8:70 21:30", uid=new_uid())
    sold = salon.pay(load_key(bill.draft))
    master, helper = salon.users["manager"], salon.users["clerk"]

    def back(kept_by: tuple[int, ...], session: Any = None) -> Any:
        giving = giving_back(sold.key, {1: ONE})
        return return_goods(
            session or salon.manager, sold.key, {1: ONE}, shown=giving.total, reason="unwanted",
            kept_by=kept_by, uid=new_uid(),
        )  # fmt: skip

    with pytest.raises(NeedsOverride) as refused:
        back((master,), salon.cashier)
    assert refused.value.fields["right"] == "give goodwill"
    assert sums(back((master, helper))) == ["-21.00", "21.00", "-9.00", "9.00"]
    found = make(salon.owner, STYLISTS, this_month())
    told = {row[0]: tuple(map(str, row[5:8])) for row in found.rows}
    assert told == {"李经理": ("63.00", "21.00", "21.00"), "赵库管": ("27.00", "9.00", "9.00")}
    assert sums(back((master,))) == ["-21.00", "21.00", "-9.00"]
    assert sums(back(())) == ["-21.00", "-9.00"]
    found = make(salon.owner, STYLISTS, this_month())
    assert tuple(map(str, found.totals[5:8])) == ("51.00", "90.00", "51.00")
    assert make(salon.owner, COMMISSION, this_month()).totals[-1] == yuan("51")
    assert verify() == []


def _kind(salon: Shop) -> int:
    offers = [{"amount": yuan("1000"), "bonus": yuan("250")}]
    return save_card_kind(
        salon.owner, None, name="储值卡", form="value", is_named=False, parts=offers, uid=new_uid()
    ).key


def _sell(salon: Shop, kind: int, number: str, amount: str, sellers: str) -> Any:
    return sell_card(
        salon.owner, kind, number, [Paying(CASH, yuan(amount))], amount=yuan(amount),
        sellers=sellers, uid=new_uid(),
    )  # fmt: skip


def _by_card(salon: Shop, bill: Any, number: str, amount: str) -> Any:
    tender = Tender.get(Tender.kind == VALUE_CARD).number
    payings = [Paying(tender, yuan(amount), code=number)]
    if rest := bill.amount_due - yuan(amount):
        payings.append(Paying(CARD, rest, reference="A1"))
    return sell(salon.cashier, bill.draft, payings, shown=bill.amount_due, uid=new_uid())


@pytest.mark.row("B-2", "B-1")
def test_a_card_pays_at_its_sale_or_at_its_use(salon: Shop) -> None:
    """1000.00 with 250.00 on top: 5 per cent of what was paid, shared 60 to 40. Of 128.00 paid with
    it 102.40 were paid for (80 per cent); of a bill half in cash the half counts.
    """
    kind = _kind(salon)
    work = rule(salon, "30")
    with pytest.raises(CommissionTwice):
        rule(salon, "5", event="card")
    for wrong in ({"goods": salon.goods(CUT).key}, {"way": "asked"}, {"steps": "1000:10"}):
        with pytest.raises(CommissionRuleWrong):
            rule(salon, "5", event="card", **wrong)
    with pytest.raises(SharesWrong):
        _sell(salon, kind, "880001", "1000", "8:60 21:30")

    def work_counts(cards: str) -> None:
        nonlocal work
        work = save_commission_rule(
            salon.owner, work.key, version=work.version, rate=Rate.percent("30"), cards=cards,
            uid=new_uid(),
        )  # fmt: skip

    work_counts("none")
    selling = rule(salon, "5", event="card")
    sold = _sell(salon, kind, "880001", "1000", "8:60 21:40")
    assert entries(sold) == [
        ("李经理", selling.number, "600.00", "30.00"),
        ("赵库管", selling.number, "400.00", "20.00"),
    ]  # fmt: skip
    assert sums(_by_card(salon, ticket(salon, (CUT, "8")), "880001", "128")) == ["0.00"]
    # 128.00 and 380.00: 254.00 by card and 254.00 in cash.
    half = _by_card(salon, ticket(salon, (CUT, "8"), (COLOUR, "8")), "880001", "254")
    assert [(base, amount) for _, _, base, amount in entries(half)] == [
        ("64.00", "19.20"), ("190.00", "57.00"),
    ]  # fmt: skip
    with pytest.raises(CommissionTwice):
        work_counts("all")
    selling = switch_commission_rule(
        salon.owner, selling.key, version=selling.version, uid=new_uid()
    )
    work_counts("principal")
    with pytest.raises(CommissionTwice):
        switch_commission_rule(salon.owner, selling.key, version=selling.version, uid=new_uid())
    used = _by_card(salon, ticket(salon, (CUT, "8")), "880001", "128")
    assert [(base, amount) for _, _, base, amount in entries(used)] == [("102.40", "30.72")]
    change_settings(salon.owner, {"salon.both_ends": True}, uid=new_uid())
    switch_commission_rule(salon.owner, selling.key, version=selling.version, uid=new_uid())
    # Whoever gets nothing for it sold it all the same; by its kind and the grade of who sold it.
    rule(salon, goods=None, event="card", card=kind, each=yuan("10"))
    assert entries(_sell(salon, kind, "880002", "500", "9 21"))[1:] == [
        ("赵库管", 3, "250.00", "5.00")
    ]
    assert verify() == []


@pytest.mark.row("B-2", "B-1")
def test_a_card_that_is_given_up_takes_its_commission_back(salon: Shop) -> None:
    """1000.00 with 250.00 on top, 312.50 used: 750.00 go back, three quarters of 50.00. Agreed on
    800.00 of another one of which all but 400.00 is used, in goodwill to one of the two.
    """
    kind = _kind(salon)
    rule(salon, "5", event="card")
    service(salon, "312", "烫发", "312.50")
    _sell(salon, kind, "880001", "1000", "8:60 21:40")
    _by_card(salon, salon.bill("312"), "880001", "312.50")
    card = find_card("880001")
    assert card is not None

    def give_up(number: str, amount: str, cause: str, **more: Any) -> Any:
        card = find_card(number)
        assert card is not None
        return refund_card(
            salon.owner, card.key, [Paying(CASH, yuan(f"-{amount}"))], version=card.version,
            amount=yuan(amount), cause=cause, shown=worth_of(card).for_cause(cause), reason="退",
            uid=new_uid(), **more,
        )  # fmt: skip

    assert str(worth_of(card).by_ratio) == "750.00"
    assert sums(give_up("880001", "750", BY_STORE)) == ["-22.50", "-15.00"]
    # Two sales on one card: 400.00 are left of the second, the rest is taken of what was used.
    _sell(salon, kind, "880002", "600", "9")
    _sell(salon, kind, "880002", "400", "8 21")
    service(salon, "600", "生发", "600")
    _by_card(salon, salon.bill("600"), "880002", "600")
    back = give_up("880002", "800", AGREED, kept_by=(salon.users["clerk"],))
    assert [(name, amount) for name, _, _, amount in entries(back)] == [
        ("张收银", "-20.00"), ("李经理", "-10.00"), ("赵库管", "-10.00"), ("赵库管", "10.00"),
    ]  # fmt: skip
    assert verify() == []


@pytest.mark.row("B-2", "B-3")
@pytest.mark.case("SU-28")
def test_a_kept_deposit_pays_who_waited_where_the_owner_wants_it(salon: Shop) -> None:
    """30 per cent of 50.00 are 15.00; of 36.00 for each time of 180.00, 10.00. Vagaro: a service of
    100 that pays 30, a fee of 25 for who stays away: 7.50.
    """
    service(salon, "180", "造型", "180", minutes=60)
    general = rule(salon, "30")

    def kept(hour: str, name: str, **how: str) -> list[Any]:
        missed = step(salon, paid_ahead(salon, hour, name, **how)[0], NO_SHOW)
        return entries(
            keep_deposit(salon.manager, missed.key, version=missed.version, uid=new_uid())
        )

    assert kept("10", "王芳") == []
    change_settings(salon.owner, {"salon.kept_deposit_pays": True}, uid=new_uid())
    assert kept("12", "李雷") == [("李经理", general.number, "50.00", "15.00")]
    each = rule(salon, goods=salon.goods("180").key, each=yuan("36"))
    assert kept("14", "周敏") == [("李经理", each.number, "50.00", "10.00")]
    service(salon, "100", "护理", "100", minutes=60)
    thirty = rule(salon, goods=salon.goods("100").key, each=yuan("30"))
    vagaro = kept("16", "孙丽", code="100", ahead="25")
    assert vagaro == [("李经理", thirty.number, "25.00", "7.50")]
    assert verify() == []


@pytest.mark.row("B-2")
def test_the_month_of_each_is_printed_for_who_may_see_it(salon: Shop) -> None:
    rule(salon, "30")
    rule(salon, goods=salon.goods(WASH).key, each=yuan("5"))
    sale = salon.pay(ticket(salon, (CUT, "8:70* 21:30"), (WASH, "8")))
    month = FIRST_DAY.year * 100 + FIRST_DAY.month
    mine = salon.users["manager"]
    for wrong in (202613, 202604, 0):
        with pytest.raises(MonthWrong):
            print_month(salon.owner, mine, wrong, uid=new_uid())
    print_month(salon.owner, mine, month, language="zh", uid=new_uid())
    job = PrintJob.get(PrintJob.kind == "commission")
    assert job.user == mine
    paper = text_of(layout(slip_of_job(job, "zh"), PROFILES["80mm"]))
    for wanted in (
        "李经理", "2026-03", f"03-02 {sale.label} 70% 点", "89.60", "26.88", "5.00", "￥31.88",
    ):  # fmt: skip
        assert wanted in paper, paper
    # A stylist sees his own and nobody else's.
    salon.give(salon.owner, "库管员", see_commission=None)
    clerk = salon.who("clerk")
    Role.update(scope="own").where(Role.name == "库管员").execute()
    assert [one.number for one in whose_months(clerk)] == [21]
    assert len(whose_months(salon.owner)) == Stylist.select().count()
    with pytest.raises(OutOfScope):
        print_month(clerk, mine, month, uid=new_uid())
    print_month(clerk, salon.users["clerk"], month, uid=new_uid())
    assert [row[0] for row in make(clerk, COMMISSION, this_month()).rows] == ["赵库管"]


def test_who_did_it_after_all_gets_what_a_card_left(salon: Shop) -> None:
    """128.00 and 380.00, half of them paid by a card that does not count: put right, the other one
    gets 30 per cent of 64.00 as he did.
    """
    kind = _kind(salon)
    rule(salon, "30", cards="none")
    _sell(salon, kind, "880001", "1000", "")
    half = _by_card(salon, ticket(salon, (CUT, "8"), (COLOUR, "8")), "880001", "254")
    done = change_hands(salon.manager, half.key, 1, "9", reason="mistyped", uid=new_uid())
    assert entries(done) == [("李经理", 1, "-64.00", "-19.20"), ("张收银", 1, "64.00", "19.20")]
    giving = giving_back(half.key, {1: ONE})
    back = return_goods(
        salon.manager, half.key, {1: ONE}, shown=giving.total, reason="unwanted", uid=new_uid()
    )
    assert entries(back) == [("张收银", 1, "-64.00", "-19.20")]
    assert verify() == []


@operation(right="refund cards")
def _part_back(job: Job, sale: int, part: int, whole: int) -> Document:
    """So much of what was paid for a card goes back."""
    zero = yuan("0")
    document = begin_document(job, CARD_BACK, total=zero)
    take_card_back(document, [SaleBack(sale, part, whole)], ())
    return post_document(job, document, [Leg(WAGES, zero), Leg(TIPS_OWED, zero)])


@pytest.mark.row("B-2", "B-1")
def test_a_card_that_goes_back_in_parts_takes_back_what_was_earned_and_no_fen_more(
    salon: Shop,
) -> None:
    """100.01 sold by three at 7 per cent, 2.33 each. A third of it three times: rounded each time
    by itself it were 0.78 three times, 2.34.
    """
    rule(salon, "7", event="card")
    sold = sell_card(
        salon.owner, _kind(salon), "880001", [Paying(CARD, yuan("100.01"), reference="A1")],
        amount=yuan("100.01"), sellers="8:33.33 9:33.33 21:33.34", uid=new_uid(),
    )  # fmt: skip
    assert [row[2:] for row in entries(sold)] == [
        ("33.33", "2.33"), ("33.34", "2.33"), ("33.34", "2.33"),
    ]  # fmt: skip
    backs = [
        entries(_part_back(salon.owner, sold.key, part, 10_001, uid=new_uid()))
        for part in (3_334, 3_334, 3_333)
    ]
    assert [[amount for *_, amount in back] for back in backs] == [
        ["-0.78"] * 3, ["-0.77"] * 3, ["-0.78"] * 3,
    ]  # fmt: skip
    # What they are taken of is the money, each time and in the end of each.
    bases = [[yuan(base).minor for _, _, base, _ in back] for back in backs]
    assert [sum(each) for each in bases] == [-3_334, -3_334, -3_333]
    assert [sum(each) for each in zip(*bases, strict=True)] == [-3_333, -3_334, -3_334]
