"""The cells of the rack: number, state in the clerks' two letters, and who is or comes there.

    205 OC 王伟     lives there          203 OD!李娜    is to leave today
    204 VC→张三     comes today          206 OOO        out of order

The state stands in letters first; the colour says the same once more.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.hotel.stays.rack import ROOM_STATES, Rack, RackRoom, RoomCard
from receipts.words import word
from tui.desk.safe import clean, cut
from tui.desk.words import t
from tui.hotel.rooms.traces_listing import said
from tui.widgets.line_list import Column, LineList
from tui.widgets.rows import Piece

if TYPE_CHECKING:
    from textual.geometry import Size

# A cell holds number, state and a family name at least; more only where a floor has room for it.
LEAST, MOST = 8, 16
_FLOOR = 3
# Rows above and below the rooms, halved.
_AROUND = 5
_TONES = {"VC": "good", "VI": "good", "VD": "warn", "VP": "warn", "OD": "", "OC": "strong",
          "OI": "strong", "OP": "", "OOO": "bad", "OOS": "bad"}  # fmt: skip


class Cells(LineList):
    """The rooms floor by floor; the cursor goes from room to room, never onto a blank."""

    def __init__(self) -> None:
        super().__init__(
            [], head=False, by_cell=True, can_focus=False,
            empty=word("There is no room yet: they are made in the menu, Rooms."),
        )  # fmt: skip
        self._rooms: list[list[RackRoom]] = []
        self.marks_rooms: set[int] = set()

    def show(self, rack: Rack, size: Size) -> None:
        """Show the rack in a window of this size; the cursor stays on its room."""
        before = self.room
        across, cell = layout(
            max(map(len, rack.floors.values()), default=1), size.width,
            # Half of a high screen: what comes and goes stands below.
            floors=len(rack.floors), height=size.height // 2 - _AROUND,
        )  # fmt: skip
        self._rooms, floors = [], []
        for floor, rooms in rack.floors.items():
            for start in range(0, len(rooms), across):
                self._rooms.append(rooms[start : start + across])
                floors.append(floor if start == 0 else "")
        self.columns = [
            Column("", _FLOOR, "right", tone="muted", read=lambda row: row[0]),
            *(Column("", cell, read=partial(self._room_cell, at)) for at in range(across)),
        ]
        self.set_rows(list(zip((clean(f) for f in floors), self._rooms, strict=True)))
        place = before and self._place_of(before.key)
        self.move_to(*(place or (0, 1)))

    def _room_cell(self, at: int, row: tuple[str, list[RackRoom]]) -> tuple[str, str]:
        _, rooms = row
        if at >= len(rooms):
            return "", ""
        room = rooms[at]
        tone = "marked" if room.key in self.marks_rooms else _TONES.get(room.code, "")
        return cell_text(room), tone

    @property
    def room(self) -> RackRoom | None:
        """The room under the cursor."""
        at = self.column - 1
        if not 0 <= self.cursor < len(self._rooms):
            return None
        rooms = self._rooms[self.cursor]
        return rooms[at] if 0 <= at < len(rooms) else None

    def move_to(self, index: int, column: int | None = None) -> None:
        """Onto a room: behind the last one of a row there is none."""
        index = max(0, min(index, len(self._rooms) - 1))
        count = len(self._rooms[index]) if self._rooms else 0
        wanted = self.column if column is None else column
        super().move_to(index, max(1, min(wanted, count)))

    def _step_column(self, step: int) -> None:
        """Left of the first room is the last one of the row above."""
        row, column = self.cursor, self.column + step
        if column < 1 and row > 0:
            row, column = row - 1, len(self._rooms[row - 1])
        elif self._rooms and column > len(self._rooms[row]) and row < len(self._rooms) - 1:
            row, column = row + 1, 1
        self.move_to(row, column)

    def _place_of(self, key: int) -> tuple[int, int] | None:
        for index, rooms in enumerate(self._rooms):
            for at, room in enumerate(rooms):
                if room.key == key:
                    return index, at + 1
        return None

    def go_to(self, text: str) -> None:
        """To the room of this number, or the first that begins so."""
        numbers = [(room.number.casefold(), room.key) for rooms in self._rooms for room in rooms]
        wanted = text.casefold()
        found = [key for number, key in numbers if number == wanted]
        found += [key for number, key in numbers if number.startswith(wanted)]
        if found and (place := self._place_of(found[0])):
            self.move_to(*place)

    def mark_room(self) -> None:
        """Mark the room under the cursor, or take its mark away, and go on."""
        if self.room is not None:
            self.marks_rooms ^= {self.room.key}
            self._step_column(1)
            self.redraw()

    def mark_floor(self) -> None:
        """Mark all rooms of the floor under the cursor, or take their marks away."""
        if self.room is not None:
            keys = {r.key for rooms in self._rooms for r in rooms if r.floor == self.room.floor}
            self.marks_rooms = (
                self.marks_rooms - keys if keys <= self.marks_rooms else (self.marks_rooms | keys)
            )
            self.redraw()

    def marked(self) -> list[RackRoom]:
        """The marked rooms."""
        return [r for rooms in self._rooms for r in rooms if r.key in self.marks_rooms]


def layout(rooms: int, width: int, *, floors: int = 1, height: int = 0) -> tuple[int, int]:
    """How many rooms stand beside each other, and how wide each is: a floor of so many rooms in as
    few rows of one length as the window allows; in more where the window is high and names would
    be cut otherwise.
    """
    free = width - _FLOOR - 2
    rows = -(-rooms // max(1, free // (LEAST + 1)))
    while free // -(-rooms // rows) - 1 < MOST and (rows + 1) * floors <= height:
        rows += 1
    across = -(-rooms // rows)
    return across, max(LEAST, min(MOST, free // across - 1))


def cell_text(room: RackRoom) -> str:
    """A room with its state, and who lives or comes there as far as there is room."""
    number = cut(clean(room.number), 5)
    if room.is_occupied:
        mark = "?" if room.odd else "!" if room.is_due_out else " "
        return f"{number} {room.code}{mark}{clean(room.guest)}"
    if room.arriving is not None:
        return f"{number} {room.code}→{clean(room.arriving_guest)}"
    return f"{number} {room.code}{'?' if room.odd else ''}"


def figures(rack: Rack, waiting: int = 0) -> list[Piece]:
    """The house in one row: what is free and ready, who comes and goes."""
    # Rooms that are lived in as well: they stand as OD on the rack, and are to be cleaned too.
    dirty = rack.count("VD", "VP", "OD", "OP")
    shut = rack.count("OOO", "OOS")
    parts: list[tuple[str, int, str]] = [
        (t("Ready"), rack.ready, "good"), (t("In the house"), rack.occupied, "strong"),
        (t("Due out"), rack.due_out, ""), (t("Due in"), rack.due_in, ""),
        (t("Dirty"), dirty, "warn" if dirty else ""), (t("Repair"), shut, "bad" if shut else ""),
        *([(t("To tell"), waiting, "warn")] if waiting else []),
    ]  # fmt: skip
    pieces: list[Piece] = [(" ", "")]
    for label, count, tone in parts:
        pieces += [(f"{label} ", "muted"), (f"{count}", tone), ("  ", "")]
    return pieces


def about_room(room: RackRoom | None, card: RoomCard | None) -> list[list[Piece]]:
    """Two rows about a room: what it is, and who lives or comes there."""
    if room is None or card is None:
        return []
    first: list[Piece] = [
        (f" {clean(room.number)} ", "strong"), (f"{clean(card.type_name)}  ", ""),
        (t(state_word(room)), "muted"),
    ]  # fmt: skip
    if card.features:
        first.append((f"  {clean(card.features)}", "muted"))
    if card.note:
        first.append((f"  {clean(card.note)}", "warn"))
    first += [(f"  {clean(said(trace))}", "warn") for trace in card.waiting]
    return [first, _guest_pieces(room, card)]


def _guest_pieces(room: RackRoom, card: RoomCard) -> list[Piece]:
    if card.guest:
        pieces: list[Piece] = [
            (f" {clean(card.guest)}  ", "strong"),
            (f"{nights_text(card.nights)}  {card.arrival} - {card.departure}  ", ""),
        ]
        if card.balance is not None and card.balance.minor:
            owes = card.balance.minor > 0
            label = (
                t("owes {amount}", amount=card.balance)
                if owes
                else t("has {amount} left", amount=-card.balance)
            )
            pieces.append((label, "warn" if owes else "good"))
        return pieces
    if card.closed_why:
        return [(f" {t('until {day}', day=card.closed_until)}  {clean(card.closed_why)}", "bad")]
    return []


def state_word(room: RackRoom) -> str:
    """The message id of what the letters mean."""
    return ROOM_STATES.get(room.code, room.code)


def nights_text(count: int) -> str:
    """How many nights."""
    return t("1 night") if count == 1 else t("{count} nights", count=count)
