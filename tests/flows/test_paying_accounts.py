"""Accounts at a real terminal: what is charged is paid on the same screen, its papers are read;
suppliers are paid by whom may, and from what there is.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from models.base.hot import query
from models.ledger import folio_kinds, folios
from models.ledger.folios import Folio
from models.trust.operation import new_uid
from tests.flows.conftest import Counter, Floor, printer_table
from tests.flows.counter_program import MANAGER, MANAGER_PASSWORD
from tests.flows.slips_read import ReadSlip, printed_by
from tests.flows.test_paying import sold, ten_by_card, to_payment
from tests.flows.till import Till, books_of, owner_of
from tests.peers.printers import RunningPeer
from tests.stores import yuan
from tui.money.account import OPEN_FIRST

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(240), pytest.mark.row("TIL-01")]


def _accounts(folder: Path) -> None:
    with owner_of(folder) as owner:
        for kind, name in ((folio_kinds.COMPANY, "对面公司"), (folio_kinds.SUPPLIER, "饮料批发")):
            folios.open_folio(owner, kind=kind, name=name, limit=yuan("500"), uid=new_uid())


def _open_account(term: Till, name: str) -> None:
    term.key("f3")
    term.see("Home")
    term.enter("17")
    term.see("Which account?")
    term.enter(name)
    term.see("Owed")


@pytest.mark.row("AR-01")
def test_an_account_is_paid_on_the_same_screen(floor: Floor, till: Counter, peer: object) -> None:
    printer: RunningPeer = peer()  # type: ignore[operator]
    folder = floor(printer=printer_table(printer))
    _accounts(folder)
    term: Till = till(folder)
    term.begin()
    to_payment(term)
    term.key("f6")
    term.see("Which account?")
    term.enter("对面")
    term.received(term.w("On account"), "21.90", "{tender} {amount}: charge it?")
    term.wait_paid()
    _open_account(term, "对面")
    term.key("enter")
    term.see("Ways to pay")
    term.wait_total("21.90")
    assert term.w("On account") not in term.text(), "no debt is paid by another"
    ten_by_card(term)
    term.kill()

    again: Till = till(folder)
    again.sign_in()
    again.enter("17")
    again.see("Which account?")
    again.enter("对面")
    again.see_flat(again.w(OPEN_FIRST, amount="21.90"))
    again.enter("5")
    again.see_flat(again.w(OPEN_FIRST, amount="21.90"))
    again.key("f12")
    again.key("enter")
    again.see("Ways to pay")
    again.wait_total("11.90")
    again.key("enter")
    again.see_flat(again.w("Done: {what} {amount}", what="对面公司", amount="21.90"))
    _print_the_statement(again)
    slips = printed_by(printer, again, 3)
    again.kill()
    _check_papers(slips)
    assert sold(folder) == [("On account", "21.90"), ("Card", "10.00"), ("Cash", "11.90")]
    with books_of(folder):
        assert Folio.get(Folio.name == "对面公司").balance == yuan("0")
        assert query('SELECT count(*) FROM "print_job" WHERE "kind" = \'payment\'') == [(1,)]


def _print_the_statement(term: Till) -> None:
    term.key("ctrl+y")
    term.see("Print what?")
    term.key("enter")
    term.see("From which day on?")
    term.key("enter")
    term.see("Printing.")


def _check_papers(slips: list[ReadSlip]) -> None:
    """The bill that was charged, the receipt of what paid it, and the account with both."""
    charged, receipt, statement = slips
    assert [charged.beside(of) for of in ("单号", "合计", "挂账", "账户")] == [
        "S01-000001", "21.90", "21.90", "对面公司",
    ]  # fmt: skip
    assert [receipt.beside(of) for of in ("单号", "名称", "合计", "银行卡", "参考号", "现金")] == [
        "P01-000001", "对面公司", "21.90", "10.00", "1234 REF998877", "11.90",
    ]  # fmt: skip
    assert [statement.beside(of) for of in ("名称", "经手人", "期初余额", "余额")] == [
        "对面公司", "王店长", "0.00", "0.00",
    ]  # fmt: skip
    booked = [line.split() for line in statement.lines if "01-00000" in line]
    assert [row[1:] for row in booked] == [
        ["S01-000001", "21.90", "21.90"], ["P01-000001", "-21.90", "0.00"],
    ]  # fmt: skip


def test_a_cashier_pays_no_supplier_and_nobody_out_of_an_empty_drawer(
    floor: Floor, till: Counter
) -> None:
    folder = floor()
    _accounts(folder)
    term: Till = till(folder)
    term.begin()
    _open_account(term, "饮料")
    term.enter("500")
    term.see("To pay out")
    term.key("enter")
    term.see_flat(term.w("Who approves? The number"))
    term.key("f12")
    term.calm()
    term.kill()
    assert sold(folder) == []
    boss: Till = till(folder)
    boss.sign_in(MANAGER, MANAGER_PASSWORD)
    boss.enter("17")
    boss.see("Which account?")
    boss.enter("饮料")
    boss.see("Owed")
    boss.enter("500")
    boss.see("To pay out")
    boss.key("enter")
    boss.see_flat(boss.w("refusal.DrawerTooLow", amount="500.00"))
    boss.key("f12")
    boss.type("300")
    boss.key("f12")
    boss.calm()
    boss.key("f3")
    boss.see("Owed")
    boss.enter("300")
    boss.see("To pay out")
    boss.key("enter")
    boss.see_flat(boss.w("Done: {what} {amount}", what="饮料批发", amount="300.00"))
    boss.kill()
    assert sold(folder) == [("Cash", "-300.00")]
    with books_of(folder):
        assert query('SELECT count(*) FROM "print_job" WHERE "kind" = \'payment\'') == [(1,)]
