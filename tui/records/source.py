"""Where the rows of a list come from. A list asks its source for everything that it shows: this
one reads the records of a listing page by page, one short call of the database after the other;
that of a report (report_source.py) works its rows out. Finding, filters, order, dates, totals,
files and print are then the list's, whatever it shows.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from models.listings import listing_columns, listing_pages
from models.listings.listing_pages import Tally
from models.listings.listing_reader import Anchor, Line
from models.listings.listing_sounds import heard, is_heard
from models.listings.listings import Field, Listing, View, opened
from models.trust.users import Rights
from receipts.words import word
from tui.desk.database import BACKGROUND
from tui.desk.safe import clean
from tui.desk.words import t
from tui.records.columns import columns_of, minor_of
from tui.records.values import shown
from tui.records.view_texts import texts
from tui.widgets.line_list import Column, LineList, Pages
from tui.widgets.rows import Piece

if TYPE_CHECKING:
    from models.reports.report import Report
    from tui.desk.app import DeskbellApp

# What a list without rows says: why, and what to do now.
NONE_FITS = word("Nothing fits. F12 takes back what was asked for.")
NONE = word("There is nothing here yet.")
NONE_NEW = word("There is nothing here yet. F2 makes a new one.")


@dataclass(frozen=True, slots=True)
class Totals:
    """How many rows there are and the sums by field, as far as it was counted."""

    count: int
    sums: dict[str, Any]
    is_whole: bool = True


class Source:
    """A listing as it is looked at now; `by_sound`: letters are initials and pinyin as well."""

    # Whether a list left alone reads its rows again: they are cheap to read.
    is_live = True

    def __init__(
        self, listing: Listing, view: View | None = None, *, by_sound: bool = False
    ) -> None:
        self.listing, self.view, self.by_sound = listing, view or View(), by_sound
        # What F12 and "no filter" come back to.
        self.home = View()
        self.fields: list[Field] = listing.listed()

    async def open(self, desk: DeskbellApp) -> Rights:
        """Look who this is, and narrow what is shown to what he may see.

        Refuses: SignedOut, OwnPasswordFirst, RightMissing.
        """
        rights = await desk.in_books(opened, desk.session, self.listing)
        self._narrow(rights)
        return rights

    def may_be_seen(self, rights: Rights) -> bool:
        """Beside the right: may somebody with these rights see it at all?"""
        return True

    def _narrow(self, rights: Rights) -> None:
        """A filter or an order by a field that he may not see goes: the view may be that of who
        stood here before.
        """
        seen = {each.name for each in self.listing.seen(rights)}
        hidden = self.listing.by_name.keys() - seen
        kept = tuple(each for each in self.view.conditions if each.name not in hidden)
        order = "" if self.view.order in hidden else self.view.order
        self.view = replace(self.view, conditions=kept, order=order)
        self.fields = [each for each in self.listing.listed() if each.name in seen]

    # What the list says.

    @property
    def named(self) -> str:
        """The field under which the rows are counted."""
        return next(
            (f.name for f in self.fields if f.name == self.listing.named), self.fields[0].name
        )

    def columns(self) -> list[Column]:
        """The list's columns."""
        return columns_of(self.listing, self.fields)

    def text(self, field: Field, value: Any) -> str:
        """A value as it stands in the list."""
        return shown(field, value)

    def said(self) -> list[Piece]:
        """What is shown now: conditions and dates."""
        said: list[Piece] = [(clean(text), "accent") for text in texts(self.listing, self.view)]
        return said or [(t("All records"), "muted")]

    def empty_text(self) -> str:
        """What stands in place of rows when there are none."""
        view = self.view
        if view.text or view.conditions or view.since or view.until:
            return NONE_FITS
        is_begun = self.listing.save is not None and self.listing.can_add
        return self.listing.empty or (NONE_NEW if is_begun else NONE)

    # What a person asks for.

    def look_for(self, text: str) -> None:
        """Quick find."""
        self.view = replace(self.view, text=text.strip())

    @property
    def is_search(self) -> bool:
        """Whether an index of its own answers the quick find."""
        return bool(self.view.text) and self.listing.search is not None

    def can_filter(self, field: Field) -> bool:
        """Whether there is anything to compare with."""
        listed = field.is_listed or field.in_form
        return listed and listing_columns.has_column(self.listing, field)

    def stored(self, field: Field, value: Any) -> Any:
        """A value as a condition holds it."""
        return listing_columns.stored(self.listing, field.name, value)

    def begins_down(self, field: Field) -> bool:
        """Whether the first order by this field has the largest on top."""
        return self.listing.is_newest_first

    # Rows.

    async def show(
        self, lines: LineList, desk: DeskbellApp, *, key: Any = None, place: Anchor | None = None
    ) -> None:
        """Put the rows of the present view into the list; the cursor goes to the record with this
        key, or to this place.
        """
        if key is not None:
            asked = (desk.session, self.listing, key, self.view)
            line = await desk.in_books(listing_pages.line_of, *asked)
            place = line.anchor if line else place
        await lines.load(self.pages(desk), at=place)

    async def look_again(self, lines: LineList, desk: DeskbellApp) -> None:
        """Read the rows in sight again; the cursor stays where it is."""
        await lines.look_again()

    def pages(self, desk: DeskbellApp) -> Pages:
        """The rows of the present view."""
        listing, view, is_search = self.listing, self.view, self.is_search
        read = heard if self.by_sound and is_heard(listing, view.text) else listing_pages.page

        async def fetch(anchor: Any, forward: bool, limit: int) -> Sequence[Line]:
            if is_search:
                return (
                    await desk.in_books(listing_pages.found, desk.session, listing, view)
                    if anchor is None
                    else []
                )
            return await _fetch(
                desk,
                partial(read, desk.session, listing, view),
                anchor,
                forward=forward,
                limit=limit,
            )

        return Pages(fetch, lambda line: line.anchor)

    async def totals(self, desk: DeskbellApp, rows: Sequence[Line]) -> AsyncIterator[Totals]:
        """Count behind the counter's work, a slice at a time. `rows` are those in the list."""
        if self.is_search:
            summed = [each for each in self.fields if listing_columns.is_summed(each)]
            sums = {f.name: sum(minor_of(row.values[f.name]) for row in rows) for f in summed}
            yield self._totals(Tally(len(rows), sums, None))
            return
        assert desk.database is not None
        tally = None
        while tally is None or tally.resume is not None:
            asked = (desk.session, self.listing, self.view, tally)
            tally = await desk.database.run(listing_pages.tally, *asked, urgency=BACKGROUND)
            yield self._totals(tally)

    def _totals(self, tally: Tally) -> Totals:
        sums = {
            name: listing_columns.sum_value(self.listing, name, total)
            for name, total in tally.sums.items()
        }
        return Totals(tally.count, sums, tally.resume is None)

    async def report(self, desk: DeskbellApp) -> Report:
        """All that the view shows, for a file or for paper."""
        from tui.records.report_files import report_of

        return report_of(self.listing, self.fields, await all_lines(desk, self))


async def _fetch(
    desk: DeskbellApp,
    read: Callable[..., listing_pages.Slice],
    anchor: Anchor | None,
    *,
    forward: bool,
    limit: int,
) -> list[Line]:
    lines: list[Line] = []
    while len(lines) < limit:
        part = await desk.in_books(read, anchor, forward=forward, limit=limit - len(lines))
        lines += part.lines
        anchor = part.resume
        if anchor is None:
            break
    return lines if forward else lines[::-1]


async def all_lines(desk: DeskbellApp, source: Source, *, most: int = 1_000_000) -> list[Line]:
    """Every row of the view, in order; the counter's work goes before each page."""
    if source.is_search:
        return await desk.in_books(listing_pages.found, desk.session, source.listing, source.view)
    lines: list[Line] = []
    anchor: Anchor | None = None
    while len(lines) < most:
        part = await desk.in_books(
            listing_pages.page, desk.session, source.listing, source.view, anchor, limit=500
        )
        lines += part.lines
        anchor = part.resume
        if anchor is None:
            break
    return lines
