"""The shop as a trade: goods, stock and sales, with their tables and proofs."""

from __future__ import annotations

from models.goods import best_sellers, goods
from models.goods.search_checks import SEARCH_CHECKS
from models.shop import sales
from models.shop.checks import SHOP_CHECKS
from models.stock import stock
from models.trust.trades import Trade

SHOP = Trade(
    "shop",
    tables=(
        goods.Category, goods.Unit, goods.TaxRate, goods.Goods, goods.Barcode, goods.Gram,
        goods.GoodsToIndex, goods.BestSeller, goods.GoodsMonth,
        stock.Location, stock.Stock, stock.StockMove, stock.Adjustment,
        sales.Sale, sales.SaleLine, sales.SaleTax,
    ),
    checks=(*SHOP_CHECKS, *SEARCH_CHECKS),
    closing_steps=(best_sellers.refresh_best_sellers,),
)  # fmt: skip
