"""Contacts (联系人) of all companies: who speaks for whom."""

from __future__ import annotations

from typing import Any

from models.listings.listings import Action, Field, Link, Listing
from models.people.contacts import Contact, drop_contact, save_contact
from models.people.finding import find_people
from models.people.persons import Person
from receipts.words import word
from tui.records.looks import Look


def _search(text: str, limit: int) -> list[int]:
    """The contacts that these people are, or that companies of this name have."""
    keys = find_people(text, limit, with_switched_off=True)
    rows = Contact.select(Contact.key).where(
        Contact.person.in_(keys) | Contact.company.in_(keys)
    )  # fmt: skip
    return [row.key for row in rows.order_by(Contact.key).limit(limit)]


async def _whole_number(screen: Any, line: Any) -> None:
    from tui.people.whole_number import show_whole

    await show_whole(screen, line.values["person"].key)


LISTING = Listing(
    "contacts",
    word("Contacts"),
    Contact,
    order="company",
    fields=(
        Field("company", word("Company"), "link", look=Look(24, box=40), is_required=True,
              is_sorted=True, link=Link("people", Person)),
        Field("person", word("Name"), "link", look=Look(16, box=30), is_required=True,
              link=Link("people", Person)),
        Field("title", word("Position"), look=Look(14, box=30), limit=40, example="采购"),
        Field("phone", word("Phone"), "private", column="person", is_computed=True, in_form=False,
              link=Link("people", Person, shown="phone")),
        Field("is_main", word("First"), "yes-no", default=False,
              help=word("Who is called first.")),
        Field("note", word("Note"), look=Look(20, box=50, drop=1), limit=200),
    ),
    find=(),
    named="person",
    search=_search,
    owners=("responsible", "shared_with"),
    through=("company", "person"),
    shows_unowned=True,
    right="see people",
    change_right="keep contacts",
    save=save_contact,
    drop=drop_contact,
    actions=(Action(word("Show a whole number"), _whole_number, "see private numbers"),),
    empty=word("No company has a contact yet. F2 names the first one."),
)  # fmt: skip
