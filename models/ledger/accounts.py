"""The chart of accounts: small, for the three trades, names in both languages.

Numbers follow the first digits of the Chinese chart (1 assets, 2 debts, 4 equity, 6 profit and
loss; 企业会计准则 应用指南 2006, 会计科目); ours have four digits.
"""

from __future__ import annotations

from peewee import BooleanField, CharField, IntegerField

from models.base.database import Row
from models.base.watching import MarkField

ASSET, DEBT, EQUITY, INCOME, EXPENSE = "asset", "debt", "equity", "income", "expense"

DRAWER = 1001
SAFE = 1003
BANK = 1002
FOREIGN_DRAWER = 1004
FOREIGN_SAFE = 1005
CARD_CLEARING = 1012
WECHAT_CLEARING = 1013
ALIPAY_CLEARING = 1014
WALLET_CLEARING = 1015
PLATFORM_CLEARING = 1016
VOUCHER_CLEARING = 1017
RECEIVABLE = 1122
GUEST_LEDGER = 1125
STOCK = 1405
PAYABLE = 2202
GUEST_DEPOSIT = 2203
CARD_LIABILITY = 2204
PACKAGE = 2205
VOUCHER_LIABILITY = 2206
CREDIT_LIABILITY = 2207
VALUE_CARD_LIABILITY = 2208
COURSE_LIABILITY = 2210
WAGES = 2211
TIPS_OWED = 2212
OUTPUT_TAX = 2221
OTHER_TAX = 2222
INPUT_TAX = 2223
VISITORS_TAX = 2224
NOT_BILLED = 2209
CONTAINER_DEPOSIT = 2241
OPENING_EQUITY = 4001
SALES = 6001
ROOM_SALES = 6002
SERVICE_SALES = 6003
CARD_BONUS = 6004
CARD_FEES = 6005
POINTS_USED = 6006
CASH_ROUNDING = 6051
PACKAGE_PROFIT = 6052
VOUCHER_PROFIT = 6053
CARD_PROFIT = 6054
CASH_OVER = 6301
STOCK_GAIN = 6302
COST_OF_SALES = 6401
PRICE_DIFFERENCE = 6404
PETTY_EXPENSE = 6602
BAD_DEBT = 6702
EXCHANGE_DIFFERENCE = 6603
PACKAGE_LOSS = 6604
HOUSE_USE = 6607
CHANNEL_FEES = 6605
CASH_SHORT = 6711
STOCK_LOSS = 6712


class Account(Row):
    """One account. A control account is the sum of folios: each entry on it names one."""

    number = IntegerField(primary_key=True)
    name_zh = CharField(max_length=40)
    name_en = CharField(max_length=40)
    kind = CharField(max_length=8)
    is_control = BooleanField(default=False)
    is_active = BooleanField(default=True)
    mark = MarkField()


