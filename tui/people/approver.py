"""Asking who approves what the person at the counter may not do, or not so much of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from models.base.refusals import Refusal
from models.trust.roles import verbs
from models.trust.sign_in import require_reason
from models.trust.trades import measured
from receipts.words import word
from tui.desk.words import refusal_told, said, spoken, t
from tui.records.codes import code_text
from tui.records.told import told_lines
from tui.widgets.panel import Ask, Words

# What says how much, where the limit of a right would say it too.
AMOUNTS = frozenset({"amount", "total", "shown"})


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
        super().__init__(word("Override PIN for number {login}"), is_secret=True, login=login)

    def content(self) -> Iterable[Any]:
        yield from super().content()
        # An owner has no override PIN until he wants one.
        yield Words(said(word("Without an override PIN: the password.")), tone="muted")


class ApproverReason(Ask):
    """The last: why; without words it stays, and what a scanner sends is none."""

    def __init__(self, proposed: str) -> None:
        super().__init__(word("Reason for the approval"), value=proposed, is_typed=True)

    def require(self, typed: str) -> None:
        """Refuses: what `require_reason` refuses."""
        require_reason(typed)


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
    done, told = missing.asked
    verb, amount = missing.fields.get("right"), missing.fields.get("amount")
    is_measured = isinstance(amount, int) and verb in verbs()
    if done:
        head = t("For {user}: {right}", user=user, right=code_text(done))
        if is_measured and not AMOUNTS & told.keys():
            told = {"amount": measured(str(verb), int(amount or 0)), **told}
        lines = (f"{name}  {_now(was, now)}" for name, was, now in told_lines(told))
        return "\n".join((head, *lines))
    if not isinstance(verb, str) or verb not in verbs():
        return t("For {user}", user=user)
    if not is_measured:
        return t("For {user}: {right}", user=user, right=t(verb))
    shown = measured(verb, int(amount or 0))
    return t("For {user}: {right}, {amount}", user=user, right=t(verb), amount=shown)


def _now(before: str, now: str) -> str:
    return f"{before} → {now}" if before else now
