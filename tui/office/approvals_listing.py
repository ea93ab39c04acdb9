"""Approvals (审批): what was asked for, and each step of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.listings.listings import Action, Field, Grid, Link, Listing, Related
from models.trust import approvals
from models.trust.approvals import EXECUTED, REFUSED, REQUESTED, REVIEWED, WITHDRAWN, Request
from models.trust.operation import Session
from models.trust.users import User
from receipts.words import word
from tui.desk.words import t
from tui.people.above_limit import cells, contents_told
from tui.records.looks import Look
from tui.records.values import instant_text
from tui.widgets.panel import Ask, Confirm, Words

STATES = (
    (REQUESTED, word("asked")),
    (REVIEWED, word("reviewed")),
    (EXECUTED, word("done")),
    (REFUSED, word("refused")),
    (WITHDRAWN, word("withdrawn")),
)


def _steps(key: int | None) -> list[dict[str, Any]]:
    """Who did what with a request, and what he wrote."""
    steps = approvals.RequestStep.select().where(approvals.RequestStep.request == (key or 0))
    names = {user.key: user.name for user in User.select(User.key, User.name)}
    labels = dict(STATES)
    return [
        {
            "at": instant_text(step.at), "state": t(labels[step.state]),
            "who": names.get(step.user, ""), "note": step.note,
        }
        for step in steps.order_by(approvals.RequestStep.line)
    ]  # fmt: skip


def _on(operation: Any) -> Any:
    """The operation with the request's key: the row is read on the database thread."""

    def call(session: Any, key: int, **how: Any) -> Any:
        return operation(session, Request.get_by_id(key), **how)

    return call


# So many lines stand below the list.
BELOW = 4


def _contents(key: Any) -> str:
    request = Request.get_by_id(key)
    told = contents_told(approvals.contents_of(request))
    return f"{told}\n{t('Total')}  {request.amount}\n{request.reason}".strip()


def _related(session: Session, key: Any) -> list[Related]:
    """What is in a request, line by line."""
    request: Request | None = Request.get_or_none(Request.key == key)
    contents = approvals.contents_of(request) if request is not None else []
    found = []
    for one in contents:
        name, *figures = cells(one)
        found.append(Related("", one.quantity, name, "".join(figures[1:])))
    if len(found) <= BELOW:
        return found
    more = t("and {count} more", count=len(found) - BELOW + 1)
    return [*found[: BELOW - 1], Related("", "", more)]


class _Answer(Ask):
    """A note or a reason, below what it is about."""

    def __init__(self, title: str, told: str, **fields: Any) -> None:
        super().__init__(title, **fields)
        self._told = told

    def content(self) -> Iterable[Any]:
        if self._told:
            yield Words(self._told, tone="warn")
        yield from super().content()


async def _ask(screen: Any, line: Any, title: str) -> str | None:
    told = await screen.in_books(_contents, line.key)
    note: str | None = await screen.desk.ask(_Answer(title, told, what=_title(line)))
    return note


async def _review(screen: Any, line: Any) -> None:
    note = await _ask(screen, line, word("Yes to {what}. A note, if you like"))
    if note is not None:
        await screen.operate(_on(approvals.review), line.key, note=note)
        screen.desk.inform("Reviewed: {what}", what=_title(line))


async def _refuse(screen: Any, line: Any) -> None:
    note = await _ask(screen, line, word("No to {what}. The reason"))
    if note is not None:
        await screen.operate(_on(approvals.refuse_request), line.key, note=note)
        screen.desk.inform("Refused: {what}", what=_title(line))


async def _execute(screen: Any, line: Any) -> None:
    told = await screen.in_books(_contents, line.key)
    question = Confirm(word("Do it now: {what}?"), told, is_grave=True, what=_title(line))
    if await screen.desk.ask(question):
        await screen.operate(_on(approvals.execute_request), line.key)
        screen.desk.inform("Done: {what}", what=_title(line))


async def _withdraw(screen: Any, line: Any) -> None:
    if await screen.desk.ask(Confirm(word("Take back {what}?"), what=_title(line))):
        await screen.operate(_on(approvals.withdraw), line.key)
        screen.desk.inform("Taken back: {what}", what=_title(line))


def _title(line: Any) -> str:
    return str(line.values["title"])


LISTING = Listing(
    "approvals",
    word("Approvals"),
    Request,
    order="key",
    is_newest_first=True,
    fields=(
        Field("number", word("Number"), look=Look(10), is_computed=True),
        Field("title", word("Asked for"), look=Look(0, box=50), is_computed=True),
        Field("state", word("State"), "choice", look=Look(10), choices=STATES, is_computed=True),
        Field("amount", word("Amount"), "money", look=Look(12), is_computed=True, is_summed=True),
        Field("user", word("Who"), "link", look=Look(12), link=Link("users", User),
              is_computed=True),
        Field("day", word("Day"), "date", look=Look(drop=1), is_computed=True),
        Field("reason", word("Reason"), look=Look(20, box=50, drop=2), is_computed=True),
    ),
    find=("number", "title", "reason"),
    named="title",
    related=_related,
    dates="day",
    owners=("user",),
    right="request approval",
    grid=Grid(
        "steps",
        word("Steps"),
        (
            Field("at", word("Time"), look=Look(16), is_computed=True),
            Field("state", word("State"), look=Look(10), is_computed=True),
            Field("who", word("Who"), is_computed=True),
            Field("note", word("Note"), look=Look(0), is_computed=True),
        ),
        _steps,
        is_fixed=True,
    ),
    actions=(
        Action(word("Review: say yes"), _review, "review"),
        Action(word("Execute"), _execute, "execute"),
        Action(word("Refuse"), _refuse, "review"),
        Action(word("Take it back"), _withdraw, "request approval"),
    ),
)  # fmt: skip
