"""A cashier's whole day at a real terminal, by keys and scans only: sign in, open, sell, close."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from models.ledger.daily.shift_view import CashMoveView, DayView, ShiftView
from models.ledger.daily.shifts import Shift
from models.ledger.documents import Document
from models.ledger.proving.proof import trial_balance, verify
from models.ledger.trade import DROP
from models.reports.bills import sale_view
from models.reports.takings import cash_move_view, day_view, shift_view
from models.shop.sale_view import SaleView
from models.shop.trade import SALE
from models.trust.audit import Audit
from receipts.words import Language, say
from tests.flows.conftest import Counter, Floor, printer_table
from tests.flows.counter_program import (
    APPLES,
    COLA,
    MANAGER,
    MANAGER_PASSWORD,
    NOODLES,
    TISSUES,
    WATER,
)
from tests.flows.slips_read import ReadSlip, slips_of
from tests.flows.till import Till, books_of
from tests.peers.printers import RunningPeer

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(120)]


def live_the_day(till: Till) -> None:
    """Everything that a cashier and her manager do at one counter, until the lights go out."""
    till.sign_in()
    till.see("Home")
    till.switch_user()
    till.open_shift("3")
    _cash_with_change(till)
    _exact_cash(till)
    _by_card(till)
    _hold_and_fetch(till)
    _void_a_line(till)
    _discount_above_the_limit(till)
    _drop_to_the_safe(till)
    _x_report(till)
    _blind_close(till)
    _close_the_day(till)
    till.leave_program()


def _cash_with_change(till: Till) -> None:
    """2.00 + 3.50, a note of ten."""
    till.scan(WATER, COLA)
    till.wait_total("5.50")
    till.pump(0.15)
    till.key("enter")
    till.see("Ways to pay")
    till.enter("10")
    till.wait_paid()
    assert till.total == "4.50"


def _exact_cash(till: Till) -> None:
    """3 x 4.50."""
    till.type("3*")
    till.scan(NOODLES)
    till.wait_total("13.50")
    till.pay_exact()


def _by_card(till: Till) -> None:
    """1.284 kg at 12.80 and 9.90, by card with the terminal's reference."""
    till.type("1.284*")
    till.scan(APPLES)
    till.wait_total("16.44")
    till.scan(TISSUES)
    till.wait_total("26.34")
    till.key("f9")
    till.see("Ways to pay")
    till.key("f2")
    till.see("Card: last four digits and the terminal's reference")
    till.enter("1234 REF998877")
    till.received(till.w("Bank card") if till.lang == "zh" else "Card", "26.34")
    till.wait_paid()


def _hold_and_fetch(till: Till) -> None:
    """9.90 waits while 2.00 is paid by WeChat; then cash."""
    till.scan(TISSUES)
    till.wait_total("9.90")
    till.key("f5")
    till.wait_total("0.00")
    till.scan(WATER)
    till.wait_total("2.00")
    till.key("f9")
    till.see("Ways to pay")
    till.key("f4")
    till.received(till.w("WeChat"), "2.00")
    till.wait_paid()
    till.key("f8")
    till.wait_total("9.90")
    till.pay_exact()


def _void_a_line(till: Till) -> None:
    """Cola by mistake: taken off before it is paid."""
    till.scan(NOODLES, COLA)
    till.wait_total("8.00")
    till.key("delete")
    till.wait_total("4.50")
    till.pay_exact()


def _discount_above_the_limit(till: Till) -> None:
    """The cashier may give 10 %; 30 % of 9.90 needs the manager."""
    till.scan(TISSUES)
    till.wait_total("9.90")
    till.key("/")
    till.see("{what}: 10 per cent or -5.00, 0 none", what=_off(till))
    till.enter("-30%")
    till.approve("包装破损 damaged")
    till.wait_total("6.93")
    till.pay_exact()


def _off(till: Till) -> str:
    return till.w("Discount on {item}", item=TISSUES.name)


def _drop_to_the_safe(till: Till) -> None:
    till.key("ctrl+d")
    till.see("Drop to the safe")
    till.enter("3")
    till.see("{what}: how much?", what=till.w("Drop to the safe"))
    till.enter("100")
    till.see("Number of the bag")
    till.enter("B0042")
    till.approve("交款 drop")
    till.see_flat(till.w("Drop to the safe") + " 100.00")


def _x_report(till: Till) -> None:
    """Who counts blind does not see what is expected: the manager looks, over the same shift."""
    till.key("f3")
    till.see("Home")
    till.enter("13")
    till.wait(f"13 {till.w('X report')}")
    till.key("f12")
    till.switch_user(MANAGER, MANAGER_PASSWORD)
    till.see("Home")
    till.enter("13")
    till.see("X report")
    till.key("enter")
    till.wait(till.w("Roll"), gone=True)
    till.calm()
    till.switch_user()
    till.see("Home")


def _blind_close(till: Till) -> None:
    """Expected 300 + 5.50 + 13.50 + 9.90 + 4.50 + 6.90 - 100 = 240.30; 240.50 is counted."""
    till.enter("14")
    till.see("Close the shift")
    assert "240.30" not in till.text()
    for pieces in ("2", "0", "2", "0", "0", "0", "1", "0"):
        till.enter(pieces)
    till.wait_total("240.50")
    till.key("f9")
    till.see("Close the shift?")
    assert all(figure in till.text() for figure in ("240.30", "240.50", "0.20"))
    till.enter()
    till.see_flat(till.w("Choose why with ↑↓, or press F12 to count again."))
    till.key("up")
    till.key("enter")
    till.see("Why is the drawer over or short?")
    till.enter("找零尾数 small change")
    till.see("Close the shift?")
    till.key("enter")
    till.see("Shift closed: {number}", number="Z01-00001")
    till.see("Home")


