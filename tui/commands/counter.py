"""`deskbell`: opens the counter, and offers to make a store where there is none."""

from __future__ import annotations

import argparse

from receipts.words import Language
from tui.commands.guard import TerminalNeeded, ask
from tui.commands.place import Place
from tui.commands.terminal import speech
from tui.commands.terminal.speech import is_asking_possible, t, tell
from tui.commands.terminal.unseen import unseen_typing
from tui.desk import memory


def run(place: Place, options: argparse.Namespace) -> int:
    """Open the counter; its exit status. Refuses: TerminalNeeded, NoStoreHere, StoreInUse ..."""
    if not is_asking_possible():
        raise TerminalNeeded()
    if place.had_store():
        # Never a new one over what is left of the old: a copy is offered.
        place.refuse_absent()
    if not place.exists():
        tell(t("There is no store in {folder} yet.", folder=place.folder))
        if ask(t("Make one now? (y/n)"), "y").lower() not in ("y", "yes", "是"):
            tell(t("To look around first: deskbell --demo"))
            return 1
        from tui.commands import init

        if status := init.run(place, argparse.Namespace(answers=None, password_stdin=False)):
            return status
    place.check()
    with unseen_typing(), memory.loading():
        return _run(place)


def _run(place: Place) -> int:
    # Only here the screen's libraries are loaded.
    from tui.commands.backup_plan import plan_of
    from tui.desk.counter import run as run_counter

    return run_counter(
        place.config,
        place.folder,
        opening=lambda: _open(place),
        closing=place.close,
        demo_hint=_demo_hint(speech.language()) if place.is_demo else (),
        lang=speech.language() if place.is_demo else None,
        backups=plan_of(place),
    )


def _open(place: Place) -> None:
    place.open()
    if place.is_demo:
        from models.ledger.daily.days import local_now
        from tui.demo.morning import open_register

        open_register(place.register, local_now().date())


OVERRIDE = "经理授权码/Override PIN"


def _demo_hint(lang: Language) -> tuple[str, ...]:
    """Who may try it, named as in a store that was made in this language."""
    from receipts.terminal import cells
    from tui.demo.people import MANAGER, OVERRIDE_PIN, STAFF
    from tui.demo.tongue import own
    from tui.desk.safe import fit

    rows = [
        (each.login, own(each.name, lang), own(each.department, lang), each.pin or each.password)
        for each in (MANAGER, *STAFF)
    ]
    names, places = (max(cells(row[at]) for row in rows) + 2 for at in (1, 2))
    shown = (
        f"{login}  {fit(name, names)}{fit(place, places)}{secret}"
        for login, name, place, secret in rows
    )
    return (*shown, f"   {fit(own(OVERRIDE, lang), names + places)}{OVERRIDE_PIN}")
