"""Promotions (促销): what comes off, on which goods, when, and for whom."""

from __future__ import annotations

from typing import Any

from models.goods.goods import Category, Goods
from models.goods.goods_link import GOODS_LINK, item_linked
from models.listings.listings import Field, Grid, Link, Linked, Listing, Record
from models.people.lists import PersonChoice
from models.selling.price_lists import PRICE_LISTS
from models.selling.promotion_kinds import KINDS
from models.selling.promotion_rows import (
    EVERY_DAY,
    EXCEPTED,
    MIDNIGHT,
    NEEDED,
    REWARD,
    Promotion,
    PromotionWrong,
    save_promotion,
    switch_promotion,
)
from receipts.words import word
from tui.records.looks import Look

ROLES = (
    (NEEDED, word("bought")), (REWARD, word("given")), (EXCEPTED, word("excepted")),
)  # fmt: skip
DAYS = "1234567"


def _days(text: str) -> int:
    """Days of the week as digits, Monday is 1; blank is every day. Refuses: PromotionWrong."""
    if set(text) - set(DAYS):
        raise PromotionWrong(field="weekdays")
    return sum(1 << DAYS.index(sign) for sign in set(text)) or EVERY_DAY


def _days_text(bits: int) -> str:
    return "" if bits == EVERY_DAY else "".join(s for n, s in enumerate(DAYS) if bits & 1 << n)


def _minute(text: str, field: str, blank: int) -> int:
    """The minute of the day of 18:00, 1800 or 18. Refuses: PromotionWrong."""
    plain = text.strip().replace("：", ":").replace(":", "")
    if not plain:
        return blank
    padded = plain.zfill(2) + "00" if len(plain) <= 2 else plain.zfill(4)
    if not (plain.isascii() and plain.isdigit()) or len(padded) > 4 or int(padded[2:]) > 59:
        raise PromotionWrong(field=field)
    return int(padded[:2]) * 60 + int(padded[2:])


def _minute_text(minute: int, blank: int) -> str:
    return "" if minute == blank else f"{minute // 60:02d}:{minute % 60:02d}"


def _save(session: Any, key: int | None, *, version: int, **values: Any) -> Promotion:
    values["weekdays"] = _days(values["weekdays"])
    values["begins"] = _minute(values["begins"], "begins", 0)
    values["ends"] = _minute(values["ends"], "ends", MIDNIGHT)
    return save_promotion(session, key, version=version, **values)


def _read(key: Any) -> Record | None:
    row: Promotion | None = Promotion.get_or_none(Promotion.key == key)
    if row is None:
        return None
    values = {each.name: getattr(row, each.name) for each in FIELDS if each.name != "level"}
    values |= {
        "level": Linked(row.level_id, row.level.name) if row.level_id else None,
        "weekdays": _days_text(row.weekdays),
        "begins": _minute_text(row.begins, 0), "ends": _minute_text(row.ends, MIDNIGHT),
    }  # fmt: skip
    return Record(key, row.version, values, [_goods_line(each) for each in row.goods])


def _goods_line(stored: list[Any]) -> dict[str, Any]:
    role, goods, category, pieces = stored
    item = Goods.get_or_none(Goods.key == goods) if goods else None
    kind = Category.get_or_none(Category.key == category) if category else None
    return {
        "role": role, "goods": item_linked(item),
        "category": Linked(category, kind.name) if kind else None, "pieces": pieces,
    }  # fmt: skip


def _no_goods(key: Any) -> list[dict[str, Any]]:
    return []


