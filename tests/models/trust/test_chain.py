"""Every attack on the chains and the signed heads is found, and named by register and number."""

from __future__ import annotations

import hashlib
import json
from itertools import chain
from typing import Any

import pytest

from models.base.database import database
from models.base.fields import to_json
from models.base.hot import query
from models.ledger.daily.day_seal import DaySeal
from models.ledger.proving import proof
from models.trust import audit
from models.trust.audit import Audit
from tests.models.worked import planting, worked
from tests.stores import Shop

__all__ = ["worked"]
pytestmark = pytest.mark.row("SYS-11", "NFR-04")

COLUMNS = [field.column_name for field in Audit._meta.sorted_fields]
SEAL_COLUMNS = [field.column_name for field in DaySeal._meta.sorted_fields]


def named() -> set[tuple[str, str]]:
    """Code and place of every finding but those of the guards taken away by planting itself."""
    return {(f.code, f.where) for f in proof.verify() if f.code != "TriggerMissing"}


def _altered(column: str, before: Any) -> str:
    if isinstance(before, int):
        return str(before + 1)
    if before is None:
        return "7" if column in ("user", "override_user") else "'2020-02-02'"
    return "'" + str(before).replace("'", "''")[:9] + "x'"


@pytest.mark.parametrize("column", COLUMNS)
def test_any_column_of_any_row(worked: Shop, column: str) -> None:
    seq = 20
    ((before,),) = query(f'SELECT "{column}" FROM "audit" WHERE "register" = 1 AND "seq" = ?', seq)
    with planting() as plant:
        value = "9999" if column == "seq" else _altered(column, before)
        plant(f'UPDATE "audit" SET "{column}" = {value} WHERE "register" = 1 AND "seq" = {seq}')
        found = named()
    if column in ("seq", "register"):
        assert ("RowMissing", f"1:{seq}") in found
    else:
        assert ("RowAltered", f"1:{seq}") in found


def test_each_row_in_turn(worked: Shop) -> None:
    last = query('SELECT max("seq") FROM "audit" WHERE "register" = 1')[0][0]
    for seq in range(1, last + 1, 5):
        with planting() as plant:
            plant(f'UPDATE "audit" SET "user_name" = \'x\' WHERE "register" = 1 AND "seq" = {seq}')
            assert list(chain.from_iterable(audit.walk(1))) == [(seq, audit.ALTERED)]


def test_a_row_deleted_from_the_middle(worked: Shop) -> None:
    with planting() as plant:
        plant('DELETE FROM "audit" WHERE "register" = 1 AND "seq" = 20')
        assert ("RowMissing", "1:20") in named()


def test_the_tail_cut_off(worked: Shop) -> None:
    last = query('SELECT max("seq") FROM "audit" WHERE "register" = 1')[0][0]
    with planting() as plant:
        plant(f'DELETE FROM "audit" WHERE "register" = 1 AND "seq" > {last - 3}')
        assert ("ChainCut", f"1:{last - 2}") in named()


def test_the_tail_cut_off_and_the_head_moved_back(worked: Shop) -> None:
    """Behind the last signed head the documents that lose their rows give it away."""
    sold = query('SELECT max("seq") FROM "audit" WHERE "verb" = \'sell\'')[0][0]
    with planting() as plant:
        _cut(plant, sold - 1)
        found = named()
    assert {"ChainCut", "AuditMissing"} <= {code for code, _ in found}


def test_the_chain_cut_off_before_a_signed_head(worked: Shop) -> None:
    with planting() as plant:
        _cut(plant, 25)
        found = named()
    places = {where for code, where in found if code == "SealHeadWrong"}
    heads = [head for seal in DaySeal.select() for head in json.loads(seal.body)["registers"]]
    assert places == {f"{register}:{seq}" for register, seq, _ in heads if seq > 25}


def _cut(plant: Any, last: int) -> None:
    plant(f'DELETE FROM "audit" WHERE "register" = 1 AND "seq" > {last}')
    plant(
        f'UPDATE "chain_head" SET "seq" = {last}, "hash" = (SELECT "hash" FROM "audit" '
        f'WHERE "register" = 1 AND "seq" = {last}) WHERE "register" = 1'
    )


def test_two_rows_swapped(worked: Shop) -> None:
    with planting() as plant:
        plant('UPDATE "audit" SET "seq" = 9999 WHERE "register" = 1 AND "seq" = 20')
        plant('UPDATE "audit" SET "seq" = 20 WHERE "register" = 1 AND "seq" = 21')
        plant('UPDATE "audit" SET "seq" = 21 WHERE "register" = 1 AND "seq" = 9999')
        found = named()
    assert {("RowMisplaced", "1:20"), ("RowAltered", "1:20"), ("RowAltered", "1:21")} <= found


def test_a_row_put_in(worked: Shop) -> None:
    with planting() as plant:
        plant('UPDATE "audit" SET "seq" = "seq" + 1000 WHERE "register" = 1 AND "seq" > 20')
        plant('UPDATE "audit" SET "seq" = "seq" - 999 WHERE "register" = 1 AND "seq" > 20')
        columns = ", ".join(f'"{name}"' for name in COLUMNS if name not in ("seq", "uid"))
        plant(
            f'INSERT INTO "audit" ("seq", {columns}) '
            f'SELECT 21, {columns} FROM "audit" WHERE "register" = 1 AND "seq" = 20'
        )
        assert ("RowMisplaced", "1:21") in named()


