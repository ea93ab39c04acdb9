"""Suppliers (供应商), what is agreed with them, and what is owed to them."""

from __future__ import annotations

from typing import Any

from models.buying.suppliers import save_supplier, terms_of
from models.ledger.folio_kinds import SUPPLIERS, kinds_in
from models.ledger.folios import Folio, switch_folio
from models.listings.listings import Condition, Field, Link, Linked, Listing, Record
from models.people.lists import PersonChoice
from receipts.words import word
from tui.people.companies_listing import fields, save
from tui.records.looks import Look

BUYING = (
    Field("lead_days", word("Delivery in"), "number", unit=word("days"), default=0,
          trade="buying", is_listed=False,
          help=word("Days from the order until the goods are here.")),
    Field("tolerance", word("Tolerance"), "rate", look=Look(8, is_beside=True), unit="%",
          trade="buying", is_listed=False,
          help=word("So much more is taken in, over all deliveries of an order.")),
    Field("bills_later", word("Bill later"), "yes-no", trade="buying", default=False,
          is_listed=False, help=word("Yes: what he brings is owed when his bill is booked.")),
    Field("level", word("Level"), "link", look=Look(12, is_beside=True), trade="buying",
          is_listed=False, link=Link("person_level", PersonChoice)),
    Field("region", word("Region"), "link", look=Look(12), trade="buying", is_listed=False,
          link=Link("person_province", PersonChoice)),
)  # fmt: skip


def _read(key: Any) -> Record | None:
    folio: Folio | None = Folio.get_or_none(Folio.key == key)
    if folio is None:
        return None
    terms = terms_of(key)
    names = [each.name for each in LISTING.in_form() if each not in BUYING]
    values = {name: getattr(folio, name) for name in names}
    for name in ("lead_days", "tolerance", "bills_later"):
        values[name] = getattr(terms, name)
    for name in ("level", "region"):
        chosen = getattr(terms, name)
        values[name] = Linked(chosen.key, chosen.name) if chosen else None
    return Record(key, folio.version, values)


def _save(session: Any, key: int | None, *, version: int, **values: Any) -> Folio:
    """A store that buys nothing keeps the account alone."""
    if "lead_days" not in values:
        return save(session, key, version=version, **values)
    values["lead_days"] = values["lead_days"] or 0
    return save_supplier(session, key, version=version, **values)


LISTING = Listing(
    "suppliers",
    word("Suppliers"),
    Folio,
    fields=(*fields(), *BUYING),
    find=("name", "pinyin", "number", "phone"),
    where=(Condition("kind", "in", kinds_in(SUPPLIERS)),),
    right="keep accounts",
    # Whoever orders or receives looks one up.
    pick_right="",
    change_right="keep accounts",
    save=_save,
    drop=switch_folio,
    is_switched=True,
    read=_read,
)
