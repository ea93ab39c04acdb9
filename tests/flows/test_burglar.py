"""Names typed by malice or by mistake, noise, other bytes and other sizes: all of it is inert."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.base import database
from models.ledger.daily import shift_life
from models.selling.items import find_item
from models.shop import basket, bill_life
from models.trust import company, settings
from models.trust.operation import Session, new_uid
from models.trust.registers import Register
from models.trust.users import Department, User
from tests.flows.conftest import Counter, Floor, printer_table
from tests.flows.counter_program import (
    COLA,
    WATER,
    Piece,
    configure,
    make_floor,
)
from tests.flows.slips_read import slips_of
from tests.flows.till import Till, books_of
from tests.peers.printers import RunningPeer
from tests.receipts.hostile import NAMES
from tests.trades import ENTRIES

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(300)]

MORE = (
    "[@click=app.exit]go[/]",
    "\x1b]0;title\x07\x1b[31mred\x1b[2J",
    "csi\x9b31m\x9b2J",
    "名" * 120,
)
# The database refuses halves of characters itself.
HOSTILE = tuple(
    name for name in (*NAMES, *MORE) if name.strip() and not re.search("[\ud800-\udfff]", name)
)
# What the terminal would do if a name were obeyed, or if it were drawn as it is.
OBEYED = (
    b"\x1b]0;title", b"\x1b[31mred", b"\x1b[2Jx", b"\x1b@", b"\x1bp\x00", b"\x1dV\x00", b"\x10\x14",
    "\x9b".encode(), "\u202e".encode(), "\u2066".encode(), "\u200b".encode(), b"\x00b",
)  # fmt: skip
CLOCK = re.compile(r"\d\d:\d\d$")


def goods() -> list[Piece]:
    """An item for each name."""
    return [
        Piece(f"2{place:04d}", f"69022222{place:04d}", name[:120], "瓶", "1.50", "1", "9",
              category=name[:40] if place % 3 else "食品 Food")
        for place, name in enumerate(HOSTILE)
    ]  # fmt: skip


def make_hostile(folder: Path, language: str) -> list[Piece]:
    """A store whose every name is one of them, with a bill on hold and an open shift."""
    pieces = goods()
    make_floor(folder, language=language, goods=[WATER, *pieces], name=MORE[0] + MORE[1])  # type: ignore[arg-type]
    with books_of(folder):
        owner = Session(User.get(User.login == "1").key, 1)
        with database.transaction():
            User.update(name=MORE[1] + MORE[0] + "名" * 30).where(User.login == "1").execute()
            User.update(name="\u202e" + MORE[2]).where(User.login == "2").execute()
            Department.update(name="[/oops]\x1b[31mred").where(Department.position == 1).execute()
            Register.update(name="[b]1\x9b31m号").where(Register.number == 1).execute()
            settings.store_value(company.address.name, "\x1b@ \x1dV\x00 地址")
            settings.store_value(company.phone.name, "=1+1\u202e")
        shift_life.open_shift(owner, {10_000: 3}, uid=new_uid())
        held = basket.new_basket(owner)
        basket.ring(held, find_item(pieces[0].code), find_item(pieces[0].code).pack)
        bill_life.hold_bill(owner, held.draft, title="[/oops]\x1b[31mred\u202e", uid=new_uid())
    return pieces


def unharmed(term: Till) -> None:
    """The program runs, nothing was obeyed, and the frame stands."""
    assert not term.has_ended, term.text()
    for sequence in OBEYED:
        assert sequence not in term.raw, f"{sequence!r} in\n{term.text()}"
    rows = term.lines()
    assert CLOCK.search(rows[0]), rows[0]
    assert set(rows[1]) == {"─"} and len(rows[1]) == term.screen.columns
    term.raw = b""


@pytest.mark.row("NFR-04")
@pytest.mark.parametrize(
    ("columns", "rows", "lang"),
    [(80, 24, "zh"), pytest.param(132, 43, "en", marks=pytest.mark.long)],
)
def test_hostile_names_over_every_screen_and_slip(
    tmp_path: Path, till: Counter, peer: object, columns: int, rows: int, lang: str
) -> None:
    printer: RunningPeer = peer()  # type: ignore[operator]
    folder = tmp_path / "store"
    pieces = make_hostile(folder, lang)
    configure(folder, language=lang, printer=printer_table(printer))  # type: ignore[arg-type]
    term: Till = till(folder, lang=lang, columns=columns, rows=rows)
    term.see("Your number")
    unharmed(term)
    term.sign_in()
    unharmed(term)
    _sell_all(term, pieces)
    _over_the_panels(term, pieces)
    term.enter("13")
    term.calm()
    term.key("enter")
    term.calm()
    unharmed(term)
    term.kill()

    slips = slips_of(printer.printed)
    assert len(slips) >= 2, "the sale and the X"
    assert sum("1.50" in line for line in slips[0].lines) >= len(pieces)


# The menu is walked in parts, each by a terminal of its own: in one piece it was the longest test.
PARTS = 3


@pytest.mark.row("NFR-04")
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize(
    ("columns", "rows", "lang"),
    [(80, 24, "zh"), pytest.param(132, 43, "en", marks=pytest.mark.long)],
)
def test_hostile_names_over_every_entry_of_the_menu(
    tmp_path: Path, till: Counter, part: int, columns: int, rows: int, lang: str
) -> None:
    folder = tmp_path / "store"
    make_hostile(folder, lang)
    configure(folder, language=lang)  # type: ignore[arg-type]
    term: Till = till(folder, lang=lang, columns=columns, rows=rows)
    term.sign_in()
    _over_the_menu(term, [entry.number for entry in ENTRIES][part::PARTS])


def _sell_all(term: Till, pieces: list[Piece]) -> None:
    term.enter("11")
    term.wait(term.w("Next customer, please."))
    for count, piece in enumerate(pieces, 1):
        term.scan(piece)
        term.wait_total(f"{count * 1.5:.2f}")
    term.calm()
    unharmed(term)
    for key in ("pageup", "pageup", "pagedown", "up"):
        term.key(key)
        term.calm()
        unharmed(term)
    for sign in ("*", ".", "/", "f6"):
        term.key(sign)
        term.calm()
        unharmed(term)
        term.key("f12")
        term.calm()
    term.pump(0.15)
    term.key("f9")
    term.see("Ways to pay")
    unharmed(term)
    term.key("enter")
    term.wait_paid()
    unharmed(term)


def _over_the_panels(term: Till, pieces: list[Piece]) -> None:
    """Find, enquire, fetch, cash, help, menu, users, language."""
    term.scan(pieces[1])
    term.wait_total("1.50")
    for key, typed in (
        ("f7", "oops"), ("f7", "中"), ("f7", "'; DROP"), ("f7", "%_[x]"),
        ("ctrl+g", pieces[2].code), ("f8", ""), ("ctrl+d", "x"), ("f1", ""), ("f10", "a"),
        ("ctrl+u", "[/oops]"), ("ctrl+l", ""), ("ctrl+l", ""), ("f4", "[b]"),
    ):  # fmt: skip
        term.key(key)
        term.calm()
        term.type(typed)
        term.calm()
        unharmed(term)
        if key == "ctrl+g":
            term.key("enter")
            term.calm()
            unharmed(term)
        if key == "f8":
            # The held bill was fetched and this one put aside: both titles are seen.
            term.key("f8")
            term.calm()
            unharmed(term)
            continue
        if key != "ctrl+l":
            term.key("f12")
            term.calm()
    term.key("f3")
    term.see("Home")


def _over_the_menu(term: Till, numbers: list[int]) -> None:
    """Entries of the menu, each looked at and left; selling and the X have their own way."""
    for number in numbers:
        if number in (11, 13):
            continue
        term.enter(str(number))
        _look(term)
        for key in ("down", "pagedown", "tab"):
            term.key(key)
            _look(term)
        _go_home(term)


def _look(term: Till) -> None:
    """What a key brought up is there: nothing is read off the screen here that comes later."""
    term.settle(still_s=0.05)
    unharmed(term)


def _go_home(term: Till) -> None:
    for key in ("f12", "f12", "f3", "f12", "f3", "f12"):
        # The corner belongs to a panel, which stands over home as well.
        if term.w("Home") in term.lines()[0] and "╭" not in term.text():
            return
        term.key(key)
        _look(term)
        if term.w("Sign out?") in term.text():
            term.key("f12")
            _look(term)
    pytest.fail(f"no way home:\n{term.text()}")


def test_noise_on_the_keyboard_ends_nothing(floor: Floor, till: Counter) -> None:
    """Broken sequences, GBK bytes, control characters: the next scan counts as before."""
    term: Till = till(floor())
    term.begin()
    total = 0.0
    for noise in (
        b"\x1b[", b"\x1b[999;999;999~", b"\x1b[<0;1", b"\x1bO", b"\xff\xfe\x80",
        "中文".encode("gbk"), b"\x00\x01\x03\x04\x05", b"\x1b]52;c;xx\x07", b"\x9b31m",
        b"\x1b[200~\xb9\xf1\xc1\xe5\x1b[201~", "６９０１".encode(), b"\x1b[I\x1b[O",
        b"\x1b[27;5;13~", b"\x7f" * 5,
    ):  # fmt: skip
        term.send(noise)
        term.pump(0.4)
        # Some noise is a key, such as Ctrl+D: what it opened is left again.
        for _ in range(3):
            term.calm()
            if "╭" in term.text() or term.w("Your number") in term.text():
                term.key("f12")
        _clear_entry(term)
        term.scan(WATER)
        total += 2
        term.wait_total(f"{total:.2f}")
    assert not term.has_ended
    term.pay_exact()


def _clear_entry(term: Till) -> None:
    """What the noise left in the entry, or asked, goes away."""
    for _ in range(30):
        term.send(b"\x7f")
    term.pump(0.1)


@pytest.mark.row("NFR-05")
def test_language_and_size_change_in_mid_bill_and_mid_payment(floor: Floor, till: Counter) -> None:
    term: Till = till(floor())
    term.begin()
    term.scan(WATER, COLA)
    term.wait_total("5.50")
    term.key("ctrl+l")
    term.wait("To pay")
    assert "可口可乐" in term.text()
    term.resize(60, 20)
    term.wait("80")
    term.calm()
    assert term.total == ""
    term.scan(WATER)
    term.resize(132, 43)
    term.wait_total("7.50")
    term.resize(80, 24)
    term.calm()
    term.key("f9")
    term.wait("Ways to pay")
    term.calm()
    term.type("10")
    term.key("ctrl+l")
    term.wait("收款方式")
    assert "10" in term.lines()[19]
    term.resize(60, 20)
    term.wait("80")
    term.resize(80, 24)
    term.wait("收款方式")
    term.calm()
    term.key("enter")
    term.wait("已结")
    term.calm()
    assert term.total == "2.50"


def test_a_scan_during_a_question_is_refused_and_the_question_stays(
    floor: Floor, till: Counter
) -> None:
    term: Till = till(floor())
    term.begin()
    term.scan(WATER)
    term.wait_total("2.00")
    term.pump(0.15)
    term.key("f6")
    term.see("{what}: 10 per cent or -5.00, 0 none", what=term.w("Discount on the bill"))
    bells = term.bells
    term.scan(COLA)
    term.wait(COLA.barcode)
    assert term.bells == bells + 1
    term.pump(0.15)
    term.enter("-10%")
    term.wait_total("1.80")
    term.key("ctrl+x")
    term.see("Cancel the whole bill of {amount}?", amount="1.80")
    term.scan(COLA)
    term.calm()
    term.key("f12")
    term.calm()
    assert term.w("Cancel the whole bill of {amount}?", amount="1.80") in term.text()
    term.key("f12")
    term.calm()
    assert term.total == "1.80", "a scan answered no question and sold nothing"
