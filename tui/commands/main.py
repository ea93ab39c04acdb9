"""The command `deskbell`: reads the line, runs one command, and ends in a sentence, never a trace.

Exit status: 0 done; 1 refused or found wrong; 2 wrong usage; 3 a person is needed.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from devices.faults import DeviceFault
from models.base.private import make_private
from models.base.refusals import Refusal
from models.config.config import store_folder
from models.config.config_rules import ConfigRefusal
from tui.commands import rescue, usage
from tui.commands.guard import PersonNeeded
from tui.commands.place import Place
from tui.commands.terminal import speech
from tui.commands.terminal.speech import t, tell, tell_refusal

DONE, REFUSED, WRONG_USAGE, PERSON_NEEDED = 0, 1, 2, 3

log = logging.getLogger("deskbell")


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status."""
    make_private()
    speech.use_streams()
    given = sys.argv[1:] if words is None else list(words)
    try:
        options = parse(given)
    except SystemExit as end:
        return int(end.code or 0)
    try:
        return run(options)
    except PersonNeeded as refusal:
        tell_refusal(refusal)
        return PERSON_NEEDED
    except ConfigRefusal as refusal:
        for one in refusal.all:
            tell_refusal(one)
        return REFUSED
    except Refusal as refusal:
        tell_refusal(refusal)
        return REFUSED
    except DeviceFault as fault:
        from receipts.fault_words import fault_text

        tell(fault_text(fault, speech.language()))
        return REFUSED
    except KeyboardInterrupt:
        tell(t("Stopped."))
        return REFUSED
    except BrokenPipeError:
        # Whoever read our lines has had enough; Python must not complain of it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except Exception as bug:  # noqa: BLE001 - logged and told
        return _told_bug(bug)


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Read the line; SystemExit on a wrong one, after a sentence."""
    first, others = _place_named(words)
    folder = first.store or store_folder(demo=first.demo)
    speech.speak(speech.language_for(folder, os.environ))
    if not others and not (first.store and first.demo):
        # The counter: to make the parser of all commands, with their words, would delay its start.
        return argparse.Namespace(store=first.store, demo=first.demo, command=None)
    return usage.parser_for(speech.language()).parse_args(words)


def _place_named(words: Sequence[str]) -> tuple[argparse.Namespace, Sequence[str]]:
    """What says which folder, whose config.toml says which language, and the other words."""
    first = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    first.add_argument("--store", type=Path)
    first.add_argument("--demo", action="store_true")
    try:
        return first.parse_known_args(words)
    except argparse.ArgumentError:
        return argparse.Namespace(store=None, demo=False), words


def run(options: argparse.Namespace) -> int:
    """Run the command that was asked for."""
    place = _place(options)
    module = import_module(usage.module_of(options.command))
    try:
        status: int = module.run(place, options)
    except rescue.LOST as refusal:
        tell_refusal(refusal)
        return rescue.offer(place, options, refusal)
    return status


def _place(options: argparse.Namespace) -> Place:
    if options.demo:
        from tui.commands import demo

        # `init` makes it anew by itself.
        place = demo.place() if options.command == "init" else demo.ready_place()
    else:
        place = Place((options.store or store_folder()).absolute())
    if place.file.exists() or place.logs.is_dir():
        place.start_log()
    return place


def _told_bug(bug: Exception) -> int:
    log.error("a bug, told to the person at the terminal", exc_info=bug)
    kept = any(isinstance(each, logging.FileHandler) for each in logging.getLogger().handlers)
    name = type(bug).__name__
    if kept:
        tell(
            t(
                "Something inside the program failed ({name}). The store's logs/ say more.",
                name=name,
            )
        )
    else:
        tell(t("Something inside the program failed ({name}).", name=name))
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
