"""Every slip that a trade declares says so when it is a copy, in both languages at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import models.store  # noqa: F401 - lists the trades
from devices.profiles import PROFILES
from models.base.named import load
from models.trust.trades import SlipKind, declared
from receipts.layout import layout
from receipts.slips.common import Print
from receipts.text import text_of
from tests.receipts import samples, samples_of_buying, samples_of_lots
from tests.receipts.samples_of_invoices import INVOICE
from tests.receipts.slips import LANGUAGES

# What stands on the slip of each kind.
VIEWS: dict[str, Any] = {
    "sale": samples.SALE, "return": samples.RETURN, "void": samples.VOID,
    "held": samples.HELD, "invoice": INVOICE, "x": samples.X,
    "z": samples.Z, "day": samples.DAY_CLOSED, "cash_move": samples.CASH_MOVE,
    "handover": samples.HANDOVER, "payment": samples.ACCOUNT_PAID, "statement": samples.STATEMENT,
    "reminder": samples.REMINDER, "lot": samples_of_lots.VOUCHER,
    "card": samples_of_lots.CARD_SOLD, "card_note": samples_of_lots.CARD_NOTE,
    "lot_money": samples_of_lots.VOUCHER_SOLD,
    "order": samples_of_buying.ORDER, "goods_in": samples_of_buying.GOODS_IN,
    "stocktake": samples_of_buying.STOCKTAKE, "goods_out": samples_of_buying.GOODS_OUT,
    "short": samples_of_buying.GOODS_IN,
    "commission": samples_of_lots.COMMISSION,
    "house": samples.HOUSE, "folio": samples.FOLIO, "master": samples.FOLIO,
    "deposit": samples.DEPOSIT_TAKEN, "registration": samples.REGISTRATION,
}  # fmt: skip
# A copy of labels is more labels, and no paper that proves anything.
NO_PAPERS = {"labels"}
KINDS: tuple[SlipKind, ...] = tuple(
    kind for kind in declared("slips") if kind.name not in NO_PAPERS
)


def made(kind: SlipKind, how: Print) -> str:
    paper: Callable[..., Any] = load(kind.paper)
    return text_of(layout(paper(VIEWS[kind.name], how), PROFILES["80mm"]))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_copy_is_known_as_one(kind: SlipKind) -> None:
    for lang in LANGUAGES:
        copy = made(kind, Print(lang, 2, samples.AT.replace(hour=20)))
        assert "副本 COPY 2" in copy, lang
        assert "20:42" in copy, "when the copy was made"
        assert "COPY" not in made(kind, Print(lang)), lang


def test_every_kind_of_slip_is_looked_at() -> None:
    assert {kind.name for kind in KINDS} == VIEWS.keys()