def _rechain(start: int, *, schema: int = 2) -> None:
    """Compute every hash anew from a row on, as somebody with the whole database could who has not
    the folder of the keys; `schema` is what the rows shall have been written under.
    """
    rows = query(
        'SELECT "seq", "shape", "store", "register", '
        '"at", "day", "user", "user_name", "override_user", "override_name", "reason", "verb", '
        '"uid", "content", "result", "detail" FROM "audit" WHERE "register" = 1 ORDER BY "seq"'
    )
    previous = ""
    for seq, _, owner, register, *rest in rows:
        if seq < start:
            ((previous,),) = query(
                'SELECT "hash" FROM "audit" WHERE "register" = 1 AND "seq" = ?', seq
            )
            continue
        text = previous + to_json([schema, owner, register, seq, *rest])
        hashed = hashlib.sha256(text.encode()).hexdigest()
        database.execute_sql(
            f'UPDATE "audit" SET "previous" = \'{previous}\', "hash" = \'{hashed}\', '
            f'"shape" = {schema} WHERE "register" = 1 AND "seq" = {seq}'
        )
        previous = hashed
    database.execute_sql(f'UPDATE "chain_head" SET "hash" = \'{previous}\' WHERE "register" = 1')


def test_the_chain_computed_anew_without_the_key(worked: Shop) -> None:
    with planting() as plant:
        plant('UPDATE "audit" SET "user_name" = \'x\' WHERE "register" = 1 AND "seq" = 12')
        _rechain(12)
        found = named()
    assert {"SealHeadWrong", "RowAltered", "ChainCut"} <= {code for code, _ in found}
    heads = [head for seal in DaySeal.select() for head in json.loads(seal.body)["registers"]]
    places = {where for code, where in found if code == "SealHeadWrong"}
    assert places == {f"{register}:{seq}" for register, seq, _ in heads}


@pytest.mark.parametrize("schema", [1, 2])
def test_the_open_day_computed_anew_without_the_key(worked: Shop, schema: int) -> None:
    """Nothing of the open day is signed yet: the key alone tells."""
    last = query('SELECT max("seq") FROM "audit" WHERE "register" = 1')[0][0]
    with planting() as plant:
        plant(f'UPDATE "audit" SET "user_name" = \'x\' WHERE "register" = 1 AND "seq" = {last - 1}')
        _rechain(last - 1, schema=schema)
        found = named()
    wanted = {"ChainCut", "RowAltered" if schema == 2 else "RowUnkeyed"}
    assert wanted <= {code for code, _ in found}


def test_the_open_day_cut_off_at_a_true_row(worked: Shop) -> None:
    """The hash of the last row that stays is right; the seal of the end is not."""
    last = query('SELECT max("seq") FROM "audit" WHERE "verb" = \'hold_bill\'')[0][0]
    with planting() as plant:
        _cut(plant, last - 1)
        found = named()
    assert found == {("ChainCut", f"1:{last}")}


def test_the_chain_computed_anew_and_signed_with_another_key(worked: Shop) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    other = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"other").digest())
    with planting() as plant:
        plant('UPDATE "audit" SET "user_name" = \'x\' WHERE "register" = 1 AND "seq" = 12')
        _rechain(12)
        for seal in DaySeal.select().order_by(DaySeal.day):
            body = json.loads(seal.body)
            for head in body["registers"]:
                head[2] = query(
                    'SELECT "hash" FROM "audit" WHERE "register" = ? AND "seq" = ?', *head[:2]
                )[0][0]
            text = to_json(body)
            DaySeal.update(body=text, signature=other.sign(text.encode()).hex()).where(
                DaySeal.day == seal.day
            ).execute()
        found = named()
    forged = {("SealForged", seal.day.isoformat()) for seal in DaySeal.select()}
    assert forged == {each for each in found if each[0].startswith("Seal")}


def test_an_old_head_used_again(worked: Shop) -> None:
    first, second = DaySeal.select().order_by(DaySeal.day)
    with planting():
        DaySeal.update(body=first.body, signature=first.signature).where(
            DaySeal.day == second.day
        ).execute()
        assert ("SealOfOtherDay", second.day.isoformat()) in named()


def test_a_head_taken_out(worked: Shop) -> None:
    first, second = DaySeal.select().order_by(DaySeal.day)
    with planting() as plant:
        plant(f'DELETE FROM "day_seal" WHERE "day" = \'{first.day}\'')
        found = named()
    assert ("SealMissing", first.day.isoformat()) in found
    assert ("SealOutOfOrder", second.day.isoformat()) in found


@pytest.mark.parametrize("column", SEAL_COLUMNS)
def test_any_column_of_a_head(worked: Shop, column: str) -> None:
    ((before,),) = query(f'SELECT "{column}" FROM "day_seal" ORDER BY "day" LIMIT 1')
    value = "'2026-01-01'" if column == "day" else _altered(column, before)
    with planting() as plant:
        plant(
            f'UPDATE "day_seal" SET "{column}" = {value} '
            'WHERE "day" = (SELECT min("day") FROM "day_seal")'
        )
        assert {code for code, _ in named()} & {"SealForged", "SealOfOtherDay"}


def test_a_detail_that_holds_the_logs_own_name_is_a_mistake_of_the_program(shop: Shop) -> None:
    """What stands under it was written by the work itself: nobody else puts rows there."""
    with pytest.raises(TypeError, match="told"):
        audit.append(1, "x", user=None, user_name="", day=None, detail={"told": 3})
