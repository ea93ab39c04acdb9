"""Money that goes back: through the tenders by which it came, at most what came by each."""

from __future__ import annotations

from collections.abc import Sequence

from models.base.money import Money
from models.ledger.payments.taking import REFUND, RefundTooMuch, Way, ways_back
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import Job


def proposed(receipts: Sequence[int], amount: Money) -> list[Paying]:
    """How so much, above zero, goes back as it came; none at all where it does not reach."""
    return next(iter(ways_for(receipts, amount)), [])


def ways_for(receipts: Sequence[int], amount: Money) -> list[list[Paying]]:
    """The ways by which so much, above zero, can go back, below zero, of what was paid in these
    documents: first as it came, through their tenders in their order and each at most what is left
    of it; then each that bears all of it. None where they do not reach.
    """
    ways = [way for document in receipts for way in ways_back(document) if way.left.minor > 0]
    rest, as_it_came = amount, list[Paying]()
    for way in ways:
        if part := min(rest, way.left):
            as_it_came.append(_back(way, part))
            rest -= part
    found: list[list[Paying]] = []
    for each in [as_it_came, *([_back(way, amount)] for way in ways if way.left >= amount)]:
        if each and not rest and each not in found:
            found.append(each)
    return found


def _back(way: Way, amount: Money) -> Paying:
    """So much below zero by a way, to the card that paid where it was one."""
    last_four = next(iter(way.cards)) if len(way.cards) == 1 else ""
    return Paying(way.tender, -amount, last_four=last_four, folio=way.folio, code=way.code)


def require_in_all(job: Job, payings: Sequence[Paying]) -> None:
    """The right to give back is of all that goes to somebody at once, however many documents it
    becomes: two parts that are small are one that is not. Refuses: NeedsOverride.
    """
    job.require(REFUND, -sum(paying.given.minor for paying in payings))


def origin_of(receipts: Sequence[int], paying: Paying) -> int:
    """The document from which so much may go back by this tender, to this card if there is one.
    Refuses: RefundTooMuch.
    """
    most, bearing = Money(0, paying.given.currency), list[int]()
    for document in receipts:
        for way in ways_back(document):
            if way.tender == paying.tender:
                most = max(most, way.left)
                if way.left.minor >= -paying.given.minor:
                    if paying.last_four in way.cards:
                        return document
                    bearing.append(document)
    if not bearing:
        raise RefundTooMuch(tender=f"{paying.tender}", tender_en=f"{paying.tender}", most=most)
    return bearing[0]
