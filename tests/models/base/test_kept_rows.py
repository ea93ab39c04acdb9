"""What was read of rows is kept until they change: how that is seen is in one place."""

from __future__ import annotations

from pathlib import Path

from tests.sources import text

# Categories have no marks; nothing but their tree is read of them.
SEEN = {"models/base/watched_rows.py", "models/selling/promotion_rows.py"}


def test_nobody_else_judges_by_versions_whether_rows_changed(root: Path) -> None:
    """Their number and versions tell not that one came in the place of another."""
    found = {
        str(path.relative_to(root))
        for path in (root / "models").rglob("*.py")
        if 'sum("version")' in text(path) or 'max("mark")' in text(path)
    }
    assert found == SEEN
