"""Groups of people (客户分组), a tree."""

from __future__ import annotations

from models.listings.listings import Field, Link, Listing
from models.people.lists import PersonGroup, drop_group, save_group
from receipts.words import word
from tui.records.looks import Look

LISTING = Listing(
    "person_groups",
    word("People groups"),
    PersonGroup,
    fields=(
        Field("name", word("Name"), limit=40, is_required=True, is_sorted=True,
              example="华东"),
        Field("pinyin", word("Initials"), limit=40, in_form=False),
        Field("parent", word("Under"), "link", look=Look(20),
              link=Link("person_groups", PersonGroup),
              help=word("The group that it belongs to; blank: none.")),
        Field("position", word("Place"), "number", look=Look(drop=1), default=0,
              help=word("Its place among its neighbours.")),
    ),
    find=("name", "pinyin"),
    right="see people",
    change_right="keep people",
    save=save_group,
    drop=drop_group,
)  # fmt: skip
