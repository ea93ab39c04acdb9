"""Reports that are drawn: the same bars below a page of text, on A4 and beside a spreadsheet."""

from __future__ import annotations

import base64
import io
import re
import zlib
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from models.reports.report import Report, make, this_month
from models.reports.takings_lists import BY_CATEGORY, BY_DAY, BY_HOUR, BY_TENDER
from receipts.report_bars import MOST, BarRow, drawn
from tests.stores import WECHAT, Shop, yuan
from tui.records.report_files import content_of

STORE = ("店", False)


def text_of(pdf: bytes) -> str:
    """What the pages draw, as reportlab wrote it."""
    found = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    plain = [zlib.decompress(base64.a85decode(b"<~" + each.strip(), adobe=True)) for each in found]
    return b"\n".join(plain).decode("latin-1")


@pytest.mark.row("RPT-03", "UIX-03")
def test_takings_are_drawn_on_paper_and_in_a_spreadsheet(shop: Shop) -> None:
    """An hour of 4.00 and one of 28.50: 6 and 40 of 40 cells, the same parts of the page."""
    shop.open_shift()
    shop.sell("1001", "1001")
    shop.clock.move(hours=2)
    shop.sell("1002", "1004", tender=WECHAT)
    report = make(shop.owner, BY_HOUR, this_month())
    page = content_of(report, "txt", "zh", STORE).decode()
    assert page.splitlines()[-2:] == [
        "09:00   4.00  " + "█" * 6,
        "11:00  28.50  " + "█" * 40,
    ]
    drawn_on = text_of(content_of(report, "pdf", "zh", STORE))
    widths = [float(each) for each in re.findall(r"(\S+) \S+ re f", drawn_on)]
    assert len(widths) == 2 and abs(widths[0] / widths[1] - 400 / 2850) < 0.005
    book = load_workbook(io.BytesIO(content_of(report, "xlsx", "zh", STORE)))
    (chart,) = book.active._charts
    (bars,) = chart.series
    assert (bars.cat.numRef.f, bars.val.numRef.f) == ("'Sheet'!$A$2:$A$3", "'Sheet'!$C$2:$C$3")
    assert chart.anchor._from.col == 5
    # By day, tender and category as well; what would be no picture is not drawn.
    for kind, names in (
        (BY_DAY, ["2026-03-02"]), (BY_TENDER, ["现金", "微信"]), (BY_CATEGORY, ["未分类"]),
    ):  # fmt: skip
        made = make(shop.owner, kind, this_month())
        bars_made = drawn(replace(made, rows=made.rows * 2), "zh")
        assert [each.name for each in bars_made][: len(names)] == names
    row = report.rows[0]
    assert drawn(Report(BY_HOUR, report.period, [row] * (MOST + 1)), "zh") == []
    below = (*row[:2], yuan("-4.00"), row[3])
    assert drawn(Report(BY_HOUR, report.period, [row, below]), "zh")[1] == BarRow(
        "09:00", "-4.00", -400
    )
