"""What waits today: the day, the shift, held bills, approvals, paper, backup, low stock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from models.base.database import store_number
from models.goods.goods import Goods
from models.ledger.days import is_overdue
from models.ledger.shifts import COUNTED, current_shift
from models.ledger.store_cards import local, user_name
from models.trust import approvals, drafts, print_queue
from models.trust.operation import open_day
from models.trust.users import Rights
from receipts.words import word


@dataclass(frozen=True)
class Reminder:
    """A message id with its fields; `is_open_work` is told again before leaving."""

    msgid: str
    fields: dict[str, Any] = field(default_factory=dict)
    tone: str = ""
    is_open_work: bool = False


def reminders(user: int, register: int, rights: Rights) -> list[Reminder]:
    """All of them, the pressing ones first."""
    return [
        *_day(),
        *_shift(register),
        *_goods(rights),
        *_bills(register),
        *_paper(register),
        *_asked(user, rights),
    ]


def _day() -> list[Reminder]:
    day = open_day(store_number())
    if is_overdue(day):
        return [Reminder(word("Business day {day} is still open: close it."), {"day": day}, "warn")]
    return []


def _shift(register: int) -> list[Reminder]:
    shift = current_shift(register)
    if shift is None:
        return [Reminder(word("No shift is open at this till."), tone="muted")]
    fields = {"time": local(shift.opened_at).strftime("%H:%M"), "user": user_name(shift.user)}
    if shift.state == COUNTED:
        return [Reminder(word("The drawer is counted: finish closing."), {}, "warn", True)]
    return [Reminder(word("Shift open since {time}, {user}"), fields, "good", True)]


def _goods(rights: Rights) -> list[Reminder]:
    """A new store: what whoever may keep goods does first."""
    if not rights.holds("keep goods") or Goods.select(Goods.key).limit(1).exists():
        return []
    return [Reminder(word("There are no goods yet: 51 makes one, 58 takes a file."), {}, "warn")]


def _bills(register: int) -> list[Reminder]:
    found = []
    unfinished = drafts.unfinished("sale", register)
    if unfinished is not None and (lines := len(drafts.lines_of(unfinished.key))):
        msgid = word("An unfinished bill of {lines} lines waits in Selling.")
        found.append(Reminder(msgid, {"lines": lines}, "warn", True))
    if held := len(drafts.held("sale")):
        found.append(Reminder(word("Bills on hold: {count}"), {"count": held}, "warn", True))
    return found


def _paper(register: int) -> list[Reminder]:
    if waiting := print_queue.waiting(register):
        return [Reminder(word("Slips waiting to print: {count}"), {"count": waiting}, "warn")]
    return []


def _asked(user: int, rights: Rights) -> list[Reminder]:
    if count := len(approvals.inbox(user, rights)):
        return [Reminder(word("Requests waiting for you: {count}"), {"count": count}, "warn")]
    return []
