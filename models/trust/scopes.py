"""Whose work a person sees: the data scope of his role.

Rows of work name who did it. A role sees those of its holder alone (own), of his department (team),
of the store, or of all stores. Lists, reports and slips read through a Scope; what is summed over
the work of many is shown to who sees the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.base.database import is_sqlite, store_number
from models.base.hot import Statement, query
from models.base.refusals import Refusal
from models.trust.users import SCOPES, Rights

OWN, TEAM, STORE, ALL = SCOPES


class OutOfScope(Refusal):
    """Somebody else's work, which the role does not show; who sees it may approve."""

    can_be_approved = True


class ScopeTooNarrow(Refusal):
    """What is the whole store's is shown to no role that sees less."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose work is shown, to whom."""

    name: str
    user: int
    department: int

    @classmethod
    def of(cls, rights: Rights) -> Scope:
        """That of a person's role."""
        return cls(rights.scope, rights.user, rights.department)

    def reaches(self, least: str) -> bool:
        """Does it show at least so much?"""
        return SCOPES.index(self.name) >= SCOPES.index(least)

    def must_reach(self, least: str) -> None:
        """Refuses: ScopeTooNarrow."""
        if not self.reaches(least):
            raise ScopeTooNarrow()

    def where(self, who: Sequence[str], store: str) -> tuple[str, tuple[Any, ...]]:
        """What a query adds to its conditions, with its values: `who` are the columns that name the
        person, one of whom must be seen; `store` is that of the store.
        """
        # A file holds one store only, so all of it is that store's.
        if self.name == ALL or (self.name == STORE and is_sqlite()):
            return "", ()
        if self.name == STORE:
            return f" AND {store} = ?", (store_number(),)
        one = "= ?" if self.name == OWN else _OF_TEAM
        value = self.user if self.name == OWN else self.department
        either = " OR ".join(f"{column} {one}" for column in who)
        return f" AND {store} = ? AND ({either})", (store_number(), *(value for _ in who))

    def sees(self, *users: int | None) -> bool:
        """Is the work of one of these shown? All of it is this store's."""
        if self.reaches(STORE) or self.user in users:
            return True
        return self.name == TEAM and bool(_team_of(users, self.department))


_OF_TEAM = 'IN (SELECT "key" FROM "user" WHERE "department_id" = ?)'


def _team_of(users: Sequence[int | None], department: int) -> list[Any]:
    marks = ", ".join("?" for _ in users)
    return query(
        f'SELECT 1 FROM "user" WHERE "key" IN ({marks}) AND "department_id" = ?', *users, department
    )


class Narrowed:
    """A statement with {scope} behind its conditions, kept once for each scope."""

    def __init__(self, sql: str, *who: str, store: str = 'd."store"') -> None:
        self._sql, self._who, self._store = sql, who, store
        self._kept: dict[str, Statement] = {}

    def rows(self, scope: Scope, before: Sequence[Any], after: Sequence[Any] = ()) -> list[Any]:
        """The rows that a person sees; `before` and `after` are the values around {scope}."""
        text, values = scope.where(self._who, self._store)
        if text not in self._kept:
            self._kept[text] = Statement(self._sql.replace("{scope}", text))
        return self._kept[text].rows(*before, *values, *after)
