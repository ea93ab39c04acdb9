"""Who runs a command that shows or changes guarded data: the same sign-in as at the counter."""

from __future__ import annotations

import argparse
import getpass
import sys

from models.base.refusals import Refusal
from models.trust.operation import Session
from tui.commands.place import Place
from tui.commands.terminal.speech import is_asking_possible, t


class PersonNeeded(Refusal):
    """The command has a question and nobody is there to answer it; exit status 3."""


class TerminalNeeded(PersonNeeded, Refusal):
    """The counter was started where there is no terminal."""


def signed_in(place: Place, options: argparse.Namespace) -> Session:
    """Sign in at this machine's register; the store must be open.

    Refuses: PersonNeeded, SignInFailed, SignInWait, OwnPasswordFirst.
    """
    from models.trust import sign_in
    from models.trust.guard import require_right

    login = options.user or ask(t("User:"))
    session = sign_in.sign_in(place.register, login, password(options))
    require_right(session, "")
    return session


def password(options: argparse.Namespace, question: str = "") -> str:
    """The password: the first line of standard input, or asked without showing it."""
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return ask_secret(question or t("Password:"))


def ask(question: str, default: str = "") -> str:
    """Ask on the terminal; an empty answer is the default. Refuses: PersonNeeded."""
    if not is_asking_possible():
        raise PersonNeeded(question=question)
    shown = f"{question} [{default}] " if default else f"{question} "
    print(shown, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        raise PersonNeeded(question=question)
    return line.strip() or default


def ask_secret(question: str) -> str:
    """Ask without showing what is typed. Refuses: PersonNeeded."""
    if not is_asking_possible():
        raise PersonNeeded(question=question)
    return getpass.getpass(f"{question} ")
