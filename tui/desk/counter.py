"""Running the counter: the database thread, paper, scanner, and the app over them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from models.config.config import Config
from tui import use_slow_line
from tui.desk.database import DatabaseThread
from tui.desk.gate.scan import ScanRules
from tui.desk.keys import KeyMap

if TYPE_CHECKING:
    from models.trust.backup import Plan
    from receipts.words import Language

# So long another thread that computes may keep the screen waiting each time; Python lets it for
# 5 ms, and a key is handled in some thirty turns.
TURN_S = 0.001


def run(
    config: Config,
    folder: Path,
    *,
    opening: Callable[[], object],
    closing: Callable[[], object],
    demo_hint: tuple[str, ...] = (),
    lang: Language | None = None,
    backups: Plan | None = None,
) -> int:
    """Open the counter until somebody ends it; the exit status.

    `opening` and `closing` run on the database thread, first and last. What `opening` refuses
    comes out of here before the screen changes, and what ended the app comes out after it.
    """
    keymap = key_map(config)
    if config.ui.slow_line:
        use_slow_line()
    sys.setswitchinterval(TURN_S)
    database = DatabaseThread(opening, closing)
    try:
        database.opened.result()
        # Loaded while the store opens, not before the command line is understood.
        from tui.desk.counter_app import CounterApp
        from tui.desk.paper import Paper

        paper = Paper(config, folder)
        app = CounterApp(
            config=config,
            folder=folder,
            database=database,
            keymap=keymap,
            rules=scan_rules(config),
            demo_hint=demo_hint,
            lang=lang,
            paper=paper,
            backups=backups,
        )
        try:
            status = app.run() or 0
        finally:
            paper.stop()
        if (ended := app.refused or app.crash) is not None:
            raise ended
        return status
    finally:
        database.close()


def key_map(config: Config) -> KeyMap:
    """The shipped map that config.toml names, with its changes."""
    shipped = {"deskbell": "deskbell", "till": "chinese"}[config.ui.key_map]
    rows = {command: " ".join(keys) for command, keys in config.keys.items()}
    return KeyMap.shipped(shipped).changed(rows)


def scan_rules(config: Config) -> ScanRules:
    """How scans are told from typing, as config.toml says."""
    table = config.scanner or {}
    prefix, gap = str(table.get("prefix", "")), table.get("gap_ms", 35)
    by_pace = bool(table.get("by_pace", True))
    return ScanRules(prefix=prefix, gap_s=float(str(gap)) / 1000, by_pace=by_pace)
