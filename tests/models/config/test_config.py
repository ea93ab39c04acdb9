"""config.toml: the shipped values, the store's own on top, and a sentence for each wrong one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.config import config, config_devices, config_sections
from models.config.config import Config, read_config
from models.config.config_rules import ConfigRefusal

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the store's config.toml and gives the store's folder."""

    def write_text(text: str) -> Path:
        (tmp_path / "config.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write_text


def refused(folder: Path) -> ConfigRefusal:
    with pytest.raises(ConfigRefusal) as caught:
        read_config(folder)
    return caught.value


def test_shipped_values_hold_without_a_file(tmp_path: Path) -> None:
    found = read_config(tmp_path)
    assert found.register.number == 1
    assert found.register.trades == ()
    assert found.languages.screen == "zh"
    assert found.schedule.backup == time(2, 10)
    assert found.schedule.close_day is None
    assert found.drawer is None
    assert found.database.url == f"sqlite:///{tmp_path / 'store.db'}"
    assert found.printers["receipt"]["path"] == str(tmp_path / "slips/receipt.bin")


def test_the_store_changes_single_keys(write: Write) -> None:
    found = read_config(write('[ui]\ntheme = "mono"\n[register]\nnumber = 3\n'))
    assert (found.ui.theme, found.ui.key_map) == ("mono", "deskbell")
    assert found.register.number == 3


def test_a_device_is_replaced_as_a_whole(write: Write) -> None:
    found = read_config(
        write(
            '[scanner]\nconnect = "serial"\nport = "COM3"\n'
            '[printer.receipt]\nconnect = "tcp"\nhost = "10.0.0.9"\nport = 9100\n'
            '[drawer]\nconnect = "printer"\nprinter = "receipt"\n'
        )
    )
    assert found.scanner == {"connect": "serial", "port": "COM3"}
    assert found.printers["receipt"] == {"connect": "tcp", "host": "10.0.0.9", "port": 9100}
    assert found.drawer == {"connect": "printer", "printer": "receipt"}


def test_slips_name_their_printers(write: Write) -> None:
    found = read_config(
        write('[printer.office]\nconnect = "memory"\n[paper.slips]\nz = "office"\nx = "screen"\n')
    )
    assert [found.printer_for(kind) for kind in ("z", "x", "sale")] == [
        "office",
        "screen",
        "receipt",
    ]


def test_keys_are_handed_on(write: Write) -> None:
    found = read_config(write('[keys]\npay = "f9"\nhold = ["f5", "ctrl+h"]\n'))
    assert found.keys == {"pay": ("f9",), "hold": ("f5", "ctrl+h")}


def test_what_was_read_cannot_be_changed(tmp_path: Path) -> None:
    found = read_config(tmp_path)
    with pytest.raises(FrozenInstanceError):
        found.register.number = 2  # type: ignore[misc]
    with pytest.raises(TypeError):
        found.printers["receipt"]["columns"] = 32  # type: ignore[index]


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    # Notepad writes one.
    (tmp_path / "config.toml").write_bytes(b"\xef\xbb\xbf[register]\r\nnumber = 7\r\n")
    assert read_config(tmp_path).register.number == 7


@pytest.mark.parametrize(
    ("text", "code", "key", "given_fields"),
    [
        ("[ui]\nsound = 1", "ConfigNotFlag", "ui.sound", {"value": 1}),
        ("[register]\nnumber = true", "ConfigNotWhole", "register.number", {"lowest": 1}),
        ("[register]\nnumber = 0", "ConfigNotWhole", "register.number", {"highest": 8_388_607}),
        ('[ui]\nmessage_s = "5"', "ConfigNotNumber", "ui.message_s", {"lowest": 1}),
        ("[ui]\nmessage_s = nan", "ConfigNotNumber", "ui.message_s", {"highest": 60}),
        ('[paper]\nprinter = ""', "ConfigNotText", "paper.printer", {"shortest": 1}),
        ('[ui]\ntheme = "Dark"', "ConfigNotOneOf", "ui.theme", {"value": "Dark"}),
        (
            '[drawer]\nconnect = "none"\npin = true',
            "ConfigNotOneOf",
            "drawer.pin",
            {"allowed": "2, 5"},
        ),
        ('[display]\nconnect = "tcp"\nport = 0', "ConfigNotWhole", "display.port", {"value": 0}),
        ("[register]\ntrades = 1", "ConfigNotList", "register.trades", {}),
        ('[register]\ntrades = ["shop", "shop"]', "ConfigNotList", "register.trades", {}),
        ('[register]\ntrades = [["shop"]]', "ConfigNotList", "register.trades", {}),
        ('[schedule]\nbackup = "2:10"', "ConfigNotTime", "schedule.backup", {"value": "2:10"}),
        ("[schedule]\nbackup = 02:10:00", "ConfigNotTime", "schedule.backup", {}),
        ("[keys]\npay = 9", "ConfigNotKeys", "keys.pay", {"value": 9}),
        ('[database]\nurl = "mysql://a/b"', "ConfigNotDatabase", "database.url", {}),
        ('[database]\nurl = "postgresql://[::1"', "ConfigNotDatabase", "database.url", {}),
        ('[database]\nurl = "postgresql://u:p@h/b"', "ConfigPasswordShown", "database.url", {}),
        ('[backup]\nage_key = "age1"', "ConfigNotAgeKey", "backup.age_key", {}),
        ("[ui]\nthema = 1", "ConfigMisspeltKey", "ui.thema", {"nearest": "ui.theme"}),
        ("[printr.a]\nb = 1", "ConfigMisspeltKey", "printr", {"nearest": "printer"}),
        ("qqqq = 1", "ConfigUnknownKey", "qqqq", {}),
        ("scanner = 1", "ConfigNotTable", "scanner", {}),
        ("[printer]\nbar = 1", "ConfigNotTable", "printer.bar", {}),
        ("[paper]\nslips = 1", "ConfigNotTable", "paper.slips", {}),
        ("[drawer]\npin = 2", "ConfigMissingKey", "drawer.connect", {}),
        ("[printer.a]\n", "ConfigMissingKey", "printer.a.connect", {}),
        (
            '[paper]\nprinter = "front"',
            "ConfigUnknownPrinter",
            "paper.printer",
            {"allowed": "receipt, screen, none"},
        ),
        ('[paper.slips]\nz = "a"', "ConfigUnknownPrinter", "paper.slips.z", {"value": "a"}),
        ('[drawer]\nconnect = "printer"', "ConfigUnknownPrinter", "drawer.printer", {}),
    ],
)
def test_a_wrong_value_is_refused_by_name(
    write: Write, text: str, code: str, key: str, given_fields: dict[str, Any]
) -> None:
    folder = write(text)
    refusal = refused(folder)
    assert (refusal.code, refusal.fields["key"]) == (code, key)
    assert refusal.fields["file"] == str(folder / "config.toml")
    assert given_fields.items() <= refusal.fields.items()
    assert refusal.others == ()


def test_every_wrong_key_is_told_at_once(write: Write) -> None:
    refusal = refused(write("[ui]\nthema = 1\nsound = 2\n[lock]\nidle_minutes = -1\n[x]\ny = 1\n"))
    assert {each.fields["key"] for each in refusal.all} == {
        "ui.thema",
        "ui.sound",
        "lock.idle_minutes",
        "x",
    }


def test_what_is_no_toml_names_the_line(write: Write) -> None:
    refusal = refused(write("[ui]\ntheme = \n"))
    assert refusal.code == "ConfigNotToml"
    assert "line 2" in refusal.fields["reason"]


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes("[ui]\n# 柜铃\n".encode("gbk"))
    assert refused(tmp_path).code == "ConfigNotToml"


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    assert refused(tmp_path).code == "ConfigUnreadable"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_text_breaks_the_reading(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "config.toml").write_text(text, encoding="utf-8")
    try:
        assert isinstance(read_config(folder), Config)
    except ConfigRefusal as refusal:
        assert all({"file"} <= each.fields.keys() for each in refusal.all)


@given(
    section=st.sampled_from(["store", "ui", "paper", "printer.receipt", "scanner", "drawer"]),
    value=st.one_of(
        st.booleans().map(lambda flag: str(flag).lower()),
        st.integers(-(2**63), 2**63 - 1).map(str),
        st.floats(allow_nan=True).map(lambda number: repr(number)),
        st.sampled_from(['""', '"x"', "[]", "{}", "[1]", "2026-01-01", "07:32:00"]),
    ),
    data=st.data(),
)
def test_no_value_breaks_the_reading(
    tmp_path_factory: pytest.TempPathFactory, section: str, value: str, data: st.DataObject
) -> None:
    keys = ["number", "theme", "sound", "message_s", "printer", "port", "columns", "path"]
    key = data.draw(st.sampled_from([*keys, "connect", "bits"]))
    folder = tmp_path_factory.mktemp("any")
    (folder / "config.toml").write_text(f"[{section}]\n{key} = {value}\n", encoding="utf-8")
    try:
        read_config(folder)
    except ConfigRefusal as refusal:
        assert all({"file", "key"} <= each.fields.keys() for each in refusal.all)


def test_the_shipped_file_gives_and_explains_every_setting(root: Path) -> None:
    """Each key stands in the file, after a comment in English and one in Chinese."""
    text = (root / "config.toml").read_text(encoding="utf-8")
    for section in (each for each in vars(config_sections).values() if isinstance(each, type)):
        for key in config_sections.rules_of(section) if hasattr(section, "__slots__") else ():
            assert re.search(rf"\b{key}\b", text), f"{section.__name__}.{key} is not in config.toml"
    for block in re.findall(r"((?:^#.*\n)+)((?:^\w+ = .*\n)+)", text, re.MULTILINE):
        assert re.search("[\u4e00-\u9fff]", block[0]), f"no Chinese above {block[1]}"


def test_the_shipped_file_names_every_key_of_a_device(root: Path) -> None:
    text = (root / "config.toml").read_text(encoding="utf-8")
    tables = {"printer": config_devices.PRINTER, **config_devices.SINGLE}
    missing = [
        f"{name}.{key}"
        for name, keys in tables.items()
        for key in keys
        if not re.search(rf"\b{key}\b", text)
    ]
    assert not missing


def test_the_store_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DESKBELL_STORE", raising=False)
    assert config.store_folder().name == "store"
    monkeypatch.setenv("DESKBELL_STORE", str(tmp_path))
    assert config.store_folder() == tmp_path
    assert config.store_folder(demo=True).name == "demo"
