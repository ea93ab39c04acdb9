"""The floors of the house: a file imports only what lies below it, and starts without the rest."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources import parsed

# Who may import whom; a folder may always import itself.
FOLDERS = {
    "devices": set[str](),
    "models": set[str](),
    "receipts": {"models", "devices"},
    "tui": {"models", "receipts", "devices"},
}
# Inside models each floor imports only floors above it in this list.
FLOORS = (
    ("base",),
    ("config", "sheets"),
    ("trust",),
    ("listings", "imports"),
    ("search",),
    ("people",),
    ("ledger",),
    ("goods",),
    ("selling",),
    ("members",),
    ("stock",),
    ("buying",),
    ("shop",),
    ("hotel", "salon"),
    ("office",),
    ("reports",),
    ("migrating",),
    ("store",),
)
HEIGHT = {name: height for height, floor in enumerate(FLOORS) for name in floor}

# What each of them must not load; a process of its own imports all files of the left side.
LIGHT = {
    "models": (
        "textual",
        "rich",
        "escpos",
        "reportlab",
        "openpyxl",
        "python_calamine",
        "pypinyin",
        "serial",
    ),
    "devices": ("textual", "rich", "models", "peewee", "escpos", "serial"),
    "receipts": ("textual", "escpos", "reportlab", "serial", "openpyxl"),
    "tui": (
        "openpyxl",
        "python_calamine",
        "reportlab",
        "escpos",
        "pypinyin",
        "serial",
        "biip",
        "PIL",
    ),
}
# The command line opens Textual only for the counter.
WITHOUT_SCREEN = ("tui.commands.main",)


def python_files(root: Path, folder: str) -> list[Path]:
    return sorted((root / folder).rglob("*.py"))


def imported(path: Path, package: str) -> Iterator[str]:
    """The full names of what a file imports, also inside functions."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = node.module or ""
            if node.level:
                start = ".".join([*package.split(".")[: 1 - node.level or None], start]).strip(".")
            yield start
            # `from models import ledger` names the floor only here.
            yield from (f"{start}.{each.name}" for each in node.names)


def package_of(path: Path, root: Path) -> str:
    return ".".join(path.relative_to(root).parent.parts)


