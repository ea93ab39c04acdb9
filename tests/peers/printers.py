"""Starts printer peers for tests and talks to them."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from devices.abilities import Remembered
from devices.files import Memory
from devices.printer import Printer
from devices.profiles import PROFILES, PrinterProfile
from devices.serial_port import Serial
from devices.talk import Patience
from devices.tcp import Tcp

PEER = Path(__file__).with_name("printer_peer.py")
QUICK = Patience(answer_s=0.4, stall_s=0.4, confirm_s=1.0, pulse_s=0.5)


class RunningPeer:
    """A printer peer in a process of its own."""

    def __init__(self, kind: str, **options: object) -> None:
        if sys.platform == "win32":
            pytest.skip("the printer peer waits on pipes, which Windows cannot")
        words = [f"--{name}={value}" for name, value in options.items()]
        self.kind = kind
        self._process = subprocess.Popen(
            [sys.executable, "-S", str(PEER), kind, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.address = self._line()

    def printer(
        self,
        profile: PrinterProfile = PROFILES["80mm"],
        *,
        known: Remembered | None = None,
        **changes: object,
    ) -> Printer:
        """The program's printer at the other end."""
        patience = Patience(**{**QUICK.__dict__, **changes})
        if self.kind == "tcp":
            transport: Tcp | Serial = Tcp("127.0.0.1", int(self.address), connect_s=0.5)
        else:
            transport = Serial(self.address, 115200)
        return Printer("receipt", transport, profile, patience, known=known)

    def tell(self, command: str) -> str:
        """Change the peer, or ask it."""
        assert self._process.stdin
        self._process.stdin.write(command + "\n")
        self._process.stdin.flush()
        return self._line()

    @property
    def printed(self) -> bytes:
        return bytes.fromhex(self.tell("bytes"))

    @property
    def pulses(self) -> int:
        return int(self.tell("pulses"))

    def wait_for(self, data: bytes, timeout_s: float = 1.0) -> bool:
        """Whether these bytes get printed in time: the last ones may be on their way."""
        end = time.monotonic() + timeout_s
        while time.monotonic() < end:
            if data in self.printed:
                return True
            time.sleep(0.01)
        return False

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            pipe.close()

    def _line(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, "the printer peer died"
        return line.strip()


def memory_printer(profile: PrinterProfile = PROFILES["80mm"]) -> tuple[Printer, Memory]:
    """A printer whose jobs lie in a list."""
    memory = Memory()
    return Printer("receipt", memory, profile, QUICK), memory
