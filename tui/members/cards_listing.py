"""Cards (会员卡) and their kinds: what is on each, whose it is, what happened with it."""

from __future__ import annotations

from typing import Any

from models.goods.goods_link import GOODS_LINK, item_linked
from models.ledger.documents import Document
from models.listings.listings import Field, Grid, Link, Linked, Listing, Record, Related
from models.members.card_kinds import (
    CARD_KINDS,
    DISCOUNT,
    TIMES,
    VALUE,
    CardKind,
    parts_of,
    save_card_kind,
)
from models.members.cards import CARDS, STATE_WORDS, Card, cards_meant
from models.members.lots import Lot, LotMove, lots_of
from models.members.shares import BONUS, PRINCIPAL, RATIO
from models.people.persons import Person
from models.trust.operation import Session
from receipts.words import word
from tui.members import card_actions
from tui.members.lots_listing import WHY
from tui.records.looks import Look

FORM_NAMES = (
    (VALUE, word("Stored value")), (TIMES, word("Times")), (DISCOUNT, word("Discount")),
)  # fmt: skip
_CENTS = word("In cents; 0: no limit.")
SETTINGS = (
    Field("members.bonus_order", word("A use takes"), "choice", look=Look(20),
          is_required=True,
          choices=((RATIO, word("Both in proportion")), (PRINCIPAL, word("What was paid first")),
                   (BONUS, word("The bonus first")))),
    Field("members.named_most", word("Named card, most"), "number", look=Look(12), help=_CENTS),
    Field("members.anonymous_most", word("Other card, most"), "number",
          look=Look(12, is_beside=True), help=_CENTS),
    Field("members.papers_from", word("Papers from"), "number", look=Look(12), help=_CENTS),
    Field("members.no_cash_from", word("No cash from"), "number", look=Look(12, is_beside=True),
          help=_CENTS),
)  # fmt: skip

PARTS = Grid(
    "parts",
    word("What it gives"),
    (
        Field("amount", word("Paid from"), "money", example="1000.00",
              help=word("Stored value: whoever pays so much or more gets the bonus.")),
        Field("bonus", word("Bonus"), "money", example="200.00"),
        Field("goods", word("Item"), "link", look=Look(24), link=GOODS_LINK,
              help=word("Times: what they are for.")),
        Field("pieces", word("Times"), "number"),
    ),
    lambda key: [
        {
            "amount": part.amount, "bonus": part.bonus, "pieces": part.pieces or None,
            "goods": item_linked(part.goods),
        }
        for part in parts_of(key)
    ],
)  # fmt: skip


def _save_kind(session: Any, key: int | None, *, version: int, **values: Any) -> CardKind:
    given = {name: value for name, value in values.items() if value is not None}
    return save_card_kind(session, key, version=version, **given)


KINDS = Listing(
    "card_kinds",
    CARD_KINDS,
    CardKind,
    fields=(
        Field("name", word("Name"), look=Look(16), limit=20, is_required=True, is_sorted=True,
              example="储值卡"),
        Field("form", word("Kind"), "choice", look=Look(10), choices=FORM_NAMES, default=VALUE,
              is_required=True),
        Field("price", word("Price"), "money", example="1000.00",
              help=word("What it costs; of stored value the usual amount.")),
        Field("discount", word("Off services"), "rate", look=Look(8, is_beside=True), unit="%"),
        Field("days", word("Good for"), "number", unit=word("days"), default=0,
              help=word("Times and discounts end after so many days; 0: never.")),
        Field("bonus_days", word("Bonus for"), "number", look=Look(6, drop=1, is_beside=True),
              unit=word("days"), default=0, help=word("The bonus ends after so many; 0: never.")),
        Field("is_named", word("Named"), "yes-no", look=Look(drop=2), default=True,
              help=word("Always somebody's: it can be reported lost.")),
        Field("is_active", word("In use"), "yes-no", default=True),
    ),
    right="keep cards",
    pick_right="",
    change_right="keep cards",
    save=_save_kind,
    grid=PARTS,
    empty=word("No kinds of card yet. F2 makes one."),
)  # fmt: skip


def _search(text: str, limit: int) -> list[int]:
    return [card.key for card in cards_meant(text, limit)]


def _read(key: Any) -> Record | None:
    row: Card | None = Card.get_or_none(Card.key == key)
    if row is None:
        return None
    values = {each.name: getattr(row, each.name, None) for each in LISTING.in_form()}
    values["kind"] = Linked(row.kind_id, row.kind.name)
    owner = Person.get_or_none(Person.key == row.person) if row.person else None
    values["person"] = Linked(owner.key, owner.name) if owner else None
    return Record(key, row.version, values)


def _moves(session: Session, key: Any) -> list[Related]:
    """What happened with it, newest first."""
    lots = [lot.key for lot in lots_of(Card.get_by_id(key).number)]
    moves = list(LotMove.select().where(LotMove.lot << lots)) if lots else []
    documents = {
        each.key: each
        for each in Document.select().where(Document.key << [m.document_id for m in moves])
    }
    rows = sorted(moves, key=lambda m: (documents[m.document_id].at, m.line), reverse=True)
    return [
        Related(
            documents[move.document_id].day.isoformat(), WHY[move.why],
            documents[move.document_id].label,
            f"{move.pieces:+}" if move.pieces else str(move.amount),
        )
        for move in rows
    ]  # fmt: skip


def _sum(column: str, kind: str) -> str:
    """Blank where a card never held any."""
    return (
        f'SELECT sum({column}) FROM "{Lot._meta.table_name}" l '
        f'WHERE l."number" = t."number" AND l."kind" = \'{kind}\''
    )


LISTING = Listing(
    "cards",
    CARDS,
    Card,
    order="number",
    fields=(
        Field("number", word("No."), look=Look(13), is_computed=True, is_sorted=True),
        Field("kind", word("Kind"), "link", look=Look(10), is_computed=True,
              link=Link("card_kinds", CardKind)),
        Field("person", word("Owner"), "link", look=Look(10, box=24), is_computed=True,
              link=Link("people", Person)),
        Field("principal", word("Paid for"), "money", is_computed=True, is_summed=True,
              in_form=False, beside=_sum('l."rest" - l."bonus_rest"', "stored value")),
        Field("bonus", word("Bonus"), "money", is_computed=True, is_summed=True, in_form=False,
              beside=_sum('l."bonus_rest"', "stored value")),
        Field("times", word("Times"), "number", look=Look(5), is_computed=True, in_form=False,
              beside=_sum('l."pieces_rest"', "course")),
        Field("discount", word("Off services"), "rate", look=Look(6, drop=2), unit="%",
              is_computed=True),
        Field("state", word("State"), "choice", look=Look(6), choices=tuple(STATE_WORDS.items()),
              is_computed=True),
        Field("day", word("Issued on"), "date", look=Look(drop=3), is_computed=True),
        Field("expires", word("Good through"), "date", look=Look(12, drop=1), is_computed=True),
    ),
    find=("number", "name"),
    search=_search,
    named="number",
    dates="day",
    right="sell cards",
    can_add=False,
    read=_read,
    actions=card_actions.ACTIONS,
    related=_moves,
    empty=word("No cards yet. Menu 401 sells one."),
)  # fmt: skip
