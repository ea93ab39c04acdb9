"""What waits at the front desk today."""

from __future__ import annotations

from models.hotel.audit.audit import due_outs, no_arrivals
from models.hotel.desk.visitors import visitors_inside
from models.hotel.stays.traces import due_traces
from models.ledger.daily.days import local_now, store_day
from receipts.words import word
from tui.desk.standing import Reminder, Standing


def due_today(at: Standing) -> list[Reminder]:
    """Who is to leave and who is expected, for those who check guests in."""
    if not at.rights.holds("check in"):
        return []
    day = store_day()
    found = []
    if leaving := len(due_outs(day)):
        found.append(Reminder(word("Due out today: {count}"), {"count": leaving}, rank=30))
    if waiting := len(due_traces(day, local_now())):
        text = word("Messages, calls and tasks of guests: {count}")
        found.append(Reminder(text, {"count": waiting}, rank=29))
    if coming := len(no_arrivals(day)):
        found.append(Reminder(word("Expected today: {count}"), {"count": coming}, rank=31))
    if visiting := visitors_inside():
        text = word("Visitors in the house: {count}")
        found.append(Reminder(text, {"count": visiting}, rank=32))
    return found
