"""Accounts of customers and suppliers, and the ways to pay."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest

from models.ledger import accounts, folio_kinds, folios
from models.ledger.accounts import VOUCHER_CLEARING
from models.ledger.folios import (
    CreditLimitExceeded,
    Folio,
    FolioNotEmpty,
    FolioNotOpen,
    FolioPermanent,
)
from models.ledger.proving import proof
from models.ledger.ways import tenders
from models.ledger.ways.tender_kinds import CARD as CARD_KIND
from models.ledger.ways.tender_kinds import CASH as CASH_KIND
from models.ledger.ways.tenders import (
    Tender,
    TenderInUse,
    TenderUnknown,
    tender_of,
)
from models.trust.operation import OPERATIONS, Job, new_uid, operation
from models.trust.records import RecordChanged, RecordTaken
from tests.stores import CASH, ON_ACCOUNT, Shop, account, yuan

pytestmark = pytest.mark.row("TIL-01")


def test_an_account_is_closed_empty_only(shop: Shop) -> None:
    shop.open_shift()
    folio = account(shop)
    shop.sell("1004", tender=ON_ACCOUNT, folio=folio.key)
    with pytest.raises(FolioNotEmpty):
        switch(shop, folio)
    other = account(shop)
    switch(shop, other)
    with pytest.raises(FolioNotOpen):
        shop.sell("1001", tender=ON_ACCOUNT, folio=other.key)
    assert (folio.number, other.number) == ("F01-00001", "F01-00002")
    assert not proof.verify()


def switch(shop: Shop, folio: Folio) -> None:
    now = Folio.get_by_id(folio.key)
    folios.switch_folio(shop.owner, folio.key, version=now.version, uid=new_uid())


# What each kind is part of, as the design of the hotel and of the cards has it.
ACCOUNTS = {
    "guest": 1125, "master": 1125, "outside": 1122, "employee": 1122, "control": 1122,
    "long stay": 1122, "permanent": 1122, "disputed": 1122, "company": 1122, "supplier": 2202,
    "deposit": 2203, "card": 2204, "package": 2205,
}  # fmt: skip


def test_a_folio_stores_its_account_its_owner_and_its_window(shop: Shop) -> None:
    for kind, number in ACCOUNTS.items():
        made = folios.open_folio(
            shop.owner, kind=kind, name=kind, limit=yuan("0"), owner=4711, window="B", uid=new_uid()
        )
        kept = Folio.get_by_id(made.key)
        assert (kept.account, kept.owner, kept.window) == (number, 4711, "B")
        assert kept.is_debt == (number in (2202, 2203, 2204, 2205))
        assert accounts.Account.get_by_id(number).is_control
    assert set(ACCOUNTS) == set(folio_kinds.KINDS)
    assert not proof.verify()


def test_every_control_account_has_folios_and_each_kind_is_shown_in_one_book(shop: Shop) -> None:
    controls = {row.number for row in accounts.Account.select().where(accounts.Account.is_control)}
    assert {kind.account for kind in folio_kinds.KINDS.values()} == controls
    assert folio_kinds.kinds_in(folio_kinds.SUPPLIERS) == ("supplier",)
    with pytest.raises(ValueError, match="declared twice"):
        folio_kinds.declare(folio_kinds.FolioKind("guest", "Guest", accounts.RECEIVABLE))


def test_a_permanent_folio_is_never_closed(shop: Shop) -> None:
    folio = folios.open_folio(
        shop.owner, kind=folio_kinds.PERMANENT, name="携程", limit=yuan("0"), uid=new_uid()
    )
    with pytest.raises(FolioPermanent):
        switch(shop, folio)


@patch.dict(OPERATIONS)
def test_a_kind_without_a_limit_is_charged_without_one(shop: Shop) -> None:
    @operation(right="sell")
    def charge(job: Job, folio: int) -> int:
        return int(folios.require_chargeable(job, folio, yuan("10")).key)

    for kind, is_held in (("disputed", False), ("guest", True)):
        folio = folios.open_folio(
            shop.owner, kind=kind, name="客人", limit=yuan("9"), uid=new_uid()
        )
        if not is_held:
            assert charge(shop.cashier, folio.key, uid=new_uid()) == folio.key
            continue
        with pytest.raises(CreditLimitExceeded):
            charge(shop.cashier, folio.key, uid=new_uid())


def test_an_account_is_changed_by_version(shop: Shop) -> None:
    folio = account(shop)
    values = {"kind": folio.kind, "name": "新名", "limit": yuan("50"), "terms": 10}
    folios.save_folio(shop.owner, folio.key, version=folio.version, **values, uid=new_uid())
    with pytest.raises(RecordChanged):
        folios.save_folio(shop.owner, folio.key, version=folio.version, **values, uid=new_uid())


def test_postings_to_an_account_can_be_stopped(shop: Shop) -> None:
    shop.open_shift()
    folio = account(shop)
    Folio.update(is_posting_stopped=True).where(Folio.key == folio.key).execute()
    with pytest.raises(FolioNotOpen):
        shop.sell("1001", tender=ON_ACCOUNT, folio=folio.key)


def save(shop: Shop, found: Tender | None, **values: Any) -> Tender:
    given: dict[str, Any] = {
        "number": 9, "name_zh": "礼券", "name_en": "Voucher", "kind": "voucher",
        "needs_reference": False, "opens_drawer": False,
    }  # fmt: skip
    if found is not None:
        given |= {name: getattr(found, name) for name in given}
    key, version = (found.key, found.version) if found else (None, 0)
    return tenders.save_tender(
        shop.owner, key, version=version, **{**given, **values}, uid=new_uid()
    )


def test_tenders_are_kept(shop: Shop) -> None:
    made = save(shop, None)
    assert tender_of(9).key == made.key
    with pytest.raises(RecordTaken):
        save(shop, None)
    assert made.account_id == VOUCHER_CLEARING
    changed = save(shop, made, name_zh="代金券")
    with pytest.raises(RecordChanged):
        save(shop, made)
    tenders.switch_tender(shop.owner, changed.key, version=changed.version, uid=new_uid())
    with pytest.raises(TenderUnknown):
        tender_of(9)


def test_what_was_paid_by_a_tender_stays_what_it_was(shop: Shop) -> None:
    shop.open_shift()
    shop.sell("1001")
    cash = Tender.get(Tender.number == CASH)
    assert cash.kind == CASH_KIND
    with pytest.raises(TenderInUse):
        save(shop, cash, kind=CARD_KIND)
