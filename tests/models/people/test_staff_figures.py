"""The staff: entered, changed, found by any condition, and counted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

import tui.trades  # noqa: F401 - lists the rooms
from models.listings import listing_pages
from models.listings.listings import Condition, View
from models.people.persons import own_record
from models.people.records import save_person
from models.reports.report import Period, make
from models.reports.staff_lists import STAFF_FIGURES
from models.trust import secrets, staff
from models.trust.operation import new_uid
from models.trust.scopes import ScopeTooNarrow
from models.trust.users import Department, Role, User
from tests.stores import FIRST_DAY, Shop, scoped
from tui.records.listings import listing


@pytest.mark.row("HR-01", "HR-29")
def test_staff_are_entered_changed_found_and_counted(shop: Shop) -> None:
    """Five work here since before the first day; one comes, another leaves."""
    salon = staff.save_department(shop.owner, None, version=0, name="发型部", uid=new_uid())
    cashiers = Role.get(Role.name == "收银员")
    new = staff.add_user(
        shop.owner, login="105", name="王小明", pinyin="wxm", department=salon, role=cashiers,
        must_change=False, password_hash=secrets.hash_password("salon-of-thirty"),
        uid=new_uid(),
    )  # fmt: skip
    facts: dict[int, dict[str, Any]] = {
        new.key: {
            "name": "王小明",
            "sex": "m",
            "email": "wang@shop.cn",
            "birthday": date(1999, 5, 6),
        },
        shop.users["clerk"]: {
            "name": "赵库管",
            "sex": "f",
            "email": "zhao@depot.cn",
            "birthday": date(1988, 1, 2),
        },
    }
    for user, told in facts.items():
        assert own_record(user) == (None, told["name"])
        made = save_person(shop.owner, None, user=user, uid=new_uid(), **told)
        assert own_record(user) == (made.key, told["name"])
    save_person(shop.owner, None, name="王芳", sex="f", email="wang@home.cn", uid=new_uid())
    auditor = User.get(User.login == "auditor")
    staff.change_user(
        shop.owner, auditor, version=auditor.version, login="auditor", name=auditor.name,
        pinyin="", department=auditor.department, role=auditor.role, is_active=False,
        language="zh", uid=new_uid(),
    )  # fmt: skip
    users = listing("users")
    for view, found in (
        (View(text="wxm"), ["王小明"]), (View(text="小明"), ["王小明"]),
        (View(conditions=(Condition("department", "=", salon.key),)), ["王小明"]),
        (View(conditions=(Condition("is_active", "=", False),)), ["钱审计"]),
    ):  # fmt: skip
        page = listing_pages.page(shop.owner, users, view, None).lines
        assert [line.values["name"] for line in page] == found
    people, of_staff = listing("people"), Condition("user", "<>", None)
    for conditions, found in (
        ((), ["王小明", "赵库管"]),
        ((Condition("email", "has", "wang"),), ["王小明"]),
        ((Condition("email", "like", "%.cn"), Condition("sex", "=", "f")), ["赵库管"]),
        ((Condition("birthday", ">=", "1990-01-01"),), ["王小明"]),
        ((Condition("user", "=", new.key),), ["王小明"]),
    ):  # fmt: skip
        view = View(conditions=(of_staff, *conditions))
        page = listing_pages.page(shop.owner, people, view, None).lines
        assert [line.values["name"] for line in page] == found, conditions
    report = make(shop.owner, STAFF_FIGURES, Period(FIRST_DAY, FIRST_DAY))
    rows = {row[:2]: row[2:] for row in report.rows}
    assert rows["发型部", "收银员"] == (1, 1, 0, 1, 0)
    main = Department.get(Department.name != "发型部").name
    assert rows[main, "库管员"][:4] == (1, rows[main, "库管员"][1], 1, 0)
    assert rows[main, "审计员"] == (0, 0, 0, 0, 1)
    assert (report.totals[2], report.totals[6]) == (5, 1)
    later = make(shop.owner, STAFF_FIGURES, Period(*[FIRST_DAY + timedelta(days=9)] * 2))
    assert later.totals[3] == 0
    shop.give(shop.owner, "收银员", keep_staff=None)
    with pytest.raises(ScopeTooNarrow):
        make(scoped(shop, "own"), STAFF_FIGURES, Period(FIRST_DAY, FIRST_DAY))
