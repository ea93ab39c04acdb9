"""What the staff earn beside work on bills: by cards they sold, by a deposit that was kept, and by
the month as a whole. All of it are entries beside those of work (commission.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from models.base.exact import divide, shares
from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.rates import Rate
from models.ledger.accounts import TIPS_OWED, WAGES
from models.ledger.daily.days import BusinessDay
from models.ledger.documents import Document, Leg, begin_document, post_document
from models.members.sellers import CardSold, GivesBack, SaleBack
from models.salon.appointments import AppointmentLine
from models.salon.commission import KEPT, MONTH, Earned, month_of, store_earned
from models.salon.commission_rules import (
    CARD,
    WORK,
    CommissionRule,
    WorkDone,
    kept_deposit_pays,
    rule_for,
    rule_for_card,
    rules_in_force,
)
from models.salon.commission_steps import read_steps
from models.salon.names import MONTH_END
from models.salon.tickets import price_of
from models.selling.charges import STYLIST, Served
from models.trust.operation import Job
from models.trust.users import User

# --- cards


def add_card_sold(document: Document, sold: CardSold) -> None:
    """Write what those get who sold a card; who gets nothing has an entry too: it is his sale."""
    if not sold.sellers:
        return
    rules, weights = rules_in_force(), [hand.share.millionths for hand in sold.sellers]
    parts = sold.paid.split(weights)
    earned = []
    for place, hand in enumerate(sold.sellers):
        rule, base = rule_for_card(rules, sold.kind, hand.grade), parts[place]
        if rule is None:
            earned.append(Earned(1, hand, base.minor, 0, event=CARD))
        elif rule.each is None:
            earned.append(Earned(
                1, hand, base.minor, base.part(rule.rate).minor, rule=rule.number,
                rate=rule.rate.millionths, event=CARD,
            ))  # fmt: skip
        else:
            earned.append(Earned(
                1, hand, base.minor, rule.each.split(weights)[place].minor, rule=rule.number,
                each=rule.each.minor, event=CARD,
            ))  # fmt: skip
    store_earned(document, earned)


_SOLD = Statement(
    'SELECT "line", "user", "name", "grade", "rule", "base", "share", "rate", "each", "amount" '
    f'FROM "commission_entry" WHERE "document_id" = ? AND "event" = \'{CARD}\' ORDER BY "line"'
)
# What of each entry of a sale went back before: below zero.
_CARD_BACK = Statement(
    'SELECT "of_entry", sum("base"), sum("amount") FROM "commission_entry" '
    f'WHERE "of_document" = ? AND "event" = \'{CARD}\' AND "is_kept" = ? GROUP BY "of_entry"'
)


def take_card_back(document: Document, sales: Sequence[SaleBack], kept_by: Sequence[int]) -> None:
    """What was earned by selling a card goes back in proportion to the money that does, but of
    those who keep it.
    """
    store_earned(document, [entry for sale in sales for entry in _card_back(sale, kept_by)])


def card_gives_back(sales: Sequence[SaleBack]) -> Iterator[GivesBack]:
    """Who would give back what of these sales of a card."""
    for one in (entry for sale in sales for entry in _card_back(sale, ())):
        yield GivesBack(one.hand.user, one.hand.name, Money(-one.amount, store_currency()))


def _card_back(sale: SaleBack, kept_by: Sequence[int]) -> Iterator[Earned]:
    """Cumulative, as everywhere: in whatever parts a card goes back, each gives back in the end
    what he got, and what the parts are taken of sums to the money.
    """
    sold = _SOLD.rows(sale.document)
    before = [tuple(map(int, row)) for row in _CARD_BACK.rows(sale.document, False)]
    had = {entry: (base, amount) for entry, base, amount in before}
    went = -sum(base for base, _ in had.values())
    rest = [int(row[5]) + had.get(int(row[0]), (0, 0))[0] for row in sold]
    bases = shares(sale.part, rest) if any(rest) else [0] * len(rest)
    for row, base_back in zip(sold, bases, strict=True):
        line, user, name, grade, rule, _, share, rate, each, amount = row
        hand = Served(user, name, STYLIST, Rate(share), grade)
        back = divide(amount * (went + sale.part), sale.whole) + had.get(int(line), (0, 0))[1]
        told = {"rule": rule, "rate": rate, "each": each, "source": (sale.document, line),
                "event": CARD}  # fmt: skip
        yield Earned(1, hand, -base_back, -back, quantity=-1000, **told)
        if user in kept_by and back:
            yield Earned(1, hand, base_back, back, is_kept=True, **told)


# --- deposits


def add_kept_deposit(
    document: Document, lines: Sequence[AppointmentLine], held: Money, *, is_member: bool
) -> None:
    """Where the owner wants it: who would have done the work has his part of a deposit that was
    kept, as his rule pays for the work; a fixed sum in proportion.
    """
    if not kept_deposit_pays.value() or not lines:
        return
    rules = rules_in_force()
    prices = [_price(line).minor for line in lines]
    earned = []
    for n, (line, part) in enumerate(zip(lines, held.split(prices), strict=True), 1):
        stylist = line.stylist
        if stylist is None or not part:
            continue
        goods = line.goods
        rule = rule_for(rules, WorkDone(goods.key, goods.category_id, stylist.grade.name,
                                        line.is_asked, is_member))  # fmt: skip
        if rule is None:
            continue
        hand = Served(stylist.user_id, stylist.name, grade=stylist.grade.name,
                      is_asked=line.is_asked)  # fmt: skip
        each = rule.each.minor if rule.each else 0
        amount = part.part(rule.rate).minor
        if each:
            amount = divide(each * part.minor, prices[n - 1])
        earned.append(Earned(
            n, hand, part.minor, amount, rule=rule.number, basis=rule.base,
            rate=rule.rate.millionths, each=each, event=KEPT,
        ))  # fmt: skip
    store_earned(document, earned)


def _price(line: AppointmentLine) -> Money:
    level = line.stylist.grade.price_level if line.stylist else 1
    return price_of(line.goods_id, level) or line.goods.price


# --- the month

# What came back of an earlier month was of that one's steps.
_OF_MONTH = Statement(
    'SELECT c."user", sum(c."base"), sum(c."amount"), max(c."grade") FROM "commission_entry" c '
    'LEFT JOIN "commission_entry" o ON o."document_id" = c."of_document" '
    'AND o."line" = c."of_entry" '
    f'WHERE c."month" = ? AND c."rule" = ? AND c."event" = \'{WORK}\' '
    'AND (c."of_document" IS NULL OR o."month" = c."month") '
    'GROUP BY c."user" ORDER BY c."user"'
)
_BROUGHT = Statement(
    'SELECT "user", sum("base") FROM "commission_entry" '
    f'WHERE "month" = ? AND "event" = \'{WORK}\' GROUP BY "user"'
)


def end_months(job: Job) -> None:
    """The day's close: where a rule pays the step that was reached for the whole month, what is
    due beyond its lines is an entry for each, once the month is over.
    """
    rules = [rule for rule in rules_in_force() if rule.is_whole]
    for month in _over(job.day) if rules else ():
        earned = list(_extra(month, rules))
        if not earned:
            continue
        zero = Money.zero(store_currency())
        document = begin_document(job, MONTH_END, total=zero, note=str(month))
        store_earned(document, earned, month=month)
        post_document(job, document, [Leg(WAGES, zero), Leg(TIPS_OWED, zero)], month=month)


def _over(day: date) -> list[int]:
    """The months that this close ends: its own on the last day; the one before it where that was
    not closed on its last day, at the first close after.
    """
    first = day.replace(day=1)
    last = first - timedelta(days=1)
    later = BusinessDay.select().where(BusinessDay.date >= last, BusinessDay.date < day)
    found = [] if later.exists() else [month_of(last)]
    return found + ([month_of(day)] if (day + timedelta(days=1)).day == 1 else [])


def _extra(month: int, rules: Sequence[CommissionRule]) -> Iterator[Earned]:
    brought = {int(user): int(base) for user, base in _BROUGHT.rows(month)}
    names = {user.key: user.name for user in User.select()}
    for rule in rules:
        steps = read_steps(rule.steps)
        for user, base, had, grade in _OF_MONTH.rows(month, rule.number):
            rate = steps.rate_at(rule.rate, brought[int(user)])
            more = divide(int(base) * rate.millionths, 1_000_000) - int(had)
            if more > 0:
                hand = Served(int(user), names[int(user)], grade=grade)
                yield Earned(1, hand, int(base), more, rule=rule.number, basis=rule.base,
                             rate=rate.millionths, event=MONTH)  # fmt: skip
