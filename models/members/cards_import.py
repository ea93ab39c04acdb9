"""Import of member cards (会员卡): what another program kept, as opening balances. A row is what is
on a card: stored value, or so many times of one service, or a discount; a card with several has
several rows. The money was taken elsewhere: here it is owed against opening equity.

A card that is here stays as it is: the same list brought twice is owed once. A row adds to a card
that came with a list only what is not on it yet, and only while nobody used it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from models.base import clock
from models.base.fields import store_currency
from models.base.hot import rows_in
from models.base.keys import new_key
from models.base.money import Money
from models.base.words import word
from models.goods.cells import read_money
from models.imports.import_kind import (
    Earlier,
    Field,
    Imported,
    ImportKind,
    Record,
    Remark,
    count_cell,
    field_of,
    text_cell,
)
from models.ledger.accounts import OPENING_EQUITY, VALUE_CARD_LIABILITY
from models.ledger.documents import Document, Leg, begin_document, post_document
from models.members.card_kinds import TIMES, VALUE, CardKind, parts_of, worths_of
from models.members.cards import CARDS, CLOSED, FROZEN, GOOD, LOST, Card, find_card
from models.members.kinds import CARD_OPENING, COURSE, VALUE_CARD
from models.members.lots import ISSUED, Lot, LotNumberWrong, lots_of, move, new_lot, require_number
from models.members.owners import OWNER, owner_of, owners_in
from models.people.columns import one_of, read_day
from models.people.known import Known
from models.people.persons import Person
from models.trust import company
from models.trust.operation import Job
from models.trust.records import put

_STATES = {
    "正常": GOOD, "启用": GOOD, "使用中": GOOD, "good": GOOD, "active": GOOD, "normal": GOOD,
    "冻结": FROZEN, "停用": FROZEN, "frozen": FROZEN, "挂失": LOST, "遗失": LOST, "lost": LOST,
}  # fmt: skip
_MOST_TIMES = 100_000

FIELDS: tuple[Field, ...] = (
    field_of(
        "number", word("Card number"), text_cell(20),
        "卡号 会员卡号 卡编号 储值卡号 卡片号 card_no card_number card number", is_key=True,
    ),
    field_of(
        "kind", word("Kind of card"), text_cell(20),
        "卡种 卡类型 卡类别 卡名称 会员卡类型 会员卡名称 card_type card_kind card_name",
    ),
    *OWNER,
    field_of(
        "rest", word("Balance, paid"), read_money,
        "本金余额 剩余本金 储值本金 本金 储值余额 卡余额 卡内余额 余额 剩余金额 balance principal "
        "remaining_value",
        number="money",
    ),
    field_of(
        "bonus", word("Balance, given"), read_money,
        "赠送余额 剩余赠送 赠金余额 赠送金额 赠金 赠送 bonus bonus_balance gift_balance",
        number="money",
    ),
    field_of(
        "goods", word("Service"), text_cell(60),
        "项目 服务 服务项目 项目名称 项目编号 次卡项目 item service_name service_code",
    ),
    field_of(
        "pieces", word("Times left"), count_cell(1, _MOST_TIMES),
        "剩余次数 余次 剩余 次数 times_left times remaining_times sessions_left", number="plain",
    ),
    field_of(
        "sold", word("Sold on"), read_day,
        "办卡日期 开卡日期 购卡日期 发卡日期 开卡时间 办卡时间 issued_on sold_on purchase_date",
    ),
    field_of(
        "expires", word("Good through"), read_day,
        "有效期 到期日 到期日期 有效期至 截止日期 到期时间 expiry expires expiry_date valid_until",
    ),
    field_of(
        "bonus_expires", word("Bonus good through"), read_day,
        "赠送到期 赠送有效期 赠金有效期 赠金到期 bonus_expires bonus_expiry",
    ),
    field_of("state", word("State"), one_of(_STATES), "状态 卡状态 card_state card_status status"),
)  # fmt: skip


@dataclass(slots=True)
class CardWork:
    """What a row puts onto a card: of which kind, whose, and so much of it."""

    kind: CardKind
    owner: Person | None
    rest: Money
    bonus: Money
    goods: int | None
    pieces: int


@dataclass(slots=True)
class _Store:
    """What the store knows of some rows."""

    kinds: dict[str, CardKind]
    goods: dict[str, list[int]]
    cards: dict[str, Card]
    # Of these cards those that came with a list; numbers of which something was sold or used.
    listed: set[str]
    moved: set[str]
    people: Known
    lots: dict[str, list[Lot]] = field(default_factory=dict)


# --- the row alone


def _check(record: Record, seen: dict[str, Any]) -> None:
    values = record.values
    for name, reason in (("number", "missing_card"), ("kind", "missing_card_kind")):
        if not values.get(name) and not any(each.field == name for each in record.problems):
            record.refuse(reason, name)
    goods, pieces = values.get("goods"), values.get("pieces")
    if (goods is None) != (pieces is None) and not record.problems:
        record.refuse("times_of_what", "pieces" if goods else "goods")
    if goods and values.get("bonus"):
        record.refuse("bonus_of_times", "bonus", values["bonus"])
    if (sold := values.get("sold")) and sold > clock.now().date():
        record.refuse("bad_date", "sold", sold)
    if record.problems:
        return
    earlier: Earlier = seen.setdefault("cards", Earlier())
    what = (values["number"], goods or "")
    if row := earlier.row(what):
        record.refuse("duplicate_card_in_file", "number", f"{values['number']}: {row}")
    else:
        earlier.note(what, record.line)


# --- the row and the store


def _compare(records: list[Record]) -> None:
    store = _look_up(records)
    for record in records:
        _judge(record, store)


def _look_up(records: list[Record]) -> _Store:
    numbers = sorted({str(record.values["number"]) for record in records})
    texts = {each.values["goods"] for each in records if each.values.get("goods")}
    goods: dict[str, list[int]] = {}
    for key, code, name in _goods(sorted(texts)):
        # A code is surer than a name.
        if code in texts:
            goods[code] = [key]
        else:
            goods.setdefault(name, []).append(key)
    listed = (
        'SELECT c."number" FROM "card" c JOIN "document" d ON d."key" = c."document" '
        f'WHERE d."kind" = \'{CARD_OPENING}\' AND c."number" IN (...)'
    )
    moved = (
        'SELECT DISTINCT m."number" FROM "lot_move" m JOIN "document" d '
        'ON d."key" = m."document_id" '
        f"WHERE (d.\"kind\" <> '{CARD_OPENING}' OR m.\"why\" <> '{ISSUED}') "
        'AND m."number" IN (...)'
    )
    return _Store(
        {kind.name: kind for kind in CardKind.select()}, goods,
        {card.number: card for card in Card.select().where(Card.number << numbers)},
        {row[0] for row in rows_in(listed, numbers)}, {row[0] for row in rows_in(moved, numbers)},
        owners_in(records), {number: lots_of(number) for number in numbers},
    )  # fmt: skip


def _goods(texts: list[str]) -> Iterable[tuple[int, str, str]]:
    for column in ("name", "code"):
        sql = f'SELECT "key", "code", "name" FROM "goods" WHERE "{column}" IN (...)'
        yield from rows_in(sql, texts)


def _judge(record: Record, store: _Store) -> None:
    values = record.values
    kind, owner = store.kinds.get(values["kind"]), owner_of(record, store.people)
    if kind is None:
        record.refuse("unknown_card_kind", "kind", values["kind"])
    elif kind.is_named and owner is None and not record.problems:
        record.refuse("unknown_owner", "member")
    goods = _service(record, store) if values.get("goods") else None
    _judge_number(record, store, goods)
    if record.problems or kind is None:
        return
    work = _work(record, kind, owner, goods)
    if record.problems:
        return
    if (last := values.get("expires")) and last < clock.now().date():
        record.warn("card_is_over", "expires", last)
    record.work = work


def _service(record: Record, store: _Store) -> int | None:
    found = store.goods.get(record.values["goods"], [])
    if len(found) == 1:
        return found[0]
    reason = "ambiguous" if found else "unknown_service"
    record.refuse(reason, "goods", record.values["goods"])
    return None


def _judge_number(record: Record, store: _Store, goods: int | None) -> None:
    number = record.values["number"]
    card, lots = store.cards.get(number), store.lots[number]
    if card is None and not lots:
        try:
            require_number(number)
        except LotNumberWrong:
            record.refuse("bad_card", "number", number)
        return
    is_of_list = number in store.listed and number not in store.moved
    if not is_of_list or not _adds(record, card, lots, goods):
        record.refuse("card_there", "number", number)


def _adds(record: Record, card: Card | None, lots: list[Lot], goods: int | None) -> bool:
    """Is what a row brings not on its card yet? A card that was taken back is empty again, one that
    another replaced has lost its lots.
    """
    if card is None or any(lot.goods == goods and lot.rest for lot in lots):
        return False
    if card.state == CLOSED:
        return bool(lots)
    return goods is not None or any(record.values.get(name) for name in ("rest", "bonus"))


def _work(
    record: Record, kind: CardKind, owner: Person | None, goods: int | None
) -> CardWork:  # fmt: skip
    values, zero = record.values, Money.zero(store_currency())
    rest, bonus = values.get("rest"), values.get("bonus") or zero
    pieces = values.get("pieces") or 0
    form = TIMES if pieces else VALUE if rest or bonus else kind.form
    if form != kind.form:
        record.refuse("other_form", "kind", kind.name)
    elif pieces and rest is None:
        rest = _worth(kind, goods, pieces)
        if rest is None:
            record.refuse("worth_missing", "rest")
        else:
            record.warn("worth_reckoned", "rest", rest)
    if pieces and rest is not None and rest.minor < pieces:
        record.refuse("worth_missing", "rest", rest)
    return CardWork(kind, owner, rest or zero, bonus, goods, pieces)


def _worth(kind: CardKind, goods: int | None, pieces: int) -> Money | None:
    """What so many times cost as a kind sells them; None when it does not sell this service."""
    parts = parts_of(kind.key)
    for part, worth in zip(parts, worths_of(kind.price, parts), strict=True):
        if part.goods_id == goods:
            return Money(worth.minor * pieces // part.pieces, worth.currency)
    return None


# --- storing


def _note() -> str:
    """Why it came, in the store's language: it stays on the document."""
    return "Opening balances" if company.language.value() == "en" else "期初余额"


