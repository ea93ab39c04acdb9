"""A store room's day in the process that is killed and starved (program.py): a delivery comes,
goods are carried and scrapped, and a shelf is counted.

Chosen by the environment: `DESKBELL_TEST_DAY=stock`.
"""

from __future__ import annotations

from uuid import UUID

from models.base.money import Money
from models.base.quantity import Quantity
from models.buying import receiving
from models.buying.delivery_lines import DeliveryHead
from models.buying.goods_in import receive_goods
from models.buying.receipts import CASUAL
from models.stock import counts, goods_out
from models.stock.count_posting import LEAVE, outcome, post_stocktake
from models.stock.counts import COUNTING, Stocktake
from models.stock.stock import SHOP_FLOOR, STORE_ROOM, lying_at
from models.stock.trade import SCRAP, TRANSFER
from tests.faults.program import Day, Said, money

CODES = ("1001", "1002", "1004")


class StockDay(Day):
    """The same as a day of the till, of other work."""

    def run(self) -> None:
        """Everything, up to the first piece that is refused twice. Refuses: GaveUp."""
        for step in (
            self.receive, self.carry, self.scrap, self.begin, self.post, self.count, self.close,
        ):  # fmt: skip
            step()

    def receive(self) -> None:
        """Three items, a dozen of each."""
        if "receive" not in self.pinned:
            self._tried("scan", self._scan)

        def work(said: Said, uid: UUID) -> None:
            due = Money(said["due"], money())
            receive_goods(self.session, said["draft"], shown=due, uid=uid)

        self._do("receive", self.pinned["receive"], work)

    def _scan(self) -> None:
        begun = receiving.waiting(self.session.register)
        found = (
            receiving.load(begun[0]) if begun
            else receiving.begin(self.session, DeliveryHead(CASUAL, None))
        )  # fmt: skip
        for code in CODES[len(found.lines) :]:
            receiving.take_in(found, code, Quantity.of(12))
        self.pinned["receive"] = {"draft": found.draft, "due": found.total().minor}

    def carry(self) -> None:
        self._out("carry", TRANSFER, STORE_ROOM)

    def scrap(self) -> None:
        self._out("scrap", SCRAP, 0)

    def _out(self, name: str, how: str, target: int) -> None:
        def ring() -> None:
            begun = goods_out.outs_waiting(self.session.register)
            slip = (
                goods_out.load_out(begun[0]) if begun
                else goods_out.begin_out(self.session, how, origin=SHOP_FLOOR, target=target)
            )  # fmt: skip
            for code in CODES[len(slip.lines) :]:
                goods_out.put_out(slip, code, Quantity.of(2))
            self.pinned[name] = {"draft": slip.draft}

        if name not in self.pinned:
            self._tried(f"ring {name}", ring)
        self._do(
            name, self.pinned[name],
            lambda said, uid: goods_out.take_out(
                self.session, said["draft"], reason="broken", uid=uid
            ),
        )  # fmt: skip

    def begin(self) -> None:
        self._do("begin", {}, lambda said, uid: counts.begin_stocktake(self.session, uid=uid))

    def post(self) -> None:
        """One piece of the first item is missing."""
        if "post" not in self.pinned:
            self._tried("count", self._count)

        def work(said: Said, uid: UUID) -> None:
            take = Stocktake.get_by_id(said["take"])
            shown = Money(said["shown"], money())
            post_stocktake(self.session, take, uncounted=LEAVE, shown=shown, uid=uid)

        self._do("post", self.pinned["post"], work)

    def _count(self) -> None:
        take = Stocktake.get(Stocktake.state == COUNTING)
        zone = counts.begin_zone(self.session, take, "A")
        if not zone.lines:
            counts.count_in(zone, CODES[0], Quantity(0))
        there = lying_at(zone.lines[0].goods)
        counts.set_counted(zone, 1, there - Quantity.of(1))
        self.pinned["post"] = {"take": take.key, "shown": outcome(take, LEAVE).moved.minor}
