"""Rights: the verbs, what their limits measure, and the roles that a new store gets.

An operation names its verb; the verb's words are in the catalogues under ``right.<verb>``.
"""

from __future__ import annotations

from models.base.keys import new_key
from models.trust.users import Role, RoleRight

# A verb, or one with its limit.
Given = str | tuple[str, int]

# Verb -> what a limit of it measures ("" for none): minor units of money, or thousandths of a per
# cent.
VERBS: dict[str, str] = {
    "sell": "",
    "give discount": "per cent",
    "override price": "",
    "sell below zero": "",
    "void line": "",
    "cancel bill": "",
    "print": "",
    "reprint": "",
    "open shift": "",
    "close shift": "",
    "move cash": "",
    "open drawer": "",
    "close day": "",
    "see takings": "",
    "keep goods": "",
    "see stock": "",
    "see cost": "",
    "import": "",
    "export": "",
    "adjust stock": "money",
    "see people": "",
    "keep people": "",
    "remove people": "",
    "merge people": "",
    "keep contacts": "",
    "remove contacts": "",
    "see private facts": "",
    "see private numbers": "",
    "keep accounts": "",
    "exceed credit limit": "",
    "take payment": "",
    "pay out": "money",
    "give refund": "money",
    "void payment": "",
    "request approval": "",
    "review": "",
    "execute": "",
    "approve for others": "",
    "keep staff": "",
    "grant rights": "",
    "unlock users": "",
    "change own secret": "",
    "change settings": "",
    "keep books": "",
    "read audit": "",
    "back up": "",
}

_CASHIER = (
    "sell", ("give discount", 10_000), "void line", "cancel bill", "void payment", "print",
    "open shift", "close shift", "request approval", "change own secret", "export",
    "take payment", "see stock", "see people", "keep people",
)  # fmt: skip
_FRONT_DESK = (
    *_CASHIER, "close day", "keep accounts", "keep contacts", "see private facts",
    "see private numbers",
)  # fmt: skip
_STYLIST = (
    "sell", "print", "change own secret", "request approval", "see people", "keep people",
    "see private facts",
)  # fmt: skip
_STOCK_CLERK = (
    "keep goods", "import", "export", ("adjust stock", 50_000), "see stock", "see cost", "print",
    "request approval", "change own secret",
)  # fmt: skip
_AUDITOR = ("read audit", "see takings", "see stock", "see cost", "export", "change own secret")

# What the trades add to shipped roles, by the name of the role (models/trust/trades.py).
GIVEN: dict[str, list[Given]] = {}
MANAGER = "经理 Manager"
# What a manager has not: everything else is his.
_OWNERS_ALONE = ("grant rights",)

# The table of research: cashier .. auditor. The owner's role holds every verb, also those of later
# versions.
SHIPPED: tuple[tuple[str, tuple[Given, ...], str], ...] = (
    ("收银员 Cashier", _CASHIER, "own"),
    ("前台 Front desk", _FRONT_DESK, "store"),
    ("发型师 Stylist", _STYLIST, "own"),
    ("库管员 Stock clerk", _STOCK_CLERK, "store"),
    (MANAGER, (), "store"),
    ("审计员 Auditor", _AUDITOR, "all"),
)
OWNER = "店主 Owner"


def verbs_of(name: str, own: tuple[Given, ...]) -> list[Given]:
    """What a shipped role holds in all: its own verbs and those that the trades add."""
    if name == MANAGER:
        return [verb for verb in VERBS if verb not in _OWNERS_ALONE]
    return [*own, *GIVEN.get(name, ())]


def ship() -> dict[str, Role]:
    """Make the shipped roles in a new store, by name, inside the caller's transaction."""
    made = {OWNER: Role.create(key=new_key(), name=OWNER, holds_all=True, scope="all")}
    for name, verbs, scope in SHIPPED:
        role = Role.create(key=new_key(), name=name, scope=scope)
        made[name] = role
        for verb in verbs_of(name, verbs):
            word, most = verb if isinstance(verb, tuple) else (verb, None)
            RoleRight.create(key=new_key(), role=role, verb=word, most=most)
    return made
