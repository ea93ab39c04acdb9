"""A refusal that is about a field of a form puts the caret there. Every form that there is gets
what cannot stand in it, one field at a time, and is saved.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.base.database import transaction
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.hotel.reservations.bookings import RoomWish, reserve
from models.hotel.stays.stays import EXPECTED, IN_HOUSE, Booking, Stay
from models.ledger.debts.account_payments import settle_account
from models.ledger.debts.receivables import open_balance
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import open_folio
from models.ledger.ways.tender_kinds import Paying
from models.listings import listing_pages
from models.listings.listing_records import record_of, save_record
from models.listings.listings import Field, Linked, Listing, Record, View
from models.members.vouchers import sell_voucher
from models.people.records import save_person
from models.salon.services import SalonService, save_salon_service
from models.salon.stylists import save_grade, save_stylist
from models.trust.operation import new_uid
from tests.models.buying.bought import buys, line, order, price, supplier
from tests.models.hotel.house import furnish
from tests.models.hotel.staying import arrive
from tests.sources import parsed
from tests.stores import CARD, FIRST_DAY, Shop, yuan
from tests.tui.records.conftest import Start, at
from tui import trades  # noqa: F401 - lists the rooms
from tui.buying import billing
from tui.hotel.folios import routing
from tui.hotel.stays import check_in, group_forms
from tui.records.forms.form_saving import field_at_fault
from tui.records.forms.saving import plain_values
from tui.records.listings import listing, listing_names
from tui.records.values import typed

__all__ = ["at"]

# What somebody may type into a box that takes it.
TYPED = (
    "", "x" * 130, "-1", "0", "99999999", "1900-01-01", "2099-12-31", "4111111111111111",
)  # fmt: skip
GONE = Linked(987_654_321, "gone")
TOMORROW, AFTER = (str(FIRST_DAY + timedelta(days=days)) for days in (1, 2))
STAY = {"name": "王芳", "arrival": TOMORROW, "departure": AFTER}
# What is typed into a form whose list is empty, in this order; links take the first there is.
NEW: dict[str, dict[str, str]] = {
    "supplier_bill": {"number": "F1", "dated": "2026-03-02", "tax": "0"},
    "freight": {"number": "L1", "dated": "2026-03-02", "amount": "5", "tax": "0"},
    "categories": {"name": "饮料"},
    "person_groups": {"name": "老客"},
    "people": {"name": "王芳", "number": "K1"},
    "contacts": {"note": "谈价"},
    "companies": {"name": "客户公司", "limit": "100"},
    "suppliers": {"name": "供应商", "limit": "100"},
    "stays": STAY,
    "traces": {"day": TOMORROW, "text": "回电"},
    "visitors": {"name": "李强", "paper": "11010519491231002X"},
    "tax_invoices": {"number": "26312", "title": "客户公司"},
    "salon_services": {"name": "烫发", "price": "1"},
    "grades": {"name": "店长"},
    "commission_rules": {"rate": "10"},
    "points_rules": {"per": "10", "points": "1"},
    "patch_tests": {"text": "6/0"},
    "formulas": {"text": "6/0"},
    "draws": {"name": "抽奖", "since": "2026-03-01", "until": "2026-03-02", "per": "1"},
    "level_rules": {"spent": "500"},
    "stylists": {"number": "3"},
    "appointments": {"name": "王芳", "at": "10"},
    "roster": {"weekdays": "1", "opens": "10", "closes": "19"},
    "absences": {"day": TOMORROW},
    "things": {"name": "1号椅", "sort": "椅"},
    "card_kinds": {"name": "储值卡", "price": "100"},
    "packages": {"code": "2000", "price": "30", "allowance": "30"},
    "promotions": {"name": "九折", "kind": "percent", "rate": "10"},
    "room_closings": {"first": TOMORROW, "until": AFTER, "reason": "漏水"},
    "walk_in": {"name": "王芳", "departure": AFTER},
    "sharer": {"name": "李雷", "departure": AFTER},
    "block": {"rooms": "1", "arrival": TOMORROW, "departure": AFTER, "cut_off": TOMORROW},
    "pick_up": {"arrival": TOMORROW, "departure": AFTER},
}
# Two boxes are wrong together: the caret stands in the other one.
TOGETHER = {
    ("draws", "since"): "until",
    ("rate_prices", "first"): "last",
    ("stays", "departure"): "arrival",
    ("tax_rates", "each"): "rate",
    ("supplier_prices", "pack"): "price",
    ("roster", "break_from"): "break_until",
    ("roster", "break_until"): "break_from",
    ("roster", "opens"): "closes",
    ("roster", "day"): "weekdays",
    ("absences", "day"): "last",
    ("absences", "since"): "until",
    ("block", "arrival"): "departure",
    ("pick_up", "arrival"): "departure",
    ("block", "rooms"): "room_type",
    ("room_closings", "first"): "until",
    ("stays", "arrival"): "departure",
    ("stays", "children"): "adults",
    ("traces", "kind"): "at",
    ("check_in", "born"): "guardian",
    ("walk_in", "born"): "guardian",
    ("sharer", "born"): "guardian",
    ("tax_invoices", "kind"): "tax_number",
}
# Another choice wants other boxes, or lines; on other days others bought.
WANTS_OTHERS = {("promotions", "kind"), ("draws", "since")}
# Forms of lines only, or in which whatever the boxes take can be stored.
NOTHING_TO_REFUSE = {"groups", "routing", "registers", "companies", "lots", "things"}


def names_in_sources(root: Path) -> set[str]:
    """The name of every listing that is written down with a `save`, by whatever function."""
    found = set()
    for path in (root / "tui").rglob("*.py"):
        for call in ast.walk(parsed(path)):
            if isinstance(call, ast.Call) and any(each.arg == "save" for each in call.keywords):
                first = call.args[0] if call.args else None
                if isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found


def linked(shop: Shop, field: Field) -> Linked:
    """A record that the field may point at: the first, and of people the fitting one."""
    assert field.link is not None
    lines = listing_pages.page(shop.owner, listing(field.link.listing), View(), None).lines
    if field.link.listing == "people":
        wanted = "客户公司" if field.name == "company" else "李雷"
        lines = [one for one in lines if one.values["name"] == wanted]
    first = lines[0]
    return Linked(first.key, "")


def begun(shop: Shop, of: Listing) -> Record:
    """A new record, filled in."""
    values = of.defaults()
    for each in of.in_form():
        if each.name in NEW[of.name]:
            values[each.name] = typed(each, NEW[of.name][each.name])
        elif each.link is not None and (each.is_required or of.name == "contacts"):
            values[each.name] = linked(shop, each)
    if of.name == "sharer":
        # Somebody lives in it.
        values["room"] = Linked(Stay.get(Stay.state == IN_HOUSE).room_id, "")
    lines: list[dict[str, Any]] = []
    if of.name == "pick_up":
        lines = [{"name": "王芳"}]
    elif of.name == "appointments":
        service = SalonService.get()
        lines = [{"goods": Linked(service.key, ""), "is_asked": False, "at": ""}]
    elif of.name == "tax_invoices":
        lines = [{"name": "住宿", "rate": Rate(0), "amount": yuan("10")}]
    return Record(None, 0, values, lines)


def records(shop: Shop, of: Listing) -> Iterator[Record]:
    """The first record and the second, or a new one where there is none."""
    if of.row is None:
        keys: list[Any] = [of.name]
    elif of.name in NEW:
        keys = []
    else:
        keys = [line.key for line in listing_pages.page(shop.owner, of, View(), None).lines]
    if of.name == "check_in":
        keys = [Stay.get(Stay.state << EXPECTED).key]
    found = [record_of(shop.owner, of, key) for key in keys[:2]]
    yield from (each for each in found if each is not None)
    if not keys:
        yield begun(shop, of)


class Undone(Exception):
    pass


def save_and_undo(shop: Shop, of: Listing, record: Record, values: Mapping[str, Any]) -> None:
    plain = plain_values(of, values, record.lines)
    with suppress(Undone), transaction():
        save_record(shop.owner, of, record.key, version=record.version, **plain, uid=new_uid())
        raise Undone


def wrong_values(field: Field, other: Record | None) -> Iterator[Any]:
    """What may be typed or chosen, and is perhaps wrong: also what another record has."""
    if other is not None:
        yield other.values.get(field.name)
    if field.link is not None:
        # Of a list from which nothing is taken away, nothing can be gone.
        of = listing(field.link.listing)
        if of.drop is not None and not of.is_switched:
            yield GONE
        return
    for text in TYPED:
        try:
            value = typed(field, text)
        except Refusal:
            # Told when the box is left: the caret stays in it.
            continue
        if value not in (None, "") or not field.is_required:
            yield value
    yield from (value for value, _ in field.choices)


def faults(shop: Shop, of: Listing) -> tuple[int, dict[tuple[str, str], str | None]]:
    """How many refusals came; and those whose caret stands elsewhere, with where."""
    seen, missed = 0, {}
    names = [each.name for each in of.in_form()]
    record, *others = [*records(shop, of), None]
    assert record is not None
    for each in of.in_form():
        if each.is_computed or (each.is_fixed and record.key is not None):
            continue
        for value in wrong_values(each, others[0]):
            now = record if record.key is None else record_of(shop.owner, of, record.key)
            assert now is not None
            if value == now.values.get(each.name):
                continue
            try:
                save_and_undo(shop, of, now, now.values | {each.name: value})
            except Refusal as refusal:
                seen += 1
                at = field_at_fault(refusal, names)
                wanted = (each.name, TOGETHER.get((of.name, each.name)))
                if at not in wanted and (of.name, each.name) not in WANTS_OTHERS:
                    missed[each.name, str(refusal)] = at
    return seen, missed


def special(shop: Shop) -> dict[str, Listing]:
    """The forms of the front desk, and of bills, that are in no list of lists."""
    booking = Booking.select().where(Booking.is_group).get().key
    held = group_forms.holding(booking)
    save_record(
        shop.owner, held, None, version=0, uid=new_uid(),
        **plain_values(held, begun(shop, held).values, []),
    )  # fmt: skip
    folio = supplier(shop, "发票后到", bills_later=True)
    came = buys(shop, "1001", "1", "1", folio).key
    forms = (
        check_in.RESERVED, check_in.WALK_IN, check_in.SHARER, routing.LISTING, held,
        group_forms.picking(booking), billing.bill_form(folio.key, []),
        billing.freight_form(came),
    )  # fmt: skip
    return {each.name: each for each in forms}


@pytest.fixture
def busy_house(shop: Shop) -> Shop:
    """A house with a group, and people of both kinds."""
    house = furnish(shop)
    save_person(shop.owner, None, kind="company", name="客户公司", uid=new_uid())
    save_person(shop.owner, None, name="李雷", uid=new_uid())
    wish = RoomWish(house.twin.key, FIRST_DAY, FIRST_DAY + timedelta(days=1), house.plan.key)
    reserve(shop.owner, [wish, wish], name="旅行团", uid=new_uid())
    card = [Paying(CARD, yuan("10"), reference="V1")]
    sell_voucher(shop.owner, "9900000000004", card, amount=yuan("10"), uid=new_uid())
    arrive(house, room="205")
    paid = open_folio(shop.owner, kind=COMPANY, name="客户公司", limit=yuan("9"), uid=new_uid())
    open_balance(shop.owner, paid, yuan("30"), due=FIRST_DAY, note="旧账", uid=new_uid())
    settle_account(
        shop.owner, paid, [Paying(CARD, yuan("30"), reference="V2")], amount=yuan("30"),
        uid=new_uid(),
    )  # fmt: skip
    price(shop, folio := supplier(shop), "1001", "1.10")
    order(shop, folio, line(shop, "1001", "1"))
    return shop


@pytest.mark.search
@pytest.mark.timeout(240)
def test_the_caret_goes_to_the_box_that_a_refusal_is_about(busy_house: Shop, root: Path) -> None:
    grade = save_grade(busy_house.owner, None, name="大工", uid=new_uid())
    save_stylist(
        busy_house.owner, None, number=8, user=busy_house.users["manager"], grade=grade.key,
        uid=new_uid(),
    )  # fmt: skip
    save_salon_service(
        busy_house.owner, None, code="9101", name="剪发", price=yuan("128"), minutes=45,
        uid=new_uid(),
    )  # fmt: skip
    forms = {name: listing(name) for name in listing_names()} | special(busy_house)
    forms = {name: of for name, of in forms.items() if of.save is not None}
    assert forms.keys() >= names_in_sources(root) >= {"goods", "walk_in", "block"}
    found = {name: faults(busy_house, of) for name, of in forms.items()}
    assert {name: missed for name, (_, missed) in found.items() if missed} == {}
    quiet = {name for name, (seen, _) in found.items() if not seen}
    assert quiet == NOTHING_TO_REFUSE


async def test_a_code_of_another_item_is_found_in_its_line(at: Start) -> None:
    """The refusal tells the code: the caret stands in the line that holds it, not in the item's own
    code; a name that is missing is asked for in its box.
    """
    async with at("goods", login="clerk") as person:
        await person.see("15 rows")
        await person.press("enter")
        await person.see("Goods ")
        sheet = person.app.screen.sheet  # type: ignore[attr-defined]
        await person.press("f5")
        await person.type("1002")
        await person.press("f9")
        await person.see("belongs to 1002")
        assert (sheet.spot.field.name, sheet.value) == ("code", "1002")
        assert sheet.spot.line is not None
