"""Payments as slips and screens show them, put together from the posted rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from models.base.fields import store_currency
from models.base.money import Money
from models.goods.goods import Goods
from models.ledger.documents import Document, Entry
from models.ledger.folios import Folio
from models.ledger.payments.payment_view import AccountPaymentView, PaymentView
from models.ledger.store_card import local, register_name, store_card, user_name
from models.ledger.ways.tenders import Payment, Tender
from models.members.card_tenders import STROKE
from models.members.kinds import POINTS
from models.members.lots import Lot, LotMove


def payment_views(document: int) -> tuple[PaymentView, ...]:
    """The payments of a posted document, in their order."""
    rows = Payment.select().where(Payment.document == document).order_by(Payment.line)
    rests = {_code_of(move): move for move in _moves(document)}
    return tuple(_view(row, rests.get(row.code)) for row in rows.join(Tender))


def _moves(document: int) -> Iterable[LotMove]:
    """The last move of a number says what is left on it."""
    found: Iterable[LotMove] = (
        LotMove.select().where(LotMove.document == document).order_by(LotMove.line)
    )
    return found


def _code_of(move: LotMove) -> str:
    """The code by which it was paid: of times with that of their service."""
    lot = Lot.get_by_id(move.lot) if move.pieces else None
    if lot is None or lot.goods is None:
        return str(move.number)
    goods = Goods.get_by_id(lot.goods)
    return f"{move.number}{STROKE}{goods.code}"


def _view(payment: Payment, move: LotMove | None) -> PaymentView:
    reference = " ".join(part for part in (payment.last_four, payment.reference) if part)
    if payment.tender.what.is_on_top:
        # For whom it is, and how much was given: it stands beside what is paid for.
        return PaymentView(
            name_zh=f"{payment.tender.name_zh} {payment.reference}",
            name_en=f"{payment.tender.name_en} {payment.reference}", amount=-payment.amount,
            given=-payment.given, change=payment.change, reference="",
        )  # fmt: skip
    if payment.tender.kind == POINTS:
        # They are no money: the bill says how many are left.
        move = None
    return PaymentView(
        name_zh=payment.tender.name_zh,
        name_en=payment.tender.name_en,
        amount=payment.amount,
        given=payment.given,
        change=payment.change,
        reference=reference,
        owner=payment.tender.what.owner(payment) if payment.folio else "",
        code=payment.code,
        rest=move.rest if move else None,
        bonus=move.bonus_rest if move and move.bonus_rest else None,
        times=move.pieces_rest if move and move.pieces else None,
    )


def account_payment_view(key: int) -> AccountPaymentView:
    """The slip of a payment on account."""
    document = Document.get_by_id(key)
    entry = Entry.get(Entry.document == key, Entry.folio.is_null(False))
    folio = Folio.get_by_id(entry.folio)
    # The account's own entry goes against the money.
    is_out, money = entry.amount.minor > 0, store_currency()
    payments = payment_views(key)
    # What a guest gets back is below zero in its document.
    settled, total = abs(entry.amount), abs(document.total)
    return AccountPaymentView(
        store=store_card(),
        is_out=is_out,
        number=document.label,
        register=register_name(document.register),
        cashier=user_name(document.user),
        at=local(document.at),
        account=folio.number,
        name=folio.name,
        settled=settled,
        rounding=total - settled,
        total=total,
        payments=tuple(absolute(payment) for payment in payments),
        change=Money.total((payment.change for payment in payments), money),
        note=document.note,
    )


def absolute(payment: PaymentView) -> PaymentView:
    """The same without a sign: what goes out is said in words."""
    return replace(payment, amount=abs(payment.amount), given=abs(payment.given))
