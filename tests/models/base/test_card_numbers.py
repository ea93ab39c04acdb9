"""Card numbers are noticed in whatever way they are written, and other numbers are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base.card_numbers import CardNumberRefused, holds_card_number, refuse_card_number

# Numbers that card schemes and processors publish for tests.
VISA, MASTERCARD, MASTERCARD_2, AMEX, UNIONPAY = (
    "4111111111111111", "5555555555554444", "2223003122003222", "378282246310005",
    "6200000000000005",
)  # fmt: skip
NUMBERS = (VISA, MASTERCARD, MASTERCARD_2, AMEX, UNIONPAY, "371449635398431", "2720990000000007")


@pytest.mark.parametrize(
    "text",
    [
        *NUMBERS,
        "6222020000000000000",
        "card 4111 1111 1111 1111 ok",
        "4111-1111-1111-1111",
        "4111_1111_1111_1111",
        "4111/1111/1111/1111",
        "4111.1111.1111.1111",
        "4111 a1111 b1111 c1111",
        "４１１１１１１１１１１１１１１１",
        "④①①①①①①①①①①①①①①①",
        "٤١١١١١١١١١١١١١١١",
        "note 12 4111  1111 1111 1111 7",
        "visa:4111111111111111,exp 12/29",
        "2221 0000 0000 0009",
    ],
)
def test_card_numbers_are_noticed(text: str) -> None:
    assert holds_card_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111112",
        "6901234567892",
        "1111111111111117",
        "4111",
        "",
        "13800138000",
        "41111111111111111111111111",
        "4200001234202611221234567890",
        "尾号 1111, 授权码 123456",
        "4111.1111.1111.1112",
        "2220 9999 9999 9991",
        "2721 0000 0000 0004",
        "22210000000000000",
    ],
)
def test_what_is_no_card_number(text: str) -> None:
    assert not holds_card_number(text)


@pytest.mark.parametrize(
    "fields",
    [
        ("1111", "411111111111"),
        ("4111", "1111-1111-1111"),
        ("411", "1 1111 1111 1111 1"),
        ("4111", "", "1111 1111", "1111"),
    ],
)
def test_a_number_split_over_fields_is_noticed(fields: tuple[str, ...]) -> None:
    assert holds_card_number(*fields)
    with pytest.raises(CardNumberRefused):
        refuse_card_number(*fields)


def test_last_four_and_the_short_number_of_the_slip_are_taken() -> None:
    refuse_card_number("1111", "004217")
    refuse_card_number("4242", "A77 000123")


@given(
    number=st.sampled_from(NUMBERS),
    cuts=st.sets(st.integers(1, 14), max_size=6),
    signs=st.lists(st.sampled_from(["-", "_", "/", ".", " ", "x", "号", "\t"]), min_size=8),
    before=st.sampled_from(["", "尾号 12:", "a ", "99 "]),
)
def test_no_sign_between_the_digits_hides_a_number(
    number: str, cuts: set[int], signs: list[str], before: str
) -> None:
    parts = [number[a:b] for a, b in zip([0, *sorted(cuts)], [*sorted(cuts), None], strict=True)]
    text = parts[0] + "".join(sign + part for sign, part in zip(signs, parts[1:], strict=False))
    if len(parts) - 1 <= len(signs):
        assert holds_card_number(before + text)


def test_a_long_note_is_read_fast() -> None:
    assert not holds_card_number("1 " * 50_000)
