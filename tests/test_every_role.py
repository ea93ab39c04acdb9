"""Everything that is read, against every role that a store is founded with.

What each may see is written down here: a report, listing, slip or export that forgets its right
shows up with who should not see it. What operations need is walked over in
tests/models/trust/test_every_right.py, the screens in tests/tui/test_change_of_user.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from models.base.database import in_one_transaction
from models.base.keys import new_key
from models.base.refusals import Refusal
from models.goods.export import export_goods
from models.listings import listing_pages
from models.listings.listing_records import record_of
from models.listings.listings import View, opened, record_export
from models.people.export import export_people
from models.people.history import history_of
from models.people.persons import Person
from models.people.records import save_person
from models.reports.report import found_in, make, this_month
from models.trust import roles
from models.trust.guard import RightMissing
from models.trust.operation import NeedsOverride, Session, new_uid
from models.trust.print_queue import PrintJob, looked_at
from models.trust.trades import TRADES, declared
from models.trust.users import Role, RoleRight, User
from tests.stores import Shop
from tests.trades import REPORTS
from tui.records.listings import listing, listing_names

pytestmark = pytest.mark.row("SYS-04", "SYS-05", "SYS-27")


@in_one_transaction
def shipped(shop: Shop, name: str) -> Session:
    """Somebody with a role as a store of all trades has it."""
    role, _ = Role.get_or_create(name=name, defaults={"key": new_key(), "scope": "all"})
    for verb, most in roles._granted(name, TRADES.values()).items():
        RoleRight.get_or_create(role=role, verb=verb, defaults={"key": new_key(), "most": most})
    Role.update(scope="all").where(Role.key == role.key).execute()
    User.update(role=role).where(User.login == "cashier").execute()
    return shop.cashier


def opens(*ways: Callable[[], object]) -> bool:
    """Whether somebody gets in; by all ways, or by none of them."""
    answers = set()
    for way in ways:
        try:
            way()
        except (RightMissing, NeedsOverride):
            answers.add(False)
        except Refusal:
            # Of another cause: he was let in.
            answers.add(True)
        else:
            answers.add(True)
    assert len(answers) == 1, "one way in looks at the right, another does not"
    return answers.pop()


# Who besides the owner sees what: M manager, C cashier, F front desk, S stylist, K stock clerk, A
# auditor. What does not stand here is for the office alone: a new place that forgets its right, or
# is meant for the counter, is named.
SEEN_BY: dict[str, dict[str, str]] = {
    "M": {
        "listing": "card_kinds commission_rules departments draws grades level_rules lots "
        "points_rules rate_plans rate_prices registers roles room_types rooms salon_services "
        "services settings stylists tenders things users",
    },
    "MA": {
        "report": "audit clients customer-grades departments exceptions house-days journal lots "
        "margin price-changes returns-by-reason sale-lines salon-services shifts "
        "takings-by-cashier takings-by-category takings-by-day takings-by-hour takings-by-item "
        "takings-by-kind takings-by-tender till-events trial-balance",
        "listing": "audit bills till_events",
        "slip": "day x",
    },
    "MF": {
        "report": "account-items accounts-moved arrivals departures in-house payables "
        "payables-due receivables room-status rooms-left supplier-payments",
        "listing": "companies groups room_closings stays suppliers",
        "slip": "deposit folio master registration reminder statement",
    },
    "MS": {
        "report": "staff-commission stylists tips",
        "listing": "formulas patch_tests",
        "slip": "commission",
    },
    "MK": {"listing": "categories goods places tax_rates units"},
    "MKA": {
        "report": "not-billed open-orders purchases purchases-by-supplier stock-value "
        "stock-flow stock-on-day supplier-bills stocktakes turnover",
        "listing": "deliveries orders supplier_prices",
        "slip": "goods_in goods_out order short stocktake",
    },
    "MCF": {"slip": "lot lot_money z handover", "file": "people"},
    "MCS": {"slip": "card card_note", "listing": "cards"},
    "MCFKA": {"report": "batches overstock shortage stock", "file": "goods rows"},
    "MFS": {"report": "birthdays"},
    "MCFS": {
        "listing": "absences appointments contacts people person_category "
        "person_company_nature person_company_type person_groups person_level person_province "
        "person_source person_status roster",
        "file": "history",
        "report": "attendance clients-missed recall to-remind utilisation",
    },
    "MCFSK": {
        "listing": "approvals print_jobs",
        "slip": "cash_move held invoice labels payment return sale void",
    },
}


def reports(who: Session) -> set[str]:
    def ways(kind: Any) -> Iterable[Callable[[], object]]:
        yield lambda: make(who, kind, this_month())
        if kind.search is not None:
            yield lambda: found_in(who, kind, "x")

    return {kind.name for kind in REPORTS if opens(*ways(kind))}


def listings(who: Session) -> set[str]:
    def ways(name: str) -> Iterable[Callable[[], object]]:
        of = listing(name)
        count = len(of.row._meta.get_primary_keys()) if of.row is not None else 1
        key = 4711 if count == 1 else (4711,) * count
        yield lambda: opened(who, of)
        yield lambda: record_of(who, of, key)
        if of.row is not None:
            yield lambda: listing_pages.page(who, of, View(), None)
            yield lambda: listing_pages.tally(who, of, View())
            yield lambda: listing_pages.line_of(who, of, key)
        if of.search is not None:
            yield lambda: listing_pages.found(who, of, View(text="x"))

    return {name for name in listing_names() if opens(*ways(name))}


def slips(who: Session) -> set[str]:
    def way(kind: str) -> Callable[[], object]:
        return lambda: looked_at(who, PrintJob(key=1, kind=kind, register=1, user=who.user))

    return {kind.name for kind in declared("slips") if opens(way(kind.name))}


def files(who: Session, folder: Path) -> set[str]:
    person = Person.get().key
    ways: dict[str, Callable[[], object]] = {
        "goods": lambda: export_goods(who, folder / f"{new_uid().hex}.csv"),
        "people": lambda: export_people(who, folder / f"{new_uid().hex}.csv"),
        "rows": lambda: record_export(who, "goods", rows=1, file="x", uid=new_uid()),
        "history": lambda: history_of(who, person),
    }
    return {name for name, way in ways.items() if opens(way)}


ROLES = {
    "M": roles.MANAGER, "C": roles.CASHIER, "F": roles.FRONT_DESK, "S": roles.STYLIST,
    "K": roles.STOCK_CLERK, "A": roles.AUDITOR,
}  # fmt: skip
READING = {"report": reports, "listing": listings, "slip": slips}


def test_what_each_role_may_see(shop: Shop, tmp_path: Path) -> None:
    """The owner sees it all; who else does, SEEN_BY says."""
    save_person(shop.owner, None, name="王芳", uid=new_uid())

    def seen_by(who: Session) -> dict[str, set[str]]:
        found = {kind: reading(who) for kind, reading in READING.items()}
        return found | {"file": files(who, tmp_path)}

    all_of_it = seen_by(shop.owner)
    by_role = {letter: seen_by(shipped(shop, name)) for letter, name in ROLES.items()}
    found = {
        (kind, name): "".join(each for each, seen in by_role.items() if name in seen[kind])
        for kind, names in all_of_it.items()
        for name in names
    }
    assert all_of_it["report"] == {kind.name for kind in REPORTS}
    assert all_of_it["listing"] == set(listing_names())
    said = {
        (kind, name): letters
        for letters, seen in SEEN_BY.items()
        for kind, names in seen.items()
        for name in names.split()
    }
    for place, letters in found.items():
        if place in said:
            assert letters == said[place], place
        else:
            assert not set(letters) & set("CSK"), place
    assert said.keys() <= found.keys()
