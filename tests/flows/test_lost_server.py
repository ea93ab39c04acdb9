"""The database server goes away while somebody scans, and comes back: the counter does as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.ledger.proving.proof import verify
from tests.databases import own_server
from tests.flows.conftest import Counter
from tests.flows.counter_program import WATER, configure, make_floor
from tests.flows.till import Till, books_of

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(180), pytest.mark.row("NFR-13")]


def test_scanning_goes_on_when_the_server_is_back(tmp_path: Path, till: Counter) -> None:
    folder = tmp_path / "store"
    with own_server() as server:
        make_floor(folder, url=server.url)
        configure(folder, url=server.url)
        term: Till = till(folder)
        term.begin()
        term.scan(WATER)
        term.wait_total("2.00")
        server.stop()
        # What is scanned now is refused in words, each time, and nothing of it comes later.
        for _ in range(2):
            term.scan(WATER)
            term.see_flat(term.w("refusal.StoreLost", detail="")[:8], timeout_s=20)
            term.key("f12")
            term.calm()
        server.start()
        term.scan(WATER)
        term.wait_total("4.00")
        term.pay_exact()
        term.close()
        term.has_ended = True
        with books_of(folder, server.url):
            assert verify() == []
