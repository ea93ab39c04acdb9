"""The words of the program: whole, in step, and in both languages."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from devices.faults import Unreachable
from models.base.refusals import Refusal
from models.sheets.sheets import PageUnknown
from models.trust.operation import NeedsOverride
from receipts import catalogues
from receipts.catalogues import all_texts, read_catalogue, texts
from receipts.fault_words import fault_text
from receipts.words import LANGUAGES, Language, refusal_text, say, translated
from tests.receipts.used_words import (
    all_literals,
    raised_fields,
    used_words,
    words_on_keys_and_elsewhere,
)
from tests.refusals import ONLY_BASES, all_refusals
from tests.trades import VERBS
from tui.records.files import FileUnusable

FIELD = re.compile(r"\{(\w*)[^}]*\}")
HAN = re.compile("[\u4e00-\u9fff]")
# Words that are the same in both languages, or have no Chinese letters in Chinese.
SAME = {"中文", "SQLite", "WeChat", "Alipay", "%", "UnionPay"}


@cache
def texts_of_one() -> dict[str, str]:
    """The English texts of one, by message id."""
    found = [(key.split("\0"), text.split("\0")) for key, text in all_texts(read_catalogue("en"))]
    return {key[0]: text[0] for key, text in found if len(key) > 1}


class Sold(Refusal):
    """A refusal without a text."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_compiled_catalogue_is_the_written_one(lang: Language) -> None:
    written = catalogues.read_catalogue(lang)
    assert all(translated(msgid, lang) == text for msgid, text in texts(lang).items())
    assert catalogues.mo_path(lang).read_bytes() == catalogues.mo_bytes(written)
    assert all(say(one, "en", count=1) != one for one in texts_of_one())
    assert not [m.id for m in written if m.fuzzy]
    assert not written.obsolete


def test_every_word_in_the_sources_has_a_chinese_text() -> None:
    missing = {msgid: at for msgid, at in used_words().items() if msgid not in texts("zh")}
    assert not missing


