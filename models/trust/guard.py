"""Guarded queries: what is only looked at needs its right too, and a denial is audited."""

from __future__ import annotations

from models.base.database import committed
from models.base.refusals import Refusal
from models.trust import audit
from models.trust.operation import OwnPasswordFirst, Session, SignedOut
from models.trust.users import Rights, rights_of


class RightMissing(Refusal):
    """The user may not see this, and looking is nothing that a manager approves on the spot."""


def require_right(session: Session, verb: str, *, what: str = "") -> Rights:
    """The user's rights, when they hold the verb ("" for everybody); `what` says in the audit row
    what was asked for.

    Refuses: SignedOut, OwnPasswordFirst, RightMissing.
    """
    rights = rights_of(session.user)
    if rights is None:
        raise SignedOut()
    if rights.must_change:
        raise OwnPasswordFirst()
    if verb and not rights.holds(verb):
        committed(lambda: _denied(session, rights.name, verb, what), "denied")
        raise RightMissing(user=rights.name, right=verb)
    return rights


def _denied(session: Session, name: str, verb: str, what: str) -> None:
    detail = {"verb": verb, "what": what, "refusal": RightMissing.__name__}
    audit.append(
        session.register, "denied", user=session.user, user_name=name, day=None, detail=detail
    )
