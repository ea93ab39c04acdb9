"""Rules of points and of levels: what gives how many, and who has which level."""

from __future__ import annotations

from typing import Any

from models.goods.goods import Category
from models.goods.goods_link import GOODS_LINK, item_linked
from models.ledger.ways.tenders import Tender
from models.listings.listings import Action, Field, Link, Linked, Listing, Record
from models.members.levels import (
    LEVEL_RULES,
    LevelRule,
    grade_block,
    save_level_rule,
    switch_level_rule,
)
from models.members.points_rules import (
    EVERY_DAY,
    POINTS_RULES,
    PointsRule,
    PointsRuleWrong,
    save_points_rule,
    switch_points_rule,
)
from models.people.lists import PersonChoice
from receipts.words import word
from tui.records.looks import Look

_DAYS = "1234567"
SETTINGS = (
    Field("members.points_worth", word("100 points pay"), "number",
          help=word("In cents; 0: points pay nothing.")),
    Field("members.points_months", word("Points good"), "number", look=Look(is_beside=True),
          help=word("Months, to the end of the last one; 0: for ever.")),
    Field("members.level_months", word("Levels count"), "number",
          help=word("Months back, and a level is kept as long; 0: all, for ever.")),
    Field("members.referral_points", word("Bringer gets"), "number",
          help=word("For whoever brought a customer that buys; asked for at the close. 0: none.")),
    Field("members.recall_days", word("Expected after"), "number", look=Look(is_beside=True),
          unit=word("days"), help=word("Until three visits say after how many somebody comes.")),
)  # fmt: skip


def _weekdays(text: str) -> int:
    """Days of the week as digits, Monday is 1; blank is every day. Refuses: PointsRuleWrong."""
    if set(text) - set(_DAYS):
        raise PointsRuleWrong(field="weekdays", most=0)
    return sum(1 << _DAYS.index(sign) for sign in set(text)) or EVERY_DAY


def _weekdays_text(bits: int) -> str:
    return "" if bits == EVERY_DAY else "".join(s for n, s in enumerate(_DAYS) if bits & 1 << n)


def _save_rule(session: Any, key: int | None, *, version: int, **values: Any) -> PointsRule:
    values["weekdays"] = _weekdays(values.get("weekdays") or "")
    given = {name: value for name, value in values.items() if value is not None}
    return save_points_rule(session, key, version=version, **given)


def _read_rule(key: Any) -> Record | None:
    row: PointsRule | None = PointsRule.get_or_none(PointsRule.key == key)
    if row is None:
        return None
    values = {each.name: getattr(row, each.name) for each in RULES.in_form()}
    values["goods"] = item_linked(row.goods)
    for name in ("category", "level"):
        linked = getattr(row, name)
        values[name] = Linked(linked.key, linked.name) if linked else None
    values["tender"] = Linked(row.tender.key, row.tender.name_zh) if row.tender_id else None
    return Record(key, row.version, values | {"weekdays": _weekdays_text(row.weekdays)})


RULES = Listing(
    "points_rules",
    POINTS_RULES,
    PointsRule,
    order="number",
    fields=(
        Field("number", word("No."), "number", look=Look(4), is_computed=True, is_sorted=True,
              in_form=False),
        Field("per", word("For each full"), "money", look=Look(9), example="1.00",
              help=word("Points for each full amount of this; blank: only multiplies others.")),
        Field("points", word("Points"), "number", look=Look(6, is_beside=True), default=0,
              example="1"),
        Field("times", word("Times over"), "number", default=1,
              help=word("2: twice as many, on the days below; with a blank amount.")),
        Field("goods", word("Item"), "link", look=Look(14), link=GOODS_LINK,
              help=word("A rule of an item comes before one of its category, that before one "
                        "of all.")),
        Field("category", word("Category"), "link", look=Look(10, drop=3),
              link=Link("categories", Category)),
        Field("tender", word("Paid by"), "link", look=Look(8, drop=2),
              link=Link("tenders", Tender, "name_zh"),
              help=word("Cards and accounts bring points only where a rule names them.")),
        Field("level", word("Level"), "link", look=Look(6, drop=4),
              link=Link("person_level", PersonChoice)),
        Field("weekdays", word("Only on days"), look=Look(8), limit=7, is_listed=False,
              example="56", help=word("Monday is 1: 67 are Saturday and Sunday. Blank: all.")),
        Field("month_day", word("Day of the month"), "number", look=Look(6, is_beside=True),
              is_listed=False, example="8",
              help=word("A members' day, each month.")),
        Field("since", word("From"), "date", is_listed=False),
        Field("until", word("Until"), "date", look=Look(is_beside=True), is_listed=False),
        Field("note", word("Note"), look=Look(12, drop=1), limit=60),
        Field("is_active", word("In use"), "yes-no", look=Look(4, drop=5), default=True),
    ),
    find=("note",),
    named="number",
    right="keep points",
    change_right="keep points",
    save=_save_rule,
    read=_read_rule,
    drop=switch_points_rule,
    is_switched=True,
    empty=word("No rule yet: no bill brings points. F2 makes one."),
)  # fmt: skip


async def _grade_all(screen: Any, line: Any) -> None:
    """Everybody anew, some at a time, so that no counter waits."""
    app, after, seen = screen.desk, 0, 0
    while True:
        after = await screen.operate(grade_block, after)
        seen += 1
        if not after:
            break
        app.inform(word("Grading members: part {part} is done."), part=seen)
    app.inform(word("All members are graded."))


def _save_level(session: Any, key: int | None, *, version: int, **values: Any) -> LevelRule:
    return save_level_rule(session, key, version=version, **values)


LEVELS = Listing(
    "level_rules",
    LEVEL_RULES,
    LevelRule,
    order="rank",
    fields=(
        Field("rank", word("Rank"), "number", look=Look(5), default=1, is_required=True,
              is_sorted=True, help=word("1 is the lowest; of several the highest counts.")),
        Field("level", word("Level"), "link", look=Look(12), is_required=True,
              link=Link("person_level", PersonChoice),
              help=word("What it costs less is a promotion for this level.")),
        Field("spent", word("Spent from"), "money", example="2000.00",
              help=word("Any one of the three is enough; blank asks for nothing.")),
        Field("visits", word("Days here from"), "number", look=Look(8, is_beside=True)),
        Field("points", word("Points from"), "number", look=Look(9)),
        Field("is_active", word("In use"), "yes-no", default=True),
    ),
    find=("rank",),
    named="rank",
    right="keep points",
    change_right="keep points",
    save=_save_level,
    drop=switch_level_rule,
    is_switched=True,
    actions=(Action(word("Grade all members now"), _grade_all, "keep points",
                    needs_record=False),),
    empty=word("No rule yet: levels are given by hand. F2 makes one."),
)  # fmt: skip
