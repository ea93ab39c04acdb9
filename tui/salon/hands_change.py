"""Ctrl+A, somebody else did the work: the line and who it was are asked, and nothing else is
undone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.salon.hands_change import change_hands, lines_to_change
from models.salon.tickets import HandsUnreadable, SharesWrong, StylistTwice, StylistUnknown
from models.shop.return_lines import sold_bill
from receipts.words import word
from tui.desk.safe import cut
from tui.desk.words import said
from tui.shop.line_changes import SHORT
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick

if TYPE_CHECKING:
    from tui.shop.coming_back import Answer
    from tui.shop.selling import Selling

# What is typed again.
_AGAIN = (HandsUnreadable, SharesWrong, StylistTwice, StylistUnknown)
_COLUMNS = (
    Column(word("Item"), 0, is_name=True, read=lambda row: row[1]),
    Column(word("Done by"), 24, read=lambda row: row[2]),
)


async def hands_anew(screen: Selling, sale: int, answer: Answer) -> bool:
    """Ask of which line, and who did it in truth, until it can be read. False where nobody was
    named: then only undoing the sale helps.
    """
    lines = await screen.in_books(lines_to_change, sale)
    if not lines:
        return False
    label = (await screen.in_books(sold_bill, sale)).label
    pick = Pick(word("{bill}: which line?"), _COLUMNS, lines, bill=label)
    chosen = lines[0] if len(lines) == 1 else await screen.desk.ask(pick)
    if chosen is None:
        return True
    number, name, _, was = chosen
    proposal = was
    prompt = said("{item}: who? 8, 8* asked for, 8:70 21:30", item=cut(name, SHORT))
    while (typed := await screen.question(prompt, proposal=proposal)) is not None:
        try:
            await screen.operate(
                change_hands, sale, number, typed, reason=answer.code, note=answer.note
            )
        except _AGAIN as refusal:
            screen.desk.tell(refusal)
            proposal = typed
            continue
        # As it is typed: of two who shared it one may have stayed, with another part.
        after = {row[0]: row[3] for row in await screen.in_books(lines_to_change, sale)}
        screen.desk.inform(
            word("{bill}: {item}: {was} is {now} from now on. Ctrl+R prints its slip."), bill=label,
            item=cut(name, SHORT), was=was, now=after.get(number, "-"),
        )  # fmt: skip
        return True
    return True
