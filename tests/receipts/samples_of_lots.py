"""What stands on the papers of vouchers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from models.base.rates import Rate
from models.members.card_view import CardSlipView, CardView, TimesView
from models.members.lot_view import LotMoneyView, LotView
from models.reports.salon.month_slip import MonthLine, MonthView
from models.shop.sale_view import PaymentView
from tests.receipts.samples import AT, SALE, STORE
from tests.stores import yuan

VOUCHER = LotView(
    STORE, "Gift voucher", "9912345678904", "Q01-000007", "王小梅", AT, yuan("100"), yuan("62.50"),
    date(2029, 3, 13), "赵敏",
)  # fmt: skip
COMMISSION = MonthView(
    STORE, 8, "李明", "2026-03", "王小梅", AT,
    (
        MonthLine(date(2026, 3, 2), "S01-000012", "女士剪发", "", True, "70%", yuan("89.60"), "30%",
                  None, yuan("26.88")),
        MonthLine(date(2026, 3, 2), "S01-000012", "洗吹", "", False, "", yuan("38"), "", yuan("5"),
                  yuan("5")),
        MonthLine(date(2026, 3, 9), "KA01-000003", "880001", "card sold or topped up", False, "60%",
                  yuan("600"), "5%", None, yuan("30")),
        MonthLine(date(2026, 3, 10), "R01-000002", "女士剪发", "", True, "70%", yuan("-89.60"),
                  "30%", None, yuan("-26.88")),
        MonthLine(date(2026, 3, 10), "R01-000002", "女士剪发", "kept as goodwill", True, "70%",
                  yuan("89.60"), "30%", None, yuan("26.88")),
    ),
    (("work on a bill", yuan("31.88")), ("card sold or topped up", yuan("30")),
     ("commission taken back", yuan("-26.88")), ("kept as goodwill", yuan("26.88"))),
    yuan("61.88"), yuan("40"),
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
CARD = CardView(
    "9912345678904", "金卡", "赵敏", yuan("1000"), yuan("200"), date(2026, 9, 13),
    (TimesView("女士剪发", 7, date(2027, 3, 13)),), Rate.percent("20"), date(2027, 3, 13),
)  # fmt: skip
CARD_SOLD = CardSlipView(
    STORE, "CARD SOLD", CARD, "KA01-000003", "1", "王小梅", AT, paid=yuan("1000"),
    bonus=yuan("200"),
    payments=(PaymentView("现金", "Cash", yuan("1000"), yuan("1000"), yuan("0"), ""),),
    change=yuan("0"),
)  # fmt: skip
CARD_BACK = replace(CARD_SOLD, title="CARD TAKEN BACK", number="KB01-000001", is_out=True)
CARD_NOTE = CardSlipView(
    STORE, "CARD REPLACED", CARD, "", "1", "王小梅", AT, old="880001", reason="卡丢了",
)  # fmt: skip
PAID_BY_CARD = replace(
    SALE,
    payments=(
        PaymentView("储值卡", "Stored value", SALE.total, SALE.total, yuan("0"), "",
                    code="9912345678904", rest=yuan("900"), bonus=yuan("150")),
        PaymentView("次卡", "Times paid ahead", yuan("100"), yuan("100"), yuan("0"), "",
                    code="9912345678904/101", rest=yuan("600"), times=6),
    ),
    change=yuan("0"),
)  # fmt: skip
