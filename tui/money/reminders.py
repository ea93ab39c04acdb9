"""What waits at the money: the day, and the shift."""

from __future__ import annotations

from models.base.database import store_number
from models.ledger.daily.days import is_overdue
from models.ledger.daily.shifts import COUNTED, current_shift
from models.ledger.gateway.orders import refused_refunds, unsettled
from models.ledger.store_card import local, user_name
from models.ledger.ways.tenders import taken_at
from models.reports.supplier_money import due_soon
from models.trust.operation import open_day
from receipts.words import word
from tui.desk.standing import Reminder, Standing


def day(at: Standing) -> list[Reminder]:
    """A business day that should be closed."""
    today = open_day(store_number())
    if is_overdue(today):
        msgid = word("Business day {day} is still open: close it.")
        return [Reminder(msgid, {"day": today}, "warn", rank=10)]
    return []


def shift(at: Standing) -> list[Reminder]:
    """The shift of this register, or that there is none."""
    found = current_shift(at.register)
    if found is None:
        return [Reminder(word("No shift is open at this till."), tone="muted", rank=20)]
    fields = {"time": local(found.opened_at).strftime("%H:%M"), "user": user_name(found.user)}
    if found.state == COUNTED:
        msgid = word("The drawer is counted: finish closing.")
        return [Reminder(msgid, {}, "warn", is_open_work=True, rank=20)]
    msgid = word("Shift open since {time}, {user}")
    return [Reminder(msgid, fields, "good", is_open_work=True, rank=20)]


def gateway(at: Standing) -> list[Reminder]:
    """Money that the gateway did not give back, and orders of which nobody knows yet."""
    found = []
    if refused := len(refused_refunds()):
        msgid = word("Refused by the gateway: {count} refunds. Give them back by hand.")
        found.append(Reminder(msgid, {"count": refused}, "warn", is_open_work=True, rank=22))
    if waiting := len(unsettled(at.register)):
        msgid = word("Asked at the gateway: {count} orders without an answer.")
        found.append(Reminder(msgid, {"count": waiting}, "warn", is_open_work=True, rank=23))
    return found


def suppliers(at: Standing) -> list[Reminder]:
    """What suppliers are to be paid by what was agreed, for whoever keeps the accounts."""
    if not at.rights.holds("keep accounts"):
        return []
    count, amount = due_soon(open_day(store_number()))
    if not count:
        return []
    msgid = word("To be paid now or within three days: {count}, {amount} (307 lists them)")
    return [Reminder(msgid, {"count": count, "amount": amount}, "warn", rank=44)]


def payments(at: Standing) -> list[Reminder]:
    """Payments of unfinished work: they are in no books yet, and the shift does not close."""
    taken = taken_at(at.register)
    if not taken.minor:
        return []
    msgid = word("Paid on unfinished work: {amount}. Finish it, or take the payment off.")
    return [Reminder(msgid, {"amount": taken}, "warn", is_open_work=True, rank=21)]
