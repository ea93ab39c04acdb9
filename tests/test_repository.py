"""What holds for every file that is checked in."""

from __future__ import annotations

import importlib
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

LONGEST_FILE = 450
# A longer file is one subject that would read worse in two; each with its reason.
LONG_FILES: dict[str, str] = {}

# Lock files and catalogues are made by tools; data of tests is as it came.
CODE_ENDINGS = (".py", ".tcss")
BINARY_ENDINGS = (".mo", ".png", ".bin", ".db", ".gz", ".xlsx", ".pdf", ".ico")

# A path of somebody's machine; /dev and /etc are the same everywhere.
MACHINE_PATH = re.compile(r"(?<![\w.~:/-])/(?:work|tmp|root|home|Users|opt|mnt)/[\w.-]+")
# The tests of paths name such paths on purpose.
MAY_NAME_PATHS = {"tests/test_repository.py"}

REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|--(?:extra-)?index-url|--find-links|--trusted-host"
    r"|files\.\w+\.\w+/packages|registry\.npmjs|proxy\.golang"
)
MAY_NAME_REGISTRIES = {"tests/test_repository.py"}

SHELL_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def tracked(root: Path) -> list[Path]:
    """Every file under version control that is still there."""
    if not shutil.which("git") or not (root / ".git").exists():
        pytest.skip("needs a git checkout")
    run = subprocess.run(
        ["git", "-c", "core.quotepath=off", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=root,
        capture_output=True,
        check=True,
    )
    names = run.stdout.decode().split("\0")
    return [root / name for name in names if name and (root / name).is_file()]


def texts(files: list[Path], root: Path) -> Iterator[tuple[str, str]]:
    for path in files:
        if path.suffix not in BINARY_ENDINGS:
            name = path.relative_to(root).as_posix()
            yield name, path.read_text(encoding="utf-8", errors="replace")


def lines_with(pattern: re.Pattern[str], name: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        if found := pattern.search(line):
            yield f"{name}:{number}: {found.group()}"


def test_no_path_of_a_machine(tracked: list[Path], root: Path) -> None:
    found = [
        hit
        for name, text in texts(tracked, root)
        if name not in MAY_NAME_PATHS
        for hit in lines_with(MACHINE_PATH, name, text)
    ]
    assert not found, "\n".join(found)


def test_no_address_of_a_registry(tracked: list[Path], root: Path) -> None:
    found = [
        hit
        for name, text in texts(tracked, root)
        if name not in MAY_NAME_REGISTRIES
        for hit in lines_with(REGISTRY, name, text)
    ]
    assert not found, "\n".join(found)


def test_files_are_short(tracked: list[Path], root: Path) -> None:
    sizes = {
        name: len(text.splitlines())
        for name, text in texts(tracked, root)
        if name.endswith(CODE_ENDINGS)
    }
    too_long = [
        f"{name}: {lines} lines, at most {LONGEST_FILE}"
        for name, lines in sizes.items()
        if lines > LONGEST_FILE and name not in LONG_FILES
    ]
    assert not too_long, "\n".join(too_long)
    needless = [name for name in LONG_FILES if sizes.get(name, 0) <= LONGEST_FILE]
    assert not needless, f"short enough now: {needless}"


def test_changelog_says_what_is_unreleased(root: Path) -> None:
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## Unreleased$", text, re.MULTILINE)


def test_versions_agree(root: Path) -> None:
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    found = re.search(r'^version = "(.+)"', text, re.MULTILINE)
    assert found
    released = re.findall(
        r"^## (\d\S*)", (root / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert not released or released[0] == found.group(1)


def test_locked_versions_agree_and_have_hashes(root: Path) -> None:
    locks = {path.name: locked(path) for path in (root / "requirements").glob("*.txt")}
    assert set(locks) == {"run.txt", "postgres.txt", "dev.txt"}
    assert locks["run.txt"].items() <= locks["postgres.txt"].items() <= locks["dev.txt"].items()


def locked(path: Path) -> dict[str, str]:
    """Name and exact version of each requirement; every one must have a hash."""
    entries = re.split(r"\n(?=\S)", path.read_text(encoding="utf-8").strip())
    bare = [entry for entry in entries if "--hash=sha256:" not in entry]
    assert not bare, f"{path.name}: no hash in {bare}"
    pairs = (re.match(r"([\w.-]+)==(\S+)", entry) for entry in entries)
    return {pair.group(1): pair.group(2) for pair in pairs if pair}


def commands_in(files: list[Path], root: Path) -> Iterator[tuple[str, list[str]]]:
    """Each `deskbell ...` line of a block marked sh, with where it stands."""
    for name, text in texts([path for path in files if path.suffix == ".md"], root):
        for block in SHELL_BLOCK.findall(text):
            for line in block.replace("\\\n", " ").splitlines():
                words = shlex.split(line.removeprefix("$ "), comments=True)
                if words and Path(words[0]).name == "deskbell":
                    yield f"{name}: {line}", words[1:]


def test_manual_names_only_known_commands(tracked: list[Path], root: Path) -> None:
    """tui/commands/main.py gives `parse(words)`, which raises SystemExit on a wrong line."""
    if not (root / "tui" / "commands" / "main.py").exists():
        pytest.skip("the command line is not there yet")
    parse = importlib.import_module("tui.commands.main").parse
    wrong = []
    for where, words in commands_in(tracked, root):
        try:
            parse(words)
        except SystemExit as end:
            if end.code:
                wrong.append(where)
    assert not wrong, "\n".join(wrong)


def test_make_targets_in_the_manual_exist(tracked: list[Path], root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    manual = texts([path for path in tracked if path.suffix == ".md"], root)
    wrong = [
        f"{name}: make {target}"
        for name, text in manual
        for target in re.findall(r"`make ([a-z-]+)", text)
        if target not in targets
    ]
    assert not wrong, "\n".join(wrong)


def test_every_component_is_explained(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    declared = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["postgres"],
        *project["dependency-groups"]["dev"],
    ]
    names = {re.split(r"[^\w-]", each)[0] for each in declared}
    text = (root / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert not [name for name in names if not re.search(rf"(?<![\w-]){name}(?![\w-])", text)]
