"""The list of devices: every way to connect one has words."""

from __future__ import annotations

import pytest

from models.config import config_devices
from receipts.words import say
from tui.office.connections import WAYS, where_of


def test_every_way_of_connecting_has_words() -> None:
    tables = [rows for rows in vars(config_devices).values() if isinstance(rows, dict)]
    rules = [rows["connect"] for rows in tables if "connect" in rows]
    assert len(rules) >= 4
    ways = {way for rule in rules for way in rule.allowed}
    assert ways <= WAYS.keys()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_device_says_where_it_is(lang: str) -> None:
    from tui.desk import words

    before = words.language()
    words.speak(lang)  # type: ignore[arg-type]
    try:
        shown = where_of({"connect": "tcp", "host": "192.168.1.50", "port": 9100})
    finally:
        words.speak(before)
    assert shown == f"{say('network', lang)} 192.168.1.50:9100"  # type: ignore[arg-type]
