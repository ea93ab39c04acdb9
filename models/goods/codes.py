"""Scanned codes: check digits, weighed and priced codes of the shop, GS1 strings.

A code is text. Nothing here refuses one: a wrong check digit is told as a fault, because one
real code in a hundred has one, and the goods are still looked up by what was scanned.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from models.base.texts import narrow

GS = "\x1d"

# How many digits a bar code of GS1 has.
GTIN_LENGTHS = (8, 12, 13, 14)

# AIM symbology ids that say "this is GS1": GS1-128, DataBar, composite, DataMatrix, QR, DotCode.
_GS1_IDS = ("]C1", "]e0", "]e1", "]e2", "]d2", "]Q3", "]J1")


class CodeKind(Enum):
    """What a scanned code is."""

    GTIN = "gtin"
    STORE = "store"
    GS1 = "gs1"
    PLAIN = "plain"


class CodeFault(Enum):
    """What is wrong with a scanned code. A store code with a fault must not sell at its amount."""

    CHECK_DIGIT = "check_digit"
    INNER_CHECK_DIGIT = "inner_check_digit"
    GS1 = "gs1"


@dataclass(frozen=True, slots=True)
class Element:
    """One GS1 application identifier with its value, and what the value means."""

    ai: str
    value: str
    number: Decimal | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned or typed code. `lookups` are the codes to find the goods by, best first.

    `amount` is what a priced code sells at, in the major unit; `weight` is in kilograms.
    """

    text: str
    kind: CodeKind
    lookups: tuple[str, ...]
    fault: CodeFault | None = None
    amount: Decimal | None = None
    weight: Decimal | None = None
    elements: tuple[Element, ...] = field(default=())

    def element(self, ai: str) -> Element | None:
        """The element of an application identifier: 10 batch, 17 expiry, 21 serial number."""
        return next((element for element in self.elements if element.ai == ai), None)

    @property
    def readable(self) -> str:
        """A GS1 string as it is printed under its bars: (01)06901234567892(10)ABC."""
        return "".join(f"({element.ai}){element.value}" for element in self.elements)


# --- check digits


def check_digit(payload: str) -> str:
    """The digit that ends EAN-8, UPC-A, EAN-13, ITF-14 and the 18-digit code of a scale."""
    return str(-(3 * sum(map(int, payload[::-2])) + sum(map(int, payload[-2::-2]))) % 10)


def has_check_digit(code: str) -> bool:
    """Do these digits end with their check digit?"""
    return _is_digits(code) and len(code) > 1 and check_digit(code[:-1]) == code[-1]


def is_gtin(code: str) -> bool:
    """Is this a whole bar code: digits, so many of them, the last one right?"""
    return len(code) in GTIN_LENGTHS and has_check_digit(code)


def value_check_digit(value: str) -> str:
    """The check digit of an amount or weight of 4 or 5 digits inside a store code.

    GS1 General Specifications, price or weight verifier: each digit is weighted, and a weighted
    digit of two figures counts as their difference (2-, 5-) or their sum (5+).
    """
    digits = [int(digit) for digit in value]
    if len(digits) == 4:
        a, b, c, d = digits
        return str((_two_minus(a) + _two_minus(b) + 3 * c + _five_minus(d)) * 3 % 10)
    if len(digits) == 5:
        a, b, c, d, e = digits
        total = _five_plus(a) + _two_minus(b) + _five_minus(c) + _five_plus(d) + _two_minus(e)
        return next(str(digit) for digit in range(10) if _five_minus(digit) == -total % 10)
    raise ValueError(f"a value check digit is for 4 or 5 digits, got {value!r}")


def _two_minus(digit: int) -> int:
    tens, units = divmod(2 * digit, 10)
    return (units - tens) % 10


def _five_plus(digit: int) -> int:
    tens, units = divmod(5 * digit, 10)
    return (units + tens) % 10


def _five_minus(digit: int) -> int:
    tens, units = divmod(5 * digit, 10)
    return (units - tens) % 10


