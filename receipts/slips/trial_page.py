"""A page that shows what a printer can do, for somebody who looks at it."""

from __future__ import annotations

from datetime import datetime

from devices.profiles import PrinterProfile
from receipts.labels import PaperLanguage, label, time_text
from receipts.slip import QR, Barcode, Feed, Pair, Part, Rule, Slip, Text
from receipts.slips.common import foot, title
from receipts.words import word

# As wide as it prints; whoever looks sees whether a line breaks.
_RULER = "1234567890" * 10


def trial_page(
    printer: str, where: str, profile: PrinterProfile, *, at: datetime, lang: PaperLanguage
) -> Slip:
    """Its name and line, a full line of signs, Chinese, amounts, and the codes that it has."""
    parts: list[Part] = [
        title(word("TEST PAGE"), lang),
        Rule("="),
        Pair(label("Printer", lang), printer),
        Pair(label("Connected by", lang), where),
        Pair(label("Time", lang), time_text(at)),
        Rule(),
        Text(_RULER[: profile.columns]),
        Pair("ABC abc 123", "88,888.88"),
        Text("Large", large=True, bold=True),
    ]
    if profile.prints_chinese:
        parts.append(Text("中文 测试 ￥ 壹贰叁"))
    if profile.has_barcode:
        parts.append(Barcode("TEST-123"))
    if profile.has_qr:
        parts.append(QR("TEST-123"))
    return Slip("test", printer, (*parts, Feed(), *foot()))
