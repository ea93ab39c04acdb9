"""The papers of buying: an order to a supplier, a delivery, and what was wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from receipts.labels import heads, label, money_text, time_text
from receipts.quantities import quantity_text
from receipts.slip import Barcode, Column, Feed, Pair, Part, Row, Rule, Slip, Table, Text
from receipts.slips.common import Print, foot, head, remark

if TYPE_CHECKING:
    from models.buying.papers import CameView, GoodsInView, OrderedView, OrderView
    from receipts.labels import PaperLanguage


def order_slip(shown: OrderView, how: Print) -> Slip:
    """What is ordered, in the supplier's packs and under his codes."""
    lang = how.lang
    columns = (
        Column(heads("Item", lang)),
        Column(heads("Quantity", lang)),
        Column(heads("Price", lang)),
        Column(heads("Amount", lang)),
    )
    rows = tuple(
        Row(
            (line.name, _packs(line, lang), str(line.price), str(line.amount)),
            (line.code,),
        )
        for line in shown.lines
    )
    parts: list[Part] = [
        *head(shown.store, "PURCHASE ORDER", how),
        Pair(label("Number", lang), shown.number, bold=True),
        Pair(label("Supplier", lang), shown.supplier),
        *([Pair(label("Phone", lang), shown.phone)] if shown.phone else []),
        Pair(label("Day", lang), str(shown.day)),
        *([Pair(label("Wanted by", lang), str(shown.wanted))] if shown.wanted else []),
        Rule(),
        Table(columns, rows),
        Rule(),
        Pair(label("Total", lang), money_text(shown.total), bold=True, tall=True),
        *([remark("Note", lang, shown.note)] if shown.note else []),
        Pair(label("Who", lang), shown.clerk),
        Pair(label("Time", lang), time_text(shown.at)),
        Feed(),
        Text(f"{label('Signature', lang)} ________________"),
        Barcode(shown.number.replace("-", "")),
    ]
    return Slip("order", shown.number, (*parts, *foot()))


def goods_in_slip(shown: GoodsInView, how: Print) -> Slip:
    """What came, or went back, and what it costs."""
    lang = how.lang
    columns = (
        Column(heads("Item", lang)),
        Column(heads("Quantity", lang)),
        Column(heads("Amount", lang)),
    )
    came = [line for line in shown.lines if line.quantity or line.rejected]
    rows = tuple(
        Row((line.name, str(line.quantity), str(line.net)), _notes(line, lang)) for line in came
    )
    parts: list[Part] = [
        *head(shown.store, "GOODS BACK" if shown.is_back else "GOODS IN", how),
        *_head(shown, lang),
        Rule(),
        Table(columns, rows),
        Rule(),
    ]
    if shown.tax:
        parts.append(Pair(label("Excl. tax", lang), str(shown.net)))
        parts.append(Pair(label("Tax", lang), str(shown.tax)))
    if shown.freight:
        parts.append(Pair(label("Freight", lang), str(shown.freight)))
    parts.append(Pair(label("Total", lang), money_text(shown.total), bold=True, tall=True))
    if not shown.is_billed:
        parts.append(Text(label("The bill comes later.", lang)))
    if any(line.is_wrong for line in shown.lines) or shown.aside:
        parts.append(Text(label("Not as ordered: see the paper of differences.", lang), bold=True))
    return Slip("goods_in", shown.number, (*parts, *_signed(shown, lang)))


def short_slip(shown: GoodsInView, how: Print) -> Slip:
    """What is short, over, or was refused, and what nobody knew: for the supplier, at once."""
    lang = how.lang
    columns = (
        Column(heads("Item", lang)),
        Column(heads("Ordered", lang)),
        Column(heads("Came", lang)),
        Column(heads("Differs", lang)),
    )
    rows = tuple(
        Row(
            (
                line.name,
                "" if line.due is None else str(line.due),
                str(line.quantity + line.rejected),
                _signed_text(line),
            ),
            _said(line, lang),
        )
        for line in shown.lines
        if line.is_wrong
    )
    parts: list[Part] = [
        *head(shown.store, "DIFFERENCES OF A DELIVERY", how),
        *_head(shown, lang),
        Rule(),
    ]
    if rows:
        parts += [Table(columns, rows), Rule()]
    if shown.aside:
        parts.append(Text(label("Set aside, no item has this code:", lang), bold=True))
        parts += [Pair(code, str(quantity)) for code, quantity in shown.aside]
    return Slip("short", shown.number, (*parts, *_signed(shown, lang)))


def _head(shown: GoodsInView, lang: PaperLanguage) -> list[Part]:
    parts: list[Part] = [
        Pair(label("Number", lang), shown.number, bold=True),
        Pair(label("Supplier", lang), shown.supplier),
        Pair(label("Day", lang), str(shown.day)),
    ]
    if shown.order:
        parts.append(Pair(label("Order", lang), shown.order))
    if shown.note:
        parts.append(remark("Note", lang, shown.note))
    return parts


def _signed(shown: GoodsInView, lang: PaperLanguage) -> list[Part]:
    return [
        Pair(label("Who", lang), shown.clerk),
        Pair(label("Time", lang), time_text(shown.at)),
        Feed(),
        Text(f"{label('Delivered by', lang)} ________________"),
        Text(f"{label('Received by', lang)} ________________"),
        *foot(),
    ]


def _packs(line: OrderedView, lang: PaperLanguage) -> str:
    return quantity_text(line.packs, pack=line.pack, unit=line.unit, lang=lang)


def _notes(line: CameView, lang: PaperLanguage) -> tuple[str, ...]:
    notes = [line.code]
    if line.batch:
        notes.append(f"{label('Lot', lang)} {line.batch}")
    if line.expiry:
        notes.append(f"{label('Good until', lang)} {line.expiry}")
    if line.rejected:
        notes.append(f"{label('rejected', lang)} {line.rejected}")
    return ("  ".join(notes),)


def _signed_text(line: CameView) -> str:
    return line.difference.signed if line.difference else ""


def _said(line: CameView, lang: PaperLanguage) -> tuple[str, ...]:
    """In words, whatever stands in the columns."""
    found, said = line.difference, []
    if found.thousandths < 0:
        said.append(f"{label('too few', lang)} {abs(found)}")
    if found.thousandths > 0:
        said.append(f"{label('too many', lang)} {found}")
    if line.rejected:
        said.append(f"{label('rejected', lang)} {line.rejected}")
    return ("  ".join(said),)
