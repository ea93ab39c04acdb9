"""Departments (部门), chosen at sign-in."""

from __future__ import annotations

from models.listings.listings import Field, Listing
from models.trust.staff import save_department
from models.trust.users import Department
from receipts.words import word

LISTING = Listing(
    "departments",
    word("Departments"),
    Department,
    order="position",
    fields=(
        Field(
            "position", word("Sort order"), "number", default=0, is_sorted=True,
            help=word("The order in which sign-in offers them."), is_required=True,
        ),
        Field("name", word("Name"), limit=40, is_required=True, is_sorted=True,
              example="收银"),
        Field("is_active", word("In use"), "yes-no", default=True),
    ),
    right="keep staff",
    change_right="keep staff",
    save=save_department,
)  # fmt: skip
