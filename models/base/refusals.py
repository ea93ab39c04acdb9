"""Refusals: what the program says no to, so that the person at the counter can act.

A refusal is a class of two lines in the file that raises it. It carries a code (its class name) and
named fields, never words: the words stand in the message catalogues under ``refusal.<code>`` in
both languages.
"""

from __future__ import annotations

from typing import Any, ClassVar


class Refusal(Exception):
    """An operation said no before its first effect; nothing was stored.

    `can_be_approved`: somebody who has the right may approve it on the spot. `about`: the columns
    of a record that it is about, where the names of its fields do not say so. `asked`: which
    operation was refused, and what of it whoever approves it reads, by name.
    """

    can_be_approved = False
    about: ClassVar[tuple[str, ...]] = ()

    def __init__(self, **fields: Any) -> None:
        super().__init__(fields)
        self.fields = fields
        self.asked: tuple[str, dict[str, Any]] = ("", {})

    @property
    def code(self) -> str:
        return type(self).__name__

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in self.fields.items())
        return f"{self.code}({shown})"
