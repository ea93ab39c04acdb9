"""Payment: at the left what is paid for, at the right the ways to pay, what is due, and what was
paid. Enter alone is exact cash.

Each payment is stored with the open work as it is taken, but cash that ends it: leaving, power and
kill lose none of them. What is paid is a `Payable` (payable.py); which key is which way to pay, and
what a way asks for, say the ways themselves (models/ledger/ways/tenders.py, tender_kinds.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from models.base.money import Money
from models.base.settling import Settlement, in_cash
from models.ledger.payments.taken import take_for
from models.ledger.payments.taking import require_takeable, settled_by
from models.ledger.ways.cash import is_odd
from models.ledger.ways.tender_kinds import CODE, REFERENCE, Paying, Take
from models.ledger.ways.tenders import SHORTCUTS, Tender
from receipts.words import word
from tui.desk import customer
from tui.desk.frame import FrameScreen
from tui.desk.frame_state import SMALLEST
from tui.desk.gate.numbers import NotANumber, Scanned, money_of
from tui.desk.gate.scan import Code
from tui.desk.words import t
from tui.money import overpaid, small_change, ways
from tui.money.finishing import finished
from tui.money.gateway.pay_codes import PayCodes, pays, scanned, take_held
from tui.money.giving_back import approval_to_store, take_last_off
from tui.money.payable import Payable, PaymentFacts
from tui.money.ways import PAID_COLUMNS, TENDER_COLUMNS
from tui.widgets.boxes import Horizontal, Vertical
from tui.widgets.edit import EditLine
from tui.widgets.entry import Entry
from tui.widgets.line_list import LineList
from tui.widgets.panel import Pick
from tui.widgets.total import BigTotal

if TYPE_CHECKING:
    from tui.desk.gate.key_rows import Command

KEYED = {f"tender_{number}": number for number in SHORTCUTS}
_NAME = "payment"
# Ways to pay in sight; on 24 rows four payments have room below them and the total.
MOST_WAYS = 9
# `/`, also as an input method leaves it.
OTHER_WAYS = ("/", "／", "、")
EXACT = word("Enter alone: exact cash.")


def payment_for(payable: Payable, facts: PaymentFacts) -> Payment:
    """The payment screen, for what is paid now. One serves all: making it anew for each sale took
    longer than storing the sale, and left most of a megabyte behind.
    """
    app = payable.counter
    if not app.is_screen_installed(_NAME):
        app.install_screen(Payment(), _NAME)
    screen = cast("Payment", app.get_screen(_NAME))
    screen.begin(payable, facts)
    return screen


class Payment(FrameScreen):
    """Over the screen of what is paid; tells the payable when it is settled, or was left."""

    kind = "payment"
    title_msgid: str = word("Payment")  # type: ignore[misc]
    # Below it stands what is paid for, which says who may see it.
    right = ""

    payable: Payable
    facts: PaymentFacts

    def __init__(self) -> None:
        super().__init__()
        self.taken: dict[int, Take] = {}
        self.codes = PayCodes(self)
        self._is_new = False
        self.bill = self.roll = LineList((), can_focus=False)
        self.ways = LineList(TENDER_COLUMNS, is_still=True, can_focus=False, id="tenders")
        self.paid_list = LineList(PAID_COLUMNS, is_still=True, can_focus=False, empty=EXACT)

    def title_text(self) -> str:
        return self.payable.whose

    def body(self) -> Iterable[Any]:
        with Horizontal(id="payment-body"):
            yield self.bill
            with Vertical(id="payment-side"):
                yield self.ways
                yield BigTotal(id="sale-total")
                yield self.paid_list
        yield Entry()

    def begin(self, payable: Payable, facts: PaymentFacts) -> None:
        """Before it is shown: what is paid now."""
        self.payable, self.facts, self.taken = payable, facts, dict(facts.taken)
        self.title_msgid = payable.title_out if facts.is_out else payable.title
        self._is_new = True
        self.codes.begin(facts.pending)
        self.painted.clear()
        self.painted_at = None

    def on_mount(self) -> None:
        self.entry.focus()

    def resumed(self) -> None:
        super().resumed()
        if self._is_new:
            self._is_new = False
            self.entry.set_value("")
            self.bill.set_columns(self.payable.columns)
            self._fit_ways()
            # What stands there from before stays where it is the same now.
            if self.is_drawn_otherwise:
                self.redraw()
            else:
                self.frame_changed()
                self.show_all()
            if self.payable.draft is not None:
                self.call_after_refresh(self.codes.follow_soon)

    def resized(self, size: Any) -> None:
        self._fit_ways()

    def _fit_ways(self) -> None:
        """As many ways to pay as there are, where the screen has the room: half of what it is
        higher than the smallest, for what is paid stands below them.
        """
        most = MOST_WAYS + max(0, self.app.size.height - SMALLEST[1]) // 2
        self.ways.styles.height = 1 + min(most, len(self.facts.tenders))

    def has(self, command: Command) -> bool:
        return command.id not in KEYED or self._keyed(command.id) is not None

    def offers(self, command: Command) -> bool:
        return self.has(command) and (
            bool(self.taken) or self.codes.is_open or command.id != "remove_line"
        )

    def worded(self, command: Command) -> Command:
        if command.id == "other_tender" and self.facts.is_out:
            return replace(command, label=word("Ways to pay out"))
        tender = self._keyed(command.id) if command.id in KEYED else None
        return replace(command, label=ways.tender_name(tender)) if tender else command

    def _keyed(self, command: str) -> Tender | None:
        """The way to pay that has this key."""
        number = KEYED[command]
        return next((each for each in self.facts.tenders if each.shortcut == number), None)

    def line_changed(self, event: EditLine.Changed) -> None:
        """While cash is typed: the change it would give; `/` behind it is another way for it."""
        event.stop()
        if self.entry.is_asking:
            return
        if event.value[-1:] in OTHER_WAYS:
            self.entry.set_value(event.value[:-1])
            self.desk.jobs.start(self.do_other_tender)
        else:
            self.show_paid()

    def show_all(self) -> None:
        ways.head_lists(self.ways, self.paid_list, is_out=self.facts.is_out)
        self.bill.set_rows(self.payable.rows, cursor=-1 if self.payable.rows else 0)
        blanks = [""] * (len(self.payable.columns) - 2)
        self.bill.totals([t("Total"), *blanks, str(self.shown(self.facts.due))])
        self.ways.set_rows(ways.tender_rows(self.facts.tenders, self.desk.keymap))
        self.paid_list.empty = "" if self.facts.is_out else EXACT
        label = word("Still to pay") if self.taken else word("To pay")
        label = word("To pay out") if self.facts.is_out else label
        label = word("Paid too much") if self.is_beyond else label
        left = self.shown(self.remaining)
        self.query_one(BigTotal).show(label, str(abs(left) if self.is_beyond else left))
        self.show_paid()
        customer.show_due(self.payable.counter, self.facts.due, self.remaining)
        cash = self.shown(in_cash(self.remaining, self.facts.rule))
        if self.is_beyond:
            self.entry.hint(t("Enter: how what is too much goes back"))
        elif self.codes.is_open:
            self.entry.hint(t("The gateway is asked; Delete gives it up"))
        elif self.taken and not self.remaining:
            self.entry.hint(t("Everything is paid: Enter finishes."))
        elif self.facts.is_out:
            self.entry.hint(t("Enter: {amount} in cash goes out, or type how much", amount=cash))
        else:
            self.entry.hint(t("Cash {amount}: type what was handed over", amount=cash))
        self.strip_changed()
        self.repainted()

    def show_paid(self) -> None:
        """What was paid, what is asked for, and what comes back of the cash that is typed."""
        rows: list[Any] = [
            (ways.tender_name(each.tender), _reference(each.paying),
             str(self.shown(each.paying.given)))
            for each in self.taken.values()
        ]  # fmt: skip
        rows += self.codes.rows()
        if change := self._change_of(self.entry.value):
            rows.append(((t("Change given"), "strong"), "", (str(change), "good")))
        self.paid_list.set_rows(rows, cursor=-1 if rows else 0)

    def _change_of(self, typed: str) -> Money | None:
        try:
            given = money_of(typed) if typed else None
        except NotANumber:
            return None
        due = self.shown(in_cash(self.remaining, self.facts.rule))
        return given - due if given is not None and given > due else None

    def shown(self, amount: Money) -> Money:
        """An amount as people say it: what goes out is no less than what comes in."""
        return -amount if self.facts.is_out else amount

    @property
    def remaining(self) -> Money:
        """What is still to be paid; below zero where money goes out."""
        paid = Money.total((each.paying.given for each in self.taken.values()), self._currency)
        return self.facts.due - paid

    @property
    def is_beyond(self) -> bool:
        """Whether a card or a wallet took more than is due."""
        return self.shown(self.remaining).minor < 0

    @property
    def is_paid(self) -> bool:
        """Whether what was taken settles it."""
        return bool(self.taken) and self.settled([*self.taken.values()]).is_settled

    @property
    def _currency(self) -> Any:
        return self.facts.due.currency

    def _cash(self) -> Tender | None:
        return ways.own_cash(self.facts.tenders)

    def words_changed(self) -> None:
        """The names of the ways to pay are data in both languages."""
        self.show_all()

    # Paying.

    async def on_entry(self, text: str) -> None:
        """An amount and Enter: cash handed over; or a scanned card with few digits."""
        if isinstance(text, Scanned) and text == text.run and await pays(self, str(text)):
            return
        if cash := self._cash():
            due = self.shown(in_cash(self.remaining, self.facts.rule))
            given = money_of(text)
            if self.facts.is_out and not given:
                # Nothing is handed over: all of it goes back, as by Enter alone.
                given = due
            is_asked = is_odd(given, due, self.facts.ask_above) and not self.facts.is_out
            if not is_asked or await self.desk.ask(ways.OddCash(given, due)):
                await self.take(cash, given)

    async def do_exact(self) -> None:
        """Enter alone: exactly what is due, in cash; or the end of what is paid by now. Only a key
        pressed after the total was painted.
        """
        if not self.desk.pressed_after_paint(self):
            return
        if self.is_beyond:
            await self._give_back()
        elif self.is_paid:
            await self._finish([])
        elif cash := self._cash():
            await self.take(cash, self.shown(in_cash(self.remaining, self.facts.rule)))

    async def on_scan(self, code: Code) -> None:
        """A pay code, or a voucher."""
        await scanned(self, code)

    async def gateway_told(self, draft: int | None) -> None:
        """What was asked of the gateway has another state."""
        await self.codes.told(draft)

    async def do_tender_1(self) -> None:
        """The way to pay with the first key: all that remains, or the typed amount."""
        await self._take_keyed("tender_1")

    async def do_tender_2(self) -> None:
        """The same with the second key."""
        await self._take_keyed("tender_2")

    async def do_tender_3(self) -> None:
        """The same with the third key."""
        await self._take_keyed("tender_3")

    async def do_tender_4(self) -> None:
        """The same with the fourth key."""
        await self._take_keyed("tender_4")

    async def _take_keyed(self, command: str) -> None:
        if tender := self._keyed(command):
            await self._take_by(tender)

    async def do_other_tender(self) -> None:
        """`/` and the number of any way to pay."""
        title = word("How is it paid out?") if self.facts.is_out else word("How is it paid?")
        row = await self.desk.ask(Pick(title, self.ways.columns, self.ways.row_values))
        if row is not None:
            tender = next(each for each in self.facts.tenders if each.number == row[0])
            await self._take_by(tender)

    async def _take_by(self, tender: Tender) -> None:
        """What was typed, or all that remains; of another currency what was typed is in that."""
        self.codes.require_none_open()
        if await ways.is_taken_otherwise(self, tender):
            return
        if CODE in tender.what.needs:
            if answers := await ways.ask_all(self, tender, is_out=self.facts.is_out):
                code = answers[CODE]
                held = await self.in_books(tender.what.holds, code)
                await take_held(self, tender, code, held)
            return
        if not tender.what.is_foreign:
            await self.take(tender, self.typed())
            return
        from tui.money.foreign_cash import ask_cash

        typed = self.entry.value
        self.entry.set_value("")
        if cash := await ask_cash(self, tender, self.remaining, typed):
            await self.take(tender, cash.value, {REFERENCE: str(cash)})

    def typed(self) -> Money:
        text = self.entry.value
        self.entry.set_value("")
        # The change of cash that was typed is none of another way to pay.
        self.show_paid()
        return money_of(text) if text else self.shown(self.remaining)

    async def take(self, tender: Tender, given: Money, answers: ways.Answers | None = None) -> None:
        """Take so much by this way: ask what it asks for and is not answered yet, confirm what is
        not cash, store it, and end what is paid in full.
        """
        self.codes.require_none_open()
        taken = [*self.taken.values()]
        said = Take(Paying(tender.number, self.shown(given)), tender)
        is_beyond = overpaid.may_be(self, tender, given)
        is_last = (
            not is_beyond
            and require_takeable(self.facts.due, taken, said, self.facts.rule).is_settled
        )
        approval = await approval_to_store(self, tender)
        answers = answers or await ways.ask_all(self, tender, is_out=self.facts.is_out)
        if answers is None:
            ways.tell_not_taken(self, tender, self.shown(given))
            return
        paying = Paying(tender.number, self.shown(given), **answers)
        if tender.what.is_looked_at:
            await self.in_books(tender.what.look, Take(paying, tender))
        if not await self._is_confirmed(tender, given, answers):
            ways.tell_not_taken(self, tender, self.shown(given))
            return
        if is_last and not tender.what.is_outside:
            await self._finish([paying])
            return
        await self.store(paying, tender, is_beyond=is_beyond, **approval)
        if is_beyond:
            await self._give_back()
        elif is_last:
            await self._finish([])

    async def _give_back(self) -> None:
        """What was paid too much by card: asked how, and then all is paid."""
        if back := await overpaid.ask(self):
            await self._finish([back])

    async def _is_confirmed(self, tender: Tender, given: Money, answers: ways.Answers) -> bool:
        """What is not cash is confirmed once, by a key that can mean nothing else."""
        if tender.what.is_cash:
            return True
        note = await self.in_books(
            ways.held_note, tender, self.shown(given), answers, customer=self.payable.customer
        )
        panel = ways.Received(tender, given, is_out=self.facts.is_out, note=note)
        sure: bool | None = await self.desk.ask(panel)
        return bool(sure)

    async def store(
        self, paying: Paying, tender: Tender, *, is_beyond: bool = False, **approval: Any
    ) -> None:
        """Keep a payment with the work that it pays for."""
        draft = await self.payable.work()
        line = await self.operate(take_for, draft, paying, is_beyond=is_beyond, **approval)
        self.taken[line] = Take(paying, tender)
        if tender.opens_drawer:
            self.payable.counter.kick_drawer()
        self.show_all()

    def settled(self, takes: Sequence[Take]) -> Settlement:
        """How these payments settle what is due."""
        return settled_by(self.facts.due, takes, self.facts.rule)

    async def finish_paid(self) -> None:
        """Everything is paid: the last of it came by the gateway, or was agreed on before."""
        if self.is_paid:
            await self._finish([])

    async def _finish(self, payings: Sequence[Paying]) -> None:
        takes = self._with(payings)
        payings = await small_change.kept(self, payings, self.settled(takes).change)
        takes = self._with(payings)
        document = await self.payable.settle(payings, language=self.facts.slip_language)
        counter = self.payable.counter
        if any(take.tender.opens_drawer for take in takes):
            counter.kick_drawer()
        try:
            told = await finished(self, document, takes)
            await self.payable.make_ready()
        finally:
            self.leave()
            # Behind the picture: printing reads and writes the books too.
            counter.call_after_refresh(counter.wake_paper)
        await self.payable.paid(document, told)

    def _with(self, payings: Sequence[Paying]) -> list[Take]:
        """What was taken, and these behind it."""
        new = [Take(paying, self._tender(paying.tender)) for paying in payings]
        return [*self.taken.values(), *new]

    def _tender(self, number: int) -> Tender:
        return next(each for each in self.facts.tenders if each.number == number)

    # Taking back.

    async def do_remove_line(self) -> None:
        """Delete: the payment that was taken last goes; it asks, and is kept as an event."""
        if await self.codes.give_up() or not self.taken or self.payable.draft is None:
            return
        await take_last_off(self, self.payable.draft)

    async def do_leave(self) -> None:
        """F3: back to what is paid; the payments stay with it."""
        self.leave()
        await self.payable.left()


def _reference(paying: Paying) -> str:
    return paying.reference or paying.last_four or paying.code.partition("/")[0][-4:]
