"""The past days of the demonstration shop, lived through the ordinary operations.

Two shifts a day, the morning's and the evening's; each day in one transaction, so that a slow disk
waits a dozen times and not two thousand. The same dice fall each time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from models.base import clock
from models.base.database import transaction
from models.base.fields import store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.settling import in_cash
from models.goods.goods import Goods
from models.goods.records import save_goods
from models.ledger.daily import days, drawer, shift_life
from models.ledger.debts import account_payments
from models.ledger.folios import Folio
from models.ledger.gateway.orders import ASKED, PAID
from models.ledger.pay_codes.payments import begin_pay_code, keep_answer
from models.ledger.ways.cash import cash_rule
from models.ledger.ways.tender_kinds import Paying
from models.selling.items import find_item
from models.selling.promotion_kinds import BUY_GET
from models.selling.promotion_rows import save_promotion
from models.shop import basket, bill_changes, bill_life, sales
from models.shop.basket import Basket
from models.shop.customers import set_customer
from models.shop.return_lines import giving_back, last_sale, sold_lines
from models.shop.returns import return_goods
from models.trust import approvals, print_queue, sign_in
from models.trust.operation import Session
from models.trust.print_queue import PrintJob
from tui.demo import counting, hotel, salon, salon_day, vouchers
from tui.demo.buying import Buying
from tui.demo.goods import Listed
from tui.demo.hands import Hands
from tui.demo.people import CASHIER, FRONT_DESK, MANAGER, STOCK_CLERK, SUPPLIER
from tui.demo.tongue import own

CASH, CARD, WECHAT, ALIPAY, ON_ACCOUNT = 1, 2, 3, 4, 5
# Bills in a shift, Monday to Sunday.
BILLS = (14, 13, 13, 15, 17, 21, 19)
FLOAT = {10000: 2, 5000: 2, 2000: 5, 1000: 10, 500: 10, 100: 40, 50: 20, 10: 30}
NOTES = (10000, 5000, 2000, 1000, 500, 100, 50, 10)
REASONS = ("顾客改主意/Changed his mind", "扫错/Wrong scan", "价签不符/Wrong label")


@dataclass(frozen=True, slots=True)
class Shop:
    """What the shop sells, how often each, to whom on account, and who is known by name."""

    goods: list[Listed]
    popular: list[float]
    companies: list[Folio]
    known: list[int]


@dataclass(slots=True)
class Till:
    """The register on one day, and who stands at it."""

    hands: Hands
    shop: Shop
    manager: Session
    cashier: Session

    @property
    def dice(self) -> Random:
        return self.hands.dice


def live(shop: Shop, *, first: date, today: date, told: Callable[[], None]) -> None:
    """Live from the first day to the evening before today; `told` is called after each day."""
    hands = Hands(20_260_101)
    # Everything before the first morning happened at the founding.
    with clock.use(lambda: hands.now):
        day = first
        hands.go_to(day, 7)
        with transaction():
            house = hotel.furnish(hands.door.enter(MANAGER), hands, first)
            hotel.book_ahead(house, first)
            _promote(hands, shop)
            bought = Buying(hands.door.enter(MANAGER), shop.goods, first)
            salon.open_salon(hands.door.enter(MANAGER))
        while day < today:
            with transaction():
                is_last = day + timedelta(1) == today
                _live_day(hands, shop, house, bought, day=day, is_last=is_last)
            day += timedelta(days=1)
            told()
        with transaction():
            salon_day.live(hands, today)


def _promote(hands: Hands, shop: Shop) -> None:
    """The second piece of what sells best costs half."""
    best = shop.goods[max(range(len(shop.goods)), key=shop.popular.__getitem__)]
    goods: Goods = Goods.get(Goods.code == best.code)
    save_promotion(
        hands.door.enter(MANAGER), None, name=own("第二件半价/Second at half"), kind=BUY_GET, buy=1,
        more=1, rate=Rate.percent("50"), goods=[{"goods": goods.key}], uid=hands.uid(),
    )  # fmt: skip


def _live_day(
    hands: Hands, shop: Shop, house: hotel.House, bought: Buying, *, day: date, is_last: bool
) -> None:
    hands.go_to(day, 7, 40)
    manager = hands.door.enter(MANAGER)
    bought.live(manager, day)
    hotel.book_ahead(house, day + timedelta(days=1))
    for person, hour in ((CASHIER, 8), (FRONT_DESK, 15)):
        hands.go_to(day, hour)
        cashier = hands.door.enter(person)
        till = Till(hands, shop, manager, cashier)
        if person is CASHIER:
            hotel.live_morning(house, day)
        else:
            hotel.live_evening(house, day)
        _live_shift(till, day=day, is_evening=person is FRONT_DESK)
        if is_last and person is FRONT_DESK:
            _leave_open_work(till)
        sign_in.sign_out(cashier)
    if is_last:
        bought.put_labels(manager)
        bought.leave_open(manager, day + timedelta(days=1))
        counting.count_a_shelf(manager, shop.goods)
        counting.leave_a_count_open(manager, shop.goods)
        _reprice(hands, manager, shop)
        hotel.book_group(house, day + timedelta(days=1))
        hotel.leave_open(house, day + timedelta(days=1))
    hands.go_to(day, 22, 10)
    hotel.live_night(house, manager, day)
    days.close_day(manager, next_day=day + timedelta(days=1), uid=hands.uid())
    sign_in.sign_out(manager)
    _all_printed()


def _reprice(hands: Hands, manager: Session, shop: Shop) -> None:
    """In the evening the last goods of the list become a little dearer or cheaper."""
    for number, each in enumerate(shop.goods[-5:]):
        goods: Goods = Goods.get(Goods.code == each.code)
        price = goods.price + Money(30 if number % 3 else -20, goods.price.currency)
        save_goods(
            manager, goods.key, version=goods.version, price=price, uid=hands.uid()
        )  # fmt: skip


def _live_shift(till: Till, *, day: date, is_evening: bool) -> None:
    shift = shift_life.open_shift(till.cashier, FLOAT, uid=till.hands.uid())
    bills = BILLS[day.weekday()]
    for number in range(bills):
        till.hands.wait(200, 900)
        _bill(till, number)
        if number == bills // 2:
            _cash_moves(till, day)
            if day.weekday() == 5:
                _goods_back(till)
            if not is_evening:
                vouchers.live(till.cashier, till.manager, till.shop.goods, day)
                salon.live(till.cashier)
    if is_evening and day.weekday() in (4, 6):
        _account_paid(till)
        _supplier_paid(till)
    _count_and_close(till, shift.key, day, is_evening=is_evening)


def _bill(till: Till, number: int) -> None:
    """One customer: scans, now and then a correction or a discount, then payment."""
    bill = basket.new_basket(till.cashier)
    if not number % 4:
        set_customer(till.cashier, bill, till.shop.known[number // 4 % len(till.shop.known)])
    for _ in range(till.dice.choices((1, 2, 3, 4, 6, 9), (24, 26, 20, 14, 10, 6))[0]):
        _ring(till, bill)
    roll = till.dice.random()
    if roll < 0.05 and len(bill.lines) > 1:
        number = till.dice.choice(bill.lines).number
        reason = own(till.dice.choice(REASONS))
        bill_changes.remove_line(
            till.cashier, bill.draft, number, reason=reason, uid=till.hands.uid()
        )
    elif roll < 0.07:
        reason = own("顾客没带钱/No money on him")
        bill_life.cancel_bill(till.cashier, bill.draft, reason=reason, uid=till.hands.uid())
        return
    elif roll < 0.17:
        _discount(till, bill)
    bill = basket.refresh(bill)
    till.hands.wait(10, 60)
    due = bill.amount_due
    payings = _payings(till, due)
    if len(payings) == 1 and payings[0].tender == ALIPAY and not due.minor % 3:
        _by_gateway(till, bill.draft, due)
        payings = []
    sales.sell(till.cashier, bill.draft, payings, shown=due, uid=till.hands.uid())


def _by_gateway(till: Till, draft: int, due: Money) -> None:
    """The gateway took it: at once, as it mostly does."""
    tail, uid = _reference(till)[:4], till.hands.uid()
    order = begin_pay_code(till.cashier, draft, ALIPAY, due, tail=tail, uid=uid)
    keep_answer(
        till.cashier, order.key, seen=ASKED, state=PAID, theirs=f"4200{order.order[1:]}",
        uid=till.hands.uid(),
    )  # fmt: skip


def _ring(till: Till, bill: Basket) -> None:
    each = till.dice.choices(till.shop.goods, till.shop.popular)[0]
    till.hands.wait(2, 9)
    if each.is_weighed:
        item = find_item(each.code)
        weight = Quantity(till.dice.randrange(180, 2600, 2))
        # As the scale's label says it, when the customer weighed it himself.
        printed = item.price.times(weight) if till.dice.random() < 0.5 else None
        basket.ring(bill, item, weight, printed=printed)
    else:
        pieces = till.dice.choices((1, 2, 3, 5), (78, 15, 5, 2))[0]
        basket.ring(bill, find_item(each.barcode), Quantity.of(pieces))


def _discount(till: Till, bill: Basket) -> None:
    kind = till.dice.choice(("bill", "line", "money", "price"))
    line = bill.lines[0]
    uid = till.hands.uid()
    if kind == "bill":
        off = Rate.percent(till.dice.choice(("5", "8", "10")))
        bill_changes.discount_bill(till.cashier, bill.draft, off, uid=uid)
    elif kind == "line" and line.printed is None:
        bill_changes.discount_line(
            till.cashier, bill.draft, line.number, Rate.percent("10"), uid=uid
        )
    elif kind == "price" and line.printed is None and line.price.minor > 500:
        override = till.hands.door.approved(uid, own("外包装破损/Damaged packing"))
        price = line.price - Money(150, line.price.currency)
        bill_changes.override_price(
            till.cashier, bill.draft, line.number, price, override=override, uid=uid
        )
    elif bill.amount_due.minor > 3000:
        off_money = Money(bill.amount_due.minor % 100 or 100, bill.amount_due.currency)
        bill_changes.discount_bill(till.cashier, bill.draft, off_money, uid=uid)


def _payings(till: Till, due: Money) -> list[Paying]:
    tender = till.dice.choices((CASH, CARD, WECHAT, ALIPAY, ON_ACCOUNT), (24, 10, 38, 25, 3))[0]
    if tender == CASH:
        return [Paying(CASH, _handed(till, due))]
    if tender == CARD:
        last_four = f"{till.dice.randrange(10_000):04d}"
        return [Paying(CARD, due, reference=_reference(till), last_four=last_four)]
    if tender == ON_ACCOUNT and due.minor < 15_000:
        return [Paying(ON_ACCOUNT, due, folio=till.dice.choice(till.shop.companies).key)]
    if due.minor > 6000 and till.dice.random() < 0.06:
        cash = Money(5000, due.currency)
        return [Paying(CASH, cash), Paying(WECHAT, due - cash)]
    return [Paying(tender if tender in (WECHAT, ALIPAY) else WECHAT, due)]


def _reference(till: Till) -> str:
    return f"{till.dice.randrange(1_000_000):06d}"


def _handed(till: Till, due: Money) -> Money:
    """What a customer puts down: what is due as coins can pay it, or a round sum above it."""
    step = till.dice.choice((1, 100, 500, 1000, 5000, 10_000))
    coins = in_cash(due, cash_rule())
    return Money(-(-coins.minor // step) * step, due.currency)


def _cash_moves(till: Till, day: date) -> None:
    """What happens at a drawer in a week besides selling."""
    hands, yuan = till.hands, store_currency()
    uid = hands.uid()
    if day.weekday() in (0, 3):
        drawer.pay_in(
            till.cashier, Money.parse("200", yuan), reason=own("补零钱/Change from the safe"),
            override=till.hands.door.approved(uid, own("补零钱/Change")), uid=uid,
        )  # fmt: skip
    elif day.weekday() in (2, 4):
        drawer.pay_out(
            till.cashier, Money.parse("18.50", yuan), reason=own("买办公用水/Water for the office"),
            override=till.hands.door.approved(uid, own("小额支出/Petty cash")), uid=uid,
        )  # fmt: skip
    elif day.weekday() == 5:
        drawer.drop_to_safe(
            till.cashier, Money.parse("300", yuan), bag=f"B{hands.dice.randrange(10_000):04d}",
            override=till.hands.door.approved(uid, own("交款/Drop")), uid=uid,
        )  # fmt: skip
    else:
        drawer.open_drawer(
            till.cashier, reason=own("换零钱/Changed a note"),
            override=till.hands.door.approved(uid, own("换零钱/Changing money")), uid=uid,
        )  # fmt: skip


def _goods_back(till: Till) -> None:
    """Somebody brings the first thing of his bill back, with the slip."""
    sale = last_sale(till.cashier.register)
    assert sale is not None
    line = sold_lines(sale)[0]
    wanted, uid = {line.line.line: line.left}, till.hands.uid()
    return_goods(
        till.cashier, sale, wanted, shown=giving_back(sale, wanted).total, reason="unwanted",
        uid=uid, override=till.hands.door.approved(uid, own("有小票/With his slip")),
    )  # fmt: skip


def _account_paid(till: Till) -> None:
    """A company pays half of what it owes, by phone."""
    folio = max((Folio.get_by_id(each.key) for each in till.shop.companies), key=_owed)
    if folio.balance.minor <= 0:
        return
    amount = Money(-(-folio.balance.minor // 2), folio.balance.currency)
    note = own("月结款/On account")
    account_payments.settle_account(
        till.cashier, folio, [Paying(WECHAT, amount)], amount=amount, note=note,
        uid=till.hands.uid(),
    )  # fmt: skip


def _supplier_paid(till: Till) -> None:
    """What a supplier is owed is paid in part, by card."""
    folio: Folio = Folio.get(Folio.name == own(SUPPLIER))
    if folio.balance.minor >= 0:
        return
    amount = Money(-folio.balance.minor // 2, folio.balance.currency)
    account_payments.settle_account(
        till.manager, folio, [Paying(CARD, -amount, reference="26110088")], amount=amount,
        note=own("货款/For goods"), uid=till.hands.uid(),
    )  # fmt: skip


def _owed(folio: Folio) -> int:
    return int(folio.balance.minor)


def _count_and_close(till: Till, shift: int, day: date, *, is_evening: bool) -> None:
    """A blind count that is now and then a little out, then the Z."""
    till.hands.wait(300, 600)
    # The evening of Tuesday is short, the morning of Friday over.
    difference = {(1, True): -100, (4, False): 50}.get((day.weekday(), is_evening), 0)
    cash = drawer.expected_cash(shift).minor + difference
    shift_life.count_drawer(till.cashier, _pieces(cash), uid=till.hands.uid())
    reason = own("找零有误/Wrong change") if difference else ""
    shift_life.close_shift(till.cashier, reason=reason, uid=till.hands.uid())


def _pieces(cash: int) -> dict[int, int]:
    """So much cash in notes and coins; single fen as pieces of one."""
    found = {}
    for value in (*NOTES, 1):
        found[value], cash = divmod(cash, value)
    return {value: pieces for value, pieces in found.items() if pieces}


def _leave_open_work(till: Till) -> None:
    """What the person finds in the morning: a held bill, and a request that waits for a yes."""
    bill = basket.new_basket(till.cashier)
    for _ in range(3):
        _ring(till, bill)
    title = own("王女士 明早来取/Ms Wang")
    bill_life.hold_bill(till.cashier, bill.draft, title=title, called=title, uid=till.hands.uid())
    _request_write_off(till)


def _request_write_off(till: Till) -> None:
    from models.goods.goods import Goods

    clerk = till.hands.door.enter(STOCK_CLERK)
    wanted = (each for each in till.shop.goods if "草莓" in each.plain_name)
    each = next(each for each in wanted if not each.is_weighed)
    goods = Goods.get(Goods.code == each.code)
    approvals.request_approval(
        clerk,
        "stock adjustment",
        title=f"{each.name} ×2",
        body={"goods": goods.key, "quantity": -2000, "reason": own("过期报废/Out of date")},
        reason=own("过期报废/Out of date"),
        uid=till.hands.uid(),
    )
    sign_in.sign_out(clerk)


def _all_printed() -> None:
    """The day's slips are out: nothing of the past may come out of a printer today."""
    # All at once: one after the other took a sixth of the time that the week takes.
    waiting = PrintJob.update(
        state=print_queue.PRINTED, attempts=PrintJob.attempts + 1, changed_at=clock.now()
    )
    waiting.where(PrintJob.state == print_queue.QUEUED).execute()
