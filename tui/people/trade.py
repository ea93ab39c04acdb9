"""People on the screen: staff, roles, and those with an account."""

from __future__ import annotations

from receipts.words import word
from tui.desk.trade_screens import MenuEntry, TradeScreens, listing, report

STAFF = TradeScreens(
    "trust",
    menu=(
        MenuEntry(62, word("Staff members"), listing("users"), "keep staff"),
        MenuEntry(63, word("Roles and rights"), listing("roles"), "keep staff"),
        MenuEntry(64, word("Departments"), listing("departments"), "keep staff"),
        MenuEntry(461, word("Staff in figures"), report("staff-figures"), "keep staff", group=5),
        MenuEntry(92, word("My password and PIN"), "tui.people.own_secrets:change_secrets",
                  "change own secret"),
    ),
    listings={
        "users": "tui.people.users_listing:LISTING",
        "roles": "tui.people.roles_listing:LISTING",
        "departments": "tui.people.departments_listing:LISTING",
    },
)  # fmt: skip

_LISTS = (
    "category", "level", "source", "status", "company_type", "company_nature", "province",
)  # fmt: skip

PEOPLE = TradeScreens(
    "people",
    groups={2: word("Customers")},
    menu=(
        MenuEntry(21, word("People"), listing("people"), "see people"),
        MenuEntry(22, word("Contacts"), listing("contacts"), "see people"),
        MenuEntry(23, word("People groups"), listing("person_groups"), "keep people"),
        MenuEntry(24, word("Lists of people"), "tui.people.person_lists:open_lists",
                  "keep people"),
        MenuEntry(25, word("People from a file"), "tui.imports.screen:open_people_imports",
                  "import"),
        MenuEntry(56, word("Accounts of customers"), listing("companies"), "keep accounts"),
        MenuEntry(57, word("Suppliers"), listing("suppliers"), "keep accounts"),
    ),
    listings={
        "people": "tui.people.people_listing:LISTING",
        "contacts": "tui.people.contacts_listing:LISTING",
        "person_groups": "tui.people.person_groups_listing:LISTING",
        **{f"person_{name}": "tui.people.person_lists:LISTINGS" for name in _LISTS},
        "companies": "tui.people.companies_listing:LISTING",
        "suppliers": "tui.people.suppliers_listing:LISTING",
    },
)  # fmt: skip
