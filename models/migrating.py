"""The steps from one schema to the next, and what each leaves in the audit logs.

How to change a table is told in docs/engineer/database.md. In short: declare it as it is to be, and
say here what the rows that there are hold in a new column.
"""

from __future__ import annotations

from models.base import watching
from models.base.database import database
from models.base.hot import query
from models.base.migrations import SCHEMA, SchemaMark, Step
from models.base.pinyin import syllables
from models.base.reshaping import create, drop, reshape
from models.base.tallies import RowTally, tally_as_it_is
from models.base.watched_rows import WatchedRows, mark_all
from models.base.watching import TOLD, watch_of
from models.buying.trade import BUYING
from models.goods.goods import Barcode, Goods, TaxRate, Unit
from models.goods.price_changes import PriceChange
from models.goods.search import GOODS_INDEX
from models.goods.shelf_labels import ShelfLabel
from models.hotel.trade import HOTEL
from models.imports.imports import ImportRun
from models.ledger import accounts
from models.ledger.debts.due_notes import DueNote
from models.ledger.debts.tax_invoices import TaxInvoice, TaxInvoiceLine
from models.ledger.folios import Folio
from models.ledger.gateway.orders import GatewayLine, GatewayOrder
from models.ledger.ways.foreign import ForeignCount, ForeignMove
from models.ledger.ways.tenders import ALIPAY, WECHAT, Payment, TakenPayment, Tender
from models.listings.listings import SavedView
from models.members.tenders import ship_tenders
from models.members.trade import MEMBERS
from models.people.trade import PEOPLE
from models.salon.trade import SALON
from models.search.index import rebuild_index
from models.search.trade import SEARCH
from models.selling.charges import GOODS, ChargeLine, ChargeStaff, ChargeTax, StaffChange
from models.selling.promotion_effect import ChargePromotion
from models.selling.promotion_rows import Promotion
from models.shop.return_lines import ReturnLine
from models.shop.sales import Sale
from models.stock import places
from models.stock.count_posting import CountResult, CountResultLine
from models.stock.counts import Stocktake
from models.stock.goods_out import GoodsOut, GoodsOutLot
from models.stock.layers import StockLayer
from models.stock.stock import Elsewhere, Stock, StockMove
from models.trust import audit, trades
from models.trust.drafts import Draft, DraftLine
from models.trust.operation import open_day_or_none
from models.trust.print_queue import PrintJob
from models.trust.registers import Register
from models.trust.settings import Stored, store_value
from models.trust.trades_used import switch_of
from models.trust.users import Role, RoleRight, User

_MARKED_SINCE_2 = (
    Role, RoleRight, User, Register, Stored, accounts.Account, Unit, Barcode,
)  # fmt: skip


def _to_2() -> None:
    """Everything between the first store and the first release."""
    reshape(SchemaMark, gone=["id"])
    # The row that every log gets at the end of the step seals it.
    reshape(audit.ChainHead, seal="''")
    for table in _MARKED_SINCE_2:
        reshape(table, mark="0")
    reshape(Draft, mark="0", version="1")
    # There was no other unfinished work than bills.
    reshape(DraftLine, mark="0", kind=f"'{GOODS}'")
    create(*trades.tables([PEOPLE]))
    accounts.ship()
    reshape(
        Folio,
        account=f"CASE WHEN \"kind\" = 'supplier' THEN {accounts.PAYABLE} "
        f"ELSE {accounts.RECEIVABLE} END",
        window="''",
        mark="0",
    )
    reshape(
        Tender,
        shortcut='CASE "number" WHEN 2 THEN 1 WHEN 3 THEN 2 WHEN 4 THEN 3 WHEN 5 THEN 4 END',
        pay_code=f"CASE \"number\" WHEN 3 THEN '{WECHAT}' WHEN 4 THEN '{ALIPAY}' END",
        mark="0",
    )
    # The account that a payment on account charged stood in its entry alone.
    reshape(
        Payment,
        code="''",
        folio='(SELECT min(e."folio") FROM "entry" e '
        'WHERE e."document_id" = "payment"."document_id" AND e."amount" = "payment"."amount")',
    )
    reshape(
        PrintJob,
        user='coalesce((SELECT d."user" FROM "document" d WHERE d."key" = "print_job"."subject"), '
        '(SELECT s."user" FROM "shift" s WHERE s."key" = "print_job"."subject"), 0)',
    )
    create(TakenPayment, Elsewhere, DueNote, ReturnLine, RowTally, ForeignMove, ForeignCount)
    create(TaxInvoice, TaxInvoiceLine, GatewayOrder, GatewayLine)
    create(Promotion, ChargePromotion)
    reshape(Stock, gone=["location"])
    reshape(StockMove, number='"line"')
    create(*trades.tables([BUYING]))
    create(Stocktake, CountResult, CountResultLine, GoodsOut, GoodsOutLot)
    create(StockLayer, ShelfLabel)
    create(PriceChange)
    places.ship(None)
    _charge_lines()
    _taxes()
    create(*trades.tables([HOTEL]))
    create(*trades.tables([MEMBERS]))
    create(*trades.tables([SALON]))
    _index_anew()
    reshape(ImportRun, made="'{}'")
    reshape(SavedView, gone=["book"], listing='"book"')
    store_value(switch_of("shop"), True)
    # No register is in use yet that gives keys; those behind the last one are nobody's.
    ship_tenders(lambda: int(query('SELECT max("key") + 1 FROM "tender"')[0][0]))
    _mark_all()
    _tell_all()


