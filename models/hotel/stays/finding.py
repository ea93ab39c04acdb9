"""Finding stays: by number, room, name, pinyin, and the end of a guest's phone number; and the
accounts of who does not live in the house.
"""

from __future__ import annotations

from models.base import pinyin
from models.base.hot import Statement, rows_in
from models.base.texts import narrow, one_line
from models.hotel.stays.stays import IN_HOUSE, Stay, with_rooms
from models.ledger.folio_kinds import COMPANIES, kinds_in
from models.ledger.folios import OPEN, Folio
from models.people.finding import find_people

_BY_WORD = Statement(
    'SELECT "key" FROM "stay" WHERE lower("name") LIKE ? OR "pinyin" LIKE ? OR "number" LIKE ? '
    'ORDER BY "arrival" DESC, "key" DESC LIMIT ?'
)
_BY_ROOM = Statement(
    'SELECT s."key" FROM "stay" s JOIN "room" r ON r."key" = s."room_id" WHERE r."number" = ? '
    'ORDER BY s."arrival" DESC, s."key" DESC LIMIT ?'
)
# Of the newest stays so many are compared with pinyin in full, which no column holds.
_SPELLED = 500
_BY_FIRST_LETTER = Statement(
    'SELECT "key", "name" FROM "stay" WHERE "pinyin" LIKE ? '
    'ORDER BY "arrival" DESC, "key" DESC LIMIT ?'
)


def find_stays(text: str, limit: int = 50) -> list[int]:
    """The keys of the stays that a typed text means: who lives in that room first, then names and
    numbers, then the people with such a phone.
    """
    typed = narrow(one_line(text))
    if not typed:
        return []
    found = dict.fromkeys(row[0] for row in _BY_ROOM.rows(typed, limit))
    words = (f"%{typed.lower()}%", f"{typed.lower()}%", f"%{typed.upper()}%")
    found |= dict.fromkeys(row[0] for row in _BY_WORD.rows(*words, limit))
    if pinyin.is_spelled(typed) and len(found) < limit:
        found |= dict.fromkeys(_spelled(typed.lower()))
    people = find_people(typed, limit)
    if people:
        sql = 'SELECT "key" FROM "stay" WHERE "person" IN (...) ORDER BY "arrival" DESC'
        found |= dict.fromkeys(row[0] for row in rows_in(sql, people))
    return list(found)[:limit]


def find_living(text: str) -> list[Stay]:
    """Who is in the house and is meant by a name, its initials, a number or the end of a phone."""
    meant = Stay.select().where(Stay.key << find_stays(text), Stay.state == IN_HOUSE)
    return with_rooms(meant.order_by(Stay.name, Stay.key))


def _spelled(typed: str) -> list[int]:
    """The stays whose name begins with this pinyin."""
    rows = _BY_FIRST_LETTER.rows(f"{typed[0]}%", _SPELLED)
    return [key for key, name in rows if pinyin.name_full(name).startswith(typed)]


def find_accounts(text: str, limit: int = 50) -> list[Folio]:
    """The open accounts of companies, outsiders, staff and departments that a typed text means: by
    number, or by the beginning of the name or of its initials.
    """
    typed = narrow(one_line(text))
    if not typed:
        return []
    meant = (
        (Folio.number == typed.upper()) | Folio.name.startswith(typed)
        | Folio.pinyin.startswith(typed.lower())
    )  # fmt: skip
    rows = Folio.select().where(meant, Folio.status == OPEN, Folio.kind << kinds_in(COMPANIES))
    return list(rows.order_by(Folio.name, Folio.key).limit(limit))
