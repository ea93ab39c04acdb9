"""Devices: what is configured, whether it is there, and a test of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from receipts.words import word
from tui.desk.frame import FrameScreen
from tui.desk.gate.scan import Code
from tui.desk.paper import DISPLAY, STATE_WORDS
from tui.desk.words import language, t
from tui.office.connections import where_of
from tui.widgets.entry import Entry
from tui.widgets.line_list import Column, LineList
from tui.widgets.status import TONES

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp


# How long the test of the customer display stands there.
TEST_S = 20.0


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One device. `state` is a message id, `where` how it is connected."""

    kind: str
    name: str
    where: str
    state: str
    # As the chips of the status row have it: good, off or bad.
    chip: str


COLUMNS = (
    Column(word("Device"), 12, read=lambda row: t(row.kind)),
    Column(word("Name"), 12, read=lambda row: row.name),
    Column(word("Connected by"), 0, tone="muted", read=lambda row: row.where),
    Column(word("State"), 16, read=lambda row: (t(row.state), TONES[row.chip])),
)


class Devices(FrameScreen):
    """Enter tests the chosen device; a scan shows what the scanner sent."""

    kind = "devices"
    title_msgid = word("Devices")
    right = ""

    def __init__(self) -> None:
        super().__init__()
        self.lines = self.roll = LineList(COLUMNS, can_focus=False)

    @property
    def counter(self) -> CounterApp:
        """The app, with its type."""
        return cast("CounterApp", self.app)

    def body(self) -> Iterable[Any]:
        yield self.lines
        yield Entry()

    def on_mount(self) -> None:
        self.entry.focus()
        self.words_changed()
        self._show()
        self.set_interval(1.0, self._show)

    def words_changed(self) -> None:
        """The hint is drawn text: say it again."""
        self.entry.hint(t("Enter tests the device; scan anything to test the scanner"))

    def _show(self) -> None:
        config = self.counter.config
        paper = self.counter.paper
        states = paper.spooler.states if paper is not None and paper.spooler is not None else {}
        rows = []
        absent = (word("not set up"), "bad") if states else (word("not started"), "off")
        for name, table in config.printers.items():
            state = states.get(name)
            text, sign = STATE_WORDS[state.code] if state else absent
            rows.append(DeviceRow(word("Printer"), name, where_of(table), text, sign))
        for kind, name, one in (
            (word("Cash drawer"), "", config.drawer),
            (word("Scanner"), word("Scanner"), config.scanner),
            (word("Customer display"), DISPLAY, config.display),
        ):
            if one is not None:
                # A drawer on a printer is as ready as that.
                state = states.get(str(one.get("printer", "")))
                state_text, sign = STATE_WORDS[state.code] if state else self._state_of(name)
                rows.append(DeviceRow(kind, "", where_of(one), state_text, sign))
        self.lines.set_rows(rows)

    def _state_of(self, name: str) -> tuple[str, str]:
        """What the chip of this name says, of a device that says only when it is lost."""
        chips = self.counter.frame.chips
        is_lost = any(chip.name == name and chip.state == "bad" for chip in chips)
        return (word("unplugged"), "bad") if is_lost else (word("ready"), "good")

    async def on_scan(self, code: Code) -> None:
        """Say exactly what arrived."""
        shown = str(code).replace("\x1d", "<GS>")
        aim = code.aim or "-"
        self.desk.inform(
            word("Scanned {code}, {count} characters, AIM {aim}, by {source}"),
            code=shown,
            count=len(code),
            aim=aim,
            source=code.source,
        )

    async def do_test_device(self) -> None:
        """Enter: how the printer is, or a pulse for the drawer."""
        row = self.lines.chosen
        if row is None:
            return
        if row.kind == word("Cash drawer"):
            await self.counter.do_open_drawer()
        elif row.kind == word("Printer"):
            await self._test_printer(row.name)
        elif row.kind == word("Customer display"):
            self._test_display()
        elif row.kind == word("Scanner"):
            self.desk.inform(word("Scan anything: what arrives is shown here."))

    async def do_set_up_device(self) -> None:
        """F2: how a printer is connected."""
        from tui.office.printers import set_up

        if (name := self._chosen_printer()) is not None:
            await set_up(self.counter, name)
            self._show()

    async def do_test_page(self) -> None:
        """F5: a page to look at."""
        from tui.office.printers import print_test_page

        if (name := self._chosen_printer()) is not None:
            await print_test_page(self.counter, name)

    def _chosen_printer(self) -> str | None:
        """The printer that the cursor is on; said aloud where it is none."""
        row = self.lines.chosen
        if row is not None and row.kind == word("Printer"):
            return row.name
        self.desk.alarm(word("Choose a printer first."))
        return None

    def _test_display(self) -> None:
        """Two lines to look at; the next item that is rung takes their place."""
        from devices.display import TEST_LINES

        paper = self.counter.paper
        if paper is None or paper.display is None:
            self.desk.alarm(word("No customer display is set up."))
            return
        paper.display.show(TEST_LINES, for_s=TEST_S)
        self.desk.inform(word("Look whether the customer display shows two lines."))

    async def _test_printer(self, name: str) -> None:
        """Ask it how it is; nothing is printed."""
        from devices.abilities import FILE_NAME, Remembered
        from devices.check import check_device
        from receipts.fault_words import fault_text

        table = dict(self.counter.config.printers[name])
        if table.get("connect") == "folder":
            path = self.counter.folder / str(table.get("path", "slips"))
            self.desk.inform(word("Slips go into the folder {path}."), path=path)
            return
        known = Remembered(self.counter.folder / FILE_NAME)
        check = partial(check_device, "printer", name, table, known=known)
        findings = await self.counter.off_thread(check)
        bad = [finding for finding in findings if not finding.is_good]
        if bad:
            self.desk.alarm_text(fault_text(bad[0], language()))
        else:
            self.desk.inform(fault_text(findings[-1], language()))


async def open_devices(app: CounterApp) -> None:
    """From the menu."""
    await app.go(Devices())
