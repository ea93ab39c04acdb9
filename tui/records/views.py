"""What a list shows: conditions, dates, order, and filters that are kept under a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from models.base import clock
from models.base.refusals import Refusal
from models.listings import listing_columns
from models.listings.listings import Condition, Field, Listing, Sign, View
from receipts.words import word
from tui.desk.glyphs import glyphs
from tui.desk.words import t
from tui.records.asking import ask_value
from tui.records.values import ValueWrong, day_of, shown, typed
from tui.records.view_texts import dates_text
from tui.widgets.edit import EditLine
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Ask, Panel, Pick

if TYPE_CHECKING:
    from tui.records.list import ListScreen
    from tui.records.source import Source

TO_TYPE = word(
    "A value; =2 exactly, 2.. from, ..5 up to, 2..5 between, !2 not; two with | between: one of "
    "them, with &: both"
)
TO_TYPE_DATE = word(
    "A date such as 2026-11-23 or 1123; 1101.. from, ..1130 up to, 1101..1130; two with | "
    "between: one of them"
)
TO_TYPE_TEXT = word(
    "A part of the text; =text exactly, !text not, an = alone for blank; _ is any sign, % any "
    "signs (then of the whole); two with | between: one of them, with &: both"
)
# The signs of a Chinese keyboard.
_FULL_WIDTH = str.maketrans("｜＆％＿！＝", "|&%_!=")


# Conditions.


async def add_condition(screen: ListScreen) -> View | None:
    """Ask for a column and a value; the view with this condition more."""
    fields = [each for each in screen.listing.fields if may_filter(screen, each)]
    row = await screen.desk.ask(
        Pick(
            word("Filter: which column?"),
            [Column(word("Column"), 0, read=lambda each: t(each.label))],
            fields,
        )
    )
    if row is None:
        return None
    field: Field = row
    conditions = await _ask_conditions(screen, field)
    if not conditions:
        return None
    view = screen.source.view
    return replace(view, conditions=(*view.conditions, *conditions))


def may_filter(screen: ListScreen, field: Field) -> bool:
    """By all that is in the list or in the form, as far as this person may see it."""
    if field.right and not (screen.rights and screen.rights.holds(field.right)):
        return False
    return screen.source.can_filter(field)


async def _ask_conditions(screen: ListScreen, field: Field) -> list[Condition]:
    if field.kind in ("choice", "yes-no", "link"):
        given = await ask_value(screen.desk, field, field.label)
        if given is None:
            return []
        stored = screen.source.stored(field, given[0])
        return [Condition(field.name, "=", stored, shown(field, given[0]))]
    notes = {"text": TO_TYPE_TEXT, "date": TO_TYPE_DATE, "instant": TO_TYPE_DATE}
    note = t(notes.get(field.kind, TO_TYPE))
    while True:
        text = await screen.desk.ask(AskCondition(field, note))
        if text is None:
            return []
        try:
            return read_conditions(screen.source, field, text)
        except Refusal as refusal:
            screen.desk.tell(refusal)


class AskCondition(Ask):
    """The value of a condition, with a line that says how it can be typed."""

    def __init__(self, field: Field, note: str) -> None:
        super().__init__(word("Filter: {column}"), column=t(field.label))
        self._note = note

    def content(self) -> Iterable[Any]:
        from tui.widgets.panel import Words

        yield from super().content()
        yield Words(self._note, tone="muted")


def read_conditions(source: Source, field: Field, text: str) -> list[Condition]:
    """The conditions that a typed text means: `a & b` both, `a | b` one of them. Refuses: what
    `typed` refuses.
    """
    text = text.strip().translate(_FULL_WIDTH)
    either = [part for part in text.split("|") if part.strip()]
    if len(either) < 2:
        return _all(source, field, either[0] if either else "")
    some = tuple(tuple(_all(source, field, part)) for part in either)
    said = f" {t('or')} ".join(_said(each) for each in some)
    return [Condition(field.name, "any", some, said)]


def _all(source: Source, field: Field, text: str) -> list[Condition]:
    parts = text.split(" & ") if " & " in text else [text]
    return [one for part in parts for one in _one(source, field, part.strip())]


def _said(some: Sequence[Condition]) -> str:
    """Conditions of one column in short: >=2.00 <=5.00."""
    signs = {"has": "", "like": "", "=": "="}
    return " ".join(f"{signs.get(each.sign, each.sign)}{each.text}" for each in some)


def _one(source: Source, field: Field, text: str) -> list[Condition]:
    if field.kind == "text":
        if text.startswith(("=", "!")):
            rest = text[1:].strip()
            return [Condition(field.name, "=" if text[0] == "=" else "<>", rest, rest or "-")]
        if set(text) & set("%_"):
            return [Condition(field.name, "like", text, text)]
        return [Condition(field.name, "has", text, text)] if text else []
    plain = replace(field, is_required=True, check=None)
    if text.startswith("!"):
        return [_compared(source, plain, "<>", text[1:])]
    low, dots, high = text.partition("..")
    if not dots and field.kind == "instant":
        low, dots, high = text, "..", text
    if not dots:
        return [_compared(source, plain, "=", text.removeprefix("="))]
    parts: list[tuple[Sign, str]] = [(">=", low), ("<=", high)]
    return [_compared(source, plain, sign, part) for sign, part in parts if part.strip()]


def _compared(source: Source, field: Field, sign: Sign, text: str) -> Condition:
    if field.kind == "instant":
        return _day_condition(source.listing, field, sign, text)
    value = typed(field, text)
    return Condition(field.name, sign, source.stored(field, value), shown(field, value))


def _day_condition(listing: Listing, field: Field, sign: Sign, text: str) -> Condition:
    """A moment is compared with the begin or the end of a day."""
    try:
        day = day_of(text.strip())
    except ValueError as error:
        raise ValueWrong(field=t(field.label), typed=text, wanted="2026-11-23") from error
    edge = listing_columns.day_edge(listing, field.name, day, is_end=sign == "<=")
    return Condition(field.name, sign, edge - (sign == "<="), day.isoformat())


# Filters with a name.


class Filters(Pick):
    """The filters with a name. A name that none of them has is one to keep the present under."""

    named = ""

    def found(self, wanted: str) -> list[Any]:
        found = super().found(wanted)
        self.named = "" if found else wanted
        return found or [row for row in self._all if row[2] == "save"]


async def saved(screen: ListScreen) -> View | None:
    """Choose a kept filter, keep the present one, or forget one."""
    from models.listings.listings import drop_view, save_view, saved_views

    user, listing = screen.desk.session.user, screen.listing.name
    kept = await screen.in_books(saved_views, user, listing)
    rows: list[tuple[str, str, Any]] = [("", t("No filter"), screen.source.home)]
    rows += [("", one.name, View.of(one.body)) for one in kept]
    rows.append(("+", t("Save this filter under a name"), "save"))
    if kept:
        rows.append(("-", t("Forget a filter"), "forget"))
    columns = [
        Column("", 2, tone="key", read=lambda row: row[0]),
        Column("", 0, read=lambda r: r[1]),
    ]
    asked = Filters(word("Filters"), columns, rows)
    row = await screen.desk.ask(asked)
    if row is None:
        return None
    if row[2] == "save":
        name = await screen.desk.ask(Ask(word("Name of the filter"), value=asked.named))
        if name is not None:
            await screen.operate(save_view, listing, name, screen.source.view.body())
            screen.desk.inform("Saved: {name}", name=name)
    elif row[2] == "forget":
        columns = [Column("", 0, read=lambda one: one.name)]
        gone = await screen.desk.ask(Pick(word("Forget a filter"), columns, kept))
        if gone is not None:
            await screen.operate(drop_view, gone.key)
    else:
        view: View = row[2]
        return replace(view, text=screen.source.view.text)
    return None


# Order.


async def ask_order(screen: ListScreen) -> View | None:
    """Choose the column to sort by, by its number or its words; the present one is turned round."""
    listing, view = screen.listing, screen.source.view
    fields = list(enumerate((each for each in screen.source.fields if each.is_sorted), 1))
    now = view.order or listing.order
    row = await screen.desk.ask(
        Pick(
            word("Sort by which column?"),
            [
                Column("", 3, "right", tone="key", read=lambda row: str(row[0])),
                Column("", 2, tone="accent", read=lambda row: _sign(row[1].name == now)),
                Column(word("Column"), 0, read=lambda row: t(row[1].label)),
            ],
            fields,
        )
    )
    if row is None:
        return None
    field: Field = row[1]
    if field.name == now:
        return replace(view, is_reversed=not view.is_reversed)
    is_reversed = screen.source.begins_down(field)
    return replace(view, order=field.name, is_reversed=is_reversed)


def _sign(is_now: bool) -> str:
    return glyphs().marked if is_now else ""


# Dates.


async def ask_dates(screen: ListScreen) -> View | None:
    """Choose a date window."""
    view = screen.source.view
    frame = screen.desk.frame
    today = frame.business_day or clock.now().astimezone(frame.zone).date()
    answer = await screen.desk.ask(DateWindow(today, since=view.since, until=view.until))
    if answer is None:
        return None
    return replace(view, since=answer[0], until=answer[1])


def presets(today: date) -> list[tuple[str, str, str]]:
    """Label, first and last day of the windows that are asked for most."""
    first = today.replace(day=1)
    last_month = first - timedelta(days=1)
    day = timedelta(days=1)
    return [
        (word("Today"), today.isoformat(), today.isoformat()),
        (word("Yesterday"), (today - day).isoformat(), (today - day).isoformat()),
        (word("Last 7 days"), (today - 6 * day).isoformat(), today.isoformat()),
        (word("This month"), first.isoformat(), today.isoformat()),
        (word("Last month"), last_month.replace(day=1).isoformat(), last_month.isoformat()),
        (word("All dates"), "", ""),
    ]


class DateWindow(Panel[tuple[str, str]]):
    """Presets by number, and the first and last day, each with a switch.

    Typing a date on its row switches it on; Space switches it off and on; Enter takes what stands.
    """

    def __init__(self, today: date, *, since: str, until: str) -> None:
        super().__init__(word("Which dates?"))
        self._presets = presets(today)
        self._days = {
            "since": since or today.replace(day=1).isoformat(),
            "until": until or today.isoformat(),
        }
        self._is_on = {"since": bool(since), "until": bool(until)}
        windows = [(first, last) for _, first, last in self._presets]
        place = windows.index((since, until)) if (since, until) in windows else 6
        self._first_row = place if since or until else 0
        self._line = EditLine(limit=10)
        columns = [Column("", 3, "right", tone="key"), Column("", 0), Column("", 24, tone="muted")]
        self.list = LineList(columns, self._rows(), head=False, can_focus=False)
        self.list.styles.height = 8

    def content(self) -> Iterable[Any]:
        yield self.list
        yield self._line

    def keys_shown(self) -> list[tuple[str, str]]:
        return [
            ("1-6", word("Preset")),
            ("Space", word("On or off")),
            ("Enter", word("Go on")),
            ("F12", word("Back")),
        ]

    def on_mount(self) -> None:
        self._line.focus()
        self.list.set_rows(self._rows(), cursor=self._first_row)

    def words_changed(self) -> None:
        self.list.set_rows(self._rows())

    def _rows(self) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = [
            (str(n), t(label), dates_text(since, until) if since else "")
            for n, (label, since, until) in enumerate(self._presets, 1)
        ]
        names = {"since": word("First day"), "until": word("Last day")}
        for name, label in names.items():
            switch = "[x]" if self._is_on[name] else "[ ]"
            tone = "strong" if self._is_on[name] else "muted"
            rows.append((switch, (t(label), tone), (self._days[name], tone)))
        return rows

    @property
    def _day(self) -> str | None:
        return {6: "since", 7: "until"}.get(self.list.cursor)

    def on_key(self, event: Any) -> None:
        if event.key in ("up", "down"):
            event.stop()
            self.list.take_key(event)

    def on_edit_line_changed(self, event: EditLine.Changed) -> None:
        event.stop()
        text = event.value
        if text.endswith(" "):
            self._line.set_value(text.strip())
            self._switch()
        elif text in ("1", "2", "3", "4", "5", "6") and self._day is None:
            self._take(int(text) - 1)

    def _switch(self) -> None:
        name = self._day
        if name is not None:
            self._is_on[name] = not self._is_on[name]
            self.list.set_rows(self._rows())

    def _take(self, place: int) -> None:
        _, since, until = self._presets[place]
        self.answer((since, until))

    def on_edit_line_submitted(self, event: EditLine.Submitted) -> None:
        event.stop()
        name, text = self._day, event.value.strip()
        if name is None:
            self._take(self.list.cursor)
            return
        if text:
            self._type(name, text)
            return
        on = {each: day if self._is_on[each] else "" for each, day in self._days.items()}
        self.answer((on["since"], on["until"]))

    def _type(self, name: str, text: str) -> None:
        """A date for this row, which is switched on; the caret goes to the next."""
        try:
            self._days[name] = day_of(text).isoformat()
        except ValueError:
            self.desk.alarm(word("{typed} is no date. Type it as 2026-11-23 or 1123."), typed=text)
            return
        self._is_on[name] = True
        self._line.set_value("")
        self.list.set_rows(self._rows(), cursor=7)