def _store(job: Job, records: list[Record]) -> None:
    money = store_currency()
    total = Money.total((record.work.rest for record in records), money)
    given = Money.total((record.work.bonus for record in records), money)
    # Nobody pays it here: whoever brings it gives it.
    job.require("give bonus", (total + given).minor)
    document = begin_document(job, CARD_OPENING, total=total, note=_note())
    legs: list[Leg] = []
    for record in records:
        card = _card(job, document, record)
        lot = _lot(job, document, card, record)
        if lot is not None:
            work = record.work
            value = work.rest + work.bonus
            more = {"bonus": work.bonus, "pieces": work.pieces}
            legs.append(move(job, document, lot, value, why=ISSUED, **more))
        record.subject, record.before = card.key, {"lot": lot.key if lot else None}
    _post(job, document, legs, total)


def _card(job: Job, document: Document, record: Record) -> Card:
    values, work, card = record.values, record.work, find_card(record.values["number"])
    said = {"state": values.get("state") or GOOD, "expires": values.get("expires")}
    owner = {
        "person": work.owner.key if work.owner else None,
        "name": work.owner.name if work.owner else "",
    }
    if card is None:
        return Card.create(
            key=new_key(), number=values["number"], kind=work.kind, discount=work.kind.discount,
            day=values.get("sold") or job.day, document=document.key, **owner, **said,
        )  # fmt: skip
    if card.state == CLOSED:
        put(card, kind=work.kind, document=document.key, **owner, **said)
    return card


