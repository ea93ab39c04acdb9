"""Papers read at the check-in, one after the other, whatever box the caret is in."""

from __future__ import annotations

import pytest

from models.hotel.desk.arrivals import OTHER_PAPER
from models.hotel.stays.identity import IdNumberWrong
from models.hotel.stays.stays import StayGuest
from tests.models.hotel.staying import balance
from tests.stores import FIRST_DAY
from tests.tui.hotel.conftest import Start, desk, stay_of, to_box
from tui.desk.gate.scan import Code
from tui.hotel.stays.check_in import paper_values

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
        await to_box(person, "deposit")
        await person.type("300")
        await person.scan_short(OTHER_CARD)
        await person.see(OTHER_CARD, "300.00", "Guest name")
        await person.type("李雷")
        await person.press("f4")
        await person.see("202 OC 李娜")
        stay = await person.do(stay_of, "李娜")
        guests = await person.do(lambda: list(StayGuest.select().where(StayGuest.stay == stay)))
        assert [(each.name, each.paper_number.text) for each in guests] == [
            ("李娜", CARD), ("李雷", OTHER_CARD),
        ]  # fmt: skip
        assert await person.do(balance, stay) == "-300.00"


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
