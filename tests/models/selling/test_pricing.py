"""The pricing engine: lines, discounts, taxes, returns."""

from __future__ import annotations

import pytest

from models.base.cost import UnitCost
from models.base.money import Currency, Money, currency
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.selling import pricing
from models.selling.lines import (
    Discount,
    DiscountBasis,
    Figures,
    Line,
    LineDiscount,
    NewPrice,
    PriceRules,
    figures,
)
from models.selling.pricing import RunningTotal, price_bill, price_line, return_line, total_up
from models.selling.tax import Tax, Taxes, TaxRounding, gross_price, net_price
from tests.stores import yuan

CNY = currency("CNY")
RULES = PriceRules(CNY)
VAT = Tax("vat13", Rate.percent("13"), is_included=True)
VAT_ON_TOP = Tax("vat13", Rate.percent("13"))
BAG = Tax("bag", each=Money(20, CNY))


def line(
    price: str,
    quantity: str = "1",
    *,
    taxes: Taxes = (VAT,),
    discount: LineDiscount | None = None,
    promotion: str = "",
    printed: str = "",
) -> Line:
    return Line(
        Quantity.parse(quantity),
        yuan(price),
        taxes,
        discount=discount,
        promotion=yuan(promotion) if promotion else None,
        printed=yuan(printed) if printed else None,
    )


def texts(*amounts: Money) -> list[str]:
    return [str(amount) for amount in amounts]


# --- a line


def test_an_included_tax_leaves_the_price_as_it_is() -> None:
    priced = price_line(line("12.50", "3"), RULES)
    assert texts(priced.amount, priced.net, priced.tax, priced.total) == [
        "37.50", "33.19", "4.31", "37.50",
    ]  # fmt: skip


def test_a_tax_on_top_is_added() -> None:
    priced = price_line(line("12.50", "3", taxes=(VAT_ON_TOP,)), RULES)
    assert texts(priced.amount, priced.net, priced.tax, priced.total) == [
        "37.50", "37.50", "4.88", "42.38",
    ]  # fmt: skip


def test_a_line_without_taxes() -> None:
    priced = price_line(line("12.50", taxes=()), RULES)
    assert texts(priced.net, priced.tax, priced.total) == ["12.50", "0.00", "12.50"]


def test_the_net_amount_is_what_tax_leaves() -> None:
    # 5.625 of tax: rounding net and tax apart would make 52.51 of 52.50.
    tax = Tax("12", Rate.percent("12"), is_included=True)
    assert texts(*(lambda p: (p.net, p.tax))(price_line(line("52.50", taxes=(tax,)), RULES))) == [
        "46.87", "5.63",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("discount", "full", "off", "amount"),
    [
        (Rate.percent("10"), "59.97", "6.00", "53.97"),
        (Rate.percent("100"), "59.97", "59.97", "0.00"),
        (Rate.percent("0"), "59.97", "0.00", "59.97"),
        (Money(997, CNY), "59.97", "9.97", "50.00"),
        (NewPrice(Money(1500, CNY)), "59.97", "14.97", "45.00"),
        # A higher price by hand is no discount below zero.
        (NewPrice(Money(2500, CNY)), "75.00", "0.00", "75.00"),
        (None, "59.97", "0.00", "59.97"),
    ],
)
def test_line_discounts(discount: LineDiscount | None, full: str, off: str, amount: str) -> None:
    sold = price_line(line("19.99", "3", discount=discount), RULES)
    assert texts(sold.full, sold.discount, sold.amount) == [full, off, amount]
    back = price_line(line("19.99", "-3", discount=discount), RULES)
    assert (back.full, back.discount, back.amount) == (-sold.full, -sold.discount, -sold.amount)


def test_the_price_of_a_priced_line_is_what_it_sold_at() -> None:
    changed = price_line(line("19.99", discount=NewPrice(yuan("15"))), RULES)
    assert changed.price == yuan("15")
    assert price_line(line("19.99"), RULES).price == yuan("19.99")


def test_a_promotion_comes_before_the_line_discount() -> None:
    priced = price_line(line("10", "3", promotion="10", discount=Rate.percent("10")), RULES)
    assert texts(priced.full, priced.promotion, priced.discount, priced.amount) == [
        "30.00", "10.00", "2.00", "18.00",
    ]  # fmt: skip


