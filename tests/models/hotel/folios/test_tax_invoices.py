"""Tax invoices: never more than was charged and paid, each number once, and red before money goes
back (H-4).
"""

from __future__ import annotations

from typing import Any

import pytest

from models.base.rates import Rate
from models.hotel.charges.folio_lines import lines_of
from models.hotel.charges.postings import adjust_line, post_charge
from models.hotel.charges.windows import own_folio, windows_of
from models.hotel.folios.folio_payments import pay_folio
from models.hotel.folios.invoicing import proposed_invoice
from models.ledger.debts.account_payments import settle_account
from models.ledger.debts.receivables import give_back_credit, open_balance
from models.ledger.debts.tax_invoices import (
    SPECIAL,
    InvoiceLine,
    InvoiceRed,
    InvoiceTooMuch,
    InvoiceWrong,
    RedInvoiceWanted,
    TaxInvoice,
    invoiceable,
    issue_tax_invoice,
    lines_of_invoice,
    red_invoice,
)
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import Folio, open_folio
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import new_uid
from models.trust.records import RecordTaken
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, house_day, leave, roll
from tests.models.hotel.test_worked_stays import inn, taxed
from tests.stores import CASH, yuan

__all__ = ["inn"]


def issued(house: House, folio: Folio, number: str, *lines: InvoiceLine, **more: Any) -> TaxInvoice:
    given = {"title": "锦程商贸有限公司", **more}
    return issue_tax_invoice(house.desk, folio, lines, number=number, uid=new_uid(), **given)


def said(lines: list[InvoiceLine]) -> list[tuple[str, str, str]]:
    return [(line.name.split()[0], line.rate.percent_text, str(line.amount)) for line in lines]


@pytest.mark.row("H-4")
def test_no_more_is_invoiced_than_was_charged_and_paid(inn: House) -> None:
    taxed(inn, "6")
    stay = arrive(inn, nights=2)
    folio = own_folio(stay.key)
    pay_folio(inn.desk, folio, [Paying(CASH, yuan("500"))], uid=new_uid())
    # Of a deposit for which nothing was bought yet nothing is invoiced.
    assert str(invoiceable(own_folio(stay.key))) == "0.00" and proposed_invoice(folio) == []
    roll(inn)
    post_charge(inn.desk, stay, "5000", yuan("100"), uid=new_uid())
    folio = own_folio(stay.key)
    # 320.00 + 6 % = 339.20, and 106.00 of the minibar.
    assert said(proposed_invoice(folio)) == [("房费", "6", "339.20"), ("小酒吧", "6", "106.00")]
    room = InvoiceLine("住宿服务", Rate.percent("6"), yuan("339.20"))
    made = issued(inn, folio, "26312000000000000001", room)
    (line,) = lines_of_invoice(made)
    assert (str(line.net), str(line.tax), str(invoiceable(folio))) == ("320.00", "19.20", "106.00")
    assert said(proposed_invoice(folio)) == [("房费", "6", "80.76"), ("小酒吧", "6", "25.24")]
    with pytest.raises(InvoiceTooMuch):
        issued(inn, folio, "2", InvoiceLine("餐饮", Rate(0), yuan("106.01")))
    with pytest.raises(RecordTaken):
        issued(inn, folio, made.number, InvoiceLine("餐饮", Rate(0), yuan("6")))
    for more, field in (
        ({"title": " "}, "title"), ({"kind": SPECIAL}, "tax_number"),
    ):  # fmt: skip
        with pytest.raises(InvoiceWrong) as refused:
            issued(inn, folio, "3", InvoiceLine("餐饮", Rate(0), yuan("6")), **more)
        assert refused.value.fields["field"] == field
    for wrong in (InvoiceLine(" ", Rate(0), yuan("6")), InvoiceLine("餐", Rate(0), yuan("0"))):
        with pytest.raises(InvoiceWrong):
            issued(inn, folio, "3", wrong)
    assert not proof.verify()


@pytest.mark.row("H-4")
def test_money_that_goes_back_wants_its_red_invoice_first(inn: House) -> None:
    stay = arrive(inn, nights=1)
    post_charge(inn.desk, stay, "5000", yuan("100"), uid=new_uid())
    folio = own_folio(stay.key)
    pay_folio(inn.desk, folio, [Paying(CASH, yuan("500"))], uid=new_uid())
    roll(inn)
    bar = InvoiceLine("小酒吧", Rate.percent("13"), yuan("420"))
    made = issued(inn, own_folio(stay.key), "11", bar, tax_number="91310000MA1K12345X")
    beer = next(ln for ln in lines_of(folio.key) if ln.code == "5000")
    adjust_line(inn.desk, beer, yuan("50"), reason="没喝过", uid=new_uid())
    with pytest.raises(RedInvoiceWanted):
        leave(inn, stay, Paying(CASH, -yuan("130")))
    red = red_invoice(inn.desk, made, number="12", reason="减免", uid=new_uid())
    assert (str(red.amount), red.of, red.tax_number) == ("-420.00", made.key, made.tax_number)
    for one in (made, red):
        with pytest.raises(InvoiceRed):
            red_invoice(inn.desk, one, number="13", reason="又", uid=new_uid())
    issued(inn, own_folio(stay.key), "14", InvoiceLine("住宿", Rate(0), yuan("370")))
    leave(inn, stay, Paying(CASH, -yuan("130")))
    (_, closed), *_ = windows_of(stay.key)
    assert str(invoiceable(closed)) == "0.00" and not proof.verify()


def test_a_company_is_invoiced_for_what_it_paid(inn: House) -> None:
    desk = inn.desk
    firm = open_folio(desk, kind=COMPANY, name="锦程公司", limit=yuan("900"), uid=new_uid())
    open_balance(inn.shop.owner, firm, yuan("300"), due=house_day(), note="旧账", uid=new_uid())
    assert not invoiceable(Folio.get_by_id(firm.key))
    settle_account(desk, firm, [Paying(CASH, yuan("400"))], amount=yuan("400"), uid=new_uid())
    firm = Folio.get_by_id(firm.key)
    issued(inn, firm, "21", InvoiceLine("住宿", Rate(0), yuan("300")))
    give_back_credit(desk, firm, [Paying(CASH, -yuan("100"))], uid=new_uid())
    assert not proof.verify()
