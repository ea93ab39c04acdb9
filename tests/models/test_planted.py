"""Each check sees its fault: planted past all guards, named by `verify`."""

from __future__ import annotations

import pytest

from models.base import findings
from models.base.database import database, is_sqlite
from models.ledger.proving import proof
from models.trust import trades_used
from tests.models.worked import codes, planting, worked
from tests.stores import Shop

__all__ = ["worked"]

_SALE = '(SELECT min("key") FROM "document" WHERE "kind" = \'sale\')'
_LAST_SALE = _SALE.replace("min", "max")
_CLOSED_SHIFT = '(SELECT min("key") FROM "shift" WHERE "state" = \'closed\')'
_OPEN_DAY = '(SELECT "date" FROM "business_day" WHERE "state" = \'open\')'
_SALE_TABLES = (
    "entry", "payment", "charge_line", "charge_tax", "stock_move", "sale",
)  # fmt: skip
_SEAL = '(SELECT min("day") FROM "day_seal")'


def _come_back(line: int, of_line: int, quantity: int = 1000, given: int = 0) -> str:
    """A line of the first sale that comes back on the sale itself."""
    return (
        'INSERT INTO "return_line" ("store", "document_id", "line", "of_document", "of_line", '
        '"quantity", "reason", "is_scrapped", "given", "currency") '
        f'SELECT "store", "key", {line}, "key", {of_line}, {quantity}, \'damaged\', false, '
        f'{given}, \'CNY\' FROM "document" WHERE "key" = {_SALE}'
    )


