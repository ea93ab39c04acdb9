"""A store that an older program made opens, is brought to the present schema, and says the same.

The examples are files of tests/schemas, made by the program of their day.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from peewee import CharField, CompositeKey

from devices.profiles import PROFILES
from models import migrating, store
from models.base import clock, database, migrations, reshaping, schema, triggers
from models.base.columns import Columns
from models.base.hot import query
from models.ledger import parts
from models.ledger.daily import days
from models.ledger.documents import Document
from models.ledger.folios import Folio
from models.ledger.proving import proof
from models.ledger.proving.restoring import Restoring, restore
from models.selling.charges import ChargeTax
from models.shop.return_lines import all_left, giving_back, sold_lines
from models.shop.returns import return_goods
from models.shop.trade import RETURN, SALE
from models.trust import trades
from models.trust.backup import Plan, copy_at_once, read_manifest
from models.trust.operation import new_uid
from models.trust.print_queue import PrintJob
from models.trust.users import User
from receipts.layout import layout
from receipts.slip_of_job import slip_of_job
from receipts.text import text_of
from tests.databases import Stores
from tests.schemas.example import Example, example
from tests.stores import PASSWORD, Shop, Ticking, prepare

pytestmark = [pytest.mark.row("NFR-05"), pytest.mark.engine]


@pytest.fixture
def old(engine: str, stores: Stores, tmp_path: Path) -> Example:
    """The store of schema 1, closed."""
    url = stores.empty(engine) if engine == "postgres" else ""
    return example(1, engine, tmp_path / "old", url)


@pytest.fixture
def opened(old: Example):  # type: ignore[no-untyped-def]
    """The same, opened by this program."""
    with clock.use(ticking := Ticking()):
        ticking.move(days=1)
        store.open_store(old.url, old.keys, register=1)
        yield old
        store.close_store()


def _slips() -> list[list[str]]:
    jobs = PrintJob.select().where(PrintJob.kind << ["z", "day", "sale"], PrintJob.copy_no == 0)
    paper = PROFILES["80mm"]
    return [
        [job.kind, _without_owner(job.kind, _without_signs(text_of(layout(slip, paper))))]
        for job in jobs.order_by(PrintJob.key)
        for slip in [slip_of_job(job, "zh")]
    ]


def _without_signs(text: str) -> str:
    """The first schema's slips had none but those of a shift and a day."""
    return "".join(line for line in text.splitlines(keepends=True) if "校验码" not in line)


def _without_owner(kind: str, text: str) -> str:
    """Nor did a bill on account say whose it is, and where he signs."""
    if kind != SALE:
        return text
    text = text.replace("\n签字 ________________\n", "")
    return "".join(ln for ln in text.splitlines(keepends=True) if not ln.startswith("  账户 "))


# What slips called otherwise when the old store was made.
_WORDS = {"收银机": "收银台", "类别": "分类", "作废          ": "删行、整单取消"}


def _without_copies(said: list[list[str]]) -> list[list[str]]:
    return [[kind, _in_words_of_today(text)] for kind, text in said if "COPY" not in text]


def _in_words_of_today(text: str) -> str:
    for old, new in _WORDS.items():
        text = text.replace(old, new)
    return text


def test_an_old_store_holds_and_says_the_same(opened: Example) -> None:
    assert migrations.found() == migrations.SCHEMA
    assert [str(found) for found in proof.verify()] == []
    assert _slips() == _without_copies(opened.said["slips"])
    folios = [[f.number, f.name, str(f.balance)] for f in Folio.select().order_by(Folio.key)]
    assert folios == opened.said["folios"]
    first, last = days.BusinessDay.select().order_by(days.BusinessDay.date)[:2]
    lines = {line.account: line for line in proof.trial_balance(first.date, last.date)}
    for account, debit, credit, closing in opened.said["trial"]:
        line = lines[account]
        assert (str(line.debit), str(line.credit), str(line.closing)) == (debit, credit, closing)


def test_an_old_store_becomes_what_a_new_one_is(
    opened: Example, engine: str, stores: Stores, tmp_path: Path
) -> None:
    """Whoever changes a table finds here what its step in models/migrating.py lacks."""
    migrated = schema.found()
    store.close_store()
    url = stores.empty(engine)
    prepare(url, tmp_path / "new" / "keys")
    store.open_store(url, tmp_path / "new" / "keys", register=1)
    assert migrated == schema.found()
    assert schema.found() == schema.declared([migrations.SchemaMark, *trades.tables()])


def test_an_old_store_goes_on(opened: Example) -> None:
    users = {user.login: user.key for user in User.select()}
    shop = Shop(opened.url, opened.keys, Ticking(), users=users)
    shop.sell("1001", given="5.00")
    shop.close_shift()
    day = days.BusinessDay.get(days.BusinessDay.state == days.OPEN).date
    days.close_day(shop.owner, next_day=day + timedelta(days=1), uid=new_uid())
    assert [str(found) for found in proof.verify()] == []


def test_what_an_old_store_sold_comes_back(opened: Example) -> None:
    """Its taxes stand for whole bills: each line finds its own, and the books hold."""
    users = {user.login: user.key for user in User.select()}
    shop = Shop(opened.url, opened.keys, Ticking(), users=users)
    sales = Document.select().where(Document.kind == SALE)
    # The whole of each bill, until nothing is left of any.
    for sale in sales.order_by(Document.key):
        lines = all_left(sold_lines(sale.key))
        assert lines
        return_goods(
            shop.owner, sale.key, lines, shown=giving_back(sale.key, lines).total,
            reason="unwanted", uid=new_uid(),
        )  # fmt: skip
    assert [str(found) for found in proof.verify()] == []
    taxes = (
        'SELECT d."kind", sum(t."tax") FROM "charge_tax" t JOIN "document" d '
        'ON d."key" = t."document_id" GROUP BY d."kind"'
    )
    by_kind = dict(query(taxes))
    assert by_kind[RETURN] == -by_kind[SALE] != 0


