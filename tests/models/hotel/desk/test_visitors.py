"""Visitors of guests: registered with their paper, gone once, and in the register of the police."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models.hotel.desk.visitors import (
    Visitor,
    VisitorGone,
    VisitorWrong,
    register_visitor,
    visitor_left,
    visitors_inside,
)
from models.hotel.stays.identity import IdNumberWrong
from models.hotel.stays.stays import Stay, StayMoved
from models.reports.desk_lists import POLICE_REGISTER
from models.reports.report import Period
from models.trust.operation import new_uid
from models.trust.records import RecordChanged
from models.trust.scopes import Scope
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, day

PAPER = "11010519491231002X"


@pytest.mark.row("H-2")
def test_a_visitor_comes_and_goes(open_house: House) -> None:
    desk, stay = open_house.desk, arrive(open_house)

    def come(name: str = "李强", paper: str = PAPER, of: Stay = stay, **more: Any) -> Visitor:
        return register_visitor(desk, of, name=name, paper=paper, uid=new_uid(), **more)

    expected = open_house.book(day(0), day(1))
    for refusal, wrong in (
        (VisitorWrong, {"name": " "}), (VisitorWrong, {"paper": ""}),
        (VisitorWrong, {"paper_kind": "library"}), (IdNumberWrong, {"paper": PAPER[:-1] + "1"}),
        (StayMoved, {"of": expected}),
    ):  # fmt: skip
        with pytest.raises(refusal):
            come(**wrong)
    visitor = come()
    assert (visitor.paper, visitor.paper_number.text) == ("110*************2X", PAPER)
    come("Ann Lee", "E1234567", paper_kind="passport")
    assert visitors_inside() == 2
    open_house.shop.clock.move(hours=2)
    with pytest.raises(RecordChanged):
        visitor_left(desk, visitor, version=7, uid=new_uid())
    gone = visitor_left(desk, visitor, version=visitor.version, uid=new_uid())
    assert visitors_inside() == 1 and gone.left_at - gone.came_at > timedelta(hours=2)
    with pytest.raises(VisitorGone):
        visitor_left(desk, gone, version=gone.version, uid=new_uid())
    rows = [row for page in POLICE_REGISTER.pages(Period(day(0), day(0)), Scope("store", 0, 0))
            for row in page]  # fmt: skip
    assert [(row[0], row[1], row[5], row[12]) for row in rows] == [
        ("201", "张三", "440308199901101512", ""), ("201", "李强", PAPER, "张三"),
        ("201", "Ann Lee", "E1234567", "张三"),
    ]  # fmt: skip
