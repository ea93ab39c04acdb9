"""What a receipt printer can do: a small table of our own, each value open to config.toml.

python-escpos carries a database of some dozen models. Only its data file is read: importing the
library takes a quarter of a second, sets up logging on standard error and leaves files behind.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from devices import tables
from devices.faults import BadDeviceTable

# From the surest proof that a slip was printed to none at all; `auto` finds out by itself.
CONFIRMATIONS = ("auto", "gs_h", "gs_r", "status", "none")
# A label printer says how it is, and not which label it has printed.
LABEL_CONFIRMATIONS = ("auto", "status", "none")
CODEPAGES = ("gb18030", "latin")
_LABEL_DOTS = 8


@dataclass(frozen=True, slots=True)
class LabelSize:
    """A label on its roll, in millimetres; the gap is between two of them."""

    width_mm: int
    height_mm: int
    gap_mm: int


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """Columns are cells of the small font; dots are the printable width of the head. One with a
    `label` size is a label printer, and `font` is what its words are drawn with.
    """

    name: str
    columns: int
    dots: int
    has_cut: bool = True
    has_barcode: bool = True
    has_qr: bool = True
    confirm: str = "auto"
    codepage: str = "gb18030"
    label: LabelSize | None = None
    font: str = ""

    @property
    def prints_chinese(self) -> bool:
        return self.codepage == "gb18030"


_OWN = (
    PrinterProfile("80mm", columns=48, dots=576),
    PrinterProfile("80mm-42", columns=42, dots=576),
    # The common cheap printer: a tear bar, no codes of its own.
    PrinterProfile("58mm", 32, 384, has_cut=False, has_barcode=False, has_qr=False),
    PrinterProfile("58mm-codes", 32, 384, has_cut=False),
    # Epson TM models and the better clones acknowledge each job by its number.
    PrinterProfile("epson", columns=48, dots=576, confirm="gs_h"),
    PrinterProfile("epson-42", columns=42, dots=512, confirm="gs_h"),
    PrinterProfile("latin", columns=48, dots=576, codepage="latin"),
    PrinterProfile("latin-42", columns=42, dots=512, codepage="latin"),
    PrinterProfile("latin-58mm", 32, 384, has_cut=False, has_qr=False, codepage="latin"),
    # A label printer speaks TSPL, 8 dots a millimetre.
    PrinterProfile("label", columns=25, dots=320, label=LabelSize(40, 30, 2)),
)
PROFILES: Mapping[str, PrinterProfile] = {profile.name: profile for profile in _OWN}


def profile_from_table(table: Mapping[str, object]) -> PrinterProfile:
    """The profile named by the table's `profile`, changed by the table's own values."""
    profile = PROFILES[tables.choice(table, "profile", tuple(PROFILES), "80mm")]
    if profile.label is not None:
        return _label_printer(profile, profile.label, table)
    if escpos := tables.text(table, "escpos_profile", ""):
        profile = _with_escpos(profile, escpos)
    columns = tables.whole(table, "columns", profile.columns)
    if not 16 <= columns <= 96:
        raise BadDeviceTable(key="columns", value=columns)
    return replace(
        profile,
        columns=columns,
        dots=tables.whole(table, "dots", profile.dots),
        has_cut=tables.flag(table, "cut", profile.has_cut),
        has_barcode=tables.flag(table, "barcode", profile.has_barcode),
        has_qr=tables.flag(table, "qr", profile.has_qr),
        confirm=tables.choice(table, "confirm", CONFIRMATIONS, profile.confirm),
        codepage=tables.choice(table, "codepage", CODEPAGES, profile.codepage),
    )


def _label_printer(
    profile: PrinterProfile, usual: LabelSize, table: Mapping[str, object]
) -> PrinterProfile:
    """Its labels as the table says; a font that is named must be there."""
    size = LabelSize(
        tables.whole(table, "label_width_mm", usual.width_mm),
        tables.whole(table, "label_height_mm", usual.height_mm),
        tables.whole(table, "label_gap_mm", usual.gap_mm),
    )
    font = tables.text(table, "font", "")
    if font not in ("", "printer") and not Path(font).is_file():
        raise BadDeviceTable(key="font", value=font)
    dots = size.width_mm * _LABEL_DOTS
    return replace(
        profile, columns=dots // 12 - 1, dots=dots, label=size, font=font,
        confirm=tables.choice(table, "confirm", LABEL_CONFIRMATIONS, profile.confirm),
    )  # fmt: skip


def _with_escpos(profile: PrinterProfile, name: str) -> PrinterProfile:
    """Columns, dots and abilities from python-escpos; it knows nothing of Chinese or of proofs."""
    model = _escpos_models().get(name)
    if model is None:
        raise BadDeviceTable(key="escpos_profile", value=name)
    features = model["features"]
    dots = model["media"]["width"]["pixels"]
    return replace(
        profile,
        name=name,
        columns=model["fonts"]["0"]["columns"],
        dots=dots if isinstance(dots, int) else profile.dots,
        has_cut=bool(features["paperFullCut"] or features["paperPartCut"]),
        has_barcode=bool(features["barcodeB"]),
        has_qr=bool(features["qrCode"]),
    )


def _escpos_models() -> dict[str, Any]:
    spec = importlib.util.find_spec("escpos")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        return {}
    path = Path(folders[0]) / "capabilities.json"
    models: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["profiles"]
    return models
