"""What `verify` proves of lots: what is left on each is the sum of its moves, what all documents
moved is what they posted, and the accounts owe what is left. Numbers 110 to 113.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.base.fields import store_currency
from models.base.findings import Check, Found, sql_check
from models.base.hot import Statement
from models.base.money import Money
from models.ledger.accounts import CARD_BONUS
from models.ledger.checks import document_check
from models.members.kinds import KINDS
from models.members.lots import BACK, USED

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

_ACCOUNTS = ", ".join(str(kind.account) for kind in KINDS.values())
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
    for kind in KINDS.values():
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

LOT_CHECKS = (_RESTS, _MOVES, _BONUS, Check(112, "LotAccountWrong", _owed, is_quick=False))
