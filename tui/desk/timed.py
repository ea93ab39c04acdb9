"""Work that the open counter does by itself: the quick proof at its start, backups, the day.

All of it goes behind the counter's own work, in slices, and says what it did in the status row.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

from models.base import clock
from models.base.log_damage import move_log
from models.base.refusals import Refusal
from models.ledger.daily import days
from models.ledger.proving import proof
from models.trust import backup
from models.trust.heads import heads_lost
from models.trust.trades_used import used_names
from receipts.words import word
from tui.desk.database import BACKGROUND
from tui.desk.trade_screens import declared
from tui.desk.words import refusal_told

if TYPE_CHECKING:
    from models.trust.backup import Plan
    from tui.desk.counter_app import CounterApp

LOOK_S = 20.0
PAUSE_S = 5.0
# So long nobody pressed a key; and how often that is waited for, from the start on.
QUIET_S, MOST_WAITS = 0.25, 12
AGAIN_AFTER = timedelta(hours=1)


async def hands_rest(app: CounterApp, most: int = MOST_WAITS) -> int:
    """Wait until nobody has typed for a moment, but at most so often; how often that was."""
    for waits in range(most):
        if app.idle_s >= QUIET_S:
            return waits
        await asyncio.sleep(QUIET_S)
    return most


class Timed:
    """Looks at the clock every few seconds; each piece of work runs once for its time."""

    def __init__(self, app: CounterApp, plan: Plan) -> None:
        self.app, self.plan = app, plan
        self._done: dict[str, datetime] = {}
        self._newest: datetime | None = None
        self._tried: datetime | None = None
        self._day: date | None = None
        self._is_working = False
        self._rested = 0.0
        self._waits = 0

    def begin(self) -> None:
        """Start with the quick proof and the age of the newest copy."""
        self._done = dict.fromkeys(("backup", "close_day", "verify"), self._now())
        self._day = self.app.facts.day if self.app.facts else None
        # Who comes to the door now is about to type.
        self.app.note_activity()
        self.app.run_worker(self._first(), exit_on_error=False)
        self.app.set_interval(LOOK_S, self._look)

    async def _first(self) -> None:
        await self._load_ahead()
        await self._show_age()
        await self._behind_typing()
        await self._prove(full=False)
        await self._index()
        await self._ask_gateway()

    async def _load_ahead(self) -> None:
        """What whoever stands at the door opens next is loaded while he says who he is: home, and
        the till. In pieces, or the thread of the books would keep him waiting.
        """
        for name in await self._slice(_ahead, self.app.config.register.trades):
            await self._slice(import_module, name)

    async def _ask_gateway(self) -> None:
        """What a power cut left behind at the payment gateway is gone on with."""
        from models.ledger.gateway.orders import provider

        if await self._slice(provider.value):
            from tui.money.gateway.calls import take_up

            await take_up(self.app)

    async def _behind_typing(self) -> None:
        """Who signs in at once and begins to work waits for nothing of this; but it does not wait
        for ever for him.
        """
        self._waits += await hands_rest(self.app, MOST_WAITS - self._waits)

    async def _look(self) -> None:
        if self._is_working:
            return
        self._is_working = True
        try:
            for name, at, work in (
                ("backup", self.app.config.schedule.backup, self.back_up),
                ("close_day", self.app.config.schedule.close_day, self._close_day),
                ("verify", self.app.config.schedule.verify, self._prove_all),
            ):
                if at is not None and self._is_due(name, at):
                    self._done[name] = self._now()
                    await work()
            if self._needs_copy():
                await self.back_up()
            await self._show_age()
            await self._rest()
        finally:
            self._is_working = False

    async def _rest(self) -> None:
        """In each pause at the counter, once: the log of the file is moved into it."""
        since = self.app.idle_since
        if since == self._rested or self.app.idle_s < PAUSE_S:
            return
        self._rested = since
        assert self.app.database is not None
        # What the disk refuses now it refuses the next sale too, and that tells it.
        with suppress(Refusal):
            await self.app.database.run(move_log, urgency=BACKGROUND)

    def _needs_copy(self) -> bool:
        """A day was closed, or the newest copy is too old: a machine that is off at night never
        meets the hour. A try that failed is repeated after an hour.
        """
        day = self.app.facts.day if self.app.facts else None
        is_new_day, self._day = day != self._day, day
        hours = timedelta(hours=self.app.config.backup.warn_hours)
        is_old = self._newest is None or clock.now() - self._newest > hours
        rested = self._now() - self._tried > AGAIN_AFTER if self._tried else True
        return is_new_day or (is_old and rested)

    def _now(self) -> datetime:
        """The store's wall clock, without asking the database."""
        return clock.now().astimezone(self.app.frame.zone)

    def _is_due(self, name: str, at: time) -> bool:
        """True when the hour passed since the work was done, or since the start."""
        now = self._now()
        last = datetime.combine(now.date(), at, now.tzinfo)
        if last > now:
            last -= timedelta(days=1)
        return self._done[name] < last

    async def _slice(self, function: Any, *args: Any) -> Any:
        assert self.app.database is not None
        return await self.app.database.run(function, *args, urgency=BACKGROUND)

    # Proof.

    async def _prove_all(self) -> None:
        await self._prove(full=True)

    async def _prove(self, *, full: bool) -> None:
        steps: Iterator[Any] = proof.verify_steps(full=full, beside_work=True)
        count = 0
        while (found := await self._slice(next, steps, None)) is not None:
            count += len(found)
            await self._behind_typing()
        count += len(await self._slice(heads_lost, self.plan.folder))
        if count:
            msgid = word("The books do not prove: {count} findings. Run deskbell verify.")
            self.app.alarm(msgid, count=count)

    async def _index(self) -> None:
        """Goods of an import that was killed are found by name again."""
        # What a search is made of is loaded here, after the sign-in is painted.
        from models.search.waiting import index_all_waiting

        steps = index_all_waiting()
        while await self._slice(_step, steps):
            pass

    # Backup.

    async def back_up(self) -> None:
        """A copy in steps, proved apart from the store, recorded."""
        self._tried = self._now()
        try:
            run = await self._slice(backup.Backup, self.plan)
            steps = run.copy_steps()
            while await self._slice(next, steps, None) is not None:
                pass
            copy = await self.app.off_thread(run.finish)
            await self._slice(_record, copy, self.app.register)
        except backup.BackupElsewhere:
            return
        except Refusal as refusal:
            why = refusal_told(refusal)
            self.app.alarm(word("The backup failed: {why}"), why=why)
            return
        await self._show_age()

    async def _show_age(self) -> None:
        newest = await self.app.off_thread(backup.newest_verified, self.plan.folder)
        self._newest = newest.made_at if newest else None
        self.app.show_backup(self._newest)

    # The day.

    async def _close_day(self) -> None:
        """Close the day when nobody is needed for it; else say that it is time."""
        app = self.app
        facts = await app.look_again()
        if app.session is None:
            app.alarm(word("Time to close the day: {day}. Menu 16."), day=facts.day)
            return
        steps = days.closing_steps(app.session, facts.day)
        try:
            while await self._slice(_step, steps):
                pass
        except Refusal:
            app.alarm(word("Time to close the day: {day}. Menu 16."), day=facts.day)
            return
        app.wake_paper()
        await app.look_again()
        app.inform(word("Day {day} was closed by the clock."), day=facts.day)


def _ahead(offered: tuple[str, ...]) -> list[str]:
    return list(declared("ahead", used_names(offered)))


def _step(steps: Iterator[None]) -> bool:
    """One step; False when there was none."""
    try:
        next(steps)
    except StopIteration:
        return False
    return True


def _record(copy: backup.Copy, register: int) -> None:
    backup.record(copy, None, register=register)


def age_text(made_at: datetime | None, zone: Any) -> str:
    """When the newest copy was made: the hour today, else the date."""
    if made_at is None:
        return "-"
    local, now = made_at.astimezone(zone), clock.now().astimezone(zone)
    return local.strftime("%H:%M" if local.date() == now.date() else "%m-%d")
