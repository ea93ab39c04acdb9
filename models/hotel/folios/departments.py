"""The control accounts of the house (控制账单): what each department posted on accounts, beside
what the books say of it.

A control account is a view of the department's postings and never a second copy. Of its own it has
only what nobody can place yet: a call of an unknown extension, a voucher without a room. That is
cleared by a transfer, or stands on the audit's list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.hotel.charges.folio_lines import ADJUSTMENT, CHARGE, PAID_OUT, TILL, VOID
from models.hotel.charges.services import PAID_OUT as OUT_OF_DRAWERS
from models.hotel.folios.room_tender import ROOM
from models.ledger.folio_kinds import CONTROL
from models.ledger.folios import OPEN, Folio

_POSTED = Statement(
    'SELECT l."department", '
    'sum(CASE WHEN l."kind" = ? THEN l."net" + l."service" + l."tax" ELSE 0 END), '
    'sum(CASE WHEN l."kind" <> ? THEN l."net" + l."service" + l."tax" ELSE 0 END) '
    'FROM "folio_line" l JOIN "document" d ON d."key" = l."document_id" '
    'WHERE d."day" >= ? AND d."day" <= ? AND l."kind" IN (?, ?, ?) GROUP BY l."department"'
)
# What a document charged is of one service: all its lines on accounts are of one department.
_BOOKED = Statement(
    'SELECT t."department", sum(c."net" + c."service" + c."tax") FROM ('
    'SELECT l."document_id", min(l."department") AS "department" FROM "folio_line" l '
    'JOIN "document" d ON d."key" = l."document_id" WHERE d."day" >= ? AND d."day" <= ? '
    'AND l."kind" IN (?, ?, ?) GROUP BY l."document_id") t '
    'JOIN "charge_line" c ON c."document_id" = t."document_id" GROUP BY t."department"'
)
_FROM_TILLS = Statement(
    'SELECT coalesce(sum(l."amount"), 0) FROM "folio_line" l '
    'JOIN "document" d ON d."key" = l."document_id" '
    'WHERE d."day" >= ? AND d."day" <= ? AND l."kind" = ?'
)
_PAID_OUT = Statement(
    'SELECT coalesce(sum(CASE WHEN l."amount" > 0 THEN l."amount" ELSE 0 END), 0), '
    'coalesce(sum(CASE WHEN l."amount" < 0 THEN l."amount" ELSE 0 END), 0), '
    'coalesce(sum((SELECT -sum(p."amount") FROM "payment" p '
    'WHERE p."document_id" = l."document_id")), 0) FROM "folio_line" l '
    'JOIN "document" d ON d."key" = l."document_id" '
    'WHERE d."day" >= ? AND d."day" <= ? AND l."kind" = ?'
)
_TO_ROOMS = Statement(
    'SELECT coalesce(sum(p."amount"), 0) FROM "payment" p '
    'JOIN "document" d ON d."key" = p."document_id" '
    'JOIN "tender" t ON t."key" = p."tender_id" '
    'WHERE d."day" >= ? AND d."day" <= ? AND t."kind" = ?'
)


@dataclass(frozen=True, slots=True)
class DepartmentDay:
    """One department over business days: charged, taken back (below zero), and what its documents
    have in the books; of paid-outs what left the drawers, of the tills, what they say was charged
    to rooms.
    """

    name: str
    charged: Money
    taken_back: Money
    booked: Money

    @property
    def total(self) -> Money:
        """What stands on accounts."""
        return self.charged + self.taken_back

    @property
    def is_even(self) -> bool:
        """Do the accounts and the books say the same?"""
        return self.total == self.booked


def departments(first: date, last: date) -> list[DepartmentDay]:
    """Each department that posted anything on these business days, the paid-outs and the tills
    last.
    """
    span, kinds = (first.isoformat(), last.isoformat()), (CHARGE, VOID, ADJUSTMENT)
    posted = {name: (up, down) for name, up, down in _POSTED.rows(CHARGE, CHARGE, *span, *kinds)}
    booked = dict(_BOOKED.rows(*span, *kinds))
    found = [
        DepartmentDay(name, *map(_money, (*posted.get(name, (0, 0)), booked.get(name, 0))))
        for name in sorted({*posted, *booked})
    ]
    paid = _PAID_OUT.row(*span, PAID_OUT) or (0, 0, 0)
    if any(paid):
        found.append(DepartmentDay(OUT_OF_DRAWERS, *map(_money, paid)))
    up, out = _FROM_TILLS.row(*span, TILL) or (0,), _TO_ROOMS.row(*span, ROOM) or (0,)
    if up[0] or out[0]:
        found.append(DepartmentDay(TILL, _money(up[0]), _money(0), _money(out[0])))
    return found


def not_cleared() -> list[Folio]:
    """Control accounts on which something stands that nobody has placed yet."""
    rows = Folio.select().where(Folio.kind == CONTROL, Folio.status == OPEN)
    return [folio for folio in rows.order_by(Folio.name, Folio.key) if folio.balance]


def _money(minor: object) -> Money:
    return Money(int(str(minor)), store_currency())
