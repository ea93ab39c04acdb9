"""One payment screen serves all bills: it is shown again as things are now, and quickly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest

from models.base.settling import in_cash
from models.ledger.ways.tender_kinds import Paying
from models.shop import basket as bills
from models.trust.drafts import DraftGone
from tests.flows.counter_program import WATER
from tests.flows.test_snapshots import app_in as app_in
from tests.flows.test_snapshots import shown, to_the_bill
from tui.desk.counter_app import CounterApp
from tui.money.payment import Payment
from tui.widgets.header import Header
from tui.widgets.strip import KeyStrip


async def test_payment_is_shown_again(
    app_in: Callable[..., CounterApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the words and colours of now. Where they are the same no style is found again, the books
    are asked once before it stands there (about the gateway behind that), and nobody is shown the
    paid bill once more.
    """
    app, asked, styled, painted = app_in("zh"), list[str](), list[Any](), list[int]()
    async with app.run_test(size=(80, 24)) as pilot:
        selling = await to_the_bill(pilot)
        await selling.do_pay()
        payment = cast("Payment", app.screen)
        await shown(pilot)
        assert row(payment.ways, 0).split() == ["#", "收款方式"]
        assert " 收款 " in row(payment.query_one(Header), 0)
        await payment.do_leave()
        app.speak("en")
        app.use_theme("light")
        await shown(pilot)
        await selling.do_pay()
        await shown(pilot)
        assert row(payment.ways, 0).split() == ["#", "Ways", "to", "pay"]
        assert " Payment " in row(payment.query_one(Header), 0)
        assert row(payment.query_one(KeyStrip), 0).split()[:2] == ["F1Help", "EnterExact"]
        assert payment.styles.background == selling.styles.background
        await payment.do_leave()
        await shown(pilot)
        note(app, "in_books", lambda function, *_: asked.append(function.__name__))
        note(app.stylesheet, "apply", lambda node: styled.append(node))
        await selling.do_pay()
        await shown(pilot)
        assert (asked, styled) == (["read_at_once", "_chosen"], [])
        assert row(payment.bill, payment.bill.size.height - 1).split()[-1] == "47.24"
        note(selling, "displayed", lambda _: painted.append(len(selling.lines.row_values)))
        await payment._finish([exact(payment)])
        await shown(pilot)
        assert (app.screen, set(painted)) == (selling, {0})
        assert asked[2:] == ["sell_and_begin"]
        # What is sold is sold: the next bill is begun once more where it could not be begun.
        await selling.on_entry(WATER.code)
        await selling.do_pay()
        asked.clear()
        begin, tries = bills.new_basket, list[Any]()

        def new_basket(session: Any) -> Any:
            tries.append(session)
            if len(tries) == 1:
                raise DraftGone()
            return begin(session)

        monkeypatch.setattr(bills, "new_basket", new_basket)
        await payment._finish([exact(payment)])
        await shown(pilot)
        assert asked[-2:] == ["sell_and_begin", "new_basket"]
        assert (app.screen, len(selling.basket.lines), len(tries)) == (selling, 0, 2)


def exact(payment: Payment) -> Paying:
    """All that is due, in cash."""
    return Paying(1, in_cash(payment.facts.due, payment.facts.rule))


def note(owner: Any, name: str, noted: Callable[..., None]) -> None:
    """Note what a method is called with from now on."""
    method = getattr(owner, name)

    def both(*args: Any, **options: Any) -> Any:
        noted(*args)
        return method(*args, **options)

    setattr(owner, name, both)


def row(widget: Any, y: int) -> str:
    """A row of a widget as text."""
    return str(widget.render_line(y).text)