# code -> statements that make it true
FAULTS: list[tuple[str, tuple[str, ...]]] = [
    ("ChainCut", ('UPDATE "chain_head" SET "seq" = "seq" + 1 WHERE "register" = 1',)),
    ("ChainHeadMissing", ('DELETE FROM "chain_head" WHERE "register" = 1',)),
    ("CurrencyWrong", ('UPDATE "till_event" SET "currency" = \'USD\'',)),
    (
        "DraftWrong",
        ("UPDATE \"draft\" SET \"state\" = 'done' WHERE \"state\" = 'held'",),
    ),
    (
        "DocumentUnbalanced",
        (f'UPDATE "entry" SET "amount" = "amount" + 1 WHERE "document_id" = {_SALE} '
         'AND "line" = 1',),
    ),
    (
        "DocumentUnbalanced",
        (f'DELETE FROM "entry" WHERE "document_id" = {_SALE}',),
    ),
    ("DocumentNotPosted", (f'UPDATE "document" SET "is_posted" = false WHERE "key" = {_SALE}',)),
    ("EntryFolioWrong", ('UPDATE "entry" SET "folio" = NULL WHERE "folio" IS NOT NULL',)),
    (
        "EntryFolioWrong",
        ('UPDATE "entry" SET "folio" = (SELECT min("key") FROM "folio") '
         'WHERE "account_id" = 1001',),
    ),
    ("EntryFolioWrong", ('UPDATE "entry" SET "folio" = 7 WHERE "folio" IS NOT NULL',)),
    ("EntryFolioWrong", ('UPDATE "folio" SET "account" = 1125 WHERE "kind" = \'company\'',)),
    ("DayTotalWrong", ('UPDATE "day_total" SET "debit" = "debit" + 1 WHERE "account" = 6001',)),
    ("DayTotalWrong", ('DELETE FROM "day_total" WHERE "account" = 2221',)),
    (
        "DayTotalWrong",
        ('UPDATE "day_total" SET "day" = \'2026-03-20\' WHERE "account" = 6602 '
         'AND "day" = \'2026-03-02\'',),
    ),
    ("FolioBalanceWrong", ('UPDATE "folio" SET "balance" = "balance" + 100',)),
    *(
        ("ControlAccountWrong", (f'UPDATE "folio" SET "account" = {other} '
                                 f'WHERE "kind" = \'{kind}\'',))
        for kind, other in (("company", 2202), ("company", 1125), ("deposit", 2204),
                            ("card", 2203), ("package", 1122), ("guest", 2205))
    ),
    (
        "ControlAccountWrong",
        ('UPDATE "day_total" SET "debit" = "debit" + 1 WHERE "account" = 1122',),
    ),
    ("NumbersWrong", (f'DELETE FROM "document" WHERE "key" = {_SALE}',)),
    (
        "NumbersWrong",
        (f'UPDATE "document" SET "number" = 900 WHERE "key" = {_SALE}',),
    ),
    ("NumbersWrong", ('UPDATE "series" SET "last" = "last" + 1 WHERE "kind" = \'sale\'',)),
    ("NumbersWrong", ('DELETE FROM "series" WHERE "kind" = \'sale\'',)),
    ("NumbersWrong", ('UPDATE "shift" SET "number" = 9 WHERE "number" = 1',)),
    (
        "PostedAfterClose",
        (f'UPDATE "document" SET "day" = {_SEAL} WHERE "key" = {_LAST_SALE}',),
    ),
    ("OpenDaysWrong", ('UPDATE "business_day" SET "state" = \'open\'',)),
    ("OpenDaysWrong", ('UPDATE "business_day" SET "state" = \'closed\'',)),
    (
        "OpenDaysWrong",
        ("UPDATE \"business_day\" SET \"date\" = '2026-01-01' WHERE \"state\" = 'open'",),
    ),
    (
        "DocumentDayUnknown",
        (f'UPDATE "document" SET "day" = \'2020-01-01\' WHERE "key" = {_SALE}',),
    ),
    (
        "DocumentOutsideShift",
        (f'UPDATE "shift" SET "closed_day" = \'2026-03-01\' WHERE "key" = {_CLOSED_SHIFT}',),
    ),
    (
        "DocumentOutsideShift",
        (f'UPDATE "shift" SET "day" = {_OPEN_DAY} WHERE "key" = {_CLOSED_SHIFT}',),
    ),
    # The float of another date, the count of another date.
    ("DocumentOutsideShift", (
        f'UPDATE "shift" SET "day" = \'2026-03-01\' WHERE "key" = {_CLOSED_SHIFT}',
    )),
    ("DocumentOutsideShift", (
        f'UPDATE "shift" SET "closed_day" = {_OPEN_DAY} WHERE "key" = {_CLOSED_SHIFT}',
    )),
    ("ShiftsOpenTwice", ('UPDATE "shift" SET "state" = \'open\'',)),
    ("FloatWrong", (f'UPDATE "shift" SET "float_amount" = 1 WHERE "key" = {_CLOSED_SHIFT}',)),
    ("FloatWrong", ('UPDATE "cash_count" SET "pieces" = "pieces" + 1 WHERE "is_opening"',)),
    (
        "DrawerWrong",
        (f'UPDATE "shift" SET "expected" = "expected" + 5 WHERE "key" = {_CLOSED_SHIFT}',),
    ),
    ("DrawerWrong", ('UPDATE "cash_count" SET "pieces" = "pieces" + 1 WHERE NOT "is_opening"',)),
    (
        "ShiftCloseWrong",
        (f'UPDATE "shift" SET "counted" = "counted" + 5 WHERE "key" = {_CLOSED_SHIFT}',),
    ),
    (
        "DrawerAccountWrong",
        ('UPDATE "day_total" SET "debit" = "debit" + 5 WHERE "account" = 1001',),
    ),
    ("CashOutsideShift", (f'UPDATE "document" SET "shift" = NULL WHERE "key" = {_SALE}',)),
    (
        "CashPaymentsWrong",
        (f'UPDATE "payment" SET "amount" = "amount" + 1, "given" = "given" + 1 '
         f'WHERE "document_id" = {_SALE}',),
    ),
    ("PaymentWrong", (f'UPDATE "payment" SET "given" = 1 WHERE "document_id" = {_SALE}',)),
    ("AuditDisagrees", (f'UPDATE "document" SET "user" = 5 WHERE "key" = {_SALE}',)),
    ("AuditDisagrees", (f'UPDATE "document" SET "at" = 5 WHERE "key" = {_SALE}',)),
    (
        "AuditDisagrees",
        (f'UPDATE "entry" SET "amount" = "amount" * 2 WHERE "document_id" = {_SALE}',),
    ),
    ("AuditMissing", ("DELETE FROM \"audit\" WHERE \"verb\" = 'sell'",)),
    (
        "AuditMissing",
        ('DELETE FROM "audit" WHERE "seq" = (SELECT max("seq") FROM "audit" '
         "WHERE \"verb\" = 'pay_out' AND \"register\" = 1)",),
    ),
    (
        "DocumentMissing",
        (
            *(f'DELETE FROM "{t}" WHERE "document_id" = {_SALE}' for t in _SALE_TABLES),
            f'DELETE FROM "document" WHERE "key" = {_SALE}',
        ),
    ),
    (
        "PartsAltered",
        (f'UPDATE "charge_line" SET "name" = \'x\' WHERE "document_id" = {_SALE} AND "line" = 1',),
    ),
    ("PartsAltered", (f'UPDATE "document" SET "note" = \'x\' WHERE "key" = {_SALE}',)),
    (
        "PartsAltered",
        ("UPDATE \"payment\" SET \"reference\" = 'A78' WHERE \"reference\" = 'A77'",),
    ),
    ("PartsAltered", ('UPDATE "adjustment" SET "reason" = \'x\'',)),
    ("SealMissing", (f'DELETE FROM "day_seal" WHERE "day" = {_SEAL}',)),
    ("SealMissing", ("UPDATE \"business_day\" SET \"state\" = 'open'",)),
    ("SealTotalsWrong", (f'UPDATE "day_total" SET "credit" = 1 WHERE "day" = {_SEAL}',)),
    ("SaleMissing", (f'DELETE FROM "sale" WHERE "document_id" = {_SALE}',)),
    ("SaleMissing", (f'UPDATE "document" SET "total" = 1 WHERE "key" = {_SALE}',)),
    *(
        ("SaleLinesWrong", (f'UPDATE "charge_line" SET "{name}" = "{name}" + 1 '
                            f'WHERE "document_id" = {_SALE}',))
        for name in ("amount", "share", "net", "tax", "cost")
    ),
    *(
        ("SaleTotalWrong", (f'UPDATE "sale" SET "{name}" = "{name}" + 1 '
                            f'WHERE "document_id" = {_SALE}',))
        for name in ("subtotal", "discount", "rounding", "total", "net", "tax", "change")
    ),
    ("SaleTotalWrong", (f'UPDATE "charge_tax" SET "tax" = 1 WHERE "document_id" = {_SALE}',)),
    ("SaleTotalWrong", (f'DELETE FROM "payment" WHERE "document_id" = {_SALE}',)),
    ("SaleBooksWrong", (f'UPDATE "sale" SET "net" = 1 WHERE "document_id" = {_SALE}',)),
    (
        "SaleBooksWrong",
        (f'UPDATE "entry" SET "account_id" = 6002 WHERE "document_id" = {_SALE} '
         'AND "account_id" = 6001',),
    ),
    *(
        ("ChargesWrong", (f'UPDATE "charge_line" SET "{name}" = {value} '
                          f'WHERE "document_id" = {_SALE} AND "line" = 1',))
        for name, value in (("account", 6002), ("net", 1), ("service", 5))
    ),
    ("ChargesWrong", (f'UPDATE "charge_tax" SET "account" = 6001 WHERE "document_id" = {_SALE}',)),
    ("ChargesWrong", (f'DELETE FROM "charge_line" WHERE "document_id" = {_SALE}',)),
    (
        "ChargeTaxWrong",
        (f'UPDATE "charge_line" SET "tax" = "tax" + 1 WHERE "document_id" = {_SALE}',),
    ),
    ("ChargeTaxWrong", (f'DELETE FROM "charge_tax" WHERE "document_id" = {_SALE}',)),
    (
        "ChargePromotionWrong",
        (
            'INSERT INTO "charge_promotion" ("store", "document_id", "line", "of_line", '
            '"promotion", "name", "off", "currency") '
            f"SELECT \"store\", \"key\", 1, 1, 5, 'x', 10000, 'CNY' "
            f'FROM "document" WHERE "key" = {_SALE}',
        ),
    ),
    ("ChargeStaffWrong", ('UPDATE "charge_staff" SET "share" = 999999',)),
    ("ChargeStaffWrong", ('UPDATE "charge_staff" SET "of_line" = 77',)),
    ("ChargeStaffWrong", ('UPDATE "charge_staff" SET "user" = 77',)),
    (
        "CommissionEarnedWrong",
        (
            'INSERT INTO "commission_entry" ("store", "document_id", "line", "of_line", "user", '
            '"name", "grade", "is_asked", "rule", "basis", "base", "share", "rate", "each", '
            '"quantity", "amount", "currency", "event", "month", "is_kept") '
            "SELECT \"store\", \"key\", 1, 1, 1, 'x', 'x', TRUE, 1, 'paid', 10000, 1000000, "
            f"400000, 0, 1000, 4000, 'CNY', 'work', 202603, FALSE "
            f'FROM "document" WHERE "key" = {_SALE}',
        ),
    ),
    ("PointsWrong", ('UPDATE "points_entry" SET "gives" = "gives" + 1',)),
    ("PointsWrong", ('UPDATE "points_bill" SET "moved" = "moved" + 1',)),
    ("PointsWrong", ('UPDATE "points_entry" SET "base" = "base" + 100',)),
    ("TipsWrong", ('UPDATE "tip_move" SET "amount" = "amount" + 1',)),
    ("LevelWrong", ('UPDATE "level_step" SET "spent" = "spent" + 1',)),
    ("LotRestWrong", ('UPDATE "lot" SET "pieces_rest" = "pieces_rest" - 1 '
                      'WHERE "kind" = \'points\'',)),
    ("SaleLineWrong", (f'UPDATE "charge_line" SET "full" = 1 WHERE "document_id" = {_SALE}',)),
    ("SaleMoveWrong", (f'UPDATE "charge_line" SET "quantity" = 5 WHERE "document_id" = {_SALE}',)),
    ("SaleMoveWrong", (f'UPDATE "stock_move" SET "quantity" = 5 WHERE "document_id" = {_SALE}',)),
    ("ReturnWrong", (_come_back(1, 77),)),
    ("ReturnWrong", (_come_back(1, 1, 999_999_000),)),
    ("ReturnLineWrong", (_come_back(1, 1),)),
    (
        "PaidBackTooMuch",
        (_come_back(99, 1, 1, 99_999_999),
         f'UPDATE "return_line" SET "document_id" = {_LAST_SALE}',
         f'UPDATE "document" SET "reverses_id" = {_SALE} '
         f'WHERE "key" = {_LAST_SALE}'),
    ),
    (
        "ReturnPaidWrong",
        (f'UPDATE "document" SET "kind" = \'return\' WHERE "key" = {_SALE}',),
    ),
    ("StockBooksWrong", (f'UPDATE "stock_move" SET "value" = 5 WHERE "document_id" = {_SALE}',)),
    ("StockWrong", ('UPDATE "stock" SET "quantity" = "quantity" + 1000',)),
    ("StockWrong", ('UPDATE "stock" SET "value" = "value" + 1',)),
    ("StockWrong", (f'DELETE FROM "stock_move" WHERE "document_id" = {_SALE}',)),
    ("StockPlaceWrong", ('UPDATE "elsewhere" SET "quantity" = "quantity" - 1000',)),
    ("StockPlaceWrong", ('UPDATE "elsewhere" SET "location" = 3',)),
    ("StockPlaceWrong", ('DELETE FROM "elsewhere"',)),
    (
        "StockLayersWrong",
        ('INSERT INTO "stock_layer" ("store", "goods", "number", "source", "quantity", "value") '
         'SELECT "store", "goods", 1, 0, "quantity", "value" + 1 FROM "stock"',),
    ),
    ("StockAccountWrong", ('UPDATE "stock" SET "value" = "value" + 1',)),
    ("StockOfUnknownGoods", ('UPDATE "stock" SET "goods" = "goods" + 77',)),
    ("GoodsMonthWrong", ('UPDATE "goods_month" SET "amount" = "amount" + 1',)),
    ("GoodsMonthWrong", ('DELETE FROM "goods_month"',)),
    ("GoodsMonthWrong", ('UPDATE "goods_month" SET "month" = \'2025-01\'',)),
    ("SearchIndexLacks", ("DELETE FROM \"gram\" WHERE \"gram\" = '泉水'",)),
    ("SearchIndexLacks", ("UPDATE \"goods\" SET \"name\" = '雪碧' WHERE \"code\" = '1002'",)),
    ("SearchIndexLacks", ('DELETE FROM "foremost"',)),
    ("SearchIndexWrong", ("UPDATE \"goods\" SET \"name\" = '雪碧' WHERE \"code\" = '1002'",)),
    ("SearchIndexWrong", ('UPDATE "goods" SET "is_active" = false',)),
    ("SearchIndexWrong", ('UPDATE "gram" SET "record" = "record" + 77',)),
    ("SearchIndexWrong", ('UPDATE "gram" SET "kind" = 9999 WHERE "gram" = \'泉水\'',)),
    ("SearchIndexWrong", ('UPDATE "gram" SET "gram" = \'~xue\' WHERE "gram" = \'泉水\'',)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "statements"), FAULTS, ids=[f"{n}-{code}" for n, (code, _) in enumerate(FAULTS)]
)
def test_a_planted_fault_is_named(worked: Shop, code: str, statements: tuple[str, ...]) -> None:
    with planting() as plant:
        plant(*statements)
        assert code in codes()


