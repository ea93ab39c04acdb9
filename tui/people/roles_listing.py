"""Roles and rights (角色与权限): which verbs each role holds, and up to which limit."""

from __future__ import annotations

from typing import Any

from models.base.fields import store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.listings.listings import Field, Grid, Listing, call_of
from models.trust.roles import verbs
from models.trust.staff import drop_role, save_role, verbs_of
from models.trust.trades_used import verbs_in_use
from models.trust.users import Role
from receipts.words import word
from tui.desk.words import t
from tui.records.looks import Look

SCOPES = (
    ("own", word("Own work")),
    ("team", word("Own team")),
    ("store", word("The store")),
    ("all", word("All stores")),
)
# What each verb lets a person do; the verb itself is the message id of its name.
MEASURES = {"": "", "per cent": "%", "money": word("amount")}


def _lines(key: int | None) -> list[dict[str, Any]]:
    """Every verb of the trades in use, with whether the role holds it."""
    held = verbs_of(key) if key is not None else {}
    is_owner = key is not None and Role.get_by_id(key).holds_all
    return [
        {
            "verb": verb,
            "name": t(verb),
            "held": is_owner or verb in held,
            "most": _shown_limit(verb, held.get(verb)),
            "measure": t(MEASURES[measure]) if measure else "",
        }
        for verb, measure in verbs_in_use().items()
    ]


def _shown_limit(verb: str, most: int | None) -> Quantity | None:
    """A limit as it is typed: per cent, or an amount."""
    if most is None:
        return None
    if verbs()[verb] == "money":
        return Quantity.parse(str(Money(most, store_currency())))
    return Quantity(most) if verbs()[verb] == "per cent" else Quantity.of(most)


def _limit(verb: str, typed: Quantity | None) -> int | None:
    """A typed limit in the verb's own measure: thousandths of a per cent, minor units."""
    if typed is None or not verbs()[verb]:
        return None
    if verbs()[verb] == "money":
        return Money.parse(str(typed), store_currency()).minor
    return typed.thousandths


def _save(
    session: Any, key: int | None, *, version: int, rights: list[dict[str, Any]], **values: Any
) -> Role:
    held = {line["verb"]: _limit(line["verb"], line["most"]) for line in rights if line["held"]}
    if key is not None:
        # Rights of a trade that is switched off are not shown, and not lost.
        held |= {v: most for v, most in verbs_of(key).items() if v not in verbs_in_use()}
    is_owner = key is not None and Role.get_by_id(key).holds_all
    return save_role(
        session, key, version=version, rights={} if is_owner else held,
        name=values["name"], scope=values["scope"],
        **call_of(values),
    )  # fmt: skip


LISTING = Listing(
    "roles",
    word("Roles and rights"),
    Role,
    fields=(
        Field("name", word("Name"), limit=40, is_required=True, is_sorted=True,
              example="收银员"),
        Field("scope", word("Sees"), "choice", look=Look(12), choices=SCOPES, default="store",
              is_required=True, help=word("Whose work a person with this role sees.")),
        Field("holds_all", word("Every right"), "yes-no", look=Look(11), is_computed=True,
              default=False),
    ),
    right="keep staff",
    change_right="grant rights",
    save=_save,
    drop=drop_role,
    grid=Grid(
        "rights",
        word("Rights: Space gives or takes one"),
        (
            Field("name", word("Right"), look=Look(34), is_computed=True),
            Field("held", word("Held"), "yes-no", default=False),
            Field("most", word("At most"), "quantity", look=Look(12),
                  help=word("Blank: no limit. Only where a measure stands behind it.")),
            Field("measure", "", look=Look(8), is_computed=True),
        ),
        _lines,
        is_fixed=True,
    ),
)  # fmt: skip
