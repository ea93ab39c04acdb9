"""Drafts: unfinished work that survives a crash or a power cut: a basket, a held bill, a count.

A draft has no entries and no document number. It is saved after every line. It is owned by one
register and changed by that register only, where fetching a held one is a guarded change of owner;
or it is shared: any register changes it that saw its newest version.

Lines are of kinds. Whoever writes lines of a kind declares what reads them (READERS), so that every
draft can be shown, whatever is in it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base import clock
from models.base.database import Row, committed, in_one_transaction, on_sqlite, store_number
from models.base.fields import InstantField, JsonField, KeyField, to_json
from models.base.hot import IF_NEW, RowStatement, Statement, delete, insert
from models.base.keys import new_key, renew
from models.base.refusals import Refusal
from models.base.values import value
from models.base.watched_rows import rows_of
from models.base.watching import MarkField, Raw
from models.trust.operation import Job

OPEN, HELD, CANCELLED = "open", "held", "dropped"
STATES = (OPEN, HELD, CANCELLED)
# The register of work that is shared.
SHARED = 0
# Signs of what it is called.
LONGEST_TITLE = 60
# Kind of line -> what makes its value of its number and its body; one of UNREADABLE when it cannot.
READERS: dict[str, Callable[[int, Any], Any]] = {}
# What reading a stored line or head may meet when somebody else wrote it.
UNREADABLE = (
    TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError,
)  # fmt: skip


class DraftGone(Refusal):
    """The draft is finished, thrown away, or another register took it."""


class DraftChanged(Refusal):
    """Somebody else changed the shared work since it was read."""


class HeadField(JsonField):
    """What belongs to a whole draft; None when it is no JSON."""

    def python_value(self, value: str | None) -> Any:
        try:
            return super().python_value(value)
        except UNREADABLE:
            return None


class Draft(Row):
    """One piece of unfinished work."""

    key = KeyField(primary_key=True)
    kind = CharField(max_length=12)
    register = IntegerField()
    user = BigIntegerField()
    state = CharField(max_length=8)
    title = CharField(max_length=LONGEST_TITLE, default="")
    head = HeadField()
    created_at = InstantField()
    changed_at = InstantField()
    # How often it was changed, where it is shared.
    version = IntegerField(default=1)
    mark = MarkField()

    # The row that it was read from.
    stored: Raw = ()

    class Meta:
        unmarked = "changed_at version"
        indexes = ((("kind", "state", "register"), False),)


class DraftLine(Row):
    """One line of it; `line` numbers are never used twice in a draft."""

    draft = ForeignKeyField(Draft, index=False)
    line = IntegerField()
    kind = CharField(max_length=12)
    body = JsonField()
    mark = MarkField()

    class Meta:
        primary_key = CompositeKey("draft", "line")
        without_rowid = on_sqlite


_LINE_NAMES = "store draft line kind body"
_ADD = insert(DraftLine, _LINE_NAMES, more=IF_NEW)
_PUT = insert(
    DraftLine,
    _LINE_NAMES,
    more='ON CONFLICT ("draft_id", "line") DO UPDATE SET "kind" = excluded."kind", '
    '"body" = excluded."body"',
)
_OWNED = Statement(
    'UPDATE "draft" SET "changed_at" = ? WHERE "key" = ? AND "register" = ? AND "state" = ?'
)
_SEEN = Statement(
    'UPDATE "draft" SET "changed_at" = ?, "version" = "version" + 1 '
    'WHERE "key" = ? AND "register" = ? AND "state" = ? AND "version" = ?'
)


def begin_draft(register: int, user: int, kind: str, head: dict[str, Any]) -> Draft:
    """Start a piece of work at a register, or for all of them (SHARED)."""
    renew()
    now = clock.now()
    values = {"kind": kind, "register": register, "user": user, "state": OPEN, "head": head}
    return committed(
        lambda: Draft.create(key=new_key(), created_at=now, changed_at=now, **values),
        "begin_draft",
    )


@in_one_transaction
def save_line(
    draft: int,
    register: int,
    line: int,
    body: Any,
    *,
    kind: str,
    version: int | None = None,
    part_of: int | None = None,
    is_new: bool = False,
) -> None:
    """Store one line, new or changed; one that was changed beside the program keeps a mark that
    says so, and so does a new line that is `part_of` it. For one that `is_new` nothing is looked
    for first. Refuses: DraftGone, DraftChanged.
    """
    hold(draft, register, version)
    row = (store_number(), draft, line, kind, to_json(body))
    if not (is_new and _ADD.run(*row)):
        _PUT.run(*row)
    rows = rows_of(DraftLine)
    whole = None if part_of is None else rows.at(draft, part_of)
    if whole is not None and not rows.watch.is_right(whole):
        rows.keep_mark(whole, draft, line)


@in_one_transaction
def save_head(
    draft: int,
    register: int,
    head: dict[str, Any],
    user: int | None = None,
    *,
    version: int | None = None,
) -> None:
    """Store what belongs to the whole draft. Refuses: DraftGone, DraftChanged."""
    hold(draft, register, version)
    values: dict[str, Any] = {"head": head}
    if user is not None:
        values["user"] = user
    Draft.update(**values).where(Draft.key == draft).execute()


def hold(draft: int, register: int, version: int | None = None) -> None:
    """Check, inside a transaction, that the draft is open and this register's; or that it is shared
    (a `version` is given) and nobody changed it since: it has the next version then.

    Refuses: DraftGone, DraftChanged.
    """
    now = clock.micros(clock.now())
    if register != SHARED:
        if _OWNED.run(now, draft, register, OPEN) != 1:
            raise DraftGone(draft=draft)
    elif _SEEN.run(now, draft, SHARED, OPEN, version) != 1:
        found = read(draft)
        if (found.register, found.state) != (SHARED, OPEN):
            raise DraftGone(draft=draft)
        raise DraftChanged(title=found.title)


_DRAFT = RowStatement(Draft, '"key" = ?')


def read(key: int) -> Draft:
    """The draft as it is stored now. Refuses: DraftGone."""
    row = _DRAFT.row(key)
    if row is None:
        raise DraftGone(draft=key)
    draft: Draft = _DRAFT.made(row)
    draft.stored = row
    return draft


def read_own(key: int, register: int) -> Draft:
    """The same of one that is open and this register's: it may be finished, and nothing else be
    done with it before (`hold`). Refuses: DraftGone.
    """
    draft = read(key)
    if (draft.register, draft.state) != (register, OPEN):
        raise DraftGone(draft=key)
    return draft


def head_value(draft: Draft, name: str) -> Any:
    """What the head says under a name; None when it says nothing, or is no head."""
    return draft.head.get(name) if isinstance(draft.head, dict) else None


@value()
class WorkLine:
    """A line as what reads its kind understands it: `value` is None where nothing can. `stored` is
    its whole row.
    """

    number: int
    kind: str
    value: Any
    stored: Raw


class Numbered(Protocol):
    """A line of open work as its screen holds it."""

    @property
    def number(self) -> int:
        """By which it is stored."""


L = TypeVar("L", bound=Numbered)


def put(lines: list[L], line: L) -> int:
    """Take up a new or changed line among those that a screen holds; its place."""
    for place, other in enumerate(lines):
        if other.number == line.number:
            lines[place] = line
            return place
    lines.append(line)
    return len(lines) - 1


_LINES = RowStatement(DraftLine, '"draft_id" = ? ORDER BY "line"')


def lines_of(draft: int) -> list[WorkLine]:
    """All lines, in order; none of them is left out, and none stops the others."""
    return _understood(_LINES.rows(draft))


def _understood(rows: Sequence[Raw]) -> list[WorkLine]:
    # As the columns stand: store, draft, line, kind, body, mark.
    bodies = _bodies([row[4] for row in rows])
    return [
        WorkLine(row[2], row[3], _value(row[2], row[3], body), row)
        for row, body in zip(rows, bodies, strict=True)
    ]


def _bodies(texts: Sequence[str]) -> list[Any]:
    """All at once, which costs half; one by one when one of them is no JSON."""
    try:
        found: list[Any] = json.loads(f"[{','.join(texts)}]")
        if len(found) == len(texts):
            return found
    except UNREADABLE:
        pass
    return [Draft.head.python_value(text) for text in texts]


def _value(number: int, kind: str, body: Any) -> Any:
    try:
        return READERS[kind](number, body)
    except UNREADABLE:
        return None


_LINE = RowStatement(DraftLine, '"draft_id" = ? AND "line" = ?')
_COUNT = Statement('SELECT count(*) FROM "draft_line" WHERE "draft_id" = ?')
_LAST = Statement('SELECT coalesce(max("line"), 0) FROM "draft_line" WHERE "draft_id" = ?')


def line_of(draft: int, line: int) -> WorkLine | None:
    """One line; None when there is none."""
    row = _LINE.row(draft, line)
    return None if row is None else _understood([row])[0]


def last_line(draft: int) -> int:
    """The highest number of a line; 0 when there is none."""
    row = _LAST.row(draft)
    return 0 if row is None else int(row[0])


_OPEN_LINES = Statement(
    'SELECT count(*) FROM "draft" d JOIN "draft_line" l ON l."draft_id" = d."key" '
    'WHERE d."register" = ? AND d."state" = ? AND d."store" = ? AND d."kind" = ?'
)


def open_lines(register: int, kind: str) -> int:
    """How many lines of open work of a kind lie at a register."""
    row = _OPEN_LINES.row(register, OPEN, store_number(), kind)
    return 0 if row is None else int(row[0])


def count_lines(draft: int) -> int:
    """How many lines there are."""
    row = _COUNT.row(draft)
    return 0 if row is None else int(row[0])


def delete_line(draft: int, line: int) -> None:
    """Take a line away inside the caller's transaction (an operation records who and why)."""
    DraftLine.delete().where(DraftLine.draft == draft, DraftLine.line == line).execute()


