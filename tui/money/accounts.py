"""Choosing the account that a charge goes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.ledger.folio_kinds import COMPANIES, SUPPLIERS, kinds_in
from models.ledger.folios import OPEN, Folio
from receipts.words import word
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp

COLUMNS = (
    Column(word("Number"), 12, tone="muted", read=lambda row: row.number),
    Column(word("Name"), 0, read=lambda row: row.name),
    Column(word("Balance"), 12, "right", tone="money", read=lambda row: str(row.balance)),
    Column(word("Limit"), 12, "right", read=lambda row: str(row.limit)),
)


def _open_accounts(account: int | None, of: int | None) -> list[Folio]:
    rows = Folio.select().where(Folio.status == OPEN)
    if account is None:
        rows = rows.where(Folio.kind << [*kinds_in(COMPANIES), *kinds_in(SUPPLIERS)])
    else:
        rows = rows.where(Folio.account == account)
    found = list(rows.order_by(Folio.name).limit(500))
    return sorted(found, key=lambda folio: of is None or folio.owner != of)


async def choose_account(
    app: DeskbellApp, *, account: int | None = None, of: int | None = None
) -> Folio | None:
    """The chosen folio, or None: of those on a control account, or of companies and suppliers.
    Those of this person or company stand first; of others none is chosen before somebody does.
    """
    rows = await app.in_books(_open_accounts, account, of)
    if not rows:
        app.alarm(word("There is no open account. Open one in the menu first."))
        return None
    text = lambda row: f"{row.number} {row.name} {row.pinyin} {row.phone}"  # noqa: E731
    is_known = len(rows) == 1 or (of is not None and rows[0].owner == of)
    row: Folio | None = await app.ask(
        Pick(word("Which account?"), COLUMNS, rows, text_of=text, is_undecided=not is_known)
    )
    return row
