"""A store of a chain: its number is in every row and in every hash, and a file says it itself."""

from __future__ import annotations

from pathlib import Path

from models import store
from models.base import database
from models.base.hot import query
from models.ledger.proving.proof import verify
from models.trust import sign_in
from models.trust.founding import Founding
from models.trust.operation import open_day
from tests.stores import FIRST_DAY, PASSWORD


def test_a_second_store_keeps_its_number(store_url: str, tmp_path: Path) -> None:
    founding = Founding(
        name="二店", owner_login="owner", owner_name="王", owner_password=PASSWORD,
        first_day=FIRST_DAY, store=2,
    )  # fmt: skip
    store.found_store(store_url, tmp_path / "keys", founding)
    store.close_store()

    store.open_store(store_url, tmp_path / "keys", register=1, store=2)
    try:
        sign_in.sign_in(1, "owner", PASSWORD)
        assert database.store_number() == 2
        assert open_day(2) == FIRST_DAY
        assert query('SELECT DISTINCT "store" FROM "audit"') == [(2,)]
        assert not verify()
    finally:
        store.close_store()


def test_a_file_says_its_own_number(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    founding = Founding(
        name="三店", owner_login="owner", owner_name="王", owner_password=PASSWORD,
        first_day=FIRST_DAY, store=3,
    )  # fmt: skip
    store.found_store(url, tmp_path / "keys", founding)
    store.close_store()
    store.open_store(url, tmp_path / "keys", register=1)
    assert database.store_number() == 3
    store.close_store()
