"""What happens each time the demonstration counter is opened."""

from __future__ import annotations

from datetime import date

from models.base.database import store_number
from models.ledger.daily import days
from models.trust import sign_in
from models.trust.operation import new_uid, open_day
from tui.demo import hotel, people


def open_register(register: int, today: date) -> None:
    """Sign the manager in by password, so that PINs work, and close the days since the last time.

    The store must be open. Guests who were to leave have left, and who was expected has not come;
    a shift that was left open keeps its day, so that what was begun is found as it was.
    """
    manager = sign_in.sign_in(register, people.MANAGER.login, people.MANAGER.password)
    if days.open_shifts():
        return
    while (day := open_day(store_number())) < today:
        hotel.answer_for(manager, day)
        days.close_day(manager, next_day=min(today, day + days.FURTHEST), uid=new_uid())
        sign_in.sign_in(register, people.MANAGER.login, people.MANAGER.password)