def upc_a(upc_e: str) -> str:
    """The 12 digits of a UPC-E code of 6, 7 (number system first) or 8 digits (check digit too).

    ValueError when it is none.
    """
    code = upc_e if len(upc_e) > 6 else "0" + upc_e
    if not _is_digits(code) or len(code) not in (7, 8) or code[0] not in "01":
        raise ValueError(f"not a UPC-E code: {upc_e!r}")
    system, d, last = code[0], code[1:6], code[6]
    if last in "012":
        payload = system + d[:2] + last + "0000" + d[2:]
    elif last == "3":
        payload = system + d[:3] + "00000" + d[3:]
    elif last == "4":
        payload = system + d[:4] + "00000" + d[4]
    else:
        payload = system + d + "0000" + last
    full = payload + check_digit(payload)
    if len(code) == 8 and code[7] != full[-1]:
        raise ValueError(f"wrong check digit of a UPC-E code: {upc_e!r}")
    return full


def gtin_forms(code: str) -> tuple[str, ...]:
    """The ways to write one GTIN: with 14 digits, and with 13, 12 and 8 where the rest are 0."""
    whole = code.zfill(14)
    return tuple(whole[-size:] for size in (14, 13, 12, 8) if not whole[:-size].strip("0"))


# --- codes that carry an amount or a weight


@dataclass(frozen=True, slots=True)
class StorePattern:
    """How a shop's own codes are laid out, a letter for each digit.

    I item, A amount, W weight, V check digit of the amount or weight, C check digit of the code,
    any other letter: not read. `prefix` is what such codes begin with; its digits may be part of
    the item. "21", "--IIIIIAAAAAC" is the code of most scales in China.
    """

    prefix: str
    layout: str
    amount_decimals: int = 2
    weight_decimals: int = 3

    def __post_init__(self) -> None:
        letters = set(self.layout)
        if "I" not in letters or not letters & {"A", "W"}:
            raise ValueError(f"a layout needs an item and an amount or weight: {self.layout!r}")
        if "V" in letters and len(self._digits(self.layout, "AW")) not in (4, 5):
            raise ValueError(f"a value check digit is for 4 or 5 digits: {self.layout!r}")
        if len(self.prefix) > len(self.layout):
            raise ValueError(f"a prefix longer than its layout: {self.prefix!r}")

    def matches(self, code: str) -> bool:
        """Is the code laid out like this? Its check digits are not looked at."""
        return len(code) == len(self.layout) and code.startswith(self.prefix) and _is_digits(code)

    def read(self, code: str) -> Scan:
        """What a matching code says. The goods are found by the item or by the base code."""
        amount, weight = self._digits(code, "A"), self._digits(code, "W")
        return Scan(
            text=code,
            kind=CodeKind.STORE,
            lookups=(self._digits(code, "I"), self.base_code(code)),
            fault=self._fault(code),
            amount=Decimal(amount).scaleb(-self.amount_decimals) if amount else None,
            weight=Decimal(weight).scaleb(-self.weight_decimals) if weight else None,
        )

    def base_code(self, code: str) -> str:
        """The code of the goods: nothing for amount and weight, and the check digit to that."""
        pairs = zip(code, self.layout, strict=True)
        empty = "".join("0" if letter in "AWV" else digit for digit, letter in pairs)
        return empty[:-1] + check_digit(empty[:-1]) if self.layout[-1] == "C" else empty

    def _fault(self, code: str) -> CodeFault | None:
        if self.layout[-1] == "C" and not has_check_digit(code):
            return CodeFault.CHECK_DIGIT
        inner = self._digits(code, "V")
        if inner and inner != value_check_digit(self._digits(code, "AW")):
            return CodeFault.INNER_CHECK_DIGIT
        return None

    def _digits(self, code: str, letters: str) -> str:
        pairs = zip(code, self.layout, strict=True)
        return "".join(digit for digit, letter in pairs if letter in letters)


# The layouts that scales in China print unless they are set otherwise: 18 digits with amount
# and weight, and 13 digits with the amount. Shops differ: the patterns are a setting.
CHINA_PATTERNS = (
    StorePattern("26", "--IIIIIAAAAAWWWWWC"),
    StorePattern("21", "--IIIIIAAAAAC"),
)


