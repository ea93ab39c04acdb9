"""A bill that was sold: found by its number or by a scan of its slip, shown, printed again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from devices.profiles import PROFILES
from models.ledger import prints
from models.ledger.kinds import SALE
from models.ledger.slip_signs import signs_of
from models.reports.bills import bill_of_number
from models.reports.looking import look_at_bill
from models.trust import print_queue
from models.trust.operation import Session
from models.trust.print_queue import PrintJob
from receipts.labels import PaperLanguage
from receipts.layout import layout
from receipts.pdf import A4, pdf_bytes
from receipts.preview import PreviewLine
from receipts.slip_of_job import slip_of_job
from receipts.slips.common import Print, signed
from receipts.slips.sale import sale_slip
from receipts.words import Language, word
from tui.desk.gate.scan import Code
from tui.desk.words import language, said
from tui.office.slip_preview import PRINT, TO_FILE, SlipPreview, slip_lines
from tui.records.asking import Options
from tui.records.sheets import ask_target, keep
from tui.widgets.edit import EditLine
from tui.widgets.panel import Panel, Words

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp


LANGUAGES = (("zh", "中文"), ("en", "English"), ("both", "中文 English"))


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
    """The bill as its slip; Enter prints it, as a copy when it was printed before, and F9 makes a
    copy on A4 of it.
    """
    lines = await app.in_books(_preview, app.session, key, language())
    answer = await app.ask(SlipPreview(word("Sold bill"), lines, can_print=True, can_save=True))
    if answer == TO_FILE:
        await write_a4(app, key)
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
    lang = await app.ask(Options(word("In which language?"), LANGUAGES))
    target = await ask_target(app, "bill", "pdf") if lang else None
    if target is None:
        return
    made = await app.operate(prints.copy_to_file, job)
    content = await app.in_books(_a4_of, made, lang)
    await keep(app, target, lambda: content, listing="bill", rows=1)


def _a4_of(job: int, lang: PaperLanguage) -> bytes:
    slip = slip_of_job(PrintJob.get_by_id(job), lang)
    return pdf_bytes(layout(slip, PROFILES["80mm"]), A4, title=slip.number)


def _preview(session: Session, key: int, lang: Language) -> list[PreviewLine]:
    slip = sale_slip(look_at_bill(session, key), Print(lang))
    return slip_lines(signed(slip, signs_of(key), lang))
