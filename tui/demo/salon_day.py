"""The demonstration salon's today: chairs, hours, and a board that is half done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache

from models.goods.goods import Goods
from models.salon.absences import save_absence
from models.salon.appointments import ARRIVED, DONE, NO_SHOW, SERVING, Appointment
from models.salon.booking import Client, cancel_appointment, save_appointment
from models.salon.guarding import Wish
from models.salon.hours import hour_text, instant_at, minute_at, minute_from
from models.salon.roster import save_roster_hours
from models.salon.rotation import HERE, set_presence
from models.salon.stylists import Stylist
from models.salon.things import save_thing
from models.salon.visits import note_reminder, step_appointment
from models.salon.walk_ins import add_walk_in
from models.trust import company
from models.trust.operation import Session, new_uid
from tui.demo.hands import Hands
from tui.demo.people import MANAGER
from tui.demo.tongue import own

CHAIRS = 6
# Hour, number of who does it, client, phone, services; whether he was asked for.
TODAY = (
    ("9:00", 8, "周雨桐/Yutong Zhou", "13900010001", ("104",), True),
    ("9:30", 8, "郑凯/Kai Zheng", "13900010002", ("102",), True),
    ("9:00", 9, "孙悦/Yue Sun", "13900010003", ("101", "103"), False),
    ("10:00", 11, "吴珊/Shan Wu", "", ("105",), True),
    ("10:30", 12, "何静/Jing He", "13900010007", ("106",), False),
    ("11:30", 9, "冯一鸣/Yiming Feng", "13900010005", ("102",), True),
    ("12:00", 8, "秦岚/Lan Qin", "13900010009", ("101",), True),
    ("13:30", 10, "许诺/Nuo Xu", "", ("103",), False),
    ("14:00", 8, "卫青/Qing Wei", "13900010011", ("105", "103"), True),
    ("14:30", 11, "蒋欣/Xin Jiang", "13900010012", ("101",), False),
    ("15:15", 9, "沈月/Yue Shen", "13900010013", ("104",), True),
    ("16:00", 12, "韩雪/Xue Han", "", ("106", "103"), False),
    ("17:00", 8, "杨紫/Zi Yang", "13900010015", ("101",), True),
    ("18:30", 11, "朱琳/Lin Zhu", "13900010016", ("104",), True),
    ("19:30", 9, "褚亮/Liang Chu", "13900010006", ("102",), False),
)
# Who called it off.
CALLED_OFF = ("16:30", 10, "毛宁/Ning Mao", "13900010017", ("102",), False)


def furnish(manager: Session, chair: str) -> None:
    """Six chairs, the hours of the house, and of one who begins late."""
    for number in range(1, CHAIRS + 1):
        save_thing(
            manager, None, name=own(f"{number}号椅/Chair {number}"), sort=chair, position=number,
            uid=new_uid(),
        )  # fmt: skip
    for who, since in ((None, "9:00"), (_who(10).key, "13:00")):
        save_roster_hours(
            manager, None, stylist=who, weekdays="1-7", opens=_hour(since), closes=_hour("21:00"),
            uid=new_uid(),
        )  # fmt: skip


def wall() -> datetime:
    """The hour that it is, while the clock of the program stands in the demonstration's past."""
    return datetime.now(UTC)


@cache
def later() -> int:
    """So many minutes later than others this salon opens: whoever tries the demonstration before
    11 or after 18 o'clock finds its day half done all the same, with clients still to come. The
    hour is looked at once: it may pass while the roster and the board are made.
    """
    hour = wall().astimezone(company.store_zone()).hour
    return 0 if 11 <= hour < 18 else (max(0, hour - 4) - 9) * 60


def _hour(text: str) -> str:
    """An hour of the usual day as it is today."""
    return hour_text(minute_from(text) + later())


def live(hands: Hands, day: date) -> None:
    """Book today, and do what the hour of the wall has come for."""
    # What is done is what the wall has come to, while the clock stands in the past here.
    at_last = wall()
    hands.go_to(day, 0, 1)
    manager = hands.door.enter(MANAGER)
    booked = [_book(manager, day, each) for each in TODAY]
    for found in booked[-4:-2]:
        note_reminder(manager, found.key, version=1, uid=new_uid())
    off = _book(manager, day, CALLED_OFF)
    why = own("临时出差/Away on business")
    cancel_appointment(manager, off.key, version=off.version, reason=why, uid=new_uid())
    save_absence(
        manager, None, stylist=_who(13).key, day=day, since=_hour("14:00"), until=_hour("20:45"),
        reason=own("病假/Ill"), uid=new_uid(),
    )  # fmt: skip
    now = minute_at(day, at_last) if at_last > hands.now else 0
    hands.now = instant_at(day, minute_from("9:00") + later())
    for number in (8, 9, 11, 12):
        hands.wait(60, 300)
        set_presence(manager, _who(number).key, HERE, uid=new_uid())
    for place, found in enumerate(booked):
        _visit(hands, manager, found, now, is_missed=place == 4)
    hands.now = at_last
    add_walk_in(manager, Client(own("散客/Walk-in")), "102", uid=new_uid())


def _visit(
    hands: Hands, manager: Session, found: Appointment, now: int, *, is_missed: bool
) -> None:
    since, until = (minute_at(found.day, at) for at in (found.starts_at, found.ends_at))
    steps = [(since, NO_SHOW)] if is_missed else [(since, ARRIVED), (since, SERVING), (until, DONE)]
    version = Appointment.get_by_id(found.key).version
    for minute, state in steps:
        if minute <= now:
            hands.now = found.starts_at + timedelta(minutes=minute - since)
            step_appointment(manager, found.key, version=version, state=state, uid=new_uid())
            version += 1


def _book(
    manager: Session, day: date, booked: tuple[str, int, str, str, tuple[str, ...], bool]
) -> Appointment:
    hour, number, name, phone, codes, is_asked = booked
    who = _who(number).key
    wishes = [Wish(Goods.get(Goods.code == code).key, who, is_asked) for code in codes]
    return save_appointment(
        manager, None, client=Client(own(name), phone), day=day,
        minute=minute_from(hour) + later(), wishes=wishes, uid=new_uid(),
    )  # fmt: skip


def _who(number: int) -> Stylist:
    found: Stylist = Stylist.get(Stylist.number == number)
    return found