SHIPPED: tuple[tuple[int, str, str, str, bool], ...] = (
    (DRAWER, "库存现金 收银台", "Cash in drawers", ASSET, False),
    (BANK, "银行存款", "Bank", ASSET, False),
    (SAFE, "库存现金 保险柜", "Cash in the safe", ASSET, False),
    (FOREIGN_DRAWER, "库存外币 收银台", "Foreign cash in drawers", ASSET, False),
    (FOREIGN_SAFE, "库存外币 保险柜", "Foreign cash in the safe", ASSET, False),
    (CARD_CLEARING, "银行卡待结算", "Cards to settle", ASSET, False),
    (WECHAT_CLEARING, "微信待结算", "WeChat to settle", ASSET, False),
    (ALIPAY_CLEARING, "支付宝待结算", "Alipay to settle", ASSET, False),
    (WALLET_CLEARING, "其他钱包待结算", "Other wallets to settle", ASSET, False),
    (PLATFORM_CLEARING, "平台待结算", "Platforms to settle", ASSET, False),
    (VOUCHER_CLEARING, "代金券待结算", "Vouchers to settle", ASSET, False),
    (RECEIVABLE, "应收账款", "Receivables", ASSET, True),
    (GUEST_LEDGER, "应收账款 在店客账", "Guests in house", ASSET, True),
    (STOCK, "库存商品", "Goods in stock", ASSET, False),
    (PAYABLE, "应付账款", "Payables", DEBT, True),
    (GUEST_DEPOSIT, "预收账款", "Deposits received", DEBT, True),
    (CARD_LIABILITY, "合同负债 会员卡", "Balances of cards", DEBT, True),
    (PACKAGE, "合同负债 包价", "Packages not yet used", DEBT, True),
    (VOUCHER_LIABILITY, "合同负债 礼券", "Vouchers not yet used", DEBT, False),
    (CREDIT_LIABILITY, "合同负债 退货余额", "Store credit owed", DEBT, False),
    (VALUE_CARD_LIABILITY, "合同负债 储值卡", "Principal on cards", DEBT, False),
    (COURSE_LIABILITY, "合同负债 次卡", "Times paid ahead", DEBT, False),
    (NOT_BILLED, "应付账款 暂估入库", "Goods received, not billed", DEBT, False),
    (WAGES, "应付职工薪酬", "Wages payable", DEBT, False),
    (TIPS_OWED, "应付小费", "Tips of the staff", DEBT, False),
    (OUTPUT_TAX, "应交税费 销项税", "Output tax", DEBT, False),
    (OTHER_TAX, "应交税费 其他税", "Other taxes on sales", DEBT, False),
    (INPUT_TAX, "应交税费 进项税", "Input tax", DEBT, False),
    (VISITORS_TAX, "应交税费 住宿税", "Visitors' tax", DEBT, False),
    (CONTAINER_DEPOSIT, "其他应付款 包装押金", "Container deposits held", DEBT, False),
    (OPENING_EQUITY, "期初投入", "Opening equity", EQUITY, False),
    (SALES, "商品销售收入", "Sales of goods", INCOME, False),
    (ROOM_SALES, "客房收入", "Room revenue", INCOME, False),
    (SERVICE_SALES, "服务收入", "Service revenue", INCOME, False),
    (CARD_BONUS, "储值赠送折让", "Bonus of cards used", INCOME, False),
    (CARD_FEES, "折扣卡收入", "Discount cards sold", INCOME, False),
    (POINTS_USED, "积分抵扣折让", "Points used", INCOME, False),
    (CASH_ROUNDING, "现金抹零", "Cash rounding", INCOME, False),
    (PACKAGE_PROFIT, "包价余额收入", "Package profit", INCOME, False),
    (VOUCHER_PROFIT, "礼券过期收入", "Vouchers that ran out", INCOME, False),
    (CARD_PROFIT, "会员卡过期及退卡收入", "Cards that ran out or were given up", INCOME, False),
    (CASH_OVER, "现金长款", "Cash over", INCOME, False),
    (STOCK_GAIN, "存货盘盈", "Stock gains", INCOME, False),
    (COST_OF_SALES, "商品销售成本", "Cost of goods sold", EXPENSE, False),
    (PRICE_DIFFERENCE, "进价差异", "Purchase price differences", EXPENSE, False),
    (PETTY_EXPENSE, "零星支出", "Petty expenses", EXPENSE, False),
    (EXCHANGE_DIFFERENCE, "汇兑损益", "Exchange differences", EXPENSE, False),
    (PACKAGE_LOSS, "包价超额", "Package loss", EXPENSE, False),
    (CHANNEL_FEES, "渠道佣金和手续费", "Commission and fees of payers", EXPENSE, False),
    (HOUSE_USE, "自用商品", "Goods used by the house", EXPENSE, False),
    (BAD_DEBT, "坏账损失", "Bad debts", EXPENSE, False),
    (CASH_SHORT, "现金短款", "Cash short", EXPENSE, False),
    (STOCK_LOSS, "存货盘亏", "Stock losses", EXPENSE, False),
)

# Accounts of what the store owes: a folio on one of them has its balance below zero.
DEBTS = frozenset(number for number, _, _, kind, _ in SHIPPED if kind == DEBT)


def ship() -> None:
    """Put what the store has not of the shipped chart into it, inside the caller's transaction."""
    present = {row.number for row in Account.select(Account.number)}
    for number, name_zh, name_en, kind, is_control in SHIPPED:
        if number not in present:
            Account.create(
                number=number, name_zh=name_zh, name_en=name_en, kind=kind, is_control=is_control
            )
