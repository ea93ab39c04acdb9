"""What stands on the papers of vouchers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from models.members.lot_view import LotMoneyView, LotView
from models.shop.sale_view import PaymentView
from tests.receipts.samples import AT, SALE, STORE, yuan

VOUCHER = LotView(
    STORE, "Gift voucher", "9912345678904", "Q01-000007", "王小梅", AT, yuan("100"), yuan("62.50"),
    date(2029, 3, 13), "赵敏",
)  # fmt: skip
VOUCHER_SOLD = LotMoneyView(
    STORE, False, "Q01-000007", "1", "王小梅", AT, "9912345678904", "赵敏", yuan("100"),
    (PaymentView("现金", "Cash", yuan("100"), yuan("150"), yuan("50"), ""),), yuan("50"),
)  # fmt: skip
PAID_BY_VOUCHER = replace(
    SALE,
    payments=(
        PaymentView("礼券", "Gift voucher", SALE.total, SALE.total, yuan("0"), "",
                    code="9912345678904", rest=yuan("12.50")),
    ),
    change=yuan("0"),
)  # fmt: skip
