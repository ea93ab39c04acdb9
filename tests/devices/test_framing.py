"""Scans out of bytes: however they are cut, and however dirty the line is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from devices.framing import Framer, Framing, Noise, Scan

CODES = some.text("0123456789ABCabc-/.", min_size=2, max_size=30)


def feed(framer: Framer, data: bytes) -> list[Scan | Noise]:
    return framer.feed(data)


@given(
    some.lists(CODES, max_size=6), some.sampled_from([b"\r", b"\n", b"\r\n"]), some.integers(1, 7)
)
def test_codes_cut_anywhere_come_out_whole(codes: list[str], end: bytes, size: int) -> None:
    data = b"".join(code.encode() + end for code in codes)
    framer = Framer(Framing())
    found: list[Scan | Noise] = []
    for at in range(0, len(data), size):
        found += framer.feed(data[at : at + size])

    assert found == [Scan(code) for code in codes]


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (b"]E06901234567892\r", Scan("6901234567892", "]E0")),
        (b"]C10110614141000415\x1d10ABC\r", Scan("0110614141000415\x1d10ABC", "]C1")),
        (b"]d2\x1d01\r", Scan("\x1d01", "]d2")),
        ("微信支付码".encode() + b"\r", Scan("微信支付码")),
        ("苹果".encode("gb18030") + b"\r", Scan("苹果")),
        (b"690\x071234\r", Noise(b"690\x071234", "control")),
        (b"\x1b[31m690\r", Noise(b"\x1b[31m690", "control")),
        (b"\xff\xff\xfe\r", Noise(b"\xff\xff\xfe", "encoding")),
        (b"7\r", Noise(b"7", "short")),
        (b"]E0\r", Noise(b"]E0", "short")),
        ("69\u202e01\r".encode(), Noise("69\u202e01".encode(), "control")),
    ],
)
def test_what_counts_as_a_code(frame: bytes, expected: Scan | Noise) -> None:
    assert Framer(Framing()).feed(frame) == [expected]


def test_a_fragment_is_dropped_after_a_pause_and_spoils_nothing() -> None:
    framer = Framer(Framing())
    assert framer.feed(b"69012") == []

    assert framer.pause() == Noise(b"69012", "unfinished")
    assert framer.feed(b"34567892\r") == [Scan("34567892")]


def test_without_a_suffix_a_pause_ends_the_code() -> None:
    framer = Framer(Framing(suffixes=()))
    assert framer.feed(b"690123") == []

    assert framer.pause() == Scan("690123")
    assert framer.pause() is None


def test_the_tail_of_an_overlong_frame_is_no_code() -> None:
    framer = Framer(Framing(max_length=20))

    found = framer.feed(b"9" * 50) + framer.feed(b"6901234567892\r") + framer.feed(b"123456\r")

    assert [type(one) for one in found] == [Noise, Scan]
    assert found[-1] == Scan("123456")


def test_a_prefix_is_required_and_taken_off() -> None:
    framer = Framer(Framing(prefix=b"\x02"))

    assert framer.feed(b"\x02690123\r") == [Scan("690123")]
    assert framer.feed(b"690123\r") == [Noise(b"690123", "control")]


@given(some.binary(max_size=300))
def test_noise_never_breaks_the_line_nor_becomes_control_text(noise: bytes) -> None:
    framer = Framer(Framing(max_length=64))
    found = framer.feed(noise)
    framer.pause()

    for one in found:
        if isinstance(one, Scan):
            assert all(char.isprintable() or char in "\x1d\x1e\x04" for char in one.text)
    assert framer.feed(b"6901234567892\r") == [Scan("6901234567892")]
