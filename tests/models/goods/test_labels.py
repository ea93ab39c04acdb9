"""Labels: what is printed of goods and of a delivery, which are out of date, bar codes of our own;
and what a label printer hears.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from devices.faults import BadDeviceTable
from devices.profiles import profile_from_table
from models.buying.papers import label_wishes
from models.goods.codes import has_check_digit
from models.goods.records import add_barcode, save_goods
from models.goods.shelf_labels import (
    MOST,
    LabelsWrong,
    NoLabelPrinter,
    labels_moved,
    labels_view,
    print_labels,
)
from models.ledger.proving import proof
from models.selling.items import find_item
from models.selling.own_barcodes import NoOwnCodes, give_own_barcode
from models.trust import print_queue
from models.trust.operation import new_uid
from models.trust.print_queue import PrintJob
from models.trust.settings import change_settings
from receipts.outputs import printed
from receipts.slip import Slip, Text
from receipts.slip_of_job import slip_of_job
from receipts.text import text_of
from tests.models.buying.bought import buys, standing, supplier
from tests.peers.label_peer import Stuck, read_labels
from tests.stores import Shop, yuan
from tui.goods.reminders import old_labels

LABEL = {"profile": "label", "font": "printer"}


def jobs() -> list[PrintJob]:
    return list(PrintJob.select().where(PrintJob.kind == "labels").order_by(PrintJob.key))


def labels(job: PrintJob) -> list[tuple[str, str, str, str, int]]:
    return [
        (one.name, one.unit, str(one.price), one.code, one.copies) for one in labels_view(job.body)
    ]


def moved() -> list[tuple[str, str, str]]:
    return [(one.code, str(one.printed), str(one.price)) for one in labels_moved()]


def priced(shop: Shop, code: str, price: str) -> None:
    goods = shop.goods(code)
    save_goods(shop.owner, goods.key, version=goods.version, price=yuan(price), uid=new_uid())


def test_labels_of_goods_and_of_a_delivery(shop: Shop) -> None:
    clerk, water, apples = shop.who("clerk"), shop.goods("1001").key, shop.goods("1003").key
    assert print_labels(clerk, [(water, 2), (apples, 1)], uid=new_uid()) == 3
    (job,) = jobs()
    assert labels(job) == [
        ("矿泉水", "瓶", "2.00", "6901234500011", 2), ("苹果", "千克", "9.90", "1003", 1),
    ]  # fmt: skip
    # A label that says another price than the till is found; the printed one stays as it was.
    assert not moved()
    priced(shop, "1001", "2.50")
    assert moved() == [("1001", "2.00", "2.50")] and labels(job)[0][2] == "2.00"
    (told,) = old_labels(standing(shop, shop.owner))
    assert told.fields == {"count": 1} and not old_labels(standing(shop, shop.cashier))
    print_labels(clerk, [(water, 1)], uid=new_uid())
    assert not moved() and not old_labels(standing(shop, shop.owner))
    # As many as came: twelve bottles, one label for what is weighed, nothing for what went back.
    folio = supplier(shop)
    came = buys(shop, "1001", "12", "1.20", folio)
    weighed = buys(shop, "1003", "7.5", "5", folio)
    assert label_wishes(came.key) == [(water, 12)]
    assert label_wishes(weighed.key) == [(apples, 1)]
    # A long list goes out in several jobs.
    before = len(jobs())
    print_labels(clerk, [(water, 1)] * 250, uid=new_uid())
    assert [len(labels(job)) for job in jobs()[before:]] == [100, 100, 50]
    for wishes in ([], [(water, 0)], [(water, MOST + 1)], [(77, 1)]):
        with pytest.raises(LabelsWrong):
            print_labels(clerk, wishes, uid=new_uid())
    print_queue.use_routes(lambda kind: "none")
    priced(shop, "1001", "3")
    try:
        with pytest.raises(NoLabelPrinter):
            print_labels(clerk, [(water, 1)], uid=new_uid())
    finally:
        print_queue.use_routes(lambda kind: "receipt")
    assert moved() == [("1001", "2.50", "3.00")]
    assert not proof.verify()


def test_bar_codes_of_our_own(shop: Shop) -> None:
    apples = shop.goods("1003")
    first = give_own_barcode(shop.owner, apples.key, version=apples.version, uid=new_uid())
    assert first.code == "2000100000014" and has_check_digit(first.code) and first.is_main
    assert find_item(first.code).goods == apples.key
    # The next free one: the third, because somebody has used the second.
    add_barcode(shop.owner, shop.goods("1001").key, "2000100000021", uid=new_uid())
    water = shop.goods("1001")
    second = give_own_barcode(shop.owner, water.key, version=water.version, uid=new_uid())
    assert second.code == "2000100000038"
    # The scales here print what begins with 20 to 23.
    layouts = "20IIIIIAAA.AAC 21IIIIIAAA.AAC 22IIIIIAAA.AAC 23IIIIIAAA.AAC"
    change_settings(shop.owner, {"goods.scale_labels": layouts}, uid=new_uid())
    cola = shop.goods("1002")
    third = give_own_barcode(shop.owner, cola.key, version=cola.version, uid=new_uid())
    assert third.code[:2] == "24" and find_item(third.code).goods == cola.key
    every = " ".join(f"{n}IIIIIAAA.AAC" for n in range(20, 30))
    change_settings(shop.owner, {"goods.scale_labels": every}, uid=new_uid())
    cola = shop.goods("1002")
    with pytest.raises(NoOwnCodes):
        give_own_barcode(shop.owner, cola.key, version=cola.version, uid=new_uid())
    assert not proof.verify()


@pytest.fixture
def job(shop: Shop) -> Iterator[PrintJob]:
    """Labels of an item with a bar code, three times, and of one without, once."""
    wishes = [(shop.goods("1001").key, 3), (shop.goods("1003").key, 1)]
    print_labels(shop.owner, wishes, uid=new_uid())
    yield jobs()[-1]


def heard(job: PrintJob, **table: Any) -> list[Any]:
    _, data = printed(slip_of_job(job, "zh"), profile_from_table({**LABEL, **table}))
    return read_labels(data)


def test_a_label_printer_hears_labels(job: PrintJob) -> None:
    first, second = heard(job)
    assert (first.size, first.gap, first.copies) == ((40, 30), 2, 3)
    assert first.texts == ["矿泉水", "￥2.00/瓶"]
    # Bars of two dots in the middle of 320: 95 modules, and room at both sides.
    assert first.bars == [("EAN13", "6901234500011", 65, 92, 2)]
    assert second.bars == [("128", "1003", 103, 92, 2)] and second.copies == 1
    # A wider label has wider bars; a lower one keeps them high enough to be read.
    assert heard(job, label_width_mm=60)[0].bars[0][4] == 4
    low = heard(job, label_width_mm=50, label_height_mm=22)[0]
    assert low.bars[0][1] == "6901234500011"


def test_words_are_drawn_where_there_is_a_font(job: PrintJob, tmp_path: Any) -> None:
    from receipts.tspl import font_file

    found = font_file("")
    if not found:
        pytest.skip("no Chinese font on this machine")
    (first, _) = heard(job, font=found)
    assert not first.texts and len(first.pictures) == 2
    name, price = first.pictures
    # Three Chinese characters of 24 dots; as many dots are black as ink needs.
    assert name.at == (8, 8) and name.width == 80 and 200 < name.black < 1_000
    assert price.height > name.height
    with pytest.raises(BadDeviceTable):
        profile_from_table({**LABEL, "font": str(tmp_path / "no.ttf")})
    with pytest.raises(Stuck):
        read_labels(b"SIZE 40 mm,30 mm\r\nBITMAP 0,0,2,2,0,\x00\x00\r\nPRINT 1,1\r\n")


def test_any_other_slip_stands_on_labels_too() -> None:
    slip = Slip("test", "1", tuple(Text(f'行 "{n}"') for n in range(9)))
    _, data = printed(slip, profile_from_table(LABEL))
    pages = read_labels(data)
    assert [len(page.texts) for page in pages] == [8, 1] and pages[0].texts[0] == "行 '0'"


def test_labels_on_a_roll_of_receipts(job: PrintJob) -> None:
    sheet, data = printed(slip_of_job(job, "zh"), profile_from_table({"profile": "80mm"}))
    text = text_of(sheet)
    assert text.count("矿泉水") == 3 and text.count("￥2.00/瓶") == 3
    # EAN-13 as the printer draws it: GS k 67, 13 digits; and the knife behind each.
    assert data.count(b"\x1dkC\x0d6901234500011") == 3 and data.count(b"\x1dVB\x00") == 4
    assert b"\x1dkI" in data
    # A printer without bars prints the digits.
    _, plain = printed(slip_of_job(job, "zh"), profile_from_table({"profile": "58mm"}))
    assert plain.count(b"6901234500011\n") == 3 and b"\x1dk" not in plain
