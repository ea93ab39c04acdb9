"""What must hold of allocations. Number 46."""

from __future__ import annotations

from models.base.findings import sql_check
from models.ledger.kinds import label

_SETTLED = (
    '(SELECT coalesce(sum(a."amount"), 0) FROM "allocation" a '
    'WHERE a."{side}" = e."document_id" AND a."{side}_line" = e."line")'
)
_AS_CHARGE, _AS_PAYMENT = _SETTLED.format(side="charge"), _SETTLED.format(side="payment")

DUE_CHECKS = [
    sql_check(
        46,
        "AllocationTooMuch",
        'SELECT d."kind", d."register", d."number", e."amount", '
        f"{_AS_CHARGE} + {_AS_PAYMENT} "
        'FROM "entry" e JOIN "document" d ON d."key" = e."document_id" '
        f'WHERE e."folio" IS NOT NULL AND ({_AS_CHARGE} NOT BETWEEN 0 AND abs(e."amount") '
        f'OR {_AS_PAYMENT} NOT BETWEEN 0 AND abs(e."amount"))',
        names="amount$ settled$",
        where=label,
        parts=3,
        is_quick=False,
    )
]
