"""Which sale goods come back from: scanned, typed, or the last one of this shift."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from models.shop.return_lines import last_sale
from receipts.words import word
from tui.desk.gate.scan import Code
from tui.desk.words import said
from tui.shop.bills import key_of
from tui.widgets.edit import EditLine
from tui.widgets.panel import Panel, Words

NOTHING_SOLD = word("Nothing was sold in this shift that can be undone.")
HOW = word("Scan the bar code of its slip, or type its number: S01-000042, or 42.")


@dataclass(frozen=True, slots=True)
class FoundSale:
    """The sale; none where goods come back without a slip."""

    sale: int | None


class FindSale(Panel[FoundSale]):
    """Asks for the sale; F4 does without a slip."""

    takes_scans = True
    width = 66

    def __init__(self, register: int) -> None:
        super().__init__(word("Return: which sale?"))
        self._register = register
        self._line = EditLine(limit=20)

    def content(self) -> Iterable[Any]:
        yield self._line
        yield Words(said(HOW))
        yield Words(said("Enter alone takes the last sale of this till."), tone="muted")

    def keys_shown(self) -> list[tuple[str, str]]:
        return [("Enter", word("Go on")), ("F4", word("Without a slip")), ("F12", word("Back"))]

    def on_mount(self) -> None:
        self._line.focus()

    async def on_scan(self, code: Code) -> None:
        await self._find(str(code))

    def on_key(self, event: Any) -> None:
        if event.key == "f4":
            event.stop()
            self.answer(FoundSale(None))

    def on_edit_line_submitted(self, event: EditLine.Submitted) -> None:
        event.stop()
        # Refused, it stands there still, and is typed over.
        event.line.set_value(event.value, is_fresh=True)
        self.desk.jobs.start(self._find, event.value)

    async def _find(self, text: str) -> None:
        key: int | None = await self.desk.in_books(_sale_of, text, self._register)
        if key is None:
            self.desk.alarm(NOTHING_SOLD)
        else:
            self.answer(FoundSale(key))


def _sale_of(text: str, register: int) -> int | None:
    return key_of(text, register) if text else last_sale(register)
