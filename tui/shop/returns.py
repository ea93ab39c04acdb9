"""Ctrl+T: goods come back with their slip or without, for money or for the goods on the bill;
Ctrl+Y: the last sale of this shift is undone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.base.money import Money
from models.base.named import load
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.ledger.daily.shifts import open_shift_key
from models.ledger.documents import Document
from models.ledger.gateway.orders import paid_order
from models.ledger.payments.taking import REFUND
from models.ledger.store_card import local, user_name
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender
from models.members.sellers import who_gives_back
from models.members.tenders import as_credit
from models.shop import basket as bills
from models.shop import exchanges, returns
from models.shop.asked_back import back_told
from models.shop.bill_promotions import require_coupons
from models.shop.exchanges import Coming, Difference, difference
from models.shop.reopening import reopen_sale
from models.shop.return_lines import (
    GivingBack,
    giving_back,
    last_sale,
    sold_bill,
    sold_lines,
)
from models.shop.return_reasons import RETURN_REASONS, VOID_REASONS, WRONG_HANDS
from models.shop.unfinished_returns import (
    begun_label,
    begun_of,
    give_up_return,
    give_up_unslipped,
    keep_return,
    unslipped_of,
)
from models.shop.unslipped import begin_without_slip, return_without_slip
from models.trust.trades_used import used_names
from receipts.words import word
from tui.desk.safe import clean
from tui.desk.trade_screens import declared
from tui.desk.words import said, t
from tui.members.goodwill import ask_goodwill
from tui.money.pay import pay
from tui.money.payable import Finished
from tui.money.ways import Received, tender_name
from tui.shop.bill_payable import BillPayable
from tui.shop.bill_rows import PAYING_COLUMNS
from tui.shop.coming_back import Answer, AskReason, Chosen, ComingBack
from tui.shop.finding_sales import NOTHING_SOLD, FindSale
from tui.widgets.line_list import Column

if TYPE_CHECKING:
    from tui.shop.selling import Selling


@dataclass(frozen=True, slots=True)
class Ways:
    """How money goes back, in words and as it is paid."""

    text: str = ""
    payings: tuple[Paying, ...] = ()


NO_WAYS = Ways()
BEGUN = word("Goods of {bill} were coming back: Return goes on with it.")
BEGUN_UNSLIPPED = word("This bill was coming back without a slip: Return goes on with it.")
NOTHING_RUNG = word(
    "Without a slip: ring the goods that come back as if they were sold, then press this again."
)


async def take_back(screen: Selling) -> None:
    """Find the sale, choose what comes back, say why."""
    begun = begun_of(screen.basket.head)
    if unslipped_of(screen.basket.head):
        await pay(Unslipped(screen))
        return
    if begun is not None:
        await _choose(screen, begun.sale, begun.quantities)
        return
    found = await screen.desk.ask(FindSale(screen.counter.register))
    if found is None:
        return
    if found.sale is None:
        await _without_slip(screen)
        return
    await _choose(screen, found.sale, {})


async def _choose(screen: Selling, sale: int, begun: Mapping[int, Quantity]) -> None:
    """What comes back, stored while it is chosen. From the question why F12 leads back to it, from
    there out: then nothing comes back.
    """
    chosen = await screen.in_books(_chosen_of, sale, begun)

    async def keep() -> None:
        await screen.in_books(keep_return, screen.basket, sale, chosen.quantities)

    while True:
        chosen.is_void = False
        coming = ComingBack(chosen, keep, is_exchange=bool(screen.basket.lines))
        if await screen.desk.ask(coming) is None:
            await screen.in_books(give_up_return, screen.basket)
            # The band says no more that goods are coming back.
            screen.show_bill(screen.lines.cursor)
            return
        if chosen.is_void:
            await screen.in_books(give_up_return, screen.basket)
            await undo(screen, sale)
            return
        give = _exchange if screen.basket.lines else _give_back
        try:
            if await give(screen, sale, chosen):
                return
        except Refusal as refusal:
            # Nobody gave the right, perhaps: it is chosen anew or given up, and stays with no bill.
            screen.desk.tell(refusal)


async def tell_begun(screen: Selling) -> None:
    """A power cut came between: say that there is a return to go on with."""
    if unslipped_of(screen.basket.head):
        screen.desk.alarm(BEGUN_UNSLIPPED)
        return
    label = await screen.in_books(begun_label, screen.basket.head)
    if label:
        screen.desk.alarm(BEGUN, bill=label)


UNDO = word("Undo the sale {bill} of {amount}? Why?")
REOPEN = word("Open {bill} of {amount} again, to put it right? Why?")


async def undo_last(screen: Selling, *, is_again: bool = False) -> None:
    """The last sale of this till in this shift, whole; `is_again`: its goods come onto the bill."""
    sale = await screen.in_books(last_sale, screen.counter.register)
    if sale is None:
        screen.desk.alarm(NOTHING_SOLD)
    else:
        await undo(screen, sale, is_again=is_again)


async def undo(screen: Selling, sale: int, *, is_again: bool = False) -> None:
    """A whole sale; the digit of the reason does it. `is_again`: it lies on the bill afterwards."""
    giving, label = await screen.in_books(_whole, sale, screen.counter.register)
    told, _ = await screen.in_books(_ways, giving.payings, giving.total)
    others = await screen.in_books(_put_right) if is_again else {}
    reasons = [one for one in VOID_REASONS if one.code != WRONG_HANDS or one.code in others]
    answer = await screen.desk.ask(
        AskReason(
            REOPEN if is_again else UNDO, reasons, text=told.text, bill=label, amount=giving.total,
        )
    )  # fmt: skip
    if answer is None:
        return
    if answer.code in others and await load(others[answer.code])(screen, sale, answer):
        return
    draft = screen.basket.draft
    work, given = (reopen_sale, (sale, draft)) if is_again else (returns.void_sale, (sale,))
    asked = _asked(label, giving, answer)
    agreed = await _agreed(screen, work, giving.total, giving.payings, **asked)
    if agreed is None:
        return
    document = await screen.operate(work, *given, reason=answer.code, note=answer.note, **agreed)
    await _done(screen, document, told, undone=label)
    if is_again:
        await screen.in_books(bills.drop_empty, screen.basket)
        screen.take_bill(await screen.in_books(bills.load_key, draft))
        # On the empty bill it would stand large; here it is the next thing to do.
        screen.desk.alarm(
            word("{bill} is undone: give back {amount} ({ways}), then sell it anew."),
            bill=label, amount=giving.total, ways=told.text,
        )  # fmt: skip


def _put_right() -> dict[str, str]:
    """By reason, what puts a sale right without undoing it, in the trades in use."""
    return dict(declared("puts_right", used_names()))


async def _give_back(screen: Selling, sale: int, chosen: Chosen) -> bool:
    """Whether it was done."""
    giving = await screen.in_books(giving_back, sale, chosen.quantities)
    told, credit = await screen.in_books(_ways, giving.payings, giving.total)
    answer = await screen.desk.ask(
        AskReason(
            word("Give back {amount}. Why?"), RETURN_REASONS, text=told.text, credit=credit.text,
            amount=giving.total,
        )
    )  # fmt: skip
    if answer is None:
        return False
    kept_by = await ask_goodwill(
        screen.desk, await screen.in_books(who_gives_back, sale, dict(chosen.quantities))
    )
    if kept_by is None:
        return False
    ways = credit if answer.is_credit else told
    label = (await screen.in_books(sold_bill, sale)).label
    agreed = await _agreed(
        screen, returns.return_goods, giving.total, ways.payings, **_asked(label, giving, answer)
    )
    if agreed is None:
        return False
    document = await screen.operate(
        returns.return_goods, sale, dict(chosen.quantities), shown=giving.total,
        reason=answer.code, note=answer.note, is_scrapped=answer.is_scrapped,
        kept_by=kept_by, payings=ways.payings, draft=screen.basket.draft, **agreed,
    )  # fmt: skip
    await _done(screen, document, ways)
    return True


async def _exchange(screen: Selling, sale: int, chosen: Chosen) -> bool:
    """What is on the bill is taken for what comes back; the difference is paid or given back.
    Whether it was done, or goes on at payment. Refuses: CouponUsed.
    """
    await screen.in_books(require_coupons, screen.basket.lines)
    giving = await screen.in_books(giving_back, sale, chosen.quantities)
    found = await screen.in_books(_difference, screen, giving, sale)
    goods = t("New goods {new}, come back {back}.", new=found.new, back=found.back)
    title, told, credit = word("Exchange: {amount} to pay. Why?"), NO_WAYS, NO_WAYS
    if found.due.minor < 0:
        title = word("Exchange: give back {amount}. Why?")
        told, credit = await screen.in_books(_ways, found.payings, -found.due)
    answer = await screen.desk.ask(
        AskReason(
            title, RETURN_REASONS, text=f"{goods}\n{told.text}".strip(),
            credit=f"{goods}\n{credit.text}" if credit.payings else "", amount=abs(found.due),
        )
    )  # fmt: skip
    if answer is None:
        return False
    coming = Coming(sale, dict(chosen.quantities), answer.code, answer.note, answer.is_scrapped)
    payable = Exchange(screen, coming, found, giving)
    ways = credit if answer.is_credit else told
    # The right to all that comes back is asked for before anybody pays the difference.
    label = (await screen.in_books(sold_bill, sale)).label
    asked = _asked(label, giving, answer)
    need = (REFUND, giving.total.minor)
    agreed = await screen.operate(exchanges.exchange.approved, need, **asked)
    if not await _went(screen, await _outside(screen, ways.payings)):
        return False
    payable.approval = agreed
    if found.due.minor > 0:
        await pay(payable)
        return True
    document = await payable.settle(ways.payings, language="")
    await _done(screen, document, ways)
    return True


async def _without_slip(screen: Selling) -> None:
    """What is on the bill comes back; the payment screen asks how it is paid out."""
    if not screen.basket.lines:
        screen.desk.alarm(NOTHING_RUNG)
        return
    amount = screen.basket.amount_due
    answer = await screen.desk.ask(
        AskReason(
            word("Without a slip: all on this bill comes back, {amount}. Why?"), RETURN_REASONS,
            amount=amount,
        )
    )  # fmt: skip
    if answer is not None:
        # The right comes first: what is said at payment is said of money that is out.
        await screen.operate(
            begin_without_slip, screen.basket.draft, shown=amount, reason=answer.code,
            note=answer.note, is_scrapped=answer.is_scrapped,
        )  # fmt: skip
        screen.take_bill(await screen.in_books(bills.refresh, screen.basket))
        await pay(Unslipped(screen))


async def _agreed(
    screen: Selling, operation: Any, most: Money, payings: Sequence[Paying], **asked: Any
) -> dict[str, Any] | None:
    """Who may give so much back, and then: did it go? None when it did not. Money outside of the
    drawer is confirmed way by way, as it is at payment: the books must not say that a wallet got
    its money when nobody sent it.
    """
    outside = await _outside(screen, payings)
    if not outside:
        # Nothing is asked: the work itself asks for the right.
        return {}
    agreed: dict[str, Any] = await screen.operate(operation.approved, (REFUND, most.minor), **asked)
    return agreed if await _went(screen, outside) else None


async def _outside(screen: Selling, payings: Sequence[Paying]) -> list[tuple[Tender, Paying]]:
    """What goes out beside the drawer, and not by the gateway, which gives back what it took."""
    ways = [(await screen.in_books(_tender, paying), paying) for paying in payings]
    outside = [(tender, paying) for tender, paying in ways if not tender.what.is_cash]
    by_gateway = [await screen.in_books(paid_order, t.key, p.reference) for t, p in outside]
    return [way for way, order in zip(outside, by_gateway, strict=True) if order is None]


async def _went(screen: Selling, outside: Sequence[tuple[Tender, Paying]]) -> bool:
    """Did what goes out beside the drawer go? Each is confirmed, as at payment."""
    for tender, paying in outside:
        if not await screen.desk.ask(Received(tender, -paying.given, is_out=True)):
            return False
    return True


def _asked(label: str, giving: GivingBack, answer: Answer) -> dict[str, Any]:
    """What whoever approves money that goes back reads of it."""
    return {
        "sale": label, "what": back_told(giving), "amount": giving.total,
        "reason": answer.note or answer.code,
    }  # fmt: skip


async def _done(screen: Selling, document: Document, ways: Ways, *, undone: str = "") -> None:
    """Tell what is given back, and open the drawer for it."""
    screen.counter.wake_paper()
    if await screen.in_books(_opens_drawer, ways.payings):
        screen.counter.kick_drawer()
    amount = -document.total
    number = undone or document.label
    await screen.paid(
        Finished(
            number, amount, amount, amount, ways.text, is_out=True, is_void=bool(undone),
        )
    )  # fmt: skip


# On the database thread.


def _chosen_of(sale: int, begun: Mapping[int, Quantity]) -> Chosen:
    """The lines of a sale with what was chosen before, if it may still come back."""
    bill = sold_bill(sale)
    chosen = Chosen(bill.label, sold_lines(sale))
    chosen.sold = said(
        "Sold {at} by {cashier}, {total}: as on the slip?", total=bill.total,
        at=local(bill.at).strftime("%Y-%m-%d %H:%M"), cashier=clean(user_name(bill.user)),
    )  # fmt: skip
    for sold in chosen.lines:
        if (quantity := begun.get(sold.line.line)) and quantity <= sold.left:
            chosen.take(sold, quantity)
    return chosen


def _whole(sale: int, register: int) -> tuple[GivingBack, str]:
    sold, giving = returns.undoing(sale, open_shift_key(register))
    return giving, sold.label


def _difference(screen: Selling, giving: GivingBack, sale: int) -> Difference:
    return difference(screen.basket.bill().total, giving, sale)


def _tender(paying: Paying) -> Tender:
    found: Tender = Tender.get(Tender.number == paying.tender)
    return found


def _ways(payings: Sequence[Paying], amount: Money) -> tuple[Ways, Ways]:
    """The way it was paid, and as store credit, where the store gives that."""
    told, credit = Ways(_ways_told(payings), tuple(payings)), as_credit(amount)
    if credit is None or amount.minor <= 0:
        return told, NO_WAYS
    return told, Ways(_ways_told([credit]), (credit,))


def _ways_told(payings: Sequence[Paying]) -> str:
    """Each way with its amount and reference: Card 10.00 (A77), Cash 5.00."""
    told = []
    for paying in payings:
        reference = f" ({paying.reference})" if paying.reference else ""
        told.append(f"{tender_name(_tender(paying))} {-paying.given}{reference}")
    return ", ".join(told)


def _opens_drawer(payings: Sequence[Paying]) -> bool:
    return any(_tender(paying).opens_drawer for paying in payings)


class Exchange(BillPayable):
    """The bill of the screen less what comes back for it."""

    columns = (
        Column(word("Item"), 0, least=12, read=lambda row: row[0]),
        Column(word("Quantity"), 8, "right", read=lambda row: row[1]),
        Column(word("Amount"), 10, "right", tone="money", read=lambda row: row[2]),
    )

    def __init__(
        self, selling: Selling, coming: Coming, found: Difference, giving: GivingBack
    ) -> None:
        super().__init__(selling)
        self._coming, self._found, self._giving = coming, found, giving
        self.approval: dict[str, Any] = {}

    @property
    def rows(self) -> Sequence[Any]:
        new = [tuple(column.read(row) for column in PAYING_COLUMNS) for row in super().rows]  # type: ignore[misc]
        return new + [
            (back.sold.line.name, str(-back.quantity), str(-back.due))
            for back in self._giving.backs
        ]

    def due(self) -> Money:
        return self._found.due

    async def settle(self, payings: Sequence[Paying], *, language: str) -> Document:
        document: Document = await self.screen.operate(
            exchanges.exchange, self.bill.draft, self._coming, tuple(payings),
            shown=self._found.due, language=language, **self.approval,
        )  # fmt: skip
        return document


class Unslipped(BillPayable):
    """The bill of the screen, which comes back: money goes out for it."""

    is_agreed = True

    def due(self) -> Money:
        return -super().due()

    async def settle(self, payings: Sequence[Paying], *, language: str) -> Document:
        begun = unslipped_of(self.bill.head)
        assert begun is not None
        document: Document = await self.screen.operate(
            return_without_slip, self.bill.draft, tuple(payings), shown=self._shown,
            reason=begun.reason, note=begun.note, is_scrapped=begun.is_scrapped,
            language=language,
        )  # fmt: skip
        return document

    async def left(self) -> None:
        """Nothing comes back after all, unless money is out: then it goes on from there."""
        await self.screen.in_books(give_up_unslipped, self.bill)
        await super().left()
