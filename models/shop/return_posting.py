"""What a document posts of goods that come back: charge lines below zero, stock, and which line of
which sale they were. Plain functions, for a return and for an exchange.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.base.fields import store_currency
from models.base.money import Money
from models.goods.goods import Goods
from models.ledger.documents import Document, add_parts
from models.selling.charges import Charge, Served, served_of
from models.selling.promotion_effect import OffLine, offs_of
from models.shop.return_lines import RETURN_LINES, Back, GivingBack, part_of
from models.shop.return_reasons import Why
from models.shop.sales import line_taxes
from models.stock.stock import Moves
from models.trust.operation import Job


def goods_back(giving: GivingBack) -> list[int]:
    """The goods among what comes back that are kept in stock now."""
    goods = {back.sold.line.goods for back in giving.backs}
    stocked = Goods.select(Goods.key).where(Goods.key << goods, Goods.is_stocked)
    return [row.key for row in stocked]


def back_charges(
    job: Job, giving: GivingBack, moves: Moves, *, is_scrapped: bool, after: int = 0,
    kept_by: Sequence[int] = (),
) -> list[Charge]:  # fmt: skip
    """The charge lines, behind the first so many of the document; unless it is scrapped, what is
    stocked comes in at the cost at which it left. `kept_by` keep what they got for it.
    """
    stocked = set() if is_scrapped else set(goods_back(giving))
    served = {key: served_of(key) for key in {back.sold.line.document_id for back in giving.backs}}
    charges = []
    for place, back in enumerate(giving.backs, after + 1):
        line = back.sold.line
        cost = _received(back, moves, place) if line.goods in stocked else 0
        staff = served[line.document_id].get(line.line, [])
        charges.append(replace(_charge(job, back, cost, staff), kept_by=kept_by))
    return charges


def _received(back: Back, moves: Moves, place: int) -> int:
    line = back.sold.line
    units = -(-back.quantity).packs_of(line.pack)
    return int(moves.receive(place, line.goods, units, back.cost).minor)


def _charge(job: Job, back: Back, cost: int, staff: Sequence[Served]) -> Charge:
    line, priced = back.sold.line, back.priced
    return Charge(
        kind=line.kind, name=line.name, day=job.day, net=priced.net, account=line.account,
        code=line.code, goods=line.goods, category=line.category, unit=line.unit,
        quantity=-back.quantity, pack=line.pack, price=line.price, full=priced.full,
        amount=priced.amount, share=priced.share, taxes=line_taxes(priced),
        cost=Money(-cost, store_currency()), is_weighed=line.is_weighed,
        is_printed=line.is_printed, staff=staff, source=(line.document_id, line.line),
    )  # fmt: skip


def offs_back(giving: GivingBack, *, after: int = 0) -> list[OffLine]:
    """What promotions took off the goods goes back with them, share by share."""
    sold = offs_of(list({back.sold.line.document_id for back in giving.backs}))
    found = []
    for place, back in enumerate(giving.backs, after + 1):
        for off in sold.get((back.sold.line.document_id, back.sold.line.line), ()):
            part = part_of(back.sold, Money(off.amount, store_currency()), back.quantity)
            found.append(OffLine(place, replace(off, amount=-part.minor)))
    return found


def add_return_lines(
    document: Document, giving: GivingBack, *, because: Why, is_scrapped: bool, after: int = 0
) -> None:
    """Say of each line what it takes back; the rounding of cash is given with the last."""
    money = store_currency()
    given = [back.due.minor for back in giving.backs]
    given[-1] += (giving.total - giving.due).minor
    rows = [
        (place, back.sold.line.document_id, back.sold.line.line, back.quantity.thousandths,
         because.code, is_scrapped, amount, money.code)
        for place, (back, amount) in enumerate(zip(giving.backs, given, strict=True), after + 1)
    ]  # fmt: skip
    add_parts(document, RETURN_LINES, rows)
