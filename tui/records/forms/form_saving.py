"""Saving a form: what is checked first, and what happens when somebody else was faster."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from models.base.clock import now
from models.base.refusals import Refusal
from models.listings.listing_records import record_of
from models.listings.listings import Field
from models.trust.records import saved_by
from receipts.words import word
from tui.desk.words import said, t
from tui.records.forms.saving import is_conflict, last_entries, merged, plain_values, store
from tui.records.values import filled, typed
from tui.widgets.panel import Message

if TYPE_CHECKING:
    from tui.records.forms.form import FormScreen


class RecordGone(Refusal):
    """The record was deleted in the meantime."""


class Saving:
    """Saves what stands in one form."""

    def __init__(self, form: FormScreen) -> None:
        self.form = form

    async def save(self) -> bool:
        """Save; False when something must be put right first."""
        if not await self.form.boxes.settle():
            return False
        await self.form.boxes.follow()
        self._drop_blank_lines()
        self._check_filled()
        values = dict(self.form.record.values if self.form.record else {}) | self.form.sheet.values
        if self.form.listing.ready is not None:
            values = await asyncio.to_thread(self.form.listing.ready, values)
        plain = plain_values(self.form.listing, values, self.form.sheet.lines)
        try:
            made = await store(self.form, self.form.listing, self.form.record, plain)
        except Refusal as refusal:
            if self.form.record is not None and is_conflict(refusal):
                await self._merge()
                return False
            self._name_field(refusal)
            raise
        self.form.saved = self.form.record_key = (
            self.form.listing.key_of(made) if made is not None else None
        )
        last_entries(self.form.desk)[self.form.listing.name] = dict(self.form.sheet.values)
        self.form.before = (
            dict(self.form.sheet.values),
            [dict(line) for line in self.form.sheet.lines],
        )
        self.form.desk.inform("Saved: {name}", name=self._record_name(made))
        await self._tell_saved(made)
        return True

    async def _tell_saved(self, made: Any) -> None:
        """What the record brings with it that nobody sees in the form."""
        if made is None or self.form.listing.saved is None:
            return
        if msgid := await self.form.in_books(self.form.listing.saved, made):
            name = self._record_name(made)
            await self.form.desk.ask(
                Message(word("Saved: {name}"), said(msgid, name=name), name=name)
            )

    def _name_field(self, refusal: Refusal) -> None:
        """The caret goes to the field that a refusal is about; what names it by its column gets
        its label.
        """
        fields, box = self.form.listing.by_name, self._box_at_fault(refusal)
        if (column := refusal.fields.get("field")) in fields:
            refusal.fields["field"] = t(fields[column].label)
        if box is not None:
            self.form.sheet.go(box)
            self.form.refresh_hint()
        elif self.form.listing.grid is not None and column == self.form.listing.grid.name:
            refusal.fields["field"] = t(self.form.listing.grid.label)

    def _box_at_fault(self, refusal: Refusal) -> int | None:
        """A box of the form, or that of a line which holds what the refusal tells."""
        sheet, grid = self.form.sheet, self.form.listing.grid
        told = {str(value) for value in refusal.fields.values()} - {"", "None"}
        name = field_at_fault(refusal, self.form.listing.by_name)
        is_sure = name in (refusal.fields.get("field"), *refusal.about)
        if name is None or not (is_sure or str(sheet.values.get(name)) in told):
            for n, line in enumerate(sheet.lines):
                for each in grid.fields if grid else ():
                    if str(line.get(each.name)) in told:
                        return sheet.find(each.name, n)
        return None if name is None else sheet.find(name)

    def _drop_blank_lines(self) -> None:
        grid, sheet = self.form.listing.grid, self.form.sheet
        if grid is None or grid.is_fixed:
            return
        kept = [line for n, line in enumerate(sheet.lines) if not sheet.is_line_blank(n)]
        if len(kept) != len(sheet.lines):
            sheet.show(sheet.values, kept)

    def lack(self) -> Refusal | None:
        """Why a save of what stands here now is sure to be refused, as far as it is known without
        the books; nothing moves.
        """
        sheet, spot = self.form.sheet, self.form.sheet.spot
        values = dict(sheet.values)
        try:
            if spot is not None and sheet.is_touched and spot.field.kind != "link":
                value = typed(spot.field, sheet.value)
                if spot.line is None:
                    values[spot.field.name] = value
            elif spot is not None and sheet.is_touched and spot.line is None:
                values[spot.field.name] = sheet.value
            filled(self.form.fields, values)
        except Refusal as refusal:
            return refusal
        return None

    def _check_filled(self) -> None:
        """The caret goes to the first box that must be filled. Refuses: ValueMissing."""
        places: list[tuple[list[Field], Mapping[str, Any], int | None]] = [
            (self.form.fields, self.form.sheet.values, None)
        ]
        if self.form.listing.grid:
            fields = list(self.form.listing.grid.fields)
            places += [(fields, line, n) for n, line in enumerate(self.form.sheet.lines)]
        for fields, values, line in places:
            for each in fields:
                try:
                    filled([each], values)
                except Refusal:
                    self.form.sheet.go(self.form.sheet.find(each.name, line))
                    self.form.refresh_hint()
                    raise

    async def _merge(self) -> None:
        """Somebody else was faster: take over what he changed, keep what was changed here, and say
        who it was, and which is which. The next save goes on top of it. Refuses: RecordGone.
        """
        mine, lines = dict(self.form.sheet.values), self.form.sheet.lines
        before, lines_before = self.form.before
        who, self.form.read_at = await self._faster(), now()
        there = await self.form.in_books(
            record_of, self.form.desk.session, self.form.listing, self.form.record_key
        )
        if there is None:
            raise RecordGone()
        values, told = merged(self.form.fields, before, there.values, mine)
        self.form.record = there
        self.form.show_record(there.values, there.lines, at=self.form.sheet.at)
        self.form.sheet.show(values, lines if lines != lines_before else there.lines)
        await self.form.desk.ask(Message(who[0], "\n".join(told), tone="warn", **who[1]))

    async def _faster(self) -> tuple[str, dict[str, Any]]:
        """Who it was, in words, as far as the log tells."""
        table, found = self.form.listing.row, None
        if table is not None:
            found = await self.form.in_books(
                saved_by, table, self.form.record_key, since=self.form.read_at
            )
        if found is None:
            return word("Somebody else changed this record meanwhile"), {}
        who, register = found
        return word("{who} changed this record meanwhile, at till {register}"), {
            "who": who, "register": register,
        }  # fmt: skip

    def _record_name(self, made: Any) -> str:
        """Its name; the number that a new one was given just now stands on no sheet yet."""
        listing, values = self.form.listing, dict(self.form.sheet.values)
        if isinstance(drawn := getattr(made, listing.named, None), str):
            values[listing.named] = values.get(listing.named) or drawn
        return listing.name_in(values) or t(listing.title)


def field_at_fault(refusal: Refusal, names: Collection[str]) -> str | None:
    """Which of these fields a refusal is about: the one that it names, or is always about, or
    whose value it tells.
    """
    told = [refusal.fields.get("field"), *refusal.about, *refusal.fields]
    return next((name for name in told if name in names), None)
