"""The board of a salon with many staff: the day read, and painted at the keys."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench import same_rows, stores
from bench.figures import Line, figure, line_of, timed
from bench.screen import HOME, SIGN_IN, counter, keys, shows
from bench.stores import LOGIN, PASSWORD
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.goods.goods import Goods
from models.ledger.daily.days import store_day
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender
from models.members.card_kinds import save_card_kind
from models.members.cards import sell_card
from models.members.kinds import VALUE_CARD
from models.salon.board import read_board
from models.salon.booking import Client, save_appointment
from models.salon.commission_rules import save_commission_rule
from models.salon.guarding import Wish
from models.salon.services import save_salon_service
from models.salon.stylists import Grade, save_stylist
from models.salon.tickets import name_stylists
from models.selling.items import find_item
from models.shop.basket import Basket, load_key, new_basket, ring
from models.shop.sales import sell
from models.trust import staff
from models.trust.operation import Session, new_uid
from models.trust.settings import change_settings
from models.trust.users import User
from tests.stores import CNY

# From nine on an hour each: so many clients to one person.
CLIENTS = 8
TICKETS = 100
BOARD = "预约表"


def board_lines(people: int) -> Iterator[Line]:
    """Milliseconds of the board of a day with so many staff, each with eight clients."""
    place = stores.place(0).copied("board")
    with place.opened() as session:
        clients = _furnish(session, people)
        read = figure([timed(partial(read_board, store_day()))[0] for _ in range(30)])
        yield line_of(
            f"board of {people} staff, {clients} clients, read", read, target="p95 <= 50",
            met=read.p95 <= 50,
        )  # fmt: skip
    yield _painted(place.folder, people)
    with stores.place(50).copied("tickets").opened() as session:
        yield _tickets(session)


def _tickets(session: Session) -> Line:
    """Milliseconds of a ticket: two services by three people, goods used up, half paid by card."""
    change_settings(session, {"trade.salon": True}, uid=new_uid())
    goods = Goods.get(Goods.is_stocked)
    colour = save_salon_service(
        session, None, code="S2", name="染发", price=Money(38_000, CNY), minutes=60,
        uses=[{"goods": goods.key, "quantity": Quantity.of(1)}], uid=new_uid(),
    )  # fmt: skip
    first: User = User.get(User.key == session.user)
    grade = Grade.select().order_by(Grade.position).get()
    for number in (1, 2, 3):
        user = staff.add_user(
            session, login=f"t{number}", name=f"师傅{number}", pinyin="sf",
            department=first.department, role=first.role, password_hash=first.password_hash,
            language="zh", must_change=False, uid=new_uid(),
        )  # fmt: skip
        save_stylist(session, None, number=number, user=user.key, grade=grade.key, uid=new_uid())
    kind = save_card_kind(session, None, name="储值卡", form="value", is_named=False, uid=new_uid())
    save_commission_rule(
        session, None, rate=Rate.percent("30"), steps="1000:35", cards="principal", uid=new_uid()
    )
    paid = Money(9_000_000, CNY)
    sell_card(session, kind.key, "880001", [Paying(1, paid)], amount=paid, uid=new_uid())
    by_card = Tender.get(Tender.kind == VALUE_CARD).number
    with same_rows.copied(stores.ROOT / "run" / "same-tickets.db") as copy:
        kept, rows, took = [], [], []
        for _ in range(TICKETS):
            with same_rows.recorded() as rung:
                bill = _rung(session, colour.code)
            with same_rows.recorded() as sold:
                _paid(session, bill, by_card)
            kept.append((rung, sold))
        for rung, sold in kept:
            copy.write(rung)
            rows.append(timed(partial(copy.write, sold))[0])
            bill = _rung(session, colour.code)
            took.append(timed(partial(_paid, session, bill, by_card))[0])
    ticket = figure(took)
    return line_of(
        "ticket of 2 services by 3 people, card and cash, committed", ticket, figure(rows),
        target="p95 <= 40", met=ticket.p95 <= 40,
    )  # fmt: skip


def _rung(session: Session, code: str) -> Basket:
    """A bill of two services, by three and by two."""
    bill = new_basket(session)
    for said in ("1 2 3", "1:70 2:30"):
        line = bill.lines[ring(bill, find_item(code), Quantity.of(1))].number
        name_stylists(session, bill.draft, line, said, uid=new_uid())
        bill = load_key(bill.draft)
    return bill


def _paid(session: Session, bill: Basket, by_card: int) -> None:
    """Half by card, half in cash."""
    due = bill.amount_due
    half = Money(due.minor // 2, CNY)
    payings = [Paying(by_card, half, code="880001"), Paying(1, due - half)]
    sell(session, bill.draft, payings, shown=due, uid=new_uid())


def _painted(folder: Path, people: int) -> Line:
    with counter(folder) as opened:
        opened.since_start(SIGN_IN)
        opened.settle(still_s=0.3)
        opened.until(f"{LOGIN}\r{PASSWORD}\r", HOME)
        opened.settle(still_s=0.4)
        first = []
        for _ in range(5):
            first.append(opened.until("440\r", shows(BOARD, "101")))
            opened.settle(still_s=0.4)
            opened.send(keys("f3"))
            opened.settle(still_s=0.4)
    shown = figure(first)
    return line_of(
        f"the day's board of {people} staff painted", shown, target="p95 <= 150",
        met=shown.p95 <= 150,
    )  # fmt: skip


def _furnish(session: Session, people: int) -> int:
    change_settings(session, {"trade.salon": True}, uid=new_uid())
    cut = save_salon_service(
        session, None, code="S1", name="剪发", price=Money(12_800, CNY), minutes=45, uid=new_uid()
    )
    first: User = User.get(User.key == session.user)
    grade = Grade.select().order_by(Grade.position).get()
    for number in range(101, 101 + people):
        user = staff.add_user(
            session, login=f"s{number}", name=f"员工{number}", pinyin="yg",
            department=first.department, role=first.role, password_hash=first.password_hash,
            language="zh", must_change=False, uid=new_uid(),
        )  # fmt: skip
        who = save_stylist(
            session, None, number=number, user=user.key, grade=grade.key, uid=new_uid()
        )
        for place in range(CLIENTS):
            save_appointment(
                session, None, client=Client(f"客{number}{place}"), day=store_day(),
                minute=(9 + place) * 60, wishes=[Wish(cut.key, who.key)], uid=new_uid(),
            )  # fmt: skip
    return people * CLIENTS
