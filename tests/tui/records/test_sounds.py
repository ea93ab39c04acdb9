"""Every picker finds by pinyin initials and by pinyin in full, the hotel's too."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

from pypinyin import Style, lazy_pinyin

import tui.trades  # noqa: F401 - lists the rooms
from models.goods.basics import save_category
from models.goods.records import save_goods
from models.ledger.folio_kinds import COMPANY, SUPPLIER
from models.ledger.folios import save_folio
from models.listings.listing_pages import page
from models.listings.listing_sounds import heard
from models.listings.listings import Listing, View
from models.people.lists import LEVEL, PersonChoice, save_choice, save_group
from models.people.records import save_person
from models.trust.operation import Session, new_uid
from models.trust.staff import save_department
from tests.models.hotel.house import furnish
from tests.sources import parsed
from tests.stores import FIRST_DAY, Shop, yuan
from tests.tui.hotel.conftest import Start, at, desk
from tui.records.listings import listing, listing_names
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick

__all__ = ["at"]

CHINESE = re.compile("[\u4e00-\u9fff]+")
# What a listing is picked for by number or code, because its records have no Chinese names.
NO_NAMES = {"rooms": "201, 202: numbers of doors", "tax_rates": "13%: rates",
            "grades": "none here; three of them in a salon", "card_kinds": "none here",
            "salon_services": "none here; found as goods are",
            "stylists": "8, 21: their numbers"}  # fmt: skip
# Who listens to what is typed and narrows a list, and why it finds by pinyin.
LISTENING = {
    "tui/widgets/panel.py": "Pick: sounds_like over its rows",
    "tui/records/picker.py": "Picker: the listing's index, or listing_sounds",
    "tui/shop/find_goods.py": "the index of goods",
    "tui/desk/frame.py": "no list: what the strip can do with what stands there",
    "tui/records/list.py": "the list of a listing, no picker: its index, or what it finds by",
    "tui/records/tree.py": "no list: asks how far a tree is open",
    "tui/records/views.py": "no list: dates",
    "tui/records/forms/form.py": "no list: fields",
    "tui/money/payment.py": "no list: the amount",
    "tui/shop/coming_back.py": "no list: + and * take one more, or all of it",
    "tui/hotel/rack/rack.py": "the rack, no picker: marks rooms by their guest",
    "tui/hotel/rack/chart.py": "no list: digits go to a room",
    "tui/salon/board.py": "no list: digits go to a person or an hour",
    "tui/salon/rotation.py": "no list: digits go to a person",
}


def picked_listings(root: Path) -> set[str]:
    """The books that a field points at, or that a picker is opened on."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in (root / "tui").rglob("*.py"))
    found = set(re.findall(r'Link\("(\w+)"', text)) | {"stays", "people"}
    return found | {name for name in listing_names() if name.startswith("person_")}


def furnished(shop: Shop) -> None:
    """A house, and one Chinese record in each listing that has none."""
    house = furnish(shop)
    house.book(FIRST_DAY, FIRST_DAY.replace(day=4), name="王伟")
    owner = shop.owner
    for kind, name in ((COMPANY, "锦程公司"), (SUPPLIER, "杭州批发")):
        save_folio(owner, None, version=0, kind=kind, name=name, limit=yuan("9"), uid=new_uid())
    save_department(owner, None, version=0, name="客房部", uid=new_uid())
    save_person(owner, None, name="王伟", uid=new_uid())
    save_category(owner, None, code="01", name="饮料", uid=new_uid())
    save_choice(owner, None, kind=LEVEL, name="普通会员", uid=new_uid())
    save_group(owner, None, name="华东", uid=new_uid())
    # The goods of the test's shop were put in by hand, without their sounds.
    save_goods(owner, None, code="0001", name="豆浆", price=yuan("2"), uid=new_uid())


def keys_found(session: Session, one: Listing, text: str) -> list[Any]:
    """What a picker shows when this is typed."""
    if one.search is not None:
        return one.search(text, 200)
    found = heard(session, one, View(text=text), None, forward=True, limit=200)
    return [line.key for line in found.lines]


def test_every_book_that_is_picked_from_is_found_by_pinyin(shop_on: Any, root: Path) -> None:
    shop = shop_on("sqlite")
    furnished(shop)
    session, silent = shop.owner, set()
    for name in sorted(picked_listings(root)):
        one = listing(name).for_picking()
        lines = page(session, one, View(), None, limit=50).lines
        named = [(line.key, str(line.values.get(each))) for line in lines for each in one.find]
        chosen = next(((key, text) for key, text in named if CHINESE.search(text)), None)
        if chosen is None:
            silent.add(name)
            continue
        key, text = chosen
        words = CHINESE.findall(text)[0]
        initials = "".join(lazy_pinyin(words, style=Style.FIRST_LETTER))
        for typed in (initials, "".join(lazy_pinyin(words)), initials.upper()):
            assert key in keys_found(session, one, typed), f"{name}: {text} by {typed}"
        assert key not in keys_found(session, one, "zzzz"), name
    assert silent == set(NO_NAMES)
    assert PersonChoice.select().count()


def test_every_list_that_is_chosen_from_finds_by_pinyin() -> None:
    rows = [("王伟", "201"), ("单雪梅", "202"), ("Lee", "203"), ("重庆小面", "")]
    columns = [Column("", 10, read=lambda row: row[0]), Column("", 5, read=lambda row: row[1])]
    pick = Pick("", columns, rows)
    wanted = {"ww": "王伟", "weiwang": "", "wangwei": "王伟", "sxm": "单雪梅", "shanxue": "单雪梅",
              "lee": "Lee", "cq": "重庆小面", "xiaomian": "重庆小面", "202": "单雪梅"}  # fmt: skip
    for typed, name in wanted.items():
        assert [row[0] for row in pick.found(typed)] == ([name] if name else []), typed


def test_nothing_else_narrows_a_list_by_what_is_typed(root: Path) -> None:
    listening = {
        str(path.relative_to(root))
        for path in (root / "tui").rglob("*.py")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name in ("on_edit_line_changed", "line_changed")
    }
    assert listening == set(LISTENING)


async def test_a_guest_is_picked_by_pinyin(at: Start) -> None:
    async with desk(at, lang="zh") as person:
        await person.see("201")
        await person.press("f7")
        await person.see("李娜")
        await person.type("wangwei")
        await person.see("李娜", gone=True)
        await person.see("王伟")
