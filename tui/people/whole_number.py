"""A whole phone or number of papers on the screen: each look is in the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.people.persons import PHONES, Person
from models.people.records import record_view
from receipts.words import word
from tui.desk.safe import clean
from tui.desk.words import t
from tui.records.asking import Options
from tui.widgets.panel import Message

if TYPE_CHECKING:
    from tui.desk.frame import FrameScreen

_LABELS = {
    "phone": word("Phone"), "phone2": word("Second phone"), "phone3": word("Third phone"),
    "paper_number": word("Number of the paper"),
}  # fmt: skip


async def show_whole(screen: FrameScreen, key: int) -> None:
    """Choose which number, write the look down, show it. Refuses: NeedsOverride."""
    held = await screen.in_books(_held, key)
    if not held:
        screen.desk.alarm(word("No phone and no number of papers is kept of this person."))
        return
    choices = [(name, f"{t(_LABELS[name])}  {mask}") for name, mask in held]
    name = held[0][0]
    if len(held) > 1:
        name = await screen.desk.ask(Options(word("Show which number?"), choices)) or ""
    if not name:
        return
    await screen.operate(record_view, key, name)
    whole = await screen.in_books(_whole, key, name)
    await screen.desk.ask(Message(_LABELS[name], clean(whole)))


def _held(key: int) -> list[tuple[str, str]]:
    person = Person.get_by_id(key)
    fields = (*PHONES, "paper_number")
    return [(name, str(getattr(person, name))) for name in fields if getattr(person, name)]


def _whole(key: int, name: str) -> str:
    return str(getattr(Person.get_by_id(key), name).text)
