"""Why goods come back, or a sale is undone: few ready reasons, so that they can be counted."""

from __future__ import annotations

from dataclasses import dataclass

from models.base.refusals import Refusal
from models.base.words import word


class ReturnNeedsReason(Refusal):
    """Goods come back for a reason; another one than the ready ones is told in words."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A ready reason. `code` is what is stored, `title` a message id; goods that come back for it
    are sold again unless `is_scrapped`.
    """

    code: str
    title: str
    is_scrapped: bool = False


OTHER = "other"
_OTHER = Reason(OTHER, word("Another reason"))
_PRICE = Reason("price", word("Wrong price"))

RETURN_REASONS = (
    Reason("damaged", word("Damaged or faulty"), is_scrapped=True),
    Reason("unwanted", word("Customer does not want it")),
    Reason("mixed up", word("Wrong item given")),
    _PRICE,
    Reason("spoiled", word("Spoiled or expired"), is_scrapped=True),
    _OTHER,
)
# Of a sale that was booked by another way than it was paid; and, asked only where it is kept who
# did the work of a line, of one that names somebody else.
WRONG_WAY, WRONG_HANDS = "tender", "hands"
VOID_REASONS = (
    Reason("mistyped", word("Mistake in the bill")),
    _PRICE,
    Reason(WRONG_WAY, word("Wrong way to pay")),
    Reason("left", word("Customer left or changed his mind")),
    Reason(WRONG_HANDS, word("Somebody else did the work")),
    _OTHER,
)
REASON_WORDS = {reason.code: reason.title for reason in (*RETURN_REASONS, *VOID_REASONS)}


@dataclass(frozen=True, slots=True)
class Why:
    """Why something came back: the code of a ready reason, and what was said besides."""

    code: str
    note: str

    @property
    def text(self) -> str:
        """What was said, or else the code."""
        return self.note or self.code


def why(reasons: tuple[Reason, ...], code: str, note: str) -> Why:
    """The reason, checked. Refuses: ReturnNeedsReason."""
    note = note.strip()
    if code not in {reason.code for reason in reasons} or (code == OTHER and not note):
        raise ReturnNeedsReason()
    return Why(code, note)
