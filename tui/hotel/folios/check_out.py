"""Check-out: what will still be posted, what each window comes to, and how it is settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.base.money import Money
from models.base.refusals import Refusal
from models.hotel.charges.services import EARLY_LEAVE_CODE, LATE_CODE, service_of
from models.hotel.desk.departures import Review, WindowDue, check_out, refund_guest, review
from models.hotel.folios.disputes import set_aside
from models.hotel.folios.folio_payments import ways_for
from models.hotel.stays.stays import IN_HOUSE, Stay, with_rooms
from models.ledger.accounts import RECEIVABLE
from models.ledger.daily.days import store_day
from models.ledger.debts.account_payments import begun_payments
from models.ledger.folios import Folio
from models.ledger.ways.tender_kinds import Take
from models.trust import company
from receipts.words import word
from tui.desk.safe import clean
from tui.desk.words import t
from tui.hotel.folios.money import ask_why, take_on_account
from tui.hotel.rooms.traces_listing import texts_for
from tui.money.accounts import choose_account
from tui.money.at_the_desk import Owed
from tui.money.giving_back import give_back_each
from tui.money.ways import tender_name
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Panel

FEES = {LATE_CODE: word("Late departure"), EARLY_LEAVE_CODE: word("Early departure")}
PAY, ACCOUNT, WAIVE, ASIDE, LEAVE = "pay", "account", "waive", "aside", "leave"


@dataclass(slots=True)
class Departure:
    """A guest who is leaving: the review, and what was agreed at the desk about it so far."""

    stay: Stay
    # The business date of the review.
    day: date
    due: Review
    # What the departure will still post.
    foreseen: list[Owed]
    # What is to be told to the guest, or done for him, before he is gone.
    waiting: list[str]
    # What was taken for his windows and is on none of them yet.
    begun: list[Take]
    waived: str = ""
    # Who lets the fee go, when it is not the clerk: what the check-out is called with.
    approval: dict[str, Any] = field(default_factory=dict)
    accounts: dict[str, Folio] = field(default_factory=dict)

    @property
    def open_window(self) -> WindowDue | None:
        """The first window that is not settled yet."""
        for each in self.due.dues:
            if each.due and each.letter not in self.accounts:
                return each
        return None


class CheckOut(Panel[str]):
    """The review; answers what is to be done about it."""

    needs_fresh_key = True
    width = 66

    def __init__(self, leaving: Departure) -> None:
        stay = leaving.stay
        super().__init__(
            word("{room} {guest} leaves"), room=stay.room.number if stay.room else "",
            guest=stay.name,
        )  # fmt: skip
        self._leaving = leaving
        self.list = LineList(
            (
                Column("", 0, read=lambda row: row[0]),
                Column("", 14, "right", tone="money", read=lambda row: row[1]),
            ),
            _rows(leaving),
            head=False,
            is_still=True,
            can_focus=False,
        )
        self.list.styles.height = len(_rows(leaving))

    def content(self) -> Iterable[Any]:
        yield self.list

    def keys_shown(self) -> list[tuple[str, str]]:
        window, due = self._leaving.open_window, self._leaving.due
        keys = [("Enter", word("Check out"))]
        if due.disputed:
            # What is disputed is dealt with before anybody pays.
            return [("Enter", word("To a disputed account")), ("F12", word("Back"))]
        if window is not None:
            keys = [("Enter", word("Take payment") if window.due.minor > 0 else word("Give back"))]
            if window.due.minor > 0:
                keys.append(("F6", word("On account")))
        elif self._leaving.accounts:
            keys.append(("F6", word("Not on account")))
        if due.fee:
            keys.append(("F4", word("No fee")))
        return [*keys, ("F12", word("Back"))]

    def on_key(self, event: Any) -> None:
        window = self._leaving.open_window
        answers = {"enter": PAY if window is not None else LEAVE}
        is_owing = window is not None and window.due.minor > 0
        if is_owing or (window is None and self._leaving.accounts):
            answers["f6"] = ACCOUNT
        if self._leaving.due.fee:
            answers["f4"] = WAIVE
        if self._leaving.due.disputed:
            answers = {"enter": ASIDE}
        if (answer := answers.get(event.key)) is None:
            return
        event.stop()
        if answer not in (LEAVE, ASIDE) or self.desk.pressed_after_paint(self):
            self.answer(answer)


def _rows(leaving: Departure) -> list[tuple[Any, str]]:
    """What the review says, a line each."""
    due, stay = leaving.due, leaving.stay
    rows: list[tuple[Any, str]] = []
    if stay.departure > leaving.day:
        # A slip of the cursor, perhaps: the wrong guest is not sent away unseen.
        rows.append(((t("Booked until {day}", day=stay.departure), "warn"), ""))
    if due.nights:
        days = ", ".join(night.day.strftime("%m-%d") for night in due.nights)
        rows.append((t("Nights to be posted: {days}", days=days), str(due.nights_total)))
    if due.fee:
        rows.append(((t(FEES[due.fee_code]), "warn"), str(due.fee)))
    if leaving.waived:
        rows.append(((t("Without the fee: {why}", why=leaving.waived), "muted"), ""))
    rows += [
        ((t("Disputed: {text}", text=clean(line.text)), "warn"), str(line.amount))
        for line in due.disputed
    ]
    rows += [((clean(text), "warn"), "") for text in leaving.waiting]
    rows += [((clean(text), "warn"), "") for text in begun_told(leaving.begun)]
    for each in due.dues:
        name = f"{each.letter}  {each.folio.name}"
        if each.letter in leaving.accounts:
            name += f"  {t('on account')} {leaving.accounts[each.letter].name}"
        rows.append(((name, "" if each.due else "muted"), str(each.due)))
    total = due.balance
    asked = t("To settle") if total.minor >= 0 else t("To give back")
    rows.append(((asked, "strong"), str(abs(total))))
    return rows


def begun_told(begun: Iterable[Take]) -> list[str]:
    """Money that was taken in a payment that was left: by what, and how much, a line each."""
    return [
        t("Payment not finished: {way} {amount}", way=tender_name(take.tender),
          amount=take.paying.given) for take in begun
    ]  # fmt: skip


async def check_out_stay(app: Any, key: int) -> bool:
    """Settle and leave; whether the guest is gone. What a step refuses, or what no manager allows,
    leads back to the review, with what was done before it.
    """
    leaving = await app.in_books(_departure, key)
    while (answer := await app.ask(CheckOut(leaving))) is not None:
        try:
            await _STEPS[answer](app, leaving)
        except Refusal as refused:
            await _look_again(app, leaving)
            if leaving.stay.state != IN_HOUSE:
                raise
            if not refused.can_be_approved:
                # An account that takes nothing, or another balance: who owes it is asked again.
                leaving.accounts.clear()
            app.tell(refused)
        else:
            if answer == LEAVE:
                return True
    return False


async def _look_again(app: Any, leaving: Departure) -> None:
    """What is due now; what was agreed at the desk stands."""
    now: Departure = await app.in_books(_departure, leaving.stay.key, leaving.waived)
    leaving.stay, leaving.day, leaving.due = now.stay, now.day, now.due
    leaving.foreseen, leaving.waiting, leaving.begun = now.foreseen, now.waiting, now.begun


async def _waive(app: Any, leaving: Departure) -> None:
    """Let the fee go. Who may not is told, or asks for a yes, before the guest pays without it."""
    waived = await agree_no_fee(app, check_out, leaving.stay.name, leaving.due.fee)
    if waived:
        leaving.waived, leaving.approval = waived
        await _look_again(app, leaving)


async def agree_no_fee(
    app: Any, leave: Any, name: str, fee: Money
) -> tuple[str, dict[str, Any]] | None:
    """Why there is no fee of leaving, and the yes of somebody else to it where whoever is at the
    desk may not let it go; None when nothing was agreed.
    """
    why = await ask_why(app, word("Why is there no fee?"))
    if not why:
        return None
    yes = await app.operate(leave.approved, ("waive fee", None), name=name, amount=fee, reason=why)
    return why, yes


async def _settle(app: Any, leaving: Departure) -> None:
    """Take what is owed, or give back what is over; money that was taken or given stands on the
    account from then on, whatever becomes of the check-out.
    """
    window = leaving.open_window
    assert window is not None
    if window.due.minor < 0:
        done = await _give_back(app, leaving, window)
    else:
        taken = await take_on_account(
            app, leaving.stay, window.folio, window.due, is_asked=False, foreseen=leaving.foreseen
        )
        done = taken is not None
    if done:
        await _look_again(app, leaving)


async def _set_aside(app: Any, leaving: Departure) -> None:
    await app.operate(set_aside, leaving.stay)
    await _look_again(app, leaving)


async def _on_account(app: Any, leaving: Departure) -> None:
    window = leaving.open_window
    if window is None:
        # Somebody pays after all.
        leaving.accounts.clear()
        return
    folio = await choose_account(app, account=RECEIVABLE)
    if folio is not None:
        leaving.accounts[window.letter] = folio


async def _give_back(app: Any, leaving: Departure, window: WindowDue) -> bool:
    """Through the tenders that paid; whether any of it went out."""
    ways = await app.in_books(ways_for, window.folio.key, -window.due)
    return await give_back_each(
        app, ways, refund_guest, leaving.stay, window.folio, name=window.folio.name,
        also=["waive fee"] if leaving.waived else [], shown=window.due, waives_fee=leaving.waived,
    )  # fmt: skip


async def _leave(app: Any, leaving: Departure) -> None:
    language = await app.in_books(company.slip_language.value)
    # Who lets a fee go has read nothing of a debt: what goes to an account is asked for as a whole.
    approval = {} if leaving.accounts else leaving.approval
    await app.operate(
        check_out, leaving.stay, version=leaving.stay.version, shown=leaving.due.balance,
        accounts=leaving.accounts, waives_fee=leaving.waived, language=language, **approval,
    )  # fmt: skip
    app.wake_paper()
    stay = leaving.stay
    app.inform(
        word("Gone: {room} {guest}"), room=stay.room.number if stay.room else "", guest=stay.name
    )


_STEPS = {
    PAY: _settle, ACCOUNT: _on_account, WAIVE: _waive, ASIDE: _set_aside, LEAVE: _leave,
}  # fmt: skip


def _departure(key: int, waived: str = "") -> Departure:
    (stay,) = with_rooms([Stay.get_by_id(key)])
    day = store_day()
    due = review(stay, day, waives_fee=bool(waived))
    names = {code: service_of(code).name for code, _, _ in due.charges}
    foreseen = [Owed(names[code], amount, str(day)) for code, amount, day in due.charges]
    begun = begun_payments(each.folio for each in due.dues)
    return Departure(stay, day, due, foreseen, texts_for(key), begun, waived)