def _lot(job: Job, document: Document, card: Card, record: Record) -> Lot | None:
    """The lot of a row, with nothing on it yet; None where the row puts nothing on."""
    work, values = record.work, record.values
    if not work.rest + work.bonus:
        return None
    is_times = bool(work.pieces)
    return new_lot(
        job, document, COURSE if is_times else VALUE_CARD, number=card.number,
        value=work.rest + work.bonus, name=card.name, person=card.person, bonus=work.bonus,
        goods=work.goods, pieces=work.pieces, day=values.get("sold") or job.day,
        expires=values.get("expires") if is_times else None,
        bonus_expires=values.get("bonus_expires") if work.bonus else None,
    )  # fmt: skip


def _post(job: Job, document: Document, legs: list[Leg], total: Money) -> None:
    """One entry an account, all of it against opening equity."""
    sums: dict[int, Money] = {VALUE_CARD_LIABILITY: Money.zero(total.currency)}
    for leg in legs:
        sums[leg.account] = sums.get(leg.account, Money.zero(total.currency)) + leg.amount
    posted = [Leg(account, amount) for account, amount in sums.items()]
    post_document(job, document, [Leg(OPENING_EQUITY, total), *posted])


# --- taking back


def _undo(job: Job, rows: list[Imported]) -> list[Remark]:
    """What nobody used goes off again, and its card is closed; of the others all stays."""
    kept, money = list[Remark](), store_currency()
    cards = {card.key: card for card in Card.select().where(Card.key << [r.subject for r in rows])}
    keys = [(row.before or {}).get("lot") for row in rows]
    lots = {lot.key: lot for lot in Lot.select().where(Lot.key << [key for key in keys if key])}
    gone: list[Lot] = []
    for row, key in zip(rows, keys, strict=True):
        card, lot = cards.get(row.subject), lots.get(key)
        if card is None or (lot and (lot.rest != lot.value or lot.number != card.number)):
            kept.append(Remark(row.line, "card_in_use", "", card.number if card else ""))
            cards.pop(row.subject, None)
        elif lot:
            gone.append(lot)
    if gone:
        total = Money.total((lot.rest - lot.bonus_rest for lot in gone), money)
        document = begin_document(job, CARD_OPENING, total=-total, note=_note())
        legs = [
            move(
                job, document, lot, -lot.rest, why=ISSUED, bonus=-lot.bonus_rest,
                pieces=-lot.pieces_rest,
            )
            for lot in gone
        ]  # fmt: skip
        _post(job, document, legs, -total)
    for card in cards.values():
        _close(card)
    return kept


def _close(card: Card) -> None:
    lots = lots_of(card.number)
    if any(lot.rest for lot in lots):
        return
    if lots:
        put(card, state=CLOSED)
    else:
        card.delete_instance()


CARD_IMPORT = ImportKind(
    "cards", "keep cards", CARDS, FIELDS, (("number",), ("kind",)),
    check=_check, compare=_compare, store=_store, undo=_undo,
)  # fmt: skip
