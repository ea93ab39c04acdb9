"""Six signs on each slip say whether paper and books agree."""

from __future__ import annotations

import pytest

from devices.profiles import PROFILES
from models.base.database import database
from models.base.hot import query
from models.ledger.proving.slip_signs import prove_slip, signs_of
from models.trust import audit, keyring
from models.trust.print_queue import PrintJob
from receipts.layout import layout
from receipts.slip_of_job import slip_of_job
from receipts.text import text_of
from tests.models.worked import planting, worked
from tests.stores import Shop

__all__ = ["worked"]
pytestmark = pytest.mark.row("SYS-11", "NFR-04")


def codes(number: str, signs: str) -> list[str]:
    return [found.code for found in prove_slip(number, signs)]


def _paper(kind: str) -> str:
    job = PrintJob.select().where(PrintJob.kind == kind).order_by(PrintJob.key).first()
    return text_of(layout(slip_of_job(job, "zh"), PROFILES["80mm"]))


def _hash(verb: str) -> str:
    sql = 'SELECT "hash" FROM "audit" WHERE "verb" = ? ORDER BY "seq" LIMIT 1'
    return str(query(sql, verb)[0][0])


def test_the_slip_of_a_sale_has_its_signs(worked: Shop) -> None:
    signs = _hash("sell")[:6].upper()
    assert f"校验码 {signs}" in _paper("sale")
    for number in ("S01-000001", "S01000001", "s01-000001"):
        assert codes(number, signs.lower()) == []
    assert codes("S01-000001", "000000") == ["SlipSigns"]
    assert codes("S01-000001", signs[:5]) == ["SlipSigns"]
    assert codes("S01-000999", signs) == ["SlipUnknown"]
    assert codes("XX01-000001", signs) == codes("S01", signs) == codes("", "") == ["SlipUnknown"]


def test_slips_of_cash_shifts_and_days_have_theirs(worked: Shop) -> None:
    cash = _hash("drop_to_safe")[:6].upper()
    assert f"校验码 {cash}" in _paper("cash_move")
    assert codes("D01-000001", cash) == []
    close = _hash("close_shift")[:12].upper()
    assert close in _paper("z")
    assert codes("Z01-00001", close) == codes("Z01-00001", close[:6]) == []
    assert codes("Z01-00001", f"{close[:11]}{'0' if close[11] != '0' else '1'}") == ["SlipSigns"]
    day = query('SELECT "day" FROM "day_seal" ORDER BY "day" LIMIT 1')[0][0]
    head = _paper("day").split("当日签名链头")[1].split()[0]
    assert codes(day, head) == []
    assert codes(day, "000000000000") == ["SlipSigns"]
    assert codes("2020-01-01", head) == ["SlipUnknown"]


def test_a_bill_that_is_not_sold_has_none(worked: Shop) -> None:
    held = query('SELECT "key" FROM "draft"')[0][0]
    assert signs_of(held) == signs_of(None) == ""


def test_the_books_altered_behind_the_paper(worked: Shop) -> None:
    signs = _hash("sell")[:6]
    sale = '(SELECT "key" FROM "document" WHERE "kind" = \'sale\' AND "number" = 1)'
    with planting() as plant:
        plant(f'UPDATE "charge_line" SET "price" = 4 WHERE "document_id" = {sale} AND "line" = 1')
        assert codes("S01-000001", signs) == ["PartsAltered"]
    with planting() as plant:
        plant(f'UPDATE "entry" SET "amount" = 0 WHERE "document_id" = {sale}')
        assert codes("S01-000001", signs) == ["AuditDisagrees"]
    with planting() as plant:
        plant('UPDATE "audit" SET "user_name" = \'x\' WHERE "verb" = \'sell\'')
        assert "RowAltered" in codes("S01-000001", signs)


def test_the_log_written_anew_with_the_key_meets_the_paper(worked: Shop) -> None:
    """Whoever owns the machine and the keys can write another log, but not the slips."""
    assert keyring.chain_key()
    names = audit._COLUMNS.split()
    columns = ", ".join(f'"{name}"' for name in names)
    with planting():
        rows = query(f'SELECT {columns} FROM "audit" WHERE "register" = 1 ORDER BY "seq"')
        sold = next(row for row in rows if "sell" in row)
        signs, previous = sold[-1][:6], ""
        for row in rows:
            said = dict(zip(names, row, strict=True))
            said["user_name"] = "x" if said["seq"] == sold[2] else said["user_name"]
            values = [said[name] for name in names]
            plain = [values[3], values[0], *values[1:3], *values[4:-2]]
            hashed = audit.hash_of(previous, plain)
            database.execute_sql(
                f'UPDATE "audit" SET "user_name" = \'{said["user_name"]}\', '
                f"\"previous\" = '{previous}', \"hash\" = '{hashed}' "
                f'WHERE "register" = 1 AND "seq" = {said["seq"]}'
            )
            previous = hashed
        assert next(audit.walk(1)) == []
        assert codes("S01-000001", signs) == ["SlipSigns"]
