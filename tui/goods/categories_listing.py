"""Categories of goods (分类), a tree."""

from __future__ import annotations

from models.goods.basics import drop_category, save_category
from models.goods.goods import Category
from models.listings.listings import Field, Link, Listing
from receipts.words import word
from tui.records.looks import Look

LISTING = Listing(
    "categories",
    word("Categories"),
    Category,
    fields=(
        Field("code", word("Code"), look=Look(14), limit=20, is_automatic=True, is_sorted=True,
              example="0101"),
        Field("name", word("Name"), limit=40, is_required=True, is_sorted=True,
              example="饮料"),
        Field("pinyin", word("Initials"), limit=40, in_form=False),
        Field("parent", word("Under"), "link", look=Look(20), link=Link("categories", Category),
              help=word("The category that it belongs to; blank: none.")),
        Field("position", word("Sort order"), "number", look=Look(drop=1), default=0,
              help=word("Its place among its neighbours.")),
    ),
    order="code",
    find=("code", "name", "pinyin"),
    right="keep goods",
    change_right="keep goods",
    save=save_category,
    drop=drop_category,
)  # fmt: skip
