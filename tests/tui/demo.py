"""A small counter without books: every part of the floor, to be driven in a real terminal.

Run it: `python -m tests.tui.demo [en] [light|contrast|mono] [ascii] [chinese]`.
What happens is written, a line each, to the file that DEMO_LOG names.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from textual.containers import Horizontal, Vertical

from receipts.words import word
from tui.desk import themes
from tui.desk.app import DeskbellApp
from tui.desk.frame import FrameScreen
from tui.desk.frame_state import Chip
from tui.desk.gate.key_rows import Command
from tui.desk.gate.scan import Code, ScanRules
from tui.desk.keys import KeyMap
from tui.widgets.entry import Entry
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Ask, Confirm, Message, Pick
from tui.widgets.total import BigTotal

HOSTILE = (
    "A [/oops] B",
    "[@click=app.exit]go[/]",
    "esc\x1b[31mred\x1b]0;title\x07",
    "csi\x9b31m",
    "rtl\u202eevil\u2066x",
    "Z [3] [红] [x=1]",
    "一行\n两行\t三",
)
NAMES = (
    "农夫山泉天然水 550ml",
    "可口可乐 330ml",
    "红富士苹果 (1.284kg)",
    "心相印抽纸 3层",
    *HOSTILE,
)


def note(text: str) -> None:
    """Write down what happened."""
    if path := os.environ.get("DEMO_LOG"):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(text + "\n")


class Selling(FrameScreen):
    kind = "selling"
    title_msgid = word("Pay")

    def body(self) -> Iterable[Any]:
        self.basket: list[tuple[Any, ...]] = []
        self.lines = LineList(
            [
                Column("#", 3, "right", tone="muted", drop=2),
                Column(word("Item"), 0),
                Column(word("Quantity"), 7, "right"),
                Column(word("Price"), 8, "right", drop=1),
                Column(word("Amount"), 9, "right", tone="money"),
            ],
            can_focus=False,
            empty=word("Scan the first item."),
        )
        self.roll = self.lines
        self.total = BigTotal(word("Total"), "0.00")
        with Horizontal():
            yield self.lines
            with Vertical(id="side"):
                yield self.total
        yield Entry()

    def on_mount(self) -> None:
        self.query_one("#side").styles.width = 26
        self.query_one(Horizontal).styles.height = "1fr"
        self.entry.hint("…")
        note("ready")

    async def on_scan(self, code: Code) -> None:
        note(f"scan {code!r} aim={code.aim} source={code.source} entry={self.entry.value!r}")
        await asyncio.sleep(0.001)
        if code.startswith("404"):
            raise ValueError("no such item")
        quantity, _, _ = self.entry.value.partition("*")
        self.entry.set_value("")
        n = len(self.basket)
        name = NAMES[n % len(NAMES)] if not code.startswith("N") else str(code)
        self.basket.append((str(n + 1), name, quantity or "1", "2.50", f"{(n + 1) * 2.5:.2f}"))
        self.lines.set_rows(list(self.basket), cursor=-1)
        self.total.show(word("Total"), f"{(n + 1) * 2.5:,.2f}")

    def on_entry(self, text: str) -> None:
        note(f"entry {text!r}")

    async def do_pay(self) -> None:
        note("pay")
        name = f"Amount: {HOSTILE[0]}" if getattr(self.app, "is_hostile", False) else "Amount:"
        text = await self.question(name, proposal="12.50")
        note(f"paid {text!r}")
        if text is not None:
            self.desk.inform("Paid {amount}.", amount=text)

    async def do_member(self) -> None:
        await asyncio.sleep(0.5)
        member = await self.desk.ask(Ask(word("Member")))
        note(f"member {member!r}")

    async def do_salesperson(self) -> None:
        columns = [Column(word("Item"), 0), Column(word("Quantity"), 8, "right")]
        rows = [(name, str(i)) for i, name in enumerate(NAMES)]
        note(f"picked {await self.desk.ask(Pick(word('Staff'), columns, rows))!r}")

    async def do_hold_bill(self) -> None:
        await self.desk.go(Slow(block=False))

    async def do_fetch_bill(self) -> None:
        await self.desk.go(Slow(block=True))

    async def do_bill_discount(self) -> None:
        is_sure = await self.desk.ask(Confirm(word("Remove"), HOSTILE[0], is_grave=True))
        note(f"confirmed {is_sure!r}")

    async def do_find_goods(self) -> None:
        await self.desk.ask(Message(word("Find"), "\n".join(HOSTILE)))

    async def do_enquire(self) -> None:
        await self.desk.go(Million())

    def do_cash_move(self) -> None:
        raise ZeroDivisionError

    async def do_return_goods(self) -> None:
        await asyncio.sleep(1.2)
        note("returned")

    def can_step_back(self) -> bool:
        return True

    def step_back(self) -> None:
        note("step back")


# Commands of this harness alone: a question after half a second, and work that takes long.
OWN_COMMANDS = (
    Command("member", ("f2",), ("selling",), "Member", "Asks for a member.", rank=10),
    Command("return_goods", ("ctrl+t",), ("selling",), "Return", "Takes long.", rank=25),
)


def key_map(name: str) -> KeyMap:
    """A shipped map with the harness's own commands, in the place of what has their keys."""
    own = OWN_COMMANDS if name == "deskbell" else OWN_COMMANDS[1:]
    taken = {key for each in own for key in each.keys}
    rows = [
        row for row in KeyMap.shipped(name).commands.values()
        if not ("selling" in row.where and taken & set(row.keys))
    ]  # fmt: skip
    return KeyMap([*rows, *own], name=name)


