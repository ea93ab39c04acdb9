"""A till in a real terminal: keys, scans and what stands on the screen; key presses are counted."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from models import store
from models.trust.operation import Session
from models.trust.users import User
from receipts.words import Language, say
from tests.flows.big_digits import read_big
from tests.flows.counter_program import (
    CASHIER,
    CASHIER_PIN,
    MANAGER,
    MANAGER_PASSWORD,
    OVERRIDE_PIN,
    ZONE,
    Piece,
)
from tests.terminal import NotShown, Terminal, key_bytes


class Till(Terminal):
    """The counter over a store folder. `presses` counts keys; scans are none."""

    def __init__(
        self, folder: Path, *, lang: Language = "zh", columns: int = 80, rows: int = 24
    ) -> None:
        self.folder, self.lang = folder, lang
        self.presses = 0
        command = [sys.executable, "-m", "tests.flows.counter_program", str(folder)]
        super().__init__(command, columns=columns, rows=rows)

    # What a person does.

    def key(self, *names: str) -> None:
        """Keys by name, each one press."""
        for name in names:
            self.presses += 1
            self.send(key_bytes(name))

    def type(self, text: str, *, every_s: float = 0.012) -> float:
        """Characters one by one as a person gives them; each is a press."""
        self.presses += len(text)
        longest = super().type(text, every_s=every_s)
        # Longer than a scanner's pace, so that the Enter behind it is an Enter, also when the
        # program reads the last digit late because others keep the machine busy.
        self.pump(0.1)
        return longest

    def enter(self, text: str = "") -> None:
        """A text and Enter."""
        self.type(text)
        self.key("enter")

    def scan(self, *pieces: Piece | str) -> None:
        """Codes as a keyboard scanner sends them."""
        for piece in pieces:
            code = piece if isinstance(piece, str) else piece.barcode
            self.send(f"{code}\r")

    # What a person sees.

    def w(self, msgid: str, **fields: object) -> str:
        """A message in the language of this till."""
        return say(msgid, self.lang, **fields)

    def see(
        self, msgid: str, *, timeout_s: float = 10.0, gone: bool = False, **fields: object
    ) -> None:
        """Wait until a message shows, or is gone, and the screen stands still."""
        self.wait(self.w(msgid, **fields), timeout_s=timeout_s, gone=gone)
        self.calm()

    def calm(self) -> None:
        """Wait until the screen stands still."""
        self.settle(still_s=0.12)

    def flat(self) -> str:
        """The screen without line ends and spaces, and behind it what a panel over it says: for
        texts that may be broken.
        """
        whole = "".join(self.lines()).replace("│", "")
        return "".join((whole + "".join(self.panel_rows())).split())

    def see_flat(self, text: str, *, timeout_s: float = 10.0) -> None:
        """Wait for a text that may be broken over rows."""
        wanted, until = "".join(text.split()), time.perf_counter() + timeout_s
        while wanted not in self.flat():
            if time.perf_counter() > until or self.has_ended:
                raise NotShown(f"{text!r} does not show:\n{self.text()}")
            self.pump(0.02)
        self.calm()

    @property
    def total(self) -> str:
        """The big figures at the right, read back from their blocks."""
        return read_big([self.cells(y) for y in range(self.screen.lines)])

    def cells(self, y: int) -> str:
        """A row with one character for each cell; the second half of a wide one is a space."""
        row = self.screen.buffer[y]
        return "".join((row[x].data or " ")[0] for x in range(self.screen.columns))

    @property
    def panel_total(self) -> str:
        """The big figures inside of a panel."""
        return read_big(self.panel_rows())

    def panel_rows(self) -> list[str]:
        """What stands inside of the panel on top; nothing without one."""
        rows = [self.cells(y) for y in range(self.screen.lines)]
        top = next((y for y, row in enumerate(rows) if "╭" in row and "╮" in row), len(rows))
        if top == len(rows):
            return []
        left, right = (rows[top].index(sign) for sign in "╭╮")
        return [row[left + 1 : right] for row in rows[top + 1 :] if row[left] == "│"]

    def wait_total(self, text: str, *, timeout_s: float = 10.0) -> None:
        """Wait until the big figures say so."""
        until = time.perf_counter() + timeout_s
        while self.total != text:
            if time.perf_counter() > until or self.has_ended:
                raise NotShown(f"total {text!r} is {self.total!r}:\n{self.text()}")
            self.pump(0.02)

    @property
    def day(self) -> date:
        """The business date of a day that began today."""
        return datetime.now(ZONE).date()

    @property
    def next_day(self) -> date:
        """The one behind it."""
        return self.day + timedelta(days=1)

    # Ways through the program.

    def sign_in(self, login: str = MANAGER, secret: str = MANAGER_PASSWORD) -> None:
        """At the sign-in screen, into whatever comes behind it."""
        self.see("Your number", timeout_s=40)
        self.enter(login)
        self.calm()
        self.enter(secret)
        self.wait(self.w("Your number"), gone=True)
        self.calm()

    def switch_user(self, login: str = CASHIER, secret: str = CASHIER_PIN) -> None:
        """Ctrl+U, and the other one signs in."""
        self.key("ctrl+u")
        self.sign_in(login, secret)

    def open_shift(self, notes: str = "3") -> None:
        """From home to selling: so many notes of 100 as the float."""
        self.enter("11")
        self.see("Open the shift")
        self.enter(notes)
        self.calm()
        self.key("f9")
        self.see("Selling")
        self.wait(self.w("Next customer, please."))
        self.calm()

    def begin(self, *, notes: str = "3") -> None:
        """Manager by password, cashier by PIN, shift open, selling."""
        self.sign_in()
        self.switch_user()
        self.open_shift(notes)

    def choose_customer(self, typed: str, name: str) -> None:
        """F2 with a number or the first letters of a name, and Enter on who is found."""
        self.type(typed)
        self.key("f2")
        self.wait(name)
        self.calm()
        self.key("enter")
        self.see("Customer: {name}", name=name)

    def close_day(self) -> None:
        """From home and back: whoever may closes the business day, nothing is open."""
        self.enter("16")
        self.see("Close day {day}. The next business date is:", day=self.day)
        self.key("enter")
        self.see("Close the business day {day}?", day=self.day)
        self.key("enter")
        self.see_flat(
            self.w("Day {day} is closed. Now: {opened}", day=self.day, opened=self.next_day)
        )
        self.key("enter")
        self.see("Home")

    def approve(self, reason: str = "老顾客") -> None:
        """The manager's override on this screen: number, PIN, reason."""
        self.see_flat(self.w("Who approves? The number"))
        self.enter(MANAGER)
        self.see("Override PIN for number {login}", login=MANAGER)
        self.enter(OVERRIDE_PIN)
        self.see("Reason for the approval")
        self.enter(reason)

    def pay_exact(self) -> None:
        """Enter, Enter: exact cash."""
        # An Enter sooner than 0.1 s after a scan belongs to the scan.
        self.pump(0.15)
        self.key("enter")
        self.see("Ways to pay")
        self.key("enter")
        self.wait_paid()

    def received(self, name: str, amount: str, asked: str = "{tender} {amount} received?") -> None:
        """What is not cash is confirmed once, its amount large."""
        self.see(asked, tender=name, amount=amount)
        assert self.panel_total == amount, self.text()
        self.key("enter")

    def wait_paid(self) -> None:
        """Back on the selling screen, the sale is done."""
        self.wait(self.w("Paid: {number}", number=""))
        self.calm()

    def leave_program(self) -> None:
        """From home: sign out, end."""
        self.key("f3")
        self.see("Sign out?")
        self.pump(0.15)
        self.key("enter")
        self.see("Your number")
        self.key("f3")
        self.see("End Deskbell?")
        self.key("enter")
        self.wait_end()

    def wait_end(self, timeout_s: float = 10.0) -> int:
        """Wait for the program's end; its exit status."""
        until = time.perf_counter() + timeout_s
        while time.perf_counter() < until:
            self.pump(0.02)
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.has_ended = True
                return os.waitstatus_to_exitcode(status)
        raise NotShown(f"the program goes on:\n{self.text()}")

    def kill(self) -> None:
        """As a power cut ends it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.has_ended = True

    def resident_bytes(self) -> int:
        """How much memory the program holds now."""
        with Path(f"/proc/{self.pid}/statm").open(encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def books_of(folder: Path, url: str = "", *, register: int = 1) -> Iterator[None]:
    """The store of a folder, open in this process after its counter has ended."""
    store.open_store(url or f"sqlite:///{folder / 'store.db'}", folder / "keys", register=register)
    try:
        yield
    finally:
        store.close_store()


@contextmanager
def owner_of(folder: Path) -> Iterator[Session]:
    """The owner at work in the store of a folder, whose counter is closed."""
    with books_of(folder):
        yield Session(User.get(User.login == MANAGER).key, 1)
