"""The end of a delivery: it is posted, after what is wrong with it was shown; or thrown away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from models.buying.goods_back import send_goods_back, strangers
from models.buying.goods_in import DeliveryEmpty, OrderExceeded, PaperTwice, receive_goods
from models.buying.receipts import BACK, CASUAL, Receipt
from models.buying.receiving import drop_delivery, look_at_order
from models.ledger.debts.dues import Item, items_of
from models.ledger.documents import Document
from models.ledger.folios import Folio
from models.trust.users import rights_of
from receipts.words import word
from tui.buying.delivery_rows import difference_text
from tui.desk.gate.numbers import by_hand
from tui.desk.words import language, refusal_told, said, t
from tui.money.account_payable import BoughtPayable
from tui.money.pay import pay
from tui.widgets.panel import Confirm

if TYPE_CHECKING:
    from tui.buying.receiving import ReceivingScreen
    from tui.desk.counter_app import CounterApp
    from tui.desk.frame import FrameScreen

UNPAID = word("Taken in: {number} {amount}. Not paid yet: 17 pays it.")
# So many lines of what is wrong are shown before it is posted.
SHOWN = 8


async def finish(screen: ReceivingScreen) -> None:
    """F9, the number on the supplier's paper, Enter: posted."""
    found = screen.receiving
    if not found.lines:
        raise DeliveryEmpty()
    if found.head.order is not None:
        # Somebody else may have received of it meanwhile: what is left now is what is compared.
        await screen.in_books(look_at_order, found)
        await screen.show_lines()
    is_back = found.head.how == BACK
    asked = word("Why do they go back?") if is_back else word("Number of their paper; none: Enter")
    # Goods that are scanned now should have been a line: their code is no number of a paper.
    note = await screen.question(said(asked), reads=by_hand)
    if note is None:
        return
    title = word("Send {count} lines back?") if is_back else word("Take in {count} lines?")
    told = await screen.in_books(_told, screen)
    panel = Confirm(title, told, yes=word("Post it"), is_grave=True, count=len(found.lines))
    if not await screen.desk.ask(panel):
        return
    assert screen.total is not None
    work = send_goods_back if is_back else receive_goods
    post = partial(
        screen.operate, work, found.draft, shown=screen.total, note=note, language=language()
    )
    try:
        document = await post()
    except PaperTwice as twice:
        # The same paper in the pile once more, or a supplier who begins anew with 1.
        if not await screen.means(str(refusal_told(twice))):
            return
        document = await post(is_sure=True)
    except OrderExceeded:
        # Somebody else received of the order meanwhile: what is left now is shown.
        await screen.in_books(look_at_order, found)
        await screen.show_lines()
        raise
    screen.counter.wake_paper()
    screen.leave()
    msgid = word("Sent back: {number} {amount}") if is_back else word("Taken in: {number} {amount}")
    is_bought = found.head.how == CASUAL and bool(document.total)
    is_paid = is_bought and await _may_pay(screen.counter)
    if is_bought and not is_paid:
        msgid = UNPAID
    screen.desk.inform(msgid, number=document.label, amount=document.total)
    if is_paid:
        await _pay_bought(screen.counter, document)


def _bought(document: int) -> tuple[Folio, list[Item]]:
    folio = Folio.get_by_id(Receipt.get(Receipt.document == document).supplier)
    return folio, [item for item in items_of(folio) if item.document == document]


async def _pay_bought(app: CounterApp, document: Document) -> None:
    """What was bought in any shop was paid there: by whom and how is said at once, or it is owed
    until 17 pays it.
    """
    folio, items = await app.in_books(_bought, document.key)
    below = cast("FrameScreen", app.top_screen)
    await pay(BoughtPayable(below, folio, items, amount=document.total, of=document.key))


async def _may_pay(app: CounterApp) -> bool:
    assert app.session is not None
    rights = await app.in_books(rights_of, app.session.user)
    return rights is not None and rights.holds("take payment")


def _told(screen: ReceivingScreen) -> str:
    found = screen.receiving
    wrong = [row for row in found.rows() if row.difference or (row.line and row.line.rejected)]
    lines = [f"{row.name}  {difference_text(row)[0]}" for row in wrong[:SHOWN]]
    if len(wrong) > SHOWN:
        lines.append(t("and {count} more", count=len(wrong) - SHOWN))
    if found.head.order is not None and not wrong:
        lines.append(t("All as ordered."))
    if found.parked:
        lines.append(t("Set aside: {count}", count=len(found.parked)))
    if found.head.how == BACK and (others := strangers(found)):
        lines.append(
            t(
                "Never came from {supplier}: {goods}",
                supplier=screen.whose,
                goods=", ".join(others[:SHOWN]),
            )
        )
    if found.head.freight:
        lines.append(f"{t('Freight')}  {found.freight}")
    return "\n".join([*lines, f"{t('Total')}  {screen.total}"])


async def drop(screen: ReceivingScreen) -> None:
    """The delivery was a mistake: it is shown, then it is gone."""
    found = screen.receiving
    names = "\n".join(f"{line.name}  {line.quantity}" for line in found.lines[:SHOWN])
    panel = Confirm(word("Throw this delivery away?"), names, is_grave=True)
    if await screen.desk.ask(panel):
        await screen.operate(drop_delivery, found.draft)
        screen.leave()
