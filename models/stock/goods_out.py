"""Goods that leave their place and are not sold: carried to another (调拨), scrapped (报废), or
used by the house (领料). What says its lot is a line of its own, and leaves that lot.

Lines are scanned into a draft (kind `goods_out`), as a delivery is. Whoever may post it; what is
above his limit, or beyond his right, he asks for: request, approval, execution, by the one engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from peewee import CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import Row, in_one_transaction, on_sqlite
from models.base.fields import DayField, store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.base.texts import has_words
from models.goods.goods import Goods, full_name
from models.goods.gs1_labels import Label, label_of
from models.ledger.accounts import HOUSE_USE, STOCK, STOCK_LOSS
from models.ledger.documents import Document, Leg, add_parts, begin_document, post_document
from models.ledger.parts import Part
from models.selling.items import WeightWanted, find_scanned
from models.stock.stock import (
    Location,
    Moves,
    NotStocked,
    TooFewThere,
    all_lying_at,
    goods_named,
    stocks_of,
)
from models.stock.trade import SCRAP, TRANSFER, USE
from models.trust import drafts
from models.trust.approvals import Content, Request, asked_for, open_requests
from models.trust.drafts import READERS, Draft
from models.trust.operation import Job, Session, operation
from models.trust.print_queue import add_job
from models.trust.trades_used import loaded_in_use

KIND, SLIP = "goods_out", "goods_out"
# OutSlip -> the right to it; the limit of each is the value that moves.
RIGHTS = {TRANSFER: "move goods", SCRAP: "scrap goods", USE: "use goods"}
# Where what is lost or used goes in the books; what is carried costs nothing.
_ACCOUNTS = {SCRAP: STOCK_LOSS, USE: HOUSE_USE}
_NONE, MOST = Quantity(0), Quantity.of(999_999)
_Lot = tuple[int, str, str]


class OutEmpty(Refusal):
    """Nothing was scanned, so nothing moves."""


class OutWrong(Refusal):
    """A quantity is above nothing and at most 999,999, in the decimals of the item's unit."""


class PlaceWrong(Refusal):
    """Goods are carried from one place to another that is in use."""


class LotGone(Refusal):
    """What was asked for of a lot lies there no more: other goods would leave in its stead."""


class ReasonMissing(Refusal):
    """Goods that are scrapped or used need a reason."""


class GoodsOut(Row):
    """Why goods left, and where to: `target` is 0 where they are gone."""

    document = ForeignKeyField(Document, primary_key=True)
    how = CharField(max_length=8)
    origin = IntegerField()
    target = IntegerField()
    reason = CharField(max_length=120)

    class Meta:
        part_of = Document


class GoodsOutLot(Row):
    """Of which lot a line of it was, where that is known."""

    document = ForeignKeyField(Document, index=False)
    line = IntegerField()
    batch = CharField(max_length=20)
    expiry = DayField(null=True)

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


_HEAD = Part(GoodsOut, "how origin target reason")
_LOTS = Part(GoodsOutLot, "line batch expiry")


@dataclass(frozen=True, slots=True)
class OutLine:
    """One item that is to leave."""

    number: int
    goods: int
    code: str
    name: str
    unit: str
    decimals: int
    quantity: Quantity
    batch: str = ""
    expiry: date | None = None

    @property
    def lot(self) -> list[str]:
        """Lot and good-until day as stored, empty where the line names none."""
        if not self.batch and self.expiry is None:
            return []
        return [self.batch, self.expiry.isoformat() if self.expiry else ""]

    def body(self) -> list[Any]:
        """As stored in a draft."""
        return [
            self.goods, self.code, self.name, self.unit, self.decimals, self.quantity.thousandths,
            *self.lot,
        ]  # fmt: skip


def _line_from(number: int, body: list[Any]) -> OutLine:
    goods, code, name, unit, decimals, quantity, *lot = body
    batch, until = lot or ("", "")
    return OutLine(
        number, goods, code, name, unit, decimals, Quantity(quantity), batch,
        date.fromisoformat(until) if until else None,
    )  # fmt: skip


READERS[KIND] = _line_from


@dataclass(slots=True)
class OutSlip:
    """An open slip of goods that leave, as the screen holds it."""

    draft: int
    register: int
    how: str
    origin: int
    target: int
    lines: list[OutLine] = field(default_factory=list)
    next_number: int = 1


def begin_out(session: Session, how: str, *, origin: int, target: int = 0) -> OutSlip:
    """A fresh slip. Refuses: PlaceWrong."""
    _require_places(how, origin, target)
    head = {"how": how, "origin": origin, "target": target}
    return load_out(drafts.begin_draft(session.register, session.user, KIND, head))


def load_out(draft: Draft) -> OutSlip:
    """A stored slip as it was left."""
    head = draft.head
    found = OutSlip(draft.key, draft.register, head["how"], head["origin"], head["target"])
    for line in drafts.lines_of(draft.key):
        found.next_number = line.number + 1
        if isinstance(line.value, OutLine):
            found.lines.append(line.value)
    return found


