"""Whether an open bill is what the program saved: its head, its lines, and what was paid of it.

Each of these rows carries a keyed mark (models/base/watching.py). A bill that was changed beside
the program is not sold but by somebody who may set prices: he looks at it, and it is his.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.base.database import Row
from models.base.watched_rows import accept_rows, are_as_saved, are_right
from models.base.watching import Raw
from models.ledger.ways.tenders import TakenPayment
from models.trust.drafts import Draft, DraftLine
from models.trust.operation import Job, NeedsOverride

ACCEPTING = "override price"
_TABLES = (Draft, DraftLine, TakenPayment)
# Rows of a bill that were read already, by table.
Read = dict[type[Row], Sequence[Raw]]


class BillAltered(NeedsOverride):
    """The stored bill is not what the program saved: somebody changed it in the file."""


def is_altered(draft: int, read: Read | None = None) -> bool:
    """Was the bill changed beside the program? `read` are the rows that it is sold by, where they
    were read already.
    """
    if read is None:
        return not all(are_as_saved(table, [draft]) for table in _TABLES)
    return not all(are_right(table, read[table]) for table in _TABLES)


def require_unaltered(job: Job, draft: int, read: Read | None = None) -> bool:
    """Refuse an altered bill to whoever may not accept it; False when it is one.

    Refuses: BillAltered, OverrideRefused.
    """
    if not is_altered(draft, read):
        return True
    if job.given_by(ACCEPTING, lambda rights: rights.holds(ACCEPTING)) is None:
        raise BillAltered(right=ACCEPTING)
    job.note(altered=True)
    return False


def accept_bill(draft: int) -> None:
    """Take the bill as it is stored now for the program's own: somebody looked at it."""
    for table in _TABLES:
        accept_rows(table, [draft])
