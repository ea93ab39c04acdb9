"""What a person reads as a time is the store's: the machine may stand in another zone."""

from __future__ import annotations

import re
from pathlib import Path

# What Python gives in the machine's zone when nobody names one.
OF_THE_MACHINE = re.compile(
    r"\.astimezone\(\)|\bdate\.today\(|\bdatetime\.(now|today)\(\)|\btime\.(localtime|strftime)\("
    r"|fromtimestamp\([^,()]*\)"
)


def test_no_time_on_screen_paper_or_in_a_file_name_is_the_machines(root: Path) -> None:
    found = {
        path.relative_to(root).as_posix()
        for folder in ("models", "receipts", "tui")
        for path in (root / folder).rglob("*.py")
        if OF_THE_MACHINE.search(path.read_text(encoding="utf-8"))
    }
    assert not found
