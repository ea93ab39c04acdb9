"""The payment gateway over the wire: what answers, what is silent, what is not there."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from devices.gateway import PAID, PAYING, REFUSED, REVERSED, UNKNOWN, UNSENT, HttpGateway, ListLine
from tests.peers.gateways import running

CODE, MONEY = "1300000000000000", {"minor": 4384, "currency": "CNY"}


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpGateway]:
    with running("--keep", str(tmp_path_factory.mktemp("gateway") / "orders.json")) as address:
        yield HttpGateway(address, timeout_s=0.3)


def create(gateway: HttpGateway, order: str, mood: str) -> str:
    return gateway.create(order=order, code=CODE + mood, text="", **MONEY).state  # type: ignore[arg-type]


def test_paid_is_paid_once(gateway: HttpGateway) -> None:
    assert create(gateway, "D1", "00") == PAID
    assert create(gateway, "D1", "00") == PAID
    found = gateway.query("D1", minor=4384, currency="CNY")
    assert (found.state, found.reference) == (PAID, "420001")
    # Another amount than the order's is an answer to another question.
    assert gateway.query("D1", minor=4385, currency="CNY").state == UNKNOWN
    for _ in range(2):
        assert gateway.refund("R1", of="D1", minor=1000, currency="CNY").state == PAID
    assert gateway.refund("R2", of="D1", minor=3385, currency="CNY").state == REFUSED
    today = datetime.now(UTC).astimezone().date().isoformat()
    assert gateway.statement(today) == [
        ListLine("D1", "420001", 4384),
        ListLine("R1", "420001", -1000),
    ]


def test_silence_is_unknown_until_it_is_asked_again(gateway: HttpGateway) -> None:
    assert create(gateway, "D3", "03") == UNKNOWN
    assert gateway.query("D3", minor=4384, currency="CNY").state == PAID
    assert create(gateway, "D4", "04") == UNKNOWN
    assert gateway.query("D4", minor=4384, currency="CNY").state == UNKNOWN
    assert create(gateway, "D5", "01") == PAYING
    assert gateway.reverse("D5", minor=4384, currency="CNY").state == REVERSED
    # Closed before it came: it is not paid when it comes after all.
    assert gateway.reverse("D6", minor=4384, currency="CNY").state == REVERSED
    assert create(gateway, "D6", "00") == REVERSED


def test_what_never_left_is_unsent_and_rubbish_is_unknown(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = HttpGateway(f"http://127.0.0.1:{taken.getsockname()[1]}", timeout_s=0.3)
        assert create(nobody, "D1", "00") == UNSENT
        assert nobody.statement("2026-03-02") is None
    for rubbish in (b"[]", b"{}", b"not json", b'{"state": "gone", "order": "D1"}'):
        with _answering(rubbish) as address:
            assert create(HttpGateway(address, timeout_s=2), "D1", "00") == UNKNOWN


class _answering:  # noqa: N801 - it reads as a verb
    """A server that says this to everything."""

    def __init__(self, text: bytes) -> None:
        class Wire(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.send_response(200)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Wire)

    def __enter__(self) -> str:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
