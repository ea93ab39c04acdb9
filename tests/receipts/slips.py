"""Every slip that the program prints, made from the samples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from receipts.labels import PaperLanguage
from receipts.slip import Slip
from receipts.slips.buying import goods_in_slip, order_slip, short_slip
from receipts.slips.card import card_slip
from receipts.slips.cash_move import cash_move_slip
from receipts.slips.commission import commission_slip
from receipts.slips.common import Print
from receipts.slips.day import day_slip
from receipts.slips.handover import handover_slip
from receipts.slips.held import held_slip
from receipts.slips.hotel import deposit_slip, folio_slip, registration_slip
from receipts.slips.house import house_slip
from receipts.slips.invoice_request import invoice_request_slip
from receipts.slips.lot import lot_money_slip, lot_slip
from receipts.slips.payment import payment_slip
from receipts.slips.sale import sale_slip
from receipts.slips.shift import shift_slip
from receipts.slips.statement import reminder_slip, statement_slip
from receipts.slips.stocktake import goods_out_slip, stocktake_slip
from tests.receipts import samples, samples_of_buying, samples_of_lots
from tests.receipts.samples_of_invoices import INVOICE

COPY = Print(copy_no=2, printed_at=samples.AT.replace(hour=19))
SLIPS: dict[str, Callable[[PaperLanguage], Slip]] = {
    "sale": lambda lang: sale_slip(samples.SALE, Print(lang)),
    "sale_charged": lambda lang: sale_slip(samples.CHARGED, Print(lang)),
    "sale_copy": lambda lang: sale_slip(samples.SALE, replace(COPY, lang=lang)),
    "sale_demo": lambda lang: sale_slip(samples.DEMO, Print(lang)),
    "return": lambda lang: sale_slip(samples.RETURN, Print(lang)),
    "void": lambda lang: sale_slip(samples.VOID, Print(lang)),
    "exchange": lambda lang: sale_slip(samples.EXCHANGE, Print(lang)),
    "held": lambda lang: held_slip(samples.HELD, Print(lang)),
    "invoice": lambda lang: invoice_request_slip(INVOICE, Print(lang)),
    "x": lambda lang: shift_slip(samples.X, Print(lang)),
    "z": lambda lang: shift_slip(samples.Z, Print(lang)),
    "z_over": lambda lang: shift_slip(samples.Z_OVER, Print(lang)),
    "cash_move": lambda lang: cash_move_slip(samples.CASH_MOVE, Print(lang)),
    "money_changed": lambda lang: cash_move_slip(samples.MONEY_CHANGED, Print(lang)),
    "payment": lambda lang: payment_slip(samples.ACCOUNT_PAID, Print(lang)),
    "payment_out": lambda lang: payment_slip(samples.SUPPLIER_PAID, Print(lang)),
    "voucher": lambda lang: lot_slip(samples_of_lots.VOUCHER, Print(lang)),
    "voucher_sold": lambda lang: lot_money_slip(samples_of_lots.VOUCHER_SOLD, Print(lang)),
    "paid_by_voucher": lambda lang: sale_slip(samples_of_lots.PAID_BY_VOUCHER, Print(lang)),
    "card_sold": lambda lang: card_slip(samples_of_lots.CARD_SOLD, Print(lang)),
    "card_back": lambda lang: card_slip(samples_of_lots.CARD_BACK, Print(lang)),
    "card_note": lambda lang: card_slip(samples_of_lots.CARD_NOTE, Print(lang)),
    "paid_by_card": lambda lang: sale_slip(samples_of_lots.PAID_BY_CARD, Print(lang)),
    "commission": lambda lang: commission_slip(samples_of_lots.COMMISSION, Print(lang)),
    "statement": lambda lang: statement_slip(samples.STATEMENT, Print(lang)),
    "reminder": lambda lang: reminder_slip(samples.REMINDER, Print(lang)),
    "house": lambda lang: house_slip(samples.HOUSE, Print(lang)),
    "folio": lambda lang: folio_slip(samples.FOLIO, Print(lang)),
    "folio_copy": lambda lang: folio_slip(samples.FOLIO, replace(COPY, lang=lang)),
    "registration": lambda lang: registration_slip(samples.REGISTRATION, Print(lang)),
    "deposit": lambda lang: deposit_slip(samples.DEPOSIT_TAKEN, Print(lang)),
    "deposit_back": lambda lang: deposit_slip(samples.DEPOSIT_BACK, Print(lang)),
    "handover": lambda lang: handover_slip(samples.HANDOVER, Print(lang)),
    "goods_out": lambda lang: goods_out_slip(samples_of_buying.GOODS_OUT, Print(lang)),
    "stocktake": lambda lang: stocktake_slip(samples_of_buying.STOCKTAKE, Print(lang)),
    "order": lambda lang: order_slip(samples_of_buying.ORDER, Print(lang)),
    "goods_in": lambda lang: goods_in_slip(samples_of_buying.GOODS_IN, Print(lang)),
    "goods_back": lambda lang: goods_in_slip(samples_of_buying.GOODS_BACK, Print(lang)),
    "short": lambda lang: short_slip(samples_of_buying.GOODS_IN, Print(lang)),
    "day": lambda lang: day_slip(samples.DAY_CLOSED, Print(lang)),
    "day_over": lambda lang: day_slip(samples.DAY_OVER, Print(lang)),
}
LANGUAGES: tuple[PaperLanguage, ...] = ("zh", "en", "both")
