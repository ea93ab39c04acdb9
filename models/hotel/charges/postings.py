"""Posting to folios: charges, and the two ways to take one back.

Void (冲销) on its own business day, adjustment (减免) later; each leaves both lines. The third way
to put a bill right moves a charge (transfers.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from models.base.hot import Statement
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.base.texts import has_words
from models.hotel.charges import commission, kinds
from models.hotel.charges.charge_parts import ChargeParts, charge_parts
from models.hotel.charges.charging import add_service, take_back
from models.hotel.charges.folio_lines import (
    ADJUSTMENT,
    CHARGE,
    ONE,
    TILL,
    TRANSFER,
    VOID,
    FolioLine,
    NewLine,
    add_lines,
    is_answered,
    mirrored,
    part_of,
    zero,
)
from models.hotel.charges.package_items import covered, ready_account
from models.hotel.charges.services import PAID_OUT, ROOM, TAX, Service, service_of
from models.hotel.charges.windows import Share, shares_of
from models.hotel.stays.stays import IN_HOUSE, Stay, StayMoved
from models.ledger.documents import Document, Leg, begin_document, post_document
from models.ledger.folios import OPEN, Folio, FolioNotOpen, over_limit, require_chargeable
from models.trust.operation import Job, operation


class ChargeWrong(Refusal):
    """A charge is above zero and has a quantity."""


class LineAnswered(Refusal):
    """The line was voided or moved already: nothing is reversed twice."""


class LineIsCorrection(Refusal):
    """A correction is not corrected: post the charge again."""


class DayIsClosed(Refusal):
    """The line is of an earlier day: it is put right by an adjustment, not by a void."""


class AdjustmentWrong(Refusal):
    """An adjustment is above zero and at most what is left of the line, and says why."""


class SoldAtTheTill(Refusal):
    """What was sold at a till and charged to the room is given back there, with its bill."""


class CashWentOut(Refusal):
    """Cash that was paid out for a guest is not let off: it comes back into the drawer."""


@operation(right="post charge")
def post_charge(
    job: Job,
    stay: Stay,
    code: str,
    amount: Money | None = None,
    *,
    quantity: Quantity = ONE,
    text: str = "",
    service_day: date | None = None,
) -> Document:
    """Charge a service to a guest in the house; it goes where his instructions say. Without an
    amount the service's price is taken.

    Refuses: ServiceUnknown, StayMoved, ChargeWrong, FolioNotOpen, CreditLimitExceeded,
    NeedsOverride.
    """
    found: Stay = Stay.get_by_id(stay.key)
    if found.state != IN_HOUSE or found.is_posting_stopped:
        raise StayMoved(stay=found.number, state=found.said_state)
    service = service_of(code)
    price = _price(service, amount, quantity)
    total = charge_parts(price, service.rules).total
    shares = payers_of(found, service, total, service_day or job.day)
    for share in shares:
        if not share.is_of_package:
            require_chargeable(job, share.folio, share.amount)

    if shares[0].is_of_package:
        shares[0] = replace(shares[0], folio=ready_account(job, found))
    return charge_stay(
        job, found, service, price, shares=shares, quantity=quantity, text=text,
        service_day=service_day,
    )  # fmt: skip


def credit_missing(stay: Stay, code: str, amount: Money, day: date) -> tuple[Folio, Money] | None:
    """The folio whose credit a charge would exceed, and by how much: so much of a deposit makes it
    good. None when there is credit enough. Refuses: ServiceUnknown.
    """
    service = service_of(code)
    total = charge_parts(amount, service.rules).total
    for share in payers_of(stay, service, total, day):
        if share.is_of_package:
            continue
        folio: Folio = Folio.get_by_id(share.folio)
        if (over := over_limit(folio, share.amount)).minor > 0:
            return folio, over
    return None


def payers_of(stay: Stay, service: Service, total: Money, on: date) -> list[Share]:
    """Where a charge of an outlet goes: what his rate includes to the package account, the rest by
    the guest's instructions. That account comes first, as folio 0 where it is not open yet.
    """
    had = covered(stay, service, total, on)
    own = [Share(stay.package_folio or 0, had, is_of_package=True)] if had else []
    return own if own and had == total else own + shares_of(stay, service, total - had, on)


@operation(right="post charge")
def post_to_folio(
    job: Job,
    folio: Folio,
    code: str,
    amount: Money | None = None,
    *,
    quantity: Quantity = ONE,
    text: str = "",
    service_day: date | None = None,
) -> Document:
    """Charge a service to any folio: an outsider's, the staff's, a master's.

    Refuses: ServiceUnknown, ChargeWrong, FolioNotOpen, CreditLimitExceeded, NeedsOverride.
    """
    service = service_of(code)
    price = _price(service, amount, quantity)
    parts = charge_parts(price, service.rules)
    require_chargeable(job, folio.key, parts.total)

    return _charge(
        job, service, price, [Share(folio.key, parts.total)], quantity=quantity, text=text,
        service_day=service_day or job.day,
    )  # fmt: skip


def _price(service: Service, amount: Money | None, quantity: Quantity) -> Money:
    price = amount if amount is not None else service.price and service.price.times(quantity)
    if price is None or price.minor <= 0 or quantity.thousandths <= 0:
        raise ChargeWrong(code=service.code)
    # What holds the fixed sum of the service charge is more than that.
    if charge_parts(price, service.rules).net.minor < 0:
        raise ChargeWrong(code=service.code)
    return price


def charge_stay(
    job: Job,
    stay: Stay,
    service: Service,
    price: Money,
    *,
    shares: Sequence[Share] | None = None,
    quantity: Quantity = ONE,
    text: str = "",
    room: str = "",
    service_day: date | None = None,
) -> Document:
    """Post a charge of a stay inside an operation that has checked it. A price of zero is a line as
    well: the night was given away.
    """
    total = charge_parts(price, service.rules).total
    on = service_day or job.day
    where = shares if shares is not None else shares_of(stay, service, total, on)
    return _charge(
        job, service, price, where, quantity=quantity, text=text, stay=stay.key,
        room=room or (stay.room.number if stay.room else ""), service_day=on,
    )  # fmt: skip


def _charge(
    job: Job,
    service: Service,
    price: Money,
    shares: Sequence[Share],
    *,
    quantity: Quantity,
    text: str,
    service_day: date,
    stay: int | None = None,
    room: str = "",
) -> Document:
    parts = charge_parts(price, service.rules)
    document = begin_document(job, kinds.CHARGE, total=parts.total, note=text)
    weights = [abs(share.amount.minor) for share in shares]
    if not any(weights):
        weights = [1] * len(shares)
    shared = zip(
        *(part.split(weights) for part in (parts.net, parts.service, parts.tax)), strict=True
    )
    lines = [
        NewLine(
            share.folio, CHARGE, service.code, service.department, text or service.name,
            net + served + tax, service_day, stay=stay, room=room, quantity=quantity, net=net,
            service=served, tax=tax,
        )
        for share, (net, served, tax) in zip(shares, shared, strict=True)
    ]  # fmt: skip
    add_lines(document, lines)
    legs = [on_folio(line) for line in lines]
    what = text or service.name
    legs += add_service(document, service, parts, day=service_day, quantity=quantity, text=what)
    return post_document(job, document, legs, code=service.code, room=room, amount=parts.total)


_ACCOUNT = Statement('SELECT "account" FROM "folio" WHERE "key" = ?')


def on_folio(line: NewLine) -> Leg:
    """The entry of a line."""
    row = _ACCOUNT.row(line.folio)
    assert row is not None, line.folio
    return Leg(row[0], line.amount, line.folio)


# --- putting right


@operation(right="void charge")
def void_charge(job: Job, line: FolioLine, *, reason: str) -> Document:
    """Take a charge of today back as if it had not been; both lines stay.

    Refuses: LineAnswered, LineIsCorrection, DayIsClosed, AdjustmentWrong (no reason), FolioNotOpen,
    SoldAtTheTill, CashWentOut.
    """
    found = to_void(line, job.day)
    if not has_words(reason):
        raise AdjustmentWrong(text=found.text)

    return _void(job, found, reason.strip())


@operation(right="adjust charge")
def adjust_line(job: Job, line: FolioLine, amount: Money, *, reason: str) -> Document:
    """Let a guest off part or all of a charge, on any later day (减免). The limit of the right is
    money.

    Refuses: AdjustmentWrong, LineIsCorrection, LineAnswered, FolioNotOpen, SoldAtTheTill,
    CashWentOut, NeedsOverride.
    """
    found, left = to_let_off(line)
    if not 0 < amount.minor <= left.minor or not has_words(reason):
        raise AdjustmentWrong(text=found.text, left=left)
    job.require("adjust charge", amount.minor)

    return _adjust(job, found, amount, reason.strip())


def take_charge_back(job: Job, line: FolioLine, left: Money, *, reason: str) -> Document:
    """What is left of a charge goes by a rule of the house, inside an operation: on its own day it
    is voided, later or where a part of it was let off it is adjusted.
    """
    if line.kind == CHARGE and line.document.day == job.day and left == line.amount:
        return _void(job, line, reason)
    return _adjust(job, line, left, reason)


def _void(job: Job, line: FolioLine, reason: str) -> Document:
    document = begin_document(
        job, kinds.REVERSAL, total=-line.amount, note=reason, reverses=line.document_id
    )
    return _correct(job, document, mirrored(line, VOID))


def _adjust(job: Job, line: FolioLine, amount: Money, reason: str) -> Document:
    document = begin_document(
        job, kinds.ADJUSTMENT, total=-amount, note=reason, reverses=line.document_id
    )
    first, _ = part_of(line, amount)
    off = NewLine(
        line.folio, ADJUSTMENT, line.code, line.department, line.text, -amount,
        line.service_day, stay=line.stay, room=line.room, quantity=line.quantity,
        net=-(first.net or zero()), service=-(first.service or zero()), tax=-(first.tax or zero()),
        of=(line.document_id, line.line),
    )  # fmt: skip
    return _correct(job, document, off)


def to_void(line: FolioLine, day: date) -> FolioLine:
    """A charge that can be voided on a business date. A screen looks before it asks why.

    Refuses: FolioNotOpen, SoldAtTheTill, CashWentOut, LineIsCorrection, LineAnswered, DayIsClosed.
    """
    found = open_line(line)
    _refuse_no_charge(found)
    if found.kind != CHARGE:
        raise LineIsCorrection(text=found.text)
    if is_answered(found):
        raise LineAnswered(text=found.text)
    if found.document.day != day:
        raise DayIsClosed(text=found.text, day=found.document.day)
    return found


def to_let_off(line: FolioLine) -> tuple[FolioLine, Money]:
    """A charge of which something can be let off, and at most how much; above zero.

    Refuses: FolioNotOpen, SoldAtTheTill, CashWentOut, LineIsCorrection, LineAnswered,
    AdjustmentWrong (nothing is left of it).
    """
    found = open_line(line)
    _refuse_no_charge(found)
    if found.kind not in (CHARGE, TRANSFER) or found.amount.minor <= 0:
        raise LineIsCorrection(text=found.text)
    if is_answered(found):
        raise LineAnswered(text=found.text)
    left = found.amount - let_off(found)
    if left.minor <= 0:
        raise AdjustmentWrong(text=found.text, left=left)
    return found, left


def _refuse_no_charge(line: FolioLine) -> None:
    if line.department == TILL:
        raise SoldAtTheTill(text=line.text)
    if line.department == PAID_OUT:
        raise CashWentOut(text=line.text)


def _correct(job: Job, document: Document, line: NewLine) -> Document:
    add_lines(document, [line])
    legs = [on_folio(line)]
    assert line.net is not None and line.service is not None and line.tax is not None
    parts = ChargeParts(line.net, line.service, line.tax)
    charged = _charged(line)
    legs += take_back(document, charged, parts)
    posted = post_document(job, document, legs, text=line.text, amount=line.amount)
    if line.department == ROOM:
        commission.take_back(job, charged, line.net)
    return posted


def _charged(line: NewLine) -> int:
    """The document that charged what a line corrects, by whichever folios it went."""
    assert line.of is not None
    document, number = line.of
    while True:
        of = FolioLine.get(FolioLine.document == document, FolioLine.line == number)
        if of.of_document is None:
            return document
        document, number = of.of_document, of.of_line


def let_off(line: FolioLine) -> Money:
    """What was adjusted of a line before."""
    earlier = FolioLine.select().where(
        FolioLine.of_document == line.document_id, FolioLine.of_line == line.line,
        FolioLine.kind == ADJUSTMENT,
    )  # fmt: skip
    return -Money.total((each.amount for each in earlier), line.amount.currency)


def open_line(line: FolioLine) -> FolioLine:
    """The line as it stands, on a folio that is open. Refuses: FolioNotOpen."""
    found: FolioLine = FolioLine.get(
        FolioLine.document == line.document_id, FolioLine.line == line.line
    )
    folio: Folio = Folio.get_by_id(found.folio)
    if folio.status != OPEN:
        raise FolioNotOpen(folio=folio.number)
    return found


# So many lines back it is looked which charges are usual.
_LATELY = 2000
_USUAL = Statement(
    'SELECT "code", count(*) FROM (SELECT "code", "kind", "department" FROM "folio_line" '
    'ORDER BY "document_id" DESC LIMIT ?) AS "lately" '
    'WHERE "kind" = ? AND "department" NOT IN (?, ?) GROUP BY "code"'
)


def chargeable_by(code: str) -> Service | None:
    """What a clerk charges by this code, if there is such a thing."""
    found: Service | None = Service.get_or_none(
        Service.code == code, Service.is_active, Service.department != PAID_OUT
    )
    return found


def chargeable() -> list[Service]:
    """What a clerk charges by hand, what was charged most often of late first; nights and taxes are
    posted by the house, and stand last.
    """
    services = Service.select().where(Service.is_active, Service.department != PAID_OUT)
    usual = dict(_USUAL.rows(_LATELY, CHARGE, ROOM, TAX))
    return sorted(
        services,
        key=lambda each: (each.department in (ROOM, TAX), -usual.get(each.code, 0), each.code),
    )
