"""What waits in every store: slips, and what somebody asked for."""

from __future__ import annotations

from models.trust import approvals, print_queue
from receipts.words import word
from tui.desk.standing import Reminder, Standing


def paper(at: Standing) -> list[Reminder]:
    """Slips that did not come out yet."""
    if waiting := print_queue.waiting(at.register):
        msgid = word("Slips waiting to print: {count}")
        return [Reminder(msgid, {"count": waiting}, "warn", rank=60)]
    return []


def asked(at: Standing) -> list[Reminder]:
    """Requests that wait for this person."""
    if count := len(approvals.inbox(at.user, at.rights)):
        msgid = word("Requests waiting for you: {count}")
        # Behind the shift and its open work: somebody else cannot go on before that.
        return [Reminder(msgid, {"count": count}, "warn", rank=25)]
    return []
