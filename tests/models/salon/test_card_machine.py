"""Cards in any order of operations: sold, topped up, used on tickets, brought back, put together,
given up, run out, the day closed. After each step what is owed is what the lots say, the proof of
what is owed closes, and what the staff got of a line is of its whole.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest

from models.base.hot import query
from models.base.money import Money
from models.base.quantity import Quantity
from models.ledger.accounts import VALUE_CARD_LIABILITY
from models.ledger.daily.days import close_day, store_day
from models.ledger.proving.proof import verify
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender
from models.members.card_changes import merge_cards, replace_card
from models.members.card_kinds import save_card_kind
from models.members.card_refunds import BY_CUSTOMER, BY_STORE, refund_card, worth_of
from models.members.cards import GOOD, Card, balance_of, sell_card
from models.members.kinds import VALUE_CARD
from models.members.lots import lots_of
from models.people.records import save_person
from models.reports.member_lists import TAKEN_AND_EARNED
from models.reports.report import Period, make
from models.shop.return_lines import giving_back
from models.shop.returns import return_goods
from models.shop.sales import sell
from models.trust.operation import new_uid
from models.trust.settings import change_settings
from tests.models.members.carded import balance
from tests.models.salon.salon import COLOUR, CUT, WASH, service
from tests.models.salon.test_tickets import rule, ticket
from tests.stores import CARD, FIRST_DAY, Shop, yuan

ONE = Quantity.of(1)


class Walk:
    """Steps by chance; each looks at what must hold."""

    def __init__(self, salon: Shop, seed: int) -> None:
        self.salon, self.chance = salon, random.Random(seed)
        change_settings(salon.owner, {"salon.both_ends": True}, uid=new_uid())
        offers = [{"amount": yuan("300"), "bonus": yuan("77.77")}]
        self.kind = save_card_kind(
            salon.owner, None, name="储值卡", form="value", bonus_days=3, parts=offers,
            uid=new_uid(),
        ).key  # fmt: skip
        self.person = save_person(salon.owner, None, name="王芳", uid=new_uid()).key
        service(salon, "333", "护理", "33.33")
        rule(salon, "30", cards="principal")
        rule(salon, "7", event="card")
        self.sold: list[Any] = []
        self.made = 0

    def step(self) -> str:
        steps = (
            self.top_up, self.top_up, self.use, self.use, self.use, self.come_back,
            self.put_together, self.replace, self.give_up, self.next_day,
        )  # fmt: skip
        chosen = self.chance.choice(steps)
        chosen()
        return chosen.__name__

    def cards(self) -> list[Card]:
        return list(Card.select().where(Card.state == GOOD).order_by(Card.number))

    def top_up(self) -> None:
        found, paid = self.cards(), yuan(self.chance.choice(("0.01", "99.99", "300", "333.33")))
        number = f"88{self.made:04}"
        if found and self.chance.random() < 0.5:
            number = self.chance.choice(found).number
        self.made += 1
        sell_card(
            self.salon.owner, self.kind, number, [Paying(CARD, paid, reference="A1")], amount=paid,
            person=self.person, sellers=self.chance.choice(("", "8", "8:33.3 9 21")),
            uid=new_uid(),
        )  # fmt: skip

    def use(self) -> None:
        bill = ticket(self.salon, *[
            (code, self.chance.choice(("8", "9 21", "8:33.33* 9:33.33 21:33.34")))
            for code in self.chance.sample((CUT, COLOUR, WASH, "333"), self.chance.randint(1, 3))
        ])  # fmt: skip
        due, payings = bill.amount_due, list[Paying]()
        tender = Tender.get(Tender.kind == VALUE_CARD).number
        for one in self.chance.sample(self.cards(), min(2, len(self.cards()))):
            most = min(balance_of(one.number, store_day()).minor, due.minor)
            part = Money(self.chance.choice((most, self.chance.randint(0, most))), due.currency)
            if part:
                payings.append(Paying(tender, part, code=one.number))
                due -= part
        if due:
            payings.append(Paying(CARD, due, reference="A1"))
        sale = sell(self.salon.owner, bill.draft, payings, shown=bill.amount_due, uid=new_uid())
        self.sold.append(sale)

    def come_back(self) -> None:
        """What is brought back mirrors the sale: money, card, and commission."""
        if not self.sold:
            return
        sale = self.sold.pop(self.chance.randrange(len(self.sold)))
        lines = int(
            query('SELECT count(*) FROM "charge_line" WHERE "document_id" = ?', sale.key)[0][0]
        )
        quantities = dict.fromkeys(range(1, lines + 1), ONE)
        giving = giving_back(sale.key, quantities)
        back = return_goods(
            self.salon.owner, sale.key, quantities, shown=giving.total, reason="unwanted",
            uid=new_uid(),
        )  # fmt: skip
        for table in ("commission_entry", "lot_move", "charge_line"):
            sums = [
                query(
                    f'SELECT coalesce(sum("amount"), 0) FROM "{table}" WHERE "document_id" = ?', key
                )
                for key in (sale.key, back.key)
            ]
            assert sums[0][0][0] == -sums[1][0][0], table

    def put_together(self) -> None:
        found = self.cards()
        if len(found) > 1:
            one, other = self.chance.sample(found, 2)
            merge_cards(
                self.salon.owner, one.key, other.number, version=one.version, reason="并",
                uid=new_uid(),
            )  # fmt: skip

    def replace(self) -> None:
        if found := self.cards():
            one = self.chance.choice(found)
            self.made += 1
            replace_card(
                self.salon.owner, one.key, f"89{self.made:04}", version=one.version, reason="丢",
                uid=new_uid(),
            )  # fmt: skip

    def give_up(self) -> None:
        found = [one for one in self.cards() if worth_of(one).paid]
        if not found or self.chance.random() < 0.5:
            return
        one, cause = self.chance.choice(found), self.chance.choice((BY_STORE, BY_CUSTOMER))
        shown = worth_of(one).for_cause(cause)
        payings = [Paying(CARD, -shown, reference="B1")] if shown else []
        refund_card(
            self.salon.owner, one.key, payings, version=one.version, amount=shown, cause=cause,
            shown=shown, reason="退", uid=new_uid(),
        )  # fmt: skip

    def next_day(self) -> None:
        self.salon.close_shift()
        close_day(self.salon.manager, next_day=store_day() + timedelta(days=1), uid=new_uid())
        self.salon.open_shift()

    def holds(self) -> None:
        owed = 0
        for one in Card.select():
            lots = lots_of(one.number)
            owed += sum((lot.rest - lot.bonus_rest).minor for lot in lots)
            for lot in lots:
                moved = (
                    'SELECT coalesce(sum("amount"), 0), coalesce(sum("bonus"), 0) FROM "lot_move"'
                )
                assert (lot.rest.minor, lot.bonus_rest.minor) == tuple(
                    map(int, query(f'{moved} WHERE "lot" = ?', lot.key)[0])
                )
        assert balance(VALUE_CARD_LIABILITY) == f"{owed / 100:.2f}"
        report = make(self.salon.owner, TAKEN_AND_EARNED, Period(FIRST_DAY, store_day()))
        before = 0
        for row in report.rows:
            taken, cards, earned, left, sold, used, opening, back, refunded, over = (
                each.minor for each in row[1:]
            )
            assert taken + cards == earned + left - opening, row
            assert opening == before, row
            assert opening + sold + used + back + refunded + over == left, row
            before = left
        assert before == owed
        # What the rules took of a line is no more than was paid for it without the bonus.
        wrong = query(
            'SELECT c."document_id", c."of_line" FROM "commission_entry" c JOIN "charge_line" l '
            'ON l."document_id" = c."document_id" AND l."line" = c."of_line" '
            'GROUP BY c."document_id", c."of_line" '
            'HAVING abs(sum(c."base")) > abs(min(l."amount" - l."share")) '
            'OR sum(c."share") <> 1000000'
        )
        assert not wrong


def _walk(salon: Shop, seed: int, steps: int) -> None:
    walk, taken = Walk(salon, seed), []
    for _ in range(steps):
        taken.append(walk.step())
        try:
            walk.holds()
        except AssertionError as fault:
            raise AssertionError(f"seed {seed}, after {taken}: {fault}") from fault
    assert verify() == [], (seed, taken)


@pytest.mark.row("B-1", "B-2", "SAL-06")
def test_cards_hold_after_any_order(salon: Shop) -> None:
    _walk(salon, 7, 25)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.row("B-1", "B-2", "SAL-06")
@pytest.mark.parametrize("seed", range(4))
def test_cards_hold_after_many_orders(salon: Shop, seed: int) -> None:
    _walk(salon, seed, 120)
