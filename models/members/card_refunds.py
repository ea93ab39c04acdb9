"""What a card is worth when it is given up (退卡), three ways: by the share that was paid for; what
was paid less what was had at its list price; and what both agree on. The reason says which is
proposed: 最高人民法院 法释〔2025〕4号. Nobody gets more than was paid, nor owes anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.base.exact import divide
from models.base.fields import store_currency
from models.base.hot import query
from models.base.money import Money
from models.base.refusals import Refusal
from models.ledger.documents import Document, Leg, begin_document, post_document
from models.ledger.payments.taking import take_payments
from models.ledger.ways.tender_kinds import Paying
from models.members.cards import CARDS, CLOSED, Card
from models.members.kinds import CARD_BACK, KINDS
from models.members.lots import BACK, CASHED, ISSUED, USED, LotMove, lots_of, move
from models.members.sellers import tell_back
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job
from models.trust.records import put, row_at

# Who caused it, and which sum is proposed for that.
BY_STORE, BY_CUSTOMER, AGREED = ("store", "customer", "agreed")


class CardSumChanged(Refusal):
    """The card is worth something else by now."""


class CardRefundTooMuch(Refusal):
    """More than was paid for the card never goes back."""


class CardEmpty(Refusal):
    """Nothing that was paid for is left on the card."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What may go back for a card. `paid` for what is on it, less what went back; `by_ratio` is
    what is left of that; `by_list` is `paid` less `had`, what was used at its list price.
    """

    paid: Money
    had: Money
    by_ratio: Money
    by_list: Money

    def for_cause(self, cause: str) -> Money:
        """What is proposed."""
        return self.by_list if cause == BY_CUSTOMER else self.by_ratio


def worth_of(card: Card) -> Worth:
    """What may go back for a card now; for one that was given up, what came back onto it since."""
    money, lots = store_currency(), lots_of(card.number)
    by_ratio = Money.total((lot.rest - lot.bonus_rest for lot in lots), money)
    if card.state == CLOSED:
        return Worth(by_ratio, Money.zero(money), by_ratio, by_ratio)
    paid = had = 0
    for one in LotMove.select().where(LotMove.lot << [lot.key for lot in lots]):
        if one.why in (ISSUED, CASHED):
            paid += (one.amount - one.bonus).minor
        elif one.why in (USED, BACK):
            had += list_worth(one)
    by_list = min(max(paid - had, 0), paid)
    return Worth(Money(paid, money), Money(had, money), by_ratio, Money(by_list, money))


def list_worth(one: LotMove) -> int:
    """What was had with a move at its list price; below zero it came back."""
    sql = (
        'SELECT coalesce(sum(c."full"), 0), coalesce(sum(c."amount" - c."share"), 0) '
        'FROM "charge_line" c WHERE c."document_id" = ?'
    )
    full, paid = map(int, query(sql, one.document_id)[0])
    if one.pieces:
        sql += ' AND c."goods" = (SELECT l."goods" FROM "lot" l WHERE l."key" = ?)'
        full, paid = map(int, query(sql, one.document_id, one.lot)[0])
    had = -one.amount.minor
    return divide(full * had, paid) if paid else had


@operation(right="refund cards")
def refund_card(
    job: Job, key: int, payings: Sequence[Paying], *, version: int, amount: Money, cause: str,
    shown: Money, reason: str, kept_by: Sequence[int] = (), language: str = "",
) -> Document:  # fmt: skip
    """Take a card back: so much of what was paid, above zero, goes out by the payings (below zero),
    the rest of what was owed is earned, the bonus is gone. `shown` is the proposal that was seen;
    `kept_by` are users who keep what they got for selling it.

    Refuses: RecordChanged, CardEmpty, CardSumChanged, CardRefundTooMuch, what `take_payments`
    refuses, NeedsOverride: beyond one's limit, for another sum than the one proposed, and where
    somebody keeps what he got.
    """
    card = row_at(Card, key, version, CARDS)
    worth = worth_of(card)
    if not worth.paid:
        raise CardEmpty(number=card.number)
    if worth.for_cause(cause) != shown:
        raise CardSumChanged(shown=shown, now=worth.for_cause(cause))
    if amount > worth.paid or amount.minor < 0:
        raise CardRefundTooMuch(most=worth.paid)
    job.require("refund cards", amount.minor)
    if amount != shown:
        job.require("agree card refund", abs((amount - shown).minor))
    if kept_by:
        job.require("give goodwill")
    taking = take_payments(job, -amount, payings)

    # After this point the refund must succeed.
    document = begin_document(
        job,
        CARD_BACK,
        total=taking.total,
        shift=taking.shift,
        note=f"{card.number} {reason}".strip(),
    )
    legs, lots = taking.store(job, document), lots_of(card.number)
    tell_back(document, lots, amount, kept_by)
    for lot in lots:
        if lot.rest:
            legs.append(
                move(
                    job, document, lot, -lot.rest, why=CASHED, bonus=-lot.bonus_rest,
                    pieces=-lot.pieces_rest,
                )
            )  # fmt: skip
    profit = KINDS[lots[0].kind].profit
    legs.append(Leg(profit, amount - worth.by_ratio))
    put(card, state=CLOSED)
    add_job(job, "card", subject=document.key, language=language)
    return post_document(
        job, document, legs, card=card.number, owner=card.name, cause=cause, amount=amount,
        by_ratio=worth.by_ratio, by_list=worth.by_list, why=reason.strip(),
    )  # fmt: skip
