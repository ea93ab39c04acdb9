"""A screen on which codes are rung: scans, and in its line codes, `n *` before them, or letters. F7
looks goods up. The till rings what is sold, receiving what comes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.selling.items import CodeUnknown, WeightWanted
from receipts.words import word
from tui.desk.frame import FrameScreen
from tui.desk.gate.numbers import quantity_of
from tui.desk.gate.scan import Code
from tui.desk.words import said
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp

TIMES = re.compile(r"^([+-]?\d+(?:\.\d{1,3})?)\*(.*)$")


class Ringing(FrameScreen):
    """See the docstring of this file. A subclass says what it is to ring a code (`_ring`), and what
    `n *` and Enter alone do to the chosen line.
    """

    lines: LineList
    # What was scanned last, when no item has it, and the `n *` before it.
    unknown: tuple[str, Quantity | None] | None = None
    # Whether who looks goods up must not see their stock.
    is_blind = False

    @property
    def counter(self) -> CounterApp:
        """The app, with its type."""
        return cast("CounterApp", self.app)

    async def ring(self, code: str, quantity: Quantity | None, *, is_sure: bool = False) -> None:
        """Ring one of a code, or so many. Refuses: what `_ring` refuses; nothing is chosen then, as
        what the next key changes is not the item that was rung before.
        """
        try:
            await self._ring(code, quantity, is_sure=is_sure)
        except Refusal:
            self.lines.lose()
            raise

    async def _ring(self, code: str, quantity: Quantity | None, *, is_sure: bool) -> None:
        raise NotImplementedError

    async def set_quantity(self, quantity: Quantity) -> None:
        """Give the chosen line another quantity."""
        raise NotImplementedError

    async def on_scan(self, code: Code) -> None:
        # With its symbology: a GS1 code is known by it.
        await self.ring(code.aim + code, self._take_quantity())

    def _take_quantity(self) -> Quantity | None:
        """The `n *` that stands in the entry: it serves the next ring, and is spent by it."""
        if not (match := TIMES.match(self.entry.value)) or match[2].strip():
            return None
        self.entry.set_value("")
        return quantity_of(match[1])

    async def on_entry(self, text: str) -> None:
        """A typed code, `n * code`, or letters: what is no code looks goods up."""
        quantity = None
        if match := TIMES.match(text):
            quantity, text = quantity_of(match[1]), match[2].strip()
            if not text:
                await self.set_quantity(quantity)
                return
        try:
            await self.ring(text, quantity)
        except CodeUnknown:
            if text.isdigit():
                raise
            self.unknown = None
            # It was no code: nothing was missed.
            self.lines.move_to(self.lines.cursor)
            await self._find(text, quantity)

    async def tell_unknown(self, unknown: CodeUnknown, quantity: Quantity | None) -> None:
        """No item has a code: F7 begins with it. Refuses: what `tell_unknown` refuses."""
        from tui.shop.unknown_code import tell_unknown

        await tell_unknown(self, unknown, quantity)

    async def ring_weighed(self, code: str, wanted: WeightWanted) -> None:
        """Ask for the weight that is wanted, and ring it."""
        item, unit = wanted.fields["goods"], wanted.fields["unit"]
        told = said("Weight of {item}, in {unit}", item=item, unit=unit)
        if asked := await self.question(told, reads=quantity_of):
            await self.ring(code, quantity_of(asked))
        else:
            self.desk.inform(word("Without a weight {item} is not rung."), item=item)

    async def _find(self, text: str, quantity: Quantity | None) -> None:
        from tui.shop.find_goods import FindGoods

        if code := await self.desk.ask(FindGoods(text, is_blind=self.is_blind)):
            self.entry.set_value("")
            await self.ring(code, quantity)

    async def do_find_goods(self) -> None:
        """F7: by name, pinyin initials or code, also those typed before; after an unknown code, the
        item that has it, or a new one.
        """
        quantity = self._take_quantity()
        if self.unknown is None:
            await self._find(self.entry.value.strip(), quantity)
            return
        from tui.shop.unknown_code import give_code

        code, before = self.unknown
        await give_code(self, code, quantity or before)
