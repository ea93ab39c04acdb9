"""The one taking of payments: for a sale, an account, a deposit, any document, in either direction.

    taking = take_payments(job, due, payings)
    document = begin_document(job, kind, total=taking.total, shift=taking.shift)
    ...
    post_document(job, document, [*taking.store(job, document), *own_legs])

`due` above zero comes in, below zero goes out, and so do the payings. The caller's own legs come to
-due; the entries of the tenders and of the cash rounding are made here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from models.base.card_numbers import CardNumberRefused
from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.settling import CashRule, Settlement, in_cash, settle
from models.base.settling import Tender as Handed
from models.base.values import value
from models.ledger.accounts import CASH_ROUNDING
from models.ledger.daily.drawer import require_in_drawer
from models.ledger.daily.shifts import open_shift_key, open_shift_or_none
from models.ledger.documents import Document, Leg, add_parts
from models.ledger.gateway.orders import book_orders
from models.ledger.ways.cash import cash_rule
from models.ledger.ways.tender_kinds import CODE, FOREIGN, REFERENCE, AccountNeeded, Paying, Take
from models.ledger.ways.tenders import PAYMENTS, Tender, cash_tender, tender_of
from models.trust.operation import Job


class NotPaid(Refusal):
    """The tenders do not come to what is due."""


class OverPaid(Refusal):
    """Only cash gives change, and only for what is paid in."""


class PaymentWrong(Refusal):
    """A payment is above zero, and not itself a charge to an account."""


class CoinWrong(Refusal):
    """No coins make this amount: cash is a multiple of the smallest one."""


class ReferenceNeeded(Refusal):
    """This tender needs the reference that the terminal printed."""


class CodeNeeded(Refusal):
    """This tender needs the code of a card or coupon."""


class RefundTooMuch(Refusal):
    """Money goes back the way it came, and no more than came that way."""


class PaidOutTooMuch(OverPaid):
    """Of what goes out nobody gives change."""


class OtherCard(Refusal):
    """What was paid by a card goes back to that card."""


# The verbs for what goes back the way it came, and for money that goes out otherwise.
REFUND, PAY_OUT = "give refund", "pay out"


@value()
class Taking:
    """Payments that have passed every check, to be stored with their document."""

    due: Money
    takes: tuple[Take, ...]
    settled: Settlement
    shift: int | None

    @property
    def total(self) -> Money:
        """What is paid: what is due, its cash part rounded."""
        return self.due + self.settled.rounding

    @property
    def parts(self) -> list[tuple[Take, Money]]:
        """What each payment settles of what is due: less the change, and without the rounding of
        the cash, which the last cash payment bears.
        """
        amounts = [
            take.paying.given - change
            for take, change in zip(self.takes, self._changes(), strict=True)
        ]
        cash = [place for place, take in enumerate(self.takes) if take.kind.is_cash]
        if cash:
            amounts[cash[-1]] -= self.settled.rounding
        return list(zip(self.takes, amounts, strict=True))

    def store(self, job: Job, document: Document, *, after: int = 0) -> list[Leg]:
        """Store the payments with the open document, behind the first so many of it; their entries,
        and that of the rounding.
        """
        rows, legs = [], []
        taken = zip(self.takes, self._changes(), strict=True)
        for line, (take, change) in enumerate(taken, 1 + after):
            paying = take.paying
            amount = paying.given - change
            rows.append(
                (line, take.tender.key, amount.minor, paying.given.minor, change.minor,
                 amount.currency.code, paying.reference.strip()[:60], paying.last_four.strip(),
                 paying.folio, paying.code)
            )  # fmt: skip
            legs += take.kind.legs(job, document, take, amount)
        add_parts(document, PAYMENTS, rows)
        book_orders(job, document, self.takes)
        return [*legs, Leg(CASH_ROUNDING, -self.settled.rounding)]

    def _changes(self) -> list[Money]:
        """The change of each payment: it goes off the last cash tender."""
        left, changes = self.settled.change, [Money.zero(self.due.currency)] * len(self.takes)
        for place in reversed(range(len(self.takes))):
            if self.takes[place].kind.is_cash and left:
                changes[place] = min(left, self.takes[place].paying.given)
                left -= changes[place]
        return changes


def take_payments(
    job: Job,
    due: Money,
    payings: Sequence[Paying],
    *,
    taken: Sequence[Take] = (),
    shift: int | None = None,
    refunds: int | None = None,
) -> Taking:
    """Check everything about the payments of one document, inside an operation, before its first
    effect. `taken` were stored before (taken.py), `shift` is the open one where the caller knows
    it, `refunds` the document whose payments go back.

    Refuses: NotPaid and all that `check_payments` refuses.
    """
    takes = [*taken, *(take_of(paying) for paying in payings)]
    settled = check_payments(job, due, takes, refunds=refunds)
    require_not_beyond(due, settled)
    if not settled.is_settled:
        raise NotPaid(due=due, short=settled.short)
    shift = _shift_of(job, takes) if shift is None else shift
    foreign = Money.total((t.paying.given for t in takes if t.kind.is_foreign), due.currency)
    if (kept := settled.cash_kept - foreign).minor < 0:
        assert shift is not None
        require_in_drawer(shift, -kept)
    return Taking(due, tuple(takes), settled, shift)


def take_of(paying: Paying) -> Take:
    """The paying, as it is handed over, with its tender. Refuses: TenderUnknown, and what its kind
    refuses to look at.
    """
    take = Take(paying, tender_of(paying.tender))
    take.kind.look(take)
    return take


def check_payments(
    job: Job, due: Money, takes: Sequence[Take], *, refunds: int | None = None
) -> Settlement:
    """How these payments settle what is due, if they do by now.

    Refuses: ReferenceNeeded, AccountNeeded, CodeNeeded, CardNumberRefused, PaymentWrong, CoinWrong,
    OverPaid, RefundTooMuch, NeedsOverride (money goes out), and what the kinds refuse.
    """
    rule = cash_rule()
    for take in takes:
        _check_answers(take)
        _check_amount(take, rule.step)
    for name in dict.fromkeys(take.tender.kind for take in takes):
        same = [take for take in takes if take.tender.kind == name]
        same[0].kind.check(job, same)
    settled = settled_by(due, takes, rule)
    if due.minor < 0:
        if refunds is not None:
            _check_refund(refunds, takes)
        job.require(PAY_OUT if refunds is None else REFUND, -due.minor)
    elif (out := -sum(min(take.paying.given.minor, 0) for take in takes if take.kind.is_cash)) > 0:
        # Money that came by card leaves as cash: nobody does that alone.
        job.require(PAY_OUT, out)
    return settled


def _check_answers(take: Take) -> None:
    tender, paying = take.tender, take.paying
    for ask in take.kind.required(reference=tender.needs_reference):
        # A folio is a number, and none of them is 0.
        if not str(getattr(paying, ask) or "").strip():
            raise _unanswered(ask, tender)
    # The digits of both together were looked at where the operation began (notes.py).
    if len(paying.last_four.strip()) > 4:
        raise CardNumberRefused()


def _unanswered(ask: str, tender: Tender) -> Refusal:
    names = {"tender": tender.name_zh, "tender_en": tender.name_en}
    if ask == REFERENCE:
        return ReferenceNeeded(**names)
    return CodeNeeded(**names) if ask == CODE else AccountNeeded(**names)


def _check_amount(take: Take, step: Money) -> None:
    """Cash of nothing settles what rounds to nothing; anything else of nothing is no payment."""
    given = take.paying.given
    if not take.kind.is_cash:
        if not given:
            raise PaymentWrong(amount=given)
    elif given.minor % step.minor and not take.kind.is_foreign:
        raise CoinWrong(amount=given, step=step)


def require_takeable(
    due: Money, taken: Sequence[Take], take: Take, rule: CashRule
) -> Settlement:  # fmt: skip
    """One more payment, looked at before anything is asked about it; how all of them settle what is
    due. People at a till say amounts without a sign, and so do the refusals.

    Refuses: NotPaid (of nothing, or the wrong way round), OverPaid.
    """
    left = due - Money.total((each.paying.given for each in taken), due.currency)
    due_said, left_said, given = (
        -amount if due.minor < 0 else amount for amount in (due, left, take.paying.given)
    )
    if given.minor < 0 or (not given and in_cash(left, rule)):
        raise NotPaid(due=due_said, short=left_said)
    if given > left_said and not take.kind.is_cash:
        raise OverPaid(due=left_said)
    return settled_by(due, [*taken, take], rule)


def settled_by(due: Money, takes: Sequence[Take], rule: CashRule) -> Settlement:
    """How payments settle what is due, if they do by now. Only what was paid outside, by a card or
    a wallet, may be more than is due; the rest of it goes back in cash or as store credit, and what
    a refund was too much comes in so. What is given on top makes more due. Refuses: OverPaid.
    """
    due -= Money.total((t.paying.given for t in takes if t.kind.is_on_top), due.currency)
    takes = [take for take in takes if not take.kind.is_on_top]
    sign = -1 if due.minor < 0 else 1
    spent = [take for take in takes if not _stays(due, take)]
    if len(spent) < len(takes):
        _require_small(due, takes, rule)
    beyond = _beyond(due, spent, sign)
    back = -sum(min(take.paying.given.minor * sign, 0) for take in spent)
    if back and back > max(beyond, abs(in_cash(Money(beyond, due.currency), rule).minor)):
        raise OverPaid(due=due)
    handed = [Handed(take.paying.given, is_cash=take.kind.is_cash) for take in takes]
    settled = settle(due, handed, rule)
    if not beyond:
        if sign < 0 and settled.change:
            raise PaidOutTooMuch(due=-due)
        return settled
    if not settled.change and any(take.kind.is_cash for take in takes):
        return settled
    # Nothing gives it back yet, or not all of it; what rounds to nothing in cash is owed all the
    # same.
    zero = Money.zero(due.currency)
    left = due - Money.total((each.amount for each in handed), due.currency)
    return Settlement(rounding=zero, change=zero, short=left, cash_kept=settled.cash_kept)


def _stays(due: Money, take: Take) -> bool:
    """Whether it is change that stays on an account."""
    return due.minor > 0 and take.paying.given.minor < 0 and take.kind.keeps_change


def _require_small(due: Money, takes: Sequence[Take], rule: CashRule) -> None:
    """Only small change stays, of cash that was handed over and is more than is due. Refuses:
    OverPaid.
    """
    stays = -sum(take.paying.given.minor for take in takes if _stays(due, take))
    cash = sum(take.paying.given.minor for take in takes if take.kind.is_cash)
    if stays >= rule.keeps_below or stays > cash:
        raise OverPaid(due=due)


def require_not_beyond(due: Money, settled: Settlement) -> None:
    """Refuse what is too much and does not go back. Refuses: OverPaid."""
    if due.minor < 0 < settled.short.minor:
        raise PaidOutTooMuch(due=-due)
    if settled.short.minor < 0 <= due.minor:
        raise OverPaid(due=due)


def _beyond(due: Money, takes: Sequence[Take], sign: int) -> int:
    """How much more than is due was paid by cards and wallets. Refuses: OverPaid."""
    forward = [take for take in takes if take.paying.given.minor * sign > 0]
    other = sum(take.paying.given.minor * sign for take in forward if not take.kind.is_cash)
    own = [take for take in forward if not (take.kind.is_cash or take.kind.is_outside)]
    beyond = max(0, other - due.minor * sign)
    is_own_too_much = sum(take.paying.given.minor * sign for take in own) > due.minor * sign
    has_cash = any(take.kind.is_cash for take in forward)
    back = [take for take in takes if take.paying.given.minor * sign < 0]
    if beyond and (is_own_too_much or has_cash):
        raise OverPaid(due=due)
    if not all(take.kind.gives_back for take in back):
        raise OverPaid(due=due)
    return beyond


def _shift_of(job: Job, takes: Sequence[Take]) -> int | None:
    """Cash needs the drawer of an open shift; other money is told on its slip where there is one.

    Refuses: NoOpenShift, ShiftIsCounted.
    """
    if any(take.kind.is_cash for take in takes):
        return open_shift_key(job.register)
    return open_shift_or_none(job.register)


# --- money back


@dataclass(frozen=True, slots=True)
class Way:
    """How money came: by which tender, and from whose account or card. `left` may go back, to one
    of `cards`: their last digits, blank for one whose digits nobody typed.
    """

    tender: int
    folio: int | None
    code: str
    left: Money
    reference: str = ""
    last_four: str = ""
    cards: frozenset[str] = frozenset()


def require_same_card(tender: Tender, cards: Collection[str], last_four: str) -> None:
    """Money that came by a card goes back to that one; one whose digits are blank may be any.
    Refuses: OtherCard.
    """
    typed = last_four.strip()
    if cards and "" not in cards and typed not in cards:
        raise OtherCard(
            tender=tender.name_zh, tender_en=tender.name_en, paid=", ".join(sorted(cards)),
            typed=typed or "-",
        )  # fmt: skip


# A document and all that belongs to it: what it reverses, and whatever reverses these. Goods that
# were taken in exchange are paid with the money of the first sale.
_WAYS = Statement(
    'WITH RECURSIVE above("key", "reverses_id") AS ('
    'SELECT "key", "reverses_id" FROM "document" WHERE "key" = ? UNION ALL '
    'SELECT d."key", d."reverses_id" FROM "document" d '
    'JOIN above a ON d."key" = a."reverses_id"), '
    'family("key") AS (SELECT "key" FROM above WHERE "reverses_id" IS NULL UNION ALL '
    'SELECT d."key" FROM "document" d JOIN family f ON d."reverses_id" = f."key") '
    'SELECT t."number", t."kind", p."folio", p."code", p."reference", p."last_four", '
    'sum(p."amount") '
    'FROM family f JOIN "payment" p ON p."document_id" = f."key" '
    'JOIN "tender" t ON t."key" = p."tender_id" '
    'GROUP BY t."number", t."kind", p."folio", p."code", p."reference", p."last_four" '
    'ORDER BY min(p."line"), t."number", p."reference"'
)


def payments_back(document: int) -> list[Way]:
    """How a document was paid, payment by payment, and what is left of each after earlier refunds
    under the same reference.
    """
    money, sums = store_currency(), dict[tuple[Any, ...], int]()
    for tender, kind, folio, code, reference, last_four, left in _WAYS.rows(document):
        # Foreign cash goes back as the store's own, together with what was paid in that.
        way = (tender, folio, code, reference, last_four)
        key = (cash_tender().number, None, "", "", "") if kind == FOREIGN else way
        sums[key] = sums.get(key, 0) + int(left)
    return [
        Way(tender, folio, code, Money(left, money), reference, last_four)
        for (tender, folio, code, reference, last_four), left in sums.items()
    ]


def ways_back(document: int) -> list[Way]:
    """How a document was paid, and what is left of each way after earlier refunds of it."""
    sums: dict[tuple[int, int | None, str], Way] = {}
    for way in payments_back(document):
        key = (way.tender, way.folio, way.code)
        sum_ = sums.get(key, Way(*key, Money.zero(way.left.currency)))
        cards = sum_.cards | {way.last_four} if way.left.minor > 0 else sum_.cards
        sums[key] = Way(*key, sum_.left + way.left, cards=cards)
    return list(sums.values())


def _check_refund(document: int, takes: Sequence[Take]) -> None:
    ways = {(way.tender, way.folio, way.code): way for way in ways_back(document)}
    left = {key: way.left for key, way in ways.items()}
    for take in takes:
        paying, tender = take.paying, take.tender
        way, zero = (paying.tender, paying.folio, paying.code), Money.zero(paying.given.currency)
        require_same_card(tender, ways[way].cards if way in ways else (), paying.last_four)
        is_any = take.kind.takes_any_back
        most = Money.total(left.values(), zero.currency) if is_any else left.get(way, zero)
        left[way] = left.get(way, zero) + paying.given
        if (most + paying.given).minor < 0:
            raise RefundTooMuch(tender=tender.name_zh, tender_en=tender.name_en, most=most)
