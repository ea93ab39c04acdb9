"""Paper and scanner at the counter: starts them, and brings their news to the app's thread."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from devices.faults import BadDeviceTable, DeviceFault
from models.config.config import Config
from models.ledger.kinds import SALE
from models.trust import print_queue
from receipts.words import word
from tui.desk.frame_state import Chip

if TYPE_CHECKING:
    from devices.display import CustomerDisplay
    from devices.drawer import Drawer
    from devices.scanner import SerialScanner
    from models.trust.print_queue import PrintJob
    from receipts.labels import PaperLanguage
    from receipts.slip import Slip
    from receipts.spooler import PrinterState, Spooler
    from tui.desk.counter_app import CounterApp

SCREEN = "screen"
DISPLAY = word("Display")
DEVICES = ("scanner", "display")
NOISE = word("The scanner sent what is no code. Scan it again.")
STATE_WORDS = {
    "starting": (word("starting"), "off"),
    "ready": (word("ready"), "good"),
    "paper low": (word("paper low"), "bad"),
    "paper out": (word("paper out"), "bad"),
    "cover open": (word("cover open"), "bad"),
    "offline": (word("offline"), "bad"),
    "silent": (word("no answer"), "bad"),
    "cannot tell": (word("cannot tell"), "off"),
    "files": (word("to files"), "off"),
    "on screen": (word("on the screen"), "off"),
    "trying": (word("trial"), "off"),
    "asks": (word("asks"), "bad"),
    "trouble": (word("trouble"), "bad"),
}


class Paper:
    """The spooler, the drawer, the serial scanner and the customer's display of this counter."""

    def __init__(self, config: Config, folder: Path) -> None:
        self.config, self.folder = config, folder
        self.spooler: Spooler | None = None
        self.scanner: SerialScanner | None = None
        self.display: CustomerDisplay | None = None
        self._drawer: Drawer | None = None
        self._app: CounterApp | None = None
        self._chips: dict[str, Chip] = {}

    def begin(self, app: CounterApp) -> None:
        """Start once the app runs and the store is open."""
        self._app = app
        self._chips["scanner"] = Chip(word("Scanner"), "", "good")
        # Loaded late: a start must not wait for printer and serial code.
        app.call_after_refresh(self._start)

    def _start(self) -> None:
        for name, start in (("scanner", self._start_scanner), ("display", self._start_display)):
            try:
                start()
            except BadDeviceTable as wrong:
                # The till sells without it; the command `doctor` says the same.
                self._on_fault(wrong.inside(name))
        self._start_printers()

    def stop_printers(self) -> None:
        """End their threads; what is queued waits. Not on the thread of the screen."""
        if self.spooler is not None:
            self.spooler.stop()

    def renew(self, config: Config) -> None:
        """The printers, which were stopped, and the drawer begin anew as config.toml says now."""
        self.config, self.spooler, self._drawer = config, None, None
        self._chips = {kind: self._chips[kind] for kind in DEVICES if kind in self._chips}
        self._start_printers()

    def _start_printers(self) -> None:
        from receipts.spooler import Events, Spooler

        assert self._app is not None and self._app.database is not None
        print_queue.use_routes(self.printer_for)
        print_queue.ask_after(self.config.paper.ask_after_minutes)
        events = Events(
            on_state=self._on_state,
            on_screen=lambda delivery, sheet: self._on_app("slip_on_screen"),
            on_unknown=lambda job, fault: self._say(
                word("A slip may not have printed. Look at the paper, then answer in Print jobs.")
            ),
            on_failed=lambda job: self._say(
                word("A slip cannot be printed as it is. Look at Print jobs.")
            ),
            on_interrupted=lambda count: self._say(
                word("The program ended while it printed. Look at the paper, then at Print jobs.")
            ),
            on_lost_characters=lambda job, lost: self._say(
                word("The printer has no sign for {signs}; it printed a box."), signs=lost
            ),
            on_drawer_fault=self._on_drawer_fault,
        )
        self.spooler = Spooler(
            self._tables(),
            register=self.config.register.number,
            run=self._app.database.call,
            build=_slip_of,
            folder=self.folder,
            events=events,
        )
        try:
            self._start_drawer()
        except BadDeviceTable as wrong:
            self._on_fault(wrong.inside("drawer"))
        import threading

        threading.Thread(target=self.spooler.start, name="spooler", daemon=True).start()

    def _tables(self) -> dict[str, Mapping[str, object]]:
        """The printers of config.toml, each with what takes over when it stays away."""
        paper = self.config.paper
        tables: dict[str, Mapping[str, object]] = {
            name: table
            for name, table in self.config.printers.items()
            if self._is_possible(name, table)
        }
        for name, table in tables.items():
            if paper.fallback != name and paper.fallback in (SCREEN, *tables):
                tables[name] = {"fallback": paper.fallback, **table}
        if SCREEN in (paper.printer, *paper.slips.values()):
            tables[SCREEN] = {"connect": SCREEN}
        return tables

    def _is_possible(self, name: str, table: Mapping[str, object]) -> bool:
        """Whether the table makes a printer; what is wrong with it is told, and shown as its chip:
        selling goes on, and its slips wait.
        """
        from receipts.outputs import make_output

        try:
            make_output(name, table, show=lambda *_: None, folder=self.folder)
        except BadDeviceTable as wrong:
            self._chips[name] = Chip(self._printer_name(name), word("not set up"), "bad")
            self._on_fault(wrong.inside(f"printer.{name}"))
            return False
        return True

    def _printer_name(self, name: str) -> str:
        # With several printers the chip must say which one it is about.
        return word("Printer") if len(self.config.printers) == 1 else name

    def printer_for(self, kind: str) -> str:
        """The printer of a kind of slip; receipts of sales wait for the question, or never come."""
        if kind == SALE and self.config.paper.receipt != "always":
            return print_queue.NO_PRINTER
        return self.config.printer_for(kind)

    def _start_drawer(self) -> None:
        if self.config.drawer is None or self.spooler is None:
            return
        if self.config.drawer.get("printer") in self.config.printers.keys() - self.spooler.printers:
            # Its printer is not set up, and that was told; or it is none of paper.
            return
        from devices.drawer import drawer_from_table

        self._drawer = drawer_from_table(self.config.drawer, self.spooler.printers)

    def _start_scanner(self) -> None:
        table = self.config.scanner
        if table is None or table.get("connect") != "serial":
            return
        from devices.scanner import SerialScanner

        self.scanner = SerialScanner.from_table(
            table,
            on_scan=lambda scan: self._on_app("scan_arrived", scan.aim + scan.text),
            on_state=self._on_scanner,
            on_noise=lambda noise: self._say(NOISE),
        )
        self.scanner.start()

    def _start_display(self) -> None:
        if self.config.display is None:
            return
        from devices.display import CustomerDisplay

        self.display = CustomerDisplay.from_table(self.config.display, on_state=self._on_display)
        if self.display is not None:
            self._chips["display"] = Chip(DISPLAY, "", "off")
            self.display.start()

    def stop(self) -> None:
        """End the threads; what is queued stays queued."""
        if self.display is not None:
            self.display.stop()
        if self.scanner is not None:
            self.scanner.stop()
        if self.spooler is not None:
            self.spooler.stop()

    def wake(self) -> None:
        """A job was queued."""
        if self.spooler is not None:
            self.spooler.wake()

    def kick(self) -> None:
        """Open the drawer, when there is one."""
        if self.spooler is not None and self._drawer is not None:
            self.spooler.kick(self._drawer)

    # News from the devices' threads.

    def _on_app(self, method: str, *args: Any) -> None:
        app = self._app
        if app is not None and app.is_running:
            app.call_later(getattr(app, method), *args)

    def _on_state(self, state: PrinterState) -> None:
        text, tone = STATE_WORDS[state.code]
        self._chips[state.printer] = Chip(self._printer_name(state.printer), text, tone)
        self._on_app("show_printer", tuple(self._chips.values()), state.waiting)

    def _on_scanner(self, fault: DeviceFault | None) -> None:
        text, tone = (word("unplugged"), "bad") if fault else ("", "good")
        self._chips["scanner"] = Chip(word("Scanner"), text, tone)
        self._on_app("show_printer", tuple(self._chips.values()))

    def _on_display(self, fault: DeviceFault | None) -> None:
        text, tone = (word("unplugged"), "bad") if fault else ("", "good")
        self._chips["display"] = Chip(DISPLAY, text, tone)
        self._on_app("show_printer", tuple(self._chips.values()))

    def _on_fault(self, fault: DeviceFault) -> None:
        self._on_app("tell", fault)

    def _on_drawer_fault(self, fault: DeviceFault) -> None:
        self._on_app("tell_drawer", fault)

    def _say(self, msgid: str, **fields: str) -> None:
        app = self._app
        if app is not None and app.is_running:
            app.call_later(partial(app.alarm, msgid, **fields))


def _slip_of(job: PrintJob, language: PaperLanguage) -> Slip:
    """The slip of a print job; reports and slips are loaded for the first one."""
    from receipts.slip_of_job import slip_of_job

    return slip_of_job(job, language)
