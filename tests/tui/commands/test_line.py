"""The command line itself: usage, languages, exit status, and never a trace."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from tests.tui.commands.conftest import Run
from tui.commands import usage
from tui.commands.main import main, parse


def test_each_command_has_help_in_both_languages(run: Run) -> None:
    for command in usage.COMMANDS:
        english = run(command.name, "--help", lang="en_GB.UTF-8")
        chinese = run(command.name, "--help", lang="zh_CN.UTF-8")
        assert (english.status, chinese.status) == (0, 0)
        assert english.out.startswith(f"Usage: deskbell {command.name}")
        assert chinese.out.startswith(f"用法： deskbell {command.name}")
        assert english.out.isascii()


@pytest.mark.parametrize("command", usage.COMMANDS, ids=lambda command: command.name)
def test_each_command_has_its_module(command: usage.Command) -> None:
    module = __import__(usage.module_of(command.name), fromlist=["run"])
    assert callable(module.run)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["frob"], "'frob'"),
        (["verify", "--frob"], "--frob"),
        (["report", "stock", "--from", "yesterday"], "'yesterday'"),
        (["report", "stock", "--format", "doc"], "'doc'"),
        (["restore"], "required"),
        (["--demo", "--store", "x", "verify"], "not allowed"),
        (["queue", "again", "seven"], "'seven'"),
    ],
)
def test_wrong_usage_is_one_sentence_and_status_2(run: Run, words: list[str], told: str) -> None:
    said = run(*words)
    assert said.status == 2
    assert told in said.err
    assert said.err.count("\n") == 1
    assert "--help" in said.err


def test_wrong_usage_in_chinese(run: Run) -> None:
    said = run("frob", lang="zh_CN.UTF-8")
    assert said.err.startswith("参数 命令：不能是 'frob'，可选：")


def test_version(run: Run) -> None:
    said = run("--version")
    assert (said.status, said.out) == (0, f"Deskbell {metadata.version('deskbell')}\n")


def test_a_hostile_word_is_harmless(run: Run) -> None:
    said = run("\x1b]0;owned\x07\x1b[2J")
    assert said.status == 2
    assert "\x1b" not in said.err


def test_the_language_of_the_store_wins(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[languages]\nscreen = "zh"\n', encoding="utf-8")
    assert "没有店铺" in run("--store", tmp_path, "verify").err


@pytest.mark.parametrize(
    ("lang", "starts"),
    [("zh_CN.UTF-8", "用法"), ("en_US", "Usage"), ("C", "用法"), ("", "用法"), ("de_DE", "Usage")],
)
def test_the_language_of_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, lang: str, starts: str
) -> None:
    monkeypatch.setenv("LANG", lang)
    assert run("--help").out.startswith(starts)


def test_a_folder_without_a_store(run: Run, tmp_path: Path) -> None:
    said = run("--store", tmp_path, "verify")
    assert said.status == 1
    assert said.err.count("\n") == 1
    assert "deskbell init" in said.err
    assert not list(tmp_path.iterdir()), "a command that refused left something behind"


@pytest.mark.row("SYS-17")
def test_every_fault_of_config_is_told_by_name(run: Run, shop: Path) -> None:
    text = (
        '[languages]\nscreen = "en"\n[ui]\ntheme = "pink"\nsoudn = true\n[printr.x]\nconnect = 1\n'
    )
    (shop / "config.toml").write_text(text, encoding="utf-8")
    said = run("--store", shop, "verify")
    assert said.status == 1
    lines = said.err.splitlines()
    assert len(lines) == 3
    assert any("ui.theme" in line and "dark" in line for line in lines)
    assert any("ui.sound" in line for line in lines)
    assert any("printer" in line for line in lines)


@pytest.mark.row("SYS-17")
def test_config_that_is_no_toml(run: Run, shop: Path) -> None:
    (shop / "config.toml").write_text("[ui\n", encoding="utf-8")
    said = run("--store", shop, "verify")
    assert said.status == 1
    assert "config.toml" in said.err
    assert "Traceback" not in said.err


def test_a_bug_is_a_sentence_and_in_the_log(
    run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise ZeroDivisionError("secret 123")

    monkeypatch.setattr("tui.commands.verify.run", broken)
    said = run("--store", shop, "verify")
    assert said.status == 1
    assert "Traceback" not in said.err
    assert said.err.count("\n") == 1
    log = (shop / "logs" / "deskbell.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log


def test_ctrl_c_is_a_sentence(run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("tui.commands.verify.run", stopped)
    said = run("--store", shop, "verify")
    assert (said.status, said.err) == (1, "Stopped.\n")


def test_the_open_counter_holds_the_store(run: Run, shop: Path) -> None:
    held = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time\n"
            "from pathlib import Path\n"
            "from tui.commands.place import Place\n"
            "Place(Path(sys.argv[1])).open()\n"
            "print('open', flush=True)\n"
            "time.sleep(30)\n",
            str(shop),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert held.stdout is not None
        assert held.stdout.readline() == "open\n"
        said = run("--store", shop, "verify")
    finally:
        held.kill()
        held.wait()
    assert said.status == 1
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err


def test_as_a_program(shop: Path) -> None:
    """The command as it is installed, or its module."""
    done = subprocess.run(
        [sys.executable, "-m", "tui.commands.main", "--store", str(shop), "verify", "--json"],
        capture_output=True,
        text=True,
        env={**os.environ, "LANG": "en_GB.UTF-8"},
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


def test_whoever_reads_us_may_go(shop: Path) -> None:
    script = f'"{sys.executable}" -m tui.commands.main --store "{shop}" --help | true'
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_the_counter_needs_a_terminal(run: Run, shop: Path) -> None:
    said = run("--store", shop)
    assert said.status == 3
    assert "terminal" in said.err
    assert said.err.count("\n") == 1


def test_main_gives_a_status_and_never_leaves(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert main(["frob"]) == 2


def test_the_counter_waits_for_no_words_of_other_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit):
        parse(["--store", "x", "--demo"])
    monkeypatch.setattr(usage, "parser_for", None)
    assert vars(parse(["--store", "x"])) == {"store": Path("x"), "demo": False, "command": None}
    assert vars(parse(["--demo"])) == {"store": None, "demo": True, "command": None}


def test_parse_leaves_on_a_wrong_line() -> None:
    with pytest.raises(SystemExit) as end:
        parse(["frob"])
    assert end.value.code == 2
