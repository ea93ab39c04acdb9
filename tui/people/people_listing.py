"""People (客户): persons and companies, beside the tree of their groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.listings.listings import (
    Action,
    Condition,
    Field,
    Grid,
    Link,
    Linked,
    Listing,
    Related,
    Twin,
)
from models.people.contacts import contacts_of
from models.people.finding import find_people
from models.people.history import history_of
from models.people.lists import PersonChoice, PersonGroup
from models.people.papers import ID_CARD, OTHER, PASSPORT
from models.people.persons import CHOICE_FIELDS, COMPANY, PERSON, PRIVATE, Person
from models.people.records import save_person, switch_person
from models.people.rules import phone_refusal
from models.people.twins import twins_of
from models.trust.operation import Session
from models.trust.users import User
from receipts.words import word
from tui.records.looks import Look

KINDS = ((PERSON, word("Person")), (COMPANY, word("Company")))
SEXES = (("", word("not said")), ("f", word("female")), ("m", word("male")))
PAPERS = (
    ("", word("no paper")), (ID_CARD, word("Identity card")), (PASSPORT, word("Passport")),
    (OTHER, word("Other paper")),
)  # fmt: skip
_FACTS = "see private facts"
_RELATED = 4


def _choice(name: str, label: str, **more: Any) -> Field:
    """A field whose values are a list of the store's own."""
    listing = f"person_{CHOICE_FIELDS[name].replace(' ', '_')}"
    return Field(name, label, "link", link=Link(listing, PersonChoice), **more)


def _phone(name: str, label: str, **more: Any) -> Field:
    return Field(name, label, "private", limit=30, check=phone_refusal, **more)


FIELDS = (
    Field("number", word("Number"), look=Look(8, box=20, drop=6), limit=20, is_automatic=True,
          is_sorted=True),
    Field("kind", word("Kind"), "choice", look=Look(6, is_beside=True), choices=KINDS,
          default=PERSON,
          is_required=True, is_listed=False),
    Field("name", word("Name"), look=Look(24, box=40), limit=60, is_required=True, is_sorted=True,
          is_typed=True, example="王芳"),
    _phone("phone", word("Phone"), example="138 1234 5678",
           help=word("Found by its last four digits. Hidden here once it is saved.")),
    _phone("phone2", word("Second phone"), look=Look(is_beside=True), is_listed=False),
    Field("pinyin", word("Initials"), look=Look(10), limit=60, is_listed=False,
          help=word("Pinyin initials for finding; blank: made from the name.")),
    Field("other_name", word("Other name"), look=Look(20, is_beside=True), limit=60,
          is_listed=False, is_typed=True),
    Field("group", word("In group"), "link", look=Look(drop=4),
          link=Link("person_groups", PersonGroup)),
    _choice("category", word("Category"), look=Look(drop=3, is_beside=True)),
    _choice("level", word("Level"), look=Look(drop=2)),
    Field("tags", word("Tags"), look=Look(16, box=30, drop=5, is_beside=True), limit=200,
          example="老客 VIP", help=word("Blanks between them. +VIP adds one, -VIP takes it off.")),
    Field("sex", word("Sex"), "choice", look=Look(6), choices=SEXES, default="", is_listed=False),
    _phone("phone3", word("Third phone"), look=Look(is_beside=True), is_listed=False),
    Field("email", word("Mail"), look=Look(20, box=20), limit=80, is_listed=False),
    Field("wechat", word("WeChat"), look=Look(16, box=20, is_beside=True), limit=40,
          is_listed=False),
    _choice("province", word("Province"), is_listed=False),
    Field("city", word("City"), look=Look(10, box=20, is_beside=True), limit=40, is_listed=False),
    Field("address", word("Address"), look=Look(30, box=56), limit=120, is_listed=False),
    _choice("source", word("Source"), is_listed=False,
            help=word("How this customer came here.")),
    _choice("status", word("Status"), look=Look(is_beside=True), is_listed=False),
    Field("paper", word("ID type"), "choice", look=Look(10), choices=PAPERS, default="",
          is_listed=False),
    Field("paper_number", word("Its number"), "private", look=Look(20, box=22, is_beside=True),
          limit=30, is_listed=False),
    Field("birthday", word("Birthday"), "date", right=_FACTS, is_listed=False),
    Field("is_lunar", word("Lunar"), "yes-no", look=Look(is_beside=True), default=False,
          right=_FACTS, is_listed=False,
          help=word("The birthday is one of the moon's calendar.")),
    Field("family", word("Family"), look=Look(30, box=56), limit=200, right=_FACTS,
          is_listed=False),
    Field("likes", word("Likes"), look=Look(30, box=56), limit=200, right=_FACTS, is_listed=False),
    Field("health", word("Health"), look=Look(30, box=56), limit=200, right=_FACTS, is_listed=False,
          help=word("Allergies and the like.")),
    Field("referrer", word("Brought by"), "link", link=Link("people", Person), is_listed=False,
          help=word("Which customer brought this one.")),
    Field("may_write", word("May write to"), "yes-no", default=False, is_listed=False,
          help=word("Agreed to messages, offers and greetings.")),
    Field("may_show", word("Photos shown"), "yes-no", look=Look(is_beside=True),
          default=False, is_listed=False),
    Field("photo", word("Photo"), look=Look(30, box=56), limit=200, is_listed=False,
          help=word("Where a picture lies.")),
    Field("income", word("Income"), look=Look(12, box=20), limit=60, right=_FACTS, is_listed=False),
    _choice("company_type", word("Type of company"), is_listed=False),
    _choice("company_nature", word("Ownership"), look=Look(is_beside=True), is_listed=False),
    Field("tax_number", word("Tax number"), look=Look(20, box=24), limit=30, is_listed=False),
    Field("wants", word("Wants"), look=Look(30, box=56), limit=200, is_listed=False,
          help=word("What this customer asks for.")),
    Field("product_kinds", word("Kinds wanted"), look=Look(30, box=56), limit=200, is_listed=False),
    Field("product_used", word("Uses now"), look=Look(30, box=56), limit=200, is_listed=False,
          help=word("What is used or bought elsewhere now.")),
    Field("notes", word("Notes"), look=Look(30, box=56), limit=500, is_listed=False),
    Field("responsible", word("Responsible"), "link", link=Link("users", User),
          is_listed=False,
          help=word("Whose customer this is. Others see it by their role; blank: everybody.")),
    Field("shared_with", word("Also seen by"), "link", look=Look(is_beside=True),
          link=Link("users", User), is_listed=False),
    Field("user", word("Staff member"), "link", link=Link("users", User),
          right="keep staff", is_listed=False,
          help=word("The member of staff whose private side this is.")),
    Field("is_active", word("In use"), "yes-no", look=Look(6, box=4, is_beside=True), default=True,
          is_listed=False),
)  # fmt: skip

