"""Pinyin initials of our own words, against a dictionary."""

from __future__ import annotations

import re

from pypinyin import Style, lazy_pinyin

from receipts.words import say
from tests.trades import COMMANDS
from tui.records.initials import initials

# 重打 is chong da, 打折 da zhe, 加行 jia hang: the dictionary takes the other reading.
READ_OTHERWISE = re.compile("[重折行]")


def test_the_commands_have_the_initials_of_the_dictionary() -> None:
    for row in COMMANDS:
        words = say(row.label, "zh")
        if words.isascii() or READ_OTHERWISE.search(words):
            continue
        by_dictionary = "".join(lazy_pinyin(words, style=Style.FIRST_LETTER)).lower()
        assert initials(words) == by_dictionary, words
    assert initials("重打") == "cd"
    assert initials("F5 挂单") == "f5 gd"
