"""A slip on A4, as a PDF in the language that is asked for: a copy like every other one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from devices.profiles import PROFILES
from models.ledger.daily import prints
from models.trust.print_queue import PrintJob
from receipts.labels import PaperLanguage
from receipts.layout import layout
from receipts.pdf import A4, pdf_bytes
from receipts.slip_of_job import slip_of_job
from receipts.words import word
from tui.records.asking import Options
from tui.records.sheets import ask_target, keep

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp

# Each by its own name, whatever the screen speaks.
LANGUAGES: Final = (("zh", "中文"), ("en", "English"), ("both", "中文 English"))


async def write_slip(app: DeskbellApp, job: int, name: str) -> None:
    """Ask for the language and the file, and write it; `name` is what the file is called after.

    Refuses: RightMissing, FileUnusable, and what `copy_to_file` refuses.
    """
    lang = await app.ask(Options(word("In which language?"), LANGUAGES))
    target = await ask_target(app, name, "pdf") if lang else None
    if target is None:
        return
    made = await app.operate(prints.copy_to_file, job)
    content = await app.in_books(_a4_of, made, lang)
    await keep(app, target, lambda: content, listing=name, rows=1)


def _a4_of(job: int, lang: PaperLanguage) -> bytes:
    slip = slip_of_job(PrintJob.get_by_id(job), lang)
    return pdf_bytes(layout(slip, PROFILES["80mm"]), A4, title=slip.number)
