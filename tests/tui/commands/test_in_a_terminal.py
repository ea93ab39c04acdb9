"""The commands as a person at a terminal meets them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tests.tui.commands.conftest import write_answers
from tui.demo.people import MANAGER

COMMAND = (sys.executable, "-m", "tui.commands.main")


def environment(folder: Path, lang: str = "en_GB.UTF-8") -> dict[str, str]:
    return {**os.environ, "LANG": lang, "LC_ALL": lang, "XDG_DATA_HOME": str(folder)}


@pytest.mark.terminal
@pytest.mark.row("SYS-29")
def test_the_demonstration_opens_and_shows_its_users(finished_demo: Path, tmp_path: Path) -> None:
    shutil.copytree(finished_demo, tmp_path / "deskbell" / "demo")
    with Terminal([*COMMAND, "--demo"], env=environment(tmp_path, "zh_CN.UTF-8")) as term:
        term.wait(MANAGER.password, timeout_s=20)
        assert "演示" in term.text()


@pytest.mark.terminal
@pytest.mark.row("SYS-29")
def test_the_demonstration_is_made_with_progress(tmp_path: Path) -> None:
    with Terminal([*COMMAND, "--demo", "verify"], env=environment(tmp_path)) as term:
        term.wait("%", timeout_s=20)
        term.wait("Everything holds.", timeout_s=40)
        assert "#" not in term.text(), "the bar takes itself away"


@pytest.mark.terminal
def test_doctor_asks_the_terminal_how_wide_it_draws(tmp_path: Path) -> None:
    with Terminal([*COMMAND, "doctor"], env=environment(tmp_path)) as term:

        def answer(data: str) -> None:
            os.write(term.fd, data.encode())

        term.screen.write_process_input = answer  # type: ignore[method-assign]
        term.wait("Clock", timeout_s=20)
        assert "lines 1, Chinese characters 2 cells wide" in term.text()
        assert "80 x 24" in term.text()
        term.wait("scanner", timeout_s=20)
        starts = ("ok", "->", "!!", " " * 20)
        assert not [line for line in term.lines() if line.strip() and not line.startswith(starts)]


@pytest.mark.terminal
def test_a_password_is_asked_and_not_shown(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    words = ["--store", str(folder), "init", "--answers", str(write_answers(tmp_path))]
    subprocess.run([*COMMAND, *words], check=True, capture_output=True)
    line = [*COMMAND, "--store", str(folder), "report", "trial-balance"]
    with Terminal(line, env=environment(tmp_path)) as term:
        term.wait("User:", timeout_s=20)
        term.send("1\r")
        term.wait("Password:")
        term.send("correct horse\r")
        term.wait("Trial balance", timeout_s=20)
        assert "correct" not in term.text()


@pytest.mark.terminal
@pytest.mark.row("SYS-17")
def test_a_key_that_two_commands_want_is_told(finished_demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "deskbell" / "demo"
    shutil.copytree(finished_demo, folder)
    with (folder / "config.toml").open("a", encoding="utf-8") as file:
        file.write('\n[keys]\nfrobnicate = "f9"\n')
    with Terminal([*COMMAND, "--demo"], env=environment(tmp_path)) as term:
        term.wait("frobnicate", timeout_s=20)
        assert "config.toml" in term.text()
        assert "Traceback" not in term.text()


CRASH = """
import sys
from tui.people.sign_in import Welcome
from tui.commands import main

def drawn(self, y):
    raise ValueError("typed by somebody")

Welcome.render_line = drawn
status = main.main(["--store", sys.argv[1]])
print("status", status)
"""


@pytest.mark.terminal
@pytest.mark.row("SYS-17")
def test_a_crash_ends_with_its_status_and_leaves_its_trace(tmp_path: Path) -> None:
    """Where it came from stands in the log; what somebody typed stands nowhere."""
    folder = tmp_path / "shop"
    words = ["--store", str(folder), "init", "--answers", str(write_answers(tmp_path))]
    subprocess.run([*COMMAND, *words], check=True, capture_output=True)
    line = [sys.executable, "-c", CRASH, str(folder)]
    with Terminal(line, env=environment(tmp_path)) as term:
        term.wait("status 1", timeout_s=20)
        assert "(ValueError)" in term.text() and "logs/" in term.text()
        assert b"typed by somebody" not in term.raw and b"Traceback" not in term.raw
    log = (folder / "logs" / "deskbell.log").read_text(encoding="utf-8")
    assert "in drawn" in log and "ValueError" in log and "typed by somebody" not in log
