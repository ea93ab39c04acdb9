"""A front desk's evening in the process that is killed and starved (program.py): a guest comes with
a deposit, is charged, a line is moved, a part goes back to him, another one leaves; then the audit:
a call of nobody finds its account, one stays longer, who never came is a no-show, the night is
posted, the day closed.

Chosen by the environment: `DESKBELL_TEST_DAY=desk`.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from models.base.database import store_number
from models.base.money import Money
from models.hotel.audit.audit import mark_no_show, next_block, post_nights
from models.hotel.charges.folio_lines import FolioLine, lines_of
from models.hotel.charges.postings import post_charge
from models.hotel.charges.windows import own_folio
from models.hotel.desk.arrivals import Guest, check_in
from models.hotel.desk.departures import check_out, refund_guest, review
from models.hotel.folios.departments import not_cleared
from models.hotel.folios.folio_payments import pay_folio
from models.hotel.folios.transfers import transfer_lines
from models.hotel.reservations.changing import change_stay
from models.hotel.rooms.rooms import Room
from models.hotel.stays.stays import Stay
from models.ledger.folios import Folio
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import open_day
from tests.faults.program import Day, Said, money
from tests.stores import FIRST_DAY

COMES, LEAVES, ABSENT, STAYS_ON = "新来", "要走", "未到", "续住"
CASH, CARD = 1, 2


class DeskDay(Day):
    """The same as a day of the till, of other work."""

    def run(self) -> None:
        """Everything, up to the first piece that is refused twice. Refuses: GaveUp."""
        for step in (
            self.arrive, self.charge, self.move, self.give_back, self.pay, self.leave, self.place,
            self.stay_on, self.absent, self.night, self.count, self.close, self.close_day,
            self.open,
        ):  # fmt: skip
            step()

    def arrive(self) -> None:
        """In one step: the stay, its account, the deposit, both slips."""
        stay = self._stay(COMES)

        def work(said: Said, uid: UUID) -> None:
            room = Room.get(Room.number == "202")
            check_in(
                self.session, stay, [Guest(COMES)], version=said["version"], room=room,
                deposit=[Paying(CASH, Money(40_000, money()))], uid=uid,
            )  # fmt: skip

        self._do("arrive", {"version": stay.version}, work)

    def charge(self) -> None:
        stay, amount = self._stay(COMES), Money(8_000, money())
        self._do(
            "charge", {},
            lambda said, uid: post_charge(self.session, stay, "2000", amount, uid=uid),
        )  # fmt: skip

    def move(self) -> None:
        """What was charged is another guest's."""
        values: Said = {} if "move" in self.pinned else self._looked("move", _to_move)
        self._do("move", values, self._transfer)

    def give_back(self) -> None:
        """He would leave with 80.00, and gets 50.00 of it."""
        stay = self._stay(COMES)

        def work(_: Said, uid: UUID) -> None:
            refund_guest(
                self.session, stay, own_folio(stay.key), [Paying(CASH, Money(-5_000, money()))],
                shown=Money(-8_000, money()), uid=uid,
            )  # fmt: skip

        self._do("give_back", {}, work)

    def pay(self) -> None:
        """The night that was not posted yet, and what was moved, by card."""
        stay = self._stay(LEAVES)
        # Once he has left no window of his is open to be found.
        values: Said = {} if "pay" in self.pinned else self._looked("pay", lambda: _to_pay(stay))

        def work(said: Said, uid: UUID) -> None:
            due = Money(said["due"], money())
            card = Paying(CARD, due, reference="B12", last_four="4242")
            folio = Folio.get_by_id(said["folio"])
            pay_folio(self.session, folio, [card], stay=stay.key, uid=uid)

        self._do("pay", values, work)

    def leave(self) -> None:
        stay = self._stay(LEAVES)

        def work(said: Said, uid: UUID) -> None:
            nothing = Money(0, money())
            check_out(self.session, stay, version=said["version"], shown=nothing, uid=uid)

        self._do("leave", {"version": stay.version}, work)

    def place(self) -> None:
        """The call of an unknown extension was his who came."""
        values: Said = {} if "place" in self.pinned else self._looked("place", _to_place)
        self._do("place", values, self._transfer)

    def stay_on(self) -> None:
        """He was to leave tomorrow, and stays one more night."""
        stay = self._stay(STAYS_ON)

        def work(said: Said, uid: UUID) -> None:
            change_stay(
                self.session, stay, version=said["version"], arrival=FIRST_DAY,
                departure=FIRST_DAY + timedelta(days=2), uid=uid,
            )  # fmt: skip

        self._do("stay_on", {"version": stay.version}, work)

    def absent(self) -> None:
        """The fee is earned out of his deposit."""
        stay = self._stay(ABSENT)
        self._do(
            "absent", {"version": stay.version},
            lambda said, uid: mark_no_show(self.session, stay, version=said["version"], uid=uid),
        )  # fmt: skip

    def night(self) -> None:
        block: list[int] = []
        if "night" not in self.pinned:
            block = self._looked("night", lambda: next_block(open_day(store_number())))
        self._do(
            "night", {"stays": block},
            lambda said, uid: post_nights(self.session, said["stays"], uid=uid),
        )  # fmt: skip

    def _transfer(self, said: Said, uid: UUID) -> None:
        moved = FolioLine.get(
            FolioLine.document == said["document"], FolioLine.line == said["line"]
        )
        transfer_lines(self.session, [moved], Folio.get_by_id(said["to"]), uid=uid)

    def _stay(self, name: str) -> Stay:
        return self._looked(name, lambda: _stay(name))


def _stay(name: str) -> Stay:
    found: Stay = Stay.get(Stay.name == name)
    return found


def _to_pay(stay: Stay) -> Said:
    due = review(stay, open_day(store_number())).balance
    return {"due": due.minor, "folio": own_folio(stay.key).key}


def _to_move() -> Said:
    return _last_line(own_folio(_stay(COMES).key).key, own_folio(_stay(LEAVES).key).key)


def _to_place() -> Said:
    (unknown,) = not_cleared()
    return _last_line(unknown.key, own_folio(_stay(COMES).key).key)


def _last_line(of: int, to: int) -> Said:
    line = lines_of(of)[-1]
    return {"document": line.document_id, "line": line.line, "to": to}
