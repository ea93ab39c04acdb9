"""The hand-over at the end of a shift: who leaves signs what he leaves, who comes signs for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from receipts.labels import PaperLanguage, label, money_text, time_text
from receipts.slip import Feed, Pair, Part, Rule, Slip, Text
from receipts.slips.common import Print, foot, head, remark

if TYPE_CHECKING:
    from models.ledger.daily.shift_view import HandoverView, LeftView


def handover_slip(shift: HandoverView, how: Print) -> Slip:
    """Cash first, then the work that is left, then two signatures."""
    lang = how.lang
    parts: list[Part] = [
        *head(shift.store, "SHIFT HAND-OVER", how),
        Pair(label("Slip no.", lang), shift.number),
        Pair(label("Register", lang), shift.register),
        Pair(label("Shift opened", lang), time_text(shift.opened_at)),
        Pair(label("Shift closed", lang), time_text(shift.closed_at)),
        Rule(),
        Pair(label("Counted", lang), money_text(shift.counted), bold=True, tall=True),
        Pair(label("Usual float of the next shift", lang), str(shift.next_float)),
        Pair(label("To the safe", lang), money_text(shift.to_safe), bold=True),
    ]
    parts += [
        Pair(f"{label('Foreign cash', lang)} {each.code}", str(each.counted))
        for each in shift.foreign
    ]
    if shift.over_short:
        short = shift.over_short.minor < 0
        parts.append(Pair(label("Cash short" if short else "Cash over", lang),
                          money_text(shift.over_short), bold=True))  # fmt: skip
        parts.append(remark("Reason", lang, shift.reason))
    parts.append(Rule())
    for work in shift.left:
        parts += _left(work, lang)
    if not shift.left:
        parts.append(Text(label("No work is left open", lang)))
    parts += [
        Rule("="),
        Pair(label("Handed over by", lang), shift.cashier),
        Feed(),
        Text(f"{label('Signature', lang)} ________________"),
        Text(label("Taken over by", lang)),
        Feed(),
        Text(f"{label('Signature', lang)} ________________"),
        *foot(),
    ]
    return Slip("handover", shift.number, tuple(parts))


def _left(work: LeftView, lang: PaperLanguage) -> list[Part]:
    parts: list[Part] = [Text(f"{label(work.title, lang)} ({work.count})", bold=True)]
    parts += [Pair(name, "" if amount is None else str(amount)) for name, amount in work.pieces]
    if more := work.count - len(work.pieces):
        parts.append(Text(label("and {count} more", lang, count=more)))
    return parts
