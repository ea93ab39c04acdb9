"""How the fields of records are drawn: as their kind says, or their name, or the field itself.

    Field("note", word("Note"), look=Look(20, box=50, drop=1))

A listing whose fields are of the usual kinds says nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Final

from models.listings.listings import Field


@dataclass(frozen=True, slots=True)
class Look:
    """Cells of the list's column (`width`; 0 is what others leave) and of the form's box, where it
    is another (`box`). On a narrow screen the columns with the highest `drop` leave first.

    Without a width the field has width and box of its name or its kind.
    """

    width: int | None = None
    _: KW_ONLY
    box: int = 0
    drop: int = 0
    # On the row of the field before it in the form.
    is_beside: bool = False


# A moment in a column of this width is its hour: the day stands in a column of its own.
HOUR_WIDTH: Final = 5
OF_KIND: Final[Mapping[str, Look]] = {
    "text": Look(12), "choice": Look(14), "number": Look(6), "yes-no": Look(6),
    # The caret stands behind a date that is whole.
    "date": Look(10, box=11), "instant": Look(16), "money": Look(10),
    "quantity": Look(8), "cost": Look(10), "rate": Look(8), "link": Look(10, box=16),
    "secret": Look(20), "private": Look(13, box=20),
}  # fmt: skip
OF_NAME: Final[Mapping[str, Look]] = {"name": Look(30), "pinyin": Look(12, drop=2)}


def _usual(field: Field) -> Look:
    return OF_NAME.get(field.name) or OF_KIND[field.kind]


def width_of(field: Field) -> int:
    """Cells of its column in a list; 0 is what the others leave."""
    own = field.look
    width = _usual(field).width if own is None or own.width is None else own.width
    return width or 0


def box_of(field: Field) -> int:
    """Cells of its box in a form; 0 is all that there is room for."""
    own = field.look
    usual = _usual(field)
    if own is None or own.width is None:
        return (own.box if own else 0) or usual.box or usual.width or 0
    return own.box or own.width


def drop_of(field: Field) -> int:
    """The higher, the sooner its column leaves a narrow screen; 0 stays."""
    return int((field.look or _usual(field)).drop)


def is_beside(field: Field) -> bool:
    """Whether it stands on the row of the field before it in the form."""
    return bool(field.look and field.look.is_beside)