def test_old_documents_stay_under_their_digest(opened: Example) -> None:
    with database.transaction():
        triggers.drop_all()
        database.database.execute_sql(
            'UPDATE "charge_line" SET "name" = \'x\' WHERE "line" = 2 AND "code" = \'1002\''
        )
    assert "PartsAltered" in {found.code for found in proof.verify()}


def test_every_register_says_that_it_was_brought_up(opened: Example) -> None:
    rows = query(
        'SELECT "register", "shape", "detail" FROM "audit" WHERE "verb" = \'migrate\' '
        "AND \"detail\" LIKE '%schema%'"
    )
    assert rows == [(1, 2, '{"copy":"","schema":[1,2]}')]


# The proofs run at the lowest priority: beside other work they take their time.
@pytest.mark.timeout(180)
def test_a_proved_backup_comes_first_and_once(
    old: Example, engine: str, tmp_path: Path
) -> None:  # fmt: skip
    if engine == "postgres":
        pytest.skip("a server is backed up on the server")
    copies = tmp_path / "copies"

    def copied() -> str:
        return copy_at_once(Plan(copies, old.keys)).name

    with clock.use(Ticking()):
        for _ in range(2):
            store.open_store(old.url, old.keys, register=1, back_up=copied)
            store.close_store()
        (manifest,) = copies.glob("*.json")
        copy = read_manifest(manifest)
        assert copy is not None and copy.schema == 1
        assert [head[:2] for head in copy.heads] == [[1, 57]]

        place = tmp_path / "restored" / "store.db"
        done = restore(Restoring(copy.path, place, old.keys, "owner", PASSWORD))
        store.open_store(f"sqlite:///{place}", old.keys, register=done.register)
        assert [str(found) for found in proof.verify()] == []
        store.close_store()


# Opens the store of schema 1 and is killed where the named function is called.
CUT_OFF = """
import os, signal, sys
from pathlib import Path
from models import migrating, store
from models.base import migrations, triggers

place = {"triggers": triggers, "migrating": migrating}[sys.argv[3]]
setattr(place, sys.argv[4], lambda *given: os.kill(os.getpid(), signal.SIGKILL))
store.open_store(sys.argv[1], Path(sys.argv[2]), register=1)
"""


@pytest.mark.parametrize(
    ("place", "name"), [("triggers", "drop_all"), ("triggers", "rebuild"), ("migrating", "noted")]
)
def test_a_migration_cut_off_leaves_the_old_store(old: Example, place: str, name: str) -> None:
    command = [sys.executable, "-c", CUT_OFF, old.url, str(old.keys), place, name]
    ran = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, check=False)
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    database.connect(old.url)
    assert migrations.found() == 1
    store.open_store(old.url, old.keys, register=1)
    assert migrations.found() == migrations.SCHEMA
    assert [str(found) for found in proof.verify()] == []
    store.close_store()


def test_a_column_of_which_nothing_is_said_stops_the_step(opened: Example) -> None:
    with (
        pytest.raises(LookupError, match="folio: nothing is said of window"),
        database.transaction(),
    ):
        triggers.drop_all()
        database.database.execute_sql('ALTER TABLE "folio" DROP COLUMN "window"')
        reshaping.reshape(Folio)


def test_there_is_a_step_to_each_schema_and_an_example_of_each_before() -> None:
    assert sorted(migrating.STEPS) == list(range(2, migrations.SCHEMA + 1))
    for number in range(1, migrations.SCHEMA):
        assert (Path(__file__).parents[1] / "schemas" / f"schema-{number}.tar.xz").exists()


@pytest.mark.parametrize("is_said", [True, False])
def test_a_new_column_of_a_part_leaves_old_documents_alone(
    opened: Example, monkeypatch: pytest.MonkeyPatch, *, is_said: bool
) -> None:
    """A part that says since when it has a column is proved by what it was before."""

    class WiderTax(ChargeTax):
        place = CharField(default="")

        class Meta:
            table_name = "charge_tax"
            primary_key = CompositeKey("document", "line")

    database.database.execute_sql(
        'ALTER TABLE "charge_tax" ADD COLUMN "place" VARCHAR(9) NOT NULL DEFAULT \'\''
    )
    before = "line name rate is_included base tax currency"
    others = [part for part in parts.PARTS if part.table != "charge_tax"]
    monkeypatch.setattr(parts, "PARTS", others)
    made = (
        (before, {2: "account of_line place"})
        if is_said
        else (f"{before} account of_line place", None)
    )
    # It puts itself in the place of the one that was left out.
    parts.Part(WiderTax, *made, hashed_as="sale_tax")
    found = [each.where for each in proof.verify() if each.code == "PartsAltered"]
    assert bool(found) is not is_said


def test_columns_count_from_their_own_schema_on() -> None:
    columns = Columns("line name", {4: "place", 2: "share role"})
    assert columns.names == ["line", "name", "share", "role", "place"]
    assert [columns.count(schema) for schema in (1, 2, 3, 4, 5)] == [2, 4, 4, 5, 5]
