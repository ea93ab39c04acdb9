"""Random bills: rung in all quantities, made cheaper by people of all limits, approved and not,
changed, put aside, cancelled, fetched and sold.

Every discount and price that is given, and every sale, is held against tests/models/entitled.py.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from models import store
from models.base.hot import query
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.ledger.daily import shift_life
from models.ledger.ways.tender_kinds import Paying
from models.selling import items
from models.shop import basket, bill_changes, bill_life, sales
from models.stock.stock import OutOfStock
from models.trust.operation import NeedsOverride, OverrideRefused, Session, new_uid
from models.trust.users import rights_of
from tests.models.entitled import ALL, Entitled
from tests.stores import CARD, CNY, OPENED_AT, Shop

CODES = ("1001", "1002", "1003", "1004", "1005", "6901234500066")
PEOPLE = ("owner", "owner", "manager", "cashier")
CASHIERS = "收银员"

people = st.sampled_from(PEOPLE)
sellers = st.sampled_from(("cashier", "cashier", "cashier", "manager"))
places = st.integers(0, 3)
yes_or_no = st.booleans()
pieces = st.sampled_from([Quantity.of(n) for n in (1, 1, 1, 2, 3, 4, 10, 50)])
odd = st.sampled_from([Quantity(n) for n in (1, 500, 1001, 0, -1000, 99_999_001)])
quantities = st.one_of(pieces, pieces, pieces, odd)
rates = st.sampled_from(
    [Rate(n) for n in (10_000, 50_000, 100_000, 100_010, 250_000, 500_000, 1_000_000)]
)
amounts = st.sampled_from([Money(n, CNY) for n in (1, 20, 50, 199, 200, 350, 500, 2_500)])
discounts = st.one_of(st.none(), rates, rates, amounts)
some = st.sampled_from([None, None, Quantity.of(1), Quantity.of(2)])
rung = st.lists(st.tuples(st.sampled_from(CODES), pieces), min_size=1, max_size=2)
Rung = list[tuple[str, Quantity]]
# Nothing is changed on an empty bill: what is refused there would be most of what is done.
on_lines = precondition(lambda self: self.bill and self.bill.lines)

_TABLES = (
    "document", "entry", "stock_move", "till_event", "print_job", "shift",
    "payment", "taken_payment", "audit",
)  # fmt: skip


def rows() -> tuple[int, ...]:
    """How many rows there are where work leaves some; the audit chain last."""
    return tuple(query(f'SELECT count(*) FROM "{table}"')[0][0] for table in _TABLES)


class RandomBills(RuleBasedStateMachine):
    """Two counters with at most one bill on the screen, each."""

    def __init__(self, shop: Shop, clean_up: Callable[[], None]) -> None:
        super().__init__()
        self.shop, self.clean_up = shop, clean_up
        # Each day begins at the same time, or a failure could not be found again.
        shop.clock.at = OPENED_AT
        self.register = 1
        self.bills: dict[int, basket.Basket | None] = {1: None, 2: None}
        self.entitled: dict[int, Entitled] = {}
        self.held: list[int] = []
        self.dropped: list[int] = []
        self.sold = 0
        self.again: tuple[Callable[..., Any], UUID, Any] | None = None

    @property
    def bill(self) -> basket.Basket | None:
        """The bill on the screen of this counter."""
        return self.bills[self.register]

    @bill.setter
    def bill(self, bill: basket.Basket | None) -> None:
        self.bills[self.register] = bill

    def who(self, login: str) -> Session:
        return self.shop.who(login, self.register)

    def most_of(self, login: str) -> Fraction:
        """The largest part that somebody may take off."""
        rights = rights_of(self.shop.users[login])
        assert rights is not None
        if not rights.holds("give discount"):
            return Fraction(0)
        most = rights.most("give discount")
        return ALL if most is None else Fraction(most, 100_000)

    def done(self, work: Callable[..., Any], *, changes: int = 0) -> Any:
        """Do it once, and now and then remember it for a second try. None when it is refused."""
        uid, before = new_uid(), rows()
        try:
            result = work(uid=uid)
        except Refusal as refusal:
            after = rows()
            # A denial leaves one row in the chain, and nothing else.
            denied = isinstance(refusal, NeedsOverride | OverrideRefused)
            assert after == (*before[:-1], before[-1] + denied), refusal
            return None
        self.again = (work, uid, result)
        self.money_moved(changes)
        return result if result is not None else True

    def money_moved(self, changes: int) -> None:
        """So much came into the drawer of this counter."""

    # --- ringing

    @rule(code=st.sampled_from(CODES), many=quantities, grams=st.integers(1, 5000))
    def ring(self, code: str, many: Quantity, grams: int) -> None:
        if self.bill is None:
            self.bill = basket.open_basket(self.who("cashier"))
        quantity = Quantity(grams) if code == "1003" else many
        with suppress(basket.QuantityWrong, OutOfStock):
            basket.ring(self.bill, items.find_item(code), quantity)

    @precondition(lambda self: self.bill)
    @rule(minor=st.integers(0, 3000))
    def ring_label(self, minor: int) -> None:
        """Goods at the amount that is printed on them."""
        bill = self.bill
        assert bill is not None
        basket.ring(bill, items.find_item("1005"), Quantity.of(1), printed=Money(minor, CNY))

    # --- changing

    def on_bill(
        self, work: Callable[..., Any], *given: Any, login: str, approve: bool = False, **more: Any
    ) -> tuple[Any, Fraction]:
        """Do it to the bill on the screen, approved by the manager if need be; the answer, and how
        much those who did it may take off.
        """
        bill = self.bill
        if bill is None:
            return None, Fraction(0)
        who, most = self.who(login), self.most_of(login)
        answer = self.done(lambda uid: work(who, bill.draft, *given, uid=uid, **more))
        if answer is None and approve and login != "manager":
            most = self.most_of("manager")
            answer = self.done(
                lambda uid: work(
                    who, bill.draft, *given, uid=uid, override=self.shop.override(uid), **more
                )
            )
        self.refresh()
        return answer, most

    def line(self, place: int) -> int:
        """The number of a line that is there; now and then of one that is not."""
        lines = self.bill.lines if self.bill else []
        return lines[place % len(lines)].number if lines else place

    def refresh(self) -> None:
        if self.bill is not None:
            self.bill = basket.refresh(self.bill)
            self.given_on(self.bill).forget(self.bill)

    def given_on(self, bill: basket.Basket) -> Entitled:
        return self.entitled.setdefault(bill.draft, Entitled())

    @on_lines
    @rule(login=people, place=places)
    def remove(self, login: str, place: int) -> None:
        answer, most = self.on_bill(bill_changes.remove_line, self.line(place), login=login)
        if answer is not None and self.bill is not None:
            self.given_on(self.bill).left(self.bill, most)

    @on_lines
    @rule(login=people, place=places, many=quantities, approve=yes_or_no)
    def set_quantity(self, login: str, place: int, many: Quantity, approve: bool) -> None:
        number, before = self.line(place), self.bill
        answer, most = self.on_bill(
            bill_changes.set_quantity, number, many, login=login, approve=approve, is_sure=True
        )
        if answer is None or self.bill is None:
            return
        self.given_on(self.bill).given_line(self.bill.lines[self.bill.place_of(number)], most)
        if before is not None and self.bill.total.amount < before.total.amount:
            self.given_on(self.bill).left(self.bill, most)

    @on_lines
    @rule(login=people, place=places, off=discounts, only=some, approve=yes_or_no)
    def discount_line(
        self, login: str, place: int, off: Any, only: Quantity | None, approve: bool
    ) -> None:
        number = self.line(place)
        answer, most = self.on_bill(
            bill_changes.discount_line, number, off, login=login, approve=approve, pieces=only
        )
        if answer is not None and self.bill is not None:
            self.given_on(self.bill).changed(answer)
            self.rest_given(number, answer, most)
            if off is not None:
                self.given_on(self.bill).given(self.bill, most, answer)

    @on_lines
    @rule(
        login=people, place=places, price=st.sampled_from([-1, 0, 1, 50, 180, 190, 350, 5_000]),
        only=some, approve=yes_or_no,
    )  # fmt: skip
    def override_price(
        self, login: str, place: int, price: int, only: Quantity | None, approve: bool
    ) -> None:
        number = self.line(place)
        answer, most = self.on_bill(
            bill_changes.override_price, number, Money(price, CNY), login=login,
            approve=approve, pieces=only,
        )  # fmt: skip
        if answer is not None and self.bill is not None:
            self.given_on(self.bill).changed(answer)
            self.rest_given(number, answer, most)
            self.given_on(self.bill).given(self.bill, most, answer)

    def rest_given(self, number: int, apart: int, most: Fraction) -> None:
        """Some pieces of a line stand apart now: whoever parted them gives the rest what is on it,
        as an amount for ten is more for eight.
        """
        assert self.bill is not None
        rest = [line for line in self.bill.lines if line.number == number != apart]
        for line in rest:
            self.given_on(self.bill).given_line(line, most)

    @on_lines
    @rule(login=people, off=discounts, approve=yes_or_no)
    def discount_bill(self, login: str, off: Any, approve: bool) -> None:
        answer, most = self.on_bill(bill_changes.discount_bill, off, login=login, approve=approve)
        if answer is not None and self.bill is not None:
            self.given_on(self.bill).given(self.bill, most)

    @on_lines
    @rule(login=people, approve=yes_or_no)
    def approve_bill(self, login: str, approve: bool) -> None:
        answer, most = self.on_bill(bill_changes.approve_bill, login=login, approve=approve)
        if answer is not None and self.bill is not None:
            entitled = self.given_on(self.bill)
            # Within what was given nobody is asked, and nothing is given anew.
            entitled.sold(self.bill, most)
            if most == ALL:
                entitled.given(self.bill, most, *(line.number for line in self.bill.lines))

    @rule(per_cent=st.sampled_from([0, 5, 10, 10, 25]))
    def set_limit(self, per_cent: int) -> None:
        self.shop.give(self.shop.owner, CASHIERS, give_discount=per_cent * 1000)

    # --- the whole bill

    @precondition(lambda self: self.bill)
    @rule(login=people, is_held=yes_or_no)
    def put_away(self, login: str, is_held: bool) -> None:
        if is_held:
            self.hold()
        else:
            self.cancel(login)

    def cancel(self, login: str) -> None:
        bill = self.bill
        assert bill is not None
        if self.done(lambda uid: bill_life.cancel_bill(self.who(login), bill.draft, uid=uid)):
            self.dropped.append(bill.draft)
            self.bill = None

    def hold(self) -> None:
        bill = self.bill
        assert bill is not None
        who = self.who("cashier")
        if self.done(lambda uid: bill_life.hold_bill(who, bill.draft, title="x", uid=uid)):
            self.held.append(bill.draft)
            self.bill = None

    @precondition(lambda self: self.held or self.dropped)
    @rule(of_dropped=yes_or_no)
    def fetch(self, of_dropped: bool) -> None:
        """A bill on hold or a cancelled one; what is on the screen waits instead, in one step."""
        where = self.dropped if self.dropped and (of_dropped or not self.held) else self.held
        draft, who, before = where[-1], self.who("cashier"), self.bill
        instead = before.draft if before else None
        # The name of the bill that waits now: "" where none does.
        name = self.done(
            lambda uid: bill_life.fetch_bill(who, draft, instead_of=instead, title="y", uid=uid)
        )
        if name is not None:
            where.remove(draft)
            if before is not None and before.lines:
                self.held.append(before.draft)
            self.bill = basket.load_key(draft)

    def sell(self, login: str, payings: list[Paying], *, approve: bool = False) -> Any:
        """Sell the bill on the screen, and hold it against what was given."""
        bill, who = self.bill, self.who(login)
        assert bill is not None
        self.refresh()
        bill, most = self.bill, self.most_of(login)
        assert bill is not None
        due = bill.amount_due
        sold = self.done(lambda uid: sales.sell(who, bill.draft, payings, shown=due, uid=uid))
        if sold is None and approve:
            most = max(most, self.most_of("manager"))
            sold = self.done(
                lambda uid: sales.sell(
                    who, bill.draft, payings, shown=due, uid=uid, override=self.shop.override(uid)
                )
            )
        if sold is not None:
            self.sold += 1
            self.given_on(bill).sold(bill, most)
            self.bill = None
        return sold

    @rule(
        first=rung, giver=people, off=discounts, of_bill=yes_or_no, approve=yes_or_no, more=rung,
        many=st.one_of(st.none(), pieces), also=discounts, login=sellers,
    )  # fmt: skip
    def customer(
        self, first: Rung, giver: str, off: Any, of_bill: bool, approve: bool, more: Rung,
        many: Quantity | None, also: Any, login: str,
    ) -> None:  # fmt: skip
        """A whole customer: something is made cheaper, then more is rung, a line is made cheaper
        once more, and it is paid. Of bills rung and changed step by step one in eight is ever sold,
        and none with a discount.
        """
        for code, pieces in first:
            self.ring(code, pieces, 700)
        if of_bill:
            self.discount_bill(giver, off, approve)
        else:
            self.discount_line(giver, 0, off, None, approve)
        for code, pieces in more:
            self.ring(code, pieces, 1300)
        if many is not None:
            self.set_quantity(login, 0, many, False)
        if also is not None:
            self.discount_line("cashier", 0, also, None, False)
        self.pay_by_card(login)

    def pay_by_card(self, login: str, *, approve: bool = False) -> None:
        """Sell the bill on the screen, all of it paid by card."""
        raise NotImplementedError

    def teardown(self) -> None:
        store.close_store()
        self.clean_up()


class OnlyBills(RandomBills):
    """Nothing but bills, paid by card: for finding what makes them too cheap."""

    def __init__(self, shop: Shop, clean_up: Callable[[], None]) -> None:
        super().__init__(shop, clean_up)
        for register in (1, 2):
            shift_life.open_shift(shop.who("cashier", register), {100: 0}, uid=new_uid())

    @on_lines
    @rule(login=sellers, approve=yes_or_no)
    def pay(self, login: str, approve: bool) -> None:
        self.pay_by_card(login, approve=approve)

    def pay_by_card(self, login: str, *, approve: bool = False) -> None:
        bill = self.bill
        assert bill is not None
        due = basket.refresh(bill).amount_due
        payings = [Paying(CARD, due, reference="R")] if due else []
        self.sell(login, payings, approve=approve)
