"""What desks do at once, each in a process of its own (tests/models/contenders.py)."""

from __future__ import annotations

import time
from collections.abc import Callable

from models.base.database import store_number
from models.base.money import Money
from models.hotel.audit.audit import next_block, post_nights
from models.hotel.charges import postings
from models.hotel.charges.folio_lines import FolioLine
from models.hotel.desk.arrivals import Guest, walk_in
from models.hotel.reservations.bookings import RoomWish
from models.hotel.rooms.rates import RatePlan
from models.hotel.rooms.rooms import Room
from models.hotel.stays.stays import IN_HOUSE, Stay
from models.ledger.daily.days import close_day, close_uid, store_day
from models.trust.operation import Session, new_uid, open_day
from tests.models.contenders import became, next_after
from tests.stores import CNY


def give_last_room(session: Session, number: str) -> list[str]:
    """A guest at each desk, into the same room; who got it, or why not."""
    room, day = Room.get(Room.number == number), open_day(store_number())
    wish = RoomWish(room.room_type_id, day, next_after(day), RatePlan.get().key, room=room.key)
    return [became(lambda: walk_in(session, wish, [Guest("散客")], uid=new_uid()).name)]


def audit_or_charge(session: Session, charges: int) -> list[str]:
    """Registers 1 and 2 post the night, 1 closes it; the others charge everybody in the house,
    and go on until each has charged on the next date. The date of each charge.
    """
    day = store_day()
    if session.register <= 2:
        return _audit(session, by_two=session.register == 2)
    living = list(Stay.select().where(Stay.state == IN_HOUSE).order_by(Stay.key))
    answers: list[str] = []
    until = time.monotonic() + 60
    while time.monotonic() < until and answers.count(next_after(day).isoformat()) < charges:
        stay = living[len(answers) % len(living)]
        answers.append(became(_charging(session, stay)))
    return answers


def _charging(session: Session, stay: Stay) -> Callable[[], object]:
    uid, amount = new_uid(), Money(100, CNY)
    return lambda: postings.post_charge(session, stay, "4000", amount, uid=uid).day


def _audit(session: Session, *, by_two: bool) -> list[str]:
    day = store_day()
    until = time.monotonic() + 60
    # Not before the others are at work.
    while FolioLine.select().count() < 4 and time.monotonic() < until:
        time.sleep(0.01)
    # Two rooms at a time, so that both come to post.
    while block := next_block(day)[:2]:
        answer = became(lambda: post_nights(session, block, uid=new_uid()))
        if not answer.isdecimal():
            return [answer]
    if by_two:
        return ["posted"]
    return [became(lambda: f"closed {_close(session)}")]


def _close(session: Session) -> str:
    day = store_day()
    close_day(session, next_day=next_after(day), uid=close_uid(day))
    return day.isoformat()
