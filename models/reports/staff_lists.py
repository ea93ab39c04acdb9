"""Staff in figures (人员统计): how many work in which department and role, who came, who left."""

from __future__ import annotations

from collections.abc import Iterator

from models.base.clock import from_micros
from models.base.hot import Statement
from models.base.words import word
from models.ledger.store_card import local
from models.reports.report import COUNT, Column, Period, ReportKind, Rows
from models.trust.scopes import STORE, Scope

# His own record says whether somebody is a man or a woman, where there is one.
_STAFF = Statement(
    'SELECT d."name", r."name", u."is_active", u."created_at", '
    '(SELECT min(p."sex") FROM "person" p WHERE p."user_id" = u."key" AND p."sex" <> \'\') '
    'FROM "user" u JOIN "department" d ON d."key" = u."department_id" '
    'JOIN "role" r ON r."key" = u."role_id" ORDER BY d."position", d."name", r."name"'
)


def _pages(period: Period, scope: Scope) -> Iterator[Rows]:
    # Of each: in use, of them came in the period, women, men; and no longer in use.
    sums: dict[tuple[str, str], list[int]] = {}
    for department, role, is_active, created, sex in _STAFF.rows():
        kept = sums.setdefault((department, role), [0] * 5)
        if not is_active:
            kept[4] += 1
            continue
        came = local(from_micros(int(created))).date()
        kept[0] += 1
        kept[1] += period.first <= came <= period.last
        kept[2] += sex == "f"
        kept[3] += sex == "m"
    yield [(*names, *figures) for names, figures in sums.items()]


STAFF_FIGURES = ReportKind(
    "staff-figures",
    word("Staff in figures"),
    "keep staff",
    (
        Column(word("Department")),
        Column(word("Role")),
        Column(word("Work here"), COUNT, is_summed=True),
        Column(word("Came in this time"), COUNT, is_summed=True),
        Column(word("Women"), COUNT, is_summed=True),
        Column(word("Men"), COUNT, is_summed=True),
        Column(word("No longer here"), COUNT, is_summed=True),
    ),
    _pages,
    least=STORE,
)
