"""How devices are connected, in words."""

from __future__ import annotations

from typing import Any

from receipts.words import word
from tui.desk.words import t

# `connect` of a device's table in config.toml, in words.
WAYS = {
    "tcp": word("network"),
    "serial": word("serial port"),
    "device": word("device file"),
    "spooler": word("Windows printer"),
    "file": word("file"),
    "folder": word("folder"),
    "memory": word("nothing, for trying out"),
    "printer": word("by the printer"),
    "keyboard": word("types like a keyboard"),
    "none": word("none"),
}


def where_of(table: Any) -> str:
    """How a device hangs on this machine: its transport and address."""
    connect = str(table.get("connect", ""))
    parts = [
        str(table[key]) for key in ("host", "port", "path", "name", "printer") if table.get(key)
    ]
    return " ".join([t(WAYS.get(connect, connect)), ":".join(parts)]).strip()
