"""What is typed as a condition: two of them with and / or, signs that stand for others."""

from __future__ import annotations

import pytest

from models.listings.listing_pages import page
from models.listings.listings import Condition, FieldHidden, View
from tests.stores import Shop
from tui import trades  # noqa: F401 - lists the rooms
from tui.desk.words import speak
from tui.records.listings import listing
from tui.records.report_source import _is_like
from tui.records.source import Source
from tui.records.view_texts import condition_texts
from tui.records.views import read_conditions

# Of a column: what is typed, and the codes of the goods that are left.
CASES = [
    # The water, and the cigarettes; and what is neither cheap nor dear.
    ("price", "..2 | 25..", "1001 1004"),
    ("price", "=2 | =3.5 | 5..9", "1001 1002 1005"),
    ("price", "!2 & ..5", "1002 1005"),
    ("name", "泉", "1001"),
    ("name", "_泉_", "1001"),
    ("name", "_泉", ""),
    ("name", "%水｜香％", "1001 1004"),
    ("name", "果 & !香蕉", "1003"),
    ("name", r"%\_%", ""),
    ("code", "100_ & !1001 & !1002", "1003 1004 1005"),
]


@pytest.mark.row("UIX-07", "UIX-08", "UIX-20")
@pytest.mark.parametrize(("name", "typed", "codes"), CASES)
def test_conditions_of_a_column(shop: Shop, name: str, typed: str, codes: str) -> None:
    """The same view is kept under a name and taken up again."""
    of = listing("goods")
    view = View(conditions=tuple(read_conditions(Source(of), of[name], typed)), order="code")
    kept = View.of(view.body())
    assert kept.conditions == view.conditions
    found = [line.values["code"] for line in page(shop.owner, of, kept, None).lines]
    assert found == codes.split()


def test_what_a_condition_says_and_whom_it_is_hidden_from(shop: Shop) -> None:
    speak("zh")
    of = listing("goods")
    view = View(conditions=tuple(read_conditions(Source(of), of["price"], "..2 | 25..")))
    assert condition_texts(of, view) == ["售价：<=2.00 或 >=25.00"]
    # A hidden column inside of another one's condition is hidden, too.
    inside = ((Condition("cost", ">=", 1),),)
    with pytest.raises(FieldHidden):
        page(
            shop.cashier,
            of.for_picking(),
            View(conditions=(Condition("code", "any", inside),)),
            None,
        )


@pytest.mark.parametrize(
    ("pattern", "fits"), [("矿_水", True), ("矿%", True), ("_水", False), (r"矿\%", False)]
)
def test_signs_in_a_report_are_those_of_records(pattern: str, fits: bool) -> None:
    assert _is_like("矿泉水", pattern) is fits
