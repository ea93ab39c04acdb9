"""A supplier's bill that comes behind the goods, and freight: one form each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from models.base.fields import store_currency
from models.base.money import Money
from models.buying.bills import (
    Billed,
    NothingToBill,
    add_freight,
    book_bill,
    not_billed,
    proposed_tax,
)
from models.buying.receipts import ReceiptLine
from models.ledger.documents import Document
from models.ledger.folios import Folio
from models.listings.listings import Field, Grid, Link, Listing, call_of
from models.trust.guard import require_right
from receipts.words import word
from tui.buying.suppliers import pick_supplier
from tui.records.forms.form import new_record
from tui.records.looks import Look

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp

_NUMBER = Field("number", word("Number"), look=Look(20), limit=40, is_required=True,
                help=word("As it stands on the bill."))  # fmt: skip
_DATED = Field("dated", word("Dated"), "date", look=Look(12, is_beside=True), is_required=True)
_TAX = Field("tax", word("Tax"), "money", look=Look(12), is_required=True,
             help=word("All the tax that the bill says."))  # fmt: skip


def _lines(open_lines: list[ReceiptLine]) -> list[dict[str, Any]]:
    return [
        {
            "name": line.name, "document": Document.get_by_id(line.document_id).label,
            "quantity": line.quantity, "booked": line.net + line.freight,
            "net": line.net + line.freight, "receipt": line.document_id, "line": line.line,
        }
        for line in open_lines
    ]  # fmt: skip


def _book(
    session: Any, key: None, *, version: int, supplier: int, lines: Any, **values: Any
) -> int:
    """A line without an amount is not on this bill."""
    billed = [
        Billed(line["receipt"], line["line"], line["net"])
        for line in lines
        if line["net"] is not None
    ]
    how = call_of(values)
    document = book_bill(
        session, supplier, billed, number=values["number"], dated=values["dated"],
        tax=values["tax"], **how,
    )  # fmt: skip
    return int(document.key)


def bill_form(supplier: int, found: list[dict[str, Any]]) -> Listing:
    """The form of a bill, with what it may bill."""
    return Listing(
        "supplier_bill", word("A supplier's bill"), Folio,
        fields=(_NUMBER, _DATED, _TAX),
        grid=Grid(
            "lines", word("What it bills; blank: not on it"),
            (
                Field("document", word("Delivery"), look=Look(12), is_computed=True),
                Field("name", word("Item"), look=Look(25), is_computed=True),
                Field("quantity", word("Quantity"), "quantity", look=Look(8), is_computed=True),
                Field("booked", word("Provisional"), "money", look=Look(11), is_computed=True),
                Field("net", word("Without tax"), "money", look=Look(11)),
            ),
            lambda key: found, is_fixed=True,
        ),
        right="book supplier bills", change_right="book supplier bills",
        save=partial(_book, supplier=supplier), named="number",
    )  # fmt: skip


async def open_bill(app: CounterApp) -> None:
    """From the menu: whose bill it is."""
    await app.in_books(require_right, app.session, "book supplier bills", what="supplier bills")
    supplier = await pick_supplier(app)
    if supplier is not None:
        await bill_of(app, supplier)


async def bill_of(app: CounterApp, supplier: int) -> None:
    """The bill of what came from a supplier and is not billed. Refuses: NothingToBill."""
    found = await app.in_books(not_billed, supplier)
    if not found:
        raise NothingToBill()
    lines = await app.in_books(_lines, found)
    day = app.facts.day if app.facts else None
    preset = {"dated": day, "tax": await app.in_books(proposed_tax, found)}
    if await new_record(app, bill_form(supplier, lines), preset) is not None:
        app.inform(word("The bill is booked."))


def _freight(session: Any, key: None, *, version: int, receipt: int, **values: Any) -> int:
    how = call_of(values)
    document = add_freight(
        session, values["supplier"], [receipt], values["amount"], number=values["number"],
        dated=values["dated"], tax=values["tax"], **how,
    )  # fmt: skip
    return int(document.key)


def freight_form(receipt: int) -> Listing:
    """The form of what somebody asks for having brought a delivery."""
    return Listing(
        "freight", word("Freight of a delivery"), Folio,
        fields=(
            Field("supplier", word("Whose bill"), "link", look=Look(24), is_required=True,
                  link=Link("suppliers", Folio)),
            _NUMBER, _DATED,
            Field("amount", word("Without tax"), "money", look=Look(12), is_required=True),
            Field("tax", word("Tax"), "money", look=Look(12, is_beside=True), is_required=True),
        ),
        right="book supplier bills", change_right="book supplier bills",
        save=partial(_freight, receipt=receipt), named="number",
    )  # fmt: skip


async def freight_of(app: CounterApp, receipt: int) -> None:
    """What somebody asks for having brought a delivery."""
    preset: Mapping[str, Any] = {
        "dated": app.facts.day if app.facts else None, "tax": Money.zero(store_currency()),
    }  # fmt: skip
    if await new_record(app, freight_form(receipt), preset) is not None:
        app.inform(word("The freight is booked."))
