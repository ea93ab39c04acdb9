"""The lists that people are sorted by: one listing for each, all over one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.listings.listings import Condition, Field, Listing
from models.people import lists
from models.people.lists import PersonChoice, drop_choice, save_choice
from receipts.words import word
from tui.desk.words import t

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp

_TITLES = {
    lists.CATEGORY: word("Categories of people"), lists.LEVEL: word("Levels of people"),
    lists.SOURCE: word("Sources of people"), lists.STATUS: word("Statuses of people"),
    lists.COMPANY_TYPE: word("Types of company"), lists.COMPANY_NATURE: word("Ownerships"),
    lists.PROVINCE: word("Provinces"),
}  # fmt: skip

_FIELDS = (
    Field("name", word("Name"), limit=40, is_required=True, is_sorted=True),
    Field("pinyin", word("Initials"), limit=40, in_form=False),
    Field("position", word("Place"), "number", default=0, is_sorted=True,
          help=word("Its place among its neighbours.")),
    Field("is_active", word("In use"), "yes-no", default=True),
)  # fmt: skip


def _listing(kind: str, title: str) -> Listing:
    def save(session: Any, key: int | None, *, version: int, **values: Any) -> PersonChoice:
        return save_choice(session, key, version=version, kind=kind, **values)

    return Listing(
        f"person_{kind.replace(' ', '_')}", title, PersonChoice, fields=_FIELDS, order="position",
        find=("name", "pinyin"), where=(Condition("kind", "=", kind),), right="see people",
        change_right="keep people", save=save, drop=drop_choice,
    )  # fmt: skip


LISTINGS = {
    listing.name: listing for listing in (_listing(kind, title) for kind, title in _TITLES.items())
}


async def open_lists(desk: DeskbellApp) -> None:
    """Choose a list, then show it."""
    from tui.records.asking import Options
    from tui.records.open import screen_of

    choices = [(name, t(listing.title)) for name, listing in LISTINGS.items()]
    name = await desk.ask(Options(word("Which list?"), choices))
    if name:
        await desk.go(screen_of(name))
