"""What is typed and shown on a bill: quantities, amounts, discounts."""

from __future__ import annotations

from collections.abc import Sequence

from models.base.money import Money
from models.base.rates import ONE, Rate
from models.base.refusals import Refusal
from models.selling.lines import LineDiscount, NewPrice
from models.shop.basket import Basket
from models.shop.basket_lines import BasketLine
from receipts.quantities import quantity_text
from receipts.words import Language
from tui.desk.gate.numbers import NotANumber, by_hand, money_of
from tui.desk.safe import cut_inside
from tui.desk.words import language, t

# Cells of the name of a held bill.
LONGEST_NAME = 32
# Up to here a bare part in Chinese is mostly meant to go off: nobody sells at 5 per cent.
HALF = Rate.percent("50")


class DiscountUnclear(Refusal):
    """A bare per cent that may be what goes off or what is left."""


def discount_of(text: str, lang: Language) -> Rate | Money | None:
    """A typed discount; 0 takes it away. Refuses: NotANumber, NumberScanned.

    With a sign it is what goes off, in both languages: -10% a part, -5 or 减5 an amount. Without
    one it is what goes off in English (10), and what is left to pay in Chinese: 9, 90, 9折, 8.5折.
    Refuses: DiscountUnclear for a bare 5% in Chinese.
    """
    plain = by_hand(text).strip()
    if plain.startswith(("-", "减")):
        off = plain[1:].strip()
        if off.endswith(("%", "％")):
            return _part(off[:-1], text) or None
        return money_of(off) or None
    if plain.endswith("折"):
        return _left(plain[:-1], text)
    bare = plain.removesuffix("%").removesuffix("％").strip()
    if lang == "en" or bare == "0":
        return _part(bare, text) or None
    if bare != plain and _part(bare, text) <= HALF:
        raise DiscountUnclear(typed=plain, off=f"-{bare}%", left=f"{bare}折")
    return _left(bare, text)


def _part(text: str, typed: str) -> Rate:
    """So many per cent, 0 to 100."""
    try:
        rate = Rate.percent(text.strip())
    except ValueError as error:
        raise NotANumber(typed=typed) from error
    if not 0 <= rate.millionths <= ONE.millionths:
        raise NotANumber(typed=typed)
    return rate


def _left(text: str, typed: str) -> Rate | None:
    """What is left to pay, in tenths below ten, else in per cent: the part that goes off."""
    left = _part(text, typed)
    if not left:
        raise NotANumber(typed=typed)
    if left < Rate.percent("10"):
        left = Rate(left.millionths * 10)
    return ONE - left or None


def line_quantity(line: BasketLine) -> str:
    """How many of a line: 3, or 1箱(12罐) of a pack."""
    item = line.item
    return quantity_text(line.quantity, pack=item.pack, unit=item.unit, lang=language())


def discount_text(line: BasketLine) -> str:
    """What comes off a line, as it was given: -10% or 9折, -2.00, or =9.90 for another price. Where
    promotions took something it is all that is off.
    """
    if line.offs:
        return f"-{line.priced.full - line.priced.amount}"
    return "" if line.discount is None else off_text(line.discount)


def off_text(given: LineDiscount) -> str:
    """A discount in the words of the screen."""
    if isinstance(given, NewPrice):
        return f"={given.price}"
    if isinstance(given, Money):
        return f"-{given}"
    left = ONE - given
    # In tenths: 90 per cent are 9, 85 are 8.5.
    if language() == "zh" and left and left.millionths % 1000 == 0:
        return f"{Rate(left.millionths // 10).percent_text}折"
    return f"-{given.percent_text}%"


def held_title(basket: Basket) -> str:
    """What tells a held bill from the others."""
    return title_of(basket.lines)


def title_of(lines: Sequence[BasketLine]) -> str:
    """Lines in short: the first item, and how many more there are."""
    first, *more = lines
    short = cut_inside(first.item.name, LONGEST_NAME)
    return f"{short}{f' +{len(more)}' if more else ''}"


def hands_text(line: BasketLine, *, with_shares: bool = False) -> str:
    """Who did the work of a line: `李经理 点, 赵库管`; of several with their shares."""
    shares = with_shares and len(line.hands) > 1
    return ", ".join(
        " ".join(
            [one.name]
            + ([t("by name")] if one.is_asked else [])
            + ([f"{one.share.percent_text}%"] if shares else [])
        )
        for one in line.hands
    )
