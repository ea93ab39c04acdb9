"""What must come out of each small awkward file of real_data/awkward, as its README says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.goods.goods import Barcode, Goods
from models.stock.stock import stock_of
from models.trust.shipped_names import shipped

FILE = re.compile(r"^\| ([\w.]+\.(?:csv|xlsx)) \|", re.MULTILINE)


def named_files(folder: Path) -> list[str]:
    """The files that the table of the folder names."""
    return FILE.findall((folder / "README.md").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """`goods` by code, as `stored` gives them; `refused` are rows and reasons; `notes` is what is
    told of the file beside how its text is written. `columns` are named by hand.
    """

    goods: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    refused: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    # How many there are, where not all are looked at.
    new: int = 0

    @property
    def count(self) -> int:
        """New goods."""
        return self.new or len(self.goods)


def priced(**codes: str) -> dict[str, dict[str, str]]:
    return {code: {"price": price} for code, price in codes.items()}


def coded(*codes: str) -> dict[str, Any]:
    return {"barcodes": dict.fromkeys(codes, ("1", None))}


GERMAN = {"Artikelnummer": "Code", "Artikel": "Name", "VK": "Sale price", "EK": "Cost",
          "Bestand": "Opening stock"}  # fmt: skip
OUTCOMES = {
    "scientific.csv": Outcome(refused=tuple((row, "damaged_code") for row in (2, 3, 4, 5, 6))),
    "e_codes.csv": Outcome(
        {"1E5": {"name": "Bulb E5", "price": "1.00"}, "5E14": {"name": "Candle E14"},
         "100E10": {"price": "3.00"}, "2E": {"name": "Two E"}},
    ),
    "eighteen_digits.xlsx": Outcome(
        {"V2": coded("999032320001885"), "V3": coded("15400000002646")},
        refused=((2, "damaged_code"),), notes=("page",),
    ),
    "formula_text.csv": Outcome({"0012": coded("6901234567892"), "0013": coded("0012345678905")}),
    "spaced_barcode.csv": Outcome({"G1": coded("6901234567892"), "G2": coded("6901234567908")}),
    "packs.csv": Outcome(
        {"B1": {"price": "3.00", "barcodes": {
            "6901234567892": ("1", None), "6901234567908": ("24", None),
            "6901234567915": ("6", "15.00"),
        }}},
    ),
    "decimal_comma_semicolon.csv": Outcome(
        {"D1": {"name": "Apfel", "price": "12.50", "cost": "0.125", "stock": "3.5"},
         "D2": {"name": "Birne", "price": "1299.00", "cost": "1000.50", "stock": "1.25"},
         "D3": {"price": "0.99", "cost": "0.50", "stock": "12"},
         "D4": {"price": "11000.00", "cost": "1500.00", "stock": "2"}},
        refused=((6, "bad_price"),), notes=("decimal",) * 3, columns=GERMAN,
    ),
    "decimal_comma_cost.csv": Outcome(
        {"A": {"price": "10.00", "cost": "0.125", "stock": "1.25"},
         "B": {"price": "10.00", "cost": "7.25", "stock": "0.5"}},
        notes=("decimal",) * 3,
    ),
    "thousands_point.csv": Outcome(
        priced(C1="11000.00", C2="2500.00", C3="4250.00", C4="1250000.00"),
        notes=("decimal_guessed",),
    ),
    "stray_quote.csv": Outcome(
        priced(Q2="1.00", Q3="1.10", Q4="1.20", Q5="3.00", Q6="2.00"),
        refused=((2, "broken_quote"),), notes=("broken_quote",),
    ),
    # Row 21 is the twentieth item.
    "one_bad_byte.csv": Outcome(
        {"Z1": {"name": "商品名称1"}, "Z19": {"name": "商品名称19"}, "Z39": {"name": "商品名称39"}},
        refused=((21, "unknown_sign"),), notes=("open_ended", "unknown_sign"), new=38,
    ),
    "named_total.csv": Outcome(
        {"TT1": {"name": "Total", "price": "4.00"}, "TT2": {"name": "Total Cereal"}},
        notes=("head_line", "sums"),
    ),
    "units.csv": Outcome(
        {"U1": {"unit": ("千克", 3), "stock": "12.5"}, "U2": {"unit": ("米", 3), "stock": "3.2"},
         "U3": {"unit": ("斤", 3), "stock": "7.5"}, "U4": {"unit": ("克", 0)},
         "U5": {"unit": ("千克", 3)}},
    ),
    "two_names.csv": Outcome(
        {"A1": {"name": "Tea", "price": "1.00"}}, notes=("repeated", "twice"),
    ),
}  # fmt: skip


def stored(code: str) -> dict[str, Any]:
    """An item as it is in the store, as people read it."""
    item = Goods.get(Goods.code == code)
    codes = Barcode.select().where(Barcode.goods == item)
    return {
        "name": item.name,
        "price": str(item.price),
        "cost": str(item.cost),
        "unit": item.unit and (item.unit.name, item.unit.decimals),
        "stock": str(stock_of(item.key).quantity),
        "barcodes": {
            row.code: (str(row.pack), None if row.price is None else str(row.price))
            for row in codes
        },
    }


def differing(outcome: Outcome) -> dict[str, Any]:
    """What is stored otherwise than it must be."""
    found = {code: stored(code) for code in outcome.goods}
    return {
        code: found[code]
        for code, wanted in outcome.goods.items()
        if _in_the_store(wanted) != {name: found[code][name] for name in wanted}
    }


def _in_the_store(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """With the unit as a store in its language calls it."""
    if wanted.get("unit", ("",))[0] != "千克":
        return dict(wanted)
    return {**wanted, "unit": (shipped("千克 kg"), wanted["unit"][1])}
