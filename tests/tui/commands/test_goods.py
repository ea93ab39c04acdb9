"""`deskbell import` and `deskbell export` of goods: tried, done, taken back, and out again."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from models.goods.goods import Goods
from tests.tui.commands.conftest import Run, Said
from tui.commands.place import Place, opened

OWNER = ("--user", "1", "--password-stdin")
CLERK = ("--user", "5", "--password-stdin")

GOODS = """\
商品编码,品名,条码,售价,进价,单位,分类
1001,苏打水 [x],6901234567892,3.50,2.10,瓶,饮料
1002,=cmd()|x,,4.00,2.00,瓶,饮料
1003,没有价格,,abc,1.00,瓶,饮料
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "goods.csv"
    path.write_text(GOODS, encoding="gb18030")
    return path


def take(run: Run, shop: Path, *words: object) -> Said:
    return run("--store", shop, "import", *words, *OWNER, typed="correct horse\n")


def names(shop: Path) -> list[str]:
    with opened(Place(shop)):
        return [row.name for row in Goods.select().order_by(Goods.code)]


def test_a_dry_run_stores_nothing(run: Run, shop: Path, sheet: Path) -> None:
    said = take(run, shop, "goods", sheet, "--dry-run")
    assert said.status == 1, "one row is refused"
    assert "2 new, 0 changed, 0 as they were, 1 refused" in said.out
    assert "Row 4 refused" in said.out
    assert names(shop) == []


def test_import_and_take_back(run: Run, shop: Path, sheet: Path) -> None:
    said = take(run, shop, "goods", sheet, "--json")
    assert said.status == 1
    assert (said.json["new"], said.json["refused"]) == (2, 1)
    assert said.json["problems"][0]["row"] == 4
    assert names(shop) == ["苏打水 [x]", "=cmd()|x"]
    again = take(run, shop, "goods", sheet, "--json").json
    assert (again["new"], again["unchanged"]) == (0, 2)
    undone = take(run, shop, "goods", "--undo", said.json["run"])
    assert undone.status == 0, undone.err
    assert names(shop) == []
    assert take(run, shop, "goods", "--undo", said.json["run"]).status == 1


@pytest.mark.parametrize("lang", ["zh_CN.UTF-8", "en_GB.UTF-8"])
def test_what_is_wrong_is_said_in_words(run: Run, shop: Path, sheet: Path, lang: str) -> None:
    (shop / "config.toml").unlink()
    said = run(
        "--store", shop, "import", "goods", sheet, "--dry-run", *OWNER, typed="correct horse\n",
        lang=lang,
    )  # fmt: skip
    refused = next(line for line in said.out.splitlines() if "4" in line)
    assert "bad_" not in refused, "a code stands where words belong"


def test_a_heading_of_theirs(run: Run, shop: Path, tmp_path: Path) -> None:
    path = tmp_path / "theirs.csv"
    path.write_text("Artikel;VK\nTee;2,50\n".replace("2,50", "2.50"), encoding="utf-8")
    said = take(run, shop, "goods", path, "--map", "Artikel=name", "--map", "VK=price")
    assert said.status == 0, said.err + said.out
    assert names(shop) == ["Tee"]


def test_a_spreadsheet_of_an_old_program(run: Run, shop: Path, root: Path) -> None:
    """XLS as tills of twenty years ago write it: its cover is passed over, and told."""
    old = root / "tests" / "files" / "old_till.xls"
    said = take(run, shop, "goods", old, "--json")
    assert (said.status, said.json["new"], said.json["refused"]) == (0, 3, 0), said.err
    assert "page" in [note["note"] for note in said.json["notes"]]
    with opened(Place(shop)):
        apples = Goods.get(Goods.code == "0002")
        told = (apples.name, str(apples.price), str(apples.member_price), apples.unit.decimals)
        assert told == ("散装苹果", "9.80", "8.80", 3)
        umbrella = Goods.get(Goods.code == "0003")
        assert (str(umbrella.cost), umbrella.is_active) == ("18.3333", False)
    # Its cover, asked for by name, has no goods.
    assert take(run, shop, "goods", old, "--sheet", "说明").status == 1


def test_an_encoding_is_given_by_hand(run: Run, shop: Path, tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    path.write_bytes("編號,品名,售價\n1,牛奶,2\n".encode("big5"))
    made = take(run, shop, "goods", path, "--encoding", "big5")
    assert made.status == 0 and names(shop) == ["牛奶"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["goods", "{sheet}", "--map", "no sign"], "no sign"),
        (["goods", "{sheet}", "--map", "Nowhere=name"], "Nowhere"),
        (["goods", "{sheet}", "--map", "品名=nmae"], "nmae"),
        (["ghosts", "{sheet}"], "goods"),
        (["goods"], "--undo"),
        (["goods", "none.csv"], "none.csv"),
        (["goods", "--undo", "seven"], "seven"),
    ],
)
def test_what_cannot_be_imported(
    run: Run, shop: Path, sheet: Path, words: list[str], told: str
) -> None:
    said = take(run, shop, *[word.format(sheet=sheet) for word in words])
    assert said.status == 1
    assert told in said.err
    assert said.err.count("\n") == 1


def test_who_may_not_import(run: Run, demo: Path, sheet: Path) -> None:
    into = ("--demo", "import", "goods", sheet, "--user", "2", "--password-stdin")
    assert run(*into, typed="demo-cashier\n").status == 1
    out_of = ("--demo", "export", "goods", "x.csv", "--user", "4", "--password-stdin")
    assert run(*out_of, typed="demo-stylist\n").status == 1
    assert not Path("x.csv").exists()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("lang", ["zh_CN.UTF-8", "en_GB.UTF-8"])
def test_out_and_in_again_changes_nothing(
    run: Run, demo: Path, tmp_path: Path, ending: str, lang: str
) -> None:
    path = tmp_path / f"goods.{ending}"
    said = run("--demo", "export", "goods", path, *CLERK, typed="demo-stock\n", lang=lang)
    assert said.status == 0, said.err
    said = run("--demo", "import", "goods", path, "--json", *CLERK, typed="demo-stock\n")
    assert said.status == 0, said.err + said.out
    assert (said.json["unchanged"], said.json["new"], said.json["changed"]) == (309, 0, 0)
    assert said.json["warnings"] == []
    assert run("--demo", "verify").status == 0


def test_a_formula_does_not_leave(run: Run, shop: Path, sheet: Path, tmp_path: Path) -> None:
    take(run, shop, "goods", sheet)
    path = tmp_path / "out.csv"
    said = run("--store", shop, "export", "goods", path, *OWNER, typed="correct horse\n")
    assert said.status == 0, said.err
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[1]["Name"] == "'=cmd()|x"


def test_an_import_that_fails_says_how_to_take_it_back(
    run: Run, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "many.csv"
    rows = "".join(f"K{n},商品{n},1\n" for n in range(250))
    path.write_text(f"编码,名称,售价\n{rows}", encoding="utf-8")
    blocks = iter([None])
    monkeypatch.setattr("models.stock.goods_import.keep_index", lambda *_: next(blocks))
    said = take(run, shop, "goods", path)
    assert said.status == 1
    command = re.search(r"deskbell import goods --undo (\d+)", said.err)
    assert command and "200 rows" in said.err, said.err
    monkeypatch.undo()
    said = take(run, shop, "goods", "--undo", command[1])
    assert (said.status, "200 rows taken back" in said.out) == (0, True)
