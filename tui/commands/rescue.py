"""A store that is damaged or gone: its newest proved copy is offered, and nothing is made anew."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.base.database import StoreDamaged
from models.base.migrations import NotAStore
from models.base.refusals import Refusal
from models.ledger.daily.last_work import LogDamaged, WorkLost
from receipts.words import word
from tui.commands.guard import ask
from tui.commands.place import Place, StoreGone
from tui.commands.terminal.speech import is_asking_possible, t, tell

if TYPE_CHECKING:
    from models.trust.backup import Copy

# Refusals after which a copy is the way out.
LOST: tuple[type[Refusal], ...] = (StoreDamaged, NotAStore, StoreGone, WorkLost, LogDamaged)
# The file can be read, but ends too early: going on with it under a new register is possible too.
SHORT = (WorkLost, LogDamaged)
GO_ON = word("To go on with what is here, under a new register number: {command}")


def offer(place: Place, options: argparse.Namespace, refusal: Refusal) -> int:
    """Name the newest proved copy, and go back to it where somebody at the counter says yes; the
    exit status. Refuses: what `restore` refuses.
    """
    if isinstance(refusal, SHORT):
        return _go_on(place, options)
    if place.is_demo:
        tell(t("To make the demonstration anew: deskbell --demo init"))
        return 1
    if not place.is_file:
        return 1
    from models.trust.backup import newest_sound

    copy = newest_sound(place.backups)
    if copy is None:
        tell(t("There is no sound copy in {folder}. Look on other disks.", folder=place.backups))
        tell(t("To go back to one: deskbell restore FILE"))
        return 1
    _name(place, copy)
    if options.command is None and is_asking_possible():
        question = t("Go back to it now? What is here is kept beside it. (y/n)")
        return _restored(place, copy.path, question)
    tell(t("To go back to it: {command}", command=f"deskbell restore {copy.path}"))
    return 1


def _go_on(place: Place, options: argparse.Namespace) -> int:
    """A file that ends too early holds more than any copy: go on with it, as another register, so
    that no number comes twice.
    """
    tell(t("Was another file put here? Then put the right one back."))
    if options.command is None and is_asking_possible():
        question = t("Go on with what is here, under a new register number? (y/n)")
        return _restored(place, place.file, question)
    command = f"deskbell restore {place.file}"
    tell(t(GO_ON, command=command))
    return 1


def advice(place: Place, refusal: Refusal) -> tuple[str, dict[str, Any]]:
    """The same as one line for `doctor`: a message id and its fields, nothing for what no copy
    mends.
    """
    if not isinstance(refusal, LOST):
        return "", {}
    if isinstance(refusal, SHORT):
        return GO_ON, {"command": f"deskbell restore {place.file}"}
    from models.trust.backup import newest_sound

    copy = newest_sound(place.backups) if place.is_file and not place.is_demo else None
    if copy is None:
        return word("To go back to one: deskbell restore FILE"), {}
    return word("To go back to it: {command}"), {"command": f"deskbell restore {copy.path}"}


def _name(place: Place, copy: Copy) -> None:
    from tui.commands.store_time import store_text

    tell(
        t(
            "The newest proved copy is of {when}, business day {day}: {file}",
            when=store_text(place, copy.made_at),
            day=copy.day,
            file=copy.path,
        )
    )
    if copy.last_number:
        tell(t("The last bill in it: {number}", number=copy.last_number))


def _restored(place: Place, copy: Path, question: str) -> int:
    from tui.commands import restore

    if ask(question, "n").lower() not in ("y", "yes", "是"):
        tell(t("Nothing was done: the store stays as it is."))
        return 1
    is_closed = copy.suffix == ".age"
    key = Path(ask(t("The file of its private age key:"))) if is_closed else None
    words = argparse.Namespace(
        file=copy, yes=True, identity=key, user=None, highest=0, password_stdin=False
    )
    return restore.run(place, words)
