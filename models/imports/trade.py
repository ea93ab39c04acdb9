"""Records out of files, for every trade that declares what can be imported."""

from __future__ import annotations

from models.trust import roles
from models.trust.trades import Trade

IMPORTS = Trade(
    "imports",
    is_always=True,
    tables=("models.imports.imports",),
    verbs={"import": ""},
    grants={roles.STOCK_CLERK: ("import",)},
)
