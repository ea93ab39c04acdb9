"""Refusals that little else meets."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import tui.trades  # noqa: F401 - lists the rooms
from models.config import config_text
from models.config.config import ConfigControlSign, ConfigTooDeep, read_config
from models.config.config_rules import ConfigPasswordShown
from models.hotel.rooms.rooms import Room
from models.imports import import_plan
from models.listings.listings import Field, Link
from models.stock.goods_import import GOODS
from tui.records.forms.form_boxes import Boxes, NothingFound
from tui.records.tree import BranchNotChosen, TreeListScreen


async def _nothing(*args: Any) -> list[Any]:
    return []


def test_a_configuration_that_is_too_deep(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("x = " + "[" * 20_000, encoding="utf-8")
    with pytest.raises(ConfigTooDeep):
        read_config(tmp_path)


@pytest.mark.parametrize(
    "line",
    ['[printer.a]\nconnect = "file"\npath = "a\\u0000b"', '[database]\nurl = "x\\u001by"',
     '[keys]\n"a\\u0000" = "f2"', '[paper]\nlines = [["a\\u009b"]]'],
)  # fmt: skip
def test_a_control_character_in_the_configuration(tmp_path: Path, line: str) -> None:
    """A path with a NUL once ended the doctor and the counter with a mistake of the program."""
    (tmp_path / "config.toml").write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(ConfigControlSign):
        read_config(tmp_path)


def test_a_password_in_the_configuration(tmp_path: Path) -> None:
    text = '[database]\nurl = "postgresql://u:secret@server/deskbell"\n'
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigPasswordShown):
        read_config(tmp_path)


def test_a_configuration_that_cannot_be_changed() -> None:
    with pytest.raises(config_text.ConfigNotChanged):
        config_text._parsed("x = [", "config.toml")


def test_a_decimal_sign_that_is_none() -> None:
    with pytest.raises(import_plan.DecimalUnknown):
        import_plan._named(GOODS, import_plan.How(decimal=";"))


def test_nothing_has_the_typed_name() -> None:
    form: Any = SimpleNamespace(in_books=_nothing, desk=SimpleNamespace(session=None))
    field = Field("room", "Room", "link", link=Link("rooms", Room, shown="number"))
    with pytest.raises(NothingFound):
        asyncio.run(Boxes(form)._linked(field, "x"))


def test_no_branch_is_chosen() -> None:
    listing = SimpleNamespace(title="Categories")
    screen: Any = SimpleNamespace(is_in_tree=True, _branch=None, tree_listing=listing)
    with pytest.raises(BranchNotChosen):
        asyncio.run(TreeListScreen.do_drop_record(screen))
