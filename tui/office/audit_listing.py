"""The audit log (操作日志): everything that was done, by whom; only to be read."""

from __future__ import annotations

from typing import Any

from models.listings.listings import Action, Field, Grid, Listing, Record
from models.trust import audit
from models.trust.audit import Audit
from models.trust.registers import Register
from receipts.words import word
from tui.desk.database import BACKGROUND
from tui.desk.words import t
from tui.records.looks import Look
from tui.records.told import told_lines
from tui.widgets.panel import Message

TOLD = 12


def _detail(row: Audit) -> list[dict[str, Any]]:
    """The values of a row, one a line, changes as old and new."""
    lines = told_lines(row.detail)
    return [{"name": name, "before": before, "after": after} for name, before, after in lines]


def _read(key: tuple[int, int]) -> Record | None:
    row = Audit.get_or_none(Audit.register == key[0], Audit.seq == key[1])
    if row is None:
        return None
    values = {each.name: getattr(row, each.name) for each in LISTING.fields}
    return Record(key, 0, values, _detail(row))


async def _check(screen: Any, _: Any) -> None:
    """Walk every register's chain, a page at a time, and say what was found."""
    desk = screen.desk
    registers = await screen.in_books(lambda: [row.number for row in Register.select()])
    wrong: list[str] = []
    for number in registers:
        walk = audit.walk(number, page=500)
        while (bad := await desk.database.run(next, walk, None, urgency=BACKGROUND)) is not None:
            wrong += [_fault(number, seq, code) for seq, code in bad]
    if wrong:
        text = "\n".join(wrong[:TOLD])
        await desk.ask(
            Message(word("The chain is broken: {count} rows"), text, tone="bad", count=len(wrong))
        )
    else:
        await desk.ask(
            Message(word("The chain is whole: nothing was altered, deleted or inserted."))
        )


def _fault(register: int, seq: int, code: str) -> str:
    return t("Till {register}, row {seq}: {what}", register=register, seq=seq, what=t(code))


# The codes of models/trust/audit.py, said by t(code).
FAULTS = {
    audit.ALTERED: word("RowAltered"),
    audit.MISSING: word("RowMissing"),
    audit.MISPLACED: word("RowMisplaced"),
    audit.CUT: word("ChainCut"),
}

LISTING = Listing(
    "audit",
    word("Audit log"),
    Audit,
    key=("register", "seq"),
    order="at",
    is_newest_first=True,
    fields=(
        Field("at", word("Time"), "instant", is_computed=True, is_sorted=True),
        Field("register", word("Till"), "number", look=Look(4), is_computed=True),
        Field("seq", word("Row"), "number", look=Look(8, drop=2), is_computed=True),
        Field("user_name", word("Who"), look=Look(9, box=40), is_computed=True),
        Field("verb", word("Event"), look=Look(0), is_computed=True, is_code=True),
        Field("override_name", word("Approved by"), look=Look(8, box=40),
              is_computed=True),
        Field("reason", word("Reason"), look=Look(20, box=60, drop=4), is_computed=True),
        Field("day", word("Day"), "date", look=Look(drop=1), is_computed=True),
        # What was changed, with old and new values: the name of a record finds its history.
        Field("detail", word("Values"), beside='t."detail"', is_listed=False, in_form=False),
    ),
    find=("verb", "user_name", "override_name", "reason", "detail"),
    named="verb",
    dates="at",
    owners=("user",),
    right="read audit",
    read=_read,
    grid=Grid(
        "detail",
        word("Values"),
        (
            Field("name", word("Field"), look=Look(18), is_computed=True),
            Field("before", word("Before"), look=Look(0), is_computed=True),
            Field("after", word("After"), look=Look(0), is_computed=True),
        ),
        lambda _: [],
        is_fixed=True,
    ),
    actions=(Action(word("Check the chain"), _check, "read audit", needs_record=False),),
)  # fmt: skip
