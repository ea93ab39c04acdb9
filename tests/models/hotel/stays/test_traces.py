"""Messages, wake-up calls and tasks: due on their day, open until somebody has seen to them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from models.hotel.stays.traces import (
    LOST,
    MESSAGE,
    TASK,
    WAKE_UP,
    Trace,
    TraceDone,
    TraceWrong,
    due_traces,
    finish_trace,
    messages_of,
    save_trace,
)
from models.trust.operation import new_uid
from models.trust.records import RecordChanged
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, day


def test_what_waits_for_a_guest_is_due_on_its_day_and_seen_to_once(open_house: House) -> None:
    desk, stay = open_house.desk, arrive(open_house)

    def note(kind: str, number: int, **more: Any) -> Trace:
        return save_trace(
            desk, None, version=0, stay=stay, kind=kind, day=day(number), uid=new_uid(), **more
        )

    def due(number: int, hour: int, minute: int = 0) -> list[str]:
        now = datetime.combine(day(number), time(hour, minute))
        return [one.kind for one in due_traces(day(number), now)]

    message = note(MESSAGE, 0, text="朋友来过")
    call, _ = note(WAKE_UP, 1, at="06:30"), note(TASK, 1, text="送生日蛋糕")
    note(LOST, 2, text="充电器")
    assert due(0, 20) == ["message"] and due(1, 6, 29) == ["message", "task"]
    # The call comes by the wall clock, also while the old date is open.
    assert [one.key for one in due_traces(day(0), datetime.combine(day(1), time(6, 30)))] == [
        message.key, call.key,
    ]  # fmt: skip
    assert [one.text for one in messages_of(stay.key, day(1))] == ["朋友来过", "送生日蛋糕"]

    finish_trace(desk, message, version=message.version, uid=new_uid())
    assert due(0, 20) == []
    again = Trace.get_by_id(message.key)
    with pytest.raises(TraceDone):
        finish_trace(desk, again, version=again.version, uid=new_uid())
    with pytest.raises(RecordChanged):
        finish_trace(desk, call, version=call.version + 1, uid=new_uid())
    with pytest.raises(TraceDone):
        save_trace(
            desk, again.key, version=again.version, stay=stay, kind=MESSAGE, day=day(0),
            text="改", uid=new_uid(),
        )  # fmt: skip
    for kind, on, at, text, field in (
        (MESSAGE, -1, "", "晚了", "day"), (WAKE_UP, 1, "", "", "at"),
        (WAKE_UP, 1, "6.30", "", "at"), (TASK, 1, "", " ", "text"),
    ):  # fmt: skip
        with pytest.raises(TraceWrong) as refused:
            save_trace(
                desk, None, version=0, stay=stay, kind=kind, day=day(0) + timedelta(days=on),
                at=at, text=text, uid=new_uid(),
            )  # fmt: skip
        assert refused.value.fields["field"] == field
