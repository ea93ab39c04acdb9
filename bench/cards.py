"""Cards that were used a million times: what is owed for them, day by day and on the slip of a day,
and its proof.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from bench import stores
from bench.figures import Line, figure, line_of, timed
from models.base.database import database
from models.base.hot import query
from models.base.money import Money
from models.ledger.accounts import VALUE_CARD_LIABILITY
from models.ledger.daily.days import CLOSED, store_day
from models.ledger.documents import Document
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender
from models.members.card_kinds import save_card_kind
from models.members.cards import sell_card
from models.members.checks import LOT_CHECKS
from models.members.kinds import VALUE_CARD
from models.members.lots import BACK
from models.reports.bridge import both_figures
from models.reports.member_lists import TAKEN_AND_EARNED
from models.reports.report import Period, pages_of
from models.shop import sales
from models.trust.operation import Session, new_uid
from tests.stores import CNY

# So many days back lies the first use.
DAYS = 300
CARD = "880001"


def card_lines(moves: int) -> Iterator[Line]:
    """Milliseconds of what is owed with so many moves of cards in the books."""
    with stores.place(50).copied("cards").opened() as session:
        _used_once(session)
        _again_and_again(moves)
        today = store_day()
        slip = figure([timed(partial(both_figures, today))[0] for _ in range(20)])
        month = Period(today - timedelta(days=30), today)
        runs = [list(_slices(session, month)) for _ in range(3)]
        took, slices = [sum(each) for each in runs], [piece for each in runs for piece in each]
        proof = [timed(partial(_proved, check))[0] for check in LOT_CHECKS]
    told = f"{moves:,} moves of cards"
    yield line_of(
        f"earned and owed for the slip of a day, {told}", slip, target="p95 <= 50",
        met=slip.p95 <= 50,
    )  # fmt: skip
    yield line_of(f"taken, earned and owed of 30 days, {told}", figure(took), target="<= 1000",
                  met=figure(took).p50 <= 1000)  # fmt: skip
    pieces = figure(slices)
    yield line_of(
        f"one piece of it (holds the database), {told}", pieces, target="p95 <= 50",
        met=pieces.p95 <= 50,
    )  # fmt: skip
    yield Line(f"proof of what is owed over {told}", sum(proof) / 1000, unit="s")


def _slices(session: Session, month: Period) -> Iterator[float]:
    pages = pages_of(session, TAKEN_AND_EARNED, month)
    while True:
        took, page = timed(partial(next, pages, None))
        if page is None:
            return
        yield took


def _proved(check: object) -> None:
    for some in check.steps(quick=False):  # type: ignore[attr-defined]
        assert not list(some)


def _used_once(session: Session) -> None:
    """A card of 90,000.00, of which 50 are taken for a bill."""
    kind = save_card_kind(session, None, name="储值卡", form="value", is_named=False, uid=new_uid())
    paid = Money(9_000_000, CNY)
    sell_card(session, kind.key, CARD, [Paying(1, paid)], amount=paid, uid=new_uid())
    bill = stores.fill_basket(session, stores.codes(50, 1))
    way = Tender.get(Tender.kind == VALUE_CARD).number
    due = bill.amount_due
    sales.sell(session, bill.draft, [Paying(way, due, code=CARD)], shown=due, uid=new_uid())


def _again_and_again(moves: int) -> None:
    """The same move in documents of the days before, in turn onto the card and off it, by plain
    SQL: two of each, so that what is owed stays. Of their entries there are those that are proved.
    """
    used = Document.select().order_by(Document.key.desc()).get()
    today, step = used.day.isoformat(), 1 << 20
    sign = "(CASE WHEN n.i % 2 THEN -1 ELSE 1 END)"
    back = f"CASE WHEN {sign} > 0 THEN t.\"why\" ELSE '{BACK}' END"
    # On one day lie both of a pair.
    day = f"date('{today}', '-' || (1 + (n.i - 1) / 2 % {DAYS}) || ' days')"
    document = f't."document_id" + n.i * {step}'
    with database.atomic():
        _copy("business_day", DAYS, f"t.\"date\" = '{today}'", {
            "date": f"date('{today}', '-' || n.i || ' days')", "state": f"'{CLOSED}'",
        })  # fmt: skip
        _copy("document", moves, f't."key" = {used.key}', {
            "key": f't."key" + n.i * {step}', "number": 't."number" + n.i', "day": day,
            "is_posted": "0",
        })  # fmt: skip
        _copy("lot_move", moves, f't."document_id" = {used.key}', {
            "document_id": document, "amount": f't."amount" * {sign}',
            "bonus": f't."bonus" * {sign}', "why": back,
        })  # fmt: skip
        _copy(
            "entry", moves,
            f't."document_id" = {used.key} AND t."account_id" = {VALUE_CARD_LIABILITY}',
            {"document_id": document, "amount": f't."amount" * {sign}'},
        )  # fmt: skip


def _copy(table: str, count: int, where: str, given: dict[str, str]) -> None:
    """So many rows like one, with other values in some columns."""
    names = [row[1] for row in query(f'PRAGMA table_info("{table}")')]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(given.get(name, f't."{name}"') for name in names)
    database.execute_sql(
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
        f'INSERT INTO "{table}" ({columns}) SELECT {values} FROM "{table}" t, n WHERE {where}'
    )
