"""The papers of the store room: a stocktake, and goods that were carried, scrapped or used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from receipts.labels import heads, label, money_text, time_text
from receipts.slip import Column, Feed, Pair, Part, Row, Rule, Slip, Table, Text
from receipts.slips.common import Print, foot, head, remark

if TYPE_CHECKING:
    from models.stock.count_papers import CountedView, StocktakeView
    from models.stock.out_papers import GoodsOutView
    from receipts.labels import PaperLanguage

# Of what was not counted so many are named.
NAMED = 40


def stocktake_slip(shown: StocktakeView, how: Print) -> Slip:
    """Each difference with its money, how many were right, and what nobody counted."""
    lang = how.lang
    columns = (
        Column(heads("Item", lang)),
        Column(heads("Book", lang)),
        Column(heads("Counted", lang)),
        Column(heads("Differs", lang)),
        Column(heads("Value", lang)),
    )
    rows = tuple(
        Row(
            (one.name, str(one.book), str(one.counted), one.difference.signed, str(one.value)),
            _notes(one),
        )
        for one in shown.wrong
    )
    parts: list[Part] = [
        *head(shown.store, "STOCKTAKE", how),
        Pair(label("Number", lang), f"{shown.number} {shown.of}", bold=True),
        *_named(shown),
        Pair(label("Begun", lang), time_text(shown.begun_at)),
        Pair(label("Posted", lang), time_text(shown.at)),
        Pair(label("Who", lang), shown.clerk),
        Rule(),
        *_table(columns, rows),
        Pair(label("Items counted", lang), str(len(shown.lines) - len(shown.uncounted))),
        Pair(label("As the books say", lang), str(shown.right)),
        Pair(label("Differ", lang), str(len(shown.wrong))),
        Pair(label("Gained", lang), money_text(shown.gained)),
        Pair(label("Lost", lang), money_text(shown.lost), bold=True),
        *_uncounted(shown, lang),
        Feed(),
        Text(f"{label('Signature', lang)} ________________"),
    ]
    return Slip("stocktake", shown.number, (*parts, *foot()))


def _table(columns: tuple[Column, ...], rows: tuple[Row, ...]) -> list[Part]:
    return [Table(columns, rows), Rule()] if rows else []


def _named(shown: StocktakeView) -> list[Part]:
    return [Text(shown.title)] if shown.title else []


def _uncounted(shown: StocktakeView, lang: PaperLanguage) -> list[Part]:
    some = shown.uncounted
    if not some:
        return []
    said = "Not counted, made zero" if shown.is_zeroed else "Not counted, left as they are"
    parts: list[Part] = [Rule(), Pair(label(said, lang), str(len(some)), bold=True)]
    parts += [Pair(one.name, str(one.book)) for one in some[:NAMED]]
    if len(some) > NAMED:
        parts.append(Text(label("and {count} more", lang, count=len(some) - NAMED)))
    return parts


def _notes(one: CountedView) -> tuple[str, ...]:
    when = one.at.strftime("%H:%M:%S") if one.at else ""
    return (" ".join(part for part in (when, one.who, one.zones) if part),)


_OUT = {"carry": "GOODS CARRIED", "scrap": "GOODS SCRAPPED", "use": "GOODS USED"}


def goods_out_slip(shown: GoodsOutView, how: Print) -> Slip:
    """Which goods left which place, where to or why, and who signs for it."""
    lang = how.lang
    columns = (Column(heads("Item", lang)), Column(heads("Quantity", lang)))
    rows = tuple(Row((one.name, f"{one.quantity} {one.unit}")) for one in shown.lines)
    parts: list[Part] = [
        *head(shown.store, _OUT[shown.how], how),
        Pair(label("Number", lang), shown.number, bold=True),
        Pair(label("Day", lang), str(shown.day)),
        Pair(label("From", lang), shown.origin),
    ]
    if shown.target:
        parts.append(Pair(label("To", lang), shown.target))
    if shown.reason:
        parts.append(remark("Reason", lang, shown.reason))
    parts += [
        Rule(), Table(columns, rows), Rule(),
        Pair(label("Who", lang), shown.clerk),
        Pair(label("Time", lang), time_text(shown.at)),
        Feed(),
        Text(f"{label('Signature', lang)} ________________"),
    ]  # fmt: skip
    return Slip("goods_out", shown.number, (*parts, *foot()))
