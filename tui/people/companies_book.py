"""Accounts of customers (往来单位): companies, staff and others that pay later."""

from __future__ import annotations

from typing import Any

from models.base.fields import store_currency
from models.base.money import Money
from models.ledger.folio_kinds import COMPANIES, COMPANY, KINDS, SUPPLIER, kinds_in
from models.ledger.folios import CLOSED, OPEN, Folio, save_folio, switch_folio
from models.trust.books import Book, Condition, Field
from receipts.words import word

# What a kind of account is called. Guests and groups get theirs when they check in.
NAMES = tuple((kind.name, kind.title) for kind in KINDS.values())
STATES = ((OPEN, word("open")), (CLOSED, word("closed")))


def fields(*kind: Field) -> tuple[Field, ...]:
    """The fields of an account, with those that say its kind."""
    return (
        Field("number", word("Number"), width=10, is_computed=True, is_sorted=True, drop=8),
        Field("name", word("Name"), width=30, box=44, limit=60, is_required=True, is_sorted=True,
              example="望江餐饮有限公司"),
        Field("pinyin", word("Initials"), width=10, limit=60, is_listed=False,
              help=word("Pinyin initials for finding; blank: made from the name.")),
        *kind,
        Field("phone", word("Phone"), width=14, box=20, limit=40, drop=3),
        Field("balance", word("Balance"), "money", width=12, is_computed=True, is_summed=True),
        Field("limit", word("Limit"), "money", width=12, is_required=True, drop=1, is_summed=True,
              help=word("The most that may be owed; 0: nothing.")),
        Field("terms", word("Terms"), "number", width=5, default=30, is_required=True, drop=9,
              unit=word("days"), help=word("Days until a charge is due.")),
        Field("is_posting_stopped", word("Stopped"), "yes-no", width=7, default=False, drop=7,
              help=word("Nothing more may be charged.")),
        Field("status", word("State"), "choice", width=6, choices=STATES, is_computed=True, drop=4),
    )  # fmt: skip


def save(session: Any, key: int | None, *, version: int, **values: Any) -> Folio:
    """Save an account with what its form holds."""
    values.setdefault("kind", SUPPLIER)
    if values.get("limit") is None:
        values["limit"] = Money.zero(store_currency())
    return save_folio(session, key, version=version, **values)


_SHOWN = kinds_in(COMPANIES)
_CHOICES = tuple(pair for pair in NAMES if pair[0] in _SHOWN)

BOOK = Book(
    "companies",
    word("Accounts of customers"),
    Folio,
    fields=fields(
        Field("kind", word("Kind"), "choice", width=8, box=16, choices=_CHOICES, default=COMPANY,
              is_required=True, is_fixed=True, drop=6),
    ),
    find=("name", "pinyin", "number", "phone"),
    where=(Condition("kind", "in", _SHOWN),),
    right="keep accounts",
    change_right="keep accounts",
    save=save,
    drop=switch_folio,
    is_switched=True,
)  # fmt: skip
