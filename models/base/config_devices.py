"""The keys that a device's table in config.toml may have, as data.

Here only names and kinds are checked, so that a slip of the pen is told at start and by name.
What the values mean, and which go together, the devices decide (devices/).
"""

from __future__ import annotations

from models.base.config_rules import Flag, Number, OneOf, PortOrName, Rule, Text, Whole

# How bytes get to the device. A relative path of a file lies in the store's folder.
TRANSPORT: dict[str, Rule] = {
    "connect": OneOf(("tcp", "serial", "device", "file", "spooler", "memory", "none")),
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
    "send_timeout_s": Number(0.1, 600),
    "answer_timeout_s": Number(0.05, 60),
}


def _connect(*others: str) -> dict[str, Rule]:
    return TRANSPORT | {
        "connect": OneOf(("tcp", "serial", "device", "file", "memory", *others, "none"))
    }


PRINTER: dict[str, Rule] = TRANSPORT | {
    "profile": Text(40),
    "columns": OneOf((32, 42, 48)),
    "dots": Whole(100, 2000),
    "language": OneOf(("zh", "en", "both")),
    "encoding": Text(20),
    "cut": OneOf(("full", "partial", "none")),
    "feed_lines": Whole(0, 20),
    "status": Flag(),
    "confirm": OneOf(("gs_h", "gs_r", "status", "none")),
    "confirm_timeout_s": Number(0.1, 600),
    "barcode": OneOf(("printer", "picture", "none")),
    "copies": Whole(1, 5),
    "logo": Text(260),
    "fallback": Text(40),
}

DRAWER: dict[str, Rule] = _connect("printer") | {
    "printer": Text(40),
    "pin": OneOf((2, 5)),
    "pulse_ms": Whole(10, 1000),
    "open_level": OneOf(("high", "low")),
    "has_switch": Flag(),
    "switch_line": OneOf(("cts", "dsr", "cd", "ri")),
    "code": Text(60),
}

SCANNER: dict[str, Rule] = _connect("keyboard") | {
    "prefix": Text(10),
    "suffix": OneOf(("enter", "tab", "none")),
    "gap_ms": Whole(5, 200),
    "by_pace": Flag(),
    "same_code_ms": Whole(0, 5000),
    "encoding": Text(20),
}

DISPLAY: dict[str, Rule] = _connect() | {
    "protocol": OneOf(("cd5220", "escpos")),
    "columns": Whole(8, 40),
    "encoding": Text(20),
    "idle_text": Text(80),
    "idle_text_2": Text(80),
    "brightness": Whole(1, 4),
}

SCALE: dict[str, Rule] = _connect() | {
    "protocol": OneOf(("toledo8217", "pattern")),
    "pattern": Text(200),
    "ask": Text(40),
    "unit": OneOf(("kg", "g", "jin", "lb")),
    "decimals": Whole(0, 5),
    "poll_s": Number(0.05, 10),
}

LABEL_PRINTER: dict[str, Rule] = TRANSPORT | {
    "protocol": OneOf(("tspl",)),
    "width_mm": Whole(10, 200),
    "height_mm": Whole(10, 300),
    "gap_mm": Whole(0, 50),
    "dpi": OneOf((203, 300)),
    "font": Text(260),
}

EXCHANGE: dict[str, Rule] = _connect() | {
    "format": OneOf(("columns", "csv", "pattern")),
    "pattern": Text(400),
    "columns": Text(400),
    "separator": Text(1),
    "encoding": Text(20),
    "date_format": Text(40),
    "time_format": Text(40),
    "skip": Text(200),
}

ID_READER: dict[str, Rule] = _connect("keyboard") | {
    "format": OneOf(("mrz", "pattern")),
    "pattern": Text(400),
}

SMS: dict[str, Rule] = _connect() | {
    "pin": Text(8),
    "centre": Text(20),
    "prefix": Text(6),
    "parts_at_most": Whole(1, 10),
}

# One device each; printers are several and have a name: [printer.NAME].
SINGLE: dict[str, dict[str, Rule]] = {
    "scanner": SCANNER,
    "drawer": DRAWER,
    "display": DISPLAY,
    "scale": SCALE,
    "label_printer": LABEL_PRINTER,
    "exchange": EXCHANGE,
    "id_reader": ID_READER,
    "sms": SMS,
}
