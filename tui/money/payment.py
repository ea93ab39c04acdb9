"""Payment: the amount due, the tenders, the change. Enter alone is exact cash."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from textual.containers import Horizontal

from models.base.money import Money
from models.base.settling import CashRule, Settlement, in_cash, settle
from models.base.settling import Tender as Handed
from models.ledger.cash import cash_rule
from models.ledger.prints import print_sale
from models.ledger.taking import NotPaid, OverPaid
from models.ledger.tender_kinds import ACCOUNT, CARD, CASH, Paying
from models.ledger.tenders import Tender, active_tenders
from models.shop import sales
from models.shop.basket import Basket
from models.trust import company
from receipts.words import word
from tui.desk import customer
from tui.desk.frame import FrameScreen
from tui.desk.numbers import NotANumber, money_of
from tui.desk.words import language, t
from tui.shop.sale_band import Finished
from tui.widgets.edit import EditLine
from tui.widgets.entry import Entry
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Confirm
from tui.widgets.total import BigTotal

if TYPE_CHECKING:
    from tui.desk.key_rows import Command
    from tui.shop.selling import Selling

TENDER_COLUMNS = (
    Column("#", 3, "right", tone="muted", read=lambda row: row[0]),
    Column(word("Ways to pay"), 0, read=lambda row: row[1]),
    Column("", 6, tone="key", read=lambda row: row[2]),
)
PAID_COLUMNS = (
    Column(word("Paid"), 0, read=lambda row: row[0]),
    Column(word("Reference"), 16, tone="muted", read=lambda row: row[1]),
    Column(word("Amount"), 12, "right", tone="money", read=lambda row: row[2]),
)
# The commands of the strip that stand for a tender's number.
KEYED = {"card": 2, "wechat": 3, "alipay": 4, "on_account": 5}


def tender_name(tender: Tender) -> str:
    """A tender's name in the language of the screen."""
    return str(tender.name_zh if language() == "zh" else tender.name_en)


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """What the screen needs, read once before it opens."""

    due: Money
    tenders: tuple[Tender, ...]
    rule: CashRule
    slip_language: str


def read_payment(basket: Basket) -> PaymentFacts:
    """Read them, on the database thread."""
    return PaymentFacts(
        basket.bill().total,
        tuple(active_tenders()),
        cash_rule(),
        company.slip_language.value(),
    )


def payment_for(selling: Selling, facts: PaymentFacts) -> Payment:
    """The payment screen, for the bill of the selling screen. One serves all sales: making it
    anew for each took longer than storing the sale, and left most of a megabyte behind.
    """
    app = selling.counter
    if not app.is_screen_installed(_NAME):
        app.install_screen(Payment(), _NAME)
    screen = cast("Payment", app.get_screen(_NAME))
    screen.begin(selling, facts)
    return screen


_NAME = "payment"


