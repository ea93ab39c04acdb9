"""The golden slips: what each slip looks like, for eyes. `python -m tests.receipts.golden` writes
them anew; look at the difference before you commit it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from devices.profiles import PROFILES
from receipts.layout import layout
from receipts.text import text_of
from tests.receipts.slips import LANGUAGES, SLIPS

FOLDER = Path(__file__).with_name("golden")
WIDTHS = (32, 42, 48)


def slips() -> Iterator[tuple[str, str]]:
    """Name and text of each golden slip."""
    for kind, make in SLIPS.items():
        for columns in WIDTHS:
            for lang in LANGUAGES:
                profile = replace(PROFILES["80mm"], columns=columns)
                yield f"{kind}-{columns}-{lang}", text_of(layout(make(lang), profile))


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    for name, text in slips():
        (FOLDER / f"{name}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