class Slow(FrameScreen):
    """A screen that takes half a second to come up."""

    kind = "payment"
    title_msgid = word("Pay")

    def __init__(self, *, block: bool) -> None:
        super().__init__()
        self._block = block

    def body(self) -> Iterable[Any]:
        if self._block:
            time.sleep(0.5)
        yield LineList([Column(word("Item"), 0)], can_focus=False)
        yield Entry()

    async def on_mount(self) -> None:
        if not self._block:
            await asyncio.sleep(0.5)

    def on_scan(self, code: Code) -> None:
        note(f"slow scan {code!r}")

    def on_entry(self, text: str) -> None:
        note(f"slow entry {text!r}")


class Million(FrameScreen):
    """A list of a million rows, by page."""

    kind = "list"
    title_msgid = word("Find")

    def body(self) -> Iterable[Any]:
        from tui.widgets.line_list import Pages

        self.lines = LineList(
            [Column("#", 9, "right"), Column(word("Item"), 0)],
            pages=Pages(self._page, lambda row: row[0]),
        )
        yield self.lines

    async def on_mount(self) -> None:
        await self.lines.load()
        note("million loaded")

    async def _page(self, anchor: Any, forward: bool, limit: int) -> list[tuple[Any, ...]]:
        await asyncio.sleep(0.005)
        if anchor is None:
            first = 0 if forward else 1_000_000 - limit
        else:
            first = anchor + 1 if forward else max(0, anchor - limit)
            limit = limit if forward else min(limit, anchor)
        return [(n, NAMES[n % len(NAMES)]) for n in range(first, min(first + limit, 1_000_000))]


class Demo(DeskbellApp):
    is_hostile = False

    def on_mount(self) -> None:
        self.update_frame(
            business_day=date(2026, 11, 22),
            register="1",
            user=HOSTILE[0] if self.is_hostile else "小王",
            is_demo=True,
            queue=0,
            backup="02:10",
            chips=(
                Chip(word("Printer"), word("ready")),
                Chip(word("Scanner")),
                Chip(word("Display"), state="off"),
            ),
        )
        self.jobs.start(self.go, Selling())


def main(words: list[str]) -> None:
    theme = next((name for name in themes.NAMES if name in words), "dark")
    prefix = os.environ.get("DEMO_PREFIX", "")
    app = Demo(
        lang="en" if "en" in words else "zh",
        theme=theme,
        ascii_signs="ascii" in words,
        keymap=key_map("chinese" if "chinese" in words else "deskbell"),
        rules=ScanRules(prefix=prefix),
    )
    app.is_hostile = "hostile" in words
    app.run()


if __name__ == "__main__":
    main(sys.argv[1:])
