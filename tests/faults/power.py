"""Power cuts: what a disk may hold when the current fails, rebuilt from a record of every write.

Until a file is synced its writes may be on the disk or not, in any order, the last one torn at any
byte. Making and removing a file counts as durable at once, which is kinder than some disks.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.tracing import Place, Run

Image = dict[str, bytearray]


@dataclass(frozen=True, slots=True)
class Event:
    """One call: a write, a cut to a length, a sync, a removal, or something the program said."""

    kind: str
    file: str
    place: int = 0
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Cut:
    """One state of the disk, and what the program had said by then."""

    image: Image
    lines: tuple[str, ...]
    after: int


_WRITE = re.compile(r'pwrite64\(\d+<((?:\\x..)+)>, "((?:\\x..)*)"(\.\.\.)?, \d+, (\d+)\)\s+= (\d+)')
_SAY = re.compile(r'write\(1<[^>]*>, "((?:\\x..)*)"')
_LENGTH = re.compile(r"ftruncate\(\d+<((?:\\x..)+)>, (\d+)\)\s+= 0")
_SYNC = re.compile(r"f(?:data)?sync\(\d+<((?:\\x..)+)>\)\s+= 0")
_REMOVE = re.compile(r'unlink\("((?:\\x..)+)"\)\s+= 0')


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def events(log: Path, folder: Path) -> list[Event]:
    """The calls of a recorded run on the files of a folder, in order."""
    found = []
    for line in log.read_text(errors="replace").splitlines():
        event = _event(re.sub(r"^\d+ +", "", line))
        if event is not None and (event.kind == "say" or event.file.startswith(str(folder))):
            found.append(event)
    return found


def _event(line: str) -> Event | None:
    if match := _WRITE.match(line):
        assert not match[3], "the record is not complete"
        return Event("write", _bytes(match[1]).decode(), int(match[4]), _bytes(match[2]))
    if match := _SAY.match(line):
        return Event("say", _bytes(match[1]).decode())
    if match := _LENGTH.match(line):
        return Event("length", _bytes(match[1]).decode(), int(match[2]))
    if match := _SYNC.match(line):
        return Event("sync", _bytes(match[1]).decode())
    if match := _REMOVE.match(line):
        return Event("remove", _bytes(match[1]).decode())
    return None


def apply(image: Image, event: Event, keep: int | None = None) -> None:
    """What a call does to the disk; of a torn write only the first bytes."""
    if event.kind == "remove":
        image.pop(event.file, None)
        return
    held = image.setdefault(event.file, bytearray())
    if event.kind == "length":
        del held[event.place :]
        held.extend(bytes(event.place - len(held)))
        return
    content = event.content if keep is None else event.content[:keep]
    held.extend(bytes(max(0, event.place - len(held))))
    held[event.place : event.place + len(content)] = content


def cuts(start: Image, calls: list[Event], *, seed: int, tries: int) -> Iterator[Cut]:
    """Each different state of the disk before each call, in random choices by `seed`."""
    chance = random.Random(seed)
    durable = _copied(start)
    waiting: dict[str, list[Event]] = {}
    said: list[str] = []
    seen: set[int] = set()
    for number, event in enumerate([*calls, Event("end", "")]):
        for image in _states(durable, waiting, chance, tries):
            known = hash((tuple(sorted((k, bytes(v)) for k, v in image.items())), len(said)))
            if known not in seen:
                seen.add(known)
                yield Cut(image, tuple(said), number)
        if event.kind == "say":
            said += event.file.splitlines()
        elif event.kind == "sync":
            for each in waiting.pop(event.file, []):
                apply(durable, each)
        elif event.kind == "remove":
            waiting.pop(event.file, None)
            apply(durable, event)
        else:
            waiting.setdefault(event.file, []).append(event)


def _states(
    durable: Image, waiting: dict[str, list[Event]], chance: random.Random, tries: int
) -> Iterator[Image]:
    pending = [event for each in waiting.values() for event in each]
    yield _with(durable, [(event, None) for event in pending])
    if not pending:
        return
    yield _copied(durable)
    for _ in range(tries):
        chosen = [event for event in pending if chance.random() < 0.5]
        if chance.random() < 0.5:
            chance.shuffle(chosen)
        yield _with(durable, [(event, _torn(event, chance)) for event in chosen])


def _torn(event: Event, chance: random.Random) -> int | None:
    size = len(event.content)
    if event.kind != "write" or chance.random() >= 0.3:
        return None
    return chance.choice([chance.randrange(size + 1), 512 * chance.randrange(size // 512 + 1)])


def _with(durable: Image, events: list[tuple[Event, int | None]]) -> Image:
    image = _copied(durable)
    for event, keep in events:
        apply(image, event, keep)
    return image


def _copied(image: Image) -> Image:
    return {name: bytearray(content) for name, content in image.items()}


def laid_out(cut: Cut, place: Place, folder: Path) -> tuple[Place, Run]:
    """The state as files in a folder, and what the program had said."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, content in cut.image.items():
        # Shared memory is gone with the current.
        if not name.endswith("-shm"):
            (folder / Path(name).name).write_bytes(content)
    return Place(folder, place.keys_folder, place.sheet), Run(f"call {cut.after}", 0, cut.lines, "")
