"""`deskbell restore`: a copy takes the place of the store, and a new register goes on."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from models.base.plain_files import file_text
from models.config.config import FILE_NAME
from receipts.words import refusal_text
from tui.commands.guard import ask, password
from tui.commands.place import Place
from tui.commands.terminal import speech
from tui.commands.terminal.speech import is_asking_possible, out, t, tell
from tui.records.files import FileUnusable, write_own

if TYPE_CHECKING:
    from models.ledger.proving.restoring import Restored, Restoring

# A password is typed so often before the command ends.
TRIES = 3
_SECTION = re.compile(r"^\[register\][^\n]*\n", re.MULTILINE)
_NUMBER = re.compile(r"^(\s*number\s*=\s*)\d+", re.MULTILINE)


def run(place: Place, options: argparse.Namespace) -> int:
    """Go back to a copy. Refuses: StoreInUse, and what `restore` refuses."""
    from models.ledger.proving.restoring import Restoring
    from models.trust.backup import BackupElsewhere

    place.check()
    if not place.is_file:
        raise BackupElsewhere()
    _require_closed(place)
    if not _is_wanted(place, options):
        tell(t("Nothing was done: the store stays as it is."))
        return 1
    identity = _read(options.identity) if options.identity else ""
    place.make_folder()
    wanted = Restoring(
        copy=options.file.absolute(), store_file=place.file, keys_folder=place.keys,
        login=options.user or ask(t("User:")), password=password(options), identity=identity,
        highest=options.highest,
    )  # fmt: skip
    done = _with_tries(wanted, options)
    set_register(place.folder / FILE_NAME, done.register)
    out(t("The store is as it was in {file}, business day {day}.", file=options.file, day=done.day))
    if done.last_numbers:
        out(t("The last bills in it: {numbers}", numbers=", ".join(done.last_numbers)))
        out(t("What came after them must be entered again."))
    out(t("This machine goes on as register {register}.", register=done.register))
    if done.old_file:
        out(t("What was here before is kept: {file}", file=done.old_file))
    out(t("Now start the counter again: deskbell"))
    return 0


def _with_tries(wanted: Restoring, options: argparse.Namespace) -> Restored:
    """Go back; a person whose password was wrong types it again. Refuses: what `restore` does."""
    from models.ledger.proving.restoring import restore
    from models.trust.sign_in import SignInFailed

    for _ in range(TRIES - 1):
        try:
            return restore(wanted)
        except SignInFailed as failed:
            if options.password_stdin or not is_asking_possible():
                raise
            tell(refusal_text(failed, speech.language()))
            wanted = replace(wanted, password=password(options))
    return restore(wanted)


def _require_closed(place: Place) -> None:
    """Nobody has the store open. Refuses: StoreInUse."""
    from models.base import database
    from models.base.refusals import Refusal

    if not place.file.exists():
        return
    try:
        database.connect(place.url)
    except database.StoreInUse:
        raise
    except Refusal:
        # A damaged store is what a copy is for.
        pass
    finally:
        database.close()


def _is_wanted(place: Place, options: argparse.Namespace) -> bool:
    """A person says yes, when there is a store that goes aside. Refuses: PersonNeeded."""
    if options.yes or not place.file.exists():
        return True
    question = t("The store in {folder} goes aside. Go on? (y/n)", folder=place.folder)
    return ask(question, "n").lower() in ("y", "yes", "是")


def _read(path: Path) -> str:
    """The private key in an age key file. Refuses: FileUnusable."""
    try:
        lines = file_text(path).splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnusable(file=str(path), why=str(error)) from error
    return next((line for line in lines if line.startswith("AGE-SECRET-KEY-")), "")


def set_register(path: Path, number: int) -> None:
    """Write the register's number into config.toml and leave the rest. Refuses: FileUnusable."""
    text = file_text(path) if path.exists() else ""
    section = _SECTION.search(text)
    if section is None:
        text = f"{text.rstrip()}\n\n[register]\nnumber = {number}\n".lstrip("\n")
    else:
        following = text.find("\n[", section.end() - 1)
        end = len(text) if following < 0 else following + 1
        body, found = _NUMBER.subn(rf"\g<1>{number}", text[section.end() : end], count=1)
        if not found:
            body = f"number = {number}\n{body}"
        text = text[: section.end()] + body + text[end:]
    write_own(path, text.encode())
