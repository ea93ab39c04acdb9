"""The demonstration house: 40 rooms on four floors, and a week of guests, lived through the
ordinary operations.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.base.fields import store_currency
from models.base.money import Money
from models.base.rates import Rate
from models.hotel.audit import audit
from models.hotel.charges.folio_lines import FolioLine
from models.hotel.charges.postings import credit_missing, post_charge, void_charge
from models.hotel.charges.services import Service, save_service
from models.hotel.desk.arrivals import ID_CARD, Guest, check_in, walk_in
from models.hotel.desk.departures import check_out, post_late_charge, refund_guest, review
from models.hotel.folios.deposits import take_deposit
from models.hotel.folios.disputes import dispute_line
from models.hotel.folios.folio_payments import pay_folio, proposed_back
from models.hotel.reservations.bookings import RoomWish, reserve
from models.hotel.rooms.rates import Party, RatePlan, save_plan, save_price
from models.hotel.rooms.room_days import days_between
from models.hotel.rooms.rooms import (
    CLEAN,
    DIRTY,
    INSPECTED,
    OUT_OF_ORDER,
    Room,
    RoomType,
    save_room,
    save_room_type,
)
from models.hotel.stays.housekeeping import close_room, set_care
from models.hotel.stays.identity import id_check_digit
from models.hotel.stays.proposing import propose_room, ready_rooms
from models.hotel.stays.stays import DEPARTED, DEPOSIT, IN_HOUSE, Booking, Stay
from models.ledger.debts.receivables import open_balance
from models.ledger.folio_kinds import COMPANY, PERMANENT
from models.ledger.folios import Folio, open_folio
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import Session
from tui.demo.hands import Hands
from tui.demo.people import COMPANIES, FRONT_DESK, MANAGER
from tui.demo.tongue import own

CARD, WECHAT, ALIPAY = 2, 3, 4
WEEKEND = 0b0110000
# Code, name, persons, extra beds; yuan on weekdays and at weekends.
TYPES = (
    ("TWN", "标准双床房/Twin", 2, 0, "298", "348"),
    ("KNG", "舒适大床房/King", 2, 1, "328", "388"),
    ("FAM", "家庭房/Family", 4, 1, "458", "528"),
    ("SUI", "行政套房/Suite", 3, 1, "688", "788"),
)
# The types of the ten rooms of each floor.
FLOOR = ("TWN", "TWN", "TWN", "TWN", "KNG", "KNG", "KNG", "FAM", "FAM", "SUI")
FLOORS = (2, 3, 4, 5)
PLANS = (
    ("RACK", "门市价/Rack", "散客/Walk-in", 100),
    ("CORP", "协议价/Company", "协议/Company", 88),
    ("OTA", "携程/Channel", "渠道/Channel", 92),
)
SERVICE_PRICES = {"4000": "35", "5000": "15"}
# What is on the lists of the laundry and the minibar: code, of which list, name, yuan.
ON_LISTS = (
    ("4010", "4000", "洗衬衫/Shirt", "15"), ("4020", "4000", "洗长裤/Trousers", "20"),
    ("4030", "4000", "洗西装/Suit", "45"), ("5010", "5000", "可乐/Cola", "8"),
    ("5020", "5000", "啤酒/Beer", "12"), ("5030", "5000", "方便面/Noodles", "10"),
)  # fmt: skip
GUESTS = (
    "王伟/Wang Wei", "李娜/Li Na", "张敏/Zhang Min", "刘洋/Liu Yang", "陈晨/Chen Chen",
    "杨帆/Yang Fan", "赵磊/Zhao Lei", "黄婷/Huang Ting", "周杰/Zhou Jie", "吴静/Wu Jing",
    "徐强/Xu Qiang", "孙丽/Sun Li", "马超/Ma Chao", "朱琳/Zhu Lin", "胡军/Hu Jun",
    "郭鑫/Guo Xin", "何雨/He Yu", "高飞/Gao Fei", "林涛/Lin Tao", "罗兰/Luo Lan",
    "郑爽/Zheng Shuang", "梁栋/Liang Dong", "谢芳/Xie Fang", "宋佳/Song Jia", "唐宁/Tang Ning",
    "许诺/Xu Nuo", "韩雪/Han Xue", "冯刚/Feng Gang", "邓超/Deng Chao", "曹颖/Cao Ying",
    "彭博/Peng Bo", "曾黎/Zeng Li", "肖战/Xiao Zhan", "田野/Tian Ye", "董洁/Dong Jie",
    "袁泉/Yuan Quan", "潘峰/Pan Feng", "于谦/Yu Qian", "蒋勤/Jiang Qin", "蔡明/Cai Ming",
    "余欢/Yu Huan", "杜鹃/Du Juan", "叶子/Ye Zi", "程龙/Cheng Long", "魏来/Wei Lai",
    "苏醒/Su Xing", "吕良/Lü Liang", "丁香/Ding Xiang", "John Smith", "Maria Garcia",
    "佐藤健/Sato Ken", "Kim Minji",
)  # fmt: skip
# Arrivals on each day of the week, Monday to Sunday: by reservation, and walk-ins.
ARRIVALS = ((4, 1), (3, 1), (4, 1), (4, 1), (6, 2), (6, 2), (3, 1))


@dataclass(slots=True)
class House:
    """What the week lives in."""

    hands: Hands
    types: dict[str, RoomType]
    plans: dict[str, RatePlan]

    def money(self, yuan: str) -> Money:
        return Money.parse(yuan, store_currency())

    def guest(self) -> Guest:
        """Somebody with a number that could be a card's."""
        name = self.hands.dice.choice(GUESTS)
        if name.isascii():
            return Guest(own(name))
        born = date(1960, 1, 1) + timedelta(days=self.hands.dice.randrange(16_000))
        digits = f"110101{born:%Y%m%d}{self.hands.dice.randrange(1000):03d}"
        sex = "male" if int(digits[-1]) % 2 else "female"
        number = digits + id_check_digit(digits)
        return Guest(
            own(name), paper=number, paper_kind=ID_CARD, born=born, sex=sex,
            region=own("北京市/Beijing"),
        )  # fmt: skip