def test_refusals_and_help_have_texts_in_both_languages() -> None:
    own = {m for m in used_words() if m.startswith(catalogues.IN_BOTH)}
    assert not own - set(texts("en"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_refusal_there_is_has_a_text(lang: Language) -> None:
    """Not only those that some test raises: nobody at the counter reads the name of a class."""
    names = set(all_refusals()) - ONLY_BASES
    assert len(names) > 150
    assert not {name for name in names if f"refusal.{name}" not in texts(lang)}


def test_a_refusal_is_given_what_its_text_names() -> None:
    """Or a person reads {folder} where a folder should stand."""
    short = {}
    for name, where, given in raised_fields():
        # The reader of config.toml adds the file and the key.
        added = {"file", "key"} if name.startswith(("Config", "Key")) else set()
        named = set(FIELD.findall(texts("en").get(f"refusal.{name}", "")))
        if missing := named - given - added:
            short[f"{where} {name}"] = missing
    assert not short


def test_no_word_is_kept_that_nothing_says() -> None:
    used = used_words().keys() | all_literals()
    for lang in LANGUAGES:
        # `help.<kind>` is put together from the kind of the screen.
        kept = [msgid for msgid in texts(lang) if not msgid.startswith("help.")]
        assert not [msgid for msgid in kept if msgid not in used]
    assert texts_of_one().keys() <= used


COUNTED = re.compile(r"\{count\} (?:more )?(?!goods)\w+s\b")
# There the count is never one.
MANY = {
    "The first {count} rows. Type to find, or export the rest.",
    "{count} characters do not fit: here stand at most {most}. Nothing was taken.",
}


def test_what_is_one_is_told_as_one() -> None:
    """A delivery was asked about with: Take in 1 lines?"""
    assert say("Take in {count} lines?", "en", count=1) == "Take in 1 line?"
    assert say("Take in {count} lines?", "en", count=2) == "Take in 2 lines?"
    assert say("Take in {count} lines?", "zh", count=1) == "入库 1 行？"
    assert say("{count} rows", "en", count="1") == "1 row"
    for msgid in texts("zh"):
        if COUNTED.search(msgid) and msgid not in MANY:
            assert "{count}" in texts_of_one().get(msgid, ""), msgid


# On a key and elsewhere, and the same in Chinese: looked at.
ON_KEYS_TOO = {
    "Back", "Card", "Cash", "Customer", "Discount", "Drawer", "Filters", "Menu", "New",
    "On account", "Price", "Print", "Quantity", "Return", "Slip", "Tender", "WeChat", "Alipay",
    # Of the front desk.
    "Arrivals", "Check out", "Clean", "Dirty", "Floor", "Reinstate", "Repair",
    "Take payment",
    # Of the store room.
    "Freight", "Lot", "Rejected", "Set aside", "Whose",
}  # fmt: skip


def test_a_word_on_a_key_means_the_same_elsewhere() -> None:
    """What a key does and what a column holds is one word in English and often two in Chinese: the
    second one needs a message of its own.
    """
    assert words_on_keys_and_elsewhere() <= ON_KEYS_TOO


@pytest.mark.parametrize("verb", VERBS)
def test_a_refusal_names_the_right_in_the_language_of_the_screen(verb: str) -> None:
    told = refusal_text(NeedsOverride(right=verb, amount=None), "zh")
    assert HAN.search(say(verb, "zh")) and say(verb, "zh") in told
    assert verb not in told


def test_what_the_system_says_is_said_in_chinese() -> None:
    """The reasons of files and lines come from the system, which speaks English."""
    for number in (errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EROFS, errno.ECONNREFUSED):
        why = os.strerror(number)
        told = refusal_text(FileUnusable(file="a", why=why), "zh")
        assert why not in told and say(why, "zh") in told
        fault = Unreachable(device="b", reason=why)
        assert why not in fault_text(fault, "zh") and why in fault_text(fault, "en")


def test_both_languages_have_the_same_fields() -> None:
    english = texts("en")
    for msgid, chinese in texts("zh").items():
        said = english.get(msgid, msgid)
        # A name that is data comes in both languages: {tender} and {tender_en}.
        fields = {name.removesuffix("_en") for name in FIELD.findall(said)}
        assert set(FIELD.findall(chinese)) == fields, msgid


def test_chinese_texts_are_chinese() -> None:
    odd = [m for m, text in texts("zh").items() if not HAN.search(text)]
    assert not [m for m in odd if m not in SAME and re.search("[A-Za-z]{4}", FIELD.sub("", m))]


def test_saying_with_fields_never_fails() -> None:
    assert say("To print {count}", "zh", count=3) == "待打印 3"
    assert say("To print {count}", "en", count="{x}") == "To print {x}"
    assert say("To print {count}", "en", other=1) == "To print {count}"
    assert say("never translated", "zh") == "never translated"
    assert "Sold" in refusal_text(Sold(item=1), "en")


def test_merging_twice_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    for lang in LANGUAGES:
        (tmp_path / lang / "LC_MESSAGES").mkdir(parents=True)
    rows = tmp_path / "words.tsv"
    rows.write_text(
        "# a comment\n100 % of {a}\t{a} 的 100 %\nrefusal.Sold\t已售 {item}\tSold: {item}\n"
        "{count} lines\t{count} 行\t{count} line\n",
        encoding="utf-8",
    )
    assert catalogues.merge(rows) == 3
    before = {lang: catalogues.mo_path(lang).read_bytes() for lang in LANGUAGES}
    written = catalogues.po_path("zh").read_bytes()
    assert catalogues.merge(rows) == 3
    assert {lang: catalogues.mo_path(lang).read_bytes() for lang in LANGUAGES} == before
    assert catalogues.po_path("zh").read_bytes() == written
    assert not (tmp_path / ".merging").exists()


@pytest.mark.parametrize("line", ["only English", "refusal.X\t一种语言", "x\t", "x\t甲\ty"])
def test_a_row_that_is_none_is_refused_with_its_number(line: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        list(catalogues.read_rows(["a\t甲", line]))


def test_saying_words_loads_no_babel() -> None:
    code = "import sys, receipts.words as w; w.say('Help', 'zh'); print('babel' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_a_refusal_tells_no_more_of_a_text_than_is_read() -> None:
    """All headings of a file of noise once filled the screen."""
    for lang in LANGUAGES:
        told = refusal_text(PageUnknown(page="x" * 100_000, pages="y"), lang)
        assert len(told) < 700
        assert "x" * 400 + "..." in told
