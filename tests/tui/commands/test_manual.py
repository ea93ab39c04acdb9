"""The manual pages of the commands tell the truth."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.trades import REPORTS
from tests.tui.commands.conftest import Run
from tui.commands import usage
from tui.commands.place import Place, opened
from tui.demo import people

PAGES = ("en", "zh")


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, root: Path) -> str:
    return (root / "docs" / request.param / "commands.md").read_text(encoding="utf-8")


def test_every_command_and_report_is_there(page: str) -> None:
    for command in usage.COMMANDS:
        assert f"deskbell {command.name}" in page, command.name
    for kind in REPORTS:
        name = kind.name.removeprefix("takings-by")
        assert name in page, kind.name
        assert f"| {kind.right} |" in page


def test_every_demonstration_user_is_there(page: str) -> None:
    for person in (people.MANAGER, *people.STAFF):
        row = next(row for row in page.splitlines() if f"| `{person.login}` |" in row)
        assert f"`{person.password}`" in row
        assert person.pin in row
    assert people.OVERRIDE_PIN in page


def test_the_answers_of_the_manual_make_a_store(
    page: str, run: Run, tmp_path: Path, root: Path
) -> None:
    text = page.partition("```toml\n")[2].partition("```")[0]
    path = tmp_path / "answers.toml"
    path.write_text(text.replace('"..."', '"long enough"'), encoding="utf-8")
    assert run("--store", tmp_path / "new", "init", "--answers", path).status == 0
    with opened(Place(tmp_path / "new")):
        from models.trust import company

        assert company.name.value() == tomllib.loads(text)["store"]["name"]
