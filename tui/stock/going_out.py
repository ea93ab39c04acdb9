"""Goods that leave their place: scan, scan, F9. What is above one's limit becomes a request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.base.database import store_number
from models.base.fields import store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.buying.out_of_date import begin_scrap, lots_over
from models.goods.goods import with_lot
from models.ledger.store_card import local
from models.selling.items import CodeUnknown, WeightWanted
from models.stock import goods_out
from models.stock.goods_out import OutLine, OutSlip
from models.stock.stock import SHOP_FLOOR, Location
from models.stock.trade import SCRAP, TRANSFER, USE
from models.trust import drafts
from models.trust.operation import open_day
from receipts.words import word
from tui.desk.gate.numbers import by_hand, quantity_of
from tui.desk.words import language, said, t
from tui.people.above_limit import contents_told, done_or_asked
from tui.shop.ringing import Ringing
from tui.widgets.boxes import Horizontal
from tui.widgets.entry import Entry
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Confirm, Pick
from tui.widgets.total import BigTotal

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp
    from tui.desk.gate.key_rows import Command

COLUMNS = (
    Column(word("Code"), 14, tone="muted", drop=2, read=lambda row: row.code),
    Column(
        word("Item"),
        0,
        least=26,
        is_name=True,
        read=lambda row: with_lot(row.name, row.batch, row.expiry),
    ),
    Column(word("Quantity"), 11, "right", tone="strong", read=lambda row: str(row.quantity)),
    Column(word("Unit"), 6, tone="muted", drop=1, read=lambda row: row.unit),
)
WAYS = {
    TRANSFER: word("Carry to another place"), SCRAP: word("Scrap: broken, spoiled, out of date"),
    USE: word("Used by the house"),
}  # fmt: skip
OVER = "over"
_SAID = {**WAYS, OVER: word("Scrap what is out of date")}
_OF_LINES = ("quantity", "one_less", "remove_line")


class GoodsOutScreen(Ringing):
    """See the docstring of this file."""

    kind = "goods_out"
    title_msgid = word("Goods out")
    right = "see stock"

    def __init__(self, way: OutSlip, places: dict[int, str]) -> None:
        super().__init__()
        self.way, self.places = way, places
        self.lines = self.roll = LineList(COLUMNS, can_focus=False, empty=word("Scan what leaves."))

    def title_text(self) -> str:
        way = self.way
        where = self.places.get(way.origin, "")
        if way.how == TRANSFER:
            where += f" → {self.places.get(way.target, '')}"
        return f"{t(WAYS[way.how]).partition('：')[0].partition(':')[0]} {where}"

    def body(self) -> Iterable[Any]:
        yield self.lines
        with Horizontal(id="sale-band"):
            yield BigTotal(id="came-last")
            yield BigTotal(id="sale-total")
        yield Entry()

    def on_mount(self) -> None:
        self.entry.focus()
        self.show_lines()

    def offers(self, command: Command) -> bool:
        if command.id == "finish_out":
            return bool(self.way.lines)
        return command.id not in _OF_LINES or self.lines.chosen is not None

    @property
    def meant(self) -> OutLine | None:
        """The line that a key changes. Refuses: NothingChosen, after a code that was refused."""
        row: OutLine | None = self.lines.meant
        return row

    def show_lines(self, place: int | None = None) -> None:
        """Draw what leaves; the cursor goes to the line at `place`."""
        self.lines.set_rows(list(self.way.lines), cursor=place)
        self._show_band()
        self.strip_changed()
        self.words_changed()

    def _show_band(self) -> None:
        line: OutLine | None = self.lines.chosen
        last = self.query_one("#came-last", BigTotal)
        last.show(line.name if line else "", str(line.quantity) if line else "")
        items = self.query_one("#sale-total", BigTotal)
        items.show(word("Kinds of goods"), str(len(self.way.lines)))

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        """The band follows the cursor."""
        event.stop()
        self._show_band()
        self.strip_changed()

    def words_changed(self) -> None:
        """The hint is drawn text: say it again."""
        self.entry.hint(t("Scan; 12* before it means twelve. F9 finishes."))

    async def _ring(self, code: str, quantity: Quantity | None, *, is_sure: bool) -> None:
        """One of a code leaves, or so many. Refuses: what `put_out` refuses."""
        self.unknown = None
        try:
            place = await self.in_books(goods_out.put_out, self.way, code, quantity)
        except CodeUnknown as unknown:
            await self.tell_unknown(unknown, quantity)
            raise
        except WeightWanted as wanted:
            await self.ring_weighed(code, wanted)
            return
        self.show_lines(place)

    async def set_quantity(self, quantity: Quantity) -> None:
        """So many of the chosen line leave; none takes it out."""
        if (line := self.meant) is None:
            return
        if not quantity:
            await self.do_remove_line()
            return
        self.show_lines(await self.in_books(goods_out.set_out, self.way, line, quantity))

    async def do_quantity(self) -> None:
        """`*`: how many of the chosen line leave."""
        if (line := self.meant) is None:
            return
        asked = said("How many of {item} leave?", item=line.name)
        typed = await self.question(asked, proposal=str(line.quantity), reads=quantity_of)
        if typed:
            await self.set_quantity(quantity_of(typed))

    async def do_one_less(self) -> None:
        """`-`: one less of the chosen line."""
        if (line := self.meant) is not None:
            await self.set_quantity(max(line.quantity - Quantity.of(1), Quantity(0)))

    async def do_remove_line(self) -> None:
        """Delete: the item stays where it is."""
        if (line := self.meant) is not None:
            await self.in_books(goods_out.remove_out, self.way, line.number)
            self.show_lines()

    async def do_finish_out(self) -> None:
        """F9, the reason, Enter: posted, or asked for."""
        way = self.way
        why = word("Why? Carried goods need no reason.") if way.how == TRANSFER else word("Why?")
        reason = await self.question(said(why), proposal=self._usual_reason(), reads=self._reason)
        if reason is None:
            return
        goods_out.require_reason(way.how, reason)
        contents = await self.in_books(goods_out.told_of_draft, way.draft)
        worth = Money.total((one.value for one in contents if one.value), store_currency())
        told = f"{contents_told(contents)}\n{t('Total')}  {worth}"
        panel = Confirm(
            word("{what}: {count} lines?"), told, yes=word("Post it"), is_grave=True,
            what=self.title_text(), count=len(way.lines),
        )  # fmt: skip
        if not await self.desk.ask(panel):
            return
        document = await done_or_asked(
            self, goods_out.take_out, way.draft, reason=reason, language=language(),
            told=lambda: told, ask=lambda: self._ask_for(reason),
        )  # fmt: skip
        if document is None:
            return
        self.counter.wake_paper()
        self.leave()
        self.desk.inform(word("Posted: {number}"), number=document.label)

    def _reason(self, text: str) -> None:
        """Refuses: NumberScanned, ReasonMissing."""
        goods_out.require_reason(self.way.how, by_hand(text))

    def _usual_reason(self) -> str:
        """Where all that is scrapped is out of date, that is why."""
        day = self.counter.facts.day if self.counter.facts else None
        days = [line.expiry for line in self.way.lines]
        is_over = (
            self.way.how == SCRAP and day is not None and all(one and one < day for one in days)
        )
        return t("out of date") if is_over and self.way.how == SCRAP else ""

    async def _ask_for(self, reason: str) -> None:
        """It becomes a request for somebody who may."""
        title = self.title_text()
        request = await self.operate(
            goods_out.request_out, self.way.draft, title=title, reason=reason
        )
        self.leave()
        self.desk.inform(word("Asked for: {number}"), number=request.number)

    async def do_drop_out(self) -> None:
        """Ctrl+X: nothing leaves."""
        told = "\n".join(f"{line.name}  {line.quantity}" for line in self.way.lines[:8])
        if await self.desk.ask(Confirm(word("Throw this slip away?"), told, is_grave=True)):
            await self.operate(goods_out.drop_out, self.way.draft)
            self.leave()

    async def do_leave(self) -> None:
        """F3: home; the slip stays as it is and is found again."""
        self.leave()


# --- from the menu


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do: a way, a slip that was begun, or what is out of date in a place."""

    how: str
    more: str = ""
    draft: int | None = None
    place: int | None = None


