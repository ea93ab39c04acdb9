"""What leaving late, leaving early and coming before the morning cost, by the rules of the house.

Each is a charge of its own code, measured by the nights as they were agreed. A waiver needs its
right and a reason, holds for what it was said of, and is not asked again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta

from models.base import clock
from models.base.fields import store_currency
from models.base.money import Money
from models.base.rates import Rate
from models.hotel.charges.charge_parts import charge_parts
from models.hotel.charges.folio_lines import CHARGE, TRANSFER, FolioLine, is_answered
from models.hotel.charges.hours import EarlyMorning, LateRule, early_morning_fee
from models.hotel.charges.postings import charge_stay, let_off
from models.hotel.charges.services import EARLY_CODE, EARLY_LEAVE_CODE, LATE_CODE, service_of
from models.hotel.rooms.rates import BY_DAY, Priced
from models.hotel.stays.stays import IN_HOUSE, Night, Stay
from models.ledger.documents import Document
from models.ledger.folios import OPEN, Folio
from models.ledger.store_card import local
from models.trust.operation import Job
from models.trust.settings import setting


def _is_hour(text: object) -> bool:
    try:
        return isinstance(text, str) and bool(time.fromisoformat(text).isoformat())
    except ValueError:
        return False


ONCE, BY_HOUR = LATE_WAYS = ("once", "hour")
late_from = setting("hotel.late_from", "12:00", check=_is_hour)
late_whole_after = setting("hotel.late_whole_after", "18:00", check=_is_hour)
late_per_cent = setting("hotel.late_per_cent", 50, check=lambda share: 0 <= share <= 100)
late_way = setting("hotel.late_way", ONCE, allowed=LATE_WAYS)
early_until = setting("hotel.early_until", "06:00", check=_is_hour)
early_morning = setting("hotel.early_morning", EarlyMorning.NOTHING, allowed=EarlyMorning.CHOICES)
# Of the nights that somebody drops who is in the house so many are paid; 0: none.
dropped_nights = setting("hotel.dropped_nights", 0, check=lambda nights: 0 <= nights <= 30)


def late_rule() -> LateRule:
    """When a late departure costs part of a night, and when a whole one."""
    return LateRule(
        time.fromisoformat(late_from.value()), time.fromisoformat(late_whole_after.value()),
        Rate.percent(f"{late_per_cent.value()}"), is_hourly=late_way.value() == BY_HOUR,
    )  # fmt: skip


def leaving_price(stay: Stay, day: date) -> tuple[str, Money]:
    """What leaving now costs beside the nights, and under which code: the hour on the day of
    departure, before it the nights that are dropped.
    """
    if day < stay.departure - timedelta(days=1):
        return EARLY_LEAVE_CODE, dropped_price(_open_nights(stay, after=day))
    return LATE_CODE, late_price(stay)


def late_price(stay: Stay) -> Money:
    """The price of leaving at this hour; that of the last night is its measure. The clock says how
    late it is, not the business date: the evening before the day of departure is not late, however
    early the audit was, and behind the midnight of that day a whole night is paid, however late it
    is. A room by day has no late hour, and the hour is charged once: not again to a guest who came
    back.
    """
    now = local(clock.now())
    nights = Night.select().where(Night.stay == stay, Night.is_live)
    last = nights.order_by(Night.day.desc()).first()
    if last is None or last.use in BY_DAY or now.date() < stay.departure or _late_lines(stay):
        return _nothing()
    if now.date() > stay.departure:
        return last.price
    return late_rule().fee(last.price, now.time())


def late_back(stay: Stay, departure: date) -> list[tuple[FolioLine, Money]]:
    """What somebody in the house who stays on after all was charged for leaving late, and has back:
    each charge with what is left of it, on accounts that are open.
    """
    lines = _late_left(stay, departure)
    return [(line, left) for folio, line, left in lines if folio.status == OPEN]


def late_kept(stay: Stay, departure: date) -> list[tuple[Folio, Money]]:
    """What of it he has not back, each with the account on which it stands: that is closed, of a
    guest who has left or of a company, and nothing is posted there before it is open again.
    """
    lines = _late_left(stay, departure)
    return [(folio, left) for folio, _, left in lines if folio.status != OPEN]


def _late_left(stay: Stay, departure: date) -> list[tuple[Folio, FolioLine, Money]]:
    """What is left of each late charge of somebody in the house who stays on, and where."""
    if stay.state != IN_HOUSE or departure <= stay.departure:
        return []
    lines = [(line, line.amount - let_off(line)) for line in _late_lines(stay)]
    found = Folio.select().where(Folio.key << [line.folio for line, _ in lines])
    folios = {folio.key: folio for folio in found}
    return [(folios[line.folio], line, left) for line, left in lines if left.minor > 0]


def dropped_price(nights: Iterable[Night]) -> Money:
    """The price of dropping these nights of somebody who is in the house: the first of them, as
    many as the rule says.
    """
    live = [night for night in nights if night.is_live]
    paid = sorted(live, key=lambda night: night.day)[: dropped_nights.value()]
    return Money.total((night.price for night in paid), store_currency())


def shortening_price(stay: Stay, departure: date) -> Money:
    """What another day of departure costs somebody who is in the house."""
    if stay.state != IN_HOUSE or departure >= stay.departure:
        return _nothing()
    return dropped_price(_open_nights(stay, after=departure - timedelta(days=1)))


def early_price(stay: Stay, day: date) -> Money:
    """What coming now costs beside the nights: after the audit and before the morning, the rest of
    the night that is over; its measure is the first night.
    """
    if stay.arrival != day:
        return _nothing()
    first = Night.select().where(Night.stay == stay, Night.is_live).order_by(Night.day).first()
    return early_price_of(first, day) if first else _nothing()


def early_price_of(night: Priced, day: date) -> Money:
    """The same for a first night that is booked, or only asked for; a room by day is had at any
    hour. Before the audit he has the night of the date that is still open, and pays no other.
    """
    now = local(clock.now())
    if now.date() != day or night.is_by_day:
        return _nothing()
    until = time.fromisoformat(early_until.value())
    return early_morning_fee(night.price, now.time(), until=until, rule=early_morning.value())


def fee_total(code: str, price: Money) -> Money:
    """A fee as it will stand on the folio."""
    return charge_parts(price, service_of(code).rules).total if price else price


def charge_fee(job: Job, stay: Stay, code: str, price: Money) -> Document | None:
    """Post a fee inside an operation; none for nothing."""
    return charge_stay(job, stay, service_of(code), price) if price else None


def charge_early(job: Job, stay: Stay) -> None:
    """At check-in: what coming before the morning costs."""
    charge_fee(job, stay, EARLY_CODE, early_price(stay, job.day))


def _open_nights(stay: Stay, *, after: date) -> list[Night]:
    return list(
        Night.select().where(
            Night.stay == stay, Night.day > after, Night.is_live, Night.document.is_null()
        )
    )


def _late_lines(stay: Stay) -> list[FolioLine]:
    """What was charged for leaving late, by the clock on the day of departure or behind it, and was
    not voided; where it was moved, it stands there.
    """
    charged = FolioLine.select(FolioLine, Document).join(Document).where(
        # The business date may still be the one before: the audit comes after midnight.
        Document.day >= stay.departure - timedelta(days=1), FolioLine.stay == stay.key,
        FolioLine.code == LATE_CODE, FolioLine.kind << (CHARGE, TRANSFER),
    )  # fmt: skip
    return [
        line
        for line in charged
        if line.amount.minor > 0 and local(line.document.at).date() >= stay.departure
        if not is_answered(line)
    ]


def _nothing() -> Money:
    return Money(0, store_currency())
