"""The command line's words: which commands there are, and what each may be given."""

from __future__ import annotations

import argparse
import gettext
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from receipts.words import DOMAIN, LOCALE, Language, word
from tui.commands.terminal.speech import t, tell

FORMATS = ("text", "csv", "xlsx", "pdf", "json")
WRONG_USAGE = 2

Arguments = Callable[[argparse.ArgumentParser], None]


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its module in this package has a `run(place, options) -> int`."""

    name: str
    module: str
    help: str
    arguments: Arguments


# What argparse says by itself; it looks its sentences up with gettext, in our catalogues.
ARGPARSE_WORDS = (
    word("positional arguments"),
    word("options"),
    word("show this help message and exit"),
    word("the following arguments are required: %s"),
    word("unrecognized arguments: %s"),
    word("argument %(argument_name)s: %(message)s"),
    word("expected one argument"),
    word("expected at most one argument"),
    word("expected at least one argument"),
    word("invalid choice: %(value)r (choose from %(choices)s)"),
    word("invalid %(type)s value: %(value)r"),
    word("not allowed with argument %s"),
    word("ignored explicit argument %r"),
)


class Parser(argparse.ArgumentParser):
    """Tells what is wrong in one sentence and where to read more."""

    def __init__(self, **fields: Any) -> None:
        fields.setdefault("formatter_class", Formatter)
        super().__init__(allow_abbrev=False, **fields)

    def error(self, message: str) -> NoReturn:
        tell(t("{message}. See: {prog} --help", message=message, prog=self.prog))
        self.exit(WRONG_USAGE)


class Formatter(argparse.HelpFormatter):
    """The help page; only its first word needs us."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, t("Usage:") + " " if prefix is None else prefix)


def parser_for(lang: Language) -> argparse.ArgumentParser:
    """The parser of the whole line, in a language."""
    os.environ["LANGUAGE"] = lang
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    about = t("Deskbell: one program for a counter. Without a command it opens the counter.")
    parser = Parser(prog="deskbell", description=about)
    # Of these words alone argparse asks for no text.
    parser.add_argument(
        "--version", action=_Version, nargs=0, default=argparse.SUPPRESS,
        help=t("show program's version number and exit"),
    )  # fmt: skip
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--store", metavar="DIR", type=Path, help=t("the store's folder"))
    place.add_argument(
        "--demo", action="store_true", help=t("the demonstration store, made on first use")
    )
    commands = parser.add_subparsers(dest="command", metavar=t("command"), title=t("commands"))
    for command in COMMANDS:
        added = commands.add_parser(command.name, help=t(command.help), description=t(command.help))
        command.arguments(added)
    return parser


