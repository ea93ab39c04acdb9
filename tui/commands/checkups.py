"""What `deskbell doctor` looks at: each check gives what it found, and what to do about it."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from models.base.late_driver import OLDEST_SQLITE
from models.base.private import is_open_to_others, open_to_others
from models.base.refusals import Refusal
from models.config.config_rules import ConfigRefusal
from receipts.words import refusal_text, word
from tui.commands import rescue
from tui.commands.place import Place, free_bytes, is_on_network
from tui.commands.store_time import store_text
from tui.commands.terminal import speech

LEAST_COLUMNS, LEAST_ROWS = 80, 24
SLOW_FLUSH_MS, FLUSHES = 50.0, 10
LEAST_FREE_MB = 500
# Before this the clock of the machine is certainly wrong: the program is younger.
OLDEST_CLOCK = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Result:
    """One line: `state` is good, advice or bad; `found` and `advice` are message ids."""

    name: str
    state: str
    found: str
    advice: str = ""
    fields: dict[str, Any] = field(default_factory=dict)


Check = Callable[[Place], Iterator[Result]]

TERMINAL, WIDTHS, CODING = word("Terminal"), word("Widths"), word("Text coding")
SETTINGS, DATABASE, STORE = word("Configuration"), word("SQLite"), word("Store")
DISK, ROOM, CLOCK = word("Disk"), word("Free space"), word("Clock")
DEVICE, BACKUP, KEYS = word("Device"), word("Backup"), word("Keys")
PRIVATE = word("Closed to others")


def check_terminal(place: Place) -> Iterator[Result]:
    """Size and coding."""
    if not sys.stdout.isatty():
        advice = word("Run deskbell doctor in the terminal that the counter will use.")
        yield Result(TERMINAL, "advice", word("There is no terminal here."), advice)
        return
    size = shutil.get_terminal_size()
    fields = {"columns": size.columns, "rows": size.lines, "kind": os.environ.get("TERM", "?")}
    found = word("{columns} x {rows} characters, {kind}")
    if size.columns < LEAST_COLUMNS or size.lines < LEAST_ROWS:
        advice = word("Make the window at least 80 x 24, or the letters smaller.")
        yield Result(TERMINAL, "bad", found, advice, fields)
    else:
        yield Result(TERMINAL, "good", found, fields=fields)


def check_coding(place: Place) -> Iterator[Result]:
    """Can the terminal show Chinese?"""
    coding = (sys.stdout.encoding or "?").lower()
    is_wide = coding.replace("-", "") in ("utf8", "gb18030", "gbk", "cp936")
    advice = word("Use a terminal with UTF-8: export LANG=C.UTF-8, or Windows Terminal.")
    state = "good" if is_wide else "bad"
    yield Result(CODING, state, "{coding}", "" if is_wide else advice, {"coding": coding})


def check_widths(place: Place) -> Iterator[Result]:
    """Are lines and signs one cell wide, and Chinese characters two?"""
    from tui.commands.terminal.cursor import width_of

    line, chinese = width_of("─"), width_of("账")
    if line is None or chinese is None:
        if sys.stdout.isatty():
            found = word("The terminal does not tell how wide it draws.")
            advice = word("If lines are drawn too wide, set ascii_borders = true in [ui].")
            yield Result(WIDTHS, "advice", found, advice)
        return
    fields = {"line": line, "chinese": chinese}
    found = word("lines {line}, Chinese characters {chinese} cells wide")
    if line != 1:
        advice = word("Set ascii_borders = true in [ui] of config.toml.")
        yield Result(WIDTHS, "advice", found, advice, fields)
    elif chinese != 2:
        advice = word("Choose a font with Chinese characters in the terminal's settings.")
        yield Result(WIDTHS, "bad", found, advice, fields)
    else:
        yield Result(WIDTHS, "good", found, fields=fields)


def check_settings(place: Place) -> Iterator[Result]:
    """config.toml, and the key map in it."""
    refusals: list[Refusal] = []
    try:
        _ = place.config
    except ConfigRefusal as first:
        refusals = list(first.all)
    for each in refusals:
        text = refusal_text(each, speech.language())
        yield Result(SETTINGS, "bad", "{text}", fields={"text": text})
    if not refusals:
        yield Result(SETTINGS, "good", word("read without a fault"))
        yield from _check_keys(place)


def _check_keys(place: Place) -> Iterator[Result]:
    from tui.desk.counter import key_map

    try:
        key_map(place.config)
    except Refusal as refusal:
        text = refusal_text(refusal, speech.language())
        yield Result(KEYS, "bad", "{text}", fields={"text": text})
        return
    except ValueError as error:
        yield Result(KEYS, "bad", "{text}", fields={"text": str(error)})
        return
    yield Result(KEYS, "good", word("key map {name}"), fields={"name": place.config.ui.key_map})


def check_database(place: Place) -> Iterator[Result]:
    """The version of SQLite in use."""
    import peewee

    version = peewee.sqlite3.sqlite_version
    if peewee.sqlite3.sqlite_version_info < OLDEST_SQLITE:
        advice = word(
            "Install pysqlite3 into the program's environment: 3.51.3 or newer is needed."
        )
        yield Result(DATABASE, "bad", "{version}", advice, {"version": version})
    else:
        yield Result(DATABASE, "good", "{version}", fields={"version": version})


def check_private(place: Place) -> Iterator[Result]:
    """Files of the store and copies of it that other users of this PC may read. Looked at before
    the store is opened, which closes its folder.
    """
    if os.name != "posix" or not place.folder.is_dir():
        return
    found = [*open_to_others(place.folder), *_open_elsewhere(place)]
    if not found:
        yield Result(PRIVATE, "good", word("The store, its keys and its copies."))
        return
    secret = [path for path in found if place.keys.resolve() in path.resolve().parents]
    fields = {"file": (secret or found)[0], "count": len(found)}
    said = word("Others may read {file} ({count} in all).")
    if secret:
        advice = word(
            "The counter closes its folder when it opens. Whoever read keys/ has the keys: "
            "they may be known."
        )
        yield Result(PRIVATE, "bad", said, advice, fields)
    else:
        advice = word("Close them: chmod -R go= and the folder. Keep a memory stick locked up.")
        yield Result(PRIVATE, "advice", said, advice, fields)


def _open_elsewhere(place: Place) -> list[Path]:
    """Keys behind a link, and copies on another disk."""
    keys = [place.keys.resolve()] if place.keys.is_symlink() else []
    found = [path for folder in keys if folder.is_dir() for path in open_to_others(folder)]
    if _has_settings(place) and place.folder not in place.backups.parents:
        found += filter(is_open_to_others, place.backups.glob("deskbell-*"))
    return found


def check_store(place: Place) -> Iterator[Result]:
    """Does the store open?"""
    if not _has_settings(place):
        return
    fields: dict[str, Any] = {"folder": place.folder}
    if place.is_file and is_on_network(place.folder):
        advice = word("Move the store to a disk of this PC; several counters use PostgreSQL.")
        yield Result(STORE, "bad", word("{folder} lies on a network drive"), advice, fields)
        return
    if not place.exists() and not place.had_store():
        advice = word("Make one: deskbell init. To look around first: deskbell --demo")
        yield Result(STORE, "advice", word("There is none in {folder} yet."), advice, fields)
        return
    try:
        place.open()
    except Refusal as refusal:
        text = refusal_text(refusal, speech.language())
        advice, more = rescue.advice(place, refusal)
        yield Result(STORE, "bad", "{text}", advice, {"text": text, **more})
        return
    try:
        yield from _look_inside(place)
    finally:
        place.close()


def _look_inside(place: Place) -> Iterator[Result]:
    from models.base.database import store_number
    from models.ledger.daily.days import is_overdue
    from models.trust import company
    from models.trust.operation import open_day

    day = open_day(store_number())
    fields = {"name": company.name.value(), "day": day, "folder": place.folder}
    yield Result(STORE, "good", word("{name}, business day {day}, in {folder}"), fields=fields)
    if is_overdue(day):
        advice = word("Close the old business day before the first shift, or set the PC's clock.")
        found = word("The calendar is past business day {day}.")
        yield Result(CLOCK, "advice", found, advice, {"day": day})


def check_disk(place: Place) -> Iterator[Result]:
    """How long the disk takes to keep what it was given: each sale waits for it once."""
    folder = place.folder if place.folder.is_dir() else None
    if folder is None or not os.access(folder, os.W_OK):
        return
    took_ms = flush_ms(folder / f".flush-{os.getpid()}")
    fields = {"ms": f"{took_ms:.1f}"}
    found = word("keeps a sale in {ms} ms")
    if took_ms > SLOW_FLUSH_MS:
        advice = word("A sale waits for that. A small solid-state disk makes the counter quick.")
        yield Result(DISK, "advice", found, advice, fields)
    else:
        yield Result(DISK, "good", found, fields=fields)


def flush_ms(path: os.PathLike[str]) -> float:
    """The median time of a small write that reaches the disk, in milliseconds."""
    taken = []
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        for _ in range(FLUSHES):
            start = time.perf_counter()
            os.write(handle, b"x" * 4096)
            os.fsync(handle)
            taken.append(time.perf_counter() - start)
    finally:
        os.close(handle)
        os.unlink(path)  # noqa: PTH108 - a PathLike
    return sorted(taken)[FLUSHES // 2] * 1000


def check_room(place: Place) -> Iterator[Result]:
    """Free space where the store lies."""
    free_mb = free_bytes(place.folder) // 1_000_000
    found, fields = word("{free} MB"), {"free": free_mb}
    if free_mb < LEAST_FREE_MB:
        advice = word("Make room: a full disk stops the counter.")
        yield Result(ROOM, "bad", found, advice, fields)
    else:
        yield Result(ROOM, "good", found, fields=fields)


def check_clock(place: Place) -> Iterator[Result]:
    """A clock that is plainly wrong."""
    now = datetime.now(UTC)
    fields = {"now": store_text(place, now)}
    if now < OLDEST_CLOCK:
        advice = word("Set the PC's clock; its small battery may be empty.")
        yield Result(CLOCK, "bad", "{now}", advice, fields)
    else:
        yield Result(CLOCK, "good", "{now}", fields=fields)


def check_devices(place: Place) -> Iterator[Result]:
    """Every device that config.toml names."""
    if not _has_settings(place):
        return
    from tui.commands.devices import devices_of, finding_text, tested

    for device in devices_of(place):
        if device.table.get("connect") == "file" and not place.folder.is_dir():
            # Its folder is made with the store.
            continue
        for finding in tested(place, device)[-1:]:
            text = finding_text(finding)
            state = "good" if finding.is_good else "bad"
            fields = {"name": device.name, "text": text}
            yield Result(DEVICE, state, "{name}: {text}", fields=fields)


def check_backup(place: Place) -> Iterator[Result]:
    """How old the newest copy is."""
    if not _has_settings(place) or not place.exists() or not place.is_file:
        return
    newest = newest_backup(place)
    hours = place.config.backup.warn_hours
    if newest is None:
        advice = word("Make a copy now: deskbell backup. Best on another disk: [backup] folder.")
        yield Result(BACKUP, "advice", word("There is no copy yet."), advice)
        return
    age = datetime.now(UTC) - newest
    fields = {"when": store_text(place, newest), "hours": hours}
    found = word("the newest is of {when}")
    if age > timedelta(hours=hours):
        advice = word("It is older than {hours} hours: deskbell backup")
        yield Result(BACKUP, "bad", found, advice, fields)
    else:
        yield Result(BACKUP, "good", found, fields=fields)


def newest_backup(place: Place) -> datetime | None:
    """When the newest proved copy was made."""
    from models.trust.backup import newest_verified

    copy = newest_verified(place.backups)
    return copy.made_at if copy else None


def _has_settings(place: Place) -> bool:
    try:
        _ = place.config
    except ConfigRefusal:
        return False
    return True


CHECKS: tuple[Check, ...] = (
    check_terminal,
    check_coding,
    check_widths,
    check_settings,
    check_database,
    check_private,
    check_store,
    check_disk,
    check_room,
    check_clock,
    check_devices,
    check_backup,
)