_CHOICES = (
    Column(word("Goods out"), 0, least=30, read=lambda row: t(_SAID[row.how])),
    Column(word("Begun"), 24, tone="muted", read=lambda row: row.more),
)
_PLACES = (Column(word("Place"), 0, read=lambda row: row[1]),)


def _choices(register: int) -> list[ToDo]:
    begun = [
        ToDo(str(drafts.head_value(one, "how")), local(one.created_at).strftime("%m-%d %H:%M"),
             one.key)
        for one in goods_out.outs_waiting(register) if drafts.count_lines(one.key)
    ]  # fmt: skip
    names = _places()
    over = [
        ToDo(OVER, f"{names.get(place, place)}: {count}", place=place)
        for place, count in lots_over(open_day(store_number())).items()
    ]
    return [*begun, *over, *(ToDo(how) for how in WAYS)]


def _places() -> dict[int, str]:
    rows = Location.select().where(Location.is_active).order_by(Location.number)
    return {row.number: row.name for row in rows}


async def open_goods_out(app: CounterApp) -> None:
    """From the menu: what is done, from where, and where to."""
    assert app.session is not None
    rows = await app.in_books(_choices, app.session.register)
    chosen: ToDo | None = await app.ask(Pick(word("What is done with the goods?"), _CHOICES, rows))
    if chosen is None:
        return
    places = await app.in_books(_places)
    if chosen.draft is not None:
        draft = await app.in_books(drafts.read, chosen.draft)
        await app.go(GoodsOutScreen(await app.in_books(goods_out.load_out, draft), places))
        return
    if chosen.place is not None:
        day = await app.in_books(open_day, store_number())
        slip = await app.in_books(begin_scrap, app.session, chosen.place, day)
        await app.go(GoodsOutScreen(slip, places))
        return
    origin = await _place(app, word("From which place?"), places, first=SHOP_FLOOR)
    if origin is None:
        return
    target = 0
    if chosen.how == TRANSFER:
        others = {number: name for number, name in places.items() if number != origin}
        where = await _place(app, word("To which place?"), others, first=origin)
        if where is None:
            return
        target = where
    way = await app.in_books(
        goods_out.begin_out, app.session, chosen.how, origin=origin, target=target
    )
    await app.go(GoodsOutScreen(way, places))


async def _place(app: CounterApp, title: str, places: dict[int, str], *, first: int) -> int | None:
    rows = sorted(places.items(), key=lambda row: (row[0] != first, row[0]))
    chosen: tuple[int, str] | None = await app.ask(Pick(title, _PLACES, rows))
    return None if chosen is None else chosen[0]
