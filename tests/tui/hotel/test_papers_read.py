"""Papers read at the check-in, one after the other, whatever box the caret is in."""

from __future__ import annotations

from typing import Any

import pytest

from models.hotel.desk.arrivals import OTHER_PAPER
from models.hotel.stays.identity import IdNumberWrong
from models.hotel.stays.stays import StayGuest
from receipts.words import refusal_text
from tests.models.hotel.staying import balance
from tests.stores import FIRST_DAY
from tests.tui.hotel.conftest import Start, desk, stay_of, to_box
from tui.desk.gate.numbers import NumberScanned
from tui.desk.gate.scan import Code
from tui.hotel.stays.check_in import RESERVED, SHARER, WALK_IN, paper_values
from tui.records.listings import listing

CARD, OTHER_CARD = "11010519491231002X", "440308199901101512"
BEIJING = "110101199003070011"


@pytest.mark.row("HTL-01", "H-2")
async def test_papers_go_where_they_belong_wherever_the_caret_is(at: Start) -> None:
    """The desk reads one card after the other: the first is the guest's, the next a companion's."""
    async with desk(at) as person:
        await person.see("201 OC")
        # At the rack already: it is whoever arrives.
        await person.scan_short(CARD)
        await person.see("Who arrives?", "李娜")
        await person.press("enter")
        await person.see("Check-in 李娜", "1949-12-31")
        await person.scan_short(CARD)
        await person.see("This was read already; nothing changes.", "Identity card")
        await to_box(person, "name")
        await _codes_are_no_names(person)
        await to_box(person, "deposit")
        await person.type("300")
        await person.scan_short(OTHER_CARD)
        await person.see(OTHER_CARD, "300.00", "Guest name")
        await _codes_are_no_names(person)
        # Nor a paper: what stands there does not go for a bottle of water.
        await person.press("shift+tab")
        person.app.deliver_scan(Code("6901234567892"))
        await person.rest()
        assert "6901234567892 is the bar code of goods, no ID number" in person.alarm
        await person.see(OTHER_CARD)
        await person.press("f12", "tab")
        await person.type("李雷")
        await person.press("f4")
        await person.see("202 OC 李娜")
        stay = await person.do(stay_of, "李娜")
        guests = await person.do(lambda: list(StayGuest.select().where(StayGuest.stay == stay)))
        assert [(each.name, each.paper_number.text) for each in guests] == [
            ("李娜", CARD), ("李雷", OTHER_CARD),
        ]  # fmt: skip
        assert await person.do(balance, stay) == "-300.00"


async def _codes_are_no_names(person: Any) -> None:
    """A short code, which a scanner types, and one that is known by itself: both refused aloud."""
    await person.scan_short("10147")
    assert person.alarm == refusal_text(NumberScanned(code="10147"), "en")
    person.app.gate.scan_arrived("6903333333332")
    await person.rest()
    assert "A code cannot stand in this field: 6903333333332" in person.alarm


def test_every_box_for_a_paper_takes_no_bar_code_of_goods() -> None:
    of_guests = [RESERVED, WALK_IN, SHARER, listing("visitors")]
    found = [
        (each.name, field.is_paper)
        for each in of_guests
        for field in (*each.fields, *(each.grid.fields if each.grid else ()))
        if field.name == "paper"
    ]
    assert [is_paper for _, is_paper in found] == [True] * 7


def test_every_box_for_the_name_of_somebody_is_typed() -> None:
    of_people = ("people", "companies", "users", "stays", "groups", "visitors", "appointments")
    found = [
        field.is_typed
        for each in map(listing, of_people)
        for field in (*each.fields, *(each.grid.fields if each.grid else ()))
        if field.name in ("name", "other_name") and not field.is_computed
    ]
    assert found == [True] * 8


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("8", "length"), ("1101051949123100", "length"), ("1101051949123100211", "length"),
        ("44030819990110X512", "only digits, and X as the last sign alone"),
        ("4403081999O110l512", "only digits, and X as the last sign alone"),
    ],
)  # fmt: skip
def test_a_card_that_was_typed_wrongly_is_told(typed: str, fault: str) -> None:
    """And not taken for another paper without a word."""
    with pytest.raises(IdNumberWrong) as wrong:
        paper_values(typed, FIRST_DAY)
    assert str(wrong.value.fields["fault"]) == fault
    assert paper_values("123456789", FIRST_DAY) == {"paper_kind": OTHER_PAPER}


async def test_a_card_that_looks_like_a_pay_code_is_read_at_the_rack_too(at: Start) -> None:
    """Its digits begin as those of a wallet do; a pay code there is refused."""
    async with desk(at) as person:
        await person.see("201 OC")
        person.app.deliver_scan(Code("134567890123456789"))
        await person.rest()
        assert "134567890123456789" in person.alarm
        person.app.deliver_scan(Code(BEIJING))
        await person.see("Who arrives?", "李娜")
        await person.press("enter")
        await person.see("Check-in 李娜", BEIJING, "1990-03-07")
