"""Thirty staff and a month of tickets through the operations: the slip of each one's month is
worked out again from the slips that customers got, by a script that knows nothing of the program.
"""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from typing import Any

import pytest

from devices.profiles import PROFILES
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.ledger.daily.days import close_day
from models.ledger.proving.proof import verify
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender
from models.members.cards import balance_of
from models.members.kinds import VALUE_CARD
from models.reports.report import Period, make
from models.reports.salon.month_slip import print_month
from models.reports.salon.salon_lists import STYLISTS
from models.salon.stylists import Grade
from models.shop.basket import load_key
from models.shop.bill_changes import discount_bill, discount_line
from models.shop.return_lines import giving_back
from models.shop.returns import return_goods
from models.shop.sales import sell
from models.trust import secrets, staff
from models.trust.operation import new_uid
from models.trust.print_queue import PrintJob
from models.trust.users import Department, Role, User
from receipts.escpos import escpos_bytes
from receipts.layout import layout
from receipts.slip_of_job import slip_of_job
from tests.flows.slips_read import slips_of
from tests.models.salon import month_of_slips as by_hand
from tests.models.salon.salon import COLOUR, CUT, WASH, stylist
from tests.models.salon.test_commission import _kind, _sell
from tests.models.salon.test_tickets import rule, ticket
from tests.stores import CARD, FIRST_DAY, Shop, yuan

STAFF, DAYS, TICKETS = 30, 22, 28
LAST = date(2026, 3, 31)


def hire(salon: Shop) -> dict[int, str]:
    """Thirty by their numbers: a third of each grade; three are there already."""
    words = secrets.hash_password("salon-of-thirty"), secrets.hash_pin("482915")
    people = {8: "李经理", 9: "张收银", 21: "赵库管"}
    for number in range(101, 101 + STAFF - len(people)):
        # No digits: a name may be cut by the end of the line, and a share stands behind it.
        people[number] = "技师" + "".join("零一二三四五六七八九"[int(n)] for n in str(number))
        salon.users[str(number)] = staff.add_user(
            salon.owner, login=str(number), name=people[number], department=Department.get(),
            role=Role.get(Role.name == "收银员"), must_change=False, password_hash=words[0],
            pin_hash=words[1], uid=new_uid(),
        ).key  # fmt: skip
        stylist(salon, number, str(number), grade=1 + number % 3)
    return people


def agree(salon: Shop) -> None:
    """The rules of month_of_slips.py."""
    helper = Grade.get(Grade.position == 3).key
    above = f"{by_hand.STEP // 100}:{by_hand.ABOVE}"
    for rate, more in (
        (by_hand.TURN, {"steps": above}), (by_hand.HELPER, {"grade": helper}),
        (by_hand.ASKED, {"way": "asked"}), (by_hand.ASKED, {"way": "asked", "grade": helper}),
    ):  # fmt: skip
        rule(salon, str(rate), cards="none", **more)
    rule(salon, goods=salon.goods(WASH).key, each=Money(by_hand.WASH, yuan("1").currency),
         cards="none")  # fmt: skip
    rule(salon, str(by_hand.CARDS), event="card")


def said_of(chance: random.Random, numbers: list[int]) -> str:
    """Who did a line: one, two in halves, three by per cent; some asked for."""
    some = chance.sample(numbers, chance.choice((1, 1, 1, 2, 3)))
    star = ["*" if chance.random() < 0.3 else "" for _ in some]
    shares = {1: ("",), 2: (":70", ":30"), 3: (":33.33", ":33.33", ":33.34")}[len(some)]
    return " ".join(f"{n}{s}{a}" for n, s, a in zip(some, shares, star, strict=True))


