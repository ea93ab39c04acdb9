"""The boxes of a form: what happens when one is left, what a link means, and what follows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.base.refusals import Refusal
from models.listings import listing_pages
from models.listings.listings import Field, Linked, Listing, Place
from receipts.words import word
from tui.desk.words import t
from tui.records.forms.sheet_plan import Spot
from tui.records.picker import Picker
from tui.records.values import filled, typed

if TYPE_CHECKING:
    from tui.records.forms.form import FormScreen


class NothingFound(Refusal):
    """No record of the other listing has this code or name."""


class Boxes:
    """Takes what was typed into the boxes of one form."""

    def __init__(self, form: FormScreen) -> None:
        self.form = form
        # The values that the listing's `follow` has seen.
        self._followed: dict[str, Any] = {}

    def begin(self) -> None:
        """Another record is shown: nothing of it has followed yet."""
        self._followed = {}

    async def step(self, key: str, step: int) -> None:
        """Leave the box by this key, so many boxes on. Where what follows of it is refused the
        caret stays, so that the next scan or typing puts it right; the key once more goes on.
        Refuses: what `settle` refuses.
        """
        sheet, spot = self.form.sheet, self.form.sheet.spot
        if spot is None or not await self.settle():
            return None
        if not await self.follow():
            sheet.go(sheet.at)
            return self.form.refresh_hint()
        if key == "enter" and spot.line is None:
            filled([spot.field], sheet.values)
        if key == "enter" and self._ends_grid(spot):
            return await self.form.do_save_close()
        if key == "enter" and sheet.is_last:
            if (
                spot.line is not None
                and self.form.listing.grid
                and not self.form.listing.grid.is_fixed
            ):
                sheet.insert_line()
            else:
                return await self.form.do_save_close()
        else:
            sheet.go(sheet.target(key, step))
        self.form.refresh_hint()
        return None

    def _ends_grid(self, spot: Spot) -> bool:
        """Enter on the first box of a blank last line: there are no more lines. A box that proposes
        something is gone on from: of a promotion all goods would have it, unseen.
        """
        grid, sheet = self.form.listing.grid, self.form.sheet
        if grid is None or grid.is_fixed or spot.line is None:
            return False
        if spot.line != len(sheet.lines) - 1 or spot.field is not grid.fields[0]:
            return False
        if sheet.value.strip() or not sheet.is_line_blank(spot.line):
            return False
        sheet.delete_line()
        return True

    def place_of(self, code: str) -> Place | None:
        """The box into which a code belongs; None: the one with the caret."""
        placed, sheet, spot = self.form.listing.placed, self.form.sheet, self.form.sheet.spot
        if placed is None or spot is None:
            return None
        place = placed(code, sheet.values, sheet.lines)
        # With the caret on such a box, that one is meant: one that was misread is read once more.
        return None if place and place[0] == spot.field.name else place

    async def put(self, code: str) -> None:
        """A code into its box, and on to the next one; one that stands there already changes
        nothing. Refuses: what `settle` refuses.
        """
        sheet, place = self.form.sheet, self.place_of(code)
        if place is None or not await self.settle():
            return
        name, line = place
        if line is not None and line == len(sheet.lines):
            sheet.insert_line(line)
        at = sheet.find(name, line)
        if sheet.value_at(sheet.spots[at]) == code:
            self.form.desk.hint(word("This was read already; nothing changes."))
            return
        sheet.go(at)
        sheet.set_value(code)
        await self.step("tab", 1)

    async def settle(self) -> bool:
        """Take what was typed into the box; False when a question about it was left open. What is
        refused is typed over, and not typed behind.

        Refuses: what `typed` refuses, and NothingFound.
        """
        spot = self.form.sheet.spot
        if spot is None or not self.form.sheet.is_touched:
            return True
        text = self.form.sheet.value
        try:
            return await self._take(spot.field, text)
        except Refusal:
            self.form.sheet.set_value(text, is_fresh=True)
            raise

    async def _take(self, field: Field, text: str) -> bool:
        if field.kind != "link" or not text.strip():
            self.form.sheet.keep(typed(field, text))
            return True
        found = await self._linked(field, text)
        if found is None:
            return False
        self.form.sheet.keep(found)
        return True

    async def follow(self) -> bool:
        """Let the listing say what other fields become of what was typed or chosen; False when it
        refused, which is told.
        """
        values = self.form.sheet.values
        changed = {name for name in values if values[name] != self._followed.get(name)}
        if self.form.listing.follow is None or not changed:
            return True
        self._followed = dict(values)
        try:
            more = await self.form.in_books(
                self.form.listing.follow, changed, self.form.record_key, values
            )
        except Refusal as refusal:
            self.form.desk.tell(refusal)
            return False
        if any(values.get(name) != value for name, value in more.items()):
            self._followed = {**values, **more}
            self.form.sheet.show(self._followed, self.form.sheet.lines, at=self.form.sheet.at)
        return True

    async def _linked(self, field: Field, text: str) -> Linked | None:
        """The record that a typed text means; several are offered."""
        listing = linked_listing(field)
        found = await self.form.in_books(listing_pages.named, self.form.desk.session, listing, text)
        if not found:
            raise NothingFound(field=t(field.label), typed=text)
        return found[0] if len(found) == 1 else await self.pick(field, text)

    async def pick(self, field: Field, text: str = "") -> Linked | None:
        makes = self.form.make_record
        return await self.form.desk.ask(Picker(linked_listing(field), text=text, makes=makes))


def linked_listing(field: Field) -> Listing:
    """The listing that a link field points at, as it is looked up."""
    from tui.records.listings import listing

    assert field.link is not None
    return listing(field.link.listing).for_picking()
