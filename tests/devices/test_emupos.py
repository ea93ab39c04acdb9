"""Our bytes on an independent printer simulator (emupos, needs Python 3.13 and so its own
environment): found as the command `emupos`, or where the variable DESKBELL_EMUPOS says.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from devices.drawer import PrinterDrawer
from devices.printer import Ending, Printer
from devices.profiles import PROFILES
from devices.talk import Patience
from devices.tcp import Tcp
from receipts.escpos import escpos_bytes
from receipts.layout import Line, layout
from tests.receipts.slips import SLIPS

COMMAND = os.environ.get("DESKBELL_EMUPOS") or shutil.which("emupos")
pytestmark = pytest.mark.skipif(
    not COMMAND, reason="no command emupos (pip install emupos in a Python 3.13 environment)"
)
# It has no Chinese mode (FS &, FS S, FS !, whose parameters then look like text to it) and no
# character sets of countries (ESC R). Anything else that it does not know would be our mistake.
NOT_SIMULATED = {"1b 52 00", "1c 26", "1c 53", "1c 21", "0c", "08", "00"}
PROFILE = replace(PROFILES["80mm"], confirm="gs_r")
PATIENCE = Patience(answer_s=0.5, stall_s=0.5, confirm_s=1.5, pulse_s=1.0)


class Simulator:
    """One simulated TM-T20III and its control interface."""

    def __init__(self, folder: Path) -> None:
        self.api, self.port = _free_port(), _free_port()
        self.log = folder / "log.txt"
        config = {
            "schema": 1,
            "api": {"host": "127.0.0.1", "port": self.api},
            "devices": [
                {
                    "id": "front",
                    "type": "printer",
                    "profile": "epson-tm-t20iii",
                    "connections": [{"tcp": {"port": self.port}}],
                    "job_idle_timeout_ms": 300,
                    "receipts_dir": str(folder / "receipts"),
                }
            ],
        }
        (folder / "emupos.yaml").write_text(json.dumps(config))
        with self.log.open("w") as log:
            self._process = subprocess.Popen(
                [str(COMMAND), "run", "--config", str(folder / "emupos.yaml")],
                stdout=log,
                stderr=log,
                cwd=folder,
            )
        self._wait_until_there()

    def printer(self) -> Printer:
        return Printer("receipt", Tcp("127.0.0.1", self.port, connect_s=0.5), PROFILE, PATIENCE)

    def ask(self, path: str, method: str = "GET") -> Any:
        address = f"http://127.0.0.1:{self.api}/api/v1/{path}"
        request = urllib.request.Request(address, method=method)
        with urllib.request.urlopen(request, timeout=2) as answer:
            body = answer.read().decode()
        return json.loads(body) if body.startswith(("{", "[")) else body

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(5)

    def _wait_until_there(self) -> None:
        end = time.monotonic() + 10
        while time.monotonic() < end:
            try:
                self.ask("health")
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise TimeoutError(self.log.read_text())


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    simulator = Simulator(tmp_path_factory.mktemp("emupos"))
    yield simulator
    simulator.stop()


@pytest.fixture(autouse=True)
def healthy(simulator: Simulator) -> Iterator[None]:
    yield
    for fault in ("paper-near-end", "paper-out", "cover-open", "offline"):
        simulator.ask(f"devices/front/faults/{fault}", "DELETE")


@pytest.mark.parametrize("kind", ["sale", "z"])
def test_it_prints_every_line_and_knows_every_command(simulator: Simulator, kind: str) -> None:
    sheet = layout(SLIPS[kind]("both"), PROFILE)
    outcome = simulator.printer().send(escpos_bytes(sheet, PROFILE))
    assert (outcome.ending, outcome.confirmed_by) == (Ending.PRINTED, "gs_r")

    time.sleep(0.2)
    dump = simulator.ask("devices/front/receipts/latest/text")
    # It draws each byte as a character of code page 437, so the bytes are all there.
    printed = dump.encode("cp437").decode("gb18030")
    laid = [line.text for line in sheet.lines if isinstance(line, Line) and not line.wide]
    for text in filter(None, map(str.strip, laid)):
        assert text in printed
    log = simulator.log.read_text()
    assert set(re.findall(r"skipped unknown bytes ([0-9a-f ]+)", log)) <= NOT_SIMULATED


@pytest.mark.parametrize(
    ("fault", "code"),
    [("paper-out", "PaperOut"), ("cover-open", "CoverOpen"), ("offline", "PrinterOffline")],
)
def test_its_faults_are_understood(simulator: Simulator, fault: str, code: str) -> None:
    printer = simulator.printer()
    simulator.ask(f"devices/front/faults/{fault}", "PUT")

    outcome = printer.send(b"\x1b@never\n")
    assert outcome.ending is Ending.NOT_SENT
    assert outcome.fault and outcome.fault.code == code

    simulator.ask(f"devices/front/faults/{fault}", "DELETE")
    assert printer.send(b"\x1b@again\n").ending is Ending.PRINTED


def test_low_paper_is_seen(simulator: Simulator) -> None:
    simulator.ask("devices/front/faults/paper-near-end", "PUT")

    assert simulator.printer().status().paper == "low"


def test_the_drawer_opens_even_without_paper(simulator: Simulator) -> None:
    drawer = PrinterDrawer(simulator.printer(), open_level="high")
    for fault in ("", "paper-out"):
        if fault:
            simulator.ask(f"devices/front/faults/{fault}", "PUT")
        simulator.ask("devices/front/drawer/close", "POST")
        assert drawer.is_open() is False
        drawer.kick()
        time.sleep(0.1)
        assert drawer.is_open() is True
