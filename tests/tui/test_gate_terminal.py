"""The input gate, through a real terminal: scans, typing, type-ahead and bad bytes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TypeAlias

import pytest

from tests.tui.conftest import Counter

pytestmark = pytest.mark.terminal
# What goes by the pace of keys has the machine for itself.
alone = pytest.mark.alone
Start: TypeAlias = Callable[..., Counter]
WATER, COLA = "6901234567892", "4901234567894"
SHORT = "96385074"


def code(body: str) -> str:
    """Twelve digits and their check digit."""
    odd, even = sum(map(int, body[::2])), sum(map(int, body[1::2]))
    return body + str(-(odd + 3 * even) % 10)


def codes(count: int) -> list[str]:
    """That many different codes."""
    return [code(f"690{number:09d}") for number in range(count)]


def test_a_scan_in_one_write(counter: Start) -> None:
    term = counter()
    term.send(f"{WATER}\r")
    assert term.wait_note() == [f"scan '{WATER}' aim= source=keys entry=''"]


def test_three_scans_in_one_write(counter: Start) -> None:
    term = counter()
    term.send(f"{WATER}\r{COLA}\r{SHORT}\r")
    term.wait_note(3)
    assert term.scans() == [WATER, COLA, SHORT]


def test_a_flood_of_a_hundred_scans_is_whole_and_in_order(counter: Start) -> None:
    term = counter()
    sent = codes(100)
    term.send("".join(f"{one}\r" for one in sent))
    term.wait_note(100, timeout_s=20)
    assert term.scans() == sent
    assert len(term.notes()) == 100


@pytest.mark.parametrize("every_s", [0.003, 0.010, 0.020])
@alone
def test_a_scanner_that_types_its_keys(counter: Start, every_s: float) -> None:
    """At 20 ms a key the first digit is shown before the second comes: the scan takes it back."""
    term = counter()
    term.type("5", every_s=0.2)
    if max(term.type(f"{one}\r", every_s=every_s) for one in (WATER, COLA)) > 0.03:
        pytest.skip("this machine is too busy to type at the pace of a scanner")
    assert term.wait_note(2) == [
        f"scan '{WATER}' aim= source=keys entry='5'",
        f"scan '{COLA}' aim= source=keys entry=''",
    ]


@alone
def test_a_stall_of_60_ms_makes_no_false_scan(counter: Start) -> None:
    """The head is typed, the tail is typed behind it: the whole code stands in the entry."""
    term = counter()
    for cut in (4, 5, 6, 12):
        term.send(WATER[:cut])
        term.pump(0.060)
        term.send(f"{WATER[cut:]}\r")
        term.pump(0.4)
    assert term.notes() == [f"entry '{WATER}'"] * 4


@alone
def test_a_tail_that_fits_a_short_code_is_no_scan_after_a_stall(counter: Start) -> None:
    term = counter()
    term.send("12345")
    term.pump(0.060)
    term.send(f"{SHORT}\r")
    assert term.wait_note() == [f"entry '12345{SHORT}'"]


@alone
def test_a_person_types_and_sees_it(counter: Start) -> None:
    term = counter()
    term.type("12345678", every_s=0.09)
    term.wait("12345678")
    term.key("enter")
    assert term.wait_note() == ["entry '12345678'"]


@alone
def test_digits_typed_before_a_scan_stay(counter: Start) -> None:
    term = counter()
    term.type("12", every_s=0.12)
    term.send(f"{WATER}\r")
    assert term.wait_note() == [f"scan '{WATER}' aim= source=keys entry='12'"]
    term.type("3*", every_s=0.12)
    term.send(f"{COLA}\r")
    assert term.wait_note(2)[1] == f"scan '{COLA}' aim= source=keys entry='3*'"


@pytest.mark.parametrize(
    ("sent", "note"),
    [
        (
            "]C10109501101530003\x1d17261231\x1d10AB-12\r",
            r"scan '0109501101530003\x1d17261231\x1d10AB-12' aim=]C1",
        ),
        ("]d20195012345678903\x1d10AB\t", r"scan '0195012345678903\x1d10AB' aim=]d2"),
        ("\x02]Q3HTTP://A.B/x?y=[1]\r", "scan 'HTTP://A.B/x?y=[1]' aim=]Q3"),
        ("\x020109501101530003\x1d17261231\t", r"scan '0109501101530003\x1d17261231' aim="),
        ("\x1d0109501101530003\x1d10X\r", r"scan '0109501101530003\x1d10X' aim="),
        ("0109501101530003\x1d10X\r", r"scan '0109501101530003\x1d10X' aim="),
        ("~N-42\r", "scan 'N-42' aim="),
    ],
)
def test_codes_with_a_mark_before_them(counter: Start, sent: str, note: str) -> None:
    term = counter(prefix="~")
    term.send(sent)
    assert term.wait_note()[0].startswith(note)
    assert "▌" in term.text()


@alone
def test_a_marked_code_may_come_slowly(counter: Start) -> None:
    term = counter()
    term.type("]E06901234567892\r", every_s=0.08)
    assert term.wait_note()[0].startswith("scan '6901234567892' aim=]E0")


@alone
def test_a_marked_code_that_breaks_off_is_refused_aloud(counter: Start) -> None:
    term = counter("en")
    bells = term.bells
    term.send("]E0690123")
    term.wait("broke off", timeout_s=2)
    assert term.bells > bells
    term.send("4567892\r")
    term.pump(0.5)
    assert term.notes() == []


@alone
def test_brackets_are_typed_as_they_are(counter: Start) -> None:
    term = counter()
    term.type("a]b", every_s=0.05)
    term.pump(0.7)
    term.key("enter")
    assert term.wait_note() == ["entry 'a]b'"]


@pytest.mark.parametrize("end", ["\r\n", "\r\r", "\r\t", "\r\r\n"])
def test_what_a_scanner_sends_behind_its_end_key(counter: Start, end: str) -> None:
    term = counter()
    term.send(f"{WATER}{end}")
    term.wait_note()
    term.pump(0.3)
    assert term.notes() == [f"scan '{WATER}' aim= source=keys entry=''"]


@alone
def test_enter_after_a_scan_counts_a_moment_later(counter: Start) -> None:
    term = counter()
    term.send(f"{WATER}\r")
    term.pump(0.2)
    term.key("enter")
    assert term.wait_note(2)[1] == "pay"


# F2 asks after 0.5 s in a panel, F5 opens a screen with a slow start, F8 one that blocks,
# F9 asks in the entry line.
@pytest.mark.parametrize("every_s", [0.0, 0.1])
@pytest.mark.parametrize(
    ("key", "note"),
    [
        ("f2", "member '123456'"),
        ("f5", "slow entry '123456'"),
        ("f8", "slow entry '123456'"),
        ("f9", "paid '123456'"),
    ],
)
def test_keys_typed_ahead_reach_the_new_screen(
    counter: Start, key: str, note: str, every_s: float
) -> None:
    term = counter()
    if every_s:
        term.key(key)
        term.type("123456\r", every_s=every_s)
    else:
        from tests.terminal import key_bytes

        term.send(key_bytes(key) + b"123456\r")
    term.wait_note(1 + (key == "f9"))
    term.pump(0.1)
    assert [n for n in term.notes() if n != "pay"] == [note]


def test_a_scan_behind_a_command_waits_for_its_screen(counter: Start) -> None:
    term = counter()
    term.send(b"\x1b[15~" + f"{WATER}\r".encode())
    assert term.wait_note() == [f"slow scan '{WATER}'"]


@alone
def test_scans_during_work_wait_for_it(counter: Start) -> None:
    term = counter()
    term.key("ctrl+t")
    term.send(f"{WATER}\r")
    term.pump(0.2)
    term.send("7\r")
    assert term.wait_note(3, timeout_s=3) == [
        "returned",
        f"scan '{WATER}' aim= source=keys entry=''",
        "entry '7'",
    ]


@alone
def test_f12_forgets_what_was_typed_ahead(counter: Start) -> None:
    term = counter()
    term.key("ctrl+t")
    term.send("77\r")
    term.pump(0.1)
    term.key("f12")
    assert term.wait_note(2, timeout_s=3) == ["returned", "step back"]


@pytest.mark.parametrize("key", ["f9", "f2", "f6"])
def test_a_scan_during_a_question_is_refused_aloud(counter: Start, key: str) -> None:
    term = counter("en")
    term.key(key)
    term.wait("Amount:" if key == "f9" else "│  Member" if key == "f2" else "Remove")
    term.settle()
    bells, notes = term.bells, term.notes()
    term.send(f"{WATER}\r")
    term.wait("question is open")
    assert term.bells > bells
    term.pump(0.3)
    assert term.notes() == notes
    assert term.text().count(WATER[:9]) == 1, "told once: where the question is"


def test_a_grave_question_takes_no_key_that_was_typed_before(counter: Start) -> None:
    term = counter("en")
    term.send(b"\x1b[17~\r\r\r")
    term.wait("Remove")
    term.pump(0.5)
    assert term.notes() == []
    term.key("enter")
    assert term.wait_note() == ["confirmed True"]


def test_gbk_bytes_do_not_end_the_program(counter: Start) -> None:
    term = counter()
    term.send("中文".encode("gbk") + b"\xff\xfe\x80")
    term.pump(0.3)
    term.send(b"\x1b[99999999999;5u\x1b[1114112u")
    term.pump(0.3)
    term.key("f12")
    term.pump(0.2)
    term.send(f"{WATER}\r")
    assert term.wait_note()[-1].startswith(f"scan '{WATER}'")
    assert not term.has_ended


def test_a_pasted_code_is_a_scan_and_pasted_words_are_typed(counter: Start) -> None:
    term = counter()
    term.send(f"\x1b[200~{WATER}\r\n\x1b[201~")
    assert term.wait_note()[0].startswith(f"scan '{WATER}' aim= source=paste")
    term.send("\x1b[200~two words\nand more\x1b[201~")
    term.wait("▌two words")
    term.key("enter")
    assert term.wait_note(2)[1] == "entry 'two words'"


def test_keys_and_a_paste_in_one_write_keep_their_order(counter: Start) -> None:
    term = counter()
    term.send("7\x1b[200~abc\x1b[201~8\r")
    assert term.wait_note() == ["entry '7abc8'"]


@alone
def test_full_width_digits_and_signs_of_an_input_method(counter: Start) -> None:
    term = counter()
    term.send("６９０１２３４５６７８９２\r")
    assert term.wait_note()[0].startswith(f"scan '{WATER}'")
    term.type("３×", every_s=0.06)
    term.key("enter")
    assert term.wait_note(2)[1] == "entry '3*'"
    term.pump(0.2)
    term.send("＋")
    assert term.wait_note(3)[2] == "pay"


@alone
def test_esc_works_soon_and_the_next_key_is_itself(counter: Start) -> None:
    term = counter()
    term.key("escape")
    term.pump(0.09)
    term.key("f9")
    assert term.wait_note(2) == ["step back", "pay"]


def test_a_bug_is_told_and_the_counter_goes_on(counter: Start) -> None:
    term = counter("en")
    term.key("ctrl+d")
    term.wait("Something inside the program failed")
    term.send(f"{WATER}\r")
    assert term.wait_note()[0].startswith(f"scan '{WATER}'")


def test_a_refused_scan_does_not_take_the_next_ones_with_it(counter: Start) -> None:
    term = counter("en")
    sent = codes(3)
    refused = code("404000000000")
    term.send("".join(f"{one}\r" for one in (sent[0], refused, sent[1], sent[2])))
    term.wait_note(4)
    assert term.scans() == [sent[0], refused, sent[1], sent[2]]
    term.wait("Something inside")


@alone
def test_too_much_typed_ahead_is_said(counter: Start) -> None:
    term = counter("en")
    term.key("ctrl+t")
    term.send("a" * 250)
    term.wait("Too much was typed ahead", timeout_s=3)
    term.wait("a" * 60)
    term.key("enter")
    notes = term.wait_note(2)
    assert notes[1] == f"entry {'a' * 200!r}"


def test_the_language_changes_at_once_and_the_screen_stays(counter: Start) -> None:
    term = counter()
    term.send(f"{WATER}\r")
    term.wait("农夫山泉")
    term.type("12", every_s=0.06)
    term.key("ctrl+l")
    term.wait("F9Pay")
    text = term.text()
    assert "农夫山泉" in text
    assert "▌12" in text
    assert "收款" not in text


def test_a_small_terminal_says_what_is_needed(counter: Start) -> None:
    term = counter("en", columns=60, rows=20)
    assert "80 columns and 24 rows" in term.text()
    term.resize(80, 24)
    term.wait("F9Pay")


def test_a_terminal_that_goes_away_ends_the_program(counter: Start) -> None:
    term = counter()
    master, term.fd = term.fd, os.open(os.devnull, os.O_RDWR)
    os.close(master)
    until = time.perf_counter() + 5
    while time.perf_counter() < until:
        if os.waitpid(term.pid, os.WNOHANG)[0]:
            return
        time.sleep(0.02)
    raise AssertionError("still running")
