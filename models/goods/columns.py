"""The columns of a list of goods: what the screen calls them, and what other programs do."""

from __future__ import annotations

from models.base.words import word
from models.goods.cells import (
    read_barcodes,
    read_code,
    read_cost,
    read_days,
    read_flag,
    read_money,
    read_money_or_none,
    read_quantity,
    read_stock,
    read_tax,
    read_text,
)
from models.imports.import_kind import Field, field_of

# Of several columns for one field the one whose heading stands further to the left here is it.
FIELDS: tuple[Field, ...] = (
    field_of(
        "code", word("Code"), read_code,
        "商品编码 编码 編號 商品編號 貨號 商品编号 单品编码 商品代码 编号 货号 款号 物料编码 "
        "存货编码 自编码 sku item_code product_code product_id item_no stock_code plu",
        is_key=True,
    ),
    field_of(
        "name", word("Name"), read_text("name"),
        "商品名称 名称 名稱 商品名稱 品名 单品名称 商品名 货品名称 存货名称 产品名称 name "
        "product_name item_name title product description",
    ),
    field_of(
        "barcodes", word("Bar codes"), read_barcodes,
        "条码 商品条码 條碼 商品條碼 条形码 商品条形码 国际条码 国际条形码 国条码 国标码 主条码 "
        "barcode barcodes bar_code ean ean13 upc gtin",
        is_key=True,
    ),
    field_of(
        "spec", word("Pack size"), read_text("spec"),
        "规格 商品规格 規格 规格型号 型号 spec specification size package_size",
    ),
    field_of(
        "unit", word("Unit"), read_text("unit", 20),
        "单位 單位 计量单位 销售单位 基本单位 主单位 单位名称 库存单位 uom",
    ),
    field_of(
        "category_code", word("Category code"), read_code,
        "分类编码 类别编码 类别代码 分类代码 category_id",
    ),
    field_of(
        "category", word("Category"), read_text("category", 200),
        "分类名称 分类 类别 分類 類別 商品分类 商品类别 类别名称 大类 商品大类 "
        "category category_name department group",
    ),
    field_of(
        "brand", word("Brand"), read_text("brand"),
        "品牌 商标 牌子 brand manufacturer",
    ),
    field_of(
        "price", word("Sale price"), read_money,
        "售价 零售价 售價 零售價 销售价 价格 单价 标价 售卖价 price retail_price selling_price "
        "unit_price",
        number="money",
    ),
    field_of(
        "price2", word("Price 2"), read_money_or_none,
        "售价二 售价2 二级价 批发价 批发价1 wholesale_price",
        number="money",
    ),
    field_of(
        "price3", word("Price 3"), read_money_or_none,
        "售价三 售价3 三级价 批发价2",
        number="money",
    ),
    field_of(
        "price4", word("Price 4"), read_money_or_none,
        "售价四 售价4 四级价 批发价3",
        number="money",
    ),
    field_of(
        "member_price", word("Member price"), read_money_or_none,
        "会员价 會員價 会员价1 会员价一 会员售价 vip价",
        number="money",
    ),
    field_of(
        "cost", word("Cost"), read_cost,
        "进价 成本 進價 进货价 成本价 采购价 参考进价 最近进价 purchase_price cost_price",
        number="plain",
    ),
    field_of(
        "tax", word("Tax rate"), read_tax,
        "税率 稅率 销项税率 销售税率 税 tax_rate tax vat",
    ),
    field_of(
        "short_name", word("Short name"), read_text("short_name"),
        "简称 小票名称 短名称",
    ),
    # Another way to find an item: its initials are always those of its name.
    field_of(
        "mnemonic", word("Mnemonic"), read_text("mnemonic"),
        "助记码 拼音码 拼音简码 拼音首字母 首字母 拼音 拼音简称 速查码 简码 mnemonic "
        "initials pinyin short_code",
    ),
    field_of(
        "is_weighed", word("Weighed"), read_flag,
        "是否称重 称重 计价方式 称重方式 计价类型 weighed weighable",
    ),
    field_of(
        "is_stocked", word("Stock kept"), read_flag,
        "计库存 管理库存 是否管理库存 管库存 是否管库存 stocked",
    ),
    field_of(
        "min_stock", word("Min. stock"), read_quantity,
        "最低库存 库存下限 最小库存 安全库存",
        number="plain",
    ),
    field_of(
        "max_stock", word("Max. stock"), read_quantity,
        "最高库存 库存上限 最大库存",
        number="plain",
    ),
    # Where both are there, the one without "name" holds the supplier's code.
    field_of(
        "supplier", word("Supplier"), read_text("supplier"),
        "供应商名称 supplier_name 供应商 供應商 supplier 供货商 主供应商 供货商名称 vendor",
    ),
    field_of(
        "bin", word("Shelf"), read_text("bin"),
        "货位 库位 货架 货架号 shelf",
    ),
    field_of(
        "shelf_life_days", word("Shelf life"), read_days,
        "保质期 保质期天数 保质天数 shelf_life",
    ),
    field_of(
        "is_active", word("In use"), read_flag,
        "启用 在用 是否启用 状态 商品状态 active status",
    ),
    field_of(
        "stock", word("Opening stock"), read_stock,
        "期初库存 库存 庫存 庫存量 库存数量 库存量 现有库存 当前库存 初始库存 数量 opening_stock "
        "quantity qty stock",
        number="plain",
    ),
)  # fmt: skip
