"""Somebody with the store's file: how each table is proved to be what the program left there. A new
table fails here until it is said.
"""

from __future__ import annotations

import pytest

from models.base import triggers
from models.base.database import Row
from models.base.watching import TOLD, is_counted
from models.ledger.proving import proof
from models.trust import trades

pytestmark = pytest.mark.row("SYS-11")

# Made of other rows, which are proved: the check that makes it again, and compares.
RECOUNTED = {
    "row_tally": "RowsPutBack",
    "chain_head": "ChainBroken",
    "series": "NumbersWrong",
    "day_total": "DayTotalWrong",
    "stock": "StockBooksWrong",
    "elsewhere": "StockPlaceWrong",
    "stock_layer": "StockLayersWrong",
    "goods_month": "GoodsMonthWrong",
    "gram": "SearchIndexWrong",
    "to_index": "SearchIndexLacks",
    "foremost": "SearchIndexWrong",
    "person_merge": "MergeBroken",
    "room_day": "RoomCountWrong",
    "window": "WindowNotSettled",
}
# No money, right or price comes of them by themselves.
DECIDES_NOTHING = {
    "key_block": "how far numbers were taken; the key of a row that is there is taken by no other",
    "department": "a name",
    "location": "the name of a place",
    "shelf_label": "what a label said when it was printed; what the till asks stands elsewhere",
    "category": "where goods stand in lists",
    "saved_view": "how somebody looks at a list",
    "import_run": "what a file brought; the rows that it made are proved themselves",
    "imported_row": "what a file brought; the rows that it made are proved themselves",
    "person_choice": "a word to choose from",
    "person_group": "a word to choose from",
    "person": "who somebody is; what he owes stands in folios",
    "person_phone": "by what digits somebody is found",
    "contact": "what was spoken",
    "room_type": "a kind of room; its prices are rows of their own",
    "room": "a room, and whether it is clean",
    "sighting": "what housekeeping saw in a room",
    "room_closing": "when a room is not to be sold",
    "booking": "who comes when; its money stands in folios",
    "stay": "who comes when; its nights, with their prices, are marked",
    "stay_guest": "who sleeps there",
    "block_room": "rooms that are kept for a group",
    "visitor": "who came to a guest",
    "gateway_line": "what the gateway said; it is laid beside the orders, which are marked",
    "appointment": "who comes when; what it is paid with is a bill",
    "appointment_line": "what is done then; a bill says what was done and what it cost",
    "hold": "who and what is taken then; two of them at once are found",
    "presence": "where somebody stands in the rotation; its turns are counted again",
    "rotation_move": "who came, and whose turn it was; laid beside the turns",
    "roster_hours": "when somebody works",
    "absence": "when somebody is away",
    "thing": "a chair, a room",
    "trace": "what the desk must think of for a guest",
}


def ways(table: type[Row]) -> list[str]:
    """How the rows of a table are proved."""
    name = str(table._meta.table_name)
    found = []
    if is_counted(table):
        found.append("marked and counted")
    if table in TOLD:
        found.append("compared with the log")
    elif f"keep_{name}_delete" in triggers.expected([table]):
        found.append("kept by the database")
    if name in RECOUNTED:
        found.append("made again")
    if name in DECIDES_NOTHING:
        found.append("decides nothing")
    return found


def test_each_table_is_proved_in_one_way() -> None:
    found = {str(table._meta.table_name): ways(table) for table in trades.tables()}
    assert {name: each for name, each in found.items() if len(each) != 1} == {}
    assert found.keys() >= RECOUNTED.keys() | DECIDES_NOTHING.keys()


def test_what_makes_it_again_is_a_check_of_verify() -> None:
    codes = {check.code for check in proof.checks()}
    assert set(RECOUNTED.values()) <= codes
