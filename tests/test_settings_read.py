"""Every setting of config.toml has an effect: some code reads it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache

import pytest

from models.config import config_devices, config_sections
from models.config.config import Config
from tests.sources import trees

# These only check what stands in the file.
CHECKING = {"config.py", "config_sections.py", "config_devices.py", "config_rules.py"}
SECTIONS = {
    each.name: getattr(config_sections, str(each.type))
    for each in fields(Config)
    if hasattr(config_sections, str(each.type))
}
DEVICES = {"printer": config_devices.PRINTER, **config_devices.SINGLE}


@cache
def reading() -> tuple[ast.Module, ...]:
    """The sources that may use a setting."""
    return tuple(tree for path, tree in trees().items() if path.name not in CHECKING)


@cache
def read_settings() -> frozenset[tuple[str, str]]:
    """Section and key wherever one is read: `config.lock.idle_minutes`, or `lock.idle_minutes`
    where `lock` was taken from a section before.
    """
    return frozenset(pair for tree in reading() for pair in read_in(tree))


def read_in(tree: ast.Module) -> Iterator[tuple[str, str]]:
    names = {
        target.id: node.value.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Attribute)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            of = node.value
            section = of.attr if isinstance(of, ast.Attribute) else None
            if isinstance(of, ast.Name):
                section = names.get(of.id)
            if section:
                yield section, node.attr


@cache
def read_keys() -> frozenset[str]:
    """Texts that are looked up in a table: `tables.whole(table, "baud", 9600)`, `get("path")`."""
    calls = (node for tree in reading() for node in ast.walk(tree) if isinstance(node, ast.Call))
    return frozenset(
        arg.value
        for call in calls
        if isinstance(call.func, ast.Attribute)
        for arg in call.args
        if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
    )


@pytest.mark.parametrize("section", SECTIONS)
def test_each_setting_is_read(section: str) -> None:
    assert is_dataclass(SECTIONS[section])
    keys = [each.name for each in fields(SECTIONS[section])]
    assert keys
    assert [key for key in keys if (section, key) not in read_settings()] == []


@pytest.mark.parametrize("device", DEVICES)
def test_each_setting_of_a_device_is_read(device: str) -> None:
    assert [key for key in DEVICES[device] if key not in read_keys()] == []
