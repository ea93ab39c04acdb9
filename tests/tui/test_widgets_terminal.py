"""The widgets on a real terminal: hostile names, plain signs, colours, sizes, start."""

from __future__ import annotations

import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from typing import TypeAlias

import pytest

from tests.tui.conftest import Counter
from tests.tui.test_gate_terminal import codes
from tui.desk.themes import PALETTES, Palette

Start: TypeAlias = Callable[..., Counter]
alone, terminal = pytest.mark.alone, pytest.mark.terminal
# What the hostile names of the demo would do to the terminal if they were obeyed.
OBEYED = (b"\x1b[31mred", b"\x1b]0;title", "\x9b31m".encode(), "\u202e".encode())


def unharmed(term: Counter) -> None:
    assert not term.has_ended
    for sequence in OBEYED:
        assert sequence not in term.raw


@terminal
def test_hostile_names_in_list_panels_and_title(counter: Start) -> None:
    term = counter("en", "hostile", columns=132, rows=30)
    assert "A [/oops] B" in term.lines()[0], "the user's name"
    term.send("".join(f"{one}\r" for one in codes(11)))
    term.wait("Z [3] [红] [x=1]")
    for name in ("A [/oops] B", "[@click=app.exit]go[/]", "esc[31mred]0;title", "csi31m"):
        assert name in term.text(), name
    term.wait("一行 两行 三")
    term.key("f4")
    term.wait("Choose")
    assert term.text().count("[@click=app.exit]go[/]") >= 1
    term.type("oops", every_s=0.02)
    term.settle()
    term.key("enter")
    assert "A [/oops] B" in term.wait_note(12)[-1]
    term.key("f7")
    term.wait("rtlevilx")
    term.key("enter")
    term.key("f6")
    term.wait("Yes")
    assert "A [/oops] B" in term.text()
    term.key("f12")
    term.key("f9")
    term.wait("Amount: A [/oops] B")
    unharmed(term)


@terminal
def test_a_name_is_pasted_with_all_it_holds(counter: Start) -> None:
    term = counter("en")
    term.send("\x1b[200~[/oops] \u202e[@click=x]\x1b[201~")
    term.wait("[/oops] [@click=x]")
    unharmed(term)


@terminal
def test_plain_signs_leave_nothing_of_ambiguous_width(counter: Start) -> None:
    term = counter("ascii")
    seen = term.text()
    term.send(f"{codes(1)[0]}\r")
    term.settle()
    seen += term.text()
    for key in ("f1", "f10", "f4", "f6", "f9"):
        term.key(key)
        term.settle()
        seen += term.text()
        term.key("f12")
        term.settle()
    odd = {c for c in seen if not c.isascii() and unicodedata.east_asian_width(c) == "A"}
    assert not odd


@terminal
@pytest.mark.parametrize("size", [(80, 24), (132, 43)])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_frame_fills_the_terminal(counter: Start, size: tuple[int, int], lang: str) -> None:
    term = counter(lang, columns=size[0], rows=size[1])
    rows = term.lines()
    assert rows[1] == "─" * size[0]
    assert ":" in rows[0][-8:]
    assert any(row.startswith(" ▌") for row in rows[-7:-3]), "the entry is never the last row"
    assert rows[-1].startswith(" ●")
    for number in range(1, 13):
        if number not in (11,):
            assert f"F{number}" in term.text()


@terminal
def test_a_question_does_not_move_the_entry(counter: Start) -> None:
    term = counter("en")
    before = next(y for y, row in enumerate(term.lines()) if row.startswith(" ▌"))
    term.key("f9")
    term.wait("Amount:")
    term.settle()
    assert term.lines()[before].startswith(" ▌Amount:")
    assert "F9" not in term.text()
    term.key("f12")
    term.wait("F9Pay")


@terminal
def test_the_cursor_of_the_terminal_stands_at_the_caret(counter: Start) -> None:
    """An input method opens its candidates there."""
    term = counter("en")
    term.send("ab中")
    term.settle()
    row = next(y for y, line in enumerate(term.lines()) if line.startswith(" ▌"))
    assert (term.screen.cursor.y, term.screen.cursor.x) == (row, 2 + 4)


@terminal
def test_without_colours_signs_and_words_still_tell(counter: Start) -> None:
    term = counter("en", "mono")
    term.send(f"{codes(1)[0]}\r")
    term.settle()
    term.key("ctrl+d")
    term.wait("▲ Something inside")
    assert any(row.startswith("▶") for row in term.lines())
    assert "●Printer ready" in term.text()
    colours = {cell.fg for y in range(24) for cell in term.screen.buffer[y].values()}
    assert all(len({c[i : i + 2] for i in (0, 2, 4)}) == 1 for c in colours if len(c) == 6)


@terminal
def test_the_palette_takes_letters_initials_and_numbers(counter: Start) -> None:
    term = counter()
    for typed in ("Hold", "gd", "113", "挂"):
        term.key("f10")
        term.wait("菜单：")
        term.settle()
        term.send(typed)
        term.wait("按百分比或金额", gone=True)
        assert "挂起本单" in term.text()
        term.key("enter")
        term.wait("查价", gone=True)
        term.key("f3")
        term.wait("查价")


@terminal
def test_help_says_every_key_of_the_strip(counter: Start) -> None:
    term = counter("en")
    term.key("f1")
    term.wait("Keys: Pay")
    seen = ""
    for _ in range(5):
        term.settle(still_s=0.1)
        seen += term.text()
        term.key("pagedown")
    for words in ("F9 + Enter", "Puts this bill aside", "Ctrl+T", "Takes back one step"):
        assert words in seen


@alone
def test_what_was_done_is_shown_for_five_seconds(counter: Start) -> None:
    term = counter("en")
    term.key("f9")
    term.wait("Amount:")
    term.key("enter")
    term.wait("✓ Paid 12.50.")
    start = time.perf_counter()
    term.wait("✓ Paid", gone=True)
    assert 4.0 < time.perf_counter() - start < 7.0


@alone
def test_long_work_says_what_it_does(counter: Start) -> None:
    term = counter("en")
    term.key("ctrl+t")
    assert 250 < term.wait("Working: Return") < 900
    term.wait("Working", gone=True)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as in WCAG 2, 1 to 21."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", list(PALETTES))
def test_every_colour_can_be_read(name: str) -> None:
    palette: Palette = PALETTES[name]
    for ground in (palette.ground, palette.raised):
        for tone in ("text", "muted", "accent", "good", "warn", "bad", "money"):
            assert contrast(getattr(palette, tone), ground) >= 4.5, (tone, ground)
    assert contrast(palette.on_cursor, palette.cursor) >= 4.5
    assert contrast(palette.on_bad, palette.bad) >= 4.5
    assert contrast(palette.ground, palette.warn) >= 4.5


def test_the_start_loads_only_textual_rich_and_ours() -> None:
    code = (
        "import sys, tui.desk.app, tui.desk.frame, tui.widgets.panel, tui.widgets.line_list;"
        "print(sorted({name.split('.')[0] for name in sys.modules}))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(eval(ran.stdout))
    # peewee belongs to the models, which every start needs; what follows is for later.
    late = {"serial", "escpos", "babel", "pypinyin", "reportlab", "openpyxl"}
    late |= {"markdown_it", "pygments", "tree_sitter", "PIL", "cryptography", "psycopg"}
    assert not loaded & late
