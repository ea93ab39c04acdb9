"""The data scope of a role: own, team, store, all; in lists, reports, slips and the inbox."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.base.database import is_sqlite, transaction
from models.base.keys import new_key
from models.ledger.daily import drawer, prints, shifts
from models.ledger.daily.prints import print_sale, print_x
from models.ledger.documents import Document
from models.listings import listing_pages
from models.listings.listing_reader import Line
from models.listings.listing_records import record_of
from models.listings.listings import View
from models.reports import account_lists, books_lists, stock_lists, takings_lists
from models.reports.bills import BillUnknown
from models.reports.looking import closed_shifts, look_at_bill, look_at_shift
from models.reports.report import ReportKind, found_in, make, pages_of, this_month
from models.shop.sales import Sale
from models.trust import print_queue, staff
from models.trust.approvals import inbox, request_approval
from models.trust.guard import RightMissing
from models.trust.operation import NeedsOverride, new_uid
from models.trust.print_queue import JobNotThere, PrintJob
from models.trust.scopes import OutOfScope, Scope, ScopeTooNarrow
from models.trust.users import SCOPES, Department, Role, RoleRight, User, rights_of
from tests.stores import Shop, scoped, yuan
from tui import trades  # noqa: F401 - lists the rooms
from tui.records.listings import listing, listing_names

pytestmark = pytest.mark.row("SYS-05", "SYS-26")

MINE, MATES, OTHERS = "张收银", "同事", "李经理"
SEEN = {
    "own": {MINE},
    "team": {MINE, MATES},
    "store": {MINE, MATES, OTHERS},
    "all": {MINE, MATES, OTHERS},
}
VERBS = ("see takings", "read audit", "print", "reprint", "keep staff", "review", "keep accounts")


@pytest.fixture
def busy(shop: Shop) -> Shop:
    """A day of three people: the cashier, a mate of the same department, a manager of another."""
    role = Role.get(Role.name == "收银员")
    with transaction():
        for verb in VERBS:
            RoleRight.get_or_create(role=role, verb=verb, defaults={"key": new_key()})
    mate = staff.add_user(
        shop.owner, login="mate", name=MATES, department=Department.get(), role=role,
        password_hash="x", must_change=False, uid=new_uid(),
    )  # fmt: skip
    shop.users["mate"] = mate.key
    office = staff.save_department(shop.owner, None, version=0, name="办公室", uid=new_uid())
    elsewhere = User.login.not_in(["cashier", "mate"])
    User.update(department=office).where(elsewhere).execute()
    body = {"goods": shop.goods("1004").key, "quantity": -1000}
    for login in ("cashier", "mate", "manager"):
        who = shop.who(login)
        shop.open_shift(session=who)
        shop.sell("1001", session=who)
        shop.close_shift(who)
        request_approval(
            who, "stock adjustment", title=login, body=body, reason="数错",
            uid=new_uid(),
        )  # fmt: skip
    return shop


def names_in(shop: Shop, kind: ReportKind, column: int) -> set[str]:
    report = make(shop.cashier, kind, this_month())
    return {str(row[column]) for row in report.rows}


@pytest.mark.parametrize("scope", SCOPES)
def test_reports_show_the_work_that_a_role_sees(busy: Shop, scope: str) -> None:
    session = scoped(busy, scope)
    assert names_in(busy, takings_lists.BY_CASHIER, 0) == SEEN[scope]
    assert names_in(busy, books_lists.SHIFTS, 2) == SEEN[scope]
    assert names_in(busy, books_lists.AUDIT, 3) & SEEN["all"] == SEEN[scope]
    # What is summed is summed over the same: 2.00 for each of them.
    count = len(SEEN[scope])
    for kind in (takings_lists.BY_DAY, takings_lists.BY_TENDER, takings_lists.BY_ITEM):
        assert make(session, kind, this_month()).totals[-1] == yuan(f"{2 * count}"), kind.name


@pytest.mark.parametrize("scope", SCOPES)
def test_exceptions_at_the_till(busy: Shop, scope: str) -> None:
    for login in ("cashier", "mate", "manager"):
        drawer.open_drawer(
            busy.who(login), reason="试", uid=(uid := new_uid()),
            override=None if login == "manager" else busy.override(uid),
        )  # fmt: skip
    scoped(busy, scope)
    assert names_in(busy, books_lists.EXCEPTIONS, 0) == SEEN[scope]
    assert names_in(busy, books_lists.TILL_EVENTS, 3) == SEEN[scope]


def test_figures_of_the_whole_store_are_for_who_sees_it(busy: Shop) -> None:
    for scope in ("own", "team"):
        session = scoped(busy, scope)
        for kind in (books_lists.TRIAL_BALANCE, account_lists.RECEIVABLES):
            with pytest.raises(ScopeTooNarrow):
                make(session, kind, this_month())
    for scope in ("store", "all"):
        assert make(scoped(busy, scope), books_lists.TRIAL_BALANCE, this_month()).rows
    # Goods are nobody's work.
    assert found_in(scoped(busy, "own"), stock_lists.STOCK, "矿泉水")


def test_a_report_ends_when_its_reader_may_no_longer(busy: Shop) -> None:
    session = scoped(busy, "all")
    pages = pages_of(session, takings_lists.BY_DAY, this_month())
    next(pages)
    busy.take(busy.owner, "收银员", "see takings")
    with pytest.raises(RightMissing):
        next(pages)
    busy.take(busy.owner, "收银员", "see stock")
    with pytest.raises(RightMissing):
        found_in(session, stock_lists.STOCK, "矿泉水")


# Listing -> the users of whose work its rows are.
OWNED: dict[str, Callable[[Line], Any]] = {
    "bills": lambda line: line.values["user"].text,
    "till_events": lambda line: line.values["user"].text,
    "approvals": lambda line: line.values["user"].text,
    "audit": lambda line: line.values["user_name"],
    "users": lambda line: line.values["name"],
    "print_jobs": lambda line: User.get_by_id(PrintJob.get_by_id(line.key).user).name,
}


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("name", OWNED)
def test_lists_show_the_work_that_a_role_sees(busy: Shop, name: str, scope: str) -> None:
    of, session = listing(name), scoped(busy, scope)
    lines = listing_pages.page(session, of, View(), None).lines
    assert {OWNED[name](line) for line in lines} & SEEN["all"] == SEEN[scope]
    assert listing_pages.tally(session, of, View()).count == len(lines)
    # A key that somebody knows opens no record beyond it.
    everything = listing_pages.page(busy.owner, of, View(), None).lines
    for line in everything:
        is_seen = line.key in {each.key for each in lines}
        assert (record_of(session, of, line.key) is not None) == is_seen
        assert (listing_pages.line_of(session, of, line.key) is not None) == is_seen


def test_every_book_with_a_person_in_it_says_whose_work_it_is() -> None:
    """A new listing whose table names who did it is narrowed as well, or named here."""
    # Notes of how something was set up; people, where it is whose private side a record is; groups,
    # and what waits for guests, which are the whole desk's whoever wrote them; orders and
    # deliveries, which are the store room's; who serves, whom each client may ask for; the board of
    # appointments, which is the whole counter's whoever booked, and who is away on it.
    others = {"settings", "people", "groups", "traces", "visitors", "tax_invoices", "orders",
              "deliveries", "stylists", "appointments", "absences"}  # fmt: skip
    for name in listing_names():
        of = listing(name)
        if of.row is not None and name not in others:
            named = {"user", "created_by"} & of.row._meta.fields.keys()
            assert named <= set(of.owners), name
    # People nobody is responsible for are everybody's, and so are contacts who are nobody else's:
    # tests/models/shop/test_customers.py.
    assert {*OWNED, "people", "contacts"} == {
        name for name in listing_names() if listing(name).owners
    }


def bills(shop: Shop) -> dict[str, Document]:
    sold = Document.select().join(Sale, on=Sale.document == Document.key)
    return {User.get_by_id(one.user).login: one for one in sold}


@pytest.mark.parametrize("scope", SCOPES)
def test_slips_show_the_work_that_a_role_sees(busy: Shop, scope: str) -> None:
    session = scoped(busy, scope)
    seen = {User.get(User.name == name).login for name in SEEN[scope]}
    for login, bill in bills(busy).items():
        job = PrintJob.get(PrintJob.subject == bill.key, PrintJob.kind == "sale")
        for work in (
            lambda bill=bill: look_at_bill(session, bill.key),
            lambda bill=bill: print_sale(session, bill.key, uid=new_uid()),
            lambda job=job: print_queue.looked_at(session, job),
            lambda job=job: prints.reprint(session, job.key, uid=new_uid()),
        ):
            if login in seen:
                work()
            else:
                with pytest.raises(OutOfScope):
                    work()
    closed = closed_shifts(session, 1)
    assert {User.get_by_id(one.user).login for one in closed} == seen
    for shift in shifts.Shift.select():
        if User.get_by_id(shift.user).login in seen:
            assert look_at_shift(session, shift.key).kind == "Z"
        else:
            with pytest.raises(OutOfScope):
                look_at_shift(session, shift.key)


def test_a_copy_stays_the_work_of_whom_it_shows(busy: Shop) -> None:
    bill = bills(busy)["mate"]
    job = PrintJob.get(PrintJob.subject == bill.key)
    prints.reprint(busy.manager, job.key, uid=new_uid())
    copy = PrintJob.select().order_by(PrintJob.key.desc()).first()
    assert (copy.copy_no, copy.user) == (1, busy.users["mate"])


def test_who_sees_it_may_approve_it_on_the_screen(busy: Shop) -> None:
    session, uid = scoped(busy, "own"), new_uid()
    bill = bills(busy)["mate"]
    with pytest.raises(OutOfScope) as refused:
        print_sale(session, bill.key, uid=uid)
    assert refused.value.can_be_approved
    print_sale(session, bill.key, uid=uid, override=busy.override(uid))


def test_an_x_is_the_work_of_whose_shift_it_is(busy: Shop) -> None:
    mates = busy.open_shift(session=busy.who("mate"))
    session = scoped(busy, "own")
    for work in (
        lambda: look_at_shift(session, mates.key),
        lambda: print_x(session, mates.key, uid=new_uid()),
    ):
        with pytest.raises(OutOfScope):
            work()
    assert look_at_shift(scoped(busy, "team"), mates.key).kind == "X"
    busy.take(busy.owner, "收银员", "see takings")
    with pytest.raises(RightMissing):
        look_at_shift(session, mates.key)
    with pytest.raises(NeedsOverride):
        print_x(session, mates.key, uid=new_uid())


def test_what_is_not_there(busy: Shop) -> None:
    with pytest.raises(BillUnknown):
        look_at_bill(busy.cashier, 4711)
    with pytest.raises(JobNotThere):
        print_sale(busy.cashier, 4711, uid=new_uid())
    with pytest.raises(shifts.NoOpenShift):
        print_x(busy.manager, 4711, uid=new_uid())


@pytest.mark.parametrize("scope", SCOPES)
def test_the_inbox_holds_what_the_list_shows(busy: Shop, scope: str) -> None:
    """A reviewer's own request is never in it."""
    busy.give(busy.owner, "收银员", adjust_stock=None)
    scoped(busy, scope)
    rights = rights_of(busy.users["cashier"])
    assert rights is not None
    waiting = {request.title for request in inbox(busy.users["cashier"], rights)}
    logins = {User.get(User.name == name).login for name in SEEN[scope]}
    assert waiting == logins - {"cashier"}


def test_one_store_of_several(busy: Shop) -> None:
    """In a database of several stores its own is a condition; a file holds no other."""
    text, values = Scope("store", 1, 2).where(['d."user"'], 'd."store"')
    assert (text, values) == (("", ()) if is_sqlite() else (' AND d."store" = ?', (1,)))
    assert Scope("all", 1, 2).where(['d."user"'], 'd."store"') == ("", ())
    own = Scope("own", 7, 2).where(['s."user"', 's."closed_by"'], 's."store"')
    assert own == (' AND s."store" = ? AND (s."user" = ? OR s."closed_by" = ?)', (1, 7, 7))
