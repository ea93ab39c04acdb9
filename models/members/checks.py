"""What `verify` proves of lots: what is left on each is the sum of its moves, what all documents
moved is what they posted, and the accounts owe what is left. The points of bills are those that
came and went, and each level follows the one before. Numbers 110 to 115.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.base.fields import store_currency
from models.base.findings import Check, Found, sql_check
from models.base.hot import Statement
from models.base.money import Money
from models.ledger.accounts import CARD_BONUS
from models.ledger.proving.checks import document_check
from models.members.kinds import KINDS, POINTS, POINTS_CHANGE
from models.members.levels import SOLD_ON
from models.members.lots import BACK, ISSUED, USED
from models.members.points_lots import TAKEN

_RESTS = sql_check(
    110,
    "LotRestWrong",
    'SELECT l."number", l."value", l."rest", coalesce(sum(m."amount"), 0) FROM "lot" l '
    'LEFT JOIN "lot_move" m ON m."lot" = l."key" '
    'GROUP BY l."key", l."number", l."value", l."rest", l."bonus_rest", l."pieces_rest" '
    'HAVING l."rest" <> coalesce(sum(m."amount"), 0) OR l."rest" < 0 OR l."rest" > l."value" '
    'OR l."bonus_rest" <> coalesce(sum(m."bonus"), 0) OR l."bonus_rest" < 0 '
    'OR l."bonus_rest" > l."rest" OR l."pieces_rest" < 0 '
    'OR l."pieces_rest" <> coalesce(sum(m."pieces"), 0)',
    names="value$ rest$ moved$",
    is_quick=False,
)

_ACCOUNTS = ", ".join(str(kind.account) for kind in KINDS.values() if kind.is_owed)
_MOVES = document_check(
    111,
    "LotMovesWrong",
    'SELECT * FROM (SELECT d."kind", d."register", d."number", '
    'coalesce((SELECT sum(m."amount" - m."bonus") FROM "lot_move" m '
    'WHERE m."document_id" = d."key"), 0) AS "moved", '
    'coalesce((SELECT -sum(e."amount") FROM "entry" e '
    f'WHERE e."document_id" = d."key" AND e."account_id" IN ({_ACCOUNTS})), 0) AS "posted" '
    'FROM "document" d WHERE d."day" = ? AND d."register" = ?) t WHERE "moved" <> "posted"',
    names="moved$ posted$",
)

_OWED = Statement(
    'SELECT coalesce(sum("credit" - "debit"), 0), '
    '(SELECT coalesce(sum("rest" - "bonus_rest"), 0) FROM "lot" WHERE "kind" = ?) '
    'FROM "day_total" WHERE "account" = ?'
)


def _owed(quick: bool) -> Iterator[Iterable[Found]]:
    money = store_currency()
    for kind in (kind for kind in KINDS.values() if kind.is_owed):
        owed, rest = (Money(int(one), money) for one in _OWED.rows(kind.name, kind.account)[0])
        fields = {"owed": owed, "rest": rest}
        yield [Found(str(kind.account), fields)] if owed != rest else []


_BONUS = document_check(
    113,
    "CardBonusWrong",
    'SELECT * FROM (SELECT d."kind", d."register", d."number", '
    'coalesce((SELECT -sum(m."bonus") FROM "lot_move" m WHERE m."document_id" = d."key" '
    f"AND m.\"why\" IN ('{USED}', '{BACK}')), 0) AS \"moved\", "
    'coalesce((SELECT sum(e."amount") FROM "entry" e WHERE e."document_id" = d."key" '
    f'AND e."account_id" = {CARD_BONUS}), 0) AS "posted" '
    'FROM "document" d WHERE d."day" = ? AND d."register" = ?) t WHERE "moved" <> "posted"',
    names="moved$ posted$",
)

_POINTS = document_check(
    114,
    "PointsWrong",
    'SELECT "kind", "register", "number", "brings", "given", "moved", "came" FROM ('
    'SELECT d."kind", d."register", d."number", '
    'coalesce((SELECT sum(e."gives") FROM "points_entry" e '
    'WHERE e."document_id" = d."key"), 0) AS "brings", '
    'coalesce((SELECT sum(b."points") FROM "points_bill" b '
    'WHERE b."document_id" = d."key"), 0) AS "given", '
    'coalesce((SELECT sum(b."moved") FROM "points_bill" b '
    'WHERE b."document_id" = d."key"), 0) AS "moved", '
    'coalesce((SELECT sum(m."pieces") FROM "lot_move" m JOIN "lot" l ON l."key" = m."lot" '
    f'WHERE m."document_id" = d."key" AND l."kind" = \'{POINTS}\' '
    f"AND m.\"why\" IN ('{ISSUED}', '{TAKEN}')), 0) AS \"came\", "
    'coalesce((SELECT sum("whole") FROM (SELECT (CASE WHEN sum(e."base") > 0 '
    'THEN CAST(sum(e."base") AS BIGINT) / e."per" ELSE 0 END) * e."points" * e."times" AS "whole" '
    'FROM "points_entry" e WHERE e."document_id" = d."key" AND e."of_document" IS NULL '
    'GROUP BY e."rule", e."per", e."points", e."times") f), 0) AS "due", '
    'coalesce((SELECT sum(e."gives") FROM "points_entry" e WHERE e."document_id" = d."key" '
    'AND e."of_document" IS NULL), 0) AS "earned" '
    'FROM "document" d WHERE d."day" = ? AND d."register" = ?) t '
    f'WHERE ("kind" <> \'{POINTS_CHANGE}\' AND ("brings" <> "given" OR "moved" <> "came")) '
    'OR "due" <> "earned"',
    names="brings given moved came",
)

_LEVELS = sql_check(
    115,
    "LevelWrong",
    'SELECT p."number", p."name", s."name", s."spent", s."bought" FROM ('
    'SELECT l.*, lag(l."after") OVER (PARTITION BY l."person" ORDER BY l."key") AS "last", '
    'row_number() OVER (PARTITION BY l."person" ORDER BY l."key") AS "place", '
    'coalesce((SELECT sum(d."total") FROM "sale" a JOIN "document" d ON d."key" = a."document_id" '
    'LEFT JOIN "document" r ON r."key" = d."reverses_id" WHERE a."person" = l."person" '
    f'AND {SOLD_ON} > l."since" AND d."at" <= l."at"), 0) AS "bought" '
    'FROM "level_step" l) s JOIN "person" p ON p."key" = s."person" '
    'WHERE (s."place" > 1 AND coalesce(s."last", 0) <> coalesce(s."before", 0)) '
    # What was spent under a record that he stands for counts too, and is not counted here.
    'OR (s."spent" <> s."bought" AND NOT EXISTS '
    '(SELECT 1 FROM "person" m WHERE m."merged_into_id" = s."person"))',
    names="name level spent$ bought$",
    is_quick=False,
)

LOT_CHECKS = (
    _RESTS,
    _MOVES,
    _BONUS,
    _POINTS,
    _LEVELS,
    Check(112, "LotAccountWrong", _owed, is_quick=False),
)
