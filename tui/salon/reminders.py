"""What waits at the salon's counter today."""

from __future__ import annotations

from datetime import timedelta

from models.ledger.daily.days import store_day
from models.salon.absences import asked_for, uncovered_from
from models.salon.visits import open_before, to_call
from receipts.words import word
from tui.desk.standing import Reminder, Standing


def due_today(at: Standing) -> list[Reminder]:
    """Whom to call, and what nobody has said anything of, for those who keep appointments."""
    if not at.rights.holds("keep appointments"):
        return []
    day = store_day()
    found = []
    if left := len(open_before(day)):
        text = word("Appointments of earlier days that are neither finished nor off: {count}")
        found.append(Reminder(text, {"count": left}, rank=33))
    if bare := len(uncovered_from(day)):
        text = word("Clients whose person is away: {count}")
        found.append(Reminder(text, {"count": bare}, rank=33))
    if calls := len(to_call(day + timedelta(days=1))):
        text = word("Clients to remind of tomorrow: {count}")
        found.append(Reminder(text, {"count": calls}, rank=34))
    if at.rights.holds("keep roster") and (waiting := len(asked_for())):
        text = word("Absences that wait for an answer: {count}")
        found.append(Reminder(text, {"count": waiting}, rank=35))
    return found