def one_ticket(salon: Shop, chance: random.Random, numbers: list[int], card: str) -> Any:
    """One to three services, sometimes something off, sometimes paid by card in part."""
    codes = chance.sample((CUT, COLOUR, WASH), chance.randint(1, 3))
    bill = ticket(salon, *((code, said_of(chance, numbers)) for code in codes))
    if chance.random() < 0.2:
        off = yuan(f"{chance.randint(1, 9)}.{chance.randint(10, 99)}")
        discount_line(salon.manager, bill.draft, 1, off, uid=new_uid())
    if chance.random() < 0.3:
        discount_bill(salon.manager, bill.draft, Rate.percent("7"), uid=new_uid())
    bill = load_key(bill.draft)
    due, payings = bill.amount_due, []
    part = Money(min(balance_of(card, salon_day()).minor, chance.randint(1, due.minor)),
                 due.currency)  # fmt: skip
    if chance.random() < 0.4 and part:
        tender = Tender.get(Tender.kind == VALUE_CARD).number
        payings.append(Paying(tender, part, code=card))
        due -= part
    if due:
        payings.append(Paying(CARD, due, reference="A1"))
    return sell(salon.cashier, bill.draft, payings, shown=bill.amount_due, uid=new_uid())


def salon_day() -> date:
    from models.ledger.daily.days import store_day

    return store_day()


def printed(job: PrintJob) -> str:
    """A slip as the paper says it: through the bytes of the printer."""
    profile = PROFILES["80mm"]
    (slip,) = slips_of(escpos_bytes(layout(slip_of_job(job, "zh"), profile), profile))
    return slip.text


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.row("B-2")
@pytest.mark.parametrize("seed", [20261130])
def test_thirty_statements_are_what_the_slips_come_to(salon: Shop, seed: int) -> None:
    chance, people = random.Random(seed), hire(salon)
    agree(salon)
    numbers, kind = list(people), _kind(salon)
    names = {name: number for number, name in people.items()}
    keeps: dict[str, set[str]] = {}
    salon.close_shift()
    for day in range(DAYS):
        salon.open_shift()
        sellers = said_of(chance, numbers).replace("*", "")
        _sell(salon, kind, f"8800{day:02}", str(chance.choice((300, 1000, 1250))), sellers)
        sold = [
            one_ticket(salon, chance, numbers, f"8800{chance.randint(0, day):02}")
            for _ in range(TICKETS)
        ]
        for sale in chance.sample(sold, 2):
            giving = giving_back(sale.key, {1: Quantity.of(1)})
            kept = chance.sample(numbers, 10) if chance.random() < 0.5 else []
            back = return_goods(
                salon.owner, sale.key, {1: Quantity.of(1)}, shown=giving.total, reason="unwanted",
                kept_by=tuple(sorted(User.get(User.name == people[one]).key for one in kept)),
                uid=new_uid(),
            )  # fmt: skip
            keeps[back.label] = {people[one] for one in kept}
        salon.close_shift()
        close_day(salon.manager, next_day=FIRST_DAY + timedelta(days=day + 1), uid=new_uid())
    helper = {one.number for one in _of_grade(3)}
    month = by_hand.Month({people[number] for number in helper}, keeps)
    slips = PrintJob.select().where(PrintJob.kind << ("sale", "return", "card"))
    for job in slips.order_by(PrintJob.key):
        month.read(printed(job))
    for number, name in people.items():
        print_month(salon.owner, User.get(User.name == name).key, 202603, uid=new_uid())
        job = PrintJob.select().order_by(PrintJob.key.desc()).first()
        said = re.search(r"提成 +-?￥(-?\d+\.\d\d)", printed(job))
        assert said is not None and by_hand.fen(said[1]) == month.earned[name], (number, name)
    report = make(salon.owner, STYLISTS, Period(FIRST_DAY, LAST))
    assert {row[0]: row[5].minor for row in report.rows} == {
        name: month.earned[name] for name in names if any(row[0] == name for row in report.rows)
    }
    assert len(report.rows) == STAFF
    assert sum(month.earned.values()) == report.totals[5].minor > 0
    assert verify() == []


def _of_grade(position: int) -> list[Any]:
    from models.salon.stylists import Stylist

    return list(Stylist.select().where(Stylist.grade == Grade.get(Grade.position == position)))
