"""Identity cards and passports: what they say, and what cannot be."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from models.hotel.stays.identity import (
    FEMALE,
    MALE,
    IdNumberWrong,
    PassportLinesWrong,
    age_on,
    read_id_card,
    read_passport,
    region_of,
)

pytestmark = pytest.mark.row("HTL-01", "H-2")
TODAY = date(2026, 11, 28)
TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)


def test_the_made_up_numbers(real_data: Path) -> None:
    path = real_data / "cn-reference" / "id_card_test_vectors.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    told = {}
    for row in (row for row in rows if row["strict"] == "0"):
        try:
            read_id_card(row["id_number"], TODAY)
            told[row["id_number"]] = "1"
        except IdNumberWrong:
            told[row["id_number"]] = "0"
    assert told == {row["id_number"]: row["valid"] for row in rows if row["strict"] == "0"}
    assert list(told.values()).count("1") == 9


def test_what_a_number_says() -> None:
    card = read_id_card("４４０３０８ 19990110 1512", TODAY)
    assert (card.born, card.sex, card.region) == (date(1999, 1, 10), MALE, "广东省深圳市盐田区")
    assert card.age(date(2026, 1, 9)) == 26 and card.age(date(2026, 1, 10)) == 27
    assert read_id_card("500154199804106120", TODAY).sex == FEMALE
    assert read_id_card("44040119580101000x", TODAY).number.endswith("X")
    assert read_id_card("610104620927690", TODAY).born == date(1962, 9, 27)
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("440308199901101513", "check digit"),
        ("44030819990110", "length"),
        ("4403081999O1101512", "only digits, and X as the last sign alone"),
        ("44030819990110X512", "only digits, and X as the last sign alone"),
        ("111111199901101514", "region"),
        ("610104620932690", "birth date"),
        ("999999620927690", "region"),
        ("440308209901101519", "birth date"),
    ],
)
def test_numbers_that_cannot_be_say_why(number: str, fault: str) -> None:
    with pytest.raises(IdNumberWrong) as wrong:
        read_id_card(number, TODAY)
    assert wrong.value.fields["fault"] == fault


def test_abolished_regions_are_known(real_data: Path) -> None:
    assert region_of("140120") == "山西省太原市" and region_of("140105") == "山西省太原市小店区"
    path = real_data / "cn-reference" / "id_card_region_history.csv"
    codes = {row["code"] for row in csv.DictReader(path.open(encoding="utf-8"))}
    districts = [code for code in codes if not code.endswith("00")]
    assert len(codes) == 7185 and all(map(region_of, districts))


def test_passports_and_cards() -> None:
    passport = read_passport("\r\n".join(TD3), TODAY)
    assert (passport.surname, passport.given) == ("ERIKSSON", "ANNA MARIA")
    assert (passport.number, passport.country) == ("L898902C3", "UTO")
    assert (passport.born, passport.sex) == (date(1974, 8, 12), FEMALE)
    assert passport.expires == date(2012, 4, 15)
    card = read_passport(
        "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6"
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<", TODAY,
    )  # fmt: skip
    assert (card.number, card.given, card.kind) == ("D23145890", "ANNA MARIA", "I")
    chinese = read_passport(
        "P<CHNZHANG<<SAN<<<<<<<<<<<<<<<<<<<<<<<<<<<<<"
        "E123456782CHN9001011M3001019<<<<<<<<<<<<<<02", TODAY,
    )  # fmt: skip
    assert (chinese.surname, chinese.sex, chinese.expires) == ("ZHANG", MALE, date(2030, 1, 1))


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        (TD3[0] + TD3[1].replace("7408122", "7408123"), "birth date"),
        (TD3[0] + TD3[1].replace("L898902C3", "L898902C4"), "document number"),
        (TD3[0] + TD3[1].replace("1204159", "1304159"), "expiry"),
        (TD3[0] + TD3[1][:-1] + "1", "whole"),
        (TD3[0], "length"),
        (TD3[0] + TD3[1].replace("Z", "?"), "length"),
    ],
)
def test_lines_that_do_not_agree_say_where(lines: str, field: str) -> None:
    with pytest.raises(PassportLinesWrong) as wrong:
        read_passport(lines, TODAY)
    assert wrong.value.fields["field"] == field