# Deleted and not marked: a mark in an index is a new entry in each of them, on pages that the other
# counters read, and they would be in each other's way.
_FINISH = delete(Draft, '"key" = ? AND "register" = ? AND "state" = ?')
_CLEAR = delete(DraftLine, '"draft_id" = ?')


def finish(job: Job, draft: int, *, version: int | None = None) -> None:
    """End a draft inside an operation: its lines are in a document now, or were thrown away. One
    that is shared is held first, at its `version`.

    Refuses: DraftGone, DraftChanged.
    """
    owner = job.register
    if version is not None:
        hold(draft, owner := SHARED, version)
    _CLEAR.run(draft)
    if _FINISH.run(draft, owner, OPEN) != 1:
        raise DraftGone(draft=draft)


def finish_read(job: Job, draft: Draft, lines: Sequence[Raw]) -> None:
    """The same of one of this register that was read in this very work, with all of its lines.

    Refuses: DraftGone.
    """
    _CLEAR.run_known(lines, draft.key)
    if _FINISH.run_known([draft.stored], draft.key, job.register, OPEN) != 1:
        raise DraftGone(draft=draft.key)


def hold_aside(job: Job, draft: int, title: str, *, state: str = HELD) -> None:
    """Put a draft aside under a title, inside an operation: for later, or cancelled.

    Refuses: DraftGone.
    """
    changed = (
        Draft.update(state=state, title=title[:LONGEST_TITLE], changed_at=job.now)
        .where(Draft.key == draft, Draft.register == job.register, Draft.state == OPEN)
        .execute()
    )
    if changed != 1:
        raise DraftGone(draft=draft)


