"""Accounts of customers and suppliers, and the ways to pay."""

from __future__ import annotations

from typing import Any

import pytest

from models.ledger import folios, proof, tenders
from models.ledger.accounts import BANK, DRAWER, RECEIVABLE
from models.ledger.folios import Folio, FolioChanged, FolioNotEmpty, FolioNotOpen
from models.ledger.tenders import (
    CARD as CARD_KIND,
)
from models.ledger.tenders import (
    CASH as CASH_KIND,
)
from models.ledger.tenders import (
    Tender,
    TenderAccountWrong,
    TenderChanged,
    TenderInUse,
    TenderTaken,
    TenderUnknown,
    tender_of,
)
from models.trust.operation import new_uid
from tests.stores import CASH, ON_ACCOUNT, Shop, yuan

pytestmark = pytest.mark.row("TIL-01")


def account(shop: Shop) -> Folio:
    return folios.open_folio(
        shop.owner, kind=folios.COMPANY, name="客户", limit=yuan("100"), uid=new_uid()
    )


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


def test_an_account_is_changed_by_version(shop: Shop) -> None:
    folio = account(shop)
    values = {"kind": folio.kind, "name": "新名", "limit": yuan("50"), "terms": 10}
    folios.save_folio(shop.owner, folio.key, version=folio.version, **values, uid=new_uid())
    with pytest.raises(FolioChanged):
        folios.save_folio(shop.owner, folio.key, version=folio.version, **values, uid=new_uid())


def test_postings_to_an_account_can_be_stopped(shop: Shop) -> None:
    shop.open_shift()
    folio = account(shop)
    Folio.update(is_posting_stopped=True).where(Folio.key == folio.key).execute()
    with pytest.raises(FolioNotOpen):
        shop.sell("1001", tender=ON_ACCOUNT, folio=folio.key)


def save(shop: Shop, found: Tender | None, **values: Any) -> Tender:
    given: dict[str, Any] = {
        "number": 9, "name_zh": "礼券", "name_en": "Voucher", "kind": CARD_KIND, "account": BANK,
        "needs_reference": False, "opens_drawer": False,
    }  # fmt: skip
    if found is not None:
        given |= {name: getattr(found, name) for name in given if name != "account"}
        given["account"] = found.account_id
    key, version = (found.key, found.version) if found else (None, 0)
    return tenders.save_tender(
        shop.owner, key, version=version, **{**given, **values}, uid=new_uid()
    )


def test_tenders_are_kept(shop: Shop) -> None:
    made = save(shop, None)
    assert tender_of(9).key == made.key
    with pytest.raises(TenderTaken):
        save(shop, None)
    for account in (RECEIVABLE, DRAWER, 4711):
        with pytest.raises(TenderAccountWrong):
            save(shop, None, number=10, account=account)
    changed = save(shop, made, name_zh="代金券")
    with pytest.raises(TenderChanged):
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
        save(shop, cash, kind=CARD_KIND, account=BANK)
