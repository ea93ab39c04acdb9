"""Who serves in the salon, and the grades."""

from __future__ import annotations

from typing import Any

from models.listings.listings import Field, Link, Listing
from models.salon.stylists import (
    GRADES as GRADES_TITLE,
)
from models.salon.stylists import (
    STYLISTS as STYLISTS_TITLE,
)
from models.salon.stylists import (
    Grade,
    Stylist,
    drop_grade,
    save_grade,
    save_stylist,
    switch_stylist,
)
from models.trust.users import User
from receipts.words import word
from tui.records.looks import Look


def filled(save: Any) -> Any:
    """A field that was emptied counts as its default."""
    return lambda session, key, **values: save(
        session, key, **{name: value for name, value in values.items() if value is not None}
    )


GRADES = Listing(
    "grades",
    GRADES_TITLE,
    Grade,
    order="position",
    fields=(
        Field("position", word("Place"), "number", default=0, is_sorted=True,
              help=word("The order in which lists and boards show them.")),
        Field("name", word("Name"), look=Look(16), limit=20, is_required=True, example="大工"),
        Field("price_level", word("Price"), "number", default=1,
              help=word("1 to 4: which price of a service is charged for their work.")),
        Field("is_active", word("In use"), "yes-no", default=True),
    ),
    right="keep services",
    pick_right="",
    change_right="keep services",
    save=filled(save_grade),
    drop=drop_grade,
)  # fmt: skip

_OF_USER = '(SELECT u."{}" FROM "user" u WHERE u."key" = t."user_id")'

STYLISTS = Listing(
    "stylists",
    STYLISTS_TITLE,
    Stylist,
    order="number",
    fields=(
        Field("number", word("No."), "number", look=Look(5), is_required=True, is_sorted=True,
              example="8", help=word("Typed at the ticket: 1 to 999.")),
        Field("user", word("Staff member"), "link", look=Look(14), is_required=True, is_fixed=True,
              link=Link("users", User)),
        Field("grade", word("Grade"), "link", look=Look(10), is_required=True,
              link=Link("grades", Grade)),
        Field("skills", word("Skills"), look=Look(24, box=40), limit=200, example="剪发 染发",
              help=word("What they can do, apart by blanks. Blank: everything.")),
        # Found by name and initials wherever one is chosen.
        Field("called", word("Name"), beside=_OF_USER.format("name"), in_form=False,
              is_listed=False),
        Field("initials", word("Initials"), beside=_OF_USER.format("pinyin"), in_form=False,
              is_listed=False),
        Field("is_active", word("In use"), "yes-no", default=True),
    ),
    find=("number", "called", "initials", "skills"),
    named="number",
    right="keep services",
    pick_right="",
    change_right="keep services",
    save=filled(save_stylist),
    drop=switch_stylist,
    is_switched=True,
    empty=word("Nobody serves yet. F2 names a member of staff."),
)  # fmt: skip
