"""How somebody pays what stands on his accounts, among what is known of him."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.ledger.daily import days
from models.ledger.debts.habits import habit_of
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import Folio, open_folio
from models.people.history import history_of
from models.people.records import save_person
from models.trust.operation import Session, new_uid
from tests.models.ledger.test_dues import pay_account
from tests.stores import CARD, FIRST_DAY, ON_ACCOUNT, Shop, yuan

LATER = FIRST_DAY + timedelta(days=20)


def known(session: Session, person: int) -> dict[str, str]:
    found = history_of(session, person)
    assert found is not None
    return {each.label: str(each.value) for each in found.figures if each.right}


@pytest.mark.row("CUS-40")
def test_the_grade_follows_from_how_somebody_pays(shop: Shop) -> None:
    person = save_person(shop.owner, None, name="王芳", uid=new_uid()).key
    folio = open_folio(
        shop.owner, kind=COMPANY, name="对面公司", limit=yuan("100.00"), terms=10, owner=person,
        uid=new_uid(),
    )  # fmt: skip

    def charge() -> None:
        shop.sell("1004", tender=ON_ACCOUNT, session=shop.owner, folio=folio.key)

    shop.open_shift(session=shop.owner)
    charge()
    # Nothing is due yet, and nothing was paid: no grade.
    assert known(shop.owner, person) == {"Limit": "100.00", "Owed": "25.00", "Overdue": "0.00"}
    shop.close_shift()
    days.close_day(shop.owner, next_day=LATER, uid=new_uid())
    shop.open_shift(session=shop.owner)
    assert known(shop.owner, person)["Overdue"] == "25.00"
    pay_account(shop, Folio.get_by_id(folio.key), CARD, "25.00")
    charge()
    assert known(shop.owner, person) == {
        "Limit": "100.00", "Owed": "25.00", "Overdue": "0.00", "Pays after, days": "20",
        "Credit grade": "B",
    }  # fmt: skip
    # Who keeps no accounts sees nothing of it.
    assert known(shop.cashier, person) == {}

    # Paid on the day on which it was charged, half of the money was ten days late: five of all.
    pay_account(shop, Folio.get_by_id(folio.key), CARD, "25.00")
    habit = habit_of([Folio.get_by_id(folio.key)], LATER)
    assert (habit.pays_after, habit.late, habit.grade) == (10, 5, "B")
    charge()
    for overdue, grade in ((0, "B"), (30, "B"), (31, "C")):
        habit = habit_of([Folio.get_by_id(folio.key)], LATER + timedelta(days=10 + overdue))
        assert (habit.overdue_days, habit.grade) == (overdue, grade)
        assert str(habit.overdue) == ("25.00" if overdue else "0.00")


@pytest.mark.row("CUS-40")
def test_who_pays_when_it_is_due_has_the_best_grade(shop: Shop) -> None:
    folio = open_folio(
        shop.owner, kind=COMPANY, name="对面公司", limit=yuan("100.00"), uid=new_uid()
    )
    shop.open_shift(session=shop.owner)
    shop.sell("1004", tender=ON_ACCOUNT, session=shop.owner, folio=folio.key)
    pay_account(shop, folio, CARD, "25.00")
    habit = habit_of([folio], FIRST_DAY)
    assert (habit.pays_after, habit.late, habit.grade) == (0, 0, "A")
