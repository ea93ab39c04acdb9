"""Bills and shifts on the screen: looked at by who holds the right, of the work that he sees.

The views themselves are for paper too, which asks nobody.
"""

from __future__ import annotations

from models.ledger.daily.shift_view import ShiftView
from models.ledger.daily.shifts import CLOSED, Shift
from models.ledger.documents import Document
from models.reports.bills import BillUnknown, sale_view
from models.reports.takings import shift_view
from models.shop.sale_view import SaleView
from models.trust.guard import require_right
from models.trust.operation import Session
from models.trust.scopes import OutOfScope, Scope

X_RIGHT, Z_RIGHT, BILL_RIGHT = "see takings", "close shift", "print"
LISTED = 200


def look_at_shift(session: Session, key: int) -> ShiftView:
    """X of an open shift, Z of a closed one.

    Refuses: SignedOut, OwnPasswordFirst, RightMissing, OutOfScope.
    """
    shift = Shift.get_by_id(key)
    right = Z_RIGHT if shift.state == CLOSED else X_RIGHT
    _look(session, right, shift.user, shift.closed_by, what="shift")
    return shift_view(key)


def look_at_bill(session: Session, key: int) -> SaleView:
    """A posted bill.

    Refuses: BillUnknown, SignedOut, OwnPasswordFirst, RightMissing, OutOfScope.
    """
    document = Document.get_or_none(Document.key == key)
    if document is None:
        raise BillUnknown(number=key)
    _look(session, BILL_RIGHT, document.user, what="bill")
    return sale_view(key)


def closed_shifts(session: Session, register: int) -> list[Shift]:
    """The closed shifts of a register that a person sees, the newest first.

    Refuses: SignedOut, OwnPasswordFirst, RightMissing.
    """
    scope = Scope.of(require_right(session, Z_RIGHT, what="Z"))
    rows = Shift.select().where(Shift.register == register, Shift.state == CLOSED)
    newest = rows.order_by(Shift.number.desc()).limit(LISTED)
    return [shift for shift in newest if scope.sees(shift.user, shift.closed_by)]


def _look(session: Session, right: str, *users: int | None, what: str) -> None:
    rights = require_right(session, right, what=what)
    if not Scope.of(rights).sees(*users):
        raise OutOfScope(user=rights.name)
