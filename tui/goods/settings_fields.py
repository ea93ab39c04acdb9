"""The settings of prices, taxes, scales and stock."""

from __future__ import annotations

from typing import Any

from models.goods.scale_labels import LabelLayoutWrong, label_layouts
from models.listings.listings import Field
from receipts.words import word
from tui.records.looks import Look

ROUNDINGS = (("per_line", word("Each line")), ("per_document", word("Once a bill")),
             ("per_document_exact", word("Once, lines exact")))  # fmt: skip
BASES = (("amounts", word("what lines show")), ("total", word("what is paid")))
COSTING = (("average", word("Moving average")), ("fifo", word("First in, first out")))
ARRIVALS = (("floor", word("Shop floor")), ("room", word("Store room")))
BELOW_ZERO = (("warn", word("Warn")), ("refuse", word("Refuse")))


def _labels(value: Any) -> LabelLayoutWrong | None:
    """What is wrong with a layout says more than that it does not fit."""
    try:
        label_layouts(str(value or ""))
    except LabelLayoutWrong as refusal:
        return refusal
    return None


SELLING = (
    Field("tax.prices_include", word("Prices with tax"), "yes-no",
          help=word("Yes: the tax is in the price. No: it comes on top.")),
    Field("tax.rounding", word("Tax is rounded"), "choice", look=Look(20, is_beside=True),
          choices=ROUNDINGS),
    Field("discount.basis", word("Bill discount of"), "choice", look=Look(16), choices=BASES,
          help=word("Where tax comes on top: of the amounts without it, or of all that is paid.")),
    Field("goods.scale_labels", word("Scale labels"), look=Look(44), limit=200,
          example="21IIIIIAAA.AAC",
          check=_labels,
          help=word(
              "I item, A amount, W weight, X unread, C check digit; a point before decimals"
          )),
)  # fmt: skip

STOCK = (
    Field("stock.below_zero", word("Below zero"), "choice", look=Look(10), choices=BELOW_ZERO,
          help=word("What happens when more is sold than there is in stock.")),
    Field("stock.received_at", word("Deliveries go to"), "choice", look=Look(12), choices=ARRIVALS,
          help=word("Where what is received lies first; 332 carries it from there.")),
    Field("stock.costing", word("Goods leave at"), "choice", look=Look(20), choices=COSTING,
          help=word("The average of all that is here, or what the oldest of it cost.")),
    Field("stock.count_tolerance", word("Recount over"), "number", unit="%",
          help=word("Per cent of what should be there, by which a count may be off.")),
    Field("stock.count_value", word("or beyond cents"), "number",
          look=Look(12, is_beside=True),
          help=word("So much money may one item be off before it is counted again.")),
)  # fmt: skip
