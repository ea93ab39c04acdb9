"""`deskbell night-audit`: asks nobody, says what it did, stops where a person must answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.commands.conftest import Run


@pytest.mark.row("HTL-29")
def test_the_audit_that_asks_is_done_at_the_counter(run: Run, demo: Path) -> None:
    said = run("--store", demo, "night-audit")
    assert said.status == 3
    assert "--unattended" in said.err


def test_a_date_that_has_turned_is_left_alone_and_open_shifts_refuse(run: Run, demo: Path) -> None:
    words = ("--store", demo, "night-audit", "--unattended", "--user", "1", "--password-stdin")
    said = run(*words, "--date", "2020-01-01", typed="demo-manager\n")
    assert (said.status, said.out, said.err) == (0, "", "")
    said = run(*words, typed="wrong\n")
    assert said.status == 1
    assert not said.out
