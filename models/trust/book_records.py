"""One record of a book, for its form: what a person may see of it, and saving what he typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from models.trust.book_columns import column
from models.trust.book_reader import Reader
from models.trust.books import Book, Field, Record, View, opened
from models.trust.operation import Session
from models.trust.users import Rights


def record_of(session: Session, book: Book, key: Any) -> Record | None:
    """One record for its form, or None when it is gone, or is work that the scope does not show.

    Refuses: SignedOut, OwnPasswordFirst, RightMissing.
    """
    rights = opened(session, book)
    line = None
    if book.row is not None:
        rows = Reader(session, book, View(), forward=True, is_whole=True).keyed([key])
        line = rows[0] if rows else None
    if book.read is not None:
        is_there = line is not None or book.row is None
        return _without_hidden(book, rights, book.read(key)) if is_there else None
    if line is None:
        return None
    values = line.values
    lines = book.grid.load(key) if book.grid else []
    return Record(key, values.pop("version", 0), values, lines)


def _without_hidden(book: Book, rights: Rights, whole: Record | None) -> Record | None:
    """What a book reads by itself, without what the person may not see."""
    if whole is None:
        return None
    hidden = book.by_name.keys() - {each.name for each in book.seen(rights)}
    values = {name: value for name, value in whole.values.items() if name not in hidden}
    return replace(whole, values=values)


def save_record(session: Session, book: Book, key: Any, *, version: int, **values: Any) -> Any:
    """Save a record by what its form holds; what the person may not see stays as it is, or as it
    begins in a new one. Refuses: what `save` of the book refuses.
    """
    assert book.save is not None
    shown = {each.name for each in book.seen(opened(session, book))}
    hidden = [each for each in book.in_form() if each.name not in shown and not each.is_computed]
    kept = _stored_values(book, hidden, key)
    return book.save(session, key, version=version, **(values | kept))


def _stored_values(book: Book, fields: Sequence[Field], key: Any) -> dict[str, Any]:
    if key is None:
        begun = book.defaults()
        return {each.name: begun[each.name] for each in fields}
    if not fields:
        return {}
    if book.read is not None:
        whole = book.read(key)
        held_now = whole.values if whole else {}
        return {each.name: held_now.get(each.name) for each in fields}
    assert book.row is not None
    row = book.row.get_or_none(book.row._meta.primary_key == key)
    columns = {each.name: column(book, each.name) for each in fields}
    # A link is saved as the key that it holds.
    return {
        name: getattr(row, getattr(held, "object_id_name", held.name), None)
        for name, held in columns.items()
    }
