"""Checks and findings: what `verify` looks for, and what it says when it finds something.

A check is a number, a code and a generator of slices. Each slice is one look at the store and holds
the database thread for a moment only; the counter goes on selling between two of them. A finding
has a number, a code and fields, never words: those stand in the catalogues under ``check.<code>``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from models.base.database import is_sqlite
from models.base.fields import store_currency
from models.base.hot import Statement, query
from models.base.money import Money
from models.base.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: by which check, where, and the figures that disagree."""

    number: int
    code: str
    where: str
    fields: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in self.fields.items())
        return f"{self.number} {self.code} {self.where}" + (f" ({shown})" if shown else "")


class Found(NamedTuple):
    """What one look found; its code when it is not the check's own."""

    where: str
    fields: dict[str, Any]
    code: str = ""


# Given True a check looks at the newest part only.
Slices = Callable[[bool], Iterator[Iterable[Found]]]


@dataclass(frozen=True, slots=True)
class Check:
    """One invariant. With `is_quick` it also runs at each start, over the newest part. One that
    `holds` looks through whole tables in one piece each: a file that is large is looked through so
    where nobody works in it, when its copy is proved.
    """

    number: int
    code: str
    slices: Slices
    is_quick: bool = True
    holds: bool = False

    def steps(self, *, quick: bool = False) -> Iterator[list[Finding]]:
        """Look, slice after slice; what each slice found."""
        for found in self.slices(quick):
            yield [
                Finding(self.number, each.code or self.code, each.where, each.fields)
                for each in found
            ]


# While a counter is open the whole file is looked at only where that is over soon: it takes some
# 9 ms a megabyte, and the counter waits. A larger file is looked at when its copy is proved, in a
# process of its own.
_SOON_BYTES = 32 * 2**20


def is_large() -> bool:
    """Whether the store is a file that is not looked through while a counter waits."""
    if not is_sqlite():
        return False
    ((pages,),), ((page,),) = query("PRAGMA page_count"), query("PRAGMA page_size")
    return int(pages) * int(page) > _SOON_BYTES


def sql_check(
    number: int,
    code: str,
    sql: str,
    *,
    names: str = "",
    where: Callable[..., str] = str,
    parts: int = 1,
    is_quick: bool = True,
) -> Check:
    """A check that is one statement: its first `parts` columns say where, the others are `names`.

    A name that ends in $ is money, in # a quantity.
    """
    statement, reading = Statement(sql), reader(names, where, parts)

    def slices(quick: bool) -> Iterator[Iterable[Found]]:
        yield map(reading, statement.rows())

    return Check(number, code, slices, is_quick)


def reader(names: str, where: Callable[..., str], parts: int) -> Callable[[tuple[Any, ...]], Found]:
    """What turns a row into a place and its fields."""
    wanted = names.split()

    def read(row: tuple[Any, ...]) -> Found:
        values = zip(wanted, row[parts:], strict=True)
        return Found(where(*row[:parts]), dict(_field(name, value) for name, value in values))

    return read


def _field(name: str, value: Any) -> tuple[str, Any]:
    if name.endswith("$"):
        return name[:-1], Money(int(value or 0), store_currency())
    if name.endswith("#"):
        return name[:-1], Quantity(int(value or 0))
    return name, value