def furnish(manager: Session, hands: Hands, first: date) -> House:
    """Rooms, plans and prices; the last night with a price lies a year ahead."""
    types = {
        code: save_room_type(
            manager, None, version=0, code=code, name=own(name), persons=persons, extra_beds=beds,
            position=place, uid=hands.uid(),
        )
        for place, (code, name, persons, beds, _, _) in enumerate(TYPES)
    }  # fmt: skip
    for floor in FLOORS:
        for at, code in enumerate(FLOOR, 1):
            save_room(
                manager, None, version=0, number=f"{floor}{at:02d}", room_type=types[code],
                features=[own("安静/quiet")] if at in (9, 10) else [], uid=hands.uid(),
            )  # fmt: skip
    house = House(hands, types, {})
    for plan in PLANS:
        house.plans[plan[0]] = _plan(house, manager, plan, first)
    for code, price in SERVICE_PRICES.items():
        service = Service.get(Service.code == code)
        save_service(
            manager, service.key, version=service.version, code=code, name=service.name,
            department=service.department, account=service.account,
            price=Money.parse(price, store_currency()), tax=service.tax, uid=hands.uid(),
        )  # fmt: skip
    return house


def _plan(
    house: House, manager: Session, of: tuple[str, str, str, int], first: date
) -> RatePlan:  # fmt: skip
    code, name, segment, share = of
    hands = house.hands
    channel = _channel(house, manager) if code == "OTA" else None
    plan = save_plan(
        manager, None, version=0, code=code, name=own(name), segment=own(segment),
        commission=Rate.percent("15" if channel else "0"), channel=channel, uid=hands.uid(),
    )  # fmt: skip
    for type_code, _, persons, _, weekday, weekend in TYPES:
        for weekdays, yuan in ((0b1111111, weekday), (WEEKEND, weekend)):
            price = Money(int(yuan) * share // 100 * 100, store_currency())
            save_price(
                manager, None, version=0, plan=plan, room_type=house.types[type_code], first=first,
                last=first + timedelta(days=400), price=price, weekdays=weekdays,
                persons=min(2, persons), extra_adult=Money(8000, store_currency()),
                extra_bed=Money(10_000, store_currency()), uid=hands.uid(),
            )  # fmt: skip
    return plan


def _channel(house: House, manager: Session) -> Folio:
    """Whose commission is credited night by night."""
    return open_folio(
        manager, kind=PERMANENT, name=own("携程/Channel"), limit=house.money("50000"),
        uid=house.hands.uid(),
    )  # fmt: skip


def book_ahead(house: House, day: date) -> None:
    """The reservations for one day, taken some days before."""
    session = house.hands.door.enter(FRONT_DESK)
    by_reservation, _ = ARRIVALS[day.weekday()]
    for _ in range(by_reservation):
        code = house.hands.dice.choices(tuple(house.types), (10, 8, 3, 1))[0]
        plan = house.hands.dice.choice(tuple(house.plans))
        nights = house.hands.dice.choices((1, 2, 3, 5), (25, 35, 25, 15))[0]
        wish = RoomWish(
            house.types[code].key, day, day + timedelta(days=nights), house.plans[plan].key,
            Party(house.hands.dice.choice((1, 2, 2))),
        )  # fmt: skip
        reserve(
            session, [wish], name=own(house.hands.dice.choice(GUESTS)),
            source=house.plans[plan].name, segment=house.plans[plan].segment,
            uid=house.hands.uid(),
        )  # fmt: skip


def book_group(house: House, day: date) -> Booking:
    """A company's outing: four rooms under one number, with a deposit."""
    session = house.hands.door.enter(FRONT_DESK)
    wish = RoomWish(
        house.types["TWN"].key, day, day + timedelta(days=2), house.plans["CORP"].key, Party(2)
    )
    booking = reserve(
        session, [wish] * 4, name=own("锦程物业公司 会议/Jincheng Property, meeting"),
        guarantee=DEPOSIT,
        segment=own("会议/Meeting"),
        deposit_due=house.money("1000"), uid=house.hands.uid(),
    )  # fmt: skip
    paid = [Paying(WECHAT, house.money("600"))]
    take_deposit(session, booking, paid, uid=house.hands.uid())
    return booking


def live_morning(house: House, day: date) -> None:
    """Guests leave until noon; housekeeping goes through the rooms behind them."""
    session = house.hands.door.enter(FRONT_DESK)
    for stay in audit.due_outs(day):
        house.hands.wait(120, 500)
        _leave(house, session, Stay.get_by_id(stay.key), day)
    house.hands.wait(1800, 3600)
    dirty = [room.key for room in Room.select().where(Room.care == DIRTY)]
    if dirty:
        set_care(session, dirty, CLEAN, uid=house.hands.uid())
        checked = [key for key in dirty if house.hands.dice.random() < 0.4]
        set_care(session, checked, INSPECTED, uid=house.hands.uid())


def _leave(house: House, session: Session, stay: Stay, day: date) -> None:
    due = review(stay, day)
    for line in due.disputed:
        reason = own("看过单据，认可/Saw the voucher and agreed")
        dispute_line(session, line, reason=reason, is_disputed=False, uid=house.hands.uid())
    for each in due.dues:
        if each.due.minor > 0:
            pay_folio(
                session, each.folio, [_paying(house, each.due)], stay=stay.key,
                uid=house.hands.uid(),
            )  # fmt: skip
        elif each.due:
            refund_guest(
                session, stay, each.folio, _back(each.folio.key, -each.due), shown=each.due,
                uid=house.hands.uid(),
            )  # fmt: skip
    nothing = Money(0, store_currency())
    check_out(session, stay, version=stay.version, shown=nothing, uid=house.hands.uid())


def _back(folio: int, amount: Money) -> list[Paying]:
    """Money back through what paid it; a card's slip has its number."""
    number = f"{folio % 1_000_000:06d}"
    return [
        replace(paying, reference=number) if paying.tender == CARD else paying
        for paying in proposed_back(folio, amount)
    ]


def _paying(house: House, amount: Money) -> Paying:
    tender = house.hands.dice.choice((CARD, WECHAT, WECHAT, ALIPAY))
    if tender == CARD:
        dice = house.hands.dice
        reference, last_four = f"{dice.randrange(10**6):06d}", f"{dice.randrange(10_000):04d}"
        return Paying(CARD, amount, reference=reference, last_four=last_four)
    return Paying(tender, amount)


def live_evening(house: House, day: date) -> None:
    """Arrivals and walk-ins, and what guests have put on their rooms."""
    session = house.hands.door.enter(FRONT_DESK)
    for stay in audit.no_arrivals(day):
        house.hands.wait(60, 400)
        if house.hands.dice.random() < 0.06:
            continue
        _arrive(house, session, Stay.get_by_id(stay.key))
    for _ in range(ARRIVALS[day.weekday()][1]):
        house.hands.wait(60, 900)
        _walk_in(house, session, day)
    _charges(house, session)


def _arrive(house: House, session: Session, stay: Stay) -> None:
    proposal = propose_room(stay)
    if proposal is None:
        return
    deposit = [_paying(house, house.money(house.hands.dice.choice(("300", "500", "800"))))]
    check_in(
        session, stay, [_named(house, stay.name)], version=stay.version, room=proposal.room,
        deposit=deposit, uid=house.hands.uid(),
    )  # fmt: skip


def _named(house: House, name: str) -> Guest:
    return replace(house.guest(), name=name)


def _walk_in(house: House, session: Session, day: date) -> None:
    code = house.hands.dice.choice(("TWN", "KNG"))
    until = day + timedelta(days=house.hands.dice.choice((1, 1, 2)))
    ready = ready_rooms(house.types[code].key, days_between(day, until))
    if not ready:
        return
    wish = RoomWish(
        house.types[code].key, day, until, house.plans["RACK"].key, Party(1), room=ready[0].key
    )
    walk_in(
        session, wish, [house.guest()], deposit=[_paying(house, house.money("500"))],
        segment=own("散客/Walk-in"), uid=house.hands.uid(),
    )  # fmt: skip


def _charges(house: House, session: Session) -> None:
    """Breakfast, laundry, minibar of one guest in three."""
    for stay in Stay.select().where(Stay.state == IN_HOUSE).order_by(Stay.key):
        if house.hands.dice.random() > 0.35:
            continue
        house.hands.wait(30, 200)
        code = house.hands.dice.choice(("2000", "2000", "4000", "5000"))
        yuan = {"2000": ("48", "96", "128"), "4000": ("35", "70"), "5000": ("15", "30")}[code]
        amount = house.money(house.hands.dice.choice(yuan))
        if credit_missing(stay, code, amount, stay.arrival) is None:
            post_charge(session, stay, code, amount, uid=house.hands.uid())


def live_night(house: House, manager: Session, day: date) -> None:
    """The audit before the day's close: who did not come, and the nights."""
    for stay in audit.no_arrivals(day):
        audit.mark_no_show(manager, stay, version=stay.version, uid=house.hands.uid())
    while block := audit.next_block(day):
        audit.post_nights(manager, block, uid=house.hands.uid())


def answer_for(manager: Session, day: date) -> None:
    """What an audit asks about a day on which nobody stood at the desk."""
    house = House(Hands(day.toordinal()), {}, {})
    for stay in audit.due_outs(day):
        _leave(house, manager, Stay.get_by_id(stay.key), day)
    live_night(house, manager, day)


def _charged_by_mistake(house: House, session: Session, guest: Stay) -> None:
    """A charge to the wrong room, and its void: both stay on the account."""
    uid = house.hands.uid()
    charge = post_charge(
        session, guest, "5000", house.money("15"), uid=uid,
        override=house.hands.door.approved(uid, own("熟客/Known guest")),
    )  # fmt: skip
    line = FolioLine.get(FolioLine.document == charge)
    void_charge(session, line, reason=own("记错房/Wrong room"), uid=house.hands.uid())


# Days overdue and yuan, of what a company owes since before these books.
OLD_DEBTS = ((20, "268"), (50, "430"), (100, "96"))


def _owe_since_long(house: House, today: date) -> None:
    """A company with something in each column of the ageing."""
    manager = house.hands.door.enter(MANAGER)
    name = own(COMPANIES[0][0])
    company = Folio.get(Folio.name == name, Folio.kind == COMPANY)
    for days, yuan in OLD_DEBTS:
        due = today - timedelta(days=days)
        open_balance(
            manager, company, house.money(yuan), due=due, note=f"{due:%Y-%m}", uid=house.hands.uid()
        )


def _leave_in_dispute(house: House, session: Session, today: date) -> None:
    """Somebody who leaves today and owns up to no minibar: his account comes to no end before that
    is dealt with.
    """
    guest = Stay.select().where(Stay.state == IN_HOUSE, Stay.departure == today).first()
    if guest is not None:
        uid = house.hands.uid()
        charge = post_charge(
            session, guest, "5000", house.money("30"), uid=uid,
            override=house.hands.door.approved(uid, own("熟客/Known guest")),
        )  # fmt: skip
        line = FolioLine.get(FolioLine.document == charge)
        reason = own("客人说没喝/Says he drank nothing")
        dispute_line(session, line, reason=reason, uid=house.hands.uid())


def _find_afterwards(house: House, session: Session) -> None:
    """A minibar of somebody who is gone, seen when his room was cleaned."""
    gone = Stay.select().where(Stay.state == DEPARTED).order_by(Stay.left_day.desc()).first()
    if gone is not None:
        post_late_charge(session, gone, "5000", house.money("15"), uid=house.hands.uid())


def _list_things(house: House) -> None:
    """The things of the laundry and the minibar, each with its price."""
    manager = house.hands.door.enter(MANAGER)
    for code, of, name, price in ON_LISTS:
        service = Service.get(Service.code == of)
        save_service(
            manager, None, version=0, code=code, name=own(name), department=service.department,
            account=service.account, price=house.money(price), tax=service.tax,
            uid=house.hands.uid(),
        )  # fmt: skip


def leave_open(house: House, today: date) -> None:
    """What the desk finds this morning: a room out of order, a guest who owes much, one who
    disputes a charge, a charge found afterwards, a company that is late.
    """
    session = house.hands.door.enter(FRONT_DESK)
    room = Room.get(Room.number == "510")
    lived = Stay.select().where(Stay.room == room, Stay.state == IN_HOUSE).exists()
    if not lived:
        close_room(
            session, room, OUT_OF_ORDER, first=today, until=today + timedelta(days=2),
            reason=own("空调漏水/Air conditioning leaks"), uid=house.hands.uid(),
        )  # fmt: skip
    guest = Stay.select().where(Stay.state == IN_HOUSE, Stay.departure > today).first()
    if guest is not None:
        _charged_by_mistake(house, session, guest)
        uid = house.hands.uid()
        post_charge(
            session, guest, "2000", house.money("1880"), text=own("宴会/Banquet"), uid=uid,
            override=house.hands.door.approved(uid, own("熟客/Known guest")),
        )  # fmt: skip
    _list_things(house)
    _leave_in_dispute(house, session, today)
    _find_afterwards(house, session)
    _owe_since_long(house, today)
