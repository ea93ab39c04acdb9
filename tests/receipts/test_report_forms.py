"""A report in words: figures that are read, and figures that are taken by programs."""

from __future__ import annotations

from datetime import date

import pytest

from models.base.money import Money, currency
from models.base.quantity import Quantity
from models.base.words import Msgid
from models.reports.report import COUNT, MONEY, QUANTITY, Column, Period, Report, ReportKind
from receipts.report_forms import json_text, read_text, sheet_rows, text_rows

CNY = currency("CNY")
KIND = ReportKind(
    "toy", "Toy", "", (Column("Item"), Column("Bills", COUNT), Column("Quantity", QUANTITY),
                       Column("Total", MONEY, is_summed=True)),
    lambda period, scope: iter(()),
)  # fmt: skip
DAY = date(2026, 11, 22)


def report() -> Report:
    row = ("1234", 1234, Quantity(1_234_500), Money(-123_456_780, CNY))
    rounding = (Msgid("Rounding"), None, None, Money(-5, CNY))
    return Report(KIND, Period(DAY, DAY), [row, rounding], (None, None, None, row[3]))


def test_large_figures_are_read_in_groups_of_three() -> None:
    assert text_rows(report(), "zh") == [
        ["1234", "1,234", "1,234.5", "-1,234,567.80"],
        ["抹零", "", "", "-0.05"],
        ["合计", "", "", "-1,234,567.80"],
    ]


def test_programs_and_sheets_take_plain_figures() -> None:
    told = json_text(report(), "en")
    assert '"-1234567.80"' in told and "1,234" not in told
    assert '"Rounding"' in told
    first = sheet_rows(report(), "en")[0]
    assert first == ["1234", 1234, Quantity(1_234_500), Money(-123_456_780, CNY)]


@pytest.mark.parametrize(
    ("minor", "text"), [(0, "0.00"), (99_999, "999.99"), (100_000, "1,000.00"), (-7, "-0.07")]
)
def test_a_figure(minor: int, text: str) -> None:
    assert read_text(Money(minor, CNY), MONEY, "en") == text
