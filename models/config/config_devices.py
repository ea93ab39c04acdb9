"""The keys that a device's table in config.toml may have, as data.

Here only names and kinds are checked, so that a slip of the pen is told at start and by name.
What the values mean, and which go together, the devices decide (devices/).
"""

from __future__ import annotations

from models.config.config_rules import Flag, Number, OneOf, PortOrName, Rule, Text, Whole

# How bytes get to the device. A relative path of a file lies in the store's folder.
TRANSPORT: dict[str, Rule] = {
    "host": Text(120),
    "port": PortOrName(),
    "path": Text(260),
    "printer": Text(120),
    "baud": Whole(300, 921_600),
    "bits": OneOf((7, 8)),
    "parity": OneOf(("N", "E", "O")),
    "stop_bits": OneOf((1, 2)),
    "flow": OneOf(("none", "rtscts", "dsrdtr", "xonxoff")),
    "connect_timeout_s": Number(0.1, 60),
}

PRINTER: dict[str, Rule] = TRANSPORT | {
    "connect": OneOf(("tcp", "serial", "device", "spooler", "file", "folder", "memory")),
    "profile": Text(40),
    "escpos_profile": Text(40),
    "columns": Whole(16, 96),
    "dots": Whole(100, 2000),
    "cut": Flag(),
    "barcode": Flag(),
    "qr": Flag(),
    "codepage": OneOf(("gb18030", "latin")),
    "confirm": OneOf(("auto", "gs_h", "gs_r", "status", "none")),
    "label_width_mm": Whole(20, 120),
    "label_height_mm": Whole(20, 200),
    "label_gap_mm": Whole(0, 10),
    "font": Text(260),
    "answer_timeout_s": Number(0.05, 60),
    "stall_timeout_s": Number(0.1, 600),
    "confirm_timeout_s": Number(0.1, 600),
    "pulse_timeout_s": Number(0.1, 60),
}

DRAWER: dict[str, Rule] = TRANSPORT | {
    "connect": OneOf(("printer", "serial", "none")),
    "pin": OneOf((2, 5)),
    "pulse_ms": Whole(10, 1000),
    "pulse_bytes": Text(60),
    "sense": OneOf(("none", "cts", "dsr", "cd", "ri")),
    "open_level": OneOf(("high", "low", "unknown")),
}

SCANNER: dict[str, Rule] = TRANSPORT | {
    "connect": OneOf(("keyboard", "serial", "none")),
    "prefix": Text(10),
    "suffix": OneOf(("any", "cr", "lf", "crlf", "tab", "none")),
    "by_pace": Flag(),
    "gap_ms": Whole(5, 200),
    "min_length": Whole(1, 100),
    "max_length": Whole(1, 4096),
    "pause_ms": Whole(10, 5000),
    "bounce_ms": Whole(0, 5000),
    "retry_s": Number(0.1, 60),
}

DISPLAY: dict[str, Rule] = TRANSPORT | {
    "connect": OneOf(("tcp", "serial", "device", "file", "memory", "none")),
    "protocol": OneOf(("cd5220", "escpos")),
    "columns": Whole(8, 40),
    "codepage": OneOf(("ascii", "gb18030")),
    "idle_text": Text(80),
    "retry_s": Number(0.1, 60),
}

# One device each; printers are several and have a name: [printer.NAME].
SINGLE: dict[str, dict[str, Rule]] = {"scanner": SCANNER, "drawer": DRAWER, "display": DISPLAY}
