"""Installing and uninstalling, by the steps of the manual."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.tui.commands.conftest import write_answers

BIN = "Scripts" if sys.platform == "win32" else "bin"


@pytest.mark.long
@pytest.mark.row("SYS-38")
def test_the_wheel_installs_runs_and_uninstalls(root: Path, tmp_path: Path) -> None:
    """A new environment gets the wheel; what it needs is lent by the environment of the tests."""
    wheel = built(root, tmp_path)
    home = tmp_path / "program"
    _run(sys.executable, "-m", "venv", home)
    (site,) = (
        home.glob("lib/python*/site-packages") if BIN == "bin" else (home / "Lib/site-packages",)
    )
    # A path in a .pth file lends packages, but not the editable install of the sources.
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip = home / BIN / "pip"
    _run(pip, "install", "--no-deps", "--no-index", wheel)

    command, store = home / BIN / "deskbell", tmp_path / "shop"
    assert _run(command, "--version").startswith("Deskbell 0")
    _run(command, "--store", store, "init", "--answers", write_answers(tmp_path))
    assert _run(command, "--store", store, "verify") == "Everything holds.\n"
    assert _run(command, "--demo", "verify", data=tmp_path) == "Everything holds.\n"
    where = _run(home / BIN / "python", "-c", "import models; print(models.__file__)")
    assert str(home) in where, "the sources were run instead of what was installed"

    _run(pip, "uninstall", "--yes", "deskbell")
    assert not command.exists()
    assert (store / "store.db").exists(), "a store is never taken away with the program"


def built(root: Path, folder: Path) -> Path:
    _run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", folder, cwd=root)
    (wheel,) = folder.glob("*.whl")
    return wheel


def _run(*words: object, cwd: Path | None = None, data: Path | None = None) -> str:
    env = {**os.environ, "LANG": "en_GB.UTF-8", "LC_ALL": "en_GB.UTF-8", "PYTHONPATH": ""}
    if data is not None:
        env["XDG_DATA_HOME"] = str(data)
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd or Path.home(), env=env, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
