"""`deskbell verify`: sound stores, planted faults, and words for every finding."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.base.database import database
from models.base.findings import Finding
from models.base.hot import query
from models.ledger.proving import proof
from receipts.check_words import CHECKS, finding_text
from receipts.words import LANGUAGES, Language
from tests.tui.commands.conftest import Run
from tui.commands.place import Place, opened

CODE = re.compile(
    r'"((?:File|Told|Mark|Reference|Schema|Object|Trigger|Chain|Row|Currency|Uid|Draft|Document|Entry|Day|Folio|Control'
    r"|Numbers|Open|Shift|Float|Drawer|Cash|Payment|Audit|Seal|Allocation|Sale|Stock|Goods)"
    r'[A-Za-z]+)"'
)


def test_a_sound_store(run: Run, shop: Path) -> None:
    said = run("--store", shop, "verify")
    assert (said.status, said.out) == (0, "Everything holds.\n")
    assert run("--store", shop, "verify", "--quick", "--json").json == []


@pytest.mark.parametrize(
    ("lang", "words"), [("zh_CN.UTF-8", "账单余额"), ("en_GB.UTF-8", "The balance of a folio")]
)
def test_what_is_wrong_is_said_by_number(run: Run, demo: Path, lang: str, words: str) -> None:
    with opened(Place(demo)):
        database.execute_sql('UPDATE "folio" SET "balance" = "balance" + 1')
    said = run("--demo", "verify", lang=lang)
    assert said.status == 1
    assert f": {words}" in said.out
    assert "F01-00001" in said.out
    found = run("--demo", "verify", "--json")
    assert found.status == 1
    first = found.json[0]
    assert set(first) == {"number", "code", "where", "fields"}
    assert all(isinstance(each["number"], int) for each in found.json)


def test_a_slip_on_paper(run: Run, demo: Path) -> None:
    with opened(Place(demo)):
        sql = 'SELECT "hash" FROM "audit" WHERE "verb" = \'sell\' ORDER BY "seq" LIMIT 1'
        ((stored,),) = query(sql)
        ((number,),) = query('SELECT min("number") FROM "document" WHERE "kind" = \'sale\'')
    slip = ("--demo", "verify", "--slip", f"S01-{number:06d}")
    said = run(*slip, stored[:6].upper())
    assert (said.status, said.out) == (0, "Paper and books agree.\n")
    said = run(*slip, "000000")
    assert (said.status, "The signs on the paper" in said.out) == (1, True)


def test_a_long_list_is_cut_on_the_terminal(run: Run, demo: Path) -> None:
    with opened(Place(demo)):
        database.execute_sql('UPDATE "stock" SET "quantity" = "quantity" + 1000')
    said = run("--demo", "verify")
    assert said.status == 1
    assert "more: deskbell verify --json" in said.out
    assert len(run("--demo", "verify", "--json").json) >= 300


def test_a_damaged_file_is_a_sentence(run: Run, shop: Path) -> None:
    (shop / "store.db").write_bytes(b"rubbish" * 5000)
    said = run("--store", shop, "verify")
    assert said.status == 1
    # What is wrong, where copies are, and how to go back to one; no traceback.
    assert said.err.count("\n") == 3 and "Traceback" not in said.err


def test_every_finding_has_words(root: Path) -> None:
    named = {check.code for check in proof.checks()}
    for path in (root / "models").rglob("*checks.py"):
        named |= set(CODE.findall(path.read_text(encoding="utf-8")))
    for name, start in (
        ("trust/audit.py", "Row|Chain"), ("trust/heads.py", "Head|Manifest"),
        ("ledger/proving/slip_signs.py", "Slip"),
    ):  # fmt: skip
        text = (root / "models" / name).read_text(encoding="utf-8")
        named |= set(re.findall(rf'"((?:{start})[A-Z][a-z]+)"', text))
    assert not named - set(CHECKS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_figures_stand_behind_the_words(lang: Language) -> None:
    text = finding_text(Finding(24, "FolioBalanceWrong", "F01-00001", {"kept": "1.00"}), lang)
    assert text.startswith("24 F01-00001: ")
    assert text.endswith("(kept 1.00)")
