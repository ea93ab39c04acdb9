"""A counter that sells until it is killed, as a program of its own.

    python -m tests.tui.commands.selling_child FOLDER

Each bill that is acknowledged is a line on standard output.
"""

from __future__ import annotations

import sys
from pathlib import Path

from models.base.quantity import Quantity
from models.base.settling import in_cash
from models.ledger.daily import shift_life, shifts
from models.ledger.ways.cash import cash_rule
from models.ledger.ways.tender_kinds import Paying
from models.selling import items
from models.shop import basket, sales
from models.trust.operation import Session, new_uid
from models.trust.users import User
from tests.flows.counter_program import COLA, MANAGER, WATER
from tests.stores import CASH
from tui.commands.place import Place


def main(folder: Path) -> None:
    """Sell water and cola, one bill after the other."""
    place = Place(folder)
    place.open()
    session = Session(User.get(User.login == MANAGER).key, place.register)
    if shifts.current_shift(place.register) is None:
        shift_life.open_shift(session, {10_000: 5}, uid=new_uid())
    while True:
        bill = basket.new_basket(session)
        for piece in (WATER, COLA):
            basket.ring(bill, items.find_item(piece.code), Quantity.of(1))
        due = bill.amount_due
        paying = Paying(CASH, in_cash(due, cash_rule()))
        sold = sales.sell(session, bill.draft, [paying], shown=due, uid=new_uid())
        print(sold.label, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
