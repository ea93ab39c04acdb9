"""Telling scans from typing, stroke by stroke."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.desk.gate.scan import Broken, Out, Scan, ScanReader, ScanRules, Stroke, fits_known_code

NAMES = {"\r": "enter", "\t": "tab", "\n": "ctrl+j"}


def read(*runs: tuple[str, float], pause: float = 0.3, rules: ScanRules | None = None) -> list[Out]:
    """Feed runs of (text, seconds between its keys), `pause` apart, as the gate would."""
    reader = ScanReader(rules or ScanRules())
    out: list[Out] = []
    now = 100.0
    for text, gap in runs:
        for character in text:
            now += gap
            out += reader.lapse(now)
            out += reader.feed(Stroke(NAMES.get(character, character), character, now))
        now += pause
        out += reader.lapse(now)
    out += reader.lapse(now + 10)
    return out


def shown(out: list[Out]) -> str:
    """Scans in angle brackets, broken ones in braces, the rest as typed."""
    parts = []
    for one in out:
        if isinstance(one, Scan):
            parts.append(f"<{one.code}>")
        elif isinstance(one, Broken):
            parts.append(f"{{{one.text}}}")
        else:
            parts.append(one.character)
    return "".join(parts)


def test_which_digits_look_like_a_code() -> None:
    for good in ("96385074", "012345678905", "6901234567892", "10012345678902"):
        assert fits_known_code(good)
        assert not fits_known_code(good[:-1] + str((int(good[-1]) + 1) % 10))
    assert fits_known_code("134567890123456789"), "a WeChat payment code"
    assert fits_known_code("281234567890123456"), "an Alipay payment code or a scale's"
    assert fits_known_code("301234567890123456789012")
    assert not fits_known_code("991234567890123456")
    assert not fits_known_code("123456")


def test_quick_digits_are_a_scan_only_when_they_fit() -> None:
    assert shown(read(("6901234567892\r", 0.002))) == "<6901234567892>"
    assert shown(read(("6901234567893\r", 0.002))) == "6901234567893\r"
    assert shown(read(("123456\r", 0.002))) == "123456\r"
    assert shown(read(("6901234567892\r", 0.05))) == "6901234567892\r"


def test_a_slip_whose_digits_fit_a_code_is_read_with_its_letter() -> None:
    assert fits_known_code("01000245")
    assert shown(read(("S01000245\r", 0.002))) == "S01000245\r"
    assert shown(read(("s", 0.2), ("01000245\r", 0.002))) == "s<01000245>", "the letter was typed"
    assert shown(read(("3*", 0.2), ("01000245\r", 0.002))) == "3*<01000245>"


def runs(*parts: tuple[str, float]) -> list[str]:
    """The digits that each end key says came at a scanner's pace."""
    return [one.run for one in read(*parts) if isinstance(one, Stroke) and one.key == "enter"]


def test_the_end_key_knows_the_digits_that_no_person_typed() -> None:
    for code in ("10001", "1234567", "99999", "100"):
        for gap in (0.0, 0.002, 0.020):
            assert runs((f"{code}\r", gap)) == [code]
        assert runs((f"{code}\r", 0.05)) == [""], "as a person types"
        assert runs((code, 0.002), ("\r", 0.002)) == [""], "the Enter is a person's"
    assert runs(("3*", 0.2), ("10001\r", 0.002)) == ["10001"], "behind a sign"
    assert runs(("5", 0.2), ("10001\r", 0.002)) == ["10001"], "behind a digit"
    assert runs(("11010519491231002X\r", 0.002)) == ["11010519491231002X"], "an identity card"
    assert runs(("50\r", 0.002)) == [""], "two keys may be rolled, or 00 be one key"
    assert runs(("12.50\r", 0.002)) == [""], "no code has a point"


def test_a_late_end_key_is_no_scan() -> None:
    """A person who pastes or types fast and then presses Enter."""
    assert shown(read(("6901234567892", 0.001), ("\r", 0.001), pause=0.05)) == "6901234567892\r"


def test_a_pause_that_nobody_noticed_was_our_own() -> None:
    """On a busy machine keys are read late: the caller found no time to say that time was over."""
    reader = ScanReader()
    out: list[Out] = []
    for n, character in enumerate("6901234567892\r"):
        out += reader.feed(Stroke(NAMES.get(character, character), character, 1 + n * 0.2))
    assert shown(out) == "<6901234567892>"


def test_letters_are_never_held() -> None:
    reader = ScanReader()
    assert reader.feed(Stroke("a", "a", 1.0))
    assert reader.deadline is None


def test_a_first_digit_is_shown_before_the_pause_is_over_and_once() -> None:
    reader = ScanReader()
    stroke = Stroke("1", "1", 1.0)
    assert reader.feed(stroke) == []
    assert reader.deadline == 1.012
    assert list(reader.lapse(1.013, may_show=True)) == [stroke]
    assert list(reader.lapse(1.013, may_show=True)) == []
    assert list(reader.lapse(1.05)) == []
    assert reader.deadline is None


def test_a_shown_digit_is_taken_back_by_its_scan() -> None:
    reader = ScanReader()
    reader.feed(Stroke("6", "6", 1.0))
    reader.lapse(1.013, may_show=True)
    out: list[Out] = []
    for n, character in enumerate("901234567892\r"):
        out += reader.feed(Stroke(NAMES.get(character, character), character, 1.02 + n * 0.02))
    assert out == [Scan(out[0].code, was_shown=True)]  # type: ignore[union-attr]


def test_a_function_key_ends_a_marked_code() -> None:
    reader = ScanReader()
    for character in "]C1123":
        reader.feed(Stroke(character, character, 1.0))
    out = list(reader.feed(Stroke("f5", "", 1.01)))
    assert out == [Broken("]C1123"), Stroke("f5", "", 1.01)]


def test_a_bracket_and_enter_are_typed() -> None:
    assert shown(read(("]\r", 0.01))) == "]\r"
    assert shown(read(("]C\r", 0.01))) == "]C\r"
    assert shown(read(("]C1A\r", 0.01))) == "<A>"


def test_a_scanner_without_an_end_key() -> None:
    rules = ScanRules(prefix="~", ends_with_key=False)
    assert shown(read(("~ABC-1", 0.01), pause=1.0, rules=rules)) == "<ABC-1>"


def test_pace_may_be_switched_off() -> None:
    rules = ScanRules(by_pace=False)
    assert shown(read(("6901234567892\r", 0.001), rules=rules)) == "6901234567892\r"


@given(st.text(st.sampled_from("0123456789abc*.]~"), max_size=30), st.floats(0.0, 0.2))
def test_typing_is_never_lost_nor_changed_in_order(text: str, gap: float) -> None:
    """Without an end key and a marked code, every stroke comes out once, in order."""
    out = read((text, gap), pause=2.0)
    if not any(isinstance(one, Scan | Broken) for one in out):
        assert shown(out) == text


@given(st.lists(st.tuples(st.text("0123456789", max_size=16), st.sampled_from([0.001, 0.1]))))
def test_digits_come_out_once_each_as_scan_or_typed(parts: list[tuple[str, float]]) -> None:
    out = read(*((f"{text}\r", gap) for text, gap in parts), pause=2.0)
    assert shown(out).replace("<", "").replace(">", "\r").replace("{", "").replace(
        "}", "\r"
    ) == "".join(f"{text}\r" for text, _ in parts)
