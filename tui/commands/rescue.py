"""A store that is damaged or gone: its newest proved copy is offered, and nothing is made anew."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.base.database import StoreDamaged
from models.base.migrations import NotAStore
from models.base.refusals import Refusal
from receipts.words import word
from tui.commands.guard import ask
from tui.commands.place import Place, StoreGone
from tui.commands.speech import is_asking_possible, t, tell

if TYPE_CHECKING:
    from models.trust.backup import Copy

# Refusals after which a copy is the way out.
LOST: tuple[type[Refusal], ...] = (StoreDamaged, NotAStore, StoreGone)


def offer(place: Place, options: argparse.Namespace) -> int:
    """Name the newest proved copy, and go back to it where somebody at the counter says yes; the
    exit status. Refuses: what `restore` refuses.
    """
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
    _name(copy)
    if options.command is None and is_asking_possible():
        return _restored(place, copy)
    tell(t("To go back to it: {command}", command=f"deskbell restore {copy.path}"))
    return 1


def advice(place: Place) -> tuple[str, dict[str, Any]]:
    """The same as one line for `doctor`: a message id and its fields."""
    from models.trust.backup import newest_sound

    copy = newest_sound(place.backups) if place.is_file and not place.is_demo else None
    if copy is None:
        return word("To go back to one: deskbell restore FILE"), {}
    return word("To go back to it: {command}"), {"command": f"deskbell restore {copy.path}"}


def _name(copy: Copy) -> None:
    tell(
        t(
            "The newest proved copy is of {when}, business day {day}: {file}",
            when=f"{copy.made_at.astimezone():%Y-%m-%d %H:%M}",
            day=copy.day,
            file=copy.path,
        )
    )
    if copy.last_number:
        tell(t("The last bill in it: {number}", number=copy.last_number))


def _restored(place: Place, copy: Copy) -> int:
    from tui.commands import restore

    question = t("Go back to it now? What is here is kept beside it. (y/n)")
    if ask(question, "n").lower() not in ("y", "yes", "是"):
        return 1
    key = Path(ask(t("The file of its private age key:"))) if copy.is_encrypted else None
    words = argparse.Namespace(
        file=copy.path, yes=True, identity=key, user=None, highest=0, password_stdin=False
    )
    return restore.run(place, words)
