"""The rows of a delivery: what was ordered, what came, what differs in words and with its sign."""

from __future__ import annotations

from typing import Any

from models.base.quantity import Quantity
from models.buying.receiving import DeliveryRow
from models.goods.goods import with_lot
from receipts.words import word
from tui.desk.words import t
from tui.widgets.line_list import Column


def difference_text(row: DeliveryRow) -> Any:
    """What is wrong with a row, with its sign and in words."""
    found, notes = row.difference, []
    rejected = row.line.rejected if row.line else Quantity(0)
    if rejected:
        notes.append(f"{t('rejected')} {rejected}")
    if found is None:
        return " ".join(notes), "warn"
    if found.thousandths < 0:
        return " ".join([f"-{abs(found)} {t('too few')}", *notes]), "warn"
    if found.thousandths > 0:
        return " ".join([f"+{found} {t('too many')}", *notes]), "warn"
    return " ".join([t("all here"), *notes]), "warn" if notes else "good"


def _name(row: DeliveryRow) -> Any:
    line = row.line
    if line is None:
        return row.name, "muted"
    return with_lot(row.name, line.batch, line.expiry)


def _price(row: DeliveryRow) -> str:
    """What is asked, and for how many where it is not for one."""
    if row.line is None:
        return ""
    asked = row.line.asked
    return str(asked.price) if asked.pack == Quantity.of(1) else f"{asked.price}/{asked.pack}"


COLUMNS = (
    Column("#", 4, "right", tone="muted", read=lambda r: str(r.line.number) if r.line else ""),
    Column(word("Code"), 14, tone="muted", drop=3, read=lambda r: r.line.code if r.line else ""),
    Column(word("Item"), 0, least=22, read=_name),
    Column(word("Ordered"), 9, "right",
           read=lambda r: "" if r.due is None else str(r.due)),
    Column(word("Came"), 9, "right", tone="strong", read=lambda r: str(r.here)),
    # What was refused stands behind what differs.
    Column(word("Differs"), 0, least=14, most=30, read=difference_text),
    Column(word("Price"), 12, "right", tone="muted", drop=1, read=_price),
)  # fmt: skip
# Of goods that go back nothing was ordered, and nothing differs.
BACK_COLUMNS = (
    *COLUMNS[:3],
    Column(word("Goes back"), 9, "right", tone="strong", read=lambda r: str(r.here)),
    COLUMNS[-1],
)
