"""Import from a file: choose the file. The folder of imports, sticks and downloads are listed."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.imports.import_kind import ImportKind, kind_named, kinds_in_use
from models.imports.import_plan import Plan, draft_plan, open_sheet
from models.sheets.sheets import Sheet, SheetUnreadable
from models.trust.guard import require_right
from receipts.words import word
from tui.desk.gate.key_rows import Command
from tui.desk.safe import clean
from tui.desk.words import t
from tui.imports import running as importing
from tui.imports.base import ImportScreen, Told
from tui.imports.plan import ImportColumns
from tui.imports.rows import ImportRows
from tui.imports.runs import EarlierImports
from tui.records.refreshing import tell_read
from tui.widgets.entry import Entry
from tui.widgets.line_list import Column, LineList
from tui.widgets.rows import Piece

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp
    from tui.desk.counter_app import CounterApp

ENDINGS = (".csv", ".xlsx", ".xls", ".ods", ".txt", ".tsv")
MOST_SHOWN = 200
LOOK_S = 0.3
FOLDER = word("Imports")
STICK = word("Stick")
HOME = word("Home folder")
DOWNLOADS = word("Downloads")
TYPED = word("Typed")


@dataclass(frozen=True, slots=True)
class Place:
    """A folder where files are looked for; `name` is a message id."""

    name: str
    folder: Path


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file that may be imported."""

    path: Path
    place: str
    size: int
    changed: datetime


COLUMNS = (
    Column(word("File"), 0, least=28, read=lambda row: row.path.name),
    Column(word("Where"), 11, tone="muted", drop=1, read=lambda row: t(row.place)),
    Column(word("Size"), 9, "right", tone="muted", read=lambda row: size_text(row.size)),
    Column(word("Modified"), 16, tone="muted", read=lambda row: f"{row.changed:%Y-%m-%d %H:%M}"),
)


