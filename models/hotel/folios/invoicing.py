"""What a guest's tax invoice would say: his charges by service and tax rate, as far as they are
paid and on no invoice yet.
"""

from __future__ import annotations

from models.base.rates import Rate
from models.hotel.charges.folio_lines import FolioLine, lines_of
from models.hotel.charges.services import Service
from models.ledger.debts.tax_invoices import InvoiceLine, invoiceable
from models.ledger.folios import Folio
from models.selling.charges import taxes_of


def proposed_invoice(folio: Folio) -> list[InvoiceLine]:
    """The lines for all that may still be invoiced of a folio; it is shared among the services by
    what each comes to.
    """
    left = invoiceable(folio)
    if not left:
        return []
    charged: dict[tuple[str, Rate], int] = {}
    for line in lines_of(folio.key):
        if line.net or line.tax:
            what = _name(line), _rate(line)
            charged[what] = charged.get(what, 0) + line.amount.minor
    groups = {what: minor for what, minor in charged.items() if minor > 0}
    if not groups:
        return [InvoiceLine(folio.name, Rate(0), left)]
    parts = left.split(list(groups.values()))
    return [
        InvoiceLine(name, rate, part)
        for (name, rate), part in zip(groups, parts, strict=True)
        if part.minor > 0
    ]


def _name(line: FolioLine) -> str:
    service: Service | None = Service.get_or_none(Service.code == line.code)
    return service.name if service else line.text


def _rate(line: FolioLine) -> Rate:
    """The rate at which it was charged; of what was moved or taken back that of the service."""
    taxes = taxes_of(line.document_id)
    if taxes:
        return Rate(taxes[0].rate.millionths)
    service: Service | None = Service.get_or_none(Service.code == line.code)
    return service.rules.tax if service else Rate(0)
