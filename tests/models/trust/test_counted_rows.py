"""Marked rows are counted whichever way they are written: rows and tallies agree afterwards."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress

import pytest

from models.base import tallies
from models.base.database import database, transaction
from models.base.hot import insert
from models.base.watching import RowUncounted
from models.goods.goods import Goods
from models.ledger.proving import proof
from models.trust.drafts import DraftLine
from models.trust.records import put
from models.trust.users import RoleRight
from tests.models.worked import tallied_wrong
from tests.stores import Shop, yuan

pytestmark = pytest.mark.row("SYS-11")


class Undone(Exception):
    pass


def milk() -> Goods:
    found: Goods = Goods.get(Goods.code == "1001")
    return found


def reprice(fen: int) -> None:
    Goods.update(price=yuan(str(fen))).where(Goods.code == "1001").execute()


def test_a_row_is_saved_as_it_was_read_before_somebody_else_saved_it(shop: Shop) -> None:
    early = milk()
    put(milk(), price=yuan("11"))
    early.price = yuan("12")
    early.save()
    assert not proof.verify()


@pytest.mark.engine
def test_a_write_alone_is_a_transaction_that_outlives_the_next_one_undone(shop: Shop) -> None:
    reprice(11)
    first = RoleRight.select().first()
    RoleRight.delete().where(RoleRight.key == first.key).execute()
    RoleRight.create(key=1, role=first.role, verb=first.verb)
    with suppress(Undone), transaction():
        reprice(12)
        raise Undone
    assert milk().price == yuan("11")
    assert not proof.verify()


@pytest.mark.engine
def test_a_part_of_a_transaction_is_undone_alone(shop: Shop) -> None:
    with transaction():
        reprice(11)
        with suppress(Undone), transaction():
            reprice(12)
            raise Undone
        reprice(13)
    assert milk().price == yuan("13")
    assert not proof.verify()


def test_a_kept_statement_outside_of_a_transaction_is_a_mistake(shop: Shop) -> None:
    put_line = insert(DraftLine, "store draft line kind body")
    with pytest.raises(RowUncounted):
        put_line.run(1, 1, 1, "goods", "{}")
    assert not DraftLine.select().exists()


@pytest.mark.engine
def test_another_process_that_writes_at_this_register_is_noticed(shop: Shop) -> None:
    reprice(11)
    mine = dict(tallies._stored)
    reprice(12)
    tallies._stored.update(mine)
    reprice(13)
    assert not proof.verify()


@pytest.mark.engine
def test_a_tally_that_is_altered_beside_the_open_program_is_written_over(shop: Shop) -> None:
    reprice(11)
    database.execute_sql('UPDATE "row_tally" SET "rows" = "rows" - 1 WHERE "name" = \'goods\'')
    assert "goods" in tallied_wrong()
    reprice(12)
    assert not proof.verify()


@pytest.mark.engine
def test_a_tally_that_was_altered_before_the_program_was_opened_stays_wrong(shop: Shop) -> None:
    reprice(11)
    database.execute_sql('UPDATE "row_tally" SET "rows" = "rows" - 1 WHERE "name" = \'goods\'')
    tallies._stored.clear()
    reprice(12)
    tallies._stored.clear()
    reprice(13)
    assert {found.code for found in proof.verify()} == {"MarkWrong", "RowsPutIn"}


def test_whatever_can_write_counts_what_it_writes() -> None:
    """A restore on a bare machine loads no trade; what it writes is counted all the same."""
    said = "import sys, models.trust.audit; sys.exit('models.base.tallies' not in sys.modules)"
    assert subprocess.run([sys.executable, "-c", said], check=False).returncode == 0
