"""A gateway to try things out with: a process of its own that moves no money.

    python -m devices.practice_gateway --port 8765

The last digit of the customer's code says how it behaves:
    1  asks for the password, and is paid after three questions
    2  is refused
    3  is paid, and the answer never comes
    4  nothing ever comes, and nothing is paid
    5  is refused in words, but is paid
    6  is paid, and says of a reversal that it is done when it is not yet
    7  answers of another amount
and every other one is paid at once. What it holds is in memory; with `--keep FILE` also there.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from devices.gateway import PAID, PAYING, REFUSED, REVERSED

PASSWORD, NO, NO_ANSWER, NOTHING, CONTRADICTS, STUBBORN, OTHER_AMOUNT = "1234567"
# So many questions, and the customer has typed his password.
_QUESTIONS = 3


@dataclass(slots=True)
class Order:
    """What the gateway knows of one order; below zero it is a refund."""

    order: str
    minor: int
    currency: str
    mood: str
    state: str
    day: str
    reference: str
    asked: int = 0
    undone: int = 0
    of: str = ""


class Silence(Exception):
    """The call is heard, and no answer goes back."""


@dataclass(slots=True)
class PracticeGateway:
    """The behaviour without the wire: `answer(what, body)` as it would be sent back."""

    orders: dict[str, Order] = field(default_factory=dict)
    keep: Path | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        """Raises `Silence` where none comes."""
        with self.lock:
            try:
                return {
                    "create": self._create, "query": self._query, "reverse": self._reverse,
                    "refund": self._refund, "statement": self._statement,
                }[what](body)  # fmt: skip
            finally:
                self._save()

    def _create(self, body: dict[str, Any]) -> dict[str, Any]:
        known = self.orders.get(body["order"])
        if known is not None:
            return self._told(known)
        mood = body["code"][-1]
        state = {PASSWORD: PAYING, NO: REFUSED, NOTHING: REFUSED}.get(mood, PAID)
        made = self._put(body["order"], body["minor"], body["currency"], mood=mood, state=state)
        if mood in (NO_ANSWER, NOTHING):
            raise Silence
        told = self._told(made)
        if mood == CONTRADICTS:
            told["state"] = REFUSED
        if mood == OTHER_AMOUNT:
            told["minor"] += 100
        return told

    def _query(self, body: dict[str, Any]) -> dict[str, Any]:
        found = self.orders.get(body["order"])
        if found is None:
            return {**_echo(body), "state": REFUSED, "said": "no such order"}
        if found.mood == NOTHING:
            raise Silence
        found.asked += 1
        if found.state == PAYING and found.asked >= _QUESTIONS:
            found.state = PAID
        return self._told(found)

    def _reverse(self, body: dict[str, Any]) -> dict[str, Any]:
        found = self.orders.get(body["order"])
        if found is None:
            # It is closed before it came: what comes late is not paid any more.
            found = self._put(
                body["order"], body["minor"], body["currency"], mood="", state=REVERSED
            )
        if found.mood == NOTHING:
            raise Silence
        found.undone += 1
        is_refunded = any(each.of == found.order for each in self.orders.values())
        if is_refunded:
            return self._told(found)
        told = self._told(found) | {"state": REVERSED}
        if found.mood != STUBBORN or found.undone > 1:
            found.state = REVERSED
        return told

    def _refund(self, body: dict[str, Any]) -> dict[str, Any]:
        known = self.orders.get(body["order"])
        if known is not None:
            return self._told(known) | {"minor": body["minor"]}
        paid = self.orders.get(body["of"])
        back = sum(each.minor for each in self.orders.values() if each.of == body["of"])
        fits = paid is not None and paid.state == PAID and paid.minor + back >= body["minor"]
        if not fits:
            return {**_echo(body), "state": REFUSED, "said": "nothing to give back"}
        made = self._put(
            body["order"], -body["minor"], body["currency"], mood="", state=PAID, of=body["of"]
        )
        return self._told(made) | {"minor": body["minor"]}

    def _statement(self, body: dict[str, Any]) -> dict[str, Any]:
        lines = [
            (each.order, each.reference, each.minor)
            for each in self.orders.values()
            if each.day == body["day"] and each.state == PAID
        ]
        return {"lines": lines}

    def _put(
        self, order: str, minor: int, currency: str, *, mood: str, state: str, of: str = ""
    ) -> Order:
        day = datetime.now(UTC).astimezone().date().isoformat()
        reference = f"42000{order[1:]}"
        made = Order(order, minor, currency, mood, state, day, reference, of=of)
        self.orders[order] = made
        return made

    def _told(self, order: Order) -> dict[str, Any]:
        return {
            "order": order.order, "minor": order.minor, "currency": order.currency,
            "state": order.state, "reference": order.reference,
            "said": "not enough money" if order.state == REFUSED else "",
        }  # fmt: skip

    def _save(self) -> None:
        if self.keep is not None:
            whole = {name: asdict(order) for name, order in self.orders.items()}
            self.keep.write_text(json.dumps(whole), encoding="utf-8")


def _echo(body: dict[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name in ("order", "minor", "currency")}


class Wire(BaseHTTPRequestHandler):
    """One call over HTTP."""

    gateway: PracticeGateway
    silence_s = 30.0

    def do_POST(self) -> None:
        """Reply, or keep the line open and say nothing."""
        length = int(self.headers.get("Content-Length") or 0)
        try:
            told = self.gateway.answer(self.path.strip("/"), json.loads(self.rfile.read(length)))
        except Silence:
            time.sleep(self.silence_s)
            return
        except (KeyError, TypeError, ValueError):
            self.send_error(400)
            return
        text = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: Any) -> None:
        """Codes of customers are in no log."""


def serve(port: int, keep: Path | None = None) -> ThreadingHTTPServer:
    """A server that is ready; `serve_forever` is the caller's. Port 0 is any free one."""
    known = json.loads(keep.read_text(encoding="utf-8")) if keep and keep.exists() else {}
    orders = {name: Order(**order) for name, order in known.items()}
    wire = type("OwnWire", (Wire,), {"gateway": PracticeGateway(orders, keep)})
    server = ThreadingHTTPServer(("127.0.0.1", port), wire)
    server.daemon_threads = True
    return server


def main() -> None:
    """Serve until it is ended."""
    parser = argparse.ArgumentParser(prog="practice-gateway")
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    server = serve(asked.port, asked.keep)
    sys.stdout.write(f"http://127.0.0.1:{server.server_address[1]}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