def test_a_new_price_takes_the_place_of_a_promotion() -> None:
    priced = price_line(line("10", "3", promotion="10", discount=NewPrice(yuan("9"))), RULES)
    assert texts(priced.promotion, priced.discount, priced.amount) == ["0.00", "3.00", "27.00"]


def test_discounts_are_exact_until_the_line_is_rounded() -> None:
    # 6.05 less 10 per cent is 5.445; a discount rounded first would leave 5.44.
    assert str(price_line(line("6.05", discount=Rate.percent("10")), RULES).amount) == "5.45"


def test_goods_with_a_printed_amount_sell_at_it() -> None:
    # 8.38 a kilogram: 2.31 kg are 19.3578, the scale of this shop cut it to 19.35.
    priced = price_line(line("8.38", "2.31", printed="19.35"), RULES)
    assert texts(priced.full, priced.amount, priced.total) == ["19.35", "19.35", "19.35"]
    cheaper = price_line(line("8.38", "2.31", printed="19.35", discount=yuan("1")), RULES)
    assert str(cheaper.total) == "18.35"
    back = price_line(line("8.38", "-2.31", printed="-19.35"), RULES)
    assert str(back.total) == "-19.35"


def test_a_price_may_be_finer_than_a_fen() -> None:
    screws = Line(Quantity.of(200), UnitCost.parse("0.035", CNY))
    assert str(price_line(screws, RULES).total) == "7.00"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (line("5", discount=Money(501, CNY)), "more than there is"),
        (line("5", promotion="5.01"), "more than there is"),
        (line("5", "-1", discount=Money(501, CNY)), "more than there is"),
        (line("5", discount=Money(-1, CNY)), "must not be negative"),
        (line("5", promotion="-1"), "must not be negative"),
        (line("5", discount=Rate.percent("101")), "from 0 to 100"),
        (line("5", discount=Rate.percent("-1")), "from 0 to 100"),
        (line("5", "-1", printed="4.90"), "the signs differ"),
        (line("5", printed="4.90", discount=NewPrice(Money(400, CNY))), "take no other price"),
    ],
)
def test_what_cannot_come_off_a_line(wrong: Line, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        price_line(wrong, RULES)


def test_money_of_another_currency_is_a_bug() -> None:
    foreign = Money(100, currency("HKD"))
    one, price = Quantity.of(1), yuan("5")
    for wrong in (
        Line(one, foreign),
        Line(one, price, printed=foreign),
        Line(one, price, promotion=foreign),
        Line(one, price, discount=foreign),
        Line(one, price, discount=NewPrice(foreign)),
    ):
        with pytest.raises(TypeError, match="HKD on a bill in CNY"):
            price_line(wrong, RULES)
        with pytest.raises(TypeError):
            RunningTotal(RULES).add(wrong)
    for basis in DiscountBasis:
        with pytest.raises(TypeError):
            price_bill([line("5")], PriceRules(CNY, discount_basis=basis), foreign)


# --- taxes


def test_taxes_stack() -> None:
    excise = Tax("excise", Rate.percent("10"), adds_to_base=True)
    levy = Tax("levy", Rate.percent("5"), is_base_affected=False)
    priced = price_line(line("100", taxes=(excise, VAT_ON_TOP, levy)), RULES)
    assert texts(*(tax.base for tax in priced.taxes)) == ["100.00", "110.00", "100.00"]
    assert texts(*(tax.amount for tax in priced.taxes)) == ["10.00", "14.30", "5.00"]


def test_a_fixed_tax_is_by_the_piece() -> None:
    priced = price_line(line("3", "4", taxes=(BAG,)), RULES)
    assert texts(priced.net, priced.tax, priced.total) == ["12.00", "0.80", "12.80"]
    back = price_line(line("3", "-4", taxes=(BAG,)), RULES)
    assert texts(back.net, back.tax, back.total) == ["-12.00", "-0.80", "-12.80"]


def test_a_fixed_tax_inside_the_price_of_a_taxed_line() -> None:
    bag = Tax("bag", each=yuan("0.20"), is_included=True, adds_to_base=True)
    vat = Tax("vat", Rate.percent("10"), is_included=True)
    priced = price_line(line("11.22", taxes=(bag, vat)), RULES)
    assert texts(priced.net, priced.tax, priced.total) == ["10.00", "1.22", "11.22"]


@pytest.mark.parametrize(
    ("net", "gross", "taxes"),
    [
        ("100", "113", (VAT,)),
        ("100", "113", (VAT_ON_TOP,)),
        ("18.3333", "20.716629", (VAT,)),
        ("4.60", "5.474", (Tax("19", Rate.percent("19")),)),
        ("100", "113.20", (VAT_ON_TOP, BAG)),
        ("100", "124.30", (Tax("e", Rate.percent("10"), adds_to_base=True), VAT_ON_TOP)),
        ("100", "100", ()),
    ],
)
def test_net_and_gross_price_both_ways(net: str, gross: str, taxes: Taxes) -> None:
    assert gross_price(UnitCost.parse(net, CNY), taxes) == UnitCost.parse(gross, CNY)
    assert net_price(UnitCost.parse(gross, CNY), taxes) == UnitCost.parse(net, CNY)


def test_tax_by_line_and_by_document() -> None:
    lines = [line("1.48", "4"), line("1.52"), line("1.54"), line("0.39")]
    taxes = (Tax("21", Rate.percent("21")),)
    lines = [Line(one.quantity, one.price, taxes) for one in lines]
    found = {
        rounding: str(price_bill(lines, PriceRules(CNY, rounding)).tax) for rounding in TaxRounding
    }
    assert found == {
        TaxRounding.PER_LINE: "1.96",
        TaxRounding.PER_DOCUMENT: "1.97",
        TaxRounding.PER_DOCUMENT_EXACT: "1.97",
    }


def test_lines_of_a_document_rounded_once_still_sum_to_it() -> None:
    bill = price_bill([line("0.10")] * 10, PriceRules(CNY, TaxRounding.PER_DOCUMENT))
    assert str(bill.tax) == "0.12"
    assert {str(one.tax) for one in bill.lines} == {"0.01", "0.02"}
    assert Money.total((one.tax for one in bill.lines), CNY) == bill.tax


def test_what_is_sold_and_what_comes_back_are_taxed_apart() -> None:
    rules = PriceRules(CNY, TaxRounding.PER_DOCUMENT)
    bill = price_bill([line("10.05"), line("10.05", "-1")], rules)
    assert [(group.is_return, str(group.amount)) for group in bill.groups] == [
        (False, "1.16"),
        (True, "-1.16"),
    ]
    (tax,) = bill.taxes()
    assert texts(tax.base, tax.amount) == ["0.00", "0.00"]


def test_an_empty_bill_is_nothing() -> None:
    bill = price_bill([], RULES)
    assert texts(bill.amount, bill.tax, bill.total) == ["0.00", "0.00", "0.00"]
    assert price_bill([], RULES, Rate.percent("10")).total == Money.zero(CNY)


# --- the discount of a bill


@pytest.mark.parametrize(
    ("discount", "shares"),
    [
        (Rate.percent("10"), ["1.00", "2.00", "0.00"]),
        (Money(301, CNY), ["1.00", "2.00", "0.01"]),
        (Money(1, CNY), ["0.00", "0.01", "0.00"]),
        (Money(0, CNY), ["0.00", "0.00", "0.00"]),
    ],
)
def test_the_discount_is_spread_by_amount(discount: Discount, shares: list[str]) -> None:
    bill = price_bill([line("10"), line("20"), line("0.05")], RULES, discount)
    assert texts(*(one.share for one in bill.lines)) == shares
    assert bill.total == bill.amount - bill.discount


def test_many_small_lines_never_get_more_discount_than_they_amount_to() -> None:
    bill = price_bill([line("0.05")] * 10, RULES, yuan("0.05"))
    assert {str(one.share) for one in bill.lines} == {"0.00", "0.01"}
    assert str(bill.discount) == "0.05"


def test_tax_is_taken_of_what_the_discount_leaves() -> None:
    bill = price_bill([line("113"), line("113", taxes=(VAT_ON_TOP,))], RULES, yuan("26"))
    assert texts(*(one.net for one in bill.lines)) == ["88.50", "100.00"]
    assert texts(*(one.tax for one in bill.lines)) == ["11.50", "13.00"]


def test_some_lines_take_no_part_in_the_discount() -> None:
    cigarettes = Line(Quantity.of(1), yuan("50"), (VAT,), shares_bill_discount=False)
    for basis in DiscountBasis:
        rules = PriceRules(CNY, discount_basis=basis)
        bill = price_bill([cigarettes, line("50"), line("20", "-1")], rules, Rate.percent("20"))
        assert texts(*(one.total for one in bill.lines)) == ["50.00", "40.00", "-20.00"]


@pytest.mark.parametrize("basis", DiscountBasis)
def test_no_more_comes_off_a_bill_than_was_sold(basis: DiscountBasis) -> None:
    rules = PriceRules(CNY, discount_basis=basis)
    lines = [line("10"), line("90", "-1")]
    assert str(price_bill(lines, rules, yuan("10")).total) == "-90.00"
    for wrong in (yuan("10.01"), yuan("-1"), Rate.percent("100.1")):
        with pytest.raises(ValueError, match="discount"):
            price_bill(lines, rules, wrong)
    with pytest.raises(ValueError, match="more than there is"):
        price_bill([], rules, yuan("1"))


def test_a_discount_off_the_total_takes_its_part_of_each_tax() -> None:
    rules = PriceRules(CNY, discount_basis=DiscountBasis.TOTAL)
    bill = price_bill([line("100", taxes=(VAT_ON_TOP,)), line("50")], rules, yuan("16.30"))
    assert texts(bill.total, bill.net, bill.tax) == ["146.70", "129.82", "16.88"]
    assert texts(*(one.total for one in bill.lines)) == ["101.70", "45.00"]


# --- what comes back


def test_a_line_comes_back_piece_by_piece() -> None:
    bill = price_bill([line("10", "3", discount=yuan("0.01")), line("5")], RULES, yuan("4.45"))
    sold = bill.lines[0]
    pieces = [
        return_line(sold, Quantity.of(1), returned=Quantity.of(returned)) for returned in range(3)
    ]
    back = total_up(pieces, RULES)
    assert (back.amount, back.discount) == (-sold.amount, -sold.share)
    assert (back.net, back.tax, back.total) == (-sold.net, -sold.tax, -sold.total)


def test_a_line_that_is_priced_already_stays_as_it_is() -> None:
    sold = price_bill([line("112.50")], RULES, yuan("4.45")).lines[0]
    back = return_line(sold, Quantity.of(1), returned=Quantity(0))
    rules = PriceRules(CNY, TaxRounding.PER_DOCUMENT)
    bill = price_bill([back, line("200")], rules, Rate.percent("50"))
    assert bill.lines[0] == back
    assert texts(back.total, bill.total) == ["-108.05", "-8.05"]


@pytest.mark.parametrize(
    ("quantity", "returned"), [("4", "0"), ("1", "3"), ("0", "0"), ("-1", "0"), ("2", "-1")]
)
def test_no_more_comes_back_than_was_sold(quantity: str, returned: str) -> None:
    sold = price_line(line("10", "3"), RULES)
    with pytest.raises(ValueError, match="cannot take back"):
        return_line(sold, Quantity.parse(quantity), returned=Quantity.parse(returned))


# --- the growing bill


def test_a_growing_bill_prices_only_the_new_line(monkeypatch: pytest.MonkeyPatch) -> None:
    running = RunningTotal(RULES)
    for _ in range(999):
        running.add(line("1.99"))
    counted: list[Line] = []

    def counting(one: Line, money: Currency) -> Figures:
        counted.append(one)
        return figures(one, money)

    monkeypatch.setattr(pricing, "figures", counting)
    running.add(line("0.01"))
    assert counted == [line("0.01")]
    assert str(running.total) == "1988.02"
    assert str(running.amount) == "1988.02"


def test_a_removed_line_is_gone() -> None:
    running = RunningTotal(PriceRules(CNY, TaxRounding.PER_DOCUMENT))
    returned = return_line(price_line(line("7"), RULES), Quantity.of(1), returned=Quantity(0))
    for one in (line("0.10"), line("0.11"), returned):
        running.add(one)
    assert str(running.total) == "-6.79"
    for one in (returned, line("0.10"), line("0.11")):
        running.remove(one)
    assert (running.amount, running.tax, running.total) == (Money.zero(CNY),) * 3
