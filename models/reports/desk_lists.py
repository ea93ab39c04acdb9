"""The reports of a front desk about money and people: the transcript of guests' accounts, who owes
much, deposits held, what was corrected, and the register for the police.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.base.hot import Statement
from models.base.words import word
from models.hotel.charges.folio_lines import ADJUSTMENT, VOID
from models.hotel.desk.arrivals import ID_CARD, OTHER_PAPER, PASSPORT
from models.hotel.desk.visitors import Visitor
from models.hotel.stays.identity import FEMALE, MALE
from models.hotel.stays.stays import Stay, StayGuest
from models.ledger.accounts import GUEST_DEPOSIT, GUEST_LEDGER
from models.ledger.folios import OPEN
from models.ledger.kinds import label
from models.ledger.store_card import local
from models.reports.report import (
    DAY,
    INSTANT,
    MONEY,
    PAGE,
    WORD,
    Column,
    Period,
    ReportKind,
    Rows,
    stored,
)
from models.trust.scopes import STORE, Scope

_TRANSCRIPT = Statement(
    'SELECT * FROM (SELECT f."number", f."name", '
    'sum(CASE WHEN d."day" < ? THEN e."amount" ELSE 0 END) AS "opening", '
    'sum(CASE WHEN d."day" >= ? AND e."amount" > 0 THEN e."amount" ELSE 0 END) AS "up", '
    'sum(CASE WHEN d."day" >= ? AND e."amount" < 0 THEN e."amount" ELSE 0 END) AS "down", '
    'sum(e."amount") AS "closing" FROM "folio" f JOIN "entry" e ON e."folio" = f."key" '
    'JOIN "document" d ON d."key" = e."document_id" WHERE f."account" = ? AND d."day" <= ? '
    'AND f."number" > ? GROUP BY f."number", f."name") t '
    'WHERE "opening" <> 0 OR "up" <> 0 OR "down" <> 0 ORDER BY "number" LIMIT ?'
)


def _transcript(period: Period, scope: Scope) -> Iterator[Rows]:
    first, last, after = *period.iso, ""
    while rows := _TRANSCRIPT.rows(first, first, first, GUEST_LEDGER, last, after, PAGE):
        after = rows[-1][0]
        yield [(number, name, *map(stored, sums)) for number, name, *sums in rows]


GUEST_ACCOUNTS = ReportKind(
    "guest-ledger",
    word("Transcript of guest accounts"),
    "see takings",
    (
        Column(word("Folio")),
        Column(word("Name")),
        Column(word("Opening"), MONEY, is_summed=True),
        Column(word("Charged"), MONEY, is_summed=True),
        Column(word("Paid or moved"), MONEY, is_summed=True),
        Column(word("Closing"), MONEY, is_summed=True),
    ),
    _transcript,
    least=STORE,
)

# From this part of the credit on somebody owes much.
_MUCH = "0.8"
_HIGH = Statement(
    'SELECT f."number", f."name", coalesce(r."number", \'\'), s."departure", f."balance", '
    'f."limit" FROM "folio" f JOIN "window" w ON w."folio" = f."key" '
    'JOIN "stay" s ON s."key" = w."stay_id" LEFT JOIN "room" r ON r."key" = s."room_id" '
    f'WHERE f."account" = ? AND f."status" = ? AND f."balance" > 0 '
    f'AND f."balance" >= f."limit" * {_MUCH} ORDER BY f."balance" - f."limit" DESC, f."number"'
)


def _high(period: Period, scope: Scope) -> Iterator[Rows]:
    yield [
        (number, name, room, date.fromisoformat(until), stored(owed), stored(limit),
         stored(limit - owed))
        for number, name, room, until, owed, limit in _HIGH.rows(GUEST_LEDGER, OPEN)
    ]  # fmt: skip


HIGH_BALANCES = ReportKind(
    "high-balances",
    word("Guests who owe much"),
    "check in",
    (
        Column(word("Folio")),
        Column(word("Name")),
        Column(word("Room")),
        Column(word("Departure"), DAY),
        Column(word("Balance"), MONEY, is_summed=True),
        Column(word("Credit limit"), MONEY),
        Column(word("Credit left"), MONEY),
    ),
    _high,
    is_now=True,
    least=STORE,
)

_DEPOSITS = Statement(
    'SELECT b."number", b."name", min(s."arrival"), b."deposit_due", -f."balance" '
    'FROM "folio" f JOIN "booking" b ON b."deposit_folio" = f."key" '
    'JOIN "stay" s ON s."booking_id" = b."key" WHERE f."account" = ? AND f."balance" <> 0 '
    'GROUP BY b."number", b."name", b."deposit_due", f."balance" ORDER BY 3, 1'
)


def _deposits(period: Period, scope: Scope) -> Iterator[Rows]:
    yield [
        (number, name, date.fromisoformat(arrival), stored(due), stored(held))
        for number, name, arrival, due, held in _DEPOSITS.rows(GUEST_DEPOSIT)
    ]


DEPOSITS_HELD = ReportKind(
    "deposits-held",
    word("Deposits of guests"),
    "check in",
    (
        Column(word("Booking")),
        Column(word("Name")),
        Column(word("Arrival"), DAY),
        Column(word("Deposit due"), MONEY),
        Column(word("Deposit held"), MONEY, is_summed=True),
    ),
    _deposits,
    is_now=True,
    least=STORE,
)

_CORRECTIONS = Statement(
    'SELECT d."key", l."line", d."day", d."kind", d."register", d."number", u."name", l."kind", '
    'l."room", l."text", l."amount", d."note" FROM "folio_line" l '
    'JOIN "document" d ON d."key" = l."document_id" JOIN "user" u ON u."key" = d."user" '
    'WHERE d."day" >= ? AND d."day" <= ? AND l."kind" IN (?, ?) '
    'AND (d."key", l."line") > (?, ?) ORDER BY d."key", l."line" LIMIT ?'
)
_KINDS = {VOID: word("Voided"), ADJUSTMENT: word("Let off")}


def _corrections(period: Period, scope: Scope) -> Iterator[Rows]:
    after = (0, 0)
    while rows := _CORRECTIONS.rows(*period.iso, VOID, ADJUSTMENT, *after, PAGE):
        after = rows[-1][0], rows[-1][1]
        yield [
            (date.fromisoformat(day), label(kind, register, number), who, _KINDS[what], room,
             text, stored(amount), note)
            for _, _, day, kind, register, number, who, what, room, text, amount, note in rows
        ]  # fmt: skip


CORRECTIONS = ReportKind(
    "corrections",
    word("Charges voided or let off"),
    "see takings",
    (
        Column(word("Business day"), DAY),
        Column(word("Document")),
        Column(word("Clerk")),
        Column(word("What"), WORD),
        Column(word("Room")),
        Column(word("Text")),
        Column(word("Amount"), MONEY, is_summed=True),
        Column(word("Reason")),
    ),
    _corrections,
    least=STORE,
)


_SEXES = {MALE: word("male"), FEMALE: word("female")}
_PAPERS = {
    ID_CARD: word("Identity card"), PASSPORT: word("Passport"), OTHER_PAPER: word("Other"),
}  # fmt: skip


def _registered(period: Period, scope: Scope) -> Iterator[Rows]:
    """Who came on these days, each with the whole number of his paper: it leaves the house."""
    guests = (
        StayGuest.select(StayGuest, Stay)
        .join(Stay)
        .where(Stay.arrived_at.is_null(False), Stay.arrival >= period.first,
               Stay.arrival <= period.last)
        .order_by(Stay.arrival, StayGuest.key)
    )  # fmt: skip
    rows: Rows = []
    for guest in guests:
        stay = guest.stay
        rows.append(
            (stay.room.number if stay.room else "", guest.name, _SEXES.get(guest.sex, ""),
             guest.born, _PAPERS.get(guest.paper_kind, ""),
             guest.paper_number.text or guest.paper, guest.region, local(stay.arrived_at),
             stay.departure, guest.guardian, guest.guardian_phone.text, guest.relation, "")
        )  # fmt: skip
        if len(rows) == PAGE:
            yield rows
            rows = []
    yield rows
    yield [_visit(visitor) for visitor in _visitors(period)]


def _visitors(period: Period) -> Iterator[Visitor]:
    days = Visitor.day.between(period.first, period.last)
    return iter(Visitor.select(Visitor, Stay).join(Stay).where(days).order_by(Visitor.came_at))


def _visit(one: Visitor) -> tuple[object, ...]:
    """Beside the guests: whom he visits, from when until when."""
    room = one.stay.room.number if one.stay.room else ""
    gone = local(one.left_at).date() if one.left_at else None
    return (
        room, one.name, "", None, _PAPERS.get(one.paper_kind, ""), one.paper_number.text, "",
        local(one.came_at), gone, "", "", "", one.stay.name,
    )  # fmt: skip


POLICE_REGISTER = ReportKind(
    "police-register",
    word("Register for the police"),
    "see private numbers",
    (
        Column(word("Room")),
        Column(word("Name")),
        Column(word("Sex"), WORD),
        Column(word("Date of birth"), DAY),
        Column(word("Kind of paper"), WORD),
        Column(word("Number of paper")),
        Column(word("Region")),
        Column(word("Arrived"), INSTANT),
        Column(word("Departure"), DAY),
        Column(word("Guardian")),
        Column(word("His phone")),
        Column(word("Relation")),
        Column(word("Visits")),
    ),
    _registered,
    least=STORE,
)
