"""Asking who approves what the person at the counter may not do, or not so much of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from models.base.fields import store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.trust.roles import verbs
from models.trust.sign_in import require_reason
from receipts.words import word
from tui.desk.words import refusal_told, said, spoken, t
from tui.widgets.edit import EditLine
from tui.widgets.panel import Ask, Words


class Approver(Ask):
    """The first question of an approval; `why` is said already, and stands there whole."""

    def __init__(self, why: str) -> None:
        super().__init__(word("Who approves? The number"))
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


class ApproverReason(Ask):
    """The last: why; without words it stays."""

    def __init__(self, proposed: str) -> None:
        super().__init__(word("Reason for the approval"), value=proposed)

    def on_edit_line_submitted(self, event: EditLine.Submitted) -> None:
        event.stop()
        # Textual calls the handler of `Ask` too, unless it is told not to: that one answers.
        event.prevent_default()
        try:
            require_reason(event.value)
        except Refusal as refusal:
            self.desk.tell(refusal)
        else:
            self.answer(event.value)


def question(why: str, given: Sequence[str], proposed: str = "") -> Ask | None:
    """What comes after what was given: who, his PIN, the reason. A number that was left is typed
    anew, as a secret is: it was the wrong one.
    """
    if not given:
        return Approver(why)
    if len(given) == 1:
        return ApproverSecret(given[0])
    return ApproverReason(proposed) if len(given) == 2 else None


def why_asked(missing: Refusal, user: str) -> str:
    """What is to be approved: for whom, what, how much of it and why; and why it was refused."""
    return spoken(lambda: "\n".join((_asked(missing, user), refusal_told(missing))))


def _asked(missing: Refusal, user: str) -> str:
    verb, amount = missing.fields.get("right"), missing.fields.get("amount")
    if not isinstance(verb, str) or verb not in verbs():
        return t("For {user}", user=user)
    if not isinstance(amount, int):
        return t("For {user}: {right}", user=user, right=t(verb))
    shown = _measured(verbs()[verb], amount)
    told = t("For {user}: {right}, {amount}", user=user, right=t(verb), amount=shown)
    return f"{told} ({missing.fields['why']})" if missing.fields.get("why") else told


def _measured(measure: str, amount: int) -> str:
    """So much of it, in the measure of the verb's limit: thousandths of a per cent, minor units."""
    return f"{Quantity(amount)}%" if measure == "per cent" else str(Money(amount, store_currency()))
