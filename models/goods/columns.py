"""The columns of a list of goods as other programs write it: headings, and how a cell is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from models.base.cost import UnitCost
from models.base.fields import store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.texts import narrow, one_line
from models.goods.goods import CODE_LENGTH
from models.goods.rules import TEXTS, is_code
from models.trust.import_plan import BadCell, Field

NO_TAX = "无税"
_NO_TAX = {NO_TAX, "无", "免税", "none", "no tax", "exempt"}
_YES = {"是", "1", "y", "yes", "true", "√", "✓", "有", "启用", "正常", "称重", "计重", "在售"}
_NO = {"否", "0", "n", "no", "false", "×", "无", "停用", "禁用", "计件", "计数", "普通", "停售"}
_SIGNS = {ord(sign): None for sign in "￥¥$€£元"}
_DAMAGED = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
# What nearly every cell looks like; the rest takes the longer way.
_SIMPLE_CODE = re.compile(rf"[0-9A-Za-z]{{1,{CODE_LENGTH}}}")
_SIMPLE_NUMBER = re.compile(r"(\d{1,9})(?:\.(\d+))?")
_PACK = re.compile(r"(?P<code>[^*@]+)(\*(?P<pack>[\d.]+))?(@(?P<price>[\d.]+))?")


def _text(name: str, most: int | None = None) -> Callable[[str], str]:
    longest = most or TEXTS[name]

    def read(cell: str) -> str:
        text = one_line(cell)
        if len(text) > longest:
            raise BadCell("too_long")
        return text

    return read


def _letters(cell: str) -> str:
    return _text("pinyin")(cell).lower()


def _code(cell: str) -> str:
    code = narrow(cell).strip()
    if _DAMAGED.fullmatch(code):
        # A spreadsheet made a number of it: 6.90123E+12. The last digits are lost.
        raise BadCell("damaged_code")
    if len(code) > CODE_LENGTH:
        raise BadCell("code_too_long")
    if not is_code(code):
        raise BadCell("bad_code")
    return code


def _barcodes(cell: str) -> tuple[tuple[str, int, int | None], ...]:
    """Code, pieces in thousandths and price in minor units: 6901;6902*24;6903*24@96.00."""
    if _SIMPLE_CODE.fullmatch(cell):
        return ((cell, 1000, None),)
    found: dict[str, tuple[str, int, int | None]] = {}
    for part in re.split(r"[;；,，、\s]+", narrow(cell).strip()):
        matched = _PACK.fullmatch(part)
        if not part:
            continue
        if matched is None:
            raise BadCell("bad_code")
        code, pack, price = _code(matched["code"]), matched["pack"], matched["price"]
        pieces = _quantity(pack).thousandths if pack else 1000
        if not pieces:
            raise BadCell("bad_code")
        found[code] = (code, pieces, _money(price).minor if price else None)
    return tuple(found.values())


def _number(cell: str, reason: str) -> Decimal:
    """A number as people write it: ￥1,234.50, 12.5元."""
    plain = narrow(cell).translate(_SIGNS).strip()
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d*)?", plain):
        plain = plain.replace(",", "")
    if not re.fullmatch(r"-?(\d+\.?\d*|\.\d+)", plain) or len(plain) > 30:
        raise BadCell(reason)
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise BadCell(reason) from None


def _simple(cell: str, places: int) -> int | None:
    """A plain number with at most so many places, in its smallest units."""
    found = _SIMPLE_NUMBER.fullmatch(cell) if cell.isascii() else None
    if found is None or len(found[2] or "") > places:
        return None
    return int(found[1] + (found[2] or "").ljust(places, "0"))


def _exact(cell: str, places: int, reason: str) -> int:
    """The number in its smallest units; it must be whole in them, not below zero, not absurd."""
    simple = _simple(cell, places)
    return _whole(_number(cell, reason), places, reason) if simple is None else simple


def _whole(number: Decimal, places: int, reason: str) -> int:
    scaled = number.scaleb(places)
    if scaled != scaled.to_integral_value() or not 0 <= scaled < 10**15:
        raise BadCell(reason)
    return int(scaled)


def _money(cell: str) -> Money:
    money = store_currency()
    return Money(_exact(cell, money.exponent, "bad_price"), money)


def _cost(cell: str) -> UnitCost:
    scaled = _simple(cell, 6)
    if scaled is None:
        # A cost is an average in most programs, with as many decimals as the machine had.
        number = _number(cell, "bad_cost").quantize(Decimal("0.000001"), ROUND_HALF_UP)
        scaled = _whole(number, 6, "bad_cost")
    return UnitCost(scaled, store_currency())


def _quantity(cell: str) -> Quantity:
    return Quantity(_exact(cell, 3, "bad_quantity"))


def _stock(cell: str) -> Quantity:
    """A till may count below zero; that is told later and not taken."""
    number = _number(cell, "bad_quantity")
    size = _whole(abs(number), 3, "bad_quantity")
    return Quantity(-size if number < 0 else size)


def _days(cell: str) -> int:
    plain = narrow(cell).strip().removesuffix("天").removesuffix("days").strip()
    if not (plain.isascii() and plain.isdigit()) or int(plain) > 100_000:
        raise BadCell("bad_number")
    return int(plain)


def _flag(cell: str) -> bool:
    word = narrow(cell).strip().lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise BadCell("bad_flag")


def _tax(cell: str) -> str:
    text = narrow(one_line(cell)).strip()
    return NO_TAX if text.lower() in _NO_TAX else text


def _field(name: str, read: Callable[[str], Any], headings: str) -> Field:
    return Field(name, tuple(headings.split()), read)


# The first heading is the one that an export writes.
FIELDS: tuple[Field, ...] = (
    _field(
        "code",
        _code,
        "商品编码 编码 货号 商品编号 单品编码 商品代码 编号 款号 物料编码 存货编码 sku item_code "
        "product_code product_id item_no stock_code plu",
    ),
    _field(
        "name",
        _text("name"),
        "商品名称 名称 品名 单品名称 商品名 货品名称 存货名称 产品名称 product_name item_name "
        "description title product",
    ),
    _field(
        "barcodes",
        _barcodes,
        "条码 国际条码 商品条码 条形码 国条码 主条码 barcode bar_code ean ean13 upc gtin",
    ),
    _field("spec", _text("spec"), "规格 商品规格 规格型号 型号 specification size package_size"),
    _field("unit", _text("unit", 20), "单位 计量单位 销售单位 基本单位 uom"),
    _field("category_code", _code, "分类编码 类别编码 类别代码 分类代码 category_id"),
    _field(
        "category",
        _text("category", 200),
        "分类名称 分类 类别 商品分类 商品类别 类别名称 大类 category_name department group",
    ),
    _field("brand", _text("brand"), "品牌 商标 牌子 manufacturer"),
    _field(
        "price",
        _money,
        "售价 零售价 价格 单价 销售价 标价 售卖价 retail_price selling_price unit_price",
    ),
    _field("price2", _money, "售价2 二级价 批发价 wholesale_price"),
    _field("price3", _money, "售价3 三级价"),
    _field("price4", _money, "售价4 四级价"),
    _field("member_price", _money, "会员价 会员售价 vip价"),
    _field("cost", _cost, "进价 成本 进货价 成本价 采购价 purchase_price cost_price"),
    _field("tax", _tax, "税率 销项税率 税 tax_rate vat"),
    _field("short_name", _text("short_name"), "简称 小票名称 短名称"),
    # Initials as a person corrected them; what other programs call so goes beside them.
    _field("pinyin", _letters, "首字母 initials"),
    _field(
        "mnemonic",
        _text("mnemonic"),
        "助记码 拼音码 拼音 拼音首字母 拼音简码 拼音简称 速查码 short_code",
    ),
    _field("is_weighed", _flag, "是否称重 称重 计价方式 weighed"),
    _field("is_stocked", _flag, "管理库存 是否管理库存 计库存 stocked"),
    _field("min_stock", _quantity, "库存下限 最低库存 最小库存 安全库存"),
    _field("max_stock", _quantity, "库存上限 最高库存 最大库存"),
    _field("supplier", _text("supplier"), "供应商 供货商 供应商名称 主供应商 vendor"),
    _field("bin", _text("bin"), "货位 库位 货架 货架号 shelf"),
    _field("shelf_life_days", _days, "保质期 保质期天数 shelf_life"),
    _field("is_active", _flag, "在用 状态 是否启用 启用 active"),
    _field(
        "stock",
        _stock,
        "期初库存 库存 库存数量 库存量 现有库存 初始库存 数量 opening_stock quantity qty",
    ),
)
