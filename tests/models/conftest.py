"""Fixture `taken`: imports a text as a file of the shop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.imports.import_plan import plan_import
from models.imports.imports import run_import
from models.sheets.sheets import read_sheet
from models.stock.goods_import import GOODS
from models.trust.operation import Session
from tests.models.stock.imported import Told
from tests.stores import Shop


@pytest.fixture
def taken(shop: Shop, tmp_path: Path) -> Callable[..., Told]:
    """Imports a text as a file of the shop."""

    def take(
        text: str | Path,
        *,
        dry_run: bool = False,
        session: Session | None = None,
        encoding: str = "utf-8",
        **how: Any,
    ) -> Told:
        path = text if isinstance(text, Path) else tmp_path / "goods.csv"
        if isinstance(text, str):
            path.write_bytes(text.encode(encoding))
        plan = plan_import(GOODS, read_sheet(path), **how)
        return Told(run_import(session or shop.manager, plan, dry_run=dry_run))

    return take
