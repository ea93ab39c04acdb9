"""Changing one field of several records: choose the field, give the value, look, then do it.

Each record is one operation, so that one that is refused stops none of the others.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from models.base.refusals import Refusal
from models.listings.listing_records import record_of
from models.listings.listings import Field, Listing, Record
from receipts.words import word
from tui.desk.words import refusal_told, t
from tui.records.asking import ask_value
from tui.records.columns import is_off
from tui.records.forms.saving import plain_values, store
from tui.records.values import shown
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Confirm, Message, Panel, Pick

if TYPE_CHECKING:
    from tui.records.list import ListScreen

# More marks than this are not taken at once.
MOST = 5000
TOLD = 8
# What is each record's own.
OWN = ("code", "number", "login")


class TooManyMarked(Refusal):
    """More rows are marked than are changed at once."""


async def change(screen: ListScreen, keys: Sequence[Any], field: Field | None = None) -> bool:
    """Change one field of these records, this one or one that is chosen; whether it was done.

    Refuses: TooManyMarked.
    """
    if len(keys) > MOST:
        raise TooManyMarked(most=MOST, marked=len(keys))
    field = field or await _ask_field(screen, len(keys))
    if field is None:
        return False
    title = word("{field} of {count} records: the new value")
    given = await ask_value(screen.desk, field, title, field=t(field.label), count=len(keys))
    if given is None:
        return False
    records = sorted(await _read(screen, keys), key=partial(_called, screen.listing))
    shown_rows = [
        (
            _called(screen.listing, record),
            shown(field, record.values[field.name]),
            shown(field, given[0]),
        )
        for record in records
    ]
    if not await screen.desk.ask(Preview(t(field.label), shown_rows)):
        return False
    await _change_all(screen, records, field, given[0])
    return True


async def _ask_field(screen: ListScreen, count: int) -> Field | None:
    fields = [each for each in screen.listing.in_form() if _may_change(screen, each)]
    row: Field | None = await screen.desk.ask(
        Pick(
            word("Change one field of {count} records: which?"),
            [Column(word("Field"), 0, read=lambda each: t(each.label))],
            fields,
            count=count,
        )
    )
    return row


def _may_change(screen: ListScreen, field: Field) -> bool:
    """What names one record cannot be the same in many."""
    is_own = field.name in (screen.listing.named, *OWN)
    is_seen = not field.right or screen.rights.holds(field.right)
    is_closed = field.is_computed or field.is_fixed or field.kind in ("secret", "private")
    return is_seen and not (is_own or is_closed)


def _called(listing: Listing, record: Record) -> str:
    """Its code and its name, with what tells two of one name apart."""
    names = dict.fromkeys((*OWN, listing.named, listing.apart))
    return " ".join(str(record.values[name]) for name in names if record.values.get(name))


async def _read(screen: ListScreen, keys: Sequence[Any]) -> list[Record]:
    records = []
    for key in keys:
        found = await screen.in_books(record_of, screen.desk.session, screen.listing, key)
        if found is not None:
            records.append(found)
    return records


async def _change_all(
    screen: ListScreen, records: Sequence[Record], field: Field, value: Any
) -> None:
    async def change_one(record: Record) -> None:
        plain = plain_values(screen.listing, {**record.values, field.name: value}, record.lines)
        await store(screen, screen.listing, record, plain)

    await _each(screen, records, change_one)


async def _each(
    screen: ListScreen, records: Sequence[Record], work: Callable[[Record], Awaitable[Any]]
) -> None:
    """Do the work with each record; what was refused is told at the end."""
    refused: list[str] = []
    for record in records:
        try:
            await work(record)
        except Refusal as refusal:
            name = _called(screen.listing, record)
            refused.append(f"{name}: {refusal_told(refusal)}")
    screen.desk.inform("Changed: {count} records", count=len(records) - len(refused))
    if refused:
        more = [t("and {count} more", count=len(refused) - TOLD)] if len(refused) > TOLD else []
        await screen.desk.ask(
            Message(
                word("{count} records were not changed"),
                "\n".join([*refused[:TOLD], *more]),
                tone="warn",
                count=len(refused),
            )
        )


async def drop(screen: ListScreen, keys: Sequence[Any]) -> bool:
    """Remove these records, or switch off those that are in use; whether it was done. What is off
    already stays off. Refuses: TooManyMarked.
    """
    listing, off = screen.listing, screen.listing.drop
    assert off is not None
    if len(keys) > MOST:
        raise TooManyMarked(most=MOST, marked=len(keys))
    title = word("Switch {count} records off?") if listing.is_switched else DROP
    if not await screen.desk.ask(Confirm(title, is_grave=True, count=len(keys))):
        return False
    records = [each for each in await _read(screen, keys) if not is_off(each)]
    await _each(screen, records, lambda r: screen.operate(off, r.key, version=r.version))
    return True


DROP = word("Remove {count} records?")


class Preview(Panel[bool]):
    """Each record with its old and its new value. Enter does it, when it was seen."""

    needs_fresh_key = True
    width = 76

    def __init__(self, field: str, rows: Sequence[tuple[str, str, str]]) -> None:
        super().__init__(word("{field}: {count} records will change"), field=field, count=len(rows))
        columns = [
            Column(word("Record"), 0),
            Column(word("Before"), 14, tone="muted"),
            Column(word("After"), 14, tone="strong"),
        ]
        self.list = LineList(columns, list(rows), can_focus=False)
        self.list.styles.height = min(12, len(rows) + 1)

    def content(self) -> Iterable[Any]:
        yield self.list

    def keys_shown(self) -> list[tuple[str, str]]:
        return [("Enter", word("Change them")), ("F12", word("Back"))]

    def on_key(self, event: Any) -> None:
        if event.key == "enter":
            event.stop()
            if self.desk.pressed_after_paint(self):
                self.answer(True)
        elif self.list.take_key(event):
            event.stop()
