"""What a GS1 label says besides which item it is: batch, days, serial or carton number; and the
signs that the scanner swallowed a separator.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from models.base.refusals import Refusal
from models.goods.codes import GS, Scan, has_check_digit, without_symbology

_BATCH, _SERIAL, _CARTON = "10", "21", "00"
# Good until, best before, sell by: the first that is there.
_DAYS = ("17", "15", "16")
_DAY = r"\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])"
# A batch or a serial number, an expiry and the number of the goods: the first has no end.
_BEHIND = re.compile(
    rf"(?:01\d{{14}})?(?:1[1357]{_DAY})?(?P<ai>10|21)(?P<value>[!-z]{{1,20}}?)"
    rf"17(?P<day>{_DAY})01(?P<gtin>\d{{14}})"
)
# A count of more than four digits is one with a batch behind it.
_COUNTED = re.compile(rf"02\d{{14}}(?:1[1357]{_DAY})*37\d{{5,}}")


class SeparatorMissing(Refusal):
    """A label whose parts ran into each other: the scanner sends no separator (FNC1). `proposal` is
    what it seems to say, empty where nobody can tell.
    """


@dataclass(frozen=True, slots=True)
class Label:
    """What a label says of the very pieces that carry it. `single` names one thing."""

    batch: str = ""
    expiry: date | None = None
    single: str = ""


def label_of(scan: Scan) -> Label:
    """What a scanned code says besides the item."""
    batch, serial = scan.element(_BATCH), scan.element(_SERIAL) or scan.element(_CARTON)
    days = (scan.element(ai) for ai in _DAYS)
    expiry = next((each.day for each in days if each is not None), None)
    return Label(batch.value if batch else "", expiry, serial.value if serial else "")


def refuse_run_together(text: str) -> None:
    """Refuses: SeparatorMissing, where a code that is no item's own is a label without its
    separators. Such a code is never guessed.
    """
    _, code = without_symbology(text)
    if GS in code or code.startswith("("):
        return
    if (found := _BEHIND.fullmatch(code)) and has_check_digit(found["gtin"]):
        proposal = f"(01){found['gtin']}({found['ai']}){found['value']}(17){found['day']}"
        raise SeparatorMissing(code=code, proposal=proposal)
    if _COUNTED.fullmatch(code):
        raise SeparatorMissing(code=code, proposal="")
