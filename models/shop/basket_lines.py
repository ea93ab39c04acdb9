"""A rung line of a bill: the item, how many, at which price, and how it is stored in a draft."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, replace
from typing import Any

from models.base.fields import store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.base.values import value
from models.selling.charges import GOODS, STYLIST, Served
from models.selling.items import Item
from models.selling.lines import Line, LineDiscount, NewPrice, PricedLine, PriceRules
from models.selling.pricing import price_line
from models.selling.promotions import Off
from models.trust import drafts
from models.trust.drafts import READERS, UNREADABLE


class DiscountWrong(Refusal):
    """More comes off than the line or the bill amounts to."""


class LineUnreadable(Refusal):
    """A stored line is none that this version wrote."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Who gave a discount or another price, and for how much of it: thousandths of a line, minor
    units of a bill.
    """

    upto: int
    user: int


@value()
class RungLine:
    """One rung line, not yet priced. `discount` is a Rate, an amount, or a new price, `granted` who
    gave it; `printed` a scale label's amount. `at` is when it was rung, where the store has
    promotions (microseconds), `offs` what those take off it with the rest of its bill, `hands` who
    did the work (models/salon/tickets.py).
    """

    number: int
    item: Item
    quantity: Quantity
    price: Money
    discount: LineDiscount | None
    printed: Money | None
    granted: Grant | None
    _: KW_ONLY
    at: int | None = None
    offs: tuple[Off, ...] = ()
    hands: tuple[Served, ...] = ()
    # What its work used up, where that is not the usual: keys of items, thousandths of base units.
    uses: tuple[tuple[int, int], ...] | None = None

    @property
    def stock_quantity(self) -> Quantity:
        """How many base units it is: packs times what is in one."""
        return self.quantity.packs_of(self.item.pack)

    def as_line(self) -> Line:
        """The line as the pricing engine takes it."""
        taxes, off, printed = self.item.taxes, self.discount, self.printed
        promotion = self.off_amount if self.offs else None
        return Line(self.quantity, self.price, taxes, off, promotion, printed)

    @property
    def off_amount(self) -> Money:
        """What promotions take off the line."""
        return Money(sum(off.amount for off in self.offs), self.price.currency)


@value()
class BasketLine(RungLine):
    """A rung line with its price, worked out by itself."""

    priced: PricedLine

    def changed(self, rules: PriceRules, **values: Any) -> BasketLine:
        """The same line with other values, priced anew; what its promotions are then is found out
        with the whole bill. Refuses: DiscountWrong.
        """
        kept = {name: getattr(self, name) for name in _GIVEN}
        return make_line(rules, self.number, **(kept | values))

    def promoted(self, rules: PriceRules, offs: tuple[Off, ...]) -> BasketLine:
        """The same line with what promotions take off it, priced anew."""
        rung = replace(self, offs=offs)
        return replace(rung, priced=price_line(rung.as_line(), rules))

    def numbered(self, number: int) -> BasketLine:
        """The same as another line of its bill."""
        return replace(self, number=number)


_GIVEN = ("item", "quantity", "price", "discount", "printed", "granted", "at", "hands", "uses")


def make_line(
    rules: PriceRules,
    number: int,
    *,
    item: Item,
    quantity: Quantity,
    price: Money,
    discount: LineDiscount | None = None,
    printed: Money | None = None,
    granted: Grant | None = None,
    at: int | None = None,
    hands: tuple[Served, ...] = (),
    uses: tuple[tuple[int, int], ...] | None = None,
) -> BasketLine:
    """A line with its price worked out once, by itself. Refuses: DiscountWrong."""
    try:
        line = Line(quantity, price, item.taxes, discount, printed=printed)
        priced = price_line(line, rules)
    except ValueError as error:
        raise DiscountWrong(amount=discount) from error
    return BasketLine(
        number, item, quantity, price, discount, printed, granted, priced, at=at, hands=hands,
        uses=uses,
    )  # fmt: skip


def line_body(line: BasketLine) -> dict[str, Any]:
    """The line as its draft keeps it."""
    body: dict[str, Any] = {
        "item": line.item.body(),
        "quantity": line.quantity.thousandths,
        "price": line.price.minor,
    }
    if line.discount is not None:
        body["discount"] = discount_body(line.discount)
    if line.granted is not None:
        body["granted"] = grant_body(line.granted)
    if line.printed is not None:
        body["printed"] = line.printed.minor
    if line.at is not None:
        body["at"] = line.at
    if line.hands:
        body["hands"] = [
            [one.user, one.name, one.share.millionths, one.grade, int(one.is_asked)]
            for one in line.hands
        ]
    if line.uses is not None:
        body["uses"] = [list(each) for each in line.uses]
    return body


def save_rung(
    draft: int,
    register: int,
    line: BasketLine,
    *,
    part_of: BasketLine | None = None,
    is_new: bool = False,
) -> None:
    """Store a line in the draft of its bill, taken from another one perhaps. Refuses: DraftGone."""
    drafts.save_line(
        draft, register, line.number, line_body(line), kind=GOODS,
        part_of=part_of.number if part_of else None, is_new=is_new,
    )  # fmt: skip


def rung_from(number: int, body: dict[str, Any]) -> RungLine:
    """The line that `line_body` stored; one of UNREADABLE when it did not."""
    money, item = store_currency(), Item.from_body(body["item"])
    _check_texts(item)
    quantity, price = Quantity(body["quantity"]), Money(body["price"], money)
    if len(body) == _FEWEST:
        # Most lines say no more.
        return RungLine(number, item, quantity, price, None, None, None)
    printed = body.get("printed")
    return RungLine(
        number,
        item,
        quantity,
        price,
        discount_from(body.get("discount")),
        None if printed is None else Money(printed, money),
        grant_from(body.get("granted")),
        at=_moment(body.get("at")),
        hands=tuple(map(_hand, body.get("hands", ()))),
        uses=_uses(body.get("uses")),
    )


# An item, a quantity and a price.
_FEWEST = 3


def _uses(body: list[Any] | None) -> tuple[tuple[int, int], ...] | None:
    if body is None:
        return None
    return tuple((int(goods), int(quantity)) for goods, quantity in body)


def _hand(body: list[Any]) -> Served:
    user, name, share, grade, is_asked = body
    for text in (name, grade):
        if not isinstance(text, str):
            raise TypeError(f"no text: {text!r}")
    return Served(int(user), name, STYLIST, Rate(share), grade, bool(is_asked))


READERS[GOODS] = rung_from
# Some three thousand years of microseconds.
_LATEST = 10**17


def _moment(at: Any) -> int | None:
    if at is not None and not (isinstance(at, int) and 0 < at < _LATEST):
        raise ValueError(f"no moment: {at!r}")
    return at


def line_from(
    rules: PriceRules, line: drafts.WorkLine, *, without_discount: bool = False
) -> BasketLine:
    """A line of a draft, priced anew. Refuses: LineUnreadable, DiscountWrong."""
    rung = rung_of(line)
    if without_discount:
        rung = replace(rung, discount=None, granted=None)
    try:
        return make_line(rules, rung.number, **{name: getattr(rung, name) for name in _GIVEN})
    except UNREADABLE as error:
        raise LineUnreadable() from error


def rung_of(line: drafts.WorkLine) -> RungLine:
    """What was rung on a line of a draft. Refuses: LineUnreadable."""
    if not isinstance(line.value, RungLine):
        raise LineUnreadable()
    return line.value


def _check_texts(item: Item) -> None:
    # A TypeError when one of them is no text.
    "".join((item.code, item.name, item.unit))


def discount_body(discount: LineDiscount | None) -> list[Any] | None:
    """A discount as a draft keeps it: its kind and its whole number."""
    if discount is None:
        return None
    if isinstance(discount, Rate):
        return ["rate", discount.millionths]
    if isinstance(discount, Money):
        return ["off", discount.minor]
    assert isinstance(discount.price, Money)
    return ["price", discount.price.minor]


def discount_from(body: list[Any] | None) -> Any:
    """The discount that `discount_body` stored."""
    if body is None:
        return None
    kind, value = body
    if kind == "rate":
        return Rate(value)
    amount = Money(value, store_currency())
    return amount if kind == "off" else NewPrice(amount)


def grant_body(granted: Grant | None) -> list[int] | None:
    """A grant as a draft keeps it."""
    return None if granted is None else [granted.upto, granted.user]


def grant_from(body: list[int] | None) -> Grant | None:
    """The grant that `grant_body` stored."""
    return None if body is None else Grant(*body)