def module_of(path: Path, root: Path) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def floor_of(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if parts[0] == "models" and len(parts) > 1 else None


@pytest.mark.parametrize("folder", FOLDERS)
def test_folders_import_only_downwards(root: Path, folder: str) -> None:
    ours = {*FOLDERS, "tests", "bench"}
    wrong = [
        f"{path.relative_to(root)} imports {name}"
        for path in python_files(root, folder)
        for name in imported(path, package_of(path, root))
        if name.split(".")[0] in ours - FOLDERS[folder] - {folder}
    ]
    assert not wrong, "\n".join(wrong)


def test_floors_of_models_import_only_upwards_in_the_list(root: Path) -> None:
    wrong = []
    for path in python_files(root, "models"):
        own = floor_of(module_of(path, root))
        for name in imported(path, package_of(path, root)):
            other = floor_of(name)
            if own is None or other not in HEIGHT or own == other:
                continue
            if HEIGHT[other] >= HEIGHT[own]:
                wrong.append(f"{path.relative_to(root)} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_models_have_no_other_floors(root: Path) -> None:
    floors = {floor_of(module_of(path, root)) for path in python_files(root, "models")}
    assert floors - {None} <= set(HEIGHT)


def test_no_modules_import_each_other_in_a_circle(root: Path) -> None:
    """Late imports count too: a circle is one thing in several files, or a missing floor."""
    graph = late_and_early(root)
    assert len(graph) > 400
    circles = [sorted(circle) for circle in components(graph) if len(circle) > 1]
    assert not circles, f"a circle of imports: {circles}"


def late_and_early(root: Path) -> dict[str, set[str]]:
    """Every module of ours, and those that it imports anywhere but for the type checker and where
    it is run as a program.
    """
    files = {module_of(path, root): path for each in FOLDERS for path in python_files(root, each)}
    graph: dict[str, set[str]] = {}
    for name, path in files.items():
        found: set[str] = set()
        for node in running(parsed(path)):
            if isinstance(node, ast.Import):
                found.update(each.name for each in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                full = [f"{node.module}.{each.name}" for each in node.names]
                found.update(each if each in files else node.module for each in full)
        graph[name] = (found & files.keys()) - {name}
    return graph


def running(node: ast.AST) -> Iterator[ast.AST]:
    """All of a file but what only the type checker reads, or only a program runs."""
    if isinstance(node, ast.If) and _is_apart(node.test):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from running(child)


def _is_apart(test: ast.expr) -> bool:
    """`if TYPE_CHECKING` and `if __name__ == "__main__"`."""
    if isinstance(test, ast.Compare):
        test = test.left
    return isinstance(test, ast.Name) and test.id in ("TYPE_CHECKING", "__name__")


def components(graph: dict[str, set[str]]) -> list[set[str]]:
    """Modules that reach each other, by what each reaches."""
    reach = {name: _reached(graph, name) for name in graph}
    left, found = set(graph), []
    while left:
        name = min(left)
        circle = {name} | {other for other in reach[name] if name in reach[other]}
        found.append(circle)
        left -= circle
    return found


def _reached(graph: dict[str, set[str]], name: str) -> set[str]:
    seen: set[str] = set()
    todo = [name]
    while todo:
        for other in graph[todo.pop()] - seen:
            seen.add(other)
            todo.append(other)
    return seen


# A folder that holds more has two subjects: of these, one each that is read as a whole.
MOST_FILES = 28
FULLER = {
    "models/base": 40,
    "models/trust": 40,
    "models/reports": 37,
    "models/salon": 31,
    "models/members": 29,
}


def test_a_folder_holds_one_subject(root: Path) -> None:
    full = [
        f"{folder.relative_to(root)}: {count} files"
        for each in FOLDERS
        for folder in [root / each, *(path for path in (root / each).rglob("*") if path.is_dir())]
        if (count := len(list(folder.glob("*.py"))))
        > FULLER.get(folder.relative_to(root).as_posix(), MOST_FILES)
    ]
    assert not full, "\n".join(full)


def test_folders_within_a_folder_lie_above_each_other(root: Path) -> None:
    """Rooms, stays, charges, folios: none of them imports one that imports it. What lies beside
    them (the trade, its checks) is above all.
    """
    graph = late_and_early(root)
    packages = {package_of(path, root) for each in FOLDERS for path in python_files(root, each)}
    inner = {name for name in packages if name.count(".") > 1}
    assert len(inner) > 10
    folders: dict[str, set[str]] = {}
    for name, others in graph.items():
        own = _folder(name, inner)
        folders.setdefault(own, set()).update({_folder(other, inner) for other in others} - {own})
    wrong = [sorted(each) for each in components(folders) if len(each) > 1 and each & inner]
    assert not wrong, f"folders import each other: {wrong}"


def _folder(module: str, inner: set[str]) -> str:
    """The inner folder that holds a module, or the module itself outside of them."""
    package = module.rpartition(".")[0]
    return module if module in inner else package if package in inner else module


@pytest.mark.parametrize("folder", LIGHT)
def test_importing_a_folder_loads_nothing_heavy(root: Path, folder: str) -> None:
    modules = [module_of(path, root) for path in python_files(root, folder)]
    other_system = "_linux" if sys.platform == "win32" else "_windows"
    modules = [name for name in modules if not name.endswith(("__main__", other_system))]
    loaded = loaded_by(root, modules)
    assert not loaded & set(LIGHT[folder])


@pytest.mark.parametrize("module", WITHOUT_SCREEN)
def test_commands_start_without_the_screen(root: Path, module: str) -> None:
    if not (root / module.replace(".", "/")).with_suffix(".py").exists():
        pytest.skip(f"{module} is not there yet")
    assert not loaded_by(root, [module]) & {"textual", "rich"}


def loaded_by(root: Path, modules: list[str]) -> set[str]:
    """The top-level modules in a fresh process after it imported these."""
    script = "import importlib, sys\n"
    script += "".join(f"importlib.import_module({name!r})\n" for name in modules)
    script += "print(*{name.split('.')[0] for name in sys.modules}, sep='\\n')"
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return set(run.stdout.split())
