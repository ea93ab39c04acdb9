"""Accounts of customers (往来单位): companies, staff and others that pay later."""

from __future__ import annotations

from typing import Any

from models.base.fields import store_currency
from models.base.money import Money
from models.ledger.folio_kinds import COMPANIES, COMPANY, KINDS, SUPPLIER, kinds_in
from models.ledger.folios import CLOSED, OPEN, Folio, save_folio, switch_folio
from models.listings.listings import Condition, Field, Listing
from receipts.words import word
from tui.records.looks import Look

# What a kind of account is called. Guests and groups get theirs when they check in.
NAMES = tuple((kind.name, kind.title) for kind in KINDS.values())
STATES = ((OPEN, word("open")), (CLOSED, word("closed")))


def fields(*kind: Field) -> tuple[Field, ...]:
    """The fields of an account, with those that say its kind."""
    return (
        Field("number", word("Number"), look=Look(10, drop=8), is_computed=True, is_sorted=True),
        Field("name", word("Name"), look=Look(30, box=44), limit=60, is_required=True,
              is_sorted=True, is_typed=True,
              example="望江餐饮有限公司"),
        Field("pinyin", word("Initials"), look=Look(10), limit=60, is_listed=False,
              help=word("Pinyin initials for finding; blank: made from the name.")),
        *kind,
        Field("phone", word("Phone"), look=Look(14, box=20, drop=3), limit=40),
        Field("balance", word("Balance"), "money", look=Look(12), is_computed=True, is_summed=True,
              right="keep accounts"),
        Field("limit", word("Limit"), "money", look=Look(12, drop=1), is_required=True,
              is_summed=True, right="keep accounts",
              help=word("The most that may be owed; 0: nothing.")),
        Field("terms", word("Terms"), "number", look=Look(5, drop=9), default=30, is_required=True,
              unit=word("days"), help=word("Days until a charge is due.")),
        Field("is_posting_stopped", word("Stopped"), "yes-no", look=Look(7, drop=7), default=False,
              help=word("Nothing more may be charged.")),
        Field("status", word("State"), "choice", look=Look(6, drop=4), choices=STATES,
              is_computed=True),
    )  # fmt: skip


def save(session: Any, key: int | None, *, version: int, **values: Any) -> Folio:
    """Save an account with what its form holds."""
    values.setdefault("kind", SUPPLIER)
    if values.get("limit") is None:
        values["limit"] = Money.zero(store_currency())
    return save_folio(session, key, version=version, **values)


_SHOWN = kinds_in(COMPANIES)
_CHOICES = tuple(pair for pair in NAMES if pair[0] in _SHOWN)

LISTING = Listing(
    "companies",
    word("Accounts of customers"),
    Folio,
    fields=fields(
        Field("kind", word("Kind"), "choice", look=Look(8, box=16, drop=6), choices=_CHOICES,
              default=COMPANY,
              is_required=True, is_fixed=True),
    ),
    find=("name", "pinyin", "number", "phone"),
    where=(Condition("kind", "in", _SHOWN),),
    right="keep accounts",
    change_right="keep accounts",
    save=save,
    drop=switch_folio,
    is_switched=True,
)  # fmt: skip
