"""People on the screen: staff, roles, and those with an account."""

from __future__ import annotations

from receipts.words import word
from tui.desk.trade_screens import MenuEntry, TradeScreens, book

STAFF = TradeScreens(
    "trust",
    menu=(
        MenuEntry(62, word("Staff members"), book("users"), "keep staff"),
        MenuEntry(63, word("Roles and rights"), book("roles"), "keep staff"),
        MenuEntry(64, word("Departments"), book("departments"), "keep staff"),
        MenuEntry(92, word("My password and PIN"), "tui.people.own_secrets:change_secrets",
                  "change own secret"),
    ),
    books={
        "users": "tui.people.users_book:BOOK",
        "roles": "tui.people.roles_book:BOOK",
        "departments": "tui.people.departments_book:BOOK",
    },
)  # fmt: skip

_LISTS = (
    "category", "level", "source", "status", "company_type", "company_nature", "province",
)  # fmt: skip

PEOPLE = TradeScreens(
    "people",
    groups={2: word("Customers")},
    menu=(
        MenuEntry(21, word("People"), book("people"), "see people"),
        MenuEntry(22, word("Contacts"), book("contacts"), "see people"),
        MenuEntry(23, word("Groups of people"), book("person_groups"), "keep people"),
        MenuEntry(24, word("Lists of people"), "tui.people.person_lists:open_lists",
                  "keep people"),
        MenuEntry(25, word("People from a file"), "tui.imports.screen:open_people_imports",
                  "import"),
        MenuEntry(56, word("Accounts of customers"), book("companies"), "keep accounts"),
        MenuEntry(57, word("Suppliers"), book("suppliers"), "keep accounts"),
    ),
    books={
        "people": "tui.people.people_book:BOOK",
        "contacts": "tui.people.contacts_book:BOOK",
        "person_groups": "tui.people.person_groups_book:BOOK",
        **{f"person_{name}": "tui.people.person_lists:BOOKS" for name in _LISTS},
        "companies": "tui.people.companies_book:BOOK",
        "suppliers": "tui.people.suppliers_book:BOOK",
    },
)  # fmt: skip
