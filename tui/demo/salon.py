"""The demonstration salon: services, who does them, kinds of card, and forty members: cards in
every state, points and levels.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from models.base.cost import UnitCost
from models.base.fields import store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.goods.basics import save_unit
from models.goods.goods import Goods
from models.goods.records import save_goods
from models.ledger.daily.days import store_day
from models.ledger.ways.tender_kinds import Paying
from models.members.card_changes import (
    extend_card,
    merge_cards,
    replace_card,
    set_card_state,
    transfer_card,
)
from models.members.card_kinds import CardKind, save_card_kind
from models.members.cards import FROZEN, LOST, Card, find_card, sell_card
from models.members.levels import save_level_rule
from models.members.points_rules import save_points_rule
from models.people.finding import find_people
from models.people.lists import LEVEL, PersonChoice
from models.people.records import save_person
from models.salon.commission_rules import ASKED, save_commission_rule
from models.salon.services import save_salon_service
from models.salon.stylists import Grade, save_stylist
from models.salon.tickets import name_stylists
from models.salon.tips import payings_for, read_tip
from models.selling.items import find_item
from models.shop import basket
from models.shop.customers import set_customer
from models.shop.sales import Sale, sell
from models.stock.stock import adjust_stock
from models.trust.operation import Session, new_uid
from tui.demo import salon_day
from tui.demo.people import add_hands
from tui.demo.tongue import own

WECHAT = 3
# Who comes three days in a row and then no more, and how many have their birthday in the week.
LATE, _OFTEN, _BORN = "13900010002", 3, 3
# Code, name, price, minutes, waiting, finishing, skill.
SERVICES = (
    ("101", "女士剪发/Cut, women", "128", (45, 0, 0), "剪发/cut"),
    ("102", "男士剪发/Cut, men", "68", (30, 0, 0), "剪发/cut"),
    ("103", "洗吹造型/Wash and style", "48", (30, 0, 0), ""),
    ("104", "染发/Colour", "380", (30, 45, 30), "染烫/colour"),
    ("105", "烫发/Perm", "480", (40, 60, 30), "染烫/colour"),
    ("106", "头皮护理/Scalp care", "168", (40, 0, 0), "护理/care"),
)
# What services use up, in ml: code, name, what one costs; which service takes how much of it.
MATERIALS = (
    ("2001", "染膏/Colour cream", "0.35"),
    ("2002", "烫发水/Perm lotion", "0.20"),
    ("2003", "店用洗发水/Shampoo of the house", "0.03"),
)
USED = {
    "101": ("2003", 15), "102": ("2003", 10), "103": ("2003", 20), "104": ("2001", 60),
    "105": ("2002", 80),
}  # fmt: skip
# Name, initials of a phone, kind of card, what was paid.
MEMBERS = (
    ("周雨桐/Yutong Zhou", "13900010001", "储值卡/Stored value", "1000"),
    ("郑凯/Kai Zheng", "13900010002", "储值卡/Stored value", "500"),
    ("孙悦/Yue Sun", "13900010003", "护理十次卡/Ten times care", "1280"),
    ("吴珊/Shan Wu", "13900010004", "八折卡/Four fifths", "199"),
    ("冯一鸣/Yiming Feng", "13900010005", "储值卡/Stored value", "2000"),
    ("褚亮/Liang Chu", "13900010006", "储值卡/Stored value", "300"),
)
# So many more, by their surnames, with cards of all kinds in turn.
SURNAMES = (
    "陈 Chen 楮 Chu 卫 Wei 蒋 Jiang 沈 Shen 韩 Han 杨 Yang 朱 Zhu 秦 Qin 尤 You 许 Xu 何 He 吕 Lü"
)
GIVEN = (("佳/Jia", 13), ("思远/Siyuan", 13), ("明/Ming", 8))
OTHERS = (
    ("储值卡/Stored value", "500"), ("护理十次卡/Ten times care", "1280"),
    ("八折卡/Four fifths", "199"), ("储值卡/Stored value", "200"),
)  # fmt: skip
# The grades of the six who serve.
_GRADES = (0, 1, 2, 0, 1, 2)
# What was done, and who did it: asked for, in turn, with a helper;
# the phone of the member whose ticket it is.
TICKETS = (
    ("13900010001", (("101", "8*"), ("103", "9"))),
    ("13900010003", (("104", "8*:70 10:30"),)),
    ("", (("102", "9"),)),
)


CHAIR = "剪发椅/chair"


def _money(text: str) -> Money:
    return Money.parse(text, store_currency())


def _materials(manager: Session) -> dict[str, int]:
    """What stands in the back room, three litres of each: the key of each by its code."""
    unit = save_unit(manager, None, name=own("毫升/ml"), uid=new_uid())
    made: dict[str, int] = {}
    for code, name, cost in MATERIALS:
        goods = save_goods(
            manager, None, code=code, name=own(name), unit=unit.key, price=_money("0"),
            uid=new_uid(),
        )  # fmt: skip
        adjust_stock(
            manager, goods, Quantity.of(3000), reason=own("开业存货/Opening stock"),
            cost=UnitCost.parse(cost, store_currency()), uid=new_uid(),
        )  # fmt: skip
        made[code] = goods.key
    return made


def open_salon(manager: Session) -> None:
    """What the salon offers, who does it, and which cards it sells."""
    materials = _materials(manager)
    for code, name, price, (work, wait, finish), skill in SERVICES:
        of, much = USED.get(code, ("", 0))
        uses = [{"goods": materials[of], "quantity": Quantity.of(much)}] if of else []
        save_salon_service(
            manager, None, code=code, name=own(name), price=_money(price), minutes=work,
            wait_minutes=wait, finish_minutes=finish, skill=own(skill),
            needs="" if code == "103" else own(CHAIR), uses=uses, uid=new_uid(),
        )  # fmt: skip
    grades = list(Grade.select().order_by(Grade.position))
    for place, (user, grade) in enumerate(zip(add_hands(manager), _GRADES, strict=True)):
        save_stylist(
            manager, None, number=8 + place, user=user.key, grade=grades[grade].key, uid=new_uid()
        )
    for rate, more in (
        ("30", {}), ("35", {"way": ASKED}), ("12", {"grade": grades[-1].key}),
    ):  # fmt: skip
        save_commission_rule(manager, None, rate=Rate.percent(rate), **more, uid=new_uid())
    care = Goods.get(Goods.code == "106").key
    offers = [
        {"amount": _money("500"), "bonus": _money("50")},
        {"amount": _money("1000"), "bonus": _money("200")},
        {"amount": _money("2000"), "bonus": _money("500")},
    ]
    kinds: tuple[dict[str, Any], ...] = (
        {"name": "储值卡/Stored value", "form": "value", "bonus_days": 365, "parts": offers,
         "price": _money("1000")},
        {"name": "护理十次卡/Ten times care", "form": "times", "days": 365, "price": _money("1280"),
         "parts": [{"goods": care, "pieces": 10}]},
        {"name": "八折卡/Four fifths", "form": "discount", "days": 365, "price": _money("199"),
         "discount": Rate.percent("20")},
    )  # fmt: skip
    for each in kinds:
        save_card_kind(manager, None, **{**each, "name": own(each["name"])}, uid=new_uid())
    _loyalty(manager)
    _sell_cards(manager)
    salon_day.furnish(manager, own(CHAIR))


def _loyalty(manager: Session) -> None:
    """A point for each 1.00, twice as many on the members' day; levels by what was spent."""
    save_points_rule(manager, None, per=_money("1"), points=1, uid=new_uid())
    save_points_rule(manager, None, times=2, month_day=8, uid=new_uid())
    levels = PersonChoice.select().where(PersonChoice.kind == LEVEL).order_by(PersonChoice.position)
    for rank, (level, spent) in enumerate(zip([*levels][2::-1], (300, 1000, 3000), strict=True), 1):
        save_level_rule(
            manager, None, level=level.key, rank=rank, spent=_money(str(spent)), uid=new_uid()
        )


