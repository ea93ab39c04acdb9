"""What stands below the board: the day in figures, and what is under the cursor."""

from __future__ import annotations

from models.salon.appointments import (
    ARRIVED,
    BOOKED,
    CANCELLED,
    DONE,
    NO_SHOW,
    SERVING,
    STATE_WORDS,
    Appointment,
)
from models.salon.board import AppointmentCard, Board, BoardColumn
from models.salon.hours import hour_text
from models.salon.ticketing import OPEN, PAID
from receipts.words import word
from tui.desk.safe import clean
from tui.desk.words import t
from tui.widgets.rows import Piece

_COUNTED = (
    (BOOKED, word("Booked"), ""), (ARRIVED, word("Here"), "warn"),
    (SERVING, word("In the chair"), "strong"), (DONE, word("Finished"), "good"),
    (NO_SHOW, word("Not come"), "bad"), (CANCELLED, word("Cancelled"), "muted"),
)  # fmt: skip
_TICKETS = {OPEN: word("on a bill"), PAID: word("paid: {bill}")}


def counts_row(
    board: Board, carried: Appointment | None, seen: tuple[int, int, int]
) -> list[Piece]:
    """How many clients are booked, here, served; or what was picked up to be moved. `seen` are the
    first and the last person that is shown, and how many there are.
    """
    if carried is not None:
        text = t("{name} is picked up: F4 puts it where the cursor is, F12 leaves it.",
                 name=clean(carried.name))  # fmt: skip
        return [(f" {text}", "badge")]
    pieces: list[Piece] = [(" ", "")]
    for state, label, tone in _COUNTED:
        if board.counts[state] or state == BOOKED:
            pieces += [(f"{t(label)} ", "muted"), (f"{board.counts[state]}", tone), ("  ", "")]
    first, last, count = seen
    if last - first + 1 < count:
        pieces.append((t("People {first}-{last}/{count}", first=first, last=last, count=count), ""))
    return pieces


def free_row(person: BoardColumn | None, minute: int) -> list[Piece]:
    """Who is free there, or why not."""
    if person is None:
        return []
    hours = person.hours
    shown = f"{hour_text(hours.opens)} - {hour_text(hours.closes)}" if hours.spans else t("off")
    about = f" {person.number} {clean(person.name)} {clean(person.grade)}  {shown}"
    return [(about, "strong"), (f"  {hour_text(minute)} {_standing(person, minute)}", "")]


def _standing(person: BoardColumn, minute: int) -> str:
    if person.is_away(minute):
        return t("away")
    return t("free") if person.hours.covers(minute) else t("not at work")


def about_rows(about: AppointmentCard) -> list[list[Piece]]:
    """Two rows about an appointment: whose and how it stands, and what by whom."""
    found = about.appointment
    ticket = t(_TICKETS[about.ticket], bill=about.bill) if about.ticket in _TICKETS else ""
    first: list[Piece] = [
        (f" {clean(found.name)} ", "strong"), (f"{clean(found.phone)}  ", ""),
        (t(STATE_WORDS[found.state]), "warn"),
    ]  # fmt: skip
    for text, tone in (
        (ticket, "good"), (t("reminded") if found.called_at else "", "muted"),
        (t("deposit {amount}", amount=about.deposit) if about.deposit else "", "good"),
        (t("squeezed in: {why}", why=clean(found.squeezed)) if found.squeezed else "", "bad"),
        (clean(found.note), "warn"),
    ):  # fmt: skip
        if text:
            first.append((f"  {text}", tone))
    second = "  ".join(
        f"{hour_text(since)}-{hour_text(until)} {clean(name)} {clean(who)}"
        f"{' ' + t('by name') if is_asked else ''}"
        for name, who, is_asked, since, until in about.services
    )
    things = f"  {' '.join(map(clean, about.things))}" if about.things else ""
    return [first, [(f" {second}{things}", "")]]