def size_text(size: int) -> str:
    """Bytes as people count them."""
    whole, unit = (-(-size // 1024), "KB") if size < 10 << 20 else (size >> 20, "MB")
    return f"{whole:,} {unit}"


def import_folder(desk: DeskbellApp) -> Path:
    """Where the store's own files for imports lie."""
    return Path(getattr(desk, "folder", Path.home())) / "imports"


def short_path(path: Path) -> str:
    """A path as a person would type it: under the home folder with a ~."""
    home = Path.home()
    if sys.platform != "win32" and path.is_relative_to(home):
        return f"~/{path.relative_to(home)}"
    return str(path)


def places(desk: DeskbellApp) -> list[Place]:
    """The folders that are looked through, the store's own first."""
    found = [Place(FOLDER, import_folder(desk))]
    home = Path.home()
    roots = [Path("/media") / home.name, Path("/run/media") / home.name, Path("/Volumes")]
    for root in roots if sys.platform != "win32" else []:
        found += [Place(STICK, each) for each in _folders(root)]
    if sys.platform == "win32":
        found += [Place(STICK, Path(f"{letter}:/")) for letter in "DEFGHIJK"]
    return [*found, Place(DOWNLOADS, home / "Downloads"), Place(DOWNLOADS, home / "下载"),
            Place(HOME, home)]  # fmt: skip


def _folders(root: Path) -> list[Path]:
    try:
        return [each for each in sorted(root.iterdir()) if each.is_dir()]
    except OSError:
        return []


def files_in(found: Iterable[Place], zone: tzinfo | None) -> list[FileRow]:
    """The sheets in these folders themselves: by folder, the newest first; times of this zone."""
    rows: list[FileRow] = []
    for place in found:
        here = sorted(_sheets(place, zone), key=lambda row: row.changed, reverse=True)
        rows += here[: MOST_SHOWN - len(rows)]
    return rows


def _sheets(place: Place, zone: tzinfo | None) -> Iterator[FileRow]:
    try:
        for path in place.folder.iterdir():
            if path.suffix.lower() in ENDINGS and not path.name.startswith((".", "~$")):
                stat = path.stat()
                changed = datetime.fromtimestamp(stat.st_mtime, UTC).astimezone(zone)
                yield FileRow(path, place.name, stat.st_size, changed)
    except OSError:
        return


class ReadingStopped(Exception):
    """Nobody waits for the file any more."""


@dataclass(slots=True)
class Reading:
    """How far a file is read in another thread; stopped, it ends at its next look."""

    file: str
    rows: int = 0
    is_stopped: bool = False

    def __call__(self, rows: int) -> None:
        if self.is_stopped:
            raise ReadingStopped
        self.rows = rows


class Imports(ImportScreen):
    """Enter opens the file under the cursor, or the one whose path was typed."""

    kind = "imports"

    def __init__(self, of: ImportKind) -> None:
        super().__init__()
        self.of = of
        self.reading: Reading | None = None
        # The folder whose path was typed: then no other is looked through.
        self.typed: list[Place] = []
        self.lines = self.roll = LineList(
            COLUMNS,
            can_focus=False,
            empty=word("No CSV file and no spreadsheet here. Type the path of one."),
        )  # fmt: skip

    def body(self) -> Iterable[Any]:
        yield Told()
        yield self.lines
        yield Entry()

    def told_rows(self) -> list[tuple[list[Piece], list[Piece]]]:
        if self.reading is not None:
            count = f"{self.reading.rows:,}"
            said = t(
                "Reading {file}: {count} rows. F12 ends it.", file=self.reading.file, count=count
            )
            return [([(f" {said}", "accent")], [])]
        folder = clean(short_path(import_folder(self.desk)))
        return [([(" ", ""), (t("Files in {folder}", folder=folder), "muted")], [])]

    def offers(self, command: Command) -> bool:
        can_open = self.lines.chosen is not None or bool(self.entry.value)
        return super().offers(command) and (can_open or command.id != "open_import")

    async def on_mount(self) -> None:
        self.entry.focus()
        self.words_changed()
        await self._look(places(self.desk))

    def words_changed(self) -> None:
        """The hint is drawn text: say it again."""
        self.entry.hint(t("or type the path of a file or of a folder"))

    async def _look(self, found: list[Place]) -> None:
        self.lines.set_rows(
            await asyncio.to_thread(files_in, found, self.desk.frame.zone), cursor=0
        )
        self.strip_changed()

    async def do_refresh_rows(self) -> None:
        """F7: the files as they are now, with those of a stick that was put in meanwhile."""
        await self._look(self.typed or places(self.desk))
        tell_read(self)

    async def do_open_import(self) -> None:
        """Enter: open the file under the cursor."""
        if self.lines.chosen is not None:
            await self._open(self.lines.chosen.path)

    async def on_entry(self, text: str) -> None:
        """A typed path: a file is opened, the files of a folder are listed."""
        path = Path(text.strip().strip("\"'")).expanduser()
        if not path.is_absolute():
            path = import_folder(self.desk) / path
        if await asyncio.to_thread(path.is_dir):
            self.typed = [Place(TYPED, path)]
            await self._look(self.typed)
            return
        try:
            await self._open(path)
        except SheetUnreadable:
            # What was typed is nearly right.
            self.entry.set_value(text)
            raise

    async def _open(self, path: Path) -> None:
        if job := self.desk.jobs.current():
            job.can_leave = True
        reading = self.reading = Reading(clean(path.name))
        look = self.set_interval(LOOK_S, self.tell_again)
        try:
            sheet, plan = await asyncio.to_thread(_read, self.of, path, reading)
        finally:
            # Whoever leaves waits for nothing: the other thread ends at its next look.
            reading.is_stopped = True
            look.stop()
            self.reading = None
            self.tell_again()
        await self.desk.go(ImportColumns(path, sheet, plan))

    async def do_earlier_imports(self) -> None:
        """F8: the runs up to now, and undoing one."""
        await self.desk.go(EarlierImports(self.of))


def _read(of: ImportKind, path: Path, reading: Reading) -> tuple[Sheet, Plan]:
    sheet = open_sheet(of, path)
    reading(0)
    return sheet, draft_plan(of, sheet, watch=reading)


# Kinds with an entry of their own in the menu are not asked about.
_PEOPLE, _MEMBERS = ("people",), ("cards", "points")


async def open_people_imports(app: CounterApp) -> None:
    """From the menu: the files with people."""
    await _open(app, _PEOPLE)


async def open_member_imports(app: CounterApp) -> None:
    """From the menu: the files with what members have."""
    await _open(app, _MEMBERS)


async def open_imports(app: CounterApp) -> None:
    """From the menu: the files with all else."""
    apart = (*_PEOPLE, *_MEMBERS)
    await _open(app, [each for each in await app.in_books(kinds_in_use) if each not in apart])


async def _open(app: CounterApp, names: Sequence[str]) -> None:
    """What is to be imported, then the file; or the work that is going on."""
    from tui.records.asking import Options

    if (running := importing.current(app)) is not None:
        await app.go(ImportRows(running))
        return
    await app.in_books(require_right, app.session, "import", what="import")
    name = names[0] if len(names) == 1 else None
    if len(names) > 1:
        kinds = [(each, t(kind_named(each).title)) for each in names]
        name = await app.ask(Options(word("What is in the file?"), kinds))
    if name:
        await app.go(Imports(kind_named(name)))