class _Version(argparse.Action):
    """Tells the version of the installed program; only who asks waits until it is looked up."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> NoReturn:
        from importlib import metadata

        try:
            version = metadata.version("deskbell")
        except metadata.PackageNotFoundError:
            version = "0"
        print(f"Deskbell {version}")
        parser.exit()


def module_of(name: str | None) -> str:
    """The module that runs a command; no command is the counter."""
    found = next((each.module for each in COMMANDS if each.name == name), "counter")
    return f"tui.commands.{found}"


def day(text: str) -> date:
    """A date written as 2026-11-23."""
    return date.fromisoformat(text)


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=t("for a program to read"))


def _who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--user", metavar=t("name"), help=t("the user who signs in"))
    parser.add_argument(
        "--password-stdin",
        action="store_true",
        help=t("the password is the first line of standard input"),
    )


def _init(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--answers", metavar=t("file"), type=Path, help=t("a TOML file with the answers")
    )
    parser.add_argument(
        "--password-stdin",
        action="store_true",
        help=t("the owner's password is the first line of standard input"),
    )


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar=t("kind"), help=t("what the rows are, such as goods"))
    parser.add_argument("file", metavar=t("file"), nargs="?", type=Path, help="CSV, XLSX, XLS, ODS")
    parser.add_argument(
        "--map",
        metavar=t("heading=field"),
        action="append",
        default=[],
        help=t("a column of theirs is this field of ours; may be given several times"),
    )
    parser.add_argument(
        "--default", metavar=t("field=value"), action="append", default=[],
        help=t("what empty cells of a field are, such as Sale price=0; may be given several times"),
    )  # fmt: skip
    parser.add_argument(
        "--encoding", metavar=t("name"), default="",
        help=t("how the text is written: utf-8, gb18030, big5, cp1252 ..."),
    )  # fmt: skip
    parser.add_argument(
        "--separator",
        choices=("comma", "semicolon", "tab", "|"),
        default="",
        help=t("what stands between cells"),
    )
    parser.add_argument(
        "--decimal", metavar=t("sign"), default="",
        help=t("the decimal sign, a point or a comma, of all columns of numbers"),
    )  # fmt: skip
    parser.add_argument(
        "--sheet", metavar=t("name"), default="", help=t("which sheet of a spreadsheet it is")
    )
    parser.add_argument(
        "--head-row", metavar=t("row number"), type=int, default=0,
        help=t("the row in which the headings stand"),
    )  # fmt: skip
    parser.add_argument(
        "--dry-run", action="store_true", help=t("say what would happen, and store nothing")
    )
    parser.add_argument("--undo", metavar=t("run"), help=t("take an import back, by its number"))
    _json(parser)
    _who(parser)


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar=t("kind"), help=t("what the rows are, such as goods"))
    parser.add_argument("file", metavar=t("file"), type=Path, help="CSV, XLSX")
    _overwrite(parser)
    _who(parser)


def _overwrite(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--overwrite", action="store_true", help=t("a file of this name may be replaced")
    )


def _report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "name", metavar=t("name"), nargs="?", help=t("the report; without it they are listed")
    )
    parser.add_argument("--from", dest="since", metavar=t("day"), type=day, help="2026-11-01")
    parser.add_argument("--to", dest="until", metavar=t("day"), type=day, help="2026-11-30")
    parser.add_argument("--format", choices=FORMATS, default="text", help=t("how it is written"))
    parser.add_argument(
        "--output", "-o", metavar=t("file"), type=Path, help=t("write into this file")
    )
    _overwrite(parser)
    _who(parser)


def _verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--quick", action="store_true", help=t("only what is looked at when the counter opens")
    )
    parser.add_argument(
        "--slip", nargs=2, metavar=(t("number"), t("signs")),
        help=t("whether a slip on paper and the books agree"),
    )  # fmt: skip
    _json(parser)


def _backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "to", metavar=t("folder"), nargs="?", type=Path, help=t("where the copy goes")
    )
    _who(parser)


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar=t("file"), type=Path, help=t("the copy to go back to"))
    parser.add_argument(
        "--identity", metavar=t("file"), type=Path, help=t("the private age key of the copy")
    )
    parser.add_argument(
        "--highest",
        metavar=t("number"),
        type=int,
        default=0,
        help=t("the highest register number on any slip, when a later one is known"),
    )
    parser.add_argument("--yes", action="store_true", help=t("do not ask"))
    _who(parser)


def _devices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "name",
        metavar=t("name"),
        nargs="?",
        help=t("the device to test; without it they are listed"),
    )
    _json(parser)


def _queue(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", nargs="?", choices=("list", "again", "drop"), default="list")
    parser.add_argument("number", metavar=t("number"), nargs="?", type=int)
    _json(parser)
    _who(parser)


def _unlock(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("login", metavar=t("login"), help=t("who waits after failed sign-ins"))
    _who(parser)


def _night_audit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--unattended", action="store_true", help=t("ask nobody: the policies in the settings")
    )
    parser.add_argument(
        "--date", metavar=t("day"), type=day,
        help=t("only when this is the open date; without it the open one"),
    )  # fmt: skip
    _who(parser)


COMMANDS = (
    Command("init", "init", word("makes a store"), _init),
    Command("import", "imports", word("takes rows from a CSV or XLSX file"), _import),
    Command("export", "exports", word("writes the same rows out again"), _export),
    Command("report", "report", word("prints a report, or lists them"), _report),
    Command("verify", "verify", word("proves the books"), _verify),
    Command("backup", "backup", word("makes a verified copy of the store"), _backup),
    Command("restore", "restore", word("goes back to a copy"), _restore),
    Command("devices", "devices", word("lists the devices, or tests one"), _devices),
    Command("queue", "queue", word("print jobs: list, again, drop"), _queue),
    Command("night-audit", "night_audit", word("closes the day of a hotel"), _night_audit),
    Command("doctor", "doctor", word("checks this machine and says what to do"), _json),
    Command("unlock", "unlock", word("ends the waiting after failed sign-ins"), _unlock),
)
