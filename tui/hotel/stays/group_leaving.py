"""A whole group leaves (团队结账): what its master owes, the fees of leaving, all out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.base.refusals import Refusal
from models.hotel.desk.group_desk import (
    GroupReview,
    NobodyOfGroup,
    check_out_group,
    group_review,
    refund_master,
    ways_of_master,
)
from models.hotel.stays.stays import Booking
from models.ledger.accounts import RECEIVABLE
from models.ledger.daily.days import store_day
from models.ledger.debts.account_payments import begun_payments
from models.ledger.folios import Folio
from models.ledger.ways.tender_kinds import Take
from models.trust import company
from receipts.words import word
from tui.desk.words import t
from tui.hotel.folios.check_out import ACCOUNT, LEAVE, PAY, WAIVE, agree_no_fee, begun_told
from tui.hotel.folios.money import take_on_account
from tui.hotel.stays.group_keys import living, master
from tui.money.accounts import choose_account
from tui.money.giving_back import give_back_each
from tui.records.asking import Options
from tui.widgets.panel import Confirm

_OVER, _BACK, _MASTER = "over", "back", "master"


@dataclass(slots=True)
class _Leaving:
    """A group that is leaving: its review, and what was agreed at the desk about it so far."""

    booking: Booking
    day: date
    due: GroupReview
    # What was taken for the master and for their windows, and is on none of them yet.
    begun: list[Take]
    folio: Folio | None = None
    waived: str = ""
    # Who lets the fees go, when it is not the clerk.
    approval: dict[str, Any] = field(default_factory=dict)


async def all_out(screen: Any, line: Any) -> None:
    """Everybody leaves: what the master owes is paid or goes to an account, what is over goes back,
    then all go. What a step refuses leads back to what is left to do. Refuses: NobodyOfGroup.
    """
    app = screen.desk
    leaving = await screen.in_books(_review, line.key)
    while (answer := await _ask(app, leaving)) is not None:
        try:
            if await _step(screen, line, leaving, answer):
                return
        except Refusal as refused:
            app.tell(refused)
        now = await screen.in_books(_review, line.key, leaving.waived)
        leaving.booking, leaving.day = now.booking, now.day
        leaving.due, leaving.begun = now.due, now.begun


async def _ask(app: Any, leaving: _Leaving) -> Any:
    ways = ways_out(leaving.due, leaving.folio)
    asked = word("Check out {name}")
    return await app.ask(Options(asked, ways, note=_told(leaving), name=leaving.booking.name))


async def _step(screen: Any, line: Any, leaving: _Leaving, answer: Any) -> bool:
    """Do what was chosen; whether all have left."""
    app, due = screen.desk, leaving.due
    if answer == PAY:
        assert due.master is not None
        first = (await screen.in_books(living, line.key))[0]
        await take_on_account(app, first, due.master, due.master_due, is_asked=False)
    elif answer == ACCOUNT:
        is_other = leaving.folio is None
        leaving.folio = await choose_account(app, account=RECEIVABLE) if is_other else None
    elif answer == _BACK:
        await _give_back(screen, leaving)
    elif answer == _MASTER:
        await master(screen, line)
    elif answer == WAIVE:
        await _waive(screen, leaving)
    elif await _is_meant(app, leaving):
        await _leave(screen, leaving, takes_over=answer == _OVER)
        return True
    return False


async def _is_meant(app: Any, leaving: _Leaving) -> bool:
    """A key that was meant for the question before sends nobody away."""
    asked = Confirm(
        word("Check out {name}: {count} rooms?"), yes=word("All leave"), is_grave=True,
        name=leaving.booking.name, count=len(leaving.due.stays),
    )  # fmt: skip
    return bool(await app.ask(asked))


async def _waive(screen: Any, leaving: _Leaving) -> None:
    """Let the fees go. Who may not is told, or asks for a yes, before the group pays without."""
    name, fees = leaving.booking.name, leaving.due.fees
    waived = await agree_no_fee(screen.desk, check_out_group, name, fees)
    if waived:
        leaving.waived, leaving.approval = waived


def _review(key: int, waived: str = "") -> _Leaving:
    """Refuses: NobodyOfGroup."""
    booking: Booking = Booking.get_by_id(key)
    day = store_day()
    due = group_review(booking, day, waives_fee=bool(waived))
    if not due.is_there:
        raise NobodyOfGroup(booking=booking.number)
    folios = [each.folio for _, own in due.stays for each in own.dues]
    begun = begun_payments([*folios, due.master] if due.master else folios)
    return _Leaving(booking, day, due, begun, waived=waived)


def ways_out(due: GroupReview, folio: Folio | None) -> list[tuple[str, str]]:
    """What can be done now: the master is made even with the last of the group, with what its
    members owe where it bears that.
    """
    ways, left = [], due.master_due.minor
    if not due.settles:
        # What is over belongs to those who are still to come.
        left = max(left, 0)
    together = left + due.own.minor
    if folio is None and left > 0:
        ways.append((PAY, t("The master is paid")))
    if folio is None and (left > 0 or (due.settles and together > 0)):
        ways.append((ACCOUNT, t("The master goes to an account")))
    if left < 0:
        ways.append((_BACK, t("Give back what the group paid too much")))
    if due.owing and due.master is not None and together >= 0 and not due.credits:
        ways.append((_OVER, t("The master bears what they owe, and all leave")))
    elif due.owing and due.master is None and not due.credits:
        # They pay room by room, or a master bears it: so nobody of them can leave.
        ways.append((_MASTER, t("Open the master account")))
    elif not ways:
        ways.append((LEAVE, t("All leave")))
    if folio is not None:
        ways.append((ACCOUNT, t("Not on account")))
    if due.fees:
        ways.append((WAIVE, t("No fee for leaving: {amount}", amount=due.fees)))
    return ways


async def _give_back(screen: Any, leaving: _Leaving) -> None:
    ways = await screen.in_books(ways_of_master, leaving.booking, leaving.due)
    await give_back_each(
        screen.desk, ways, refund_master, leaving.booking, name=leaving.booking.name,
        also=["waive fee"] if leaving.waived else [], shown=leaving.due.master_due,
        waives_fee=leaving.waived,
    )  # fmt: skip


def _told(leaving: _Leaving) -> str:
    """Who leaves before his day, the fees, the deposit, the master, and who owes, a line each."""
    due, day = leaving.due, leaving.day
    lines = [t("{count} rooms in the house", count=len(due.stays))]
    if early := [stay for stay, _ in due.stays if stay.departure > day]:
        until = max(stay.departure for stay in early)
        lines.append(t("Booked longer: {count} rooms, until {day}", count=len(early), day=until))
    if due.fees:
        lines.append(f"{t('Leaving late or early')}  {due.fees}")
    if leaving.waived:
        lines.append(t("Without the fee: {why}", why=leaving.waived))
    lines += begun_told(leaving.begun)
    if due.deposit:
        lines.append(f"{t('Deposit held')}  {due.deposit}")
        if due.master is None:
            lines.append(t("Without a master it stays: F8 in the list gives it back."))
    if due.master is not None:
        master = t("Master less deposit") if due.settles and due.deposit else t("Master account")
        where = f"  {t('on account')} {leaving.folio.name}" if leaving.folio else ""
        lines.append(f"{master}  {due.master_due}{where}")
    lines += [
        f"{stay.room.number if stay.room else ''} {stay.name}  {amount}"
        for stay, amount in due.owing[:8]
    ]
    return "\n".join(lines)


async def _leave(screen: Any, leaving: _Leaving, *, takes_over: bool) -> None:
    language = await screen.in_books(company.slip_language.value)
    name = leaving.booking.name
    # Who lets the fees go has read nothing of a debt: that is asked for as a whole.
    approval = {} if leaving.folio else leaving.approval
    gone = await screen.operate(
        check_out_group, leaving.booking, shown=leaving.due.master_due, account=leaving.folio,
        takes_over=takes_over, waives_fee=leaving.waived, language=language, **approval,
    )  # fmt: skip
    screen.desk.wake_paper()
    screen.desk.inform(word("Gone: {name}, {count} rooms"), name=name, count=gone)
