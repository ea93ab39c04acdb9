"""Pieces that are refused at the door: neither stock nor debt, and still to come."""

from __future__ import annotations

import pytest

from models.base.quantity import Quantity
from models.buying import receiving
from models.buying.papers import goods_in_view
from models.buying.receiving import CountWrong
from models.ledger.folios import Folio
from models.ledger.proving import proof
from tests.models.buying.bought import came, head_of, line, order, posted, scanned, supplier, value
from tests.stores import Shop


def owed(folio: Folio) -> str:
    return str(-Folio.get_by_id(folio.key).balance)


@pytest.mark.case("KU-26")
def test_what_is_rejected_is_neither_stock_nor_debt(shop: Shop) -> None:
    folio = supplier(shop)
    made = order(shop, folio, line(shop, "1004", "100", "10"))
    begun = scanned(shop, head_of(made), ("1004", "60"))
    receiving.change_line(begun, 1, rejected=Quantity.of(20))
    document = posted(shop, begun)
    assert (value(shop, "1004")[0], owed(folio)) == ("63", "600.00")
    assert came(made) == [("100", "60", "40")]
    ((one,),) = (goods_in_view(document.key).lines,)
    assert (str(one.rejected), str(one.difference)) == ("20", "-40")
    assert not proof.verify()


@pytest.mark.case("KU-26")
def test_what_is_refused_is_of_what_was_scanned(shop: Shop) -> None:
    """Eighty are scanned, twenty of them are broken: the screen and the paper say the same."""
    folio = supplier(shop)
    made = order(shop, folio, line(shop, "1004", "100", "10"), line(shop, "1001", "6", "1"))
    begun = scanned(shop, head_of(made), ("1004", "80"))
    receiving.reject(begun, 1, Quantity.of(20))
    # Once more from the books, by another number; what came stays.
    receiving.reject(begun, 1, Quantity.of(25))
    receiving.reject(begun, 1, Quantity.of(20))
    rows = [(str(row.here), str(row.in_all), str(row.difference)) for row in begun.rows()]
    assert rows == [("80", "60", "-40"), ("0", "0", "-6")]
    # Of what is expected and was not scanned, so many came; more broken ones than were scanned.
    receiving.take_expected(begun, shop.goods("1001").key, Quantity.of(4))
    receiving.reject(begun, 2, Quantity.of(5))
    assert (str(begun.lines[1].quantity), str(begun.lines[1].came)) == ("0", "5")
    receiving.set_came(begun, 2, Quantity.of(7))
    assert (str(begun.lines[1].quantity), str(begun.lines[1].rejected)) == ("2", "5")
    with pytest.raises(CountWrong):
        receiving.set_came(begun, 2, Quantity.of(4))
    document = posted(shop, begun)
    assert (value(shop, "1004")[0], owed(folio)) == ("63", "602.00")
    paper = [
        (str(one.quantity + one.rejected), str(one.rejected), str(one.difference))
        for one in goods_in_view(document.key).lines
    ]
    assert paper == [("80", "20", "-40"), ("7", "5", "-4")]
    assert not proof.verify()
