"""The paper of a card: sold, topped up, given up, or changed; and always what is left on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from receipts.labels import PaperLanguage, label, money_text, time_text
from receipts.slip import Feed, Pair, Part, Rule, Slip, Text
from receipts.slips.common import (
    Print,
    copy_marks,
    foot,
    payment_lines,
    remark,
    store_head,
    title,
)

if TYPE_CHECKING:
    from models.members.card_view import CardSlipView, CardView


def card_slip(done: CardSlipView, how: Print) -> Slip:
    """For its owner; of money that went out, for him to sign."""
    lang = how.lang
    parts: list[Part] = [
        *store_head(done.store, lang), title(done.title, lang), *copy_marks(how), Rule("="),
    ]  # fmt: skip
    if done.number:
        parts.append(Pair(label("Slip no.", lang), done.number))
    parts += [
        Pair(label("Time", lang), time_text(done.at)),
        Pair(label("Register", lang), done.register),
        Pair(label("Cashier", lang), done.cashier),
    ]
    if done.sellers:
        parts.append(Pair(label("Sold by", lang), ", ".join(done.sellers)))
    if done.old:
        parts.append(Pair(label("Before", lang), done.old))
    parts += _money(done, lang)
    parts += [Rule(), *left_on(done.card, lang)]
    if done.reason:
        parts += [Rule(), remark("Reason", lang, done.reason)]
    if done.is_out:
        parts += [Feed(), Text(f"{label('Signature', lang)} ________________")]
    return Slip("card", done.number or done.card.number, (*parts, *foot()))


def _money(done: CardSlipView, lang: PaperLanguage) -> list[Part]:
    if done.paid is None:
        return []
    parts: list[Part] = [
        Rule(), Pair(label("Total", lang), money_text(done.paid), bold=True, tall=True),
    ]  # fmt: skip
    if done.bonus:
        name = "Bonus that goes" if done.is_out else "Bonus given"
        parts.append(Pair(label(name, lang), money_text(done.bonus)))
    parts.append(Rule())
    for payment in done.payments:
        parts += payment_lines(payment, lang, is_back=done.is_out)
    if done.change:
        change = money_text(done.change)
        parts.append(Pair(label("Change given", lang), change, bold=True, tall=True))
    return parts


def left_on(card: CardView, lang: PaperLanguage) -> list[Part]:
    """What is left on a card: both balances, times, what goes off services."""
    parts: list[Part] = [
        Pair(label("Member card", lang), f"{card.kind} …{card.number[-4:]}"),
    ]
    if card.owner:
        parts.append(Pair(label("Owner", lang), card.owner))
    if card.holds_money:
        whole = card.principal + card.bonus
        parts.append(Pair(label("Remaining", lang), money_text(whole), bold=True, tall=True))
        parts.append(Pair(f"  {label('paid for', lang)}", money_text(card.principal)))
        parts.append(Pair(f"  {label('of it bonus', lang)}", money_text(card.bonus)))
    if card.bonus_expires:
        parts.append(Pair(f"  {label('Bonus through', lang)}", card.bonus_expires.isoformat()))
    for times in card.times:
        left = label("{times} times", lang, times=times.left)
        parts.append(Pair(times.name, left, bold=True, tall=True))
        if times.expires:
            parts.append(Pair(f"  {label('Good through', lang)}", times.expires.isoformat()))
    if card.discount:
        parts.append(Pair(label("Off services", lang), f"{card.discount.percent_text}%"))
        if card.expires:
            parts.append(Pair(f"  {label('Good through', lang)}", card.expires.isoformat()))
    return parts