def live(cashier: Session) -> None:
    """The tickets of a day."""
    for phone, lines in TICKETS:
        _ticket(cashier, phone, lines)
    regular = find_people(LATE, 1)[0]
    if Sale.select().where(Sale.person == regular).count() < _OFTEN:
        _ticket(cashier, LATE, (("102", "9"),), tip="5")


def _ticket(
    cashier: Session, phone: str, lines: tuple[tuple[str, str], ...], *, tip: str = ""
) -> None:  # fmt: skip
    """A ticket of services, each with who did it, perhaps with a tip; paid with a phone."""
    bill = basket.new_basket(cashier)
    if phone:
        set_customer(cashier, bill, find_people(phone, 1)[0])
    for code, hands in lines:
        place = basket.ring(bill, find_item(code), Quantity.of(1))
        name_stylists(cashier, bill.draft, bill.lines[place].number, hands, uid=new_uid())
        basket.catch_up(bill, bill.lines[place].number)
    due, work = bill.amount_due, [(line.priced.amount, line.hands) for line in bill.lines]
    tips = payings_for(read_tip(tip, work)) if tip else []
    paid = due - Money.total((each.given for each in tips), due.currency)
    sell(cashier, bill.draft, [*tips, Paying(WECHAT, paid)], shown=due, uid=new_uid())


