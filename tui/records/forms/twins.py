"""Who is like the record that somebody types: told under the sheet while he types."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from models.base.refusals import Refusal
from tui.desk.words import t
from tui.records.forms.hint import Hint
from tui.records.values import typed_so_far

if TYPE_CHECKING:
    from tui.records.forms.form import FormScreen


class TwinWatch:
    """Looks after each key; only what was typed last is looked for."""

    def __init__(self, form: FormScreen) -> None:
        self._form = form
        self._task: asyncio.Task[None] | None = None

    def look(self) -> None:
        """Something was typed, or the caret is in another box."""
        if self._form.listing.twins is None or not self._form.can_save:
            return
        self.stop()
        self._task = asyncio.create_task(self._show())

    def stop(self) -> None:
        """Nothing more is shown."""
        if self._task is not None:
            self._task.cancel()

    async def _show(self) -> None:
        form, sheet, find = self._form, self._form.sheet, self._form.listing.twins
        assert find is not None
        values, spot = dict(sheet.values), sheet.spot
        if spot is not None and spot.line is None and spot.field.kind in ("text", "private"):
            values[spot.field.name] = typed_so_far(spot.field, sheet.value, values)
        try:
            found = await form.in_books(find, form.record_key, values)
        except Refusal as refusal:
            form.desk.tell(refusal)
            return
        labels = {each.name: t(each.label) for each in form.fields}
        told = [(each, [labels.get(name, name) for name in each.fields]) for each in found]
        form.query_one(Hint).show_twins(told)