def fetch(job: Job, draft: int) -> None:
    """Take a draft that was put aside, or one that was cancelled: of many who try, one gets it.

    Refuses: DraftGone.
    """
    changed = (
        Draft.update(state=OPEN, register=job.register, user=job.user, changed_at=job.now)
        .where(Draft.key == draft, Draft.state.in_((HELD, CANCELLED)))
        .execute()
    )
    if changed != 1:
        raise DraftGone(draft=draft)


def aside(kind: str, *states: str) -> list[Draft]:
    """Drafts of a kind in these states, the one that was put aside last first."""
    found = Draft.select().where(Draft.kind == kind, Draft.state.in_(states))
    return list(found.order_by(Draft.changed_at.desc(), Draft.key.desc()))


def held(kind: str) -> list[Draft]:
    """Drafts of a kind that were put aside, newest first."""
    return aside(kind, HELD)


def shared(kind: str) -> list[Draft]:
    """Open work of a kind that belongs to all registers, the one that was changed last first."""
    return [draft for draft in aside(kind, OPEN) if draft.register == SHARED]


def forget_cancelled(job: Job) -> None:
    """A step of the close of a day: what was cancelled in it can be fetched no more."""
    of_today = (Draft.state == CANCELLED) & (Draft.store == store_number())
    gone = Draft.select(Draft.key).where(of_today)
    DraftLine.delete().where(DraftLine.draft.in_(gone)).execute()
    Draft.delete().where(of_today).execute()


def unfinished(kind: str, register: int) -> Draft | None:
    """The open draft that a register left behind, offered after a crash: one with lines before
    an empty one, the newest first.
    """
    left = (
        Draft.select()
        .where(Draft.kind == kind, Draft.state == OPEN, Draft.register == register)
        .order_by(Draft.key.desc())
    )
    return next((draft for draft in left if _LINES.rows(draft.key)), next(iter(left), None))


@in_one_transaction
def drop_empty(key: int, register: int) -> None:
    """Delete an open draft that has no line. Others are left as they are."""
    if not _LINES.rows(key):
        Draft.delete().where(
            Draft.key == key, Draft.register == register, Draft.state == OPEN
        ).execute()
