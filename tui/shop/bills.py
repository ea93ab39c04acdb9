"""A bill that was sold: found by its number or by a scan of its slip, shown, printed again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from models.ledger.daily import prints
from models.ledger.debts.tax_invoices import ORDINARY
from models.ledger.kinds import SALE
from models.ledger.proving.slip_signs import signs_of
from models.reports.bills import bill_of_number
from models.reports.invoice_requests import invoiceable_bill, request_invoice, whose
from models.reports.looking import look_at_bill
from models.trust import print_queue
from models.trust.operation import Session
from receipts.preview import PreviewLine
from receipts.slips.common import Print, signed
from receipts.slips.sale import sale_slip
from receipts.words import Language, word
from tui.desk.gate.scan import Code
from tui.desk.in_turn import in_turn
from tui.desk.words import language, said, t
from tui.money.tax_invoices_listing import KINDS
from tui.office.slip_file import write_slip
from tui.office.slip_preview import INVOICE, PRINT, TO_FILE, SlipPreview, slip_lines
from tui.records.asking import Options
from tui.widgets.edit import EditLine
from tui.widgets.panel import Ask, Panel, Words

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp


# An invoice for somebody who has no tax number.
PRIVATE = "private"


class FindBill(Panel[int]):
    """Asks for a number, or takes a scan; answers the bill's key."""

    takes_scans = True

    def __init__(self, register: int) -> None:
        super().__init__(word("Find a bill"))
        self._register = register
        self._line = EditLine(limit=20)

    def content(self) -> Iterable[Any]:
        yield self._line
        yield Words(said("Scan the bar code of its slip, or type its number: S01-000042, or 42."))

    def keys_shown(self) -> list[tuple[str, str]]:
        return [("Enter", word("Show")), ("F12", word("Back"))]

    def on_mount(self) -> None:
        self._line.focus()

    async def on_scan(self, code: Code) -> None:
        await self._find(str(code))

    def on_edit_line_submitted(self, event: EditLine.Submitted) -> None:
        event.stop()
        if event.value:
            # Refused, it stands there still, and is typed over.
            event.line.set_value(event.value, is_fresh=True)
            self.desk.jobs.start(self._find, event.value)

    async def _find(self, text: str) -> None:
        self.answer(await self.desk.in_books(key_of, text, self._register))


def key_of(text: str, register: int) -> int:
    """The sale of this number, typed or scanned. Refuses: BillUnknown."""
    return int(bill_of_number(text, register).key)


async def find_bill(app: CounterApp) -> None:
    """From the menu: one bill after the other, until F12."""
    while (key := await app.ask(FindBill(app.register))) is not None:
        await show_bill(app, key)


async def show_bill(app: CounterApp, key: int) -> None:
    """The bill as its slip; Enter prints it, as a copy when it was printed before, F9 makes a copy
    on A4 of it, and F4 the request for its tax invoice.
    """
    lines = await app.in_books(_preview, app.session, key, language())
    answer = await app.ask(
        SlipPreview(word("Sold bill"), lines, can_print=True, can_save=True, can_request=True)
    )
    if answer == TO_FILE:
        await write_a4(app, key)
    if answer == INVOICE:
        await request(app, key)
    if answer != PRINT:
        return
    job = await app.in_books(print_queue.newest_job, SALE, key)
    if job is not None:
        await app.operate(prints.reprint, job)
    else:
        await app.operate(prints.print_sale, key)
    app.wake_paper()
    app.inform(word("Printing a copy.") if job is not None else word("Printing."))


async def write_a4(app: CounterApp, key: int) -> None:
    """The bill on A4, as a PDF in the language that is asked for: a copy like every other one.

    Refuses: RightMissing, FileUnusable, and what `copy_to_file` refuses.
    """
    job = await app.in_books(print_queue.newest_job, SALE, key)
    if job is None:
        app.alarm(word("Print it first: a file is a copy of the paper."))
        return
    await write_slip(app, job, "bill")


async def request(app: CounterApp, key: int) -> None:
    """F4: the request for a tax invoice of the bill. Refuses: what `request_invoice` refuses."""
    await app.in_books(invoiceable_bill, key)
    found = await in_turn(app, partial(_asked, await app.in_books(whose, key)))
    if found is None:
        return
    title, kind, *tax_number = found
    await app.operate(
        request_invoice, key, title=title, kind=ORDINARY if kind == PRIVATE else kind,
        tax_number="".join(tax_number),
    )  # fmt: skip
    app.wake_paper()
    app.inform(word("Printing."))


def _asked(known: tuple[str, str], given: Sequence[Any], was: Any) -> Any:
    """The title, which invoice, and the tax number of a firm."""
    if not given:
        return Ask(word("Invoice title"), value=was or known[0])
    if len(given) == 1:
        kinds = [(PRIVATE, t(word("Ordinary, for a private person")))]
        kinds += [(kind, t("{kind}, for a firm", kind=t(label))) for kind, label in KINDS]
        return Options(word("Which invoice?"), kinds)
    if len(given) == 2 and given[1] != PRIVATE:
        return Ask(word("Tax number"), value=was or known[1])
    return None


def _preview(session: Session, key: int, lang: Language) -> list[PreviewLine]:
    slip = sale_slip(look_at_bill(session, key), Print(lang))
    return slip_lines(signed(slip, signs_of(key), lang))
