"""Long work in a process of its own, killed around its commits and taken up again.

    python -m tests.faults.blocks WORK STORE_FILE KEYS_FOLDER SHEET [NUMBER... | all]

WORK is `close` (the day, as the trades in use close it), an import (`import` of goods, `rooms`,
`bookings`) or `undo`. It says how many commits the whole work makes. Each number is one place to
die at: 2n just before the commit n, 2n + 1 just behind it. The work is then taken up again in the
same way; what is wrong afterwards is said, a line each.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from models import store
from models.base import clock, database, watching
from models.hotel.audit import audit
from models.hotel.reservations.bookings_import import BOOKINGS
from models.hotel.rooms.rooms_import import ROOMS
from models.imports import imports
from models.imports.import_kind import ImportKind
from models.imports.import_plan import plan_import
from models.ledger.daily import days
from models.ledger.proving import proof
from models.sheets.sheets import read_sheet
from models.stock.goods_import import GOODS
from models.trust.operation import Session
from models.trust.users import User
from tests.faults import after
from tests.stores import Ticking

# Eleven in the evening in Shanghai: a house may close its date.
EVENING = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
# Several blocks of little.
NIGHTS, ROWS = 1, 20


def close(session: Session, sheet: Path) -> Iterator[Any]:
    """What the schedule of an open counter does."""
    return days.closing_steps(session, days.store_day())


def bring_in(session: Session, sheet: Path, kind: ImportKind = GOODS) -> Iterator[Any]:
    """An import; one that is done is not begun again."""
    if imports.ImportRun.get_or_none(imports.ImportRun.state == imports.DONE):
        return iter(())
    return imports.run_import(session, plan_import(kind, read_sheet(sheet)))


def take_back(session: Session, sheet: Path) -> Iterator[Any]:
    """The import that is there is undone."""
    (run,) = imports.ImportRun.select()
    return iter(()) if run.state == imports.UNDONE else imports.undo_import(session, run.key)


WORKS: dict[str, Callable[[Session, Path], Iterator[Any]]] = {
    "close": close, "import": bring_in, "undo": take_back, "rooms": partial(bring_in, kind=ROOMS),
    "bookings": partial(bring_in, kind=BOOKINGS),
}  # fmt: skip


class Place:
    """A store to work in, and what is done there."""

    def __init__(self, work: str, file: Path, keys: Path, sheet: Path) -> None:
        self.steps, self.file, self.keys, self.sheet = WORKS[work], file, keys, sheet
        self.work = work

    def run(self, hook: Callable[[], None] = lambda: None) -> tuple[list[str], after.State]:
        """Do the work to its end; `hook` is called once the store is open."""
        with clock.use(Ticking(EVENING)):
            store.open_store(f"sqlite:///{self.file}", self.keys, register=1)
            try:
                wrong = [str(found) for found in proof.verify()]
                hook()
                session = Session(User.get(User.login == "owner").key, 1)
                # A day that is closed is another day's work.
                if self.work != "close" or days.store_day() == EVENING.date():
                    for _ in self.steps(session, self.sheet):
                        pass
                wrong += [str(found) for found in proof.verify()]
                held = after.state()
                if self.work == "undo":
                    # Begun again, it says so again.
                    del held["operations"]
                return wrong, held
            finally:
                database.after_commit.clear()
                store.close_store()

    def killed(self, point: int) -> bool:
        """Die at this point in a child; False when it came to its end."""
        child = os.fork()
        if not child:
            self.run(lambda: _die_at(point))
            os._exit(0)
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _die_at(point: int) -> None:
    """Die in the moment before or behind a commit."""
    reached = [0]
    told = watching.require_told

    def before() -> None:
        told()
        if reached[0] * 2 == point:
            os.kill(os.getpid(), signal.SIGKILL)

    def behind() -> None:
        if reached[0] * 2 + 1 == point:
            os.kill(os.getpid(), signal.SIGKILL)
        reached[0] += 1

    setattr(watching, "require_told", before)  # noqa: B010 - a name that is not theirs to give
    database.after_commit.append(behind)


def main(work: str, file: str, keys: str, sheet: str, *points: str) -> None:
    """Say how many commits there are, or what is wrong after dying at these points."""
    audit.BLOCK, imports.BLOCK = NIGHTS, ROWS
    given = Path(file)

    def fresh(name: str) -> Place:
        copy = given.with_name(f"{name}.db")
        shutil.copyfile(given, copy)
        return Place(work, copy, Path(keys), Path(sheet))

    commits = [0]

    def count() -> None:
        database.after_commit.append(lambda: commits.__setitem__(0, commits[0] + 1))

    wrong, whole = fresh("whole").run(count)
    print(commits[0], *wrong)
    for point in map(str, range(2 * commits[0])) if points == ("all",) else points:
        place = fresh(point)
        if not place.killed(int(point)):
            print(f"{point}: lived")
        found, now = place.run()
        found += [f"{name} differs" for name in whole if now[name] != whole[name]]
        for each in found:
            print(f"{point}: {each}")


if __name__ == "__main__":
    main(*sys.argv[1:])
