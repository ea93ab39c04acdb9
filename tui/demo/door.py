"""Signing in to the past: each secret is compared once, slowly, and its answer is used again.

Comparing is slow on purpose, and a week has fifty sign-ins and approvals. Everything else of a
sign-in is the ordinary one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import UUID

from models.trust import sign_in
from models.trust.operation import Override, Session
from models.trust.sign_in import Candidate, Checked
from tui.demo.people import MANAGER, OVERRIDE_PIN, Person

REGISTER = 1


@dataclass(slots=True)
class Door:
    """Remembers which secrets were right."""

    answers: dict[tuple[str, str], Checked] = field(default_factory=dict)

    def enter(self, person: Person) -> Session:
        """Sign somebody in: by PIN where there is one, else by password."""
        found = sign_in.find(REGISTER, person.login)
        secret = person.pin or person.password
        assert found.is_pin_allowed or not person.pin
        return sign_in.admit(self._answer(found, secret, sign_in.check))

    def approved(self, uid: UUID, reason: str) -> Override:
        """The manager types the override PIN on the cashier's screen."""
        found = sign_in.find_approver(REGISTER, MANAGER.login)
        checked = self._answer(found, OVERRIDE_PIN, sign_in.check_approver)
        return sign_in.approve_override(checked, reason=reason, uid=uid)

    def _answer(
        self, found: Candidate, secret: str, check: Callable[[Candidate, str], Checked]
    ) -> Checked:
        known = self.answers.get((found.login, secret))
        if known is None:
            known = self.answers[found.login, secret] = check(found, secret)
        return replace(known, candidate=found)
