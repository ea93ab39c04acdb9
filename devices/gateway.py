"""A payment gateway: what takes money off a customer's wallet by the code that he shows.

Four calls and a list are all that a provider is asked for (`Gateway`); a real one stands behind the
same five. Each call takes at most `timeout_s` and never raises: what cannot be understood, or does
not come, is UNKNOWN. Only what surely never left this machine is UNSENT. Amounts are whole minor
units. `order` is our number of the payment, never used for another one: the same call again is the
same payment.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

# What a gateway may say of an order.
PAID, PAYING, REFUSED, REVERSED = STATES = ("paid", "paying", "refused", "reversed")
# What stands for no answer, and for a call that never went out.
UNKNOWN, UNSENT = "unknown", "unsent"
_MOST_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Reply:
    """What the gateway says of one order: its state, its own number of it, and its words."""

    state: str
    reference: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class ListLine:
    """A line of the gateway's list of a day: money that moved, below zero where it went back."""

    order: str
    reference: str
    minor: int


class Gateway(Protocol):
    """What every provider does."""

    def create(self, *, order: str, minor: int, currency: str, code: str, text: str) -> Reply:
        """Ask for so much from the wallet of this code."""

    def query(self, order: str, *, minor: int, currency: str) -> Reply:
        """How does it stand with this order of so much?"""

    def reverse(self, order: str, *, minor: int, currency: str) -> Reply:
        """Undo it whole: paid money goes back, what is not paid yet never will be."""

    def refund(
        self, order: str, *, of: str, minor: int, currency: str
    ) -> Reply:  # fmt: skip
        """Give so much of a paid order back, under a number of its own; PAID when it is."""

    def statement(self, day: str) -> Sequence[ListLine] | None:
        """What moved on a calendar day (YYYY-MM-DD); None when it does not say."""


class HttpGateway:
    """A gateway that is asked by JSON over HTTP."""

    def __init__(self, address: str, *, timeout_s: float = 8.0) -> None:
        parts = urlsplit(address)
        self.host, self.port = parts.hostname or "", parts.port or 80
        self.timeout_s = timeout_s

    def create(self, *, order: str, minor: int, currency: str, code: str, text: str) -> Reply:
        """See `Gateway`."""
        body = {"order": order, "minor": minor, "currency": currency, "code": code, "text": text}
        return self._answer("create", body)

    def query(self, order: str, *, minor: int, currency: str) -> Reply:
        """See `Gateway`."""
        return self._answer("query", {"order": order, "minor": minor, "currency": currency})

    def reverse(self, order: str, *, minor: int, currency: str) -> Reply:
        """See `Gateway`."""
        return self._answer("reverse", {"order": order, "minor": minor, "currency": currency})

    def refund(self, order: str, *, of: str, minor: int, currency: str) -> Reply:
        """See `Gateway`."""
        body = {"order": order, "of": of, "minor": minor, "currency": currency}
        return self._answer("refund", body)

    def statement(self, day: str) -> Sequence[ListLine] | None:
        """See `Gateway`."""
        try:
            lines = self._post("statement", {"day": day})["lines"]
            return [ListLine(str(o), str(r), int(m)) for o, r, m in lines]
        except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
            return None

    def _answer(self, what: str, body: dict[str, Any]) -> Reply:
        try:
            said = self._post(what, body)
            state = said["state"]
            is_ours = all(said.get(name) == body[name] for name in ("order", "minor", "currency"))
        except _Unsent as error:
            return Reply(UNSENT, said=str(error)[:60])
        except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as error:
            return Reply(UNKNOWN, said=type(error).__name__)
        if state not in STATES or not is_ours:
            # An answer to another question, or to none, says nothing of this one.
            return Reply(UNKNOWN, said=f"{state} {said.get('order')} {said.get('minor')}"[:60])
        return Reply(state, str(said.get("reference", ""))[:60], str(said.get("said", ""))[:60])

    def _post(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        line = http.client.HTTPConnection(self.host, self.port, timeout=self.timeout_s)
        try:
            try:
                line.connect()
            except OSError as error:
                raise _Unsent(str(error)) from error
            line.request("POST", f"/{what}", json.dumps(body), {"Content-Type": "application/json"})
            answer = line.getresponse()
            text = answer.read(_MOST_BYTES)
            if answer.status != 200:
                raise ValueError(f"status {answer.status}")
            found = json.loads(text)
            if not isinstance(found, dict):
                raise TypeError("no object")
            return found
        finally:
            line.close()


class _Unsent(OSError):
    """Nothing of the call left this machine."""
