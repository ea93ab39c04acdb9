"""Bills as slips and screens show them, put together from the posted rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.base.database import Row
from models.base.fields import store_currency
from models.base.money import Money
from models.base.refusals import Refusal
from models.ledger.documents import Document
from models.ledger.kinds import kind_of
from models.ledger.payments.payment_view import PaymentView
from models.ledger.store_card import local, register_name, store_card, user_name
from models.members.points import PointsBill
from models.members.points_tender import points_used
from models.reports.payments import payment_views
from models.selling.charges import (
    STYLIST,
    ChargeLine,
    Served,
    hand_text,
    served_of,
    taxes_of,
)
from models.selling.promotion_effect import offs_of
from models.selling.promotions import Off
from models.shop.basket import Basket, load
from models.shop.customers import customer_of
from models.shop.return_lines import ReturnLine
from models.shop.return_reasons import REASON_WORDS
from models.shop.sale_view import PointsView, SaleLineView, SaleView, TaxView
from models.shop.sales import Sale
from models.shop.trade import SALE, TENDER_CHANGE
from models.trust import drafts

# Register and number of a slip, with room for a store that sold very much.
_LONGEST = 12


class BillUnknown(Refusal):
    """No bill has this number."""


def sale_view(key: int) -> SaleView:
    """A posted bill. Refuses: BillUnknown."""
    document = Document.get_or_none(Document.key == key)
    sale = Sale.get_or_none(Sale.document == key)
    if document is None or sale is None:
        raise BillUnknown(number=key)
    return SaleView(
        store=store_card(),
        number=document.label,
        barcode=document.label.replace("-", ""),
        register=register_name(document.register),
        cashier=user_name(document.user),
        salesperson=sale.salesperson or None,
        customer=sale.customer,
        day=document.day,
        at=local(document.at),
        lines=_lines(key),
        subtotal=sale.subtotal,
        discount=sale.discount,
        rounding=sale.rounding,
        total=sale.total,
        item_count=sale.pieces,
        taxes=tuple(TaxView(tax.name, tax.rate, tax.base, tax.tax) for tax in taxes_of(key)),
        payments=payment_views(key),
        change=sale.change,
        note=document.note,
        original_number=document.reverses.label if document.reverses_id else "",
        kind=document.kind,
        reason=_reason(key),
        paid_instead=_paid_instead(key),
        points=_points(key),
    )


def _paid_instead(key: int) -> tuple[PaymentView, ...]:
    """What the last change of its way to pay says."""
    last = (
        Document.select(Document.key)
        .where(Document.reverses == key, Document.kind == TENDER_CHANGE)
        .order_by(Document.number.desc())
        .first()
    )
    views = payment_views(last.key) if last else ()
    return tuple(view for view in views if view.amount.minor > 0)


def _points(key: int) -> PointsView | None:
    """What it did with points; one says it of whoever has them now."""
    rows = list(PointsBill.select().where(PointsBill.document == key).order_by(PointsBill.line))
    if not rows:
        return None
    return PointsView(sum(row.points for row in rows), points_used(key), rows[0].rest)


def _reason(key: int) -> str:
    """Why goods came back on a bill; one says it for all."""
    line = ReturnLine.get_or_none(ReturnLine.document == key)
    return REASON_WORDS.get(line.reason, "") if line else ""


def _rows(table: type[Row], key: int):  # type: ignore[no-untyped-def]
    return table.select().where(table.document == key).order_by(table.line)


def _lines(key: int) -> tuple[SaleLineView, ...]:
    offs, served = offs_of([key]), served_of(key)
    return tuple(
        replace(
            _line(line, offs.get((key, line.line), ())),
            hands=_hands(served.get(line.line, ())),
        )
        for line in _rows(ChargeLine, key)
    )


def _hands(served: Sequence[Served]) -> tuple[str, ...]:
    """Who did the work, as it is typed: * was asked for; of several the share of each."""
    hands = [one for one in served if one.role == STYLIST]
    return tuple(hand_text(one, is_alone=len(hands) == 1) for one in hands)


def _line(line: ChargeLine, offs: Sequence[Off]) -> SaleLineView:
    return SaleLineView(
        code=line.code,
        name=line.name,
        quantity=line.quantity,
        unit=line.unit,
        price=line.price,
        discount=line.discount,
        amount=line.amount,
        is_weighed=line.is_weighed,
        pack=line.pack,
        offs=_named(offs),
    )


def _named(offs: Sequence[Off]) -> tuple[tuple[str, Money], ...]:
    return tuple((off.name, Money(off.amount, store_currency())) for off in offs)


def held_view(key: int) -> SaleView:
    """A held or open bill: no number, no payments. Refuses: DraftGone."""
    draft = drafts.read(key)
    basket = load(draft)
    bill = basket.bill()
    zero = Money(0, store_currency())
    return SaleView(
        store=store_card(),
        number=draft.title,
        barcode="",
        register=register_name(draft.register),
        cashier=user_name(draft.user),
        salesperson=None,
        customer=customer_of(draft.head)[1],
        day=local(draft.changed_at).date(),
        at=local(draft.changed_at),
        lines=_held_lines(basket),
        subtotal=bill.amount,
        discount=bill.discount,
        rounding=zero,
        total=bill.total,
        item_count=basket.pieces,
        taxes=tuple(TaxView(t.tax.code, t.tax.rate, t.base, t.amount) for t in bill.taxes()),
        payments=(),
        change=zero,
        note="",
    )


def _held_lines(basket: Basket) -> tuple[SaleLineView, ...]:
    return tuple(
        SaleLineView(
            code=line.item.code,
            name=line.item.name,
            quantity=line.quantity,
            unit=line.item.unit,
            price=line.price,
            discount=line.priced.full - line.priced.amount,
            amount=line.priced.amount,
            is_weighed=line.item.is_weighed,
            pack=line.item.pack,
            offs=_named(line.offs),
            hands=_hands(line.hands),
        )
        for line in basket.lines
    )


def bill_of_number(text: str, register: int) -> Document:
    """The sale with a printed number or its bar code (S01-000042, S01000042); 42 alone is the 42nd
    of this register.

    Refuses: BillUnknown.
    """
    place = _place(text.strip().upper(), register)
    found = place and Document.get_or_none(
        Document.kind == SALE, Document.register == place[0], Document.number == place[1]
    )
    if not found:
        raise BillUnknown(number=text)
    return found


def _place(plain: str, register: int) -> tuple[int, int] | None:
    """Register and number of what was typed or scanned."""
    kind = kind_of(SALE)
    assert kind is not None
    numbered = plain.removeprefix(kind.prefix)
    digits = numbered.replace("-", "")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > _LONGEST:
        return None
    if plain == digits:
        return register, int(digits)
    # Without its dash a number has six digits, and the register what stands before them.
    before, _, after = numbered.rpartition("-")
    before, after = (before, after) if before else (digits[:-6], digits[-6:])
    return (int(before), int(after)) if before.isdigit() else None