def test_every_check_has_a_planted_fault() -> None:
    planted = {code for code, _ in FAULTS}
    # Planted in tests of their own: here, in test_chain.py, test_schema.py, test_with_the_file.py
    # and test_dues.py.
    planted |= {"AllocationTooMuch"}
    planted |= {"FileDamaged", "ReferenceBroken", "TriggerMissing", "UidTwice"}
    planted |= {"ChainBroken", "SealWrong", "SchemaAltered", "ToldWrong", "MarkWrong"}
    planted |= {"RowsPutBack"}
    # In tests/models/ledger/test_gateway.py.
    planted |= {"GatewayNotBooked", "GatewayBookedWrong"}
    # In tests/models/salon/test_appointments.py.
    planted |= {"TakenTwice", "HoldsWrong", "TicketMissing", "TurnsWrong"}
    # In tests/models/hotel.
    planted |= {"RoomCountWrong", "NightOutsideStay", "NightMissing"}
    planted |= {"FolioLinesWrong", "FolioChargesWrong", "WindowNotSettled"}
    planted |= {"TransferEarned", "FolioPaymentsWrong", "RoomChargesWrong", "DepartmentWrong"}
    planted |= {"LeftWithOpenWindow", "PackageLeft", "CommissionWrong"}
    # In tests/models/ledger/test_foreign.py.
    planted |= {"ForeignCashWrong", "ForeignCashLeft"}
    planted |= {"LotRestWrong", "LotMovesWrong", "LotAccountWrong", "CardBonusWrong"}
    # In tests/models/buying.
    planted |= {"DeliveryWrong", "DeliveryMoveWrong", "NotBilledWrong", "OrderStateWrong"}
    planted |= {"SupplierBillWrong"}
    # In tests/models/stock/test_stocktake.py.
    planted |= {"StocktakeWrong"}
    # In tests/models/people and tests/models/trust.
    planted |= {"MergeBroken", "SealedLost", "PhonesUnfindable"}
    assert {check.code for check in proof.checks()} <= planted


