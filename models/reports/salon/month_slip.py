"""The month of a member of the staff on paper: every entry of commission, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.base import clock
from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.rates import ONE, Rate
from models.base.refusals import Refusal
from models.base.words import word
from models.ledger.kinds import label
from models.ledger.store_card import StoreCard, local, store_card, user_name
from models.reports.report import stored
from models.salon.commission import EARNED_WORDS, GOODWILL, month_of
from models.salon.commission_rules import WORK
from models.salon.names import MONTH_SLIP, TIPS_PAID
from models.salon.stylists import Stylist
from models.trust.guard import require_right
from models.trust.operation import Job, Session, operation
from models.trust.print_queue import add_job
from models.trust.scopes import Scope
from models.trust.users import User

RIGHT = "see commission"
BACK = word("commission taken back")


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One entry: `why` (a word) says by what it was earned where it was not by work; `part` is his
    share in per cent, empty for all of it; `rate` in per cent, or `each`.
    """

    day: date
    bill: str
    item: str
    why: str
    is_asked: bool
    part: str
    base: Money
    rate: str
    each: Money | None
    amount: Money


@dataclass(frozen=True, slots=True)
class MonthView:
    """`sums` are what each way of earning came to (a word and its amount), in order; `total` their
    sum; `tips` are beside it.
    """

    store: StoreCard
    number: int
    name: str
    month: str
    clerk: str
    at: datetime
    lines: Sequence[MonthLine]
    sums: Sequence[tuple[str, Money]]
    total: Money
    tips: Money


class MonthWrong(Refusal):
    """A month is a year and a month, and not one that is still to come."""


@operation(right=RIGHT)
def print_month(job: Job, user: int, month: int, *, language: str = "") -> None:
    """Print the commission of a user in a month (202611), as far as it has come.

    Refuses: MonthWrong, OutOfScope.
    """
    if not 1 <= month % 100 <= 12 or not 200_000 < month <= month_of(job.day):
        raise MonthWrong(month=month)
    job.require_seen(user)

    body = {"user": user, "month": month, "by": job.user, "at": clock.micros(job.now)}
    add_job(job, MONTH_SLIP, body=body, user=user, language=language)
    job.note(commission_of=user_name(user), month=month)


def whose_months(session: Session) -> list[Stylist]:
    """Those whose month somebody may see: his own, or whose else his role shows.

    Refuses: SignedOut, OwnPasswordFirst, RightMissing.
    """
    scope = Scope.of(require_right(session, RIGHT, what=MONTH_SLIP))
    found = Stylist.select().order_by(Stylist.number)
    return [one for one in found if scope.sees(one.user_id)]


_LINES = Statement(
    'SELECT d."day", d."kind", d."register", d."number", coalesce(l."name", d."note"), '
    'c."is_asked", c."share", c."base", c."rate", c."each", c."amount", c."event", c."is_kept", '
    'c."of_document" FROM "commission_entry" c JOIN "document" d ON d."key" = c."document_id" '
    'LEFT JOIN "charge_line" l ON l."document_id" = d."key" AND l."line" = c."of_line" '
    'WHERE c."user" = ? AND c."month" = ? '
    'ORDER BY d."day", d."at", d."register", d."number", c."line"'
)
_TIPS = Statement(
    'SELECT coalesce(sum(m."amount"), 0) FROM "tip_move" m '
    'JOIN "document" d ON d."key" = m."document_id" '
    'WHERE m."user" = ? AND d."day" BETWEEN ? AND ? AND d."kind" <> ?'
)


def month_view(body: Mapping[str, Any]) -> MonthView:
    """The month of somebody now."""
    user, month, money = body["user"], body["month"], store_currency()
    rows = _LINES.rows(user, month)
    sums: dict[str, Money] = {}
    for row in rows:
        *_, amount, event, is_kept, source = row
        why = GOODWILL if is_kept else BACK if source else EARNED_WORDS[event]
        sums[why] = sums.get(why, Money.zero(money)) + stored(amount)
    stylist: Stylist | None = Stylist.get_or_none(Stylist.user == user)
    year, number = divmod(month, 100)
    first, last = date(year, number, 1).isoformat(), f"{year}-{number:02}-31"
    order = [*EARNED_WORDS.values(), BACK, GOODWILL]
    return MonthView(
        store_card(), stylist.number if stylist else 0, User.get_by_id(user).name,
        f"{year}-{number:02}", user_name(body["by"]), local(clock.from_micros(body["at"])),
        [_line(row) for row in rows], [(why, sums[why]) for why in order if why in sums],
        Money.total(sums.values(), money), stored(_TIPS.rows(user, first, last, TIPS_PAID)[0][0]),
    )  # fmt: skip


def _line(row: tuple[Any, ...]) -> MonthLine:
    day, kind, register, number, item, asked, share, base, rate, each, amount, event, kept, _ = row
    why = GOODWILL if kept else "" if event == WORK else EARNED_WORDS[event]
    return MonthLine(
        date.fromisoformat(day), label(kind, register, number), item, why, bool(asked),
        "" if int(share) == ONE.millionths else f"{Rate(int(share)).percent_text}%", stored(base),
        "" if each else f"{Rate(int(rate)).percent_text}%", stored(each) if each else None,
        stored(amount),
    )  # fmt: skip
