"""Rows of a book for a LineList: page by page, one short call of the database after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from models.trust import book_pages
from models.trust.book_reader import Anchor, Line
from models.trust.book_sounds import heard, is_heard
from models.trust.books import Book, Field, View
from models.trust.users import Rights
from tui.widgets.line_list import Pages

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp


class Source:
    """A book as it is looked at now; `by_sound`: letters are initials and pinyin as well."""

    def __init__(self, book: Book, view: View | None = None, *, by_sound: bool = False) -> None:
        self.book, self.view, self.by_sound = book, view or View(), by_sound

    def narrowed(self, rights: Rights) -> list[Field]:
        """The columns that somebody may see. A filter or an order by another one goes: the view may
        be that of who stood here before.
        """
        seen = {each.name for each in self.book.seen(rights)}
        hidden = self.book.by_name.keys() - seen
        kept = tuple(each for each in self.view.conditions if each.name not in hidden)
        order = "" if self.view.order in hidden else self.view.order
        self.view = replace(self.view, conditions=kept, order=order)
        return [each for each in self.book.listed() if each.name in seen]

    def look_for(self, text: str) -> None:
        """Quick find."""
        self.view = replace(self.view, text=text.strip())

    @property
    def is_search(self) -> bool:
        """Whether the book's own index answers the quick find."""
        return bool(self.view.text) and self.book.search is not None

    def pages(self, desk: DeskbellApp) -> Pages:
        """The rows of the present view."""
        book, view, is_search = self.book, self.view, self.is_search
        read = heard if self.by_sound and is_heard(book, view.text) else book_pages.page

        async def fetch(anchor: Any, forward: bool, limit: int) -> Sequence[Line]:
            if is_search:
                return (
                    await desk.in_books(book_pages.found, desk.session, book, view)
                    if anchor is None
                    else []
                )
            return await _fetch(
                desk, partial(read, desk.session, book, view), anchor, forward=forward, limit=limit
            )

        return Pages(fetch, lambda line: line.anchor)


async def _fetch(
    desk: DeskbellApp,
    read: Callable[..., book_pages.Slice],
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
        return await desk.in_books(book_pages.found, desk.session, source.book, source.view)
    lines: list[Line] = []
    anchor: Anchor | None = None
    while len(lines) < most:
        part = await desk.in_books(
            book_pages.page, desk.session, source.book, source.view, anchor, limit=500
        )
        lines += part.lines
        anchor = part.resume
        if anchor is None:
            break
    return lines
