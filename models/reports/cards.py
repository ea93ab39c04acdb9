"""Cards as slips show them, put together from the stored rows."""

from __future__ import annotations

from typing import Any

from models.base import clock
from models.base.database import store_number
from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.rates import Rate
from models.base.words import word
from models.goods.goods import Goods
from models.ledger.documents import Document
from models.ledger.store_card import local, register_name, store_card, user_name
from models.members.card_kinds import VALUE
from models.members.card_view import CardSlipView, CardView, TimesView
from models.members.cards import CLOSED, Card, card_lots, find_card
from models.members.kinds import CARD_BACK, COURSE, VALUE_CARD
from models.members.lots import LotMove, is_over
from models.reports.payments import absolute, payment_views
from models.selling.charges import Served, hand_text
from models.trust.operation import open_day

SOLD, TOPPED_UP, GIVEN_UP = word("CARD SOLD"), word("CARD TOPPED UP"), word("CARD TAKEN BACK")


def card_view(card: Card) -> CardView:
    """A card as it is now."""
    money, lots = store_currency(), card_lots(card.number, VALUE_CARD)
    bonus = Money.total((lot.bonus_rest for lot in lots), money)
    ends = [lot.bonus_expires for lot in lots if lot.bonus_rest and lot.bonus_expires]
    return CardView(
        card.number, card.kind.name, card.name,
        Money.total((lot.rest for lot in lots), money) - bonus, bonus, min(ends, default=None),
        _times_on(card), Rate(0) if card.state == CLOSED else card.discount, card.expires,
        holds_money=bool(lots) or card.kind.form == VALUE,
    )  # fmt: skip


def _times_on(card: Card) -> tuple[TimesView, ...]:
    """What is left of each; where nothing is, that nothing is left of what it was for."""
    lots, today = card_lots(card.number, COURSE), open_day(store_number())
    left = [lot for lot in lots if lot.pieces_rest and not is_over(lot, today)]
    names = {lot.goods: str(Goods.get_by_id(lot.goods).name) for lot in left or lots}
    if not left:
        return tuple(TimesView(name, 0, None) for name in names.values())
    return tuple(TimesView(names[lot.goods], lot.pieces_rest, lot.expires) for lot in left)


def card_sale_view(key: int) -> CardSlipView:
    """The receipt of a card sold, topped up, or taken back."""
    document: Document = Document.get_by_id(key)
    # Behind the number of a card that was taken back stands why.
    number, _, reason = document.note.partition(" ")
    card = find_card(number)
    assert card is not None, document.note
    is_out, payments = document.kind == CARD_BACK, payment_views(key)
    moves = LotMove.select().where(LotMove.document == key)
    title = SOLD if card.document == document.key else TOPPED_UP
    money = store_currency()
    return CardSlipView(
        store_card(), GIVEN_UP if is_out else title, card_view(card), document.label,
        register_name(document.register), user_name(document.user), local(document.at),
        is_out=is_out, paid=abs(document.total),
        bonus=abs(Money.total((move.bonus for move in moves), money)),
        payments=tuple(absolute(one) for one in payments),
        change=Money.total((one.change for one in payments), money),
        sellers=() if is_out else _sellers(key), reason=reason,
    )  # fmt: skip


_SOLD_BY = Statement(
    'SELECT "user", "name", "share" FROM "commission_entry" WHERE "document_id" = ? ORDER BY "line"'
)


def _sellers(key: int) -> tuple[str, ...]:
    """Who of the staff sold it, each with his share where there are several."""
    rows = _SOLD_BY.rows(key)
    sold = [Served(int(user), str(name), share=Rate(int(share))) for user, name, share in rows]
    return tuple(hand_text(one, is_alone=len(sold) == 1) for one in sold)


def card_note_view(body: dict[str, Any]) -> CardSlipView:
    """What else became of a card, told on paper: `card`, `title`, `reason`, `old`, and who, where
    and when.
    """
    card: Card = Card.get_by_id(body["card"])
    return CardSlipView(
        store_card(), body["title"], card_view(card), "", register_name(body["register"]),
        user_name(body["user"]), local(clock.from_micros(body["at"])), old=body["old"],
        reason=body["reason"],
    )  # fmt: skip
