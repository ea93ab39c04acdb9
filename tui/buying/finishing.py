"""The end of a delivery: it is posted, after what is wrong with it was shown; or thrown away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.buying.goods_back import send_goods_back
from models.buying.goods_in import DeliveryEmpty, OrderExceeded, PaperTwice, receive_goods
from models.buying.receipts import BACK
from models.buying.receiving import drop_delivery, look_at_order
from receipts.words import word
from tui.buying.delivery_rows import difference_text
from tui.desk.words import language, refusal_told, said, t
from tui.widgets.panel import Confirm

if TYPE_CHECKING:
    from tui.buying.receiving import ReceivingScreen

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
    note = await screen.question(said(asked))
    if note is None:
        return
    title = word("Send {count} lines back?") if is_back else word("Take in {count} lines?")
    panel = Confirm(
        title, _told(screen), yes=word("Post it"), is_grave=True, count=len(found.lines)
    )
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
    screen.desk.inform(msgid, number=document.label, amount=document.total)


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
