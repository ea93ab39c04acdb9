"""People who are not users: customers, companies, suppliers; every trade has them."""

from __future__ import annotations

from models.trust import roles
from models.trust.trades import Trade

_AT_THE_COUNTER = ("see people", "keep people")

PEOPLE = Trade(
    "people",
    is_always=True,
    tables=(
        "models.people.lists", "models.people.persons", "models.people.contacts",
        "models.people.merging",
    ),
    checks=("models.people.checks:PEOPLE_CHECKS",),
    indexes=("models.people.index:PEOPLE_INDEX",),
    ships="models.people.lists:ship",
    verbs={
        "see people": "",
        "keep people": "",
        "remove people": "",
        "merge people": "",
        "keep contacts": "",
        "remove contacts": "",
        "see private facts": "",
        "see private numbers": "",
    },
    reports={"staff-figures": "models.reports.staff_lists:STAFF_FIGURES"},
    imports={"people": "models.people.people_import:PEOPLE"},
    grants={
        roles.CASHIER: _AT_THE_COUNTER,
        roles.FRONT_DESK: (
            *_AT_THE_COUNTER, "keep contacts", "see private facts", "see private numbers",
        ),
        roles.STYLIST: (*_AT_THE_COUNTER, "see private facts"),
    },
)  # fmt: skip
