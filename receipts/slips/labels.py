"""Labels for shelves and goods (价签)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from receipts.labels import money_text
from receipts.slip import Slip, Tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.goods.shelf_labels import LabelView
    from receipts.slips.common import Print


def labels_slip(shown: Sequence[LabelView], how: Print) -> Slip:
    """What somebody reads at the shelf: name, price, unit, and the bars for the scanner. A copy of
    labels is more labels: it says nothing of being one.
    """
    labels = tuple(
        Tag(one.name, one.unit, money_text(one.price), one.code, one.copies) for one in shown
    )
    return Slip("labels", shown[0].code if shown else "", labels)
