"""A printer at the counter: how it is connected, and a page that somebody looks at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from devices.printer import Ending, Outcome
from devices.profiles import PROFILES, PrinterProfile
from models.base.plain_files import file_text
from models.config.config import FILE_NAME, read_config
from models.config.config_text import with_table
from models.trust.guard import require_right
from receipts.words import word
from tui.desk.in_turn import in_turn
from tui.desk.words import language, t
from tui.records.asking import Options
from tui.records.files import write_own
from tui.widgets.panel import Ask, Confirm, Panel

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp

# What each way needs to know: the key in the table, what is asked, what stands there at first.
_ADDRESSES: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "tcp": (
        ("host", word("The printer's address on the network"), ""),
        ("port", word("Its port"), "9100"),
    ),
    "serial": (
        ("port", word("The serial port, such as COM3 or /dev/ttyUSB0"), ""),
        ("baud", word("Its speed in bauds"), "9600"),
    ),
    "device": (("path", word("The device file, such as /dev/usb/lp0"), "/dev/usb/lp0"),),
    "spooler": (("printer", word("The printer's name in Windows"), ""),),
    "folder": (("path", word("The folder for the slips"), "slips"),),
}
_NUMBERS = {"baud"}


async def set_up(app: CounterApp, name: str) -> None:
    """Ask how a printer is connected, write it into config.toml, and begin to print there.

    Refuses: RightMissing, ConfigNotChanged, FileUnusable, and what a wrong value refuses.
    """
    await app.in_books(require_right, app.session, "change settings", what=f"printer {name}")
    table = await _asked(app, app.config.printers.get(name, {}))
    if table is None:
        return
    path = app.folder / FILE_NAME
    before = file_text(path) if path.exists() else ""
    after = with_table(before, ("printer", name), table, file=str(path))
    write_own(path, after.encode())
    try:
        config = read_config(app.folder)
    except Exception:
        write_own(path, before.encode())
        raise
    await app.use_config(config)
    app.inform(word("Printer {name} is set up. F5 prints a test page."), name=name)


async def _asked(app: CounterApp, present: Mapping[str, Any]) -> dict[str, Any] | None:
    given = await in_turn(app, lambda given, was: _question(present, given, was))
    if given is None:
        return None
    way, *typed, profile = given
    table: dict[str, Any] = {"connect": way}
    for (key, _, _), value in zip(_ADDRESSES[way], typed, strict=True):
        table[key] = int(value) if value.isdecimal() and _is_number(way, key) else value
    return {**table, "profile": profile}


def _question(present: Mapping[str, Any], given: Sequence[Any], was: Any) -> Panel[Any] | None:
    """How it is connected, where, and what kind it is."""
    from tui.office.connections import WAYS

    if not given:
        ways = [(way, t(WAYS[way])) for way in _ADDRESSES]
        return Options(word("How is the printer connected?"), ways)
    way, asked = given[0], len(given) - 1
    if asked < len(_ADDRESSES[way]):
        key, question, usual = _ADDRESSES[way][asked]
        stands = str(present.get(key, usual)) if present.get("connect") == way else usual
        return Ask(question, value=stands if was is None else was)
    if asked == len(_ADDRESSES[way]):
        return Options(word("What kind of printer is it?"), _profiles())
    return None


def _is_number(way: str, key: str) -> bool:
    return key in _NUMBERS or (way == "tcp" and key == "port")


def _profiles() -> list[tuple[str, str]]:
    return [(name, _said(name, profile)) for name, profile in PROFILES.items()]


def _said(name: str, profile: PrinterProfile) -> str:
    if (label := profile.label) is None:
        return t(word("{name}: {columns} signs a line"), name=name, columns=profile.columns)
    return t(
        word("{name}: labels, {width} x {height} mm"), name=name, width=label.width_mm,
        height=label.height_mm,
    )  # fmt: skip


async def print_test_page(app: CounterApp, name: str) -> None:
    """Print a page that belongs to no bill, and ask whether it came out where the printer does not
    say: so it is learnt what this printer can tell.
    """
    spooler = app.paper.spooler if app.paper is not None else None
    if spooler is None or name not in spooler.outputs:
        app.alarm(word("Printer {name} is not set up. F2 sets it up."), name=name)
        return
    page = _page(app, name)
    outcome: Outcome | None = await app.off_thread(spooler.try_out, name, page)
    if outcome is None:
        app.inform(word("This is no printer: its slips are not printed on paper."))
    elif outcome.ending is Ending.PRINTED:
        app.inform(word("Printer {name} says that it printed the test page."), name=name)
    elif outcome.ending is Ending.NOT_SENT:
        assert outcome.fault is not None
        raise outcome.fault
    elif await app.ask(Confirm(word("Did the test page come out whole?"))):
        spooler.seen(name)
        app.inform(word("Printer {name} prints, and cannot say so: look at its slips."), name=name)
    else:
        assert outcome.fault is not None
        raise outcome.fault


def _page(app: CounterApp, name: str) -> Any:
    from models.base import clock
    from receipts.slips.trial_page import trial_page
    from tui.office.connections import where_of

    table = app.config.printers[name]
    assert app.paper is not None and app.paper.spooler is not None
    profile = app.paper.spooler.outputs[name].profile
    at = clock.now().astimezone(app.frame.zone)
    lang = language() if profile.prints_chinese else "en"
    return trial_page(name, where_of(table), profile, at=at, lang=lang)
