"""Money that goes back: through the tenders by which it came, at most what came by each."""

from __future__ import annotations

from collections.abc import Sequence

from models.base.money import Money
from models.ledger.payments.taking import RefundTooMuch, Way, payments_back, ways_back
from models.ledger.ways.tender_kinds import Paying


def proposed(receipts: Sequence[int], amount: Money) -> list[Paying]:
    """How so much, above zero, would go back: below zero, through the tenders that paid in these
    documents, in their order, each at most what is left of it. None at all when they do not reach.
    """
    left, found = amount, list[Paying]()
    for document in receipts:
        for way in ways_back(document):
            part = min(left, way.left)
            if part.minor > 0:
                found.append(_back(document, way, part))
                left -= part
    return found if not left else []


def ways_for(receipts: Sequence[int], amount: Money) -> list[list[Paying]]:
    """The ways by which so much, above zero, can go back: first as it came, then each that bears
    all of it. None where nothing reaches.
    """
    as_it_came = proposed(receipts, amount)
    alone = [
        [_back(document, way, amount)]
        for document in receipts
        for way in ways_back(document)
        if way.left >= amount
    ]
    found: list[list[Paying]] = []
    for each in [as_it_came, *alone] if as_it_came else []:
        if each not in found:
            found.append(each)
    return found


def _back(document: int, way: Way, amount: Money) -> Paying:
    """So much below zero by a way, to the card that paid where its digits are known."""
    cards = _cards(document, way.tender)
    return Paying(
        way.tender, -amount, last_four=cards.pop() if len(cards) == 1 else "", folio=way.folio,
        code=way.code,
    )  # fmt: skip


def _cards(document: int, tender: int) -> set[str]:
    """The last digits of the cards that paid in a document by this tender."""
    paid = payments_back(document)
    return {each.last_four for each in paid if each.tender == tender and each.left.minor > 0}


def origin_of(receipts: Sequence[int], paying: Paying) -> int:
    """The document from which so much may go back by this tender, to this card if there is one.
    Refuses: RefundTooMuch.
    """
    most, bearing = Money(0, paying.given.currency), list[int]()
    for document in receipts:
        for way in ways_back(document):
            if way.tender == paying.tender:
                if way.left.minor >= -paying.given.minor:
                    bearing.append(document)
                most = max(most, way.left)
    if not bearing:
        raise RefundTooMuch(tender=f"{paying.tender}", tender_en=f"{paying.tender}", most=most)
    return min(bearing, key=lambda each: paying.last_four not in _cards(each, paying.tender))
