"""Imports and the screens of records call fields alike, in both languages; what is mistyped is
answered with a word that is near.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import models.store  # noqa: F401 - lists the trades
import tui.trades  # noqa: F401 - lists the rooms
from models.goods.goods import Goods
from models.imports.import_kind import ImportFieldUnknown, ImportKind, exported_kinds, kind_named
from models.trust.trades import declared
from receipts.words import Language, say
from tests.tui.commands.conftest import Run
from tui.commands.place import Place, opened
from tui.records.listings import listing

LANGUAGES: tuple[Language, ...] = ("zh", "en")
# Fields of an import that are another thing than the field of the form that is named like them.
OTHERS = {
    ("goods", "stock"): "the list shows what is there, the file brings what was there",
    ("cards", "number"): "a file has other numbers beside it, the list of cards has not",
    ("cards", "kind"): "the same: a file has other kinds beside it",
    ("cards", "bonus"): "the list shows what a card has, the file what it had",
}
# The listing whose form makes one by hand, where it is called otherwise.
LISTINGS = {"bookings": "stays", "points": "people"}
OWNER = ("--user", "1", "--password-stdin")


def kinds() -> list[ImportKind]:
    found = [kind_named(name) for name, _ in declared("imports")]
    assert {kind.name for kind in found} >= {"goods", "people"}
    return found


@pytest.mark.row("STK-03")
def test_a_field_is_named_as_its_form_names_it() -> None:
    seen = 0
    for kind in kinds():
        shown = listing(LISTINGS.get(kind.name, kind.name)).by_name
        for field in kind.fields:
            titles = [say(field.title, lang) for lang in LANGUAGES]
            assert [kind.field(title).name for title in titles] == [field.name] * 2
            if field.name in shown and (kind.name, field.name) not in OTHERS:
                labels = [say(shown[field.name].label, lang) for lang in LANGUAGES]
                assert labels == titles, f"{kind.name}.{field.name}"
                seen += 1
    assert seen > 30
    assert exported_kinds() == ["people", "goods"]


@settings(max_examples=40)
@given(some.text(max_size=12))
def test_something_near_is_always_offered(typed: str) -> None:
    for kind in kinds():
        titles = {field.title for field in kind.fields}
        try:
            kind.field(typed)
        except ImportFieldUnknown as refusal:
            assert refusal.fields["near"] in titles


@pytest.mark.parametrize(
    ("lang", "told"), [("zh_CN.UTF-8", ("售价", "品牌")), ("en_GB.UTF-8", ("Sale price", "Brand"))]
)
def test_commands_speak_as_the_screen_does(
    run: Run, shop: Path, tmp_path: Path, lang: str, told: tuple[str, str]
) -> None:
    (shop / "config.toml").unlink()
    price, brand = told
    path = tmp_path / "till.csv"
    path.write_text("货号,名称,甲\nK1,茶,山\nK2,米,水\n", encoding="utf-8")
    words = ("--store", shop, "import", "goods", path, *OWNER)
    said = run(*words, "--map", "甲=brandt", typed="correct horse\n", lang=lang)
    assert said.status == 1 and brand in said.err and "brandt" in said.err
    said = run(*words, "--map", "乙=brand", typed="correct horse\n", lang=lang)
    assert said.status == 1 and "甲" in said.err, "a heading of the file that is near"
    said = run(*words, "--dry-run", typed="correct horse\n", lang=lang)
    assert price in said.out, "the field that a refused row lacks"
    given_words = ("--map", f"甲={brand}", "--default", f"{price}=2.50")
    said = run(*words, *given_words, "--json", typed="correct horse\n", lang=lang)
    assert said.status == 0, said.err
    with opened(Place(shop)):
        made = Goods.get(Goods.code == "K2")
        assert (made.brand, str(made.price)) == ("水", "2.50")
        Goods.update(version=2).where(Goods.code == "K2").execute()
    undo = ("--store", shop, "import", "goods", "--undo", said.json["run"], *OWNER)
    undone = run(*undo, typed="correct horse\n", lang=lang)
    assert undone.status == 1, "what was changed since stays"
    assert "K2 米" in undone.err and str(made.key) not in undone.out + undone.err
