"""A salon's day in the process that is killed and starved (program.py): a card is topped up,
another one is lost, replaced, made somebody's and put together with the first, which was held; a
ticket is split, one part is paid ahead, and both are put together and paid in part with the card,
some of it comes back in goodwill, the card is given up, a deposit is taken with a booking and kept.

Chosen by the environment: `DESKBELL_TEST_DAY=salon`.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from models.base.money import Money
from models.base.quantity import Quantity
from models.ledger.payments.taken import take_for
from models.ledger.ways.tender_kinds import Paying
from models.members.card_changes import (
    merge_cards,
    replace_card,
    set_card_state,
    transfer_card,
)
from models.members.card_kinds import CardKind
from models.members.card_refunds import BY_STORE, refund_card, worth_of
from models.members.cards import FROZEN, GOOD, LOST, find_card, sell_card
from models.members.kinds import VALUE_CARD
from models.members.vouchers import sell_voucher
from models.people.persons import Person
from models.salon.appointments import NO_SHOW, Appointment
from models.salon.booking import Client, save_appointment
from models.salon.deposits import keep_deposit, name_deposit
from models.salon.guarding import Wish
from models.salon.stylists import Stylist
from models.salon.tickets import name_stylists
from models.salon.visits import step_appointment
from models.selling import items
from models.shop import basket, sales
from models.shop.bill_life import fetch_bill, join_bills, split_bill, waiting_bills
from models.shop.return_lines import giving_back
from models.shop.returns import return_goods
from models.trust.operation import open_day
from tests.faults.program import Day, Said, _way, money

CARD_NUMBER, SECOND, THIRD, HELD = "880001", "880002", "880003", "9900000001"
CUT, COLOUR = "101", "102"
WECHAT = 3
# The first piece of work on the ticket says what was rung.
RUNG = "hands1"
# What of a ticket is paid before the rest, in fen.
AHEAD = 5_000


class SalonDay(Day):
    """The same as a day of the till, of other work."""

    def run(self) -> None:
        """Everything, up to the first piece that is refused twice. Refuses: GaveUp."""
        for step in (
            self.top_up, self.lose, self.hold, self.unite, self.ring, self.part, self.rejoin,
            self.ticket, self.some_back, self.give_up, self.book, self.deposit, self.keep,
            self.count, self.close, self.close_day,
        ):  # fmt: skip
            step()

    def top_up(self) -> None:
        """1000.00 with 250.00 on top, sold by two."""
        paid = Money(100_000, money())
        kind = self._looked("topup", lambda: int(CardKind.get().key))
        self._do(
            "topup", {"kind": kind},
            lambda said, uid: sell_card(
                self.session, said["kind"], CARD_NUMBER, [Paying(1, paid)], amount=paid,
                sellers="8:60 21:40", uid=uid,
            ),
        )  # fmt: skip

    def lose(self) -> None:
        """A second card of 200.00 is lost, and its owner gets another one."""
        paid = Money(20_000, money())
        self._do(
            "second", {"kind": self.pinned["topup"]["kind"]},
            lambda said, uid: sell_card(
                self.session, said["kind"], SECOND, [Paying(WECHAT, paid)], amount=paid, uid=uid
            ),
        )  # fmt: skip
        self._with_card(
            "lost", SECOND, lambda key, version, uid: set_card_state(
                self.session, key, LOST, version=version, reason="丢了", uid=uid
            ),
        )  # fmt: skip
        self._with_card(
            "replaced", SECOND, lambda key, version, uid: replace_card(
                self.session, key, THIRD, version=version, reason="补卡", uid=uid
            ),
        )  # fmt: skip

    def hold(self) -> None:
        """The first one is held, and let go again."""
        for name, state in (("held", FROZEN), ("freed", GOOD)):
            self._with_card(
                name, CARD_NUMBER, lambda key, version, uid, state=state: set_card_state(
                    self.session, key, state, version=version, uid=uid
                ),
            )  # fmt: skip

    def unite(self) -> None:
        """Both are made the card of one client, and become one."""
        whose = self._looked("whose", lambda: int(Person.get(Person.name == "王芳").key))
        for name, number in (("given", CARD_NUMBER), ("given2", THIRD)):
            self._with_card(
                name, number, lambda key, version, uid: transfer_card(
                    self.session, key, whose, version=version, uid=uid
                ),
            )  # fmt: skip
        self._with_card(
            "united", THIRD, lambda key, version, uid: merge_cards(
                self.session, key, CARD_NUMBER, version=version, uid=uid
            ),
        )  # fmt: skip

    def _with_card(self, name: str, number: str, work: object) -> None:
        def look() -> Said:
            card = find_card(number)
            assert card is not None, number
            return {"key": card.key, "version": card.version}

        said = self.pinned.get(name) or self._looked(f"see {name}", look)
        self._do(name, said, lambda said, uid: work(said["key"], said["version"], uid))  # type: ignore[operator]

    def ring(self) -> None:
        """508.00 of work by three hands."""
        if RUNG not in self.pinned:
            self._tried("ring", self._ring)
        draft = self.pinned[RUNG]["draft"]
        for name, said in (
            (RUNG, self.pinned[RUNG]), ("hands2", {"draft": draft, "line": 2, "who": "9:70 21:30"})
        ):  # fmt: skip
            self._do(
                name, said,
                lambda said, uid: name_stylists(
                    self.session, said["draft"], said["line"], said["who"], uid=uid
                ),
            )  # fmt: skip

    def part(self) -> None:
        """The cut goes onto a ticket of its own; 50.00 are paid ahead of what stays."""
        draft = self.pinned[RUNG]["draft"]
        ahead = Paying(WECHAT, Money(AHEAD, money()), reference="A77")
        self._do(
            "split", {"draft": draft, "lines": [1]},
            lambda said, uid: split_bill(
                self.session, said["draft"], said["lines"], title="剪发", uid=uid
            ),
        )  # fmt: skip
        self._do(
            "card", {"draft": draft},
            lambda said, uid: take_for(self.session, said["draft"], ahead, uid=uid),
        )  # fmt: skip

    def rejoin(self) -> None:
        """The ticket with the cut is fetched, the other one waits, and comes with its money."""

        def look() -> Said:
            (waiting,) = waiting_bills()
            return {"draft": waiting.key, "other": self.pinned[RUNG]["draft"]}

        def fetch(said: Said, uid: UUID) -> None:
            other = said["other"]
            fetch_bill(self.session, said["draft"], instead_of=other, title="染发", uid=uid)

        self._do("fetch", self.pinned.get("fetch") or self._looked("fetch", look), fetch)
        self._do(
            "join", self.pinned["fetch"],
            lambda said, uid: join_bills(self.session, said["draft"], said["other"], uid=uid),
        )  # fmt: skip

    def ticket(self) -> None:
        """312.50 by the card, what was paid ahead, the rest by wallet."""

        def sell(said: Said, uid: UUID) -> None:
            due, part = Money(said["due"], money()), Money(31_250, money())
            rest = due - part - Money(AHEAD, money())
            payings = [Paying(_way(VALUE_CARD), part, code=CARD_NUMBER), Paying(WECHAT, rest)]
            sales.sell(self.session, said["draft"], payings, shown=due, uid=uid)

        said = {"draft": self.pinned["join"]["draft"], "due": self.pinned[RUNG]["due"]}
        self._do("ticket", said, sell)

    def _ring(self) -> None:
        bill = basket.open_basket(self.session)
        for code in (CUT, COLOUR)[len(bill.lines) :]:
            basket.ring(bill, items.find_item(code), Quantity.of(1))
        self.pinned[RUNG] = {
            "draft": bill.draft, "due": bill.amount_due.minor, "line": 1, "who": "8*",
        }  # fmt: skip

    def some_back(self) -> None:
        """The cut comes back; who did it keeps what he got."""
        one = {1: Quantity.of(1)}

        def look() -> Said:
            sold = self._sold(2)
            kept = int(Stylist.get(Stylist.number == 8).user_id)
            return {"sale": sold, "kept": kept, "shown": giving_back(sold, one).total.minor}

        def work(said: Said, uid: UUID) -> None:
            shown = Money(said["shown"], money())
            return_goods(
                self.session, said["sale"], one, shown=shown, reason="unwanted",
                kept_by=(said["kept"],), uid=uid,
            )  # fmt: skip

        self._do("back", self.pinned.get("back") or self._looked("back", look), work)

    def give_up(self) -> None:
        """What is left of the principal goes back in cash."""

        def look() -> Said:
            card = find_card(CARD_NUMBER)
            assert card is not None
            return {
                "card": card.key, "version": card.version,
                "shown": worth_of(card).for_cause(BY_STORE).minor,
            }  # fmt: skip

        def work(said: Said, uid: UUID) -> None:
            shown = Money(said["shown"], money())
            refund_card(
                self.session, said["card"], [Paying(WECHAT, -shown)], version=said["version"],
                amount=shown, cause=BY_STORE, shown=shown, reason="搬家", uid=uid,
            )  # fmt: skip

        self._do("giveup", self.pinned.get("giveup") or self._looked("giveup", look), work)

    def book(self) -> None:
        def look() -> Said:
            goods, who = items.find_item(COLOUR).goods, Stylist.get(Stylist.number == 8).key
            return {"goods": goods, "who": who, "day": open_day(1).isoformat()}

        self._do(
            "book", self.pinned.get("book") or self._looked("book", look),
            lambda said, uid: save_appointment(
                self.session, None, client=Client("王芳"),
                day=date.fromisoformat(said["day"]), minute=14 * 60,
                wishes=[Wish(said["goods"], said["who"], True, None)], uid=uid,
            ),
        )  # fmt: skip

    def deposit(self) -> None:
        """50.00 ahead, in cash, on a voucher that was named first."""
        self._with_appointment(
            "name", lambda key, version, uid: name_deposit(
                self.session, key, HELD, version=version, uid=uid
            ),
        )  # fmt: skip
        held = Money(5_000, money())
        self._do(
            "deposit", {},
            lambda said, uid: sell_voucher(
                self.session, HELD, [Paying(1, held)], amount=held, uid=uid
            ),
        )  # fmt: skip

    def keep(self) -> None:
        """The client does not come: the deposit is earned, and who waited gets his part."""
        self._with_appointment(
            "missed", lambda key, version, uid: step_appointment(
                self.session, key, version=version, state=NO_SHOW, uid=uid
            ),
        )  # fmt: skip
        self._with_appointment(
            "keep", lambda key, version, uid: keep_deposit(
                self.session, key, version=version, uid=uid
            ),
        )  # fmt: skip

    def _with_appointment(self, name: str, work: object) -> None:
        def look() -> Said:
            found = Appointment.get()
            return {"key": found.key, "version": found.version}

        said = self.pinned.get(name) or self._looked(f"see {name}", look)
        self._do(name, said, lambda said, uid: work(said["key"], said["version"], uid))  # type: ignore[operator]
