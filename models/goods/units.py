"""Units of measure as people write them: which are one, and which need decimals."""

from __future__ import annotations

from collections.abc import Iterable

from models.base.texts import narrow

# Words for one unit; the half of a 公斤, the 斤, is a unit of its own.
_SAME = (
    ("千克", "公斤", "kg", "kgs", "kilo", "kilogram", "kilograms"),
    ("斤", "市斤"),
    ("克", "g", "gram", "grams"),
    ("吨", "t", "ton", "tonne"),
    ("磅", "lb", "lbs", "pound"),
    ("盎司", "oz", "ounce"),
    ("升", "公升", "l", "liter", "litre"),
    ("毫升", "ml"),
    ("米", "公尺", "m", "meter", "metre"),
    ("厘米", "公分", "cm"),
    ("平方米", "平米", "㎡", "m2", "m²"),
    ("立方米", "m3", "m³"),
)
# Weights and lengths are sold in parts; of a gram or a millilitre nobody wants a part.
_IN_PARTS = frozenset(
    one
    for same in _SAME
    if same[0] not in ("克", "毫升")
    for one in same
) | {"两", "钱", "公里", "尺", "市尺", "寸", "丈", "码", "英尺", "ft", "yd", "yard"}  # fmt: skip
_PARTS = 3


def decimals_of(name: str) -> int:
    """How many decimals a quantity in a new unit of this name has."""
    return _PARTS if _plain(name) in _IN_PARTS else 0


def same_unit(name: str, known: Iterable[str]) -> str | None:
    """Which of the known units a name means: itself, or another word for it."""
    names = list(known)
    if name in names:
        return name
    plain = _plain(name)
    same = next((group for group in _SAME if plain in group), (plain,))
    return next((each for each in names if _plain(each) in same), None)


def _plain(name: str) -> str:
    return narrow(name).strip().lower()