def test_a_missing_trigger_is_named(worked: Shop) -> None:
    with database.atomic() as transaction:
        on = "" if is_sqlite() else ' ON "entry"'
        database.execute_sql(f'DROP TRIGGER "keep_entry_update"{on}')
        found = [each for each in proof.verify(full=False) if each.code == "TriggerMissing"]
        transaction.rollback()
    assert [each.where for each in found] == ["keep_entry_update"]


def test_a_trigger_that_was_reworded_is_named(worked: Shop) -> None:
    with database.atomic() as transaction:
        if is_sqlite():
            database.execute_sql('DROP TRIGGER "keep_audit_delete"')
            database.execute_sql(
                'CREATE TRIGGER "keep_audit_delete" BEFORE DELETE ON "audit" BEGIN SELECT 1; END'
            )
        else:
            database.execute_sql(
                'CREATE OR REPLACE FUNCTION "keep_audit_delete"() RETURNS trigger '
                "LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$"
            )
        found = [each.where for each in proof.verify() if each.code == "TriggerMissing"]
        transaction.rollback()
    assert found == ["keep_audit_delete"]


def test_a_trigger_that_was_switched_off_is_named(worked: Shop) -> None:
    if is_sqlite():
        pytest.skip("SQLite cannot switch a trigger off")
    with database.atomic() as transaction:
        database.execute_sql('ALTER TABLE "entry" DISABLE TRIGGER "keep_entry_delete"')
        found = [each.where for each in proof.verify() if each.code == "TriggerMissing"]
        transaction.rollback()
    assert found == ["keep_entry_delete"]