KIND_HELP = word(
    "Buy some, get some: 2 and 1 are three for two, 1 and 1 at 50% the second at half. A gift "
    "needs goods that are bought, and goods that are given."
)
FIELDS = (
    Field("name", word("Name"), look=Look(26), limit=40, is_required=True, is_sorted=True,
          example="买二送一", help=word("As the slip says it.")),
    Field("kind", word("Kind"), "choice", look=Look(16),
          choices=tuple((name, kind.title) for name, kind in KINDS.items()), is_required=True,
          help=KIND_HELP),
    Field("buy", word("Buy"), "number", default=0, is_listed=False,
          help=word("How many pieces are bought together.")),
    Field("more", word("Get"), "number", look=Look(6, is_beside=True), default=0, is_listed=False,
          help=word("How many more are cheaper, or given; 0 of gifts: all that are on the bill.")),
    Field("rate", word("Off"), "rate", unit="%", example="10", is_listed=False,
          help=word("How much goes off in per cent; of what is got or given blank is all of it.")),
    Field("amount", word("Amount"), "money", look=Look(is_beside=True), example="10.00",
          is_listed=False, help=word("What goes off, or the price: as the kind says.")),
    Field("from_amount", word("From amount"), "money", is_listed=False, example="100.00",
          help=word("So much must be spent on these goods.")),
    Field("price_list", word("Price list"), "choice",
          choices=(("", word("no list")), *PRICE_LISTS.items()), default="", is_listed=False,
          help=word("Which of their other prices the goods have; who has it is said below.")),
    Field("most", word("Times a bill"), "number", look=Look(is_beside=True), is_listed=False,
          help=word("How often on one bill, or on how many pieces; blank: as often as it fits.")),
    Field("since", word("From"), "date", look=Look(drop=3), is_sorted=True),
    Field("until", word("Until"), "date", look=Look(is_beside=True, drop=2), is_sorted=True),
    Field("weekdays", word("Only on days"), look=Look(8), limit=7, is_listed=False, example="56",
          help=word("Monday is 1: 67 are Saturday and Sunday. Blank: all.")),
    Field("begins", word("From hour"), look=Look(6), limit=5, is_listed=False, example="18:00"),
    Field("ends", word("To hour"), look=Look(6, is_beside=True), limit=5, is_listed=False,
          example="20:00", help=word("Earlier than it begins: over midnight.")),
    Field("level", word("Level"), "link", look=Look(12, drop=5),
          link=Link("person_level", PersonChoice),
          help=word("Only for customers of this level who are named on the bill.")),
    Field("for_named", word("Members only"), "yes-no", look=Look(is_beside=True), default=False,
          is_listed=False, help=word("Only where a customer is named on the bill.")),
    Field("birthday_days", word("Birthday, days"), "number", is_listed=False,
          help=word("So many days before or after it, once a year; 0: that day. Blank: always.")),
    Field("code", word("Coupon code"), look=Look(12, drop=4), limit=20,
          help=word("Only for who gives this code: it is scanned or typed like goods.")),
    Field("uses", word("Bills in all"), "number", look=Look(is_beside=True), is_listed=False,
          help=word("On how many bills it is given in all; 1: a coupon that is used once.")),
    Field("is_combined", word("On top"), "yes-no", default=False, is_listed=False,
          help=word("Comes on top of others; else the customer has the one that saves most.")),
    Field("rank", word("Rank"), "number", look=Look(6, is_beside=True), default=0,
          is_listed=False, help=word("Of two that save the same the lower one is given.")),
    Field("is_active", word("In use"), "yes-no", default=True),
)  # fmt: skip

LISTING = Listing(
    "promotions",
    word("Promotions"),
    Promotion,
    fields=FIELDS,
    find=("name", "code"),
    right="keep promotions",
    change_right="keep promotions",
    save=_save,
    drop=switch_promotion,
    is_switched=True,
    read=_read,
    grid=Grid(
        "goods",
        word("Goods; none: all"),
        (
            Field("role", word("Is"), "choice", look=Look(10), choices=ROLES, default=NEEDED),
            Field("goods", word("Goods"), "link", look=Look(22), link=GOODS_LINK),
            Field("category", word("Category"), "link", look=Look(16),
                  link=Link("categories", Category), help=word("Goods or a category, not both.")),
            Field("pieces", word("In a set"), "number", look=Look(8), default=1,
                  help=word("How many of them a bundle has.")),
        ),
        _no_goods,
    ),
    empty=word("No promotions yet. F2 makes one."),
)  # fmt: skip
