"""Money that goes back: through the tenders by which it came, at most what came by each."""

from __future__ import annotations

from collections.abc import Sequence

from models.base.money import Money
from models.ledger.payments.taking import RefundTooMuch, ways_back
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
                found.append(Paying(way.tender, -part, folio=way.folio, code=way.code))
                left -= part
    return found if not left else []


def origin_of(receipts: Sequence[int], paying: Paying) -> int:
    """The document from which so much may go back by this tender. Refuses: RefundTooMuch."""
    most = Money(0, paying.given.currency)
    for document in receipts:
        for way in ways_back(document):
            if way.tender == paying.tender:
                if way.left.minor >= -paying.given.minor:
                    return document
                most = max(most, way.left)
    raise RefundTooMuch(tender=f"{paying.tender}", tender_en=f"{paying.tender}", most=most)
