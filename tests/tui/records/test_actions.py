"""What can be done with records that are not simply changed: approvals, slips, the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from models.base import database
from models.base.fields import store_currency
from models.base.money import Money
from models.trust import approvals, print_queue
from models.trust.approvals import Request
from models.trust.audit import Audit
from models.trust.operation import Session, new_uid
from models.trust.print_queue import PRINTED, PrintJob
from models.trust.trades import ApprovalKind, Trade
from models.trust.users import User
from tests.trades import added
from tests.tui.records.conftest import Start
from tests.tui.records.harness import HOSTILE, fill

DONE: list[Any] = []


def done(_: Any, body: Any) -> None:
    """What executing does."""
    DONE.append(body)


@pytest.fixture
def a_kind() -> Iterator[None]:
    """Something that can be asked for."""
    DONE.clear()
    kind = ApprovalKind("test", "review", "execute", f"{__name__}:worth", f"{__name__}:done")
    with added(Trade("test", is_always=True, approvals=(kind,))):
        yield


def worth(body: dict[str, str]) -> Money:
    """What is asked for, in money."""
    return Money(12_000, store_currency())


def ask_for_two() -> None:
    fill()
    cashier = Session(User.get(User.login == "cashier").key, 1)
    for title in ("New shelf", HOSTILE[0]):
        approvals.request_approval(
            cashier, "test", title=title, body={"what": title}, reason="needed",
            uid=new_uid(),
        )  # fmt: skip


@pytest.mark.usefixtures("a_kind")
async def test_requests_are_reviewed_executed_and_refused(at: Start) -> None:
    async with at("approvals", prepared=ask_for_two) as person:
        await person.see("New shelf", HOSTILE[0], "240.00", "asked")
        # The newest stands first: it is refused, with the reason.
        await person.press("f8")
        await person.see("What shall be done?", "Refuse")
        await person.press("3")
        await person.see("No to A [/oops] B. The reason")
        await person.type("too dear")
        await person.press("enter")
        await person.see("refused")
        # The other one is reviewed, then done.
        await person.press("down", "f8", "1")
        await person.see("Yes to New shelf")
        await person.press("enter")
        await person.see("reviewed")
        await person.press("f8", "2")
        await person.see("Do it now: New shelf?")
        await person.press("enter")
        await person.see("done")
        assert DONE == [{"what": "New shelf"}]
        await person.press("enter")
        await person.see("Steps", "王店主", "needed")


@pytest.mark.usefixtures("a_kind")
async def test_a_request_is_taken_back_by_who_asked(at: Start) -> None:
    async with at("approvals", login="cashier", prepared=ask_for_two) as person:
        await person.see("New shelf")
        await person.press("f8", "1")
        await person.see("Take back A [/oops] B?")
        await person.press("enter")
        await person.see("withdrawn")
        states = await person.do(lambda: {row.title: row.state for row in Request.select()})
        assert states == {"New shelf": "requested", HOSTILE[0]: "withdrawn"}


def queue_slips() -> None:
    from models.base import clock, keys

    fill()
    with database.database.atomic():
        for state in (print_queue.UNKNOWN, print_queue.FAILED):
            PrintJob.create(
                key=keys.new_key(), register=1, user=1, printer="receipt", kind="x", body={},
                language="en", state=state, created_at=clock.now(), changed_at=clock.now(),
                error=HOSTILE[0],
            )  # fmt: skip


async def test_slips_are_answered_for_dropped_and_printed_again(at: Start) -> None:
    async with at("print_jobs", prepared=queue_slips) as person:
        await person.see("unclear", "failed", HOSTILE[0])
        await person.press("f8", "4")
        await person.see("dropped")
        await person.press("down", "f8", "1")
        await person.see("Did this slip come out whole?")
        await person.press("1")
        await person.see("printed")
        await person.press("f8", "2")
        await person.see("3 rows", "waits")
        copies = await person.do(lambda: [row.copy_no for row in PrintJob.select()])
        assert sorted(copies) == [0, 0, 1]
        printed = await person.do(
            lambda: PrintJob.select().where(PrintJob.state == PRINTED).count()
        )
        assert printed == 1


async def test_the_chain_of_the_audit_log_is_checked(at: Start) -> None:
    async with at("audit", login="auditor") as person:
        await person.see("save folio")
        await person.press("f8", "1")
        await person.see("The chain is whole")
        await person.press("enter")
        await person.do(alter_a_row)
        await person.press("f8", "1")
        await person.see("The chain is broken: 1 row", "Till 1, row 3")


def alter_a_row() -> None:
    with database.transaction():
        database.database.execute_sql('DROP TRIGGER "keep_audit_update"')
        Audit.update(user_name="nobody").where(Audit.register == 1, Audit.seq == 3).execute()


async def test_a_form_is_titled_in_the_language_of_the_screen(at: Start) -> None:
    async with at("audit") as person:
        await person.see("by Time")
        await person.press("enter")
        await person.see("Only to be read.")
        await person.press("ctrl+l")
        await person.see("只能查看。")
        assert not person.app.screen.title_text().isascii()  # type: ignore[attr-defined]


@pytest.mark.row("SYS-45", "UIX-22")
async def test_the_name_of_a_record_finds_who_changed_what_of_it_and_when(at: Start) -> None:
    async with at("departments") as person:
        await person.see("7 rows")
        await person.press("end", "enter")
        await person.see("总台")
        await person.type("8")
        await person.press("f4")
        await person.see("7 rows")
        person.app.pop_screen()
        from tui.records.open import screen_of

        person.app.jobs.start(person.app.go, screen_of("audit"))
        await person.see("save department")
        await person.type("总台")
        await person.see("1 row", "王店主")
        await person.press("enter")
        shown = await person.see("Values", "position", "Before", "After")
        row = next(line for line in shown.splitlines() if "position" in line)
        assert row.split()[-2:] == ["1", "8"]


def test_every_operation_has_words() -> None:
    import importlib
    import pkgutil

    import models
    from models.trust.operation import OPERATIONS
    from receipts.catalogues import texts
    from tui.records.codes import VERBS

    for module in pkgutil.walk_packages(models.__path__, "models."):
        importlib.import_module(module.name)
    # Other tests declare operations of their own in the same process.
    ours = [name for name in OPERATIONS if name.startswith("models.")]
    verbs = {name.rpartition(".")[2].replace("_", " ") for name in ours}
    assert not verbs - set(VERBS)
    assert not verbs - set(texts("zh"))


async def test_rights_and_operations_stand_in_chinese(at: Start) -> None:
    async with at("audit", lang="zh") as person:
        await person.see("保存部门", "保存往来账户")
        assert "save" not in person.text()
