"""The status parser against bytes that come split, mixed and dirty."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from devices.status import Block, InOrder, PrinterStatus, RealTime, Reply, ReplyReader, Unasked

READY_ASB = b"\x14\x00\x00\x0f"
REAL_TIME = some.sampled_from([0x12, 0x16, 0x1A, 0x32, 0x7E]).map(lambda byte: RealTime(byte))
UNASKED = some.tuples(
    some.sampled_from([0x10, 0x14, 0x18, 0x3C]),
    some.sampled_from([0, 0x08, 0x40]),
    some.sampled_from([0, 0x03, 0x0F]),
    some.just(0x0F),
).map(lambda four: Unasked(bytes(four)))
IN_ORDER = some.sampled_from([0, 0x03, 0x0C]).map(lambda byte: InOrder(byte))
BLOCK = some.text("0123456789", min_size=4, max_size=4).map(lambda t: Block(b'7"' + t.encode()))


def wire(reply: Reply) -> bytes:
    if isinstance(reply, Unasked):
        return reply.data
    if isinstance(reply, Block):
        return reply.data + b"\0"
    return bytes((reply.byte,))


@given(
    some.lists(some.one_of(REAL_TIME, UNASKED, IN_ORDER, BLOCK), max_size=12),
    some.lists(some.integers(1, 4), max_size=20),
)
def test_any_mix_split_anywhere_comes_out_whole(replies: list[Reply], cuts: list[int]) -> None:
    data = b"".join(map(wire, replies))
    reader, got = ReplyReader(), []
    for size in cuts:
        got += reader.feed(data[:size])
        data = data[size:]
    got += reader.feed(data)

    assert got == replies


@given(some.binary(max_size=200))
def test_noise_never_breaks_the_parser(noise: bytes) -> None:
    reader = ReplyReader()
    reader.feed(noise)
    # A full ASB resets whatever the noise left behind, and then everything is understood again.
    reader.feed(b"\xff" + READY_ASB + READY_ASB)

    assert reader.feed(b'7"0042\0') == [Block(b'7"0042')]


def test_an_answer_inside_an_asb_leaves_it_whole() -> None:
    assert ReplyReader().feed(b"\x14\x00\x12\x00\x0f") == [RealTime(0x12), Unasked(READY_ASB)]


@pytest.mark.parametrize("noise", [b"\x11\x13", b"\x92", b"\xb2\xf2", b"\x90", b"\x80\xc0"])
def test_flow_control_and_noise_are_no_answers(noise: bytes) -> None:
    assert ReplyReader().feed(noise) == []


def test_an_asb_that_was_cut_off_does_not_shift_the_next_one() -> None:
    assert ReplyReader().feed(b"\x14\x00" + READY_ASB) == [Unasked(READY_ASB)]


def test_a_block_that_was_cut_off_swallows_nothing() -> None:
    assert ReplyReader().feed(b"7\x22\x12\x00") == [RealTime(0x12), InOrder(0)]


def test_a_block_without_an_end_is_given_up() -> None:
    assert ReplyReader().feed(b"7" + b"9" * 200 + b"\x12")[-1] == RealTime(0x12)


@pytest.mark.parametrize(
    ("number", "byte", "code"),
    [
        (1, 0x12, None),
        (1, 0x1A, "PrinterOffline"),
        (2, 0x12, None),
        (2, 0x16, "CoverOpen"),
        (2, 0x32, "PaperOut"),
        (2, 0x52, "PrinterError"),
        (3, 0x1A, "CutterJam"),
        (3, 0x32, "PrinterError"),
        (3, 0x52, None),
        (4, 0x12, None),
        (4, 0x1E, None),
        (4, 0x7E, "PaperOut"),
    ],
)
def test_what_real_time_bytes_mean(number: int, byte: int, code: str | None) -> None:
    fault = PrinterStatus().with_real_time(number, byte).fault("receipt")

    assert (fault.code if fault else None) == code


@pytest.mark.parametrize(
    ("data", "code", "paper"),
    [
        (b"\x14\x00\x00\x0f", None, "ok"),
        (b"\x14\x00\x03\x0f", None, "low"),
        (b"\x1c\x00\x0f\x0f", "PaperOut", "out"),
        (b"\x3c\x00\x00\x0f", "CoverOpen", "ok"),
        (b"\x1c\x08\x00\x0f", "CutterJam", "ok"),
        (b"\x1c\x20\x00\x0f", "PrinterError", "ok"),
        (b"\x1c\x00\x00\x0f", "PrinterOffline", "ok"),
    ],
)
def test_what_automatic_status_means(data: bytes, code: str | None, paper: str) -> None:
    status = PrinterStatus().with_unasked(data)
    fault = status.fault("receipt")

    assert (fault.code if fault else None) == code
    assert status.paper == paper


def test_the_cause_that_a_person_can_mend_is_named_first() -> None:
    status = PrinterStatus(online=False, paper="out", cover_open=True, error=True)

    assert status.fault("receipt").code == "CoverOpen"  # type: ignore[union-attr]
