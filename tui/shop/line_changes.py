"""Changing what stands on the bill: quantity, price, discount, and what is taken off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from models.base.money import Money
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.selling.lines import Discount
from models.shop import bill_changes
from models.shop.basket_lines import BasketLine
from models.shop.bill_life import name_of
from models.shop.customers import last_paid
from models.shop.plausible import QuantityUnusual
from models.shop.stored_bills import whole_bill
from receipts.words import word
from tui.desk.gate.numbers import money_of, quantity_of
from tui.desk.safe import cut
from tui.desk.words import language, said, t
from tui.money.ways import typed_text
from tui.shop.bill_texts import discount_of
from tui.widgets.panel import Confirm

if TYPE_CHECKING:
    from tui.shop.selling import Selling

# Of a name in a prompt: the rest of the row is for what is typed and what it comes to.
SHORT = 16
WENT = word(
    "The discount went too: what is left does not bear it, or not within your right. "
    "It can be given again."
)


async def ask_quantity(screen: Selling) -> None:
    """`*`: so many of the chosen line."""
    if line := screen.meant:
        told = said("Quantity of {item}", item=line.item.name)
        asked = await screen.question(told, reads=quantity_of)
        if asked:
            await set_quantity(screen, quantity_of(asked))


async def set_quantity(screen: Selling, quantity: Quantity, *, is_sure: bool = False) -> None:
    """Give the chosen line another quantity."""
    line = screen.meant
    if line is None or quantity == line.quantity:
        return
    draft, number = screen.basket.draft, line.number
    why = await why_it_goes(screen, line.item.name) if quantity < line.quantity else ""
    if why is None:
        return
    try:
        went = await screen.operate(
            bill_changes.set_quantity, draft, number, quantity, is_sure=is_sure, reason=why
        )
    except QuantityUnusual as unusual:
        if again := await asked_again(screen, unusual):
            await set_quantity(screen, again, is_sure=again == quantity)
        return
    await screen.changed(number)
    _tell(screen, went)


async def asked_again(screen: Selling, unusual: QuantityUnusual) -> Quantity | None:
    """A quantity far off the usual is typed a second time, or another one; None takes it back."""
    fields = unusual.fields
    asked = await screen.question(
        said(
            "{quantity} {unit} of {item}, usually {usual}? Type it again",
            quantity=fields["quantity"],
            unit=fields["unit"],
            item=cut(fields["goods"], SHORT),
            usual=fields["usual"],
        ),
        reads=quantity_of,
    )
    return quantity_of(asked) if asked else None


async def one_less(screen: Selling) -> None:
    """One piece off the chosen line; the last one removes it."""
    line, one = screen.meant, Quantity.of(1)
    if line is not None and line.quantity > one and line.printed is None:
        await set_quantity(screen, line.quantity - one)
    else:
        await remove_chosen(screen)


async def remove_chosen(screen: Selling) -> None:
    """The chosen line goes, or the discount of the bill."""
    line, row = screen.meant, screen.chosen_row
    if row is None:
        return
    if line is None:
        await _discount_bill(screen, None)
        return
    name = name_of(screen.basket.head)
    if name and len(screen.basket.lines) == 1:
        gone = Confirm(
            word("Remove the last line? The bill {name} goes with it."), is_grave=True, name=name
        )
        if not await screen.desk.ask(gone):
            return
    why = await why_it_goes(screen, line.item.name)
    if why is None:
        return
    went = await screen.operate(
        bill_changes.remove_line, screen.basket.draft, line.number, reason=why
    )
    await screen.changed(line.number)
    screen.desk.inform(word("Removed: {item}"), item=line.item.name)
    _tell(screen, went)


async def why_it_goes(screen: Selling, what: str) -> str | None:
    """Why something goes that the customer has on paper: "" where he has none, None when nobody
    says.
    """
    if not bill_changes.is_shown(screen.basket.head):
        return ""
    told = said("{item} is on the customer's paper. Why does it go?", item=cut(what, SHORT))
    return await typed_text(screen, told)


async def tell_last_paid(screen: Selling, place: int) -> None:
    """What the customer who is named paid for this item last, where it was another price."""
    line = screen.basket.lines[place]
    last = await screen.in_books(last_paid, screen.basket.head, line.item)
    if last is not None and last.price != line.price:
        screen.desk.inform(
            word("{item}: last paid {price} on {day}"), item=cut(line.item.name, SHORT),
            price=last.price, day=last.day,
        )  # fmt: skip


def _tell(screen: Selling, went: bool) -> None:
    if went:
        screen.desk.alarm(WENT)


async def ask_price(screen: Selling) -> None:
    """`.`: another price for the chosen line, or for some of it."""
    line = screen.meant
    if line is None:
        return
    last = await screen.in_books(last_paid, screen.basket.head, line.item)
    told = said("New price of {item}, now {price}", item=line.item.name, price=line.price)
    if last is not None:
        told = said(
            "New price of {item}, now {price}, last paid {last}", item=cut(line.item.name, SHORT),
            price=line.price, last=last.price,
        )  # fmt: skip
    asked = await screen.question(told, reads=money_of)
    if not asked:
        return
    price = money_of(asked)
    pieces = await _how_many(screen, line)
    if pieces is None:
        return
    draft, number = screen.basket.draft, line.number
    changed = await screen.operate(bill_changes.override_price, draft, number, price, pieces=pieces)
    await _show_changed(screen, number, changed)


async def ask_line_discount(screen: Selling) -> None:
    """`/`: a discount on the chosen line, or on some of it."""
    line = screen.meant
    if line is None:
        return
    rules = screen.basket.rules
    asked = await _ask_discount(
        screen,
        said("Discount on {item}", item=cut(line.item.name, SHORT)),
        lambda off: line.changed(rules, discount=off).priced.amount,
    )
    if asked is None:
        return
    off = discount_of(asked, language())
    pieces = await _how_many(screen, line)
    if pieces is None:
        return
    draft, number = screen.basket.draft, line.number
    changed = await screen.operate(bill_changes.discount_line, draft, number, off, pieces=pieces)
    await _show_changed(screen, number, changed)


async def ask_bill_discount(screen: Selling) -> None:
    """F6: a discount on the whole bill."""
    basket = screen.basket
    asked = await _ask_discount(
        screen,
        said("Discount on the bill"),
        lambda off: whole_bill(basket.lines, basket.rules, off).total,
    )
    if asked is not None:
        await _discount_bill(screen, discount_of(asked, language()))


async def _discount_bill(screen: Selling, off: Discount | None) -> None:
    await screen.operate(bill_changes.discount_bill, screen.basket.draft, off)
    await screen.changed()


async def _ask_discount(
    screen: Selling, what: str, result: Callable[[Discount | None], Money]
) -> str | None:
    """The discount as it is typed; what it leaves to pay stands behind it before Enter."""

    def preview(typed: str) -> str:
        try:
            return t("leaves {amount}", amount=result(discount_of(typed, language())))
        except Refusal:
            return ""

    prompt = said("{what}: 10 per cent or -5.00, 0 none", what=what)
    return await screen.question(
        prompt, preview=preview, reads=lambda typed: discount_of(typed, language())
    )


async def _how_many(screen: Selling, line: BasketLine) -> Quantity | None:
    """Of several pieces on one line: all, or so many of them; None when it was cancelled."""
    if line.quantity <= Quantity.of(1) or line.item.decimals or line.printed is not None:
        return line.quantity
    asked = await screen.question(
        said("For how many of the {count}? 1 is the last one", count=line.quantity),
        proposal=str(line.quantity),
        reads=quantity_of,
    )
    return quantity_of(asked) if asked else None


async def _show_changed(screen: Selling, number: int, changed: int) -> None:
    numbers = (number,) if changed == number else (number, changed)
    await screen.changed(*numbers, is_chosen=True)
