"""The manual's pages of keys say what the key map says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.manual import keys_page


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_of_keys_is_up_to_date(root: Path, lang: str) -> None:
    page = (root / "docs" / lang / "keys.md").read_text(encoding="utf-8")
    assert page == keys_page(lang), "run: make manual"  # type: ignore[arg-type]


def test_every_command_with_a_key_is_on_the_page() -> None:
    from tui.desk.keys import KeyMap

    page = keys_page("en")
    missing = [
        row.id for row in KeyMap.shipped().commands.values() if row.keys and row.help not in page
    ]
    assert not missing
