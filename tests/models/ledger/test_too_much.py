"""What was paid too much goes back by a choice; a coupon of a platform is used once."""

from __future__ import annotations

import pytest

from models.base.quantity import Quantity
from models.ledger.accounts import CASH_ROUNDING, DRAWER, PLATFORM_CLEARING, RECEIVABLE
from models.ledger.documents import Document
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import CreditLimitExceeded, Folio, open_folio
from models.ledger.payments.taking import CodeNeeded, NotPaid, OverPaid, ways_back
from models.ledger.proving import proof
from models.ledger.ways import tenders
from models.ledger.ways.tender_kinds import Paying, PlatformCodeUsed
from models.ledger.ways.tenders import Tender
from models.shop.returns import return_goods
from models.shop.sales import sell
from models.trust.operation import NeedsOverride, new_uid
from models.trust.settings import change_settings
from tests.models.ledger.test_taking import pay, payments
from tests.models.worked import entries
from tests.stores import CARD, CASH, Shop, yuan

pytestmark = pytest.mark.row("TIL-01")


def test_what_a_card_paid_too_much_goes_back_in_cash(open_shop: Shop) -> None:
    """60.00 due, 61.00 typed at the card terminal; of a refund too much comes in."""
    card = Paying(CARD, yuan("61"), reference="A1")
    with pytest.raises(NeedsOverride):
        pay(open_shop, "60", card, Paying(CASH, yuan("-1")), by=open_shop.cashier)
    with pytest.raises(OverPaid):
        pay(open_shop, "60", card, Paying(CASH, yuan("-0.50")))
    paid = pay(open_shop, "60", card, Paying(CASH, yuan("-1")))
    assert payments(paid) == [("61.00", "0.00", "61.00"), ("-1.00", "0.00", "-1.00")]
    assert entries(paid)[DRAWER] == "-1.00"
    # 0.03 over: nothing goes back in cash, and it is told as rounding; not without somebody's yes.
    odd = Paying(CARD, yuan("60.03"), reference="A2")
    with pytest.raises(OverPaid):
        pay(open_shop, "60", odd)
    rounded = pay(open_shop, "60", odd, Paying(CASH, yuan("0")))
    assert entries(rounded)[CASH_ROUNDING] == "-0.03"
    # The other way round, at a supplier: 61.00 went by card where 60.00 were to go.
    out = pay(open_shop, "-60", Paying(CARD, yuan("-61"), reference="A3"), Paying(CASH, yuan("1")))
    assert payments(out) == [("-61.00", "0.00", "-61.00"), ("1.00", "0.00", "1.00")]
    assert {way.tender: str(way.left) for way in ways_back(paid.key)} == {
        CARD: "61.00", CASH: "-1.00",
    }  # fmt: skip
    assert not proof.verify()


def test_small_change_stays_on_the_account_of_the_customer(open_shop: Shop) -> None:
    """10.00 for 5.50, of which 4.00 are given and 0.50 stay; what comes back is what was paid."""
    shop, account = open_shop, Tender.get(Tender.kind == "account").number
    folio = open_folio(
        shop.owner, kind=COMPANY, name="王芳", limit=yuan("0"), owner=7, uid=new_uid()
    )

    def sold(kept: str, given: str = "10") -> Document:
        bill = shop.bill("1001", "1002", session=shop.owner)
        ways = [Paying(CASH, yuan(given)), Paying(account, yuan(kept), folio=folio.key)]
        return sell(shop.owner, bill.draft, ways, shown=yuan("5.50"), uid=new_uid())

    with pytest.raises(OverPaid):
        sold("-0.50")
    change_settings(shop.owner, {"cash.keep_below": 100}, uid=new_uid())
    for kept, given, told in (
        ("-1.00", "10", OverPaid), ("-0.50", "0", OverPaid), ("-0.60", "6", NotPaid),
    ):  # fmt: skip
        with pytest.raises(told):
            sold(kept, given)
    made = sold("-0.50")
    assert payments(made) == [("10.00", "4.00", "6.00"), ("-0.50", "0.00", "-0.50")]
    assert (entries(made)[DRAWER], entries(made)[RECEIVABLE]) == ("6.00", "-0.50")
    assert Folio.get_by_id(folio.key).balance == yuan("-0.50")
    # It pays, without a limit, no more than there is.
    bill = shop.bill("1001", session=shop.owner)
    with pytest.raises(CreditLimitExceeded):
        shop.pay(bill, session=shop.cashier, tender=account, folio=folio.key)
    ways = [Paying(account, yuan("0.50"), folio=folio.key), Paying(CASH, yuan("1.50"))]
    sell(shop.owner, bill.draft, ways, shown=yuan("2"), uid=new_uid())
    # One bottle, then the rest: as it was paid, and what stayed stays.
    for line, amount in ((1, "2"), (2, "3.50")):
        return_goods(
            shop.owner, made.key, {line: Quantity.of(1)}, shown=yuan(amount), reason="unwanted",
            uid=new_uid(),
        )  # fmt: skip
    assert {way.tender: str(way.left) for way in ways_back(made.key)} == {
        CASH: "0.50", account: "-0.50",
    }  # fmt: skip
    assert not proof.verify()


@pytest.mark.row("H-5")
def test_a_coupon_of_a_platform_is_used_once(open_shop: Shop) -> None:
    """Face 40.00 of 60.00; the platform owes it. It is used again only when it came back."""
    deal = int(tenders.save_tender(
        open_shop.owner, None, version=0, number=None, name_zh="团购券", name_en="Deal",
        kind="platform", uid=new_uid(),
    ).number)  # fmt: skip
    coupon = Paying(deal, yuan("40"), code="MT889900")
    with pytest.raises(CodeNeeded):
        pay(open_shop, "60", Paying(deal, yuan("40")), Paying(CASH, yuan("20")))
    with pytest.raises(PlatformCodeUsed):
        pay(open_shop, "80", coupon, coupon)
    paid = pay(open_shop, "60", coupon, Paying(CASH, yuan("20")))
    assert entries(paid)[PLATFORM_CLEARING] == "40.00"
    with pytest.raises(PlatformCodeUsed) as used:
        pay(open_shop, "40", coupon)
    assert used.value.fields == {"code": "MT889900", "bill": paid.label}
    pay(open_shop, "-40", Paying(deal, yuan("-40"), code="MT889900"), refunds=paid.key)
    assert entries(pay(open_shop, "40", coupon))[PLATFORM_CLEARING] == "40.00"
