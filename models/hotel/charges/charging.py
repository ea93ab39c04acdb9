"""What a house charges, as charge lines: services by their code, and what of them is taken back."""

from __future__ import annotations

from datetime import date

from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.hotel.charges import services
from models.hotel.charges.charge_parts import ChargeParts
from models.hotel.charges.services import Service
from models.ledger.documents import Document, Leg
from models.selling.charges import (
    ONE,
    ROOM,
    SERVICE,
    Charge,
    ChargeLine,
    TaxCharged,
    add_charges,
    taxes_of,
)


def add_service(
    document: Document,
    service: Service,
    parts: ChargeParts,
    *,
    day: date,
    quantity: Quantity = ONE,
    text: str = "",
) -> list[Leg]:
    """Store the charge line of a service; the entries that are to be posted for it."""
    rules = service.rules
    price = parts.total if rules.is_included else parts.net
    kind = ROOM if service.department == services.ROOM else SERVICE
    base = parts.net + parts.service if rules.taxes_service else parts.net
    taxes = [_tax(service.tax, base, parts.tax, is_included=rules.is_included)]
    if rules.is_tax:
        name = (text or service.name)[:20]
        taxes = [TaxCharged(name, services.NONE, parts.net, parts.tax, account=service.account)]
    charge = Charge(
        kind=kind, name=text or service.name, day=day, net=parts.net,
        account=service.account, code=service.code, quantity=quantity,
        amount=price, service=parts.service, taxes=taxes if service.tax or rules.is_tax else (),
    )  # fmt: skip
    return add_charges(document, [charge])


def _tax(rate: Rate, base: Money, tax: Money, *, is_included: bool) -> TaxCharged:
    return TaxCharged(f"{rate.percent_text}%", rate, base, tax, is_included)


def take_back(document: Document, charged: int, parts: ChargeParts) -> list[Leg]:
    """Take so much of what a document charged back, on the accounts on which it is; the parts are
    below zero.
    """
    line = ChargeLine.get(ChargeLine.document == charged, ChargeLine.line == 1)
    taxes = taxes_of(charged)
    is_included = any(tax.is_included for tax in taxes) or not taxes
    base = parts.net + parts.service
    back = [
        TaxCharged(tax.name, tax.rate, base, parts.tax, tax.is_included, tax.account)
        for tax in taxes
    ]
    charge = Charge(
        kind=line.kind, name=line.name, day=line.day, net=parts.net, account=line.account,
        code=line.code, quantity=line.quantity, service=parts.service, taxes=back,
        amount=parts.total if is_included else parts.net,
    )  # fmt: skip
    return add_charges(document, [charge])


def take_all_back(document: Document, charged: int) -> list[Leg]:
    """Take all of what a document charged back."""
    line = ChargeLine.get(ChargeLine.document == charged, ChargeLine.line == 1)
    return take_back(document, charged, ChargeParts(-line.net, -line.service, -line.tax))