def test_a_broken_reference_is_named(worked: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    if not is_sqlite():
        pytest.skip("PostgreSQL keeps references itself")
    with planting() as plant:
        plant('UPDATE "charge_tax" SET "document_id" = "document_id" + 4711')
        found = [each for each in proof.verify() if each.code == "ReferenceBroken"]
        assert _beside_work() == {"ReferenceBroken"}
        # A large file is looked through when its copy is proved, and not while somebody waits.
        monkeypatch.setattr(findings, "_SOON_BYTES", 0)
        assert _beside_work() == set()
    assert {each.where for each in found} == {"charge_tax"}


def _beside_work() -> set[str]:
    steps = proof.verify_steps(beside_work=True)
    codes = {each.code for some in steps for each in some}
    return codes & {"ReferenceBroken", "FileDamaged"}


def test_a_uid_that_was_used_twice_is_named(worked: Shop) -> None:
    with planting() as plant:
        plant('DROP INDEX "audit_uid"')
        plant('UPDATE "audit" SET "uid" = \'ab\' WHERE "seq" > 9 AND "seq" < 12')
        found = [each for each in proof.verify() if each.code == "UidTwice"]
    assert [(each.where, each.fields["times"]) for each in found] == [("ab", 2)]


def test_the_quick_run_sees_the_open_day(worked: Shop) -> None:
    with planting() as plant:
        plant(f'UPDATE "document" SET "is_posted" = false WHERE "day" = {_OPEN_DAY}')
        assert "DocumentNotPosted" in {each.code for each in proof.verify(full=False)}
    with planting() as plant:
        plant('UPDATE "audit" SET "user_name" = \'X\' WHERE "verb" = \'sell\'')
        assert "RowAltered" in {each.code for each in proof.verify(full=False)}


def test_the_quick_run_knows_the_trade_that_was_used_until_now(
    worked: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its documents lie in the newest part, and are whole."""
    monkeypatch.setattr(trades_used, "used", lambda: trades_used._with_needs(frozenset({"shop"})))
    assert "hotel" not in trades_used.used_names()
    assert proof.verify(full=False) == []