def _close_the_day(till: Till) -> None:
    """The manager's work: by password, for he has no PIN to sign in with."""
    till.key("ctrl+u")
    till.sign_in()
    till.close_day()


@dataclass(frozen=True, slots=True)
class Kept:
    """What the books say after the day."""

    sales: list[SaleView]
    drop: CashMoveView
    shift: ShiftView
    day: DayView
    # The chain's head at the close of the shift, and at the close of the day.
    heads: list[str]


def read_books(folder: Path) -> Kept:
    """Everything that was printed, read from the store; and the proof that it is sound."""
    with books_of(folder):
        assert verify() == []
        keys = [d.key for d in Document.select().order_by(Document.number) if d.kind == SALE]
        drop = Document.get(Document.kind == DROP)
        shift = Shift.get()
        day = shift.closed_day
        totals = trial_balance(day, day)
        assert sum(line.closing.minor for line in totals) == 0
        approved = Audit.select().where(Audit.override_name != "")
        assert {(row.verb, row.override_name) for row in approved} == {
            ("discount_line", "王店长"), ("drop_to_safe", "王店长"),
        }  # fmt: skip
        z, closed = (Audit.get(Audit.verb == verb) for verb in ("close_shift", "close_day"))
        heads = [row.hash[:12].upper() for row in (z, Audit.get(Audit.seq == closed.seq - 1))]
        return Kept(
            [sale_view(key) for key in keys], cash_move_view(drop.key), shift_view(shift.key),
            day_view(day), heads,
        )  # fmt: skip


def check_sale(slip: ReadSlip, sale: SaleView, lang: Language) -> None:
    """Each number of a receipt is the books'."""
    assert slip.beside(say("Slip no.", lang)) == sale.number
    for line in sale.lines:
        numbers = slip.numbers_of(line.name)
        assert numbers == [str(line.quantity), str(line.price), str(line.amount)]
    assert slip.beside(say("Total", lang)) == str(sale.total)
    for payment in sale.payments:
        name = payment.name_zh if lang == "zh" else payment.name_en
        assert slip.beside(name) == str(payment.given)
        assert payment.reference in slip.text
    if sale.change:
        assert slip.beside(say("Change given", lang)) == str(sale.change)
    for tax in sale.taxes:
        assert slip.numbers_of(tax.name)[-2:] == [str(tax.net), str(tax.tax)]


def check_shift(slip: ReadSlip, shift: ShiftView, lang: Language) -> None:
    """Each number of an X or a Z is the books'."""
    sales = f"{say('Sales', lang)} ({shift.sales_count})"
    assert slip.beside(sales) == str(shift.sales_total)
    assert slip.beside(say("Net sales", lang)) == str(shift.sales_total)
    assert slip.beside(say("Discounts given", lang)) == str(-shift.discounts)
    assert slip.beside(say("Lines removed, bills cancelled", lang)) == str(shift.voids_count)
    assert slip.beside(say("Float", lang)) == str(shift.float_amount)
    assert slip.beside(say("Drops", lang)) == str(-shift.drops)
    for tender in shift.tenders:
        name = tender.name_zh if lang == "zh" else tender.name_en
        assert slip.numbers_of(name) == [str(tender.count), str(tender.amount)]
    for name, quantity, amount in shift.categories:
        assert slip.numbers_of(name) == [str(quantity), str(amount)]
    for tax in shift.taxes:
        assert slip.numbers_of(tax.name)[-2:] == [str(tax.net), str(tax.tax)]


def check_day(slip: ReadSlip, day: DayView, lang: Language) -> None:
    """Each number of the day's slip is the books'."""
    assert slip.beside(f"{say('Sales', lang)} ({day.sales_count})") == str(day.sales_total)
    assert slip.beside(say("Net sales", lang)) == str(day.net_total)
    assert slip.beside(say("Cash over or short", lang)) == str(day.over_short)
    for tender in day.tenders:
        name = tender.name_zh if lang == "zh" else tender.name_en
        assert slip.numbers_of(name) == [str(tender.count), str(tender.amount)]
    assert day.head_short in slip.text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.row("TIL-01", "TIL-02", "ORD-26", "SYS-02", "SYS-21", "NFR-05")
def test_a_cashiers_day(floor: Floor, till: Counter, peer: object, lang: Language) -> None:
    printer: RunningPeer = peer()  # type: ignore[operator]
    folder = floor(lang, printer=printer_table(printer))
    term = till(folder, lang=lang)

    live_the_day(term)

    kept = read_books(folder)
    slips = slips_of(printer.printed)
    assert [str(sale.total) for sale in kept.sales] == [
        "5.50", "13.50", "26.34", "2.00", "9.90", "4.50", "6.90",
    ]  # fmt: skip
    assert len(slips) == 7 + 4, "seven receipts, the drop, X, Z, and the day"
    for slip, sale in zip(slips[:7], kept.sales, strict=True):
        check_sale(slip, sale, lang)
    assert slips[7].beside(say("Amount", lang)) == str(kept.drop.amount) == "100.00"
    assert slips[7].beside(say("Bag no.", lang)) == "B0042"
    check_shift(slips[8], kept.shift, lang)
    check_shift(slips[9], kept.shift, lang)
    assert say("Expected cash", lang) not in slips[8].text, "the count is blind"
    assert slips[9].beside(say("Expected cash", lang)) == "240.30"
    assert slips[9].beside(say("Counted cash", lang)) == "240.50"
    assert slips[9].beside(say("Cash over", lang)) == "0.20"
    assert slips[9].beside(say("Chain head", lang)) == kept.heads[0]
    check_day(slips[10], kept.day, lang)
    assert kept.heads[1] in slips[10].text
