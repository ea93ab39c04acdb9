"""How fields are drawn: by kind, by name, by the field's own look; models know nothing of it."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

import tests.trades  # noqa: F401 - lists the trades
from models.listings.listings import Field
from tui.records.listings import listing, listing_names
from tui.records.looks import Look, box_of, drop_of, is_beside, width_of


def all_four(field: Field) -> tuple[int, int, int, bool]:
    return width_of(field), box_of(field), drop_of(field), is_beside(field)


@pytest.mark.parametrize(
    ("field", "drawn"),
    [
        (Field("note", "Note"), (12, 12, 0, False)),
        (Field("name", "Name"), (30, 30, 0, False)),
        (Field("pinyin", "Initials"), (12, 12, 2, False)),
        (Field("room", "Room", "link"), (10, 16, 0, False)),
        (Field("room", "Room", "link", look=Look(6)), (6, 6, 0, False)),
        (Field("room", "Room", "link", look=Look(drop=3, is_beside=True)), (10, 16, 3, True)),
        (Field("note", "Note", look=Look(0, box=50, drop=1)), (0, 50, 1, False)),
    ],
)
def test_a_field_is_drawn_as_its_kind_its_name_or_itself_says(
    field: Field, drawn: tuple[int, int, int, bool]
) -> None:
    assert all_four(field) == drawn


def test_no_field_says_again_what_its_kind_says() -> None:
    for name in listing_names():
        one = listing(name)
        for field in (*one.fields, *(one.grid.fields if one.grid else ())):
            bare = replace(field, look=None)
            assert field.look is None or all_four(field) != all_four(bare), (name, field.name)


def test_models_know_no_cells() -> None:
    assert not {each.name for each in fields(Field)} & {"width", "box", "drop", "is_beside"}
