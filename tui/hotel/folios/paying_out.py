"""Cash handed out for a guest: how much, and what for; the slip is signed."""

from __future__ import annotations

from typing import Any

from models.base.refusals import Refusal
from models.hotel.charges.folio_lines import FolioLine
from models.hotel.charges.windows import own_folio
from models.hotel.folios.paid_outs import pay_out_for, take_paid_out_back, to_take_back
from models.hotel.stays.stays import Stay
from models.ledger.folios import Folio
from models.trust import company
from receipts.words import word
from tui.desk.gate.numbers import money_of
from tui.hotel.folios.money import ask_line, ask_why
from tui.hotel.folios.posting import ask_who


async def pay_out(app: Any, folio: Folio, stay: Stay | None) -> bool:
    """Ask how much and what for, and hand it out; whether it was. F12 goes a question back, and
    what is refused, or approved by nobody, stands in its question again.
    """
    language = await app.in_books(company.slip_language.value)
    typed = why = ""
    asked = word("Cash handed out for {name}: how much?")
    while typed := (
        await ask_line(app, asked, name=folio.name, reads=money_of, proposal=typed) or ""
    ):
        while reason := await ask_why(
            app, word("What is paid for {name}?"), name=folio.name, proposal=why
        ):
            why, amount = reason, money_of(typed)
            try:
                await app.operate(
                    pay_out_for, folio, amount, reason=why, stay=stay, language=language
                )
            except Refusal as refused:
                app.tell(refused)
                continue
            _drawer(app)
            app.inform(word("Paid out for {name}: {amount}. Have the slip signed."),
                       name=folio.name, amount=amount)  # fmt: skip
            return True
    return False


async def take_back(app: Any, line: FolioLine) -> bool:
    """The cash of a paid-out lies on the counter again: why; whether it was taken back. Refuses:
    LineAnswered.
    """
    await app.in_books(to_take_back, line)
    reason = await ask_why(
        app, word("{amount} for {text} comes back into the drawer. Why?"), amount=line.amount,
        text=line.text,
    )  # fmt: skip
    if reason:
        language = await app.in_books(company.slip_language.value)
        await app.operate(take_paid_out_back, line, reason=reason, language=language)
        _drawer(app)
    return bool(reason)


def _drawer(app: Any) -> None:
    app.wake_paper()
    app.kick_drawer()


async def pay_out_from_menu(app: Any) -> None:
    """From the menu: for who lives in a room, or for an account. Refuses: NobodyThere."""
    who = await ask_who(app, word("Cash handed out for which room or account?"))
    if isinstance(who, Folio):
        await pay_out(app, who, None)
    elif who is not None:
        await pay_out(app, await app.in_books(own_folio, who.key), who)
