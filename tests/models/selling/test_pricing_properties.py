"""What is true of every bill."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from models.base.cost import UnitCost
from models.base.money import Money, currency
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.selling.lines import DiscountBasis, Line, NewPrice, PricedLine, PriceRules
from models.selling.pricing import Bill, RunningTotal, price_bill, price_line, return_line, total_up
from models.selling.tax import Tax, TaxRounding, gross_price, net_price

CNY = currency("CNY")


def fen(minor: int) -> Money:
    return Money(minor, CNY)


percents = st.integers(0, 1_000_000).map(Rate)
amounts = st.integers(0, 100_000).map(fen)
taxes = st.lists(
    st.builds(
        Tax,
        st.sampled_from("abcd"),
        st.sampled_from(["0", "1", "3", "6", "9", "13", "21", "5.5"]).map(Rate.percent),
        is_included=st.booleans(),
        each=st.none() | st.none() | st.integers(0, 50).map(fen),
        adds_to_base=st.booleans(),
        is_base_affected=st.booleans(),
    ),
    max_size=3,
    unique_by=lambda tax: tax.code,
).map(tuple)
prices = amounts | st.integers(0, 10**9).map(lambda millionths: UnitCost(millionths, CNY))
sold_lines = st.builds(
    Line,
    quantity=st.integers(1, 20).map(Quantity.of) | st.integers(1, 30_000).map(Quantity),
    price=prices,
    taxes=taxes,
    discount=st.none() | percents | prices.map(NewPrice),
    shares_bill_discount=st.booleans(),
)


def as_return(line: Line) -> Line:
    return replace(line, quantity=-line.quantity)


lines = st.lists(sold_lines | sold_lines.map(as_return), max_size=8)
rules = st.builds(
    PriceRules, st.just(CNY), st.sampled_from(TaxRounding), st.sampled_from(DiscountBasis)
)
discounts = st.none() | percents


def check_line(line: PricedLine) -> None:
    included = [tax.amount for tax in line.taxes if tax.tax.is_included]
    assert line.full - line.promotion - line.discount == line.amount
    assert line.amount - line.share == line.net + Money.total(included, CNY)
    assert line.total == line.net + line.tax


def check_bill(bill: Bill) -> None:
    for line in bill.lines:
        check_line(line)
    assert bill.full - bill.promotion - bill.line_discount == bill.amount
    assert bill.total == bill.net + bill.tax == Money.total((ln.total for ln in bill.lines), CNY)
    assert bill.tax == Money.total((group.amount for group in bill.groups), CNY)
    assert bill.tax == Money.total((tax.amount for tax in bill.taxes()), CNY)


@given(lines, rules, discounts)
def test_a_bill_is_the_sum_of_its_lines(
    given_lines: list[Line], given_rules: PriceRules, discount: Rate | None
) -> None:
    check_bill(price_bill(given_lines, given_rules, discount))


@given(lines, rules, st.data())
def test_the_running_total_is_that_of_the_whole_bill(
    given_lines: list[Line], given_rules: PriceRules, data: st.DataObject
) -> None:
    running = RunningTotal(given_rules)
    left: list[Line] = []
    for line in given_lines:
        running.add(line)
        left.append(line)
        if data.draw(st.booleans()):
            running.remove(left.pop(data.draw(st.integers(0, len(left) - 1))))
        whole = price_bill(left, given_rules)
        assert (running.amount, running.tax, running.total) == (
            whole.amount,
            whole.tax,
            whole.total,
        )


@given(lines, st.sampled_from(DiscountBasis))
def test_one_line_prices_as_it_does_in_a_bill(
    given_lines: list[Line], basis: DiscountBasis
) -> None:
    by_line = PriceRules(CNY, TaxRounding.PER_LINE, basis)
    alone = tuple(price_line(line, by_line) for line in given_lines)
    assert price_bill(given_lines, by_line).lines == alone


@given(lines, rules)
def test_a_bill_of_returns_is_the_mirror_of_its_sale(
    given_lines: list[Line], given_rules: PriceRules
) -> None:
    sold = price_bill(given_lines, given_rules)
    back = price_bill([as_return(line) for line in given_lines], given_rules)
    assert (back.net, back.tax, back.total) == (-sold.net, -sold.tax, -sold.total)
    for one, other in zip(sold.lines, back.lines, strict=True):
        assert (one.amount, one.net, one.tax) == (-other.amount, -other.net, -other.tax)


@given(st.lists(sold_lines, min_size=1, max_size=6), rules, discounts, st.data())
def test_returns_of_all_that_was_sold_take_back_every_fen(
    given_lines: list[Line], given_rules: PriceRules, discount: Rate | None, data: st.DataObject
) -> None:
    sold = price_bill(given_lines, given_rules, discount)
    pieces = []
    for line in sold.lines:
        returned = Quantity(0)
        while returned < line.quantity:
            most = (line.quantity - returned).thousandths
            some = Quantity(data.draw(st.just(most) | st.integers(-(-most // 3), most)))
            pieces.append(return_line(line, some, returned=returned))
            check_line(pieces[-1])
            returned += some
    back = total_up(pieces, given_rules)
    assert (back.full, back.amount, back.discount) == (-sold.full, -sold.amount, -sold.discount)
    assert (back.net, back.tax, back.total) == (-sold.net, -sold.tax, -sold.total)
    refunded = {tax.tax: (tax.base, tax.amount) for tax in back.taxes()}
    for tax in sold.taxes():
        assert refunded[tax.tax][1] == -tax.amount


@given(lines, rules, percents)
def test_a_discount_touches_only_what_is_sold_and_shares_it(
    given_lines: list[Line], given_rules: PriceRules, discount: Rate
) -> None:
    plain = price_bill(given_lines, given_rules)
    less = price_bill(given_lines, given_rules, discount)
    for line, one, other in zip(given_lines, plain.lines, less.lines, strict=True):
        takes_part = line.shares_bill_discount and one.amount > Money.zero(CNY)
        if not takes_part:
            assert not other.share
        elif given_rules.discount_basis is DiscountBasis.AMOUNTS:
            # In exact mode a line shows what the carried sum leaves it, which may be a fen less
            # than its own rounding, of which the discount is shared. No store can set that mode.
            is_exact = given_rules.tax_rounding is TaxRounding.PER_DOCUMENT_EXACT
            most = one.amount + Money(int(is_exact), CNY)
            assert Money.zero(CNY) <= other.share <= most
            exact = Fraction(one.amount.minor * discount.millionths, 1_000_000)
            assert abs(other.share.minor - exact) <= 2


@given(lines, rules)
def test_a_discount_of_nothing_changes_nothing(
    given_lines: list[Line], given_rules: PriceRules
) -> None:
    assert price_bill(given_lines, given_rules, Rate(0)) == price_bill(given_lines, given_rules)
    assert price_bill(given_lines, given_rules, fen(0)) == price_bill(given_lines, given_rules)


@given(st.integers(1, 100_000), st.lists(st.integers(1, 100_000), min_size=1, max_size=20))
def test_an_amount_off_the_bill_comes_off_to_the_fen(off: int, minors: list[int]) -> None:
    taxed = (Tax("vat", Rate.percent("13"), is_included=True),)
    given_lines = [Line(Quantity.of(1), fen(minor), taxed) for minor in minors]
    off = min(off, sum(minors))
    for basis in DiscountBasis:
        bill = price_bill(given_lines, PriceRules(CNY, discount_basis=basis), fen(off))
        assert bill.discount == fen(off)
        assert bill.total == fen(sum(minors) - off)


@given(lines)
def test_tax_once_a_document_is_the_rounded_exact_tax(given_lines: list[Line]) -> None:
    bill = price_bill(given_lines, PriceRules(CNY, TaxRounding.PER_DOCUMENT))
    plain = price_bill(given_lines, PriceRules(CNY))
    many = sum(len(line.taxes) for line in given_lines)
    assert abs((bill.tax - plain.tax).minor) <= many
    assert bill.amount == plain.amount


@given(st.integers(0, 10**10).map(lambda millionths: UnitCost(millionths, CNY)), taxes)
def test_net_and_gross_price_find_each_other(net: UnitCost, given_taxes: tuple[Tax, ...]) -> None:
    gross = gross_price(net, given_taxes)
    assert abs(net_price(gross, given_taxes).millionths - net.millionths) <= 1
