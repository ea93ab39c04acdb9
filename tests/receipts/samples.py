"""A store, its bills, shifts and days, as every test of paper uses them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from models.base.money import Money, currency
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.hotel.audit.day_figures import DayFigures
from models.hotel.audit.house_paper import HouseView
from models.hotel.folios.papers import (
    DepositView,
    FolioView,
    LineView,
    RegistrationView,
    WindowView,
)
from models.ledger.daily.shift_view import (
    CashMoveView,
    DayView,
    ForeignView,
    HandoverView,
    LeftView,
    RegisterDayView,
    ShiftDayView,
    ShiftOverView,
    ShiftView,
    TaxView,
    TenderTotal,
)
from models.ledger.debts.dues import Ageing, Item
from models.ledger.folios import Folio
from models.ledger.payments.payment_view import AccountPaymentView
from models.ledger.proving.proof import TrialLine
from models.ledger.store_card import StoreCard
from models.reports.statements import ReminderView, StatementLine, StatementView
from models.shop.sale_view import PaymentView, SaleLineView, SaleView
from tests.stores import yuan

CNY = currency("CNY")
DAY, NEXT_DAY = date(2026, 3, 14), date(2026, 3, 15)
AT = datetime(2026, 3, 14, 18, 42)

STORE = StoreCard(
    name="晨光便利店",
    branch="中山路店 Zhongshan Road",
    address="南京市玄武区中山路 18 号",
    phone="025-8888 1234",
    tax_number="91320102MA1N8XYZ7T",
    footer="谢谢惠顾，欢迎再来！\n七天内凭小票退换。",
    currency=CNY,
    is_demo=False,
)
TAXES = (
    TaxView("增值税", Rate.percent("13"), yuan("88.32"), yuan("11.48")),
    TaxView("增值税", Rate.percent("9"), yuan("22.61"), yuan("2.04")),
)


def line(
    name: str, quantity: str, price: str, amount: str, *, discount: str = "0", **more: Any
) -> SaleLineView:
    weighed = "." in quantity
    return SaleLineView(
        code="6901234567892",
        name=name,
        quantity=Quantity.parse(quantity),
        unit="kg" if weighed else "件",
        price=yuan(price),
        discount=yuan(discount),
        amount=yuan(amount),
        is_weighed=weighed,
        **more,
    )


LINES = (
    line("农夫山泉 550ml", "6", "2.00", "12.00"),
    line("西兰花", "1.284", "12.80", "16.44"),
    line("云南小瓜（散装）", "0.655", "8.00", "5.24"),
    line(
        "Colgate Total 12 Professional Clean Toothpaste 120 g",
        "1",
        "25.90",
        "20.90",
        discount="5",
        offs=(("周三日化九折", yuan("2.59")), ("会员再减 1 元", yuan("1.00"))),
    ),
    line("蒙牛特仑苏纯牛奶 250ml×12 礼盒装", "1", "69.90", "69.90"),
)
SALE = SaleView(
    store=STORE,
    number="R1-000123",
    barcode="R1000123",
    register="1",
    cashier="王小梅",
    salesperson="李静",
    customer="",
    day=DAY,
    at=AT,
    lines=LINES,
    subtotal=yuan("124.48"),
    discount=yuan("4.00"),
    rounding=yuan("-0.08"),
    total=yuan("120.40"),
    item_count=Quantity.of(10),
    taxes=TAXES,
    payments=(
        PaymentView("会员卡", "Member card", yuan("50"), yuan("50"), yuan("0"), "**** 0042"),
        PaymentView("现金", "Cash", yuan("70.40"), yuan("100"), yuan("29.60"), ""),
    ),
    change=yuan("29.60"),
    note="",
)
CHARGED = replace(
    SALE,
    payments=(
        PaymentView("挂房账", "To the room", yuan("120.40"), yuan("120.40"), yuan("0"), "",
                    "1208 司马相如"),
    ),
    change=yuan("0"),
)  # fmt: skip
RETURN = replace(
    SALE,
    number="R1-000131",
    barcode="R1000131",
    salesperson=None,
    lines=(line("西兰花", "-1.284", "12.80", "-16.44"),),
    subtotal=yuan("-16.44"),
    discount=yuan("0"),
    rounding=yuan("0"),
    total=yuan("-16.44"),
    item_count=Quantity.of(-1),
    taxes=(),
    payments=(PaymentView("现金", "Cash", yuan("-16.44"), yuan("-16.44"), yuan("0"), ""),),
    change=yuan("0"),
    note="不新鲜",
    original_number="R1-000123",
    kind="return",
    reason="Spoiled or expired",
)
VOID = replace(
    RETURN, number="V1-000004", barcode="V1000004", kind="void", reason="Wrong price", note=""
)
EXCHANGE = replace(
    SALE,
    number="R1-000132",
    barcode="R1000132",
    lines=(line("云南小瓜（散装）", "2", "8.00", "16.00"), RETURN.lines[0]),
    subtotal=yuan("-0.44"),
    discount=yuan("0"),
    rounding=yuan("0.04"),
    total=yuan("-0.40"),
    item_count=Quantity.of(0),
    taxes=(),
    payments=(PaymentView("现金", "Cash", yuan("-0.40"), yuan("-0.40"), yuan("0"), ""),),
    change=yuan("0"),
    original_number="R1-000123",
    reason="Wrong item given",
)
DEMO = replace(SALE, store=replace(STORE, is_demo=True))
HELD = replace(SALE, number="H1-0007", barcode="H10007", payments=(), change=yuan("0"), taxes=())
Z = ShiftView(
    store=STORE,
    kind="Z",
    number="Z1-0042",
    register="1",
    cashier="王小梅",
    opened_at=datetime(2026, 3, 14, 7, 58),
    closed_at=datetime(2026, 3, 14, 20, 5),
    day=DAY,
    until=DAY,
    days=(ShiftDayView(DAY, yuan("8328.51"), yuan("8344.95")),),
    sales_count=186,
    sales_total=yuan("8432.15"),
    returns_count=3,
    returns_total=yuan("87.20"),
    undone_count=1,
    undone_total=yuan("16.44"),
    rounding=yuan("-0.12"),
    discounts=yuan("312.60"),
    voids_count=4,
    no_sale_count=2,
    tenders=(
        TenderTotal("现金", "Cash", 61, yuan("2104.35")),
        TenderTotal("微信支付", "WeChat Pay", 92, yuan("4218.90")),
        TenderTotal("支付宝", "Alipay", 30, yuan("1871.70")),
        TenderTotal("会员卡", "Member card", 6, yuan("150.00")),
    ),
    beside=(("Vouchers sold", yuan("100.00")), ("Paid on accounts", yuan("-83.56"))),
    float_amount=yuan("300.00"),
    cash_in=yuan("0"),
    cash_out=yuan("45.00"),
    drops=yuan("1500.00"),
    bags=(("0042", yuan("1000.00")), ("0043", yuan("500.00"))),
    expected_cash=yuan("859.35"),
    counted_cash=yuan("857.00"),
    over_short=yuan("-2.35"),
    reason="找零给多了",
    counted_by="林晓",
    denominations=(
        (yuan("100"), 6),
        (yuan("50"), 3),
        (yuan("10"), 8),
        (yuan("1"), 27),
    ),
    foreign=(
        ForeignView("EUR", Money(15_000, currency("EUR")), Money(15_000, currency("EUR"))),
        ForeignView("USD", Money(22_000, currency("USD")), Money(21_000, currency("USD"))),
    ),
    counts=2,
    taxes=TAXES,
    categories=(
        ("蔬菜", Quantity.parse("83.415"), yuan("1042.75")),
        ("饮料", Quantity.of(143), yuan("612.50")),
        ("Household & personal care", Quantity.of(52), yuan("1204.60")),
        ("", Quantity.of(3), yuan("12.00")),
    ),
    first_number="R1-000001",
    last_number="R1-000189",
    chain_head="7F3A-91C2-E04B-55D8",
)
X = replace(
    Z,
    kind="X",
    number="X1-0007",
    reason="",
    counted_by="",
    closed_at=None,
    counted_cash=None,
    over_short=None,
    expected_cash=None,
    denominations=(),
    foreign=(),
    counts=0,
)
CASH_MOVE = CashMoveView(
    store=STORE,
    kind="drop",
    number="C1-0009",
    register="1",
    cashier="王小梅",
    at=AT,
    amount=yuan("1500.00"),
    reason="缴保险柜，店长在场。",
    bag="A-00317",
)
MONEY_CHANGED = replace(
    CASH_MOVE, kind="fx bought", number="H01-000003", amount=yuan("213.10"), bag="",
    reason="USD 30.01 x 7.10 Smith 201",
)  # fmt: skip
ACCOUNT_PAID = AccountPaymentView(
    store=STORE,
    is_out=False,
    number="P01-000017",
    register="1",
    cashier="王小梅",
    at=AT,
    account="F01-00003",
    name="对面餐饮有限公司",
    settled=yuan("120.44"),
    rounding=yuan("-0.04"),
    total=yuan("120.40"),
    payments=SALE.payments,
    change=yuan("29.60"),
    note="三月月结",
)
SUPPLIER_PAID = replace(
    ACCOUNT_PAID,
    is_out=True,
    number="P01-000018",
    name="南京饮料批发",
    settled=yuan("800"),
    rounding=yuan("0"),
    total=yuan("800"),
    payments=(PaymentView("银行转账", "Bank transfer", yuan("800"), yuan("800"), yuan("0"), "88"),),
    change=yuan("0"),
    note="",
)
_ITEMS = (
    Item(1, 1, "S01-000412", date(2026, 1, 9), date(2026, 2, 8), yuan("640"), yuan("240.44"),
         "一月办公用水"),
    Item(2, 1, "S01-000533", date(2026, 2, 3), date(2026, 3, 5), yuan("88.50"), yuan("88.50")),
    Item(3, 1, "P01-000009", date(2026, 2, 20), date(2026, 3, 22), yuan("-400"), yuan("0.44")),
)  # fmt: skip
STATEMENT = StatementView(
    store=STORE,
    number="F01-00003",
    name="对面餐饮有限公司",
    first=date(2026, 1, 1),
    last=DAY,
    opening=yuan("120"),
    lines=tuple(
        StatementLine(item, yuan(balance))
        for item, balance in zip(_ITEMS, ("760", "848.50", "448.50"), strict=True)
    ),
    closing=yuan("448.50"),
    age=Ageing(
        Folio(number="F01-00003"),
        tuple(yuan(each) for each in ("0", "88.50", "240.44", "0", "120")), yuan("-0.44"),
        yuan("88.50"),
    ),
    clerk="王小梅",
    at=AT,
)  # fmt: skip
REMINDER = ReminderView(
    STORE, "F01-00003", "对面餐饮有限公司", DAY, _ITEMS[:2], yuan("328.94"), "王小梅", AT
)
HOUSE = HouseView(
    STORE,
    DAY,
    DAY,
    DayFigures(
        day=DAY, rooms=40, out_of_order=1, sold=31, free=1, house_use=1, day_use=2,
        guests=48, arrivals=12, departures=9, room_revenue=yuan("9877.44"),
        other_revenue=yuan("640.20"),
    ),
    (
        TrialLine(1001, "库存现金 收银台", "Cash in drawers", yuan("500"), yuan("3200"),
                  yuan("1100"), yuan("2600")),
        TrialLine(1125, "应收账款 在店客账", "Guests in house", yuan("8120.50"),
                  yuan("11148.30"), yuan("9870"), yuan("9398.80")),
        TrialLine(6002, "客房收入", "Room revenue", yuan("-88210"), yuan("0"),
                  yuan("9877.44"), yuan("-98087.44")),
    ),
)  # fmt: skip
DAY_CLOSED = DayView(
    store=STORE,
    day=DAY,
    closed_at=datetime(2026, 3, 15, 0, 12),
    closed_by="陈店长",
    registers=(
        RegisterDayView("1", 186, yuan("8432.15"), "R1-000001", "R1-000189", "7F3A-91C2-E04B-55D8"),
        RegisterDayView("2", 74, yuan("3120.40"), "R2-000001", "R2-000075", "0B1D-4E77-A960-12F3"),
    ),
    sales_count=260, sales_total=yuan("11552.55"),
    returns_count=4, returns_total=yuan("103.64"),
    undone_count=1, undone_total=yuan("16.44"),
    rounding=yuan("0"),
    discounts=yuan("402.10"),
    net_total=yuan("11448.91"),
    tenders=Z.tenders,
    beside=(),
    taxes=TAXES,
    over_short=yuan("-2.35"),
    shifts_over=(),
    head_short="9C41-D2E8-03FA-77B6",
    earned=(
        ("Earned", yuan("11398.91")), ("Owed before", yuan("4200.00")), ("Sold", yuan("100.00")),
        ("Used", yuan("-150.00")), ("Still owed", yuan("4150.00")),
    ),
)  # fmt: skip
# A night shift that went over the close of the day.
Z_OVER = replace(
    Z,
    opened_at=datetime(2026, 3, 14, 19, 58),
    closed_at=datetime(2026, 3, 15, 8, 2),
    until=NEXT_DAY,
    days=(
        ShiftDayView(DAY, yuan("6120.30"), yuan("6136.74")),
        ShiftDayView(NEXT_DAY, yuan("2208.21"), yuan("2208.21")),
    ),
)
DAY_OVER = replace(
    DAY_CLOSED,
    shifts_over=(
        ShiftOverView("1", "王小梅", datetime(2026, 3, 14, 19, 58), yuan("1012.40")),
        ShiftOverView("2", "Bartholomew Featherstone", datetime(2026, 3, 14, 22, 1), yuan("300")),
    ),
)
FOLIO = FolioView(
    store=STORE,
    number="B01-00042-1",
    name="司马相如",
    room="1208",
    arrival=date(2026, 3, 12),
    departure=date(2026, 3, 14),
    left_at=datetime(2026, 3, 14, 11, 5),
    cashier="陈店长", at=AT,
    windows=(
        WindowView(
            "A", "F01-00107", "司马相如",
            (
                LineView(date(2026, 3, 12), "B01-00042", "", yuan("-500"), kind="deposit"),
                LineView(date(2026, 3, 12), "房费 Room", "1208", yuan("320")),
                LineView(date(2026, 3, 13), "房费 Room", "1208", yuan("420")),
                LineView(date(2026, 3, 13), "餐饮 Food and beverage", "1208", yuan("86.50")),
            ),
            yuan("826.50"), yuan("500"), yuan("0"), yuan("326.50"),
        ),
        WindowView(
            "B", "F01-00108", "南京饮料批发",
            (
                LineView(date(2026, 3, 13), "会议室 Meeting room", "1208", yuan("1200")),
                LineView(date(2026, 3, 14), "F01-00021 南京饮料批发", "", yuan("-1200")),
            ),
            yuan("1200"), yuan("0"), yuan("1200"), yuan("0"),
        ),
    ),
)  # fmt: skip
REGISTRATION = RegistrationView(
    store=STORE,
    number="B01-00042-1",
    room="1208",
    room_type="豪华大床 Deluxe King",
    arrival=date(2026, 3, 12),
    departure=date(2026, 3, 14),
    nights=((date(2026, 3, 12), yuan("320")), (date(2026, 3, 13), yuan("420"))),
    tax=yuan("20"),
    guests=(("司马相如", "440*************12"), ("ERIKSSON ANNA MARIA", "L89****C3")),
    clerk="陈店长",
    at=AT,
)
DEPOSIT_TAKEN = DepositView(
    store=STORE,
    number="Y01-000007",
    booking="B01-00042",
    name="司马相如",
    amount=yuan("500"),
    tenders=(("现金", "Cash", yuan("300")), ("微信", "WeChat", yuan("200"))),
    cashier="陈店长",
    at=AT,
)
DEPOSIT_BACK = replace(
    DEPOSIT_TAKEN, number="Y01-000009", amount=yuan("-120"),
    tenders=(("现金", "Cash", yuan("-120")),),
)  # fmt: skip

HANDOVER = HandoverView(
    store=STORE,
    number="Z01-00017",
    register="1 前台",
    cashier="张收银",
    opened_at=AT.replace(hour=7, minute=58),
    closed_at=AT,
    counted=yuan("3262.40"),
    foreign=(ForeignView("USD", Money(5_000, currency("USD")), Money(5_000, currency("USD"))),),
    over_short=yuan("-2.00"),
    reason="少找两元，已问过",
    next_float=yuan("500.00"),
    left=(
        LeftView("To leave today, not settled", 1, (("301 诺敏·巴特尔 Nomin", yuan("1380.00")),)),
        LeftView("Expected, not come yet", 14, (("TWN 李娜", None), ("KNG 王芳", None))),
        LeftView("Unfinished bills", 1, (("老王的两箱水", yuan("39.80")),)),
    ),
)