def _taxes() -> None:
    """A tax can be an amount, has an account, and can be a group."""
    reshape(TaxRate, place="''", is_based_on="FALSE", account=str(accounts.OUTPUT_TAX), mark="0")


def _charge_lines() -> None:
    """The lines and taxes of a sale became those of every trade."""
    for old, new in (("sale_line", "charge_line"), ("sale_tax", "charge_tax")):
        database.execute_sql(f'ALTER TABLE "{old}" RENAME TO "{new}"')
    day = 'SELECT d."day" FROM "document" d WHERE d."key" = "charge_line"."document_id"'
    sales = str(accounts.SALES)
    reshape(ChargeLine, kind="'goods'", day=f"({day})", service="0", account=sales)
    reshape(Sale, customer="''", discount_basis="'amounts'")
    reshape(ChargeTax, account=str(accounts.OUTPUT_TAX), of_line="0")
    create(ChargeStaff, StaffChange)


def _mark_all() -> None:
    """What was written before rows were marked: from now on it is what the program saved."""
    for table in trades.tables():
        watch = watch_of(table)
        if watch is not None and watch.mark_place is not None:
            mark_all(table)
    for table in trades.tables():
        if watching.is_counted(table):
            tally_as_it_is(str(table._meta.table_name))


def _tell_all() -> None:
    """What was written before the logs told it: from now on it is what they say."""
    ((register,),) = query('SELECT min("register") FROM "chain_head"')
    for table in trades.tables():
        if table not in TOLD:
            continue
        rows = WatchedRows(table)
        for page in rows.pages():
            for row in page:
                rows.watch.tell(row)
            audit.append(
                register, "migrate", user=None, user_name="", day=open_day_or_none(),
                detail={"table": table._meta.table_name},
            )  # fmt: skip


def _index_anew() -> None:
    """One index for all listings; goods are found by full pinyin too."""
    for name in ("gram", "goods_to_index", "best_seller"):
        drop(name)
    create(*trades.tables([SEARCH]))
    reshape(Goods, full_pinyin="''", mnemonic="''", mark="0")
    for goods in Goods.select(Goods.key, Goods.name):
        Goods.update(full_pinyin=syllables(goods.name)).where(Goods.key == goods.key).execute()
    after = 0
    while after := rebuild_index(GOODS_INDEX, after):
        pass


# Number of a schema -> the step that leads to it. The first one has none.
STEPS: dict[int, Step] = {2: _to_2}
assert max(STEPS) == SCHEMA


def noted(number: int, copy: str) -> None:
    """End a step: every register's log says that the store was brought to this schema, and which
    copy was made before.
    """
    for (register,) in query('SELECT "register" FROM "chain_head" ORDER BY "register"'):
        audit.append(
            register, "migrate", user=None, user_name="", day=open_day_or_none(),
            detail={"schema": [number - 1, number], "copy": copy},
        )  # fmt: skip
