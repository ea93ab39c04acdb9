"""Goods and stock on the screen."""

from __future__ import annotations

from receipts.words import word
from tui.desk.trade_screens import MenuEntry, TradeScreens, listing, report
from tui.stock import keys

GOODS = TradeScreens(
    "goods",
    menu=(
        MenuEntry(51, word("Goods"), listing("goods"), "keep goods"),
        MenuEntry(52, word("Categories"), listing("categories"), "keep goods"),
        MenuEntry(53, word("Units of measure"), listing("units"), "keep goods"),
        MenuEntry(54, word("Tax rates"), listing("tax_rates"), "keep goods"),
    ),
    listings={
        "goods": "tui.goods.goods_listing:LISTING",
        "categories": "tui.goods.categories_listing:LISTING",
        "units": "tui.goods.units_listing:LISTING",
        "tax_rates": "tui.goods.tax_rates_listing:LISTING",
    },
    reminders=("tui.goods.reminders:no_goods", "tui.goods.reminders:old_labels"),
)

SELLING = TradeScreens(
    "selling",
    menu=(
        MenuEntry(50, word("Promotions"), listing("promotions"), "keep promotions"),
        MenuEntry(
            40, word("Effect of promotions"), report("promotion-effect"), "see takings", group=2
        ),
        MenuEntry(339, word("Price changes"), report("price-changes"), "see takings", group=5),
    ),
    listings={"promotions": "tui.goods.promotions_listing:LISTING"},
    settings=("tui.goods.settings_fields:SELLING",),
)

STOCK = TradeScreens(
    "stock",
    groups={3: word("Stock")},
    menu=(
        MenuEntry(31, word("Stock in and out by hand"), "tui.goods.adjust_stock:open_adjust_stock",
                  "adjust stock"),
        MenuEntry(32, word("Stock on hand"), report("stock"), "see stock"),
        MenuEntry(33, word("Goods that run short"), report("shortage"), "see stock"),
        MenuEntry(330, word("Stocktake"), "tui.stock.stocktakes:open_stocktake", "count stock",
                  group=3),
        MenuEntry(332, word("Move, scrap or use goods"), "tui.stock.going_out:open_goods_out",
                  "see stock", group=3),
        MenuEntry(331, word("Stocktakes line by line"), report("stocktakes"), "see cost",
                  group=3),
        MenuEntry(333, word("Stock in and out"), report("stock-flow"), "see cost", group=3),
        MenuEntry(334, word("Turnover of the stock"), report("turnover"), "see cost", group=3),
        MenuEntry(336, word("Goods of which there is too much"), report("overstock"), "see stock",
                  group=3),
        MenuEntry(338, word("Labels with an old price"), "tui.goods.labelling:open_moved", "print",
                  group=3),
        MenuEntry(337, word("Stock at the end of a day"), report("stock-on-day"), "see cost",
                  group=3),
        MenuEntry(34, word("Value of the stock"), report("stock-value"), "see cost"),
        MenuEntry(347, word("Places of goods"), listing("places"), "keep goods", group=5),
    ),
    listings={"places": "tui.stock.places_listing:LISTING"},
    keys=(keys.KEYS,),
    settings=("tui.goods.settings_fields:STOCK",),
    reminders=("tui.stock.reminders:stocktakes", "tui.stock.reminders:too_much"),
)  # fmt: skip
