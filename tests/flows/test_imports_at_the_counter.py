"""An owner imports a list of goods at an open counter, in a real terminal, and goes on selling."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.goods.goods import Goods
from models.imports.imports import ImportRun
from models.trust.audit import Audit
from receipts.words import Language
from tests.flows.counter_program import WATER
from tests.flows.till import Till, books_of

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(180)]


def put(folder: Path, count: int) -> None:
    """A list as another till exports it: a title, its own headings, one bad price, a sum."""
    rows = "".join(f"K{n:05},进口商品{n},{n % 90 + 1}.50,瓶\r\n" for n in range(count))
    text = f"商品资料,,,\r\n货号,品名,零售价,单位\r\n{rows}B1,坏商品,面议,瓶\r\n合计,,99999,\r\n"
    path = folder / "imports" / "tiantian.csv"
    path.parent.mkdir()
    path.write_bytes(text.encode("gb18030"))


@pytest.mark.row("STK-03", "UIX-02", "UIX-14")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_list_is_imported_while_selling_goes_on(floor: Any, till: Any, lang: Language) -> None:
    folder = floor(lang, more="[ui]\nmessage_s = 30")
    put(folder, 3_000)
    (folder / "brake").touch()
    desk: Till = till(folder, lang=lang)
    desk.sign_in()
    desk.open_shift()
    desk.key("f3")
    desk.see("Home")
    desk.presses = 0
    desk.enter("58")
    desk.see("Import from a file")
    desk.wait("tiantian.csv")
    desk.calm()
    desk.key("enter")
    desk.see("Text in {encoding}, cells apart by {separator}", encoding="GB18030",
             separator=desk.w("comma"))  # fmt: skip
    desk.key("f9")
    desk.see("Tried; nothing is stored yet.", timeout_s=60)
    assert desk.w("new {count}", count="3,000") in desk.text()
    assert desk.w("The price is no amount") in desk.text() and "面议" in desk.text()
    desk.key("f9")
    # From the menu to the import: the number, the file, tried, stored.
    assert desk.presses == 6
    desk.see("You may leave this screen.")
    for _ in range(2):
        desk.key("f3")
        desk.see("You may leave this screen.", gone=True)
    desk.wait(desk.w("Home"))
    desk.enter("11")
    desk.see("Selling")
    desk.scan(WATER)
    desk.wait_total("2.00")
    desk.pay_exact()
    (folder / "brake").unlink()
    done = desk.w("{file} is imported: {new} new, {changed} changed, {refused} refused.",
                  file="tiantian.csv", new="3,000", changed="0", refused="1")  # fmt: skip
    desk.see_flat(done, timeout_s=60)
    desk.key("f7")
    desk.calm()
    desk.type("进口商品2999")
    desk.wait("K02999")
    desk.kill()
    with books_of(folder):
        order = [row.verb for row in Audit.select().order_by(Audit.seq)]
        # Sold between two blocks, not after them.
        assert order.index("import_block") < order.index("sell") < order.index("end_import")


@pytest.mark.row("STK-03", "NFR-02")
def test_an_import_that_was_cut_off_goes_on(floor: Any, till: Any) -> None:
    folder = floor("en")
    put(folder, 1_000)
    (folder / "brake").touch()
    desk: Till = till(folder, lang="en")
    _to_the_import(desk)
    desk.wait("%")
    desk.kill()
    with books_of(folder):
        (run,) = ImportRun.select()
        stored = Goods.select().where(Goods.code.startswith("K")).count()
        assert (run.state, run.new, stored) == ("running", 200, 200)
    (folder / "brake").unlink()
    desk = till(folder, lang="en")
    _to_the_import(desk)
    desk.see("Imported.", timeout_s=60)
    desk.key("f3")
    desk.see("Imported.", gone=True)
    desk.key("f8")
    desk.see("Earlier imports")
    assert "1,000" in desk.text()
    desk.kill()
    with books_of(folder):
        (run,) = ImportRun.select()
        assert (run.state, run.new, run.refused) == ("done", 1_000, 1)
        assert Goods.select().where(Goods.code.startswith("K")).count() == 1_000


def _to_the_import(desk: Till) -> None:
    desk.sign_in()
    desk.enter("58")
    desk.wait("tiantian.csv")
    desk.calm()
    desk.key("enter")
    desk.see("Is read as")
    desk.key("f9")
    desk.see("Tried; nothing is stored yet.", timeout_s=60)
    desk.key("f9")
