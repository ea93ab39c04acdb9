"""Merging two records, taking it back, and looking for twins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.people import twins
from models.people.merging import PersonMerge, merge_people, merges_of, undo_merge
from models.people.persons import Person
from models.people.twins import Pair
from receipts.words import word
from tui.desk.safe import clean
from tui.desk.words import said, t
from tui.records.picker import Picker
from tui.widgets.line_list import Column
from tui.widgets.panel import Confirm, Pick

if TYPE_CHECKING:
    from tui.records.list import ListScreen

_WHYS = {
    twins.PAPER: word("same number of papers"), twins.PHONE: word("same phone"),
    twins.NAME: word("same name"),
}  # fmt: skip
_SHOWN = 200


async def merge_with(screen: ListScreen, kept: int) -> None:
    """Choose the record that goes into this one, look at both, merge."""
    gone = await screen.desk.ask(Picker(screen.listing))
    if gone is not None:
        await _merge(screen, kept, gone.key)


async def _merge(screen: ListScreen, kept: int, gone: int) -> bool:
    stays, goes = await screen.in_books(_both, kept, gone)
    sure = await screen.desk.ask(
        Confirm(
            word("Merge {gone} into {kept}?"),
            said(
                "{kept} stays and takes what it lacks: phones, tags, notes. It can be taken back."
            ),
            yes=word("Merge"),
            gone=_named(goes),
            kept=_named(stays),
        )
    )
    if not sure:
        return False
    await screen.operate(
        merge_people, kept, gone, kept_version=stays.version, gone_version=goes.version
    )
    screen.desk.inform(
        word("Merged: {gone} is {kept} now."), gone=clean(goes.name), kept=clean(stays.name)
    )
    return True


def _both(kept: int, gone: int) -> tuple[Person, Person]:
    return Person.get_by_id(kept), Person.get_by_id(gone)


def _named(person: Person) -> str:
    return clean(f"{person.number} {person.name} {person.phone}".strip())


async def take_apart(screen: ListScreen, key: int) -> None:
    """Choose one of the records that went into this one, and take it out again."""
    rows = await screen.in_books(_went_into, key)
    if not rows:
        screen.desk.alarm(word("No record was merged into this one."))
        return
    columns = (
        Column(word("Number"), 10, tone="muted", read=lambda row: row.gone.number),
        Column(word("Name"), 0, read=lambda row: clean(row.gone.name)),
    )
    merge: PersonMerge | None = await screen.desk.ask(
        Pick(word("Take which record out again?"), columns, rows)
    )
    if merge is not None:
        await screen.operate(undo_merge, merge.key)
        screen.desk.inform(
            word("{name} is a record of its own again."), name=clean(merge.gone.name)
        )


def _went_into(key: int) -> list[PersonMerge]:
    rows = merges_of(key)
    for row in rows:
        # Read here: the screen has no database.
        _ = row.gone.name
    return rows


async def look_for_twins(screen: ListScreen) -> None:
    """List the records that may be one, surest first; Enter merges, and the list comes again."""
    while True:
        rows = await screen.in_books(_pairs)
        if not rows:
            screen.desk.inform(word("No two records are alike."))
            return
        columns = (
            Column(word("Record"), 0, read=lambda row: clean(" ".join(row[1]))),
            Column(word("Like"), 24, read=lambda row: clean(" ".join(row[2]))),
            Column(word("Because"), 16, tone="muted", read=lambda row: t(_WHYS[row[0].why])),
        )
        row = await screen.desk.ask(
            Pick(word("Which two are one? Enter merges them."), columns, rows)
        )
        if row is None or not await _merge(screen, row[0].one, row[0].other):
            return


_Row = tuple[Pair, tuple[str, str], tuple[str, str]]


def _pairs() -> list[_Row]:
    found = [pair for why in twins.WHYS for pair in twins.pairs(why, limit=_SHOWN)]
    once = {(pair.one, pair.other): pair for pair in reversed(found)}
    keys = [key for pair in once for key in pair]
    names = twins.names_of(keys)
    return [(pair, names[pair.one], names[pair.other]) for pair in reversed(list(once.values()))][
        :_SHOWN
    ]
