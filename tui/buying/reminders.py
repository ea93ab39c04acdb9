"""What waits in buying: deliveries that were begun, goods that run short, orders that are late."""

from __future__ import annotations

from datetime import date

from models.base.database import store_number
from models.buying.batches import soon_over
from models.buying.orders import COMING, DRAFT, PurchaseOrder
from models.buying.proposing import short_by_supplier
from models.buying.receiving import waiting
from models.buying.suppliers import priced_goods
from models.stock.stock_list import short_goods
from models.trust import drafts
from models.trust.operation import open_day
from receipts.words import word
from tui.desk.standing import Reminder, Standing


def buying(at: Standing) -> list[Reminder]:
    """For whoever orders or receives."""
    found, day = [], open_day(store_number())
    if at.rights.holds("receive goods"):
        begun = [one for one in waiting(at.register) if drafts.count_lines(one.key)]
        if begun:
            msgid = word("A delivery is begun and not finished: 300 goes on. ({count})")
            found.append(Reminder(msgid, {"count": len(begun)}, "warn", is_open_work=True, rank=20))
        found += _lots(at, day)
    if at.rights.holds("order goods"):
        short = short_by_supplier(day)
        if short:
            msgid = word("{goods} goods of {count} suppliers run short: 302 orders them.")
            lines = sum(len(one.lines) for one in short)
            found.append(Reminder(msgid, {"goods": lines, "count": len(short)}, "warn", rank=40))
        alone = short_goods() - priced_goods()
        if alone:
            msgid = word("{count} goods run short that no order proposes: 33 lists them.")
            found.append(Reminder(msgid, {"count": len(alone)}, "warn", rank=40))
        late = PurchaseOrder.select().where(
            PurchaseOrder.state.in_(COMING), PurchaseOrder.wanted < day
        )
        if late.exists():
            msgid = word("Orders are late: {count} (301 lists them)")
            found.append(Reminder(msgid, {"count": late.count()}, "warn", rank=45))
    if at.rights.holds("approve orders"):
        drafted = PurchaseOrder.select().where(PurchaseOrder.state == DRAFT).count()
        if drafted:
            msgid = word("Draft orders: {count} (301 lists them)")
            found.append(Reminder(msgid, {"count": drafted}, rank=60))
    return found


def _lots(at: Standing, day: date) -> list[Reminder]:
    """What is out of date goes to scrap by whoever may; what soon will be is sold first."""
    (over, soon), found = soon_over(day), []
    if over:
        msgid = word("Lots out of date: {count} (326 lists them)")
        if at.rights.holds("scrap goods"):
            msgid = word("Lots out of date: {count}. 332 scraps them.")
        found.append(Reminder(msgid, {"count": over}, "warn", rank=41))
    if soon:
        msgid = word("Lots good for a week at most: {count} (326 lists them)")
        found.append(Reminder(msgid, {"count": soon}, "warn", rank=42))
    return found
