"""What the customer's display shows: the item that was rung and the total, what is to be paid, and
the change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from receipts.words import Language, say, word

if TYPE_CHECKING:
    from devices.display import CustomerDisplay, Line
    from models.base.money import Money
    from models.shop.basket import Basket
    from models.shop.basket_lines import BasketLine
    from tui.desk.counter_app import CounterApp
    from tui.money.payable import Finished

# How long the change stands there, unless the next customer is served before.
CHANGE_S = 30.0


def show_bill(
    app: CounterApp, basket: Basket, chosen: BasketLine | None, paid: Finished | None
) -> None:
    """The line that was rung or changed, and the total; of a bill without lines what was paid for
    the last one, or the idle text.
    """
    display = _display(app)
    if display is None:
        return
    if chosen is not None:
        from devices.display import Line

        upper = Line(chosen.item.name, str(chosen.priced.amount), plain=chosen.item.code)
        display.show((upper, _named(app, word("Total"), basket.amount_due)))
    elif paid is not None:
        lines = (
            _named(app, word("Paid"), paid.given),
            _named(app, word("Change given"), paid.change),
        )
        display.show(lines, for_s=CHANGE_S)
    else:
        display.show_idle()


def show_due(app: CounterApp, due: Money, remaining: Money) -> None:
    """While it is paid: the total, and what is still missing when a part was given."""
    display = _display(app)
    if display is not None:
        total = _named(app, word("Total"), due)
        left = _named(app, word("To pay"), remaining)
        display.show((total, left))


def show_nobody(app: CounterApp) -> None:
    """Nobody is served, or nobody may see it."""
    display = _display(app)
    if display is not None:
        display.show_idle()


def _display(app: CounterApp) -> CustomerDisplay | None:
    return app.paper.display if app.paper is not None else None


def _named(app: CounterApp, msgid: str, amount: Money) -> Line:
    from devices.display import Line

    # The customer reads the language of the shop, not that of whoever sells.
    lang: Language = "zh" if app.config.languages.screen == "zh" else "en"
    return Line(say(msgid, lang), str(amount), plain=msgid)
