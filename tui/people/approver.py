"""Asking who approves what the person at the counter may not do, or not so much of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from models.base.fields import store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.trust.roles import verbs
from receipts.words import word
from tui.desk.words import refusal_told, said, spoken, t
from tui.widgets.panel import Ask, Words


class Approver(Ask):
    """The first question of an approval; `why` is said already, and stands there whole."""

    def __init__(self, why: str, login: str = "") -> None:
        super().__init__(word("Who approves? The number"), value=login)
        self._why = why

    def content(self) -> Iterable[Any]:
        yield Words(self._why, tone="warn")
        yield from super().content()


class ApproverSecret(Ask):
    """The second: his override PIN, or what stands in for it."""

    def __init__(self, login: str) -> None:
        super().__init__(word("Override PIN of {login}"), is_secret=True, login=login)

    def content(self) -> Iterable[Any]:
        yield from super().content()
        # An owner has no override PIN until he wants one.
        yield Words(said(word("Without an override PIN: the password.")), tone="muted")


def question(why: str, given: Sequence[str], was: str | None = None) -> Ask | None:
    """What comes after what was given: who, his PIN, the reason. A secret is typed anew."""
    if not given:
        return Approver(why, was or "")
    if len(given) == 1:
        return ApproverSecret(given[0])
    return Ask(word("Reason for the approval")) if len(given) == 2 else None


def why_asked(missing: Refusal, user: str) -> str:
    """What is to be approved: for whom, what, how much of it, and why it was refused."""
    return spoken(lambda: "\n".join((_asked(missing, user), refusal_told(missing))))


def _asked(missing: Refusal, user: str) -> str:
    verb, amount = missing.fields.get("right"), missing.fields.get("amount")
    if not isinstance(verb, str) or verb not in verbs():
        return t("For {user}", user=user)
    if not isinstance(amount, int):
        return t("For {user}: {right}", user=user, right=t(verb))
    shown = _measured(verbs()[verb], amount)
    return t("For {user}: {right}, {amount}", user=user, right=t(verb), amount=shown)


def _measured(measure: str, amount: int) -> str:
    """So much of it, in the measure of the verb's limit: thousandths of a per cent, minor units."""
    return f"{Quantity(amount)}%" if measure == "per cent" else str(Money(amount, store_currency()))
