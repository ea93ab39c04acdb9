"""Money that will go out is agreed to before it goes: whoever may give so much says yes when the
work is begun, and the yes is kept with the work. What is asked afterwards, is it out?, is asked of
nobody who is refused then; and who gave it outside is not sent for the manager again.
"""

from __future__ import annotations

from typing import Any

from models.base.money import Money
from models.base.watched_rows import are_as_saved
from models.trust import drafts
from models.trust.drafts import Draft
from models.trust.operation import Job
from models.trust.users import rights_of

AGREED = "agreed"


def agreement(job: Job, most: Money) -> list[int]:
    """What the head of the work keeps: who said yes, and to how much, above zero."""
    return [job.override.user if job.override else job.user, most.minor]


def stand_by_agreement(job: Job, draft: int, due: Money) -> None:
    """Let the work be done by the rights of who agreed to it, if it comes to no more than that and
    nobody changed it beside the program.
    """
    match drafts.head_value(drafts.read(draft), AGREED):
        case [int(user), int(most)] if abs(due.minor) <= most and are_as_saved(Draft, [draft]):
            job.agreed = rights_of(user)


def without_agreement(head: Any) -> dict[str, Any]:
    """The head of work to which nobody agreed."""
    return {name: value for name, value in head.items() if name != AGREED}
