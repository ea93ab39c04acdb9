"""Random weeks of a store room, at the average and in layers: deliveries, sales, returns, goods
back, transfers, scrap and counts. After every step the stock is the sum of its moves, the value
that of its layers, and nothing lies below zero without the right to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.hot import query
from models.base.quantity import Quantity
from models.buying.bills import Billed, book_bill, not_billed
from models.ledger.documents import Document
from models.ledger.folios import Folio
from models.ledger.proving import proof
from models.shop.return_lines import giving_back, sold_lines
from models.shop.returns import return_goods
from models.stock.count_posting import LEAVE, outcome, post_stocktake
from models.stock.count_review import begin_second, to_count_again
from models.stock.counts import begin_stocktake, begin_zone, count_in
from models.stock.goods_out import begin_out, put_out, take_out
from models.stock.layers import AVERAGE, FIFO
from models.stock.stock import SHOP_FLOOR, STORE_ROOM, OutOfStock, lying_at
from models.stock.trade import SCRAP, TRANSFER
from models.trust.operation import new_uid
from models.trust.settings import change_settings
from tests.models.buying.bought import buys, supplier
from tests.models.stock.test_layers import gone_back, sold, values_at
from tests.stores import FIRST_DAY, Shop, yuan

CODES = ("1001", "1002", "1004")
KINDS = (
    "receive",
    "sell",
    "return",
    "back",
    "carry",
    "bring",
    "scrap",
    "count",
    "bill",
    "oversell",
)
steps = st.lists(
    st.tuples(
        st.sampled_from(KINDS), st.sampled_from(CODES), st.integers(1, 40), st.integers(1, 900)
    ),
    min_size=4, max_size=14,
)  # fmt: skip


@dataclass
class Room:
    """A store room, and a reckoning of its own: what lies where, in pieces."""

    shop: Shop
    folio: Folio
    floor: dict[str, int]
    behind: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CODES, 0))
    sales: list[tuple[Document, str]] = field(default_factory=list)

    def step(self, kind: str, code: str, pieces: int, fen: int) -> None:
        """Do one, or see it refused."""
        try:
            getattr(self, kind)(code, pieces, fen)
        except OutOfStock:
            # Refused is only what is not there.
            places = (self.floor[code], self.behind[code])
            assert pieces > min(places), (kind, code, pieces, places)

    def receive(self, code: str, pieces: int, fen: int) -> None:
        buys(self.shop, code, str(pieces), f"{fen / 100:.2f}", self.folio)
        self.floor[code] += pieces

    def sell(self, code: str, pieces: int, fen: int) -> None:
        self.sales.append((sold(self.shop, code, Quantity.of(pieces)), code))
        self.floor[code] -= pieces

    def oversell(self, code: str, pieces: int, fen: int) -> None:
        """More than there is, by who may."""
        many = max(self.floor[code], 0) + pieces
        change_settings(self.shop.owner, {"stock.below_zero": "warn"}, uid=new_uid())
        self.sell(code, many, fen)
        change_settings(self.shop.owner, {"stock.below_zero": "refuse"}, uid=new_uid())
        assert self.floor[code] < 0

    def back(self, code: str, pieces: int, fen: int) -> None:
        gone_back(self.shop, self.folio, code, str(pieces), f"{fen / 100:.2f}")
        self.floor[code] -= pieces

    def carry(self, code: str, pieces: int, fen: int) -> None:
        self._out(code, pieces, (SHOP_FLOOR, STORE_ROOM))
        self.floor[code] -= pieces
        self.behind[code] += pieces

    def bring(self, code: str, pieces: int, fen: int) -> None:
        self._out(code, pieces, (STORE_ROOM, SHOP_FLOOR))
        self.floor[code] += pieces
        self.behind[code] -= pieces

    def scrap(self, code: str, pieces: int, fen: int) -> None:
        self._out(code, pieces, (SHOP_FLOOR, 0))
        self.floor[code] -= pieces

    def _out(self, code: str, pieces: int, places: tuple[int, int]) -> None:
        origin, target = places
        way = begin_out(
            self.shop.owner, TRANSFER if target else SCRAP, origin=origin, target=target
        )
        put_out(way, code, Quantity.of(pieces))
        take_out(self.shop.owner, way.draft, reason="r", uid=new_uid())

    def count(self, code: str, pieces: int, fen: int) -> None:
        """Somebody finds more, or fewer, than the books say; never fewer than nothing."""
        found = max(self.floor[code] + (pieces if fen % 2 else -pieces), 0)
        take = begin_stocktake(self.shop.owner, uid=new_uid())
        count_in(begin_zone(self.shop.owner, take, "A"), code, Quantity.of(found))
        if to_count_again(take):
            count_in(begin_second(self.shop.owner, take, "A"), code, Quantity.of(found))
        post_stocktake(
            self.shop.owner, take, uncounted=LEAVE, shown=outcome(take, LEAVE).moved,
            uid=new_uid(),
        )  # fmt: skip
        self.floor[code] = found

    def bill(self, code: str, pieces: int, fen: int) -> None:
        """The bill of all that is open, each line so much dearer or cheaper."""
        lines = not_billed(self.folio.key)
        if lines:
            said = [
                Billed(one.document_id, one.line, max(one.net + yuan(f"{(fen - 450) / 100:.2f}"),
                       yuan("0")))
                for one in lines
            ]  # fmt: skip
            book_bill(
                self.shop.owner, self.folio.key, said, number=str(new_uid()), dated=FIRST_DAY,
                tax=yuan("0"), uid=new_uid(),
            )  # fmt: skip

    def come_back(self, code: str, pieces: int, fen: int) -> None:
        """Some of the newest sale come back to the floor."""
        if not self.sales:
            return
        sale, of = self.sales[-1]
        (line,) = sold_lines(sale.key)
        many = min(pieces, line.left.thousandths // 1000)
        if many:
            wanted = {1: Quantity.of(many)}
            return_goods(
                self.shop.manager, sale.key, wanted, shown=giving_back(sale.key, wanted).total,
                reason="unwanted", uid=new_uid(),
            )  # fmt: skip
            self.floor[of] += many

    def holds(self, method: str) -> None:
        """Moves, places, layers and this reckoning say one thing."""
        for code in CODES:
            goods = self.shop.goods(code).key
            there = [lying_at(goods, place).thousandths for place in (SHOP_FLOOR, STORE_ROOM)]
            assert there == [self.floor[code] * 1000, self.behind[code] * 1000], code
            kept = query('SELECT "quantity", "value" FROM "stock" WHERE "goods" = ?', goods)
            assert kept == _sums("stock_move", "goods_id", goods), code
            quantity, value = kept[0]
            assert quantity or not value
            if method == FIFO:
                assert kept == _sums("stock_layer", "goods", goods), code
            # Whoever may go below zero did: what lies behind never does.
            assert self.behind[code] >= 0


def _sums(table: str, column: str, goods: int) -> list[tuple[int, int]]:
    sql = f'SELECT sum("quantity"), sum("value") FROM "{table}" WHERE "{column}" = ?'
    return [(int(quantity or 0), int(value or 0)) for quantity, value in query(sql, goods)]


@pytest.mark.row("STK-33", "STK-14", "STK-17")
@pytest.mark.parametrize("method", [AVERAGE, FIFO])
@pytest.mark.parametrize(
    "examples", [4, pytest.param(150, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]
)
def test_random_weeks(shop_on: Callable[[str], Shop], method: str, examples: int) -> None:
    shop = shop_on("sqlite")
    shop.open_shift(pieces=60)
    values_at(shop, method)
    change_settings(shop.owner, {"stock.below_zero": "refuse"}, uid=new_uid())
    # What they have is the shelf's of all examples: each goes on where the last one ended.
    floor = {code: lying_at(shop.goods(code).key).thousandths // 1000 for code in CODES}
    room = Room(shop, supplier(shop, bills_later=True), floor)

    @settings(
        max_examples=examples, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(week=steps)
    def once(week: list[tuple[str, str, int, int]]) -> None:
        for kind, code, pieces, fen in week:
            room.step("come_back" if kind == "return" else kind, code, pieces, fen)
            room.holds(method)

    once()
    assert not [str(found) for found in proof.verify()]
