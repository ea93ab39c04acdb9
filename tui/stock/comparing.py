"""A stocktake against the books: what differs, in pieces and in money; then it is posted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, Any, cast

from models.base.fields import store_currency
from models.base.money import Money
from models.stock.count_posting import (
    LEAVE,
    ZERO,
    StocktakeOutcome,
    post_stocktake,
    require_ready,
    told_of_rows,
)
from models.stock.count_review import CountedItem, begin_second, review, to_count_again
from models.stock.counts import Stocktake, Zone, drop_stocktake
from models.stock.trade import STOCKTAKE
from models.trust import approvals
from receipts.words import word
from tui.desk.frame import FrameScreen
from tui.desk.words import language, t
from tui.people.above_limit import contents_told, done_or_asked
from tui.widgets.boxes import Horizontal
from tui.widgets.entry import Entry
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Confirm, Pick
from tui.widgets.total import BigTotal

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp


# What shows a zone to be counted.
ShowsZone = Callable[["CounterApp", Zone, Stocktake], Awaitable[None]]


def _result(row: CountedItem) -> Any:
    """What is to be said of an item, in words."""
    if row.counted is None:
        return t("not counted"), "muted"
    if row.needs_second:
        return t("count again"), "alarm"
    if not row.difference:
        return t("right"), "good"
    return t("too many") if row.difference.thousandths > 0 else t("too few"), "warn"


def _signed(row: CountedItem) -> str:
    return row.difference.signed if row.difference else ""


COLUMNS = (
    Column(word("Code"), 14, tone="muted", drop=3, read=lambda row: row.code),
    Column(word("Item"), 0, least=20, read=lambda row: row.name),
    Column(word("Book"), 7, "right", read=lambda row: str(row.book)),
    Column(word("Counted"), 8, "right", tone="strong",
           read=lambda row: "" if row.counted is None else str(row.counted)),
    Column(word("Differs"), 8, "right", read=_signed),
    Column(word("Value"), 10, "right", tone="money",
           read=lambda row: str(row.value) if row.value else ""),
    Column(word("Result"), 12, read=_result),
    Column(word("Where"), 10, tone="muted", drop=2, read=lambda row: row.zones),
)  # fmt: skip
ZONES = (
    Column(word("Zone"), 0, read=lambda row: row[0]),
    Column(word("To count again"), 14, "right", tone="muted", read=lambda row: str(len(row[1]))),
)
WAYS = {
    LEAVE: word("Leave them as the books say"), ZERO: word("They are not there: make them zero"),
}  # fmt: skip


def _rank(row: CountedItem) -> tuple[bool, bool, bool, str]:
    """What must be looked at first stands first."""
    return not row.needs_second, row.counted is None, not row.difference, row.code


class ComparingScreen(FrameScreen):
    """See the docstring of this file."""

    kind = "comparing"
    title_msgid = word("Count against books")
    right = "count stock"

    def __init__(self, take: Stocktake, rows: list[CountedItem], counts: ShowsZone) -> None:
        """`counts` shows a zone that is counted again."""
        super().__init__()
        self.take, self.rows, self.counts = take, rows, counts
        self.lines = self.roll = LineList(
            COLUMNS, can_focus=False, empty=word("Nothing is there, and nothing was counted.")
        )

    @property
    def counter(self) -> CounterApp:
        """The app, with its type."""
        return cast("CounterApp", self.app)

    def title_text(self) -> str:
        return f"{self.take.number} {self.take.title}".strip()

    def body(self) -> Iterable[Any]:
        yield self.lines
        with Horizontal(id="sale-band"):
            yield BigTotal(id="came-last")
            yield BigTotal(id="sale-total")
        yield Entry()

    def on_mount(self) -> None:
        self.entry.focus()
        self.show_rows()

    def show_rows(self) -> None:
        """Draw the items; those that must be counted again first."""
        self.lines.set_rows(sorted(self.rows, key=_rank))
        money = store_currency()
        lost = Money.total((one.value for one in self.rows if one.value.minor < 0), money)
        gained = Money.total((one.value for one in self.rows if one.value.minor > 0), money)
        self.query_one("#came-last", BigTotal).show(word("Lost"), str(lost), tone="warn")
        self.query_one("#sale-total", BigTotal).show(word("Gained"), str(gained))
        self.words_changed()

    def words_changed(self) -> None:
        """The hint is drawn text: say it again."""
        again = sum(row.needs_second for row in self.rows)
        hint = t("F9 posts the differences; F5 counts again what is far off.")
        if again:
            hint = t("Far off: {count}. F5 counts again.", count=again)
        self.entry.hint(hint)

    async def on_entry(self, text: str) -> None:
        self.desk.alarm(word("Nothing is typed here: F9 posts, F5 counts again."))

    async def do_refresh_count(self) -> None:
        """F7: what was counted meanwhile, by whomever."""
        self.rows = await self.in_books(review, self.take)
        self.show_rows()

    async def do_count_again(self) -> None:
        """F5: a second count of a zone, which stands for the first of what is far off there."""
        zones = await self.in_books(to_count_again, self.take)
        if not zones:
            await self.do_refresh_count()
            self.desk.inform(word("Nothing is far off: there is nothing to count again."))
            return
        row: CountedItem | None = self.lines.chosen
        first = row.once if row else frozenset[str]()
        waiting = sorted(zones.items(), key=lambda one: (one[0] not in first, one[0]))
        zone = waiting[0][0]
        if len(waiting) > 1:
            picked = await self.desk.ask(Pick(word("Which zone is counted again?"), ZONES, waiting))
            if picked is None:
                return
            zone = picked[0]
        found = await self.in_books(begin_second, self.desk.session, self.take, zone)
        self.leave()
        await self.counts(self.counter, found, self.take)

    async def do_post_count(self) -> None:
        """F9: post the differences, after it was said what becomes of what nobody counted."""
        uncounted = LEAVE
        await self.in_books(require_ready, StocktakeOutcome(self.take, self.rows, uncounted))
        missing = sum(row.counted is None for row in self.rows)
        if missing:
            columns = (Column(word("What becomes of them?"), 0, read=lambda row: t(WAYS[row])),)
            title = word("{count} items were not counted")
            chosen = await self.desk.ask(Pick(title, columns, [LEAVE, ZERO], count=missing))
            if chosen is None:
                return
            uncounted = chosen
        value = StocktakeOutcome(self.take, self.rows, uncounted).moved
        differ = sum(bool(row.difference) for row in self.rows)
        text = "\n".join((t(WAYS[uncounted]), f"{t('Moved in all')}  {value}"))
        if not await self.desk.ask(
            Confirm(
                word("Post the stocktake: {count} items differ?"),
                text if missing else str(value),
                yes=word("Post it"),
                is_grave=True,
                count=differ,
            )
        ):
            return
        await self._post(uncounted, value)

    async def _post(self, uncounted: str, value: Money) -> None:
        document = await done_or_asked(
            self, post_stocktake, self.take, uncounted=uncounted, shown=value, language=language(),
            told=lambda: contents_told(told_of_rows(self.rows, uncounted)),
            ask=lambda: self._ask_for({"stocktake": self.take.key, "uncounted": uncounted}),
        )  # fmt: skip
        if document is None:
            return
        self.counter.wake_paper()
        self.leave()
        self.desk.inform(word("The stocktake is posted: {number}"), number=document.label)

    async def _ask_for(self, body: dict[str, Any]) -> None:
        """It becomes a request for somebody who may."""
        request = await self.operate(
            approvals.request_approval, STOCKTAKE, title=self.take.number, body=body,
            reason=t("Stocktake"),
        )  # fmt: skip
        self.leave()
        self.desk.inform(word("Asked for: {number}"), number=request.number)

    async def do_drop_count(self) -> None:
        """Ctrl+X: nothing of it is posted."""
        panel = Confirm(word("Throw the whole stocktake away?"), self.take.number, is_grave=True)
        if await self.desk.ask(panel):
            await self.operate(drop_stocktake, self.take)
            self.leave()
