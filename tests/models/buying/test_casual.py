"""What was bought in any shop (零售) and paid there."""

from __future__ import annotations

import pytest

from models.buying.delivery_lines import DeliveryHead
from models.buying.goods_in import receive_goods
from models.buying.receipts import CASUAL
from models.buying.suppliers import retail_supplier
from models.ledger.debts.account_payments import settle_account
from models.ledger.debts.dues import items_of
from models.ledger.payments.taking import PaidOutTooMuch
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import new_uid
from tests.models.buying.bought import scanned
from tests.stores import CASH, Shop, yuan


def test_what_was_bought_is_paid_and_not_what_is_older(shop: Shop) -> None:
    """Two purchases in any shop: the second was paid there, the first is owed still."""
    shop.open_shift()
    bought = []
    for code in ("1001", "1002"):
        came = scanned(shop, DeliveryHead(CASUAL, None), (code, "5"))
        bought.append(
            receive_goods(shop.owner, came.draft, shown=came.total(), note="", uid=new_uid())
        )
    folio, paid = retail_supplier(), bought[1]
    assert folio is not None
    with pytest.raises(PaidOutTooMuch) as much:
        out = [Paying(CASH, -paid.total - yuan("1"))]
        settle_account(shop.owner, folio, out, amount=paid.total, uid=new_uid())
    assert much.value.fields["due"] == paid.total
    out = [Paying(CASH, -paid.total)]
    settle_account(shop.owner, folio, out, amount=paid.total, of=paid.key, uid=new_uid())
    left = {item.document: item.left for item in items_of(folio)}
    assert (left[bought[0].key], left[paid.key]) == (bought[0].total, yuan("0"))
    assert not proof.verify()
