"""How the cells of the rack stand in a window."""

from __future__ import annotations

import pytest

from tui.hotel.rooms.rack_cells import layout


@pytest.mark.parametrize(
    ("rooms", "size", "shown"),
    [
        # Four floors of ten: as few rows as names need, where the screen has rows enough.
        ((10, 4), (80, 24), (5, 14)), ((10, 4), (132, 24), (10, 11)),
        ((10, 4), (132, 43), (5, 16)), ((25, 40), (132, 43), (13, 8)),
    ],
)  # fmt: skip
def test_a_high_screen_shows_whole_names(
    rooms: tuple[int, int], size: tuple[int, int], shown: tuple[int, int]
) -> None:
    each, floors = rooms
    assert layout(each, size[0], floors=floors, height=size[1] // 2 - 5) == shown
