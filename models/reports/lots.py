"""Lots as slips show them, put together from the posted rows."""

from __future__ import annotations

from models.base.fields import store_currency
from models.base.money import Money
from models.base.words import word
from models.ledger.documents import Document
from models.ledger.store_card import local, register_name, store_card, user_name
from models.members.lot_view import LotMoneyView, LotView
from models.members.lots import Lot, LotMove, lots_of
from models.members.vouchers import paid_ahead_by
from models.reports.payments import absolute, payment_views

DEPOSIT = word("Deposit for an appointment")


def lot_view(key: int) -> LotView:
    """The paper of a lot, with what is left on its number."""
    lot: Lot = Lot.get_by_id(key)
    document: Document = Document.get_by_id(lot.document)
    return LotView(
        store_card(), DEPOSIT if paid_ahead_by(lot.number) else lot.what.title, lot.number,
        document.label, user_name(document.user), local(document.at), lot.value,
        Money.total((one.rest for one in lots_of(lot.number)), store_currency()), lot.expires,
        lot.name,
    )  # fmt: skip


def lot_money_view(key: int) -> LotMoneyView:
    """The receipt of a voucher sold, or paid back."""
    document: Document = Document.get_by_id(key)
    moved: LotMove = LotMove.get(LotMove.document == key)
    payments = payment_views(key)
    return LotMoneyView(
        store=store_card(), is_out=document.total.minor < 0, number=document.label,
        register=register_name(document.register), cashier=user_name(document.user),
        at=local(document.at), lot=moved.number, owner=Lot.get_by_id(moved.lot).name,
        total=abs(document.total), payments=tuple(absolute(one) for one in payments),
        change=Money.total((one.change for one in payments), store_currency()),
        is_deposit=bool(paid_ahead_by(moved.number)),
    )  # fmt: skip