CONTACTS = Grid(
    "contacts",
    word("Contacts"),
    (
        Field("person", word("Name"), "link", look=Look(20), link=Link("people", Person)),
        Field("title", word("Position"), look=Look(16), limit=40, example="采购"),
        Field("is_main", word("First"), "yes-no", default=False,
              help=word("Who is called first.")),
        Field("note", word("Note"), look=Look(24), limit=200),
    ),
    lambda key: [
        {**line, "person": Linked(*line["person"])} for line in contacts_of(key)
    ],
)  # fmt: skip


def _search(text: str, limit: int) -> list[int]:
    return find_people(text, limit, with_switched_off=True)


def _twins(key: Any, values: Mapping[str, Any]) -> list[Twin]:
    """Who is like the record that somebody types: number, name and masked phone."""
    names = {"paper": "paper_number"}
    return [
        Twin(
            f"{each.number} {each.name} {each.phone}".strip(),
            tuple(names.get(why, why) for why in each.whys), each.is_sure,
        )
        for each in twins_of(values, besides=key)
    ]  # fmt: skip


def _related(session: Session, key: Any) -> list[Related]:
    """The contacts of a company, and what happened last."""
    found = history_of(session, key, limit=_RELATED)
    lines = [
        Related("", word("Contact"), f"{line['person'][1]} {line['title']}".strip())
        for line in contacts_of(key)[:2]
    ]
    events = found.events if found else []
    lines += [
        Related(each.day.isoformat(), each.kind, f"{each.label} {each.what}".strip(),
                "" if each.amount is None else str(each.amount))
        for each in events
    ]  # fmt: skip
    return lines[:_RELATED]


async def _history(screen: Any, line: Any) -> None:
    from tui.people.history import PersonHistory

    await screen.desk.go(PersonHistory(line.key))


async def _merge(screen: Any, line: Any) -> None:
    from tui.people.merging import merge_with

    await merge_with(screen, line.key)


async def _undo_merge(screen: Any, line: Any) -> None:
    from tui.people.merging import take_apart

    await take_apart(screen, line.key)


async def _twin_pairs(screen: Any, line: Any) -> None:
    from tui.people.merging import look_for_twins

    await look_for_twins(screen)


async def _whole_number(screen: Any, line: Any) -> None:
    from tui.people.whole_number import show_whole

    await show_whole(screen, line.key)


LISTING = Listing(
    "people",
    word("People"),
    Person,
    fields=FIELDS,
    find=("name", "number"),
    owners=("responsible", "shared_with"),
    shows_unowned=True,
    where=(Condition("merged_into", "=", None),),
    right="see people",
    change_right="keep people",
    save=save_person,
    drop=switch_person,
    is_switched=True,
    search=_search,
    grid=CONTACTS,
    tree="group",
    twins=_twins,
    related=_related,
    overruled={"PersonTwice": "is_twin_meant"},
    actions=(
        Action(word("What happened with this customer"), _history),
        Action(word("Show a whole number"), _whole_number, "see private numbers"),
        Action(word("Merge with another record"), _merge, "merge people"),
        Action(word("Take a merging back"), _undo_merge, "merge people"),
        Action(word("Look for twins"), _twin_pairs, "merge people", needs_record=False),
    ),
    empty=word("Nobody fits. F2 makes a new record."),
)
assert set(PRIVATE) <= {each.name for each in FIELDS if each.right == _FACTS}
