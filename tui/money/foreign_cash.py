"""Cash of other currencies at the counter: taken in payment, changed for somebody, counted at the
close of a shift, brought to the bank.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from models.base.money import Money, currency
from models.ledger.daily.shifts import current_shift
from models.ledger.payments.changing_money import bank_foreign, buy_foreign, lying_in_safe
from models.ledger.ways.foreign import Handed, handed, to_count, wanted
from models.ledger.ways.tender_kinds import FOREIGN
from models.ledger.ways.tenders import Tender, active_tenders
from models.trust import company
from receipts.words import word
from tui.desk.gate.numbers import amount_of
from tui.desk.gate.numbers import money_of as own_money
from tui.desk.in_turn import in_turn
from tui.desk.words import said
from tui.money.ways import tender_name
from tui.widgets.line_list import Column
from tui.widgets.panel import Ask, Confirm, Panel, Pick
from tui.widgets.total import BigTotal

_WAYS = (
    Column(word("Currency"), 8, read=lambda row: row.foreign),
    Column(word("Ways to pay"), 0, read=tender_name),
    Column(word("Exchange rate"), 13, "right", tone="money", read=lambda row: str(row.rate)),
)
_SAFE = (
    Column(word("Currency"), 10, read=lambda row: row.currency.code),
    Column(word("In the safe"), 0, "right", tone="money", read=str),
)


class Exchanged(Confirm):
    """So much foreign cash, and large what it comes to; answered by a key pressed afterwards."""

    def __init__(self, cash: Handed) -> None:
        super().__init__(
            word("{code} {amount} at {rate}?"), yes=word("Yes"), is_grave=True,
            code=cash.amount.currency.code, amount=cash.amount, rate=cash.rate,
        )  # fmt: skip
        self._total = BigTotal(word("Comes to"), str(cash.value))

    def content(self) -> Iterable[Any]:
        yield self._total


def foreign_amount(typed: str, code: str) -> Money:
    """An amount of another currency as it was typed. Refuses: NotANumber, NumberScanned."""
    return amount_of(typed, currency(code))


async def ask_cash(screen: Any, tender: Tender, due: Money, typed: str) -> Handed | None:
    """How much of a currency was handed over, at the rate of now, and seen; None: gone back."""
    if not typed:
        least = wanted(tender, due)
        typed = await screen.question(
            said("{code}: how much was handed over? {least} is due", code=tender.foreign,
                 least=least), proposal=str(least),
            reads=lambda text: foreign_amount(text, tender.foreign),
        ) or ""  # fmt: skip
        if not typed:
            return None
    cash = handed(tender, foreign_amount(typed, tender.foreign))
    return cash if await screen.desk.ask(Exchanged(cash)) else None


async def change_money(app: Any) -> None:
    """From the menu: somebody's foreign cash against money out of the drawer."""
    ways: list[Tender] = await app.in_books(_foreign_ways)
    if not ways:
        app.alarm(word("No other currency is taken here: menu 55 makes a way to pay of it."))
        return
    given = await in_turn(app, partial(_change, ways))
    if given is None:
        return
    tender, typed, name, _ = given
    cash = handed(tender, foreign_amount(typed, tender.foreign))
    language = await app.in_books(company.slip_language.value)
    made = await app.operate(buy_foreign, tender.number, cash, note=name, language=language)
    app.wake_paper()
    app.kick_drawer()
    app.inform(word("{cash}: give {amount}."), cash=cash, amount=made.total)


def _change(ways: list[Tender], given: Sequence[Any], was: Any) -> Panel[Any] | None:
    """Which money, how much, whose, and seen what it comes to. Refuses: NotANumber."""
    if not given:
        return Pick(word("Which money?"), _WAYS, ways)
    code, rate = given[0].foreign, given[0].rate
    if len(given) == 1:
        return Ask(word("{code} at {rate}: how much?"), value=was or "", code=code, rate=rate)
    cash = handed(given[0], foreign_amount(given[1], code))
    if len(given) == 2:
        return Ask(word("Whose money is it? Name and room or passport"), value=was or "")
    return Exchanged(cash) if len(given) == 3 else None


def _foreign_ways() -> list[Tender]:
    return [tender for tender in active_tenders() if tender.kind == FOREIGN]


async def bank_money(app: Any) -> None:
    """From the menu: foreign cash out of the safe, and what the bank gave for it."""
    lying: Sequence[Money] = await app.in_books(lying_in_safe)
    if not lying:
        app.alarm(word("There is no foreign cash in the safe."))
        return
    given = await in_turn(app, partial(_bank, list(lying)))
    if given is None:
        return
    code = given[0].currency.code
    cash, got = foreign_amount(given[1], code), own_money(given[2])
    language = await app.in_books(company.slip_language.value)
    await app.operate(bank_foreign, cash, got, reference=given[3], language=language)
    app.wake_paper()
    app.inform(word("Done: {what} {amount}"), what=f"{code} {cash}", amount=got)


def _bank(lying: list[Money], given: Sequence[Any], was: Any) -> Panel[Any] | None:
    """Which money, how much, what came of it, and the bank's slip. Refuses: NotANumber."""
    if not given:
        return Pick(word("Which money goes to the bank?"), _SAFE, lying)
    code = given[0].currency.code
    if len(given) == 1:
        return Ask(word("{code} to the bank: how much?"), value=was or str(given[0]), code=code)
    foreign_amount(given[1], code)
    if len(given) == 2:
        return Ask(word("What did the bank give for it?"), value=was or "")
    own_money(given[2])
    return Ask(word("Number of the bank's slip"), value=was or "") if len(given) == 3 else None


async def count_foreign(app: Any) -> dict[str, int] | None:
    """The foreign cash in the drawer, blind, one currency after the other; None: gone back."""
    codes: list[str] = await app.in_books(_to_count, app.register)
    typed = await in_turn(app, partial(_count, codes))
    if typed is None:
        return None
    return {c: foreign_amount(each, c).minor for c, each in zip(codes, typed, strict=True)}


def _count(codes: list[str], given: Sequence[Any], was: Any) -> Panel[Any] | None:
    """Each currency in turn. Refuses: NotANumber."""
    if given:
        foreign_amount(given[-1], codes[len(given) - 1])
    if len(given) == len(codes):
        return None
    code = codes[len(given)]
    return Ask(word("{code} in the drawer: how much? 0: none"), value=was or "", code=code)


def _to_count(register: int) -> list[str]:
    shift = current_shift(register)
    return to_count(shift.key) if shift is not None else []
