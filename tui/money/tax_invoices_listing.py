"""Tax invoices (发票): the list of all, the form in which one is entered, and its red answer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from models.base.rates import Rate
from models.ledger.debts.tax_invoices import (
    INVOICE_KINDS,
    ORDINARY,
    SPECIAL,
    InvoiceLine,
    TaxInvoice,
    invoiceable,
    issue_tax_invoice,
    lines_of_invoice,
    red_invoice,
)
from models.ledger.folios import Folio
from models.listings.listings import Action, Field, Grid, Link, Linked, Listing, Record, call_of
from receipts.words import word
from tui.records.looks import Look

KINDS = ((ORDINARY, word("Ordinary")), (SPECIAL, word("Special")))
assert {kind for kind, _ in KINDS} == set(INVOICE_KINDS)
_RED = '(SELECT r."number" FROM "tax_invoice" r WHERE r."of" = t."key")'


def _save(session: Any, key: int | None, *, version: int, **values: Any) -> TaxInvoice:
    lines = [
        InvoiceLine(line["name"] or "", line["rate"] or Rate(0), line["amount"])
        for line in values["lines"]
        if line["amount"] is not None
    ]
    return issue_tax_invoice(
        session, Folio.get_by_id(values["folio"]), lines, number=values["number"],
        title=values["title"], tax_number=values["tax_number"] or "", kind=values["kind"],
        **call_of(values),
    )  # fmt: skip


def _read(key: Any) -> Record | None:
    found: TaxInvoice | None = TaxInvoice.get_or_none(TaxInvoice.key == key)
    if found is None:
        return None
    folio: Folio = Folio.get_by_id(found.folio)
    return Record(key, 0, {
        "number": found.number, "kind": found.kind, "title": found.title,
        "tax_number": found.tax_number, "folio": Linked(folio.key, f"{folio.number} {folio.name}"),
        "amount": found.amount, "day": found.day, "note": found.note,
    }, _lines(key))  # fmt: skip


def _lines(key: Any) -> list[dict[str, Any]]:
    if key is None:
        return []
    return [
        {"name": line.name, "rate": line.rate, "amount": line.net + line.tax}
        for line in lines_of_invoice(TaxInvoice.get_by_id(key))
    ]


async def _red(screen: Any, line: Any) -> None:
    from tui.desk.in_turn import in_turn

    invoice = await screen.in_books(TaxInvoice.get_by_id, line.key)
    given = await in_turn(screen.desk, partial(_asked, invoice.number))
    if given is not None:
        number, reason = given
        await screen.operate(red_invoice, invoice, number=number, reason=reason)


def _asked(number: str, given: Sequence[Any], was: Any) -> Any:
    """The number of the red invoice, then why it was issued."""
    from tui.widgets.panel import Ask

    if not given:
        return Ask(word("Number of the red invoice"), value=was or "")
    if len(given) == 1:
        return Ask(
            word("Why is {number} taken back?"), value=was or "", is_typed=True, number=number
        )
    return None


LISTING = Listing(
    "tax_invoices",
    word("Tax invoices"),
    TaxInvoice,
    order="number",
    is_newest_first=True,
    fields=(
        Field("number", word("Invoice number"), look=Look(14, box=24), limit=30, is_required=True,
              is_fixed=True, is_sorted=True, example="26312000000012345678"),
        Field("kind", word("Kind"), "choice", look=Look(10, is_beside=True), choices=KINDS,
              default=ORDINARY, is_required=True, is_fixed=True),
        Field("title", word("Title"), look=Look(20, box=40), limit=100, is_required=True,
              is_fixed=True, example="锦程商贸有限公司"),
        Field("tax_number", word("Tax number"), look=Look(18, drop=1), limit=20, is_fixed=True,
              example="91310000MA1K12345X",
              help=word("Of the firm; a special invoice needs it, a private person has none.")),
        Field("folio", word("Account"), "link", look=Look(10, box=24, drop=4), is_required=True,
              is_fixed=True, link=Link("companies", Folio, shown="number")),
        Field("amount", word("Amount"), "money", look=Look(is_beside=True), is_computed=True,
              is_summed=True),
        Field("day", word("Day"), "date", is_computed=True, is_sorted=True),
        Field("red", word("Red invoice"), look=Look(12, drop=2), beside=_RED, in_form=False),
        Field("note", word("Why it is red"), look=Look(13, drop=3), is_computed=True),
    ),
    find=("number", "title", "tax_number"),
    dates="day",
    right="keep accounts",
    change_right="keep accounts",
    save=_save,
    read=_read,
    named="number",
    empty=word("No invoice was issued. F2 enters one; of a guest it is done from his account."),
    grid=Grid(
        "lines",
        word("What it says"),
        (
            Field("name", word("Name"), look=Look(26), limit=60, is_required=True),
            Field("rate", word("Tax rate"), "rate", is_required=True, default=Rate(0),
                  unit=word("%")),
            Field("amount", word("With tax"), "money", is_required=True),
        ),
        _lines,
    ),
    actions=(Action(word("Red invoice"), _red, "keep accounts"),),
)  # fmt: skip


async def invoice_for(app: Any, folio: Folio, lines: Sequence[InvoiceLine] | None = None) -> None:
    """Enter the invoice of an account; what may still be invoiced stands there already."""
    from tui.records.forms.form import FormScreen, edit

    if lines is None:
        left = await app.in_books(invoiceable, folio)
        lines = [InvoiceLine("", Rate(0), left)] if left else []
    if not lines:
        app.inform(word("Nothing is left to be invoiced: it is not paid, or was invoiced."))
        return
    preset = {
        "folio": Linked(folio.key, f"{folio.number} {folio.name}"), "title": folio.name,
        "lines": [
            {"name": line.name, "rate": line.rate, "amount": line.amount} for line in lines
        ],
    }  # fmt: skip
    if await edit(app, FormScreen(LISTING, preset=preset)) is not None:
        app.inform(word("The invoice stands in the list, menu 75."))
