"""Cheques (支票): they lie in the drawer and are counted with its cash, and nothing is paid out of
them.
"""

from __future__ import annotations

from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.ledger.ways.tender_kinds import CHEQUE
from models.ledger.ways.tenders import Tender

_IN_DRAWER = Statement(
    'SELECT coalesce(sum(p."amount"), 0) FROM "document" d '
    'JOIN "payment" p ON p."document_id" = d."key" JOIN "tender" t ON t."key" = p."tender_id" '
    'WHERE d."shift" = ? AND t."kind" = ?'
)


def cheques_in(shift: int) -> Money:
    """What the cheques come to that a shift's drawer should hold."""
    row = _IN_DRAWER.row(shift, CHEQUE)
    assert row is not None
    return Money(int(row[0]), store_currency())


def counts_cheques(shift: int) -> bool:
    """Are they asked for when a drawer is counted? Where they are taken, or one lies there."""
    is_taken = Tender.select().where(Tender.kind == CHEQUE, Tender.is_active).exists()
    return is_taken or bool(cheques_in(shift))
