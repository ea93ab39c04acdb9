"""Suppliers (供应商), and what is owed to them."""

from __future__ import annotations

from models.ledger.folio_kinds import SUPPLIERS, kinds_in
from models.ledger.folios import Folio, switch_folio
from models.listings.listings import Condition, Listing
from receipts.words import word
from tui.people.companies_listing import fields, save

LISTING = Listing(
    "suppliers",
    word("Suppliers"),
    Folio,
    fields=fields(),
    find=("name", "pinyin", "number", "phone"),
    where=(Condition("kind", "in", kinds_in(SUPPLIERS)),),
    right="keep accounts",
    change_right="keep accounts",
    save=save,
    drop=switch_folio,
    is_switched=True,
)
