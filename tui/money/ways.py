"""Ways to pay on the screen: their names, what each asks for, and what is asked before money
counts.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from models.base.card_numbers import CardNumberRefused, refuse_card_number
from models.base.money import Money
from models.base.named import load
from models.ledger.folios import Folio
from models.ledger.ways.tender_kinds import CODE, FOLIO, LAST_FOUR, REFERENCE
from models.ledger.ways.tenders import Tender
from models.people.merging import root_of
from receipts.words import word
from tui.desk.words import Spoken, language, said, t
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Confirm, Panel, Words
from tui.widgets.total import BigTotal

if TYPE_CHECKING:
    from tui.desk.frame import FrameScreen
    from tui.desk.keys import KeyMap

Answers = dict[str, Any]


def _tender_columns(title: str) -> tuple[Column, ...]:
    return (
        Column("#", 3, "right", tone="muted", read=lambda row: row[0]),
        Column(title, 0, most=18, read=lambda row: row[1]),
        Column("", 6, tone="key", read=lambda row: row[2]),
    )


def _paid_columns(title: str) -> tuple[Column, ...]:
    return (
        Column(title, 0, read=lambda row: row[0]),
        Column(word("Reference"), 9, tone="muted", read=lambda row: row[1]),
        Column(word("Amount"), 10, "right", tone="money", read=lambda row: row[2]),
    )


# In, and where the store pays.
TENDER_COLUMNS, OUT_COLUMNS = (
    _tender_columns(word("Ways to pay")), _tender_columns(word("Ways to pay out")),
)  # fmt: skip
PAID_COLUMNS, GIVEN_COLUMNS = (
    _paid_columns(word("Paid so far")), _paid_columns(word("Paid out so far")),
)  # fmt: skip


def head_lists(tenders: LineList, paid: LineList, *, is_out: bool) -> None:
    """The heads of the lists say which way the money goes."""
    tenders.set_columns(OUT_COLUMNS if is_out else TENDER_COLUMNS)
    paid.set_columns(GIVEN_COLUMNS if is_out else PAID_COLUMNS)


def tender_name(tender: Tender) -> str:
    """A tender's name in the language of the screen."""
    return str(tender.name_zh if language() == "zh" else tender.name_en)


def own_cash(tenders: Sequence[Tender]) -> Tender | None:
    """Which of them is cash of the store's own money."""
    kinds = ((tender, tender.what) for tender in tenders)
    return next((one for one, what in kinds if what.is_cash and not what.is_foreign), None)


def tender_rows(tenders: Sequence[Tender], keymap: KeyMap) -> list[tuple[int, str, str]]:
    """Ways to pay, each with the key that the map in use gives it."""
    cash, rows = own_cash(tenders), []
    for tender in tenders:
        key = t("amount") if tender is cash else str(tender.rate or "")
        if tender.shortcut:
            key = keymap.commands[f"tender_{tender.shortcut}"].key_text
        rows.append((tender.number, tender_name(tender), key))
    return rows


# --- what a tender asks for


async def _card(screen: FrameScreen, tender: Tender, is_out: bool) -> Answers | None:
    answer = await typed_text(screen, said("Card: last four digits and the terminal's reference"))
    if answer is None:
        return None
    return card_answers(answer)


def card_answers(answer: str) -> Answers:
    """What was typed of a card, "4242 A77" or the reference alone."""
    first, _, rest = answer.strip().partition(" ")
    if rest and len(first) == 4 and first.isdigit():
        return {LAST_FOUR: first, REFERENCE: rest.strip()}
    return {REFERENCE: answer.strip()}


async def typed_text(screen: FrameScreen, prompt: Spoken) -> str | None:
    """What is typed. Enter on nothing asks again: who goes on typing believes that he answers, and
    what he types next would be cash.
    """
    while True:
        answer = await screen.question(prompt)
        if answer is None or answer.strip():
            return None if answer is None else answer.strip()
        screen.desk.alarm(word("Nothing was typed. Type it and Enter, or F12 goes back."))


def tell_not_taken(screen: FrameScreen, tender: Tender, amount: Money) -> None:
    """Who pays by something else next knows that this did not count."""
    told = word("{tender} {amount} was not taken.")
    screen.desk.inform(told, tender=tender_name(tender), amount=amount)


async def _reference(screen: FrameScreen, tender: Tender, _: bool) -> Answers | None:
    answer = await typed_text(screen, said("{tender}: its reference", tender=tender_name(tender)))
    return {REFERENCE: answer} if answer else None


async def _code(screen: FrameScreen, tender: Tender, is_out: bool) -> Answers | None:
    from tui.desk.trade_screens import declared

    if own := dict(declared("codes")).get(tender.kind):
        code = await load(own)(screen, tender, is_out=is_out)
        return {CODE: code} if code else None
    answer = await typed_text(screen, said("{tender}: its code", tender=tender_name(tender)))
    return {CODE: answer} if answer else None


async def _folio(screen: FrameScreen, tender: Tender, _: bool) -> Answers | None:
    from tui.desk.trade_screens import declared
    from tui.money.accounts import choose_account

    if own := dict(declared("charged_to")).get(tender.kind):
        key = await load(own)(screen, tender)
        return {FOLIO: key} if key else None
    payable = getattr(screen, "payable", None)
    customer = payable.customer if payable else None
    folio = await choose_account(screen.desk, account=tender.account_id, of=customer)
    return {FOLIO: folio.key} if folio else None


