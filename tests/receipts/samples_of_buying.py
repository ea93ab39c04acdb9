"""What stands on the papers of buying and of a stocktake in the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from models.base.cost import UnitCost
from models.base.quantity import Quantity
from models.buying.papers import CameView, GoodsInView, OrderedView, OrderView
from models.stock.count_papers import CountedView, StocktakeView
from models.stock.out_papers import GoneView, GoodsOutView
from tests.receipts.samples import AT, CNY, STORE
from tests.stores import yuan

_WATER = "农夫山泉天然水 550ml"
ORDER = OrderView(
    STORE, "PO01-00012", "杭州批发有限公司", "0571-88001234", date(2026, 3, 14), date(2026, 3, 16),
    "上午送到后门",
    (
        OrderedView(
            _WATER, "W24", "瓶", Quantity.of(10), Quantity.of(24), UnitCost.parse("26.40", CNY),
            yuan("264.00"),
        ),
        OrderedView(
            "红富士苹果", "10087", "千克", Quantity.parse("12.5"), Quantity.of(1),
            UnitCost.parse("5.3333", CNY), yuan("66.67"),
        ),
    ),
    yuan("330.67"), "赵库管", AT,
)  # fmt: skip
GOODS_IN = GoodsInView(
    STORE, "GI01-000045", "order", False, "杭州批发有限公司", "PO01-00012", "送货 20260314-7",
    date(2026, 3, 14),
    (
        CameView(
            _WATER, "6921168509256", "瓶", Quantity.of(230), Quantity.of(6), Quantity.of(240),
            yuan("253.00"), "L2603", date(2027, 3, 1),
        ),
        CameView(
            "红富士苹果", "10087", "千克", Quantity.parse("13.1"), Quantity(0),
            Quantity.parse("12.5"), yuan("69.87"), "", None,
        ),
    ),
    (("6909999900019", Quantity.of(2)),), yuan("322.87"), yuan("41.97"), yuan("15.00"),
    yuan("379.84"), False, "赵库管", AT,
)  # fmt: skip
GOODS_BACK = replace(
    GOODS_IN, number="GB01-000003", how="back", is_back=True, order="", note="破损",
    lines=(replace(GOODS_IN.lines[0], due=None, rejected=Quantity(0), quantity=Quantity.of(-6),
                   net=yuan("-6.60")),),
    aside=(), net=yuan("-6.60"), tax=yuan("0"), freight=yuan("0"), total=yuan("-6.60"),
    is_billed=True,
)  # fmt: skip
STOCKTAKE = StocktakeView(
    STORE, "ST01-000004", "CT01-00004", "饮料", date(2026, 3, 14), AT.replace(hour=16), AT,
    "赵库管", False,
    (
        CountedView(_WATER, "瓶", Quantity.of(230), Quantity.of(230), yuan("0"), "A", "赵库管", AT),
        CountedView("红富士苹果", "千克", Quantity.parse("12.5"), Quantity.parse("11.9"),
                    yuan("-3.20"), "A, B", "小王", AT),
        CountedView("可口可乐 330ml", "罐", Quantity.of(48), Quantity.of(50), yuan("4.20"), "B",
                    "小王", AT),
        CountedView("限量礼盒", "盒", Quantity.of(1), None, yuan("0"), "", "", None),
    ),
    yuan("4.20"), yuan("3.20"),
)  # fmt: skip
GOODS_OUT = GoodsOutView(
    STORE,
    "TR01-000002",
    "carry",
    "库房",
    "卖场",
    "补货",
    date(2026, 3, 14),
    AT,
    "赵库管",
    (
        GoneView(_WATER, "瓶", Quantity.of(24)),
        GoneView("红富士苹果", "千克", Quantity.parse("3.5")),
    ),
)
