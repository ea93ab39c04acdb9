"""The night audit (夜审): its steps with what is open, answered one by one, then the day's close.

Whatever happens in between, the steps are read anew: an audit that was broken off goes on where it
was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from models.hotel.audit import audit
from models.hotel.audit.audit_steps import (
    ARRIVALS,
    BACKUP,
    CLOSE,
    DEPARTMENTS,
    DUE_OUTS,
    LATE_CHARGES,
    NIGHTS,
    PROOF,
    RATES,
    RECEIVABLES,
    ROOMS,
    SHIFTS,
    TITLES,
    VOUCHERS,
    AuditStep,
    audit_steps,
)
from models.hotel.audit.day_figures import DayFigures
from models.hotel.audit.shut_house import gap_end, require_gap_empty
from models.hotel.charges.fees import late_kept
from models.hotel.charges.folio_lines import is_answered, lines_of
from models.hotel.charges.windows import own_folio
from models.hotel.folios.transfers import transfer_lines
from models.hotel.reservations.changing import change_stay
from models.hotel.stays.stays import NO_SHOW, Stay, living_in, nights_of
from models.ledger.daily.days import close_day, close_uid, registers_of, store_day
from models.reports.department_lists import NAMES as DEPARTMENT_NAMES
from receipts.words import word
from tui.desk.frame import FrameScreen
from tui.desk.words import listed, said, t
from tui.hotel.folios.money import ask_line
from tui.hotel.rooms.housekeeping import ODD
from tui.money.accounts import COLUMNS as ACCOUNTS
from tui.records.asking import Options
from tui.records.refreshing import tell_read
from tui.widgets.entry import Entry
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Confirm, Message, Pick

if TYPE_CHECKING:
    from datetime import date

    from tui.desk.counter_app import CounterApp

_STAYS = (
    Column(word("Room"), 6, read=lambda row: row.room.number if row.room else ""),
    Column(word("Guest"), 0, read=lambda row: row.name),
    Column(word("Arrival"), 11, read=lambda row: str(row.arrival)),
    Column(word("Departure"), 11, read=lambda row: str(row.departure)),
)
_ROOMS = (
    Column(word("Room"), 6, read=lambda row: row.number),
    Column(word("What differs"), 44, read=lambda row: t(ODD[row.what])),
    Column(word("Guest"), 0, read=lambda row: row.stay.name if row.stay else ""),
)
_RATES = (
    Column(word("Room"), 6, read=lambda row: row.stay.room.number if row.stay.room else ""),
    Column(word("Guest"), 0, read=lambda row: row.stay.name),
    Column(word("Plan's price"), 12, "right", read=lambda row: str(row.list_price)),
    Column(word("Price"), 12, "right", tone="money", read=lambda row: str(row.price)),
)
_LATE = (
    Column(word("Number"), 14, tone="muted", read=lambda row: row[0].number),
    Column(word("Name"), 0, read=lambda row: row[0].name),
    Column(word("Left on"), 11, read=lambda row: str(row[0].left_day)),
    Column(word("Balance"), 12, "right", tone="money", read=lambda row: str(row[1].balance)),
)
_OVERDUE = (
    Column(word("Number"), 12, tone="muted", read=lambda row: row[0].number),
    Column(word("Name"), 0, read=lambda row: row[0].name),
    Column(word("Overdue"), 12, "right", tone="money", read=lambda row: str(row[1])),
)
_DEPARTMENTS = (
    Column(word("Department"), 0, read=lambda row: t(DEPARTMENT_NAMES.get(row.name, row.name))),
    Column(word("On accounts"), 12, "right", read=lambda row: str(row.total)),
    Column(word("In the books"), 12, "right", tone="money", read=lambda row: str(row.booked)),
)


def _left(step: AuditStep) -> Any:
    if step.name == CLOSE:
        return "", ""
    if step.is_done:
        return t("nothing open"), "good"
    return t("{count} open", count=len(step.left)), "muted" if step.only_tells else "warn"


def _result(step: AuditStep) -> Any:
    return (t(step.result.msgid, **step.result.fields) if step.result else ""), "muted"


STEPS = (
    Column(word("Step"), 0, read=lambda row: t(TITLES[row.name])),
    Column(word("Result"), 24, "right", read=_result),
    Column(word("Still open"), 14, "right", read=_left),
)


class NightAudit(FrameScreen):
    """See the docstring of this file."""

    kind = "night_audit"
    right = "night audit"
    title_msgid = word("Night audit")

    def __init__(self) -> None:
        super().__init__()
        self.day: date | None = None
        self.steps = self.roll = LineList(STEPS, can_focus=False)

    @property
    def counter(self) -> CounterApp:
        """The app, with its type."""
        return cast("CounterApp", self.app)

    def title_text(self) -> str:
        return str(self.day or "")

    def body(self) -> Iterable[Any]:
        yield self.steps
        yield Entry()

    async def on_mount(self) -> None:
        self.entry.focus()
        self.words_changed()
        await self.look()

    def resumed(self) -> None:
        super().resumed()
        if self.day is not None:
            self.desk.jobs.start(self.look)

    async def user_changed(self) -> None:
        """The next user sees it anew."""
        await self.look()

    def words_changed(self) -> None:
        """The hint is drawn text: say it again."""
        self.entry.hint(t("Enter: the step under the cursor"))

    async def look(self) -> None:
        """Read the steps; the cursor goes to the first that hinders the close."""
        self.day = await self.in_books(store_day)
        steps = await self.in_books(audit_steps, self.day)
        first = next(place for place, step in enumerate(steps) if step.hinders)
        self.steps.set_rows(steps, cursor=first)
        self.frame_changed()

    async def do_look_again(self) -> None:
        """F5."""
        await self.look()
        tell_read(self)

    async def do_audit_step(self) -> None:
        """Enter: do the step, or answer what it asks."""
        step: AuditStep = self.steps.chosen
        ways = {
            BACKUP: self._backup, SHIFTS: self._shifts, VOUCHERS: self._vouchers,
            DUE_OUTS: self._due_outs, ARRIVALS: self._arrivals, ROOMS: self._rooms,
            RATES: self._rates, DEPARTMENTS: self._departments, NIGHTS: self._nights,
            LATE_CHARGES: self._late_charges, RECEIVABLES: self._receivables, PROOF: self._proof,
            CLOSE: self._close,
        }  # fmt: skip
        if step.is_done:
            self.desk.hint(word("Nothing is open in this step."))
        else:
            await ways[step.name](step)
        await self.look()

    async def _shifts(self, step: AuditStep) -> None:
        """Each till closes its own shift; this one's is closed from here. Whoever goes over is not
        among them.
        """
        from tui.money.shift_menu import open_close_shift

        mine = [shift for shift in step.left if shift.register == self.counter.register]
        if mine:
            await open_close_shift(self.counter)
            return
        tills = registers_of(step.left)
        self.desk.alarm(word("Shifts are open at other tills: {tills}"), tills=tills)

    async def _backup(self, step: AuditStep) -> None:
        """A proved copy, made here where this counter makes them."""
        if self.counter.timed is None:
            self.desk.alarm(
                word("Copies are made by the main counter, or by hand: deskbell backup")
            )
            return
        await self.counter.timed.back_up()

    async def _vouchers(self, step: AuditStep) -> None:
        """What nobody could place goes to the room that it belongs to."""
        account = await self.desk.ask(Pick(word("What is placed?"), ACCOUNTS, step.left))
        if account is None:
            return
        room = await ask_line(
            self.counter, word("To which room does {name} go?"), name=account.name
        )
        if room:
            lines, folio = await self.in_books(_placing, account.key, room)
            await self.operate(transfer_lines, lines, folio)

    async def _rooms(self, step: AuditStep) -> None:
        row = await self.desk.ask(Pick(word("Rooms that differ"), _ROOMS, step.left))
        if row is not None and row.stay is not None:
            from tui.hotel.folios.folio import open_folio

            await open_folio(self.counter, row.stay.key)

    async def _departments(self, step: AuditStep) -> None:
        await self.desk.ask(Pick(word("Departments that differ"), _DEPARTMENTS, step.left))

    async def _receivables(self, step: AuditStep) -> None:
        row = await self.desk.ask(Pick(word("Accounts that are overdue"), _OVERDUE, step.left))
        if row is not None:
            from tui.money.account import Account

            await self.counter.go(Account(row[0]))

    async def _proof(self, step: AuditStep) -> None:
        """What the close would refuse, said before it."""
        raise step.left[0]

    async def _due_outs(self, step: AuditStep) -> None:
        stay = await self._pick(word("Who was to leave?"), step.left)
        if stay is None:
            return
        todo = await self.desk.ask(
            Options(
                word("{room} {name}"),
                [("extend", t("Stays one more night")), ("out", t("Check out")),
                 ("folio", t("The account"))],
                room=stay.room.number if stay.room else "", name=stay.name,
            )
        )  # fmt: skip
        if todo == "extend":
            until = max(stay.departure, self.day or stay.departure) + timedelta(days=1)
            there = await self.in_books(late_kept, stay, until)
            await self.operate(
                change_stay, stay, version=stay.version, arrival=stay.arrival, departure=until
            )
            for folio, left in there:
                self.desk.alarm(
                    word("Late fee {amount} stays: {folio} {name} is closed"), amount=left,
                    folio=folio.number, name=folio.name,
                )  # fmt: skip
            nights = await self.in_books(nights_of, stay.key)
            self.desk.inform(
                word("{name} stays until {day}: the night {price}"), name=stay.name, day=until,
                price=nights[-1].price,
            )  # fmt: skip
        elif todo == "out":
            from tui.hotel.folios.check_out import check_out_stay

            await check_out_stay(self.counter, stay.key)
        elif todo == "folio":
            from tui.hotel.folios.folio import open_folio

            await open_folio(self.counter, stay.key)

    async def _arrivals(self, step: AuditStep) -> None:
        stay = await self._pick(word("Who has not come?"), step.left)
        if stay is None:
            return
        todo = await self.desk.ask(
            Options(
                word("{room} {name}"),
                [(NO_SHOW, t("Did not come: no-show")), ("in", t("Check in")),
                 ("cancel", t("Cancelled")), ("dates", t("Other dates"))],
                room=stay.room.number if stay.room else "", name=stay.name,
            )
        )  # fmt: skip
        if todo == NO_SHOW:
            from tui.hotel.stays.stays_listing import mark_not_come

            await mark_not_come(self, stay)
        elif todo == "in":
            from tui.hotel.stays.check_in import check_in_stay

            await check_in_stay(self.counter, stay.key)
        elif todo == "cancel":
            from tui.hotel.stays.stays_listing import cancel_asked

            await cancel_asked(self, stay)
        elif todo == "dates":
            from tui.hotel.stays.stays_listing import LISTING
            from tui.records.forms.form import FormScreen, edit

            await edit(self.desk, FormScreen(LISTING, stay.key))

    async def _pick(self, title: str, stays: Any) -> Stay | None:
        if len(stays) == 1:
            only: Stay = stays[0]
            return only
        picked: Stay | None = await self.desk.ask(Pick(title, _STAYS, stays))
        return picked

    async def _rates(self, step: AuditStep) -> None:
        await self.desk.ask(Pick(word("Nights at another price"), _RATES, step.left))

    async def _late_charges(self, step: AuditStep) -> None:
        row = await self.desk.ask(Pick(word("Accounts that are open still"), _LATE, step.left))
        if row is not None:
            from tui.hotel.folios.folio import open_folio

            await open_folio(self.counter, row[0].key)

    async def _nights(self, step: AuditStep) -> None:
        """Block by block, each an operation of its own: broken off, it goes on where it was."""
        done, all_of_them = 0, len(step.left)
        assert self.day is not None
        while block := await self.in_books(audit.next_block, self.day):
            done += await self.operate(audit.post_nights, block)
            self.desk.inform(word("Nights posted: {done} of {all}"), done=done, all=all_of_them)

    async def _close(self, step: AuditStep) -> None:
        """The close asks for the next date and refuses what is open; then the day's figures."""
        from tui.money.day_close import close_date

        day = self.day
        if day is not None and (until := await self.in_books(gap_end, day)) is not None:
            await self._close_gap(day, until)
            return
        if day is not None:
            # Said before the questions, not after them.
            await self.in_books(audit.require_ready, day)
        await close_date(self.counter, note=named(self.steps.row_values))
        if day is not None and await self.in_books(store_day) != day:
            await self.desk.ask(
                Message(word("The house on {day}"), await self.in_books(_figures, day), day=day)
            )

    async def _close_gap(self, day: date, until: date) -> None:
        """A house that was shut: all dates up to the calendar's, asked once, each an operation."""
        await self.in_books(require_gap_empty, until)
        sure = await self.desk.ask(
            Confirm(
                word("Was the house shut from {day} on?"),
                said("Every date before {until} is closed, each with its figures; one paper is "
                     "printed.", until=until),
                yes=word("Close them all"), is_grave=True, day=day,
            )
        )  # fmt: skip
        while sure and (open_one := await self.in_books(store_day)) < until:
            uid = await self.in_books(close_uid, open_one)
            await self.operate(close_day, next_day=open_one + timedelta(days=1), uid=uid)
            self.desk.inform(word("Day {day} is closed."), day=open_one)
        self.counter.wake_paper()
        await self.counter.look_again()