@dataclass(frozen=True, slots=True)
class Question:
    """One question and all that it answers."""

    answers: tuple[str, ...]
    ask: Callable[[FrameScreen, Tender, bool], Awaitable[Answers | None]]


async def is_taken_otherwise(screen: FrameScreen, tender: Tender) -> bool:
    """Let a trade take a way to pay by itself; False where none does."""
    from tui.desk.trade_screens import declared

    own = dict(declared("takes")).get(tender.kind)
    if own:
        await load(own)(screen, tender)
    return bool(own)


# Answers that are stored as they were typed, and hold no number of a card.
KEPT = (LAST_FOUR, REFERENCE)
# Whoever answers more at once comes first.
QUESTIONS = (
    Question((LAST_FOUR, REFERENCE), _card),
    Question((REFERENCE,), _reference),
    Question((FOLIO,), _folio),
    Question((CODE,), _code),
)


def questions_for(wanted: Sequence[str]) -> list[Question]:
    """The questions that answer what a tender asks for. KeyError when nobody asks for it."""
    left, found = list(wanted), []
    while left:
        fitting = [q for q in QUESTIONS if set(q.answers) <= set(left)]
        if not fitting:
            raise KeyError(left[0])
        found.append(fitting[0])
        left = [ask for ask in left if ask not in fitting[0].answers]
    return found


async def ask_all(
    screen: FrameScreen, tender: Tender, *, is_out: bool = False
) -> Answers | None:  # fmt: skip
    """Everything that the tender asks for, where money goes out if `is_out`; F12 is one question
    back, None before the first. The number of a card is told before anybody says that money came.
    """
    steps = questions_for(tender.what.wanted(reference=tender.needs_reference))
    answers: list[Answers] = []
    while len(answers) < len(steps):
        answer = await steps[len(answers)].ask(screen, tender, is_out)
        if answer is not None:
            try:
                refuse_card_number(*(answer[name] for name in KEPT if name in answer))
            except CardNumberRefused as refused:
                screen.desk.tell(refused)
                continue
            answers.append(answer)
        elif answers:
            answers.pop()
        else:
            return None
    return {name: value for each in answers for name, value in each.items()}


# --- what is asked before money counts


class Received(Confirm):
    """Was it received? Its amount large, answered by a key that was pressed after it was seen."""

    def __init__(self, tender: Tender, amount: Money, *, is_out: bool, note: str = "") -> None:
        """`note` is what whoever answers must see besides (`held_note`)."""
        received, charged, used, paid_out, put_back = (
            word("{tender} {amount} received?"),
            word("{tender} {amount}: charge it?"),
            word("{tender} {amount}: take it off?"),
            word("{tender} {amount} paid out?"),
            word("{tender} {amount}: put it back?"),
        )
        fields: dict[str, Any] = {"tender": tender_name(tender), "amount": amount}
        own = used if CODE in tender.what.needs else charged
        # What only these books hold, as points and accounts, nobody pays out.
        own, outside = (put_back, paid_out) if is_out else (own, received)
        title = outside if tender.what.is_outside else own
        super().__init__(title, yes=word("Yes"), is_grave=True, **fields)
        self._total = BigTotal(word("Amount"), str(amount), id="received-total")
        self._note = note

    def content(self) -> Iterable[Any]:
        if self._note:
            yield Words(self._note, tone="strong")
        yield self._total


def held_note(
    tender: Tender, amount: Money, answers: Answers, *, customer: int | None = None
) -> str:  # fmt: skip
    """Whose account is charged and what is owed on it then; what is left on a voucher or a card,
    and whose card it is: the `customer` of the bill may be another one. Nothing of what is neither.
    Reads the books.
    """
    if key := answers.get(FOLIO):
        folio = Folio.get_by_id(key)
        then = folio.balance + amount
        told = word("{name}: owes {balance} then")
        if then.minor < 0:
            told = word("{name}: has {balance} to his credit then")
        return t(told, name=folio.name, balance=abs(then))
    if CODE not in answers or amount.minor <= 0:
        return ""
    held, owner = tender.what.holds(answers[CODE]), tender.what.whose(answers[CODE])
    lines = [] if owner is None else [_whose_card(*owner, customer=customer)]
    if held is not None:
        lines.append(t("There is {held} on it; {rest} is left", held=held, rest=held - amount))
    return "\n".join(lines)


def _whose_card(key: int, name: str, *, customer: int | None) -> str:
    if customer is None or root_of(key) == root_of(customer):
        return t("Card of {name}", name=name)
    return t("Card of {name}: this bill is somebody else's", name=name)


class OddCash(Panel[bool]):
    """So much cash for so little: no Enter answers it, which may be a scanner's or typed ahead."""

    needs_fresh_key: ClassVar[bool] = True

    def __init__(self, given: Money, due: Money) -> None:
        super().__init__(word("{given} in cash, where {due} is due?"), given=given, due=due)
        self._total = BigTotal(word("Change given"), str(given - due))

    def content(self) -> Iterable[Any]:
        yield self._total

    def keys_shown(self) -> list[tuple[str, str]]:
        return [("F9", word("Yes, so much")), ("F12", word("No"))]

    def on_key(self, event: Any) -> None:
        event.stop()
        if event.key == "f9" and self.desk.pressed_after_paint(self):
            self.answer(True)
        else:
            self.app.bell()