def outs_waiting(register: int) -> list[Draft]:
    """The slips that a register has not finished, the one that was touched last first."""
    return [one for one in drafts.aside(KIND, drafts.OPEN) if one.register == register]


def _require_places(how: str, origin: int, target: int) -> None:
    used = {row.number for row in Location.select().where(Location.is_active)}
    if origin not in used or (how == TRANSFER and (target not in used or target == origin)):
        raise PlaceWrong(origin=origin, target=target)


def put_out(way: OutSlip, code: str, quantity: Quantity | None = None) -> int:
    """One of a scanned or typed code leaves, or so many (packs of a pack's code); the place of its
    line. A label that says its lot means that one. Refuses: CodeUnknown, NotForSale, LabelDamaged,
    WeightWanted, NotStocked, OutWrong, DraftGone.
    """
    found = find_scanned(code)
    if not found.item.is_stocked:
        raise NotStocked(goods=found.item.name)
    if found.needs_weight and quantity is None:
        raise WeightWanted(goods=found.item.name, unit=found.item.unit)
    item, times = found.item, Quantity.of(1) if quantity is None else quantity
    if times <= _NONE:
        raise OutWrong(goods=item.name, quantity=times)
    more = found.quantity.packs_of(item.pack).packs_of(times)
    said = label_of(found.scan) if found.scan is not None else Label()
    line = OutLine(
        way.next_number, item.goods, item.code, item.name, item.unit, item.decimals, more,
        said.batch, said.expiry,
    )  # fmt: skip
    return add_out(way, line)


def add_out(way: OutSlip, line: OutLine) -> int:
    """A line leaves besides; with what was there of this item and lot it is one; its place.

    Refuses: OutWrong, DraftGone.
    """
    same = (line.goods, line.batch, line.expiry)
    for one in way.lines:
        if (one.goods, one.batch, one.expiry) == same:
            return set_out(way, one, one.quantity + line.quantity)
    return set_out(way, line, line.quantity)


def set_out(way: OutSlip, line: OutLine, quantity: Quantity) -> int:
    """So many of a line leave. Refuses: OutWrong, DraftGone."""
    if not _NONE < quantity <= MOST or quantity.thousandths % 10 ** (3 - line.decimals):
        raise OutWrong(goods=line.name, quantity=quantity)
    now = replace(line, quantity=quantity)
    drafts.save_line(way.draft, way.register, now.number, now.body(), kind=KIND)
    way.next_number = max(way.next_number, now.number + 1)
    return drafts.put(way.lines, now)


@in_one_transaction
def remove_out(way: OutSlip, number: int) -> None:
    """A line does not leave after all. Refuses: DraftGone."""
    drafts.hold(way.draft, way.register)
    drafts.delete_line(way.draft, number)
    way.lines = [one for one in way.lines if one.number != number]


# --- operations


def _asked(draft: int, *, reason: str = "", **_: Any) -> dict[str, Any]:
    """What whoever approves it on the spot reads. Refuses: DraftGone."""
    body = _body(draft, reason)
    what = ", ".join(f"{one.quantity} {one.name}" for one in told_of_out(body))
    return {"what": what, "total": worth_of_out(body), "reason": body["reason"]}


@operation(right="see stock", asked=_asked)
def take_out(job: Job, draft: int, *, reason: str, language: str = "") -> Document:
    """Post what was scanned: goods are carried, scrapped or used. Refuses: DraftGone, OutEmpty,
    PlaceWrong, ReasonMissing, TooFewThere, NeedsOverride without the right, or above its limit.
    """
    drafts.hold(draft, job.register)
    body = _body(draft, reason)
    _require(body)
    job.require(RIGHTS[body["how"]], worth_of_out(body).minor)
    return _post(job, body, draft=draft, language=language)


@operation(right="request approval")
def request_out(job: Job, draft: int, *, title: str, reason: str) -> Request:
    """Ask for what is above one's right: the slip goes in the same step, or it could be posted as
    well. Refuses: DraftGone, OutEmpty, PlaceWrong, ReasonMissing.
    """
    drafts.hold(draft, job.register)
    body = _body(draft, reason)
    _require(body)

    drafts.finish(job, draft)
    return asked_for(job, body["how"], title=title, body=body, reason=body["reason"] or title)


@operation(right="see stock")
def drop_out(job: Job, draft: int) -> None:
    """Throw a slip away that was a mistake. Refuses: DraftGone."""
    found = load_out(drafts.read(draft))
    job.note(lines=[[line.name, str(line.quantity)] for line in found.lines])
    drafts.finish(job, draft)


def worth_of_out(body: dict[str, Any]) -> Money:
    """What the goods are worth, at the average of today."""
    lines = [(int(goods), Quantity(int(quantity))) for goods, quantity, *_ in body["lines"]]
    stocks = stocks_of(goods for goods, _ in lines)
    values = (stocks[goods].average.times(quantity) for goods, quantity in lines)
    return Money.total(values, store_currency())


