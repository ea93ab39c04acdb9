"""Bar codes of the store's own (店内码), for goods without one: EAN-13 beginning with 20 to 29."""

from __future__ import annotations

from models.base.hot import Statement
from models.base.refusals import Refusal
from models.goods.codes import check_digit
from models.goods.goods import Barcode
from models.goods.records import put_goods
from models.goods.scale_labels import label_layouts
from models.selling.items import scale_labels
from models.trust.operation import Job, operation
from models.trust.registers import next_number

# GS1 keeps these for codes that mean something within one company only.
_FIRST = range(20, 30)
_SERIES = "barcode"
_TAKEN = Statement('SELECT 1 FROM "barcode" WHERE "code" = ?')


class NoOwnCodes(Refusal):
    """The scales' labels take every number that a store may give itself."""


@operation(right="keep goods")
def give_own_barcode(job: Job, key: int, *, version: int) -> Barcode:
    """Give an item the next free bar code of the store's own, as its main one, with a right check
    digit; never one that a scale could print.

    Refuses: RecordChanged, NoOwnCodes.
    """
    code = _next_code(job)
    lines = [
        {"code": row.code, "pack": row.pack, "price": row.price}
        for row in Barcode.select().where(Barcode.goods == key).order_by(Barcode.code)
    ]
    put_goods(
        job,
        key,
        version=version,
        is_twin_meant=True,
        barcodes=[*lines, {"code": code, "is_main": True}],
    )
    return Barcode.get_by_id(code)


def _next_code(job: Job) -> str:
    """Two digits that no scale uses, three of the register, seven that count, the check digit."""
    prefix = next((str(n) for n in _FIRST if not _is_of_scales(str(n))), None)
    if prefix is None:
        raise NoOwnCodes()
    while True:
        body = f"{prefix}{job.register % 1000:03d}{next_number(job.register, _SERIES):07d}"
        code = body + check_digit(body)
        if not _TAKEN.row(code):
            return code


def _is_of_scales(prefix: str) -> bool:
    return any(
        len(pattern.layout) == 13
        and (pattern.prefix.startswith(prefix) or prefix.startswith(pattern.prefix))
        for pattern in label_layouts(scale_labels.value())
    )
