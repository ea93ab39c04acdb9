"""Every awkward file comes out as its table says, through the command; and is taken back whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.base.quantity import Quantity
from models.goods.goods import Goods
from models.stock.stock import stock_of
from tests.awkward import OUTCOMES, differing, named_files
from tests.tui.commands.conftest import Run
from tui.commands.place import Place, opened

OWNER = ("--user", "1", "--password-stdin")
FOUND_OUT = {"text"}


@pytest.mark.row("STK-03")
def test_every_awkward_file_comes_out_as_its_table_says(
    run: Run, shop: Path, real_data: Path
) -> None:
    folder = real_data / "awkward"
    names = named_files(folder)
    assert sorted(names) == sorted(OUTCOMES) and len(names) >= 14
    for name in names:
        outcome = OUTCOMES[name]
        columns = [
            word for head, field in outcome.columns.items() for word in ("--map", f"{head}={field}")
        ]
        words = ("import", "goods", folder / name, *columns, "--json", *OWNER)
        tried = run("--store", shop, *words, "--dry-run", typed="correct horse\n")
        assert tried.err == "", name
        told = run("--store", shop, *words, typed="correct horse\n").json
        assert {**told, "run": None} == tried.json, name
        refused = tuple((one["row"], one["reason"]) for one in told["problems"])
        assert (told["new"], refused) == (outcome.count, outcome.refused), name
        notes = [note["note"] for note in told["notes"] if note["note"] not in FOUND_OUT]
        assert sorted(notes) == sorted(outcome.notes), name
        with opened(Place(shop)):
            assert not differing(outcome), name
        undone = run(
            "--store", shop, "import", "goods", "--undo", told["run"], *OWNER,
            typed="correct horse\n",
        )  # fmt: skip
        # What had stock has a posted document: it is switched off and stays.
        has_stock = any("stock" in wanted for wanted in outcome.goods.values())
        assert undone.status == int(has_stock), undone.out
        with opened(Place(shop)):
            left = Goods.select().where(Goods.code.in_(list(outcome.goods)))
            assert not [row for row in left if row.is_active or not has_stock], name
            assert all(stock_of(row.key).quantity == Quantity.of(0) for row in left), name


@pytest.mark.parametrize(
    ("lang", "guess", "as_said"),
    [("zh_CN.UTF-8", "推测", "小数点为点"), ("en_GB.UTF-8", "guess", "point, as you said")],
)
def test_a_guess_is_told_in_words_before_anything_is_stored(
    run: Run, shop: Path, real_data: Path, *, lang: str, guess: str, as_said: str
) -> None:
    (shop / "config.toml").unlink()
    path = real_data / "awkward" / "thousands_point.csv"
    words = ("import", "goods", path, "--dry-run", *OWNER)
    said = run("--store", shop, *words, typed="correct horse\n", lang=lang)
    first = said.out.splitlines()[1]
    assert "11.000" in first and guess in first
    # And it can be said by hand: then 11.000 has three decimals, and no price has.
    told = run("--store", shop, *words, "--decimal", ".", typed="correct horse\n", lang=lang)
    assert told.status == 1 and as_said in told.out