def told_of_out(body: dict[str, Any]) -> list[Content]:
    """What leaves, how much of it, and what it is worth at the average of today."""
    lines = [(int(goods), Quantity(int(quantity))) for goods, quantity, *_ in body["lines"]]
    keys = sorted({goods for goods, _ in lines})
    stocks, rows = (
        stocks_of(keys),
        {row.key: row for row in Goods.select().where(Goods.key << keys)},
    )
    return [
        Content(
            full_name(rows[goods].name, rows[goods].spec), str(quantity),
            stocks[goods].average.times(quantity),
        )
        for goods, quantity in lines
    ]  # fmt: skip


def told_of_draft(draft: int) -> list[Content]:
    """The same of a slip that is not posted yet. Refuses: DraftGone."""
    return told_of_out(_body(draft, ""))


def execute_out(job: Job, body: dict[str, Any]) -> int:
    """Do what was asked for and reviewed; the document. Refuses: PlaceWrong, TooFewThere,
    LotGone.
    """
    _require(body)
    _require_lots(body)
    return int(_post(job, body).key)


def _body(draft: int, reason: str) -> dict[str, Any]:
    way = load_out(drafts.read(draft))
    return {
        "how": way.how, "origin": way.origin, "target": way.target, "reason": reason.strip()[:120],
        "lines": [[line.goods, line.quantity.thousandths, *line.lot] for line in way.lines],
    }  # fmt: skip


def _require(body: dict[str, Any]) -> None:
    if not body["lines"]:
        raise OutEmpty()
    _require_places(body["how"], body["origin"], body["target"])
    require_reason(body["how"], body["reason"])
    _require_there(body)


def require_reason(how: str, reason: str) -> None:
    """What is scrapped or used says why, in words; what is carried need not. Refuses:
    ReasonMissing.
    """
    if how != TRANSFER and not has_words(reason):
        raise ReasonMissing()


def _require_there(body: dict[str, Any]) -> None:
    """Refuses: TooFewThere, before anybody is asked whether he approves it."""
    asked = Counter[int]()
    for goods, quantity, *_ in body["lines"]:
        asked[int(goods)] += int(quantity)
    there = all_lying_at(asked, body["origin"])
    for goods, quantity in asked.items():
        if quantity > there[goods]:
            name = goods_named(goods)
            raise TooFewThere(goods=name, stock=Quantity(there[goods]), asked=Quantity(quantity))


def _require_lots(body: dict[str, Any]) -> None:
    """A slip that waited: since then its lots may have been scrapped, or sold. Refuses: LotGone."""
    for (goods, batch, until), asked in _lots(body).items():
        lot = (batch, date.fromisoformat(until) if until else None)
        for lots in loaded_in_use("lots"):
            there = lots(goods, body["origin"]).get(lot, _NONE)
            if there < asked:
                name = goods_named(goods)
                raise LotGone(goods=name, batch=batch or until, stock=there, asked=asked)


def _lots(body: dict[str, Any]) -> dict[_Lot, Quantity]:
    """How much of which lots a slip names, by item, lot and day."""
    found: dict[_Lot, Quantity] = {}
    for goods, quantity, *lot in body["lines"]:
        if lot:
            batch, until = lot
            key = (int(goods), batch, until)
            found[key] = found.get(key, _NONE) + Quantity(int(quantity))
    return found


def lots_waiting(place: int) -> dict[_Lot, Quantity]:
    """The lots of a place that stand on requests whose end nobody has said, by item, lot and day
    (ISO, or blank).
    """
    found: dict[_Lot, Quantity] = {}
    for request in open_requests(*RIGHTS):
        if request.body["origin"] == place:
            for key, quantity in _lots(request.body).items():
                found[key] = found.get(key, _NONE) + quantity
    return found


def _post(
    job: Job, body: dict[str, Any], *, draft: int | None = None, language: str = ""
) -> Document:
    # After this point only the stock may still refuse.
    how = body["how"]
    lines = [(int(key), Quantity(int(count))) for key, count, *_ in body["lines"]]
    document = begin_document(job, how, total=worth_of_out(body), note=body["reason"])
    moves = Moves(document, [goods for goods, _ in lines])
    value = _move(moves, lines, body)
    moves.insert()
    add_parts(document, _HEAD, [(how, body["origin"], body["target"], body["reason"])])
    lots = ((number, *lot) for number, (_, _, *lot) in enumerate(body["lines"], 1) if lot)
    add_parts(document, _LOTS, [(number, batch, until or None) for number, batch, until in lots])
    if draft is not None:
        drafts.finish(job, draft)
    add_job(job, SLIP, subject=document.key, language=language)
    legs = [Leg(STOCK, -value), Leg(_ACCOUNTS.get(how, STOCK), value)]
    return post_document(job, document, legs, how=how, reason=body["reason"])


def _move(moves: Moves, lines: Sequence[tuple[int, Quantity]], body: dict[str, Any]) -> Money:
    """Carry the goods, or take them out; what leaves the books. Refuses: TooFewThere."""
    origin, value = body["origin"], Money.zero(store_currency())
    for number, (goods, quantity) in enumerate(lines, 1):
        if body["how"] == TRANSFER:
            moves.carry(number, goods, quantity, origin=origin, target=body["target"])
        else:
            value += moves.issue(number, goods, quantity, may_go_below=False, location=origin)
    return value