# --- what was scanned


def read_code(text: str, patterns: tuple[StorePattern, ...] = CHINA_PATTERNS) -> Scan:
    """What a scanned or typed code is. The patterns of the shop win over everything but GS1."""
    symbology, code = without_symbology(text)
    if symbology in _GS1_IDS or _looks_like_gs1(code):
        return read_gs1(code)
    for pattern in patterns:
        if pattern.matches(code):
            return pattern.read(code)
    if _is_digits(code) and len(code) in (8, 12, 13, 14):
        return _read_gtin(code, symbology)
    return Scan(code, CodeKind.PLAIN, (code,))


def read_gs1(code: str) -> Scan:
    """The elements of a GS1 string (with GS after those of variable length), its bracketed form,
    or a GS1 web address. Without GS after a batch the rest is read as batch: set the scanner to
    send it.
    """
    # Loaded here, because most shops never meet such a code and the library is slow to load.
    from biip import BiipException
    from biip.gs1_digital_link_uris import GS1DigitalLinkURI
    from biip.gs1_messages import GS1Message

    unread = Scan(code, CodeKind.PLAIN, (code,), CodeFault.GS1)
    try:
        if code.startswith("("):
            found = GS1Message.parse_hri(code).element_strings
        elif code.startswith("http"):
            found = GS1DigitalLinkURI.parse(code).element_strings
        else:
            found = GS1Message.parse(code.strip(GS)).element_strings
    except BiipException:
        return unread
    if not found:
        return unread
    elements = tuple(Element(e.ai.ai, e.value, e.decimal, e.date) for e in found)
    gtins = [element.value for element in elements if element.ai in ("01", "02")]
    fault = None if all(has_check_digit(gtin) for gtin in gtins) else CodeFault.CHECK_DIGIT
    lookups = dict.fromkeys([form for gtin in gtins for form in gtin_forms(gtin)] + [code])
    return Scan(code, CodeKind.GS1, tuple(lookups), fault, elements=elements)


def without_symbology(text: str) -> tuple[str, str]:
    """The AIM symbology id (`]E0`), when the scanner sends one, and the code in plain signs."""
    plain = narrow(text).strip(" \t\r\n")
    if len(plain) > 3 and plain[0] == "]" and plain[1].isalpha() and plain[2].isalnum():
        return plain[:3], plain[3:]
    return "", plain


def _looks_like_gs1(code: str) -> bool:
    if GS in code or code.startswith(("(01)", "(02)")):
        return True
    if code.startswith(("http://", "https://")):
        return "/01/" in code
    # The number of the goods alone is 16 digits; a batch, a weight or a day may follow.
    return len(code) >= 16 and code.startswith("01") and has_check_digit(code[2:16])


def _read_gtin(code: str, symbology: str) -> Scan:
    """A code of 8, 12, 13 or 14 digits. Eight may be EAN-8 or UPC-E; both are looked up, and the
    symbology id or a first 0 says which is tried first.
    """
    forms = [*gtin_forms(code)] if has_check_digit(code) else []
    if len(code) == 8 and symbology != "]E4":
        try:
            expanded = gtin_forms(upc_a(code))
        except ValueError:
            pass
        else:
            is_first = symbology == "]E0" or code[0] == "0"
            forms = [*expanded, *forms] if is_first else [*forms, *expanded]
    if not forms:
        return Scan(code, CodeKind.PLAIN, (code,), CodeFault.CHECK_DIGIT)
    return Scan(code, CodeKind.GTIN, tuple(dict.fromkeys((code, *forms))))


# --- codes that are not goods


def wallet_of(code: str) -> str | None:
    """The wallet whose payment code this is by its length and first digits, in payment only: on
    the selling screen the same digits may be a code of a scale.
    """
    if not _is_digits(code):
        return None
    first = int(code[:2])
    if len(code) == 18 and 10 <= first <= 15:
        return "wechat"
    if 16 <= len(code) <= 24 and 25 <= first <= 30:
        return "alipay"
    return None


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