def _sell_cards(manager: Session) -> None:
    """Members with their cards, paid with a phone; some cards are frozen, lost, replaced, given to
    somebody else, put together, or good for longer.
    """
    signs = SURNAMES.split()
    names = [
        f"{zh}{given.split('/')[0]}/{given.split('/')[1]} {en}"
        for given, count in GIVEN
        for zh, en in list(zip(signs[::2], signs[1::2], strict=True))[:count]
    ]
    more = [
        (name, f"139000101{place:02d}", *OTHERS[place % len(OTHERS)])
        for place, name in enumerate(names)
    ]
    for place, (name, phone, kind, paid) in enumerate((*MEMBERS, *more), 1):
        born = store_day() + timedelta(days=3 * place - 3)
        birthday = date(1990, born.month, min(born.day, 28)) if place <= _BORN else None
        person = save_person(
            manager, None, name=own(name), phone=phone, birthday=birthday, may_write=place % 2 == 0,
            uid=new_uid(),
        )  # fmt: skip
        _sell(manager, f"8800{place:02d}", kind, paid, person=person.key)
    for number, state in (("880005", FROZEN), ("880006", LOST), ("880011", FROZEN)):
        _change(manager, set_card_state, number, state)
    _change(manager, replace_card, "880012", "880099", reason=own("卡坏了/worn out"))
    _change(manager, transfer_card, "880013", _card("880014").person)
    _sell(manager, "880098", OTHERS[0][0], "300", person=_card("880007").person or 0)
    _change(manager, merge_cards, "880098", "880007")
    until = store_day() + timedelta(days=500)
    _change(manager, extend_card, "880008", until, reason=own("停业装修/closed for works"))


def _sell(manager: Session, number: str, kind: str, paid: str, *, person: int) -> None:
    sell_card(
        manager, CardKind.get(CardKind.name == own(kind)).key, number,
        [Paying(WECHAT, _money(paid))], amount=_money(paid), person=person, uid=new_uid(),
    )  # fmt: skip


def _card(number: str) -> Card:
    found = find_card(number)
    assert found is not None, number
    return found


def _change(manager: Session, how: Any, number: str, *given: Any, **more: Any) -> None:
    card = _card(number)
    how(manager, card.key, *given, version=card.version, uid=new_uid(), **more)
