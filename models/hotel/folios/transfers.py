"""Moving charges between folios (转账), and dividing one: each leaves both lines, keeps the code
and the day, and never touches revenue.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.base.fields import store_currency
from models.base.money import Money
from models.base.refusals import Refusal
from models.hotel.charges import kinds
from models.hotel.charges.folio_lines import (
    PAYMENT,
    TRANSFER,
    VOID,
    FolioLine,
    NewLine,
    add_lines,
    is_answered,
    mirrored,
    part_of,
    took_away,
)
from models.hotel.charges.postings import LineAnswered, LineIsCorrection, on_folio, open_line
from models.ledger.documents import Document, begin_document, post_document
from models.ledger.folios import OPEN, Folio, require_chargeable
from models.trust.operation import Job, operation


class TransferWrong(Refusal):
    """A transfer goes to another open folio, and has lines to move."""


class SplitWrong(Refusal):
    """Each part of a line is above zero; a payment, and what takes something back, has none."""


def _moved_asked(lines: Sequence[FolioLine], to: Folio, *, reason: str = "") -> dict[str, Any]:
    """What whoever approves a transfer reads of it: what goes, how much, and to whom."""
    texts = ", ".join(line.text for line in lines)
    total = Money.total((line.amount for line in lines), store_currency())
    return {"text": texts, "amount": total, "to": f"{to.name} {to.number}", "reason": reason}


@operation(right="transfer charge", asked=_moved_asked)
def transfer_lines(
    job: Job, lines: Sequence[FolioLine], to: Folio, *, reason: str = ""
) -> Document:
    """Move lines to another folio, each with its code and day; revenue is untouched.

    Refuses: TransferWrong, LineAnswered, FolioNotOpen, CreditLimitExceeded, NeedsOverride.
    """
    found = [to_move(line) for line in lines]
    target: Folio | None = Folio.get_or_none(Folio.key == to.key)
    if target is None or target.status != OPEN or not found:
        raise TransferWrong(folio=to.number)
    for line in found:
        if line.folio == target.key:
            raise TransferWrong(folio=to.number)
    total = Money.total((line.amount for line in found), found[0].amount.currency)
    require_chargeable(job, target.key, total)

    return move_lines(job, found, target, reason=reason)


def to_move(line: FolioLine) -> FolioLine:
    """A line that can be moved. A screen looks before it asks where to.

    Refuses: FolioNotOpen, LineAnswered, LineIsCorrection (it says that another one has gone).
    """
    found = open_line(line)
    if is_answered(found) or found.kind == VOID:
        raise LineAnswered(text=found.text)
    if took_away(found):
        raise LineIsCorrection(text=found.text)
    return found


def move_lines(job: Job, lines: Sequence[FolioLine], target: Folio, *, reason: str) -> Document:
    """Move lines to another folio, inside an operation that has checked both."""
    total = Money.total((line.amount for line in lines), lines[0].amount.currency)
    document = begin_document(job, kinds.TRANSFER, total=total, note=reason.strip())
    new = [
        side
        for line in lines
        for side in (mirrored(line, TRANSFER), mirrored(line, TRANSFER, folio=target.key))
    ]
    add_lines(document, new)
    return post_document(
        job, document, [on_folio(line) for line in new], to=target.number, lines=len(lines)
    )


@operation(right="transfer charge")
def split_line(job: Job, line: FolioLine, amount: Money, *, to: Folio | None = None) -> Document:
    """Divide a line in two, and move the first part to another folio when one is named.

    Refuses: SplitWrong, LineAnswered, FolioNotOpen, CreditLimitExceeded, NeedsOverride.
    """
    found = to_split(line)
    target = found.folio if to is None else to.key
    if not 0 < amount.minor < found.amount.minor:
        raise SplitWrong(text=found.text, amount=found.amount)
    if to is not None:
        require_chargeable(job, to.key, amount)

    document = begin_document(job, kinds.TRANSFER, total=amount)
    first, second = part_of(found, amount)
    moved = NewLine(
        target, TRANSFER, first.code, first.department, first.text, first.amount,
        first.service_day, stay=first.stay, room=first.room, quantity=first.quantity,
        net=first.net, service=first.service, tax=first.tax, of=first.of,
    )  # fmt: skip
    new = [mirrored(found, TRANSFER), moved, second]
    add_lines(document, new)
    return post_document(
        job, document, [on_folio(each) for each in new], text=found.text, amount=amount
    )


def to_split(line: FolioLine) -> FolioLine:
    """A line that can be divided: no payment, and of more than one minor unit.

    Refuses: FolioNotOpen, LineAnswered, SplitWrong.
    """
    found = to_move(line)
    if found.kind == PAYMENT or found.amount.minor <= 1:
        raise SplitWrong(text=found.text, amount=found.amount)
    return found