def named(steps: Sequence[AuditStep]) -> str:
    """The steps that hinder nobody and are open, in words: whoever closes has seen them."""
    told = [
        f"{t(TITLES[step.name])} {t('{count} open', count=len(step.left))}"
        for step in steps
        if step.only_tells and step.left
    ]
    return t("Open still, and no hindrance: {steps}", steps=listed(told)) if told else ""


def _figures(day: date) -> str:
    found: DayFigures | None = DayFigures.get_or_none(DayFigures.day == day)
    if found is None:
        return ""
    house = found.house
    lines = (
        (word("Rooms sold"), found.sold), (word("Occupancy"), f"{house.occupancy}%"),
        (word("Average rate"), house.average_rate),
        (word("For each available room"), house.per_available),
        (word("Room revenue"), found.room_revenue), (word("Other revenue"), found.other_revenue),
        (word("Arrived"), found.arrivals), (word("Departed"), found.departures),
    )  # fmt: skip
    return "\n".join(f"{t(label)}  {value}" for label, value in lines)


def _placing(account: int, room: str) -> Any:
    """The lines that stand on an account still, and the folio of who lives in a room."""
    lines = [ln for ln in lines_of(account) if ln.amount.minor > 0 and not is_answered(ln)]
    return lines, own_folio(living_in(room)[0].key)


async def open_night_audit(app: Any) -> None:
    """From the menu."""
    await app.go(NightAudit())
