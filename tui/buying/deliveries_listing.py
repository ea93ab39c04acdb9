"""Deliveries (进货单): what came and what went back, newest first; only to be read and printed."""

from __future__ import annotations

from typing import Any

from models.buying.papers import label_wishes
from models.buying.receipts import Receipt, lines_of
from models.buying.trade import CAME_SLIP, GOODS_BACK, GOODS_IN
from models.ledger.daily import prints
from models.ledger.documents import Document
from models.ledger.folios import Folio
from models.listings.listings import Action, Condition, Field, Grid, Link, Linked, Listing, Record
from models.trust.print_queue import job_of
from models.trust.users import User
from receipts.words import word
from tui.records.looks import HOUR_WIDTH, Look

KINDS = ((GOODS_IN, word("Goods in")), (GOODS_BACK, word("Goods back")))
_OF = 'FROM "receipt" r JOIN "folio" f ON f."key" = r."supplier" WHERE r."document_id" = t."key"'


def _read(key: Any) -> Record | None:
    document: Document | None = Document.get_or_none(Document.key == key)
    head = Receipt.get_or_none(Receipt.document == key)
    if document is None or head is None:
        return None
    values = {
        "kind": document.kind, "day": document.day, "at": document.at,
        "register": document.register, "number": document.number, "total": document.total,
        "supplier": Folio.get_by_id(head.supplier).name, "note": document.note,
        "user": Linked(document.user, User.get_by_id(document.user).name),
    }  # fmt: skip
    return Record(key, 0, values, _lines(key))


def _lines(key: Any) -> list[dict[str, Any]]:
    names = ("code", "name", "quantity", "rejected", "price", "net", "batch", "expiry")
    rows = [] if key is None else lines_of(key)
    return [{name: getattr(row, name) for name in names} for row in rows]


async def _print(screen: Any, line: Any) -> None:
    job = await screen.in_books(job_of, CAME_SLIP, line.key)
    await screen.operate(prints.reprint, job)
    screen.desk.wake_paper()
    screen.desk.inform(word("Printing a copy."))


async def _labels(screen: Any, line: Any) -> None:
    from tui.goods.labelling import label_delivery

    await label_delivery(screen, await screen.in_books(label_wishes, line.key))


async def _bill(screen: Any, line: Any) -> None:
    from tui.buying.billing import bill_of

    head = await screen.in_books(Receipt.get_by_id, line.key)
    await bill_of(screen.desk, head.supplier)


async def _freight(screen: Any, line: Any) -> None:
    from tui.buying.billing import freight_of

    await freight_of(screen.desk, line.key)


LISTING = Listing(
    "deliveries",
    word("Deliveries"),
    Document,
    order="day",
    is_newest_first=True,
    where=(Condition("kind", "in", (GOODS_IN, GOODS_BACK)),),
    fields=(
        Field("day", word("Day"), "date", is_computed=True, is_sorted=True),
        Field("at", word("Time"), "instant", look=Look(HOUR_WIDTH, drop=4), is_computed=True),
        Field("kind", word("Kind"), "choice", look=Look(10, drop=3), choices=KINDS,
              is_computed=True),
        Field("register", word("Till"), "number", look=Look(4, drop=5), is_computed=True),
        Field("number", word("Number"), "number", look=Look(8), is_computed=True),
        Field("supplier", word("Supplier"), look=Look(20), is_computed=True,
              beside=f'(SELECT f."name" {_OF})'),
        Field("total", word("Total"), "money", look=Look(12), is_computed=True, is_summed=True),
        Field("user", word("Who"), "link", look=Look(12, drop=2), link=Link("users", User),
              is_computed=True),
        Field("note", word("Note"), look=Look(16, box=50, drop=1), is_computed=True),
    ),
    find=("note",),
    named="number",
    dates="day",
    right="see purchases",
    read=_read,
    grid=Grid(
        "lines",
        word("Lines"),
        (
            Field("code", word("Code"), look=Look(13), is_computed=True),
            Field("name", word("Item"), look=Look(16), is_computed=True),
            Field("quantity", word("Quantity"), "quantity", is_computed=True),
            Field("rejected", word("Rejected"), "quantity", is_computed=True),
            Field("price", word("Price"), "cost", look=Look(9), is_computed=True),
            Field("net", word("Amount"), "money", look=Look(9), is_computed=True),
            Field("batch", word("Lot"), look=Look(8), is_computed=True),
            Field("expiry", word("Good until"), "date", is_computed=True),
        ),
        _lines,
        is_fixed=True,
    ),
    actions=(
        Action(word("Print a copy"), _print, "print"),
        Action(word("Labels of what came"), _labels, "print"),
        Action(word("Book the supplier's bill"), _bill, "book supplier bills"),
        Action(word("Book freight"), _freight, "book supplier bills"),
    ),
    empty=word("Nothing was received yet."),
)  # fmt: skip
