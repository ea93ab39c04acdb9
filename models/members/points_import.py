"""Import of points (积分) that another program kept: a row is a person and how many he has. Whoever
has points here, or had a bill with some, keeps what he has: a list brought twice counts once.
"""

from __future__ import annotations

from typing import Any

from models.base.fields import store_currency
from models.base.hot import rows_in
from models.base.money import Money
from models.base.words import word
from models.imports.import_kind import (
    Field,
    Imported,
    ImportKind,
    Record,
    Remark,
    count_cell,
    field_of,
)
from models.ledger.accounts import POINTS_USED
from models.ledger.documents import Leg, begin_document, post_document
from models.members.kinds import POINTS_CHANGE
from models.members.lots import is_over
from models.members.owners import OWNER, owner_of, owners_in
from models.members.points_lots import TAKEN, add_points, points_lots, points_of, take_points
from models.members.points_rules import MOST_POINTS
from models.people.merging import keys_of, root_of
from models.people.persons import Person
from models.trust import company
from models.trust.operation import Job

_POINTS: Field = field_of(
    "points", word("Points"), count_cell(1, MOST_POINTS),
    "积分 剩余积分 可用积分 当前积分 会员积分 积分余额 point_balance reward_points", number="plain",
)  # fmt: skip


def _check(record: Record, seen: dict[str, Any]) -> None:
    values = record.values
    if not values.get("points") and not record.problems:
        record.refuse("missing_points", "points")
    if not any(values.get(field.name) for field in OWNER) and not record.problems:
        record.refuse("unknown_owner", "member")


def _compare(records: list[Record]) -> None:
    known, here = owners_in(records), set[int]()
    for record in records:
        owner = owner_of(record, known)
        if owner is None:
            continue
        key = root_of(owner.key)
        if key in here or _has_points(key):
            record.refuse("points_there", "member", owner.name)
        here.add(key)
        record.work, record.subject = owner, key


def _has_points(key: int) -> bool:
    sql = 'SELECT 1 FROM "points_bill" WHERE "person" IN (...)'
    return any(lot.pieces_rest for lot in points_lots(key)) or bool(rows_in(sql, keys_of(key)))


def _note() -> str:
    """Why they came, in the store's language: it stays on the document."""
    return "Opening points" if company.language.value() == "en" else "期初积分"


def _store(job: Job, records: list[Record]) -> None:
    zero = Money.zero(store_currency())
    document = begin_document(job, POINTS_CHANGE, total=zero, note=_note())
    for record in records:
        add_points(job, document, record.work, record.values["points"])
        record.subject, record.before = record.work.key, {"points": record.values["points"]}
    legs = [Leg(POINTS_USED, zero), Leg(POINTS_USED, zero)]
    post_document(job, document, legs, people=len(records))


def _undo(job: Job, rows: list[Imported]) -> list[Remark]:
    """The points go off again, where they are all there."""
    kept, going = list[Remark](), list[tuple[int, int]]()
    for row in rows:
        points = int((row.before or {}).get("points", 0))
        if points_of(row.subject, job.day) < points:
            found = Person.get_or_none(Person.key == row.subject)
            kept.append(Remark(row.line, "points_used", "", found.name if found else ""))
        else:
            going.append((row.subject, points))
    if going:
        zero = Money.zero(store_currency())
        document = begin_document(job, POINTS_CHANGE, total=zero, note=_note())
        for person, points in going:
            lots = [lot for lot in points_lots(person) if not is_over(lot, job.day)]
            take_points(job, document, lots, points, why=TAKEN)
        legs = [Leg(POINTS_USED, zero), Leg(POINTS_USED, zero)]
        post_document(job, document, legs, people=len(going))
    return kept


POINTS_IMPORT = ImportKind(
    "points", "give points", word("Points"), (*OWNER, _POINTS),
    (("member", "phone", "name"), ("points",)),
    check=_check, compare=_compare, store=_store, undo=_undo,
)  # fmt: skip