class Payment(FrameScreen):
    """Over the selling screen; tells it when the sale is done."""

    kind = "payment"
    title_msgid = word("Payment")

    selling: Selling
    facts: PaymentFacts

    def __init__(self) -> None:
        super().__init__()
        self.payings: list[Paying] = []
        self._is_new = False
        self.paid_list = LineList(
            PAID_COLUMNS,
            is_still=True,
            can_focus=False,
            empty=word("Enter alone: exact cash."),
        )

    def body(self) -> Iterable[Any]:
        with Horizontal(id="payment-lists"):
            yield LineList(TENDER_COLUMNS, is_still=True, can_focus=False, id="tenders")
            yield self.paid_list
        with Horizontal(id="sale-band"):
            yield BigTotal(id="bill-total")
            yield BigTotal(id="sale-total")
        yield Entry()

    def begin(self, selling: Selling, facts: PaymentFacts) -> None:
        """Before it is shown: the bill that is paid now."""
        self.selling, self.facts, self.payings = selling, facts, []
        self._is_new = True
        self.painted.clear()
        self.painted_at = None

    def on_mount(self) -> None:
        self.entry.focus()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        if self._is_new:
            self._is_new = False
            self.entry.set_value("")
            self.redraw()
            self._show()

    def offers(self, command: Command) -> bool:
        if command.id in KEYED:
            return any(tender.number == KEYED[command.id] for tender in self.facts.tenders)
        return bool(self.payings) or command.id != "remove_line"

    def _tender_row(self, tender: Tender) -> tuple[int, str, str]:
        """A tender with the key that the map in use gives it."""
        command = next((name for name, number in KEYED.items() if number == tender.number), None)
        key = self.desk.keymap.commands[command].key_text if command else ""
        if tender.kind == CASH:
            key = t("amount")
        return tender.number, tender_name(tender), key

    def on_edit_line_changed(self, event: EditLine.Changed) -> None:
        """While cash is typed: the change it would give, or what it leaves."""
        event.stop()
        if not self.entry.is_asking:
            self._show_remaining(event.value)

    def _show_remaining(self, typed: str) -> None:
        total = self.query_one("#sale-total", BigTotal)
        try:
            given = money_of(typed) if typed else Money.zero(self.remaining.currency)
        except NotANumber:
            given = Money.zero(self.remaining.currency)
        left = in_cash(self.remaining, self.facts.rule) - given if given else self.remaining
        if left.minor < 0:
            total.show(word("Change given"), str(-left), tone="good")
        else:
            total.show(word("To pay"), str(left))

    def _show(self) -> None:
        rows = [
            (tender_name(self._tender(p.tender)), p.reference or p.last_four, str(p.given))
            for p in self.payings
        ]
        self.paid_list.set_rows(rows, cursor=-1 if rows else 0)
        ways = [self._tender_row(tender) for tender in self.facts.tenders]
        self.query_one("#tenders", LineList).set_rows(ways)
        self.query_one("#bill-total", BigTotal).show(word("Total"), str(self.facts.due), tone="")
        self._show_remaining(self.entry.value)
        customer.show_due(self.selling.counter, self.facts.due, self.remaining)
        cash = in_cash(self.remaining, self.facts.rule)
        self.entry.hint(t("Cash {amount}: type what was handed over", amount=cash))
        self.strip_changed()
        self.repainted()

    @property
    def remaining(self) -> Money:
        """What is still to be paid."""
        paid = Money.total((p.given for p in self.payings), self.facts.due.currency)
        return self.facts.due - paid

    def _tender(self, number: int) -> Tender:
        return next(tender for tender in self.facts.tenders if tender.number == number)

    def _cash(self) -> Tender | None:
        return next((tender for tender in self.facts.tenders if tender.kind == CASH), None)

    def words_changed(self) -> None:
        """The names of the tenders are data in both languages."""
        self._show()

    # Paying.

    async def on_entry(self, text: str) -> None:
        """An amount and Enter: cash handed over."""
        if cash := self._cash():
            await self._pay(cash, money_of(text))

    async def do_exact(self) -> None:
        """Enter alone: exactly what is due, in cash; only a key pressed after the total was
        painted.
        """
        cash = self._cash()
        if cash and self.desk.pressed_after_paint(self):
            await self._pay(cash, in_cash(self.remaining, self.facts.rule))

    async def do_card(self) -> None:
        """F2: by card, all that remains or the typed amount."""
        await self._pay_keyed("card")

    async def do_wechat(self) -> None:
        """F4: WeChat, seen on the phone."""
        await self._pay_keyed("wechat")

    async def do_alipay(self) -> None:
        """F5: Alipay, seen on the phone."""
        await self._pay_keyed("alipay")

    async def do_on_account(self) -> None:
        """F6: charged to an account."""
        await self._pay_keyed("on_account")

    async def do_other_tender(self) -> None:
        """`/` and the number of any tender."""
        from tui.widgets.panel import Pick

        rows = [self._tender_row(tender) for tender in self.facts.tenders]
        row = await self.desk.ask(Pick(word("How is it paid?"), TENDER_COLUMNS, rows))
        if row is not None:
            await self._pay(self._tender(row[0]), self._typed())

    async def _pay_keyed(self, name: str) -> None:
        await self._pay(self._tender(KEYED[name]), self._typed())

    def _typed(self) -> Money:
        text = self.entry.value
        self.entry.set_value("")
        return money_of(text) if text else self.remaining

    async def _pay(self, tender: Tender, given: Money) -> None:
        if given.minor < 0 or (not given and self.remaining):
            raise NotPaid(due=self.facts.due, short=self.remaining)
        if tender.kind != CASH and given > self.remaining:
            raise OverPaid(due=self.remaining)
        paying = await self._asked(tender, given)
        if paying is None:
            return
        self.payings.append(paying)
        if self._settled().is_settled:
            await self._finish()
        else:
            self._show()

    async def _asked(self, tender: Tender, given: Money) -> Paying | None:
        """What the tender wants to know besides the amount."""
        if tender.kind == CARD and tender.needs_reference:
            answer = await self.question(t("Card: last four digits and the terminal's reference"))
            if not answer:
                return None
            first, _, rest = answer.strip().partition(" ")
            if rest and len(first) == 4 and first.isdigit():
                return Paying(tender.number, given, reference=rest.strip(), last_four=first)
            return Paying(tender.number, given, reference=answer.strip())
        if tender.kind == ACCOUNT:
            from tui.money.accounts import choose_account

            folio = await choose_account(self.desk)
            return Paying(tender.number, given, folio=folio.key) if folio else None
        return Paying(tender.number, given)

    def _settled(self) -> Settlement:
        handed = [
            Handed(p.given, is_cash=self._tender(p.tender).kind == CASH) for p in self.payings
        ]
        return settle(self.facts.due, handed, self.facts.rule)

    async def _finish(self) -> None:
        settled, payings = self._settled(), tuple(self.payings)
        draft = self.selling.basket.draft
        try:
            document = await self.operate(
                sales.sell,
                draft,
                payings,
                shown=self.facts.due,
                language=self.facts.slip_language,
            )
        except Exception:
            # Nothing was sold: the last tender may be another one.
            self.payings.pop()
            self._show()
            raise
        counter = self.selling.counter
        if counter.config.paper.receipt == "ask":
            await self._ask_receipt(document.key)
        counter.wake_paper()
        if any(self._tender(p.tender).opens_drawer for p in payings):
            counter.kick_drawer()
        given = Money.total((p.given for p in payings), self.facts.due.currency)
        self.leave()
        await self.selling.paid(
            Finished(document.label, document.total, given, settled.change, self._handed(payings))
        )

    def _handed(self, payings: Sequence[Paying]) -> str:
        """How it was paid, an amount for each way."""
        sums: dict[int, Money] = {}
        for paying in payings:
            before = sums.get(paying.tender, Money.zero(paying.given.currency))
            sums[paying.tender] = before + paying.given
        names = ((tender_name(self._tender(tender)), given) for tender, given in sums.items())
        return ", ".join(f"{name} {given}" for name, given in names)

    async def _ask_receipt(self, document: int) -> None:
        if await self.desk.ask(Confirm(word("Print the receipt?"))):
            language = self.facts.slip_language
            await self.operate(print_sale, document, language=language)

    async def do_remove_line(self) -> None:
        """Delete: take the last tender back."""
        if self.payings:
            self.payings.pop()
            self._show()

    def step_back(self) -> None:
        """F12: back to the bill; tenders taken so far are forgotten."""
        self.leave()
