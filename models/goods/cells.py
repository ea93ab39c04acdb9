"""How a cell of a list of goods is read: codes, amounts, flags as other programs write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from models.base.cost import UnitCost
from models.base.fields import store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.texts import narrow, one_line
from models.goods.codes import is_gtin
from models.goods.goods import CODE_LENGTH
from models.goods.rules import TEXTS, is_code
from models.imports.import_kind import BadCell, text_cell

NO_TAX = "无税"
_NO_TAX = {NO_TAX, "无", "免税", "不含税", "none", "no tax", "exempt"}
_YES_WORDS = """
是 1 y yes true √ ✓ 有 启用 正常 正常销售 在用 在售 上架 有效 停购 active on
称重 计重 散装 散称 称重商品 计重商品
"""
_NO_WORDS = """
否 0 n no false × 无 停用 已停用 禁用 停售 暂停销售 下架 淘汰 作废 无效 已删除 inactive off
计件 计数 普通 标准 计件商品 普通商品
"""
_YES, _NO = frozenset(_YES_WORDS.split()), frozenset(_NO_WORDS.split())
_SIGNS = {ord(sign): None for sign in "￥¥$€£元"}
# What a spreadsheet makes of a long code; 7E12 is that only of a bar code.
_DAMAGED = re.compile(r"-?\d(?:[.,]\d+[eE][+-]?|[eE][+-])\d+")
_DAMAGED_DIGITS = re.compile(r"-?\d+(?:[.,]\d+)?[eE][+-]?\d+")
# What nearly every cell looks like; the rest takes the longer way.
_SIMPLE_BARCODE = re.compile(r"\d{8,14}")
_SIMPLE_NUMBER = re.compile(r"(\d{1,9})(?:\.(\d+))?")
_PACK = re.compile(r"(?P<code>[^*@]+)(\*(?P<pack>[\d.]+))?(@(?P<price>[\d.]+))?")
_BETWEEN_CODES = re.compile(r"[;；,，、|/\n]+")


def read_text(name: str, most: int | None = None) -> Callable[[str], str]:
    """Reads the text of a field, on one line and not longer than it may be."""
    return text_cell(most or TEXTS[name])


def read_code(cell: str) -> str:
    """A code of ours: 1E5 is one, 6.90123E+12 has lost its last digits."""
    code = narrow(cell).strip()
    if _DAMAGED.fullmatch(code):
        # A spreadsheet made a number of it: 6.90123E+12. The last digits are lost.
        raise BadCell("damaged_code")
    if len(code) > CODE_LENGTH:
        raise BadCell("code_too_long")
    if not is_code(code):
        raise BadCell("bad_code")
    return code


def read_barcodes(cell: str) -> tuple[tuple[str, int, int | None], ...]:
    """Code, pieces in thousandths and price in minor units: 6901;6902*24;6903*24@96.00."""
    if _SIMPLE_BARCODE.fullmatch(cell) and cell.isascii():
        return ((cell, 1000, None),)
    plain = narrow(cell).strip()
    if _DAMAGED_DIGITS.fullmatch(plain):
        raise BadCell("damaged_code")
    found: dict[str, tuple[str, int, int | None]] = {}
    for part in _BETWEEN_CODES.split(plain):
        for code in _split_codes(part.strip()):
            read = _pack(code)
            found[read[0]] = read
    return tuple(found.values())


def _split_codes(part: str) -> list[str]:
    """Blanks and dashes group the digits of one code, 6 901234 567892, or stand between several."""
    digits = re.sub(r"[\s-]+", "", part)
    if is_gtin(digits):
        return [digits]
    return part.split()


def _pack(written: str) -> tuple[str, int, int | None]:
    matched = _PACK.fullmatch(written)
    if matched is None:
        raise BadCell("bad_code")
    if _DAMAGED_DIGITS.fullmatch(matched["code"]):
        raise BadCell("damaged_code")
    code, pack, price = read_code(matched["code"]), matched["pack"], matched["price"]
    pieces = read_quantity(pack).thousandths if pack else 1000
    if not pieces:
        raise BadCell("bad_code")
    return code, pieces, read_money(price).minor if price else None


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


def read_money(cell: str) -> Money:
    """An amount of money, not below zero."""
    money = store_currency()
    return Money(_exact(cell, money.exponent, "bad_price"), money)


def read_money_or_none(cell: str) -> Money | None:
    """A second price of 0 is none: many programs write it for every item."""
    found = read_money(cell)
    return found if found else None


def read_cost(cell: str) -> UnitCost:
    """What one costs; an average of another program is rounded to millionths."""
    scaled = _simple(cell, 6)
    if scaled is None:
        # A cost is an average in most programs, with as many decimals as the machine had.
        number = _number(cell, "bad_cost").quantize(Decimal("0.000001"), ROUND_HALF_UP)
        scaled = _whole(number, 6, "bad_cost")
    return UnitCost(scaled, store_currency())


def read_quantity(cell: str) -> Quantity:
    """A quantity, not below zero."""
    return Quantity(_exact(cell, 3, "bad_quantity"))


def read_stock(cell: str) -> Quantity:
    """A till may count below zero; that is told later and not taken."""
    number = _number(cell, "bad_quantity")
    size = _whole(abs(number), 3, "bad_quantity")
    return Quantity(-size if number < 0 else size)


def read_days(cell: str) -> int | None:
    """Days that goods keep; 0 is none."""
    plain = narrow(cell).strip().removesuffix("天").removesuffix("days").strip()
    if not (plain.isascii() and plain.isdigit()) or int(plain) > 100_000:
        raise BadCell("bad_number")
    return int(plain) or None


def read_flag(cell: str) -> bool:
    """Yes or no, in the words of tills: 正常, 停售, 计重, 计件."""
    word = narrow(cell).strip().lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise BadCell("bad_flag")


def read_tax(cell: str) -> str:
    """A tax as it is written; which one it is, the store says."""
    text = narrow(one_line(cell)).strip()
    return NO_TAX if text.lower() in _NO_TAX else text
