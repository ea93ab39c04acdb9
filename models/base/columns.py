"""Columns that are hashed: a schema that adds some leaves what was hashed before as it is."""

from __future__ import annotations

from collections.abc import Mapping


class Columns:
    """Fields by name, in the order in which they are hashed; `later` are those that came with a
    later schema, by its number. Their order never changes, and none is ever taken away.
    """

    def __init__(self, names: str, later: Mapping[int, str] | None = None) -> None:
        self.first = names.split()
        self.later = {number: more.split() for number, more in sorted((later or {}).items())}

    @property
    def names(self) -> list[str]:
        """All of them."""
        return [*self.first, *(name for more in self.later.values() for name in more)]

    def count(self, schema: int) -> int:
        """How many of them there were under a schema."""
        later = (len(more) for number, more in self.later.items() if number <= schema)
        return len(self.first) + sum(later)
