"""What the head and the foot of all slips have in common."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from receipts.labels import PaperLanguage, heads, label, named, time_text
from receipts.slip import CENTRE, Column, Cut, Feed, Pair, Part, Row, Rule, Slip, Table, Text

if TYPE_CHECKING:
    from models.base.money import Money
    from models.ledger.daily.shift_view import TaxView, TenderTotal
    from models.ledger.payments.payment_view import PaymentView
    from models.ledger.store_card import StoreCard


@dataclass(frozen=True, slots=True)
class Print:
    """How a slip is to be printed: its language, and whether it is copy 1, 2, ... printed at
    `printed_at` (local). Copy 0 is the slip itself.
    """

    lang: PaperLanguage = "zh"
    copy_no: int = 0
    printed_at: datetime | None = None


def store_head(store: StoreCard, lang: PaperLanguage) -> list[Part]:
    """Who the store is, and loudly that nothing here is real when it is the demonstration."""
    parts: list[Part] = [Text(store.name, CENTRE, bold=True, large=True)]
    parts += [Text(line, CENTRE) for line in (store.branch, store.address, store.phone) if line]
    if store.tax_number:
        parts.append(Text(f"{label('Tax no.', lang)} {store.tax_number}", CENTRE))
    if store.is_demo:
        parts.append(banner("DEMO - not a receipt", lang))
    return parts


def copy_marks(how: Print) -> list[Part]:
    """A copy says so, and when it was made; the slip's own time stays that of the sale."""
    if not how.copy_no:
        return []
    # In all languages at once: a copy must be known as one by whoever holds it.
    parts: list[Part] = [Text(f"副本 COPY {how.copy_no}", CENTRE, bold=True, large=True)]
    if how.printed_at:
        text = label("Printed again {time}", how.lang, time=time_text(how.printed_at))
        parts.append(Text(text, CENTRE))
    return parts


def head(store: StoreCard, name: str, how: Print) -> list[Part]:
    """The top of most papers: whose it is, what it is, and whether it is a copy."""
    return [*store_head(store, how.lang), title(name, how.lang), *copy_marks(how), Rule("=")]


def banner(msgid: str, lang: PaperLanguage) -> Text:
    """A line that nobody can miss."""
    return Text(f"** {label(msgid, lang)} **", CENTRE, bold=True)


def title(msgid: str, lang: PaperLanguage) -> Text:
    """What kind of slip this is."""
    return Text(label(msgid, lang), CENTRE, bold=True, large=True)


def remark(msgid: str, lang: PaperLanguage, text: str) -> Text:
    """A text of people behind what it is, with the colon of the language."""
    return Text(f"{label(msgid, lang)}{'：' if lang == 'zh' else ': '}{text}")


def signed(slip: Slip, signs: str, lang: PaperLanguage) -> Slip:
    """The slip with the signs of its place in the audit log above its foot, where it has one."""
    if not signs:
        return slip
    above = len(slip.parts) - len(foot())
    line = Text(f"{label('Check signs', lang)} {signs}", CENTRE)
    return replace(slip, parts=(*slip.parts[:above], line, *slip.parts[above:]))


def foot() -> list[Part]:
    """The end of the paper."""
    return [Feed(1), Cut()]


def tenders_table(tenders: tuple[TenderTotal, ...], lang: PaperLanguage) -> list[Part]:
    """What came in by tender: name, how often, how much."""
    if not tenders:
        return []
    rows = tuple(
        Row((named(one.name_zh, one.name_en, lang), str(one.count), str(one.amount)))
        for one in tenders
    )
    columns = (
        Column(heads("Tenders", lang)),
        Column(heads("Txns", lang)),
        Column(heads("Amount", lang)),
    )
    return [Rule(), Table(columns, rows)]


def bridge(net: Money, beside: tuple[tuple[str, Money], ...], lang: PaperLanguage) -> list[Part]:
    """How the net sales become the money that was taken, where it is not the same."""
    if not beside:
        return []
    taken = sum((amount for _, amount in beside), net)
    return [
        Rule(),
        Pair(label("Net sales", lang), str(net)),
        *(Pair(f"+ {label(title, lang)}", str(amount)) for title, amount in beside),
        Pair(label("Taken in all", lang), str(taken), bold=True),
    ]


def taxes_table(taxes: tuple[TaxView, ...], lang: PaperLanguage) -> list[Part]:
    """Each rate with the amount without tax and the tax in it."""
    if not taxes:
        return []
    rows = tuple(Row((_rate_name(tax), str(tax.net), str(tax.tax))) for tax in taxes)
    columns = (
        Column(heads("Tax included", lang)),
        Column(heads("Excl. tax", lang)),
        Column(heads("Tax", lang)),
    )
    return [Rule(), Table(columns, rows)]


def _rate_name(tax: TaxView) -> str:
    percent = f"{tax.rate.percent_text}%"
    return tax.name if percent in tax.name else f"{tax.name} {percent}".strip()


def payment_lines(payment: PaymentView, lang: PaperLanguage, *, is_back: bool) -> list[Part]:
    """One tender with its reference; `is_back`: money that was given back."""
    name = named(payment.name_zh, payment.name_en, lang)
    if is_back:
        parts: list[Part] = [Pair(f"{label('Refund', lang)} {name}", str(payment.amount))]
    elif payment.owner and payment.amount.minor < 0:
        parts = [Pair(label("Change kept", lang), str(-payment.amount))]
    else:
        parts = [Pair(name, str(payment.given if payment.change else payment.amount))]
    if payment.reference:
        parts.append(Pair(f"  {label('Reference', lang)}", payment.reference))
    if payment.rest is not None:
        # Whoever finds the slip must not find the money: the last digits are enough.
        number = payment.code.partition("/")[0]
        parts.append(Pair(f"  {label('No.', lang)}", f"…{number[-4:]}"))
        if payment.times is not None:
            times = label("{times} times", lang, times=payment.times)
            parts.append(Pair(f"  {label('Remaining', lang)}", times))
        else:
            parts.append(Pair(f"  {label('Remaining', lang)}", str(payment.rest)))
        if payment.bonus is not None:
            parts.append(Pair(f"  {label('of it bonus', lang)}", str(payment.bonus)))
    if payment.owner:
        parts.append(Pair(f"  {label('Account', lang)}", payment.owner))
    return parts
