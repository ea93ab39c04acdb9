"""Printers at the other end of a socket or a pseudo-terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.peers.printers import RunningPeer

StartPeer = Callable[..., RunningPeer]


@pytest.fixture
def start_peer() -> Iterator[StartPeer]:
    """Starts printer peers and stops them all after the test."""
    running: list[RunningPeer] = []

    def start(kind: str = "tcp", **options: object) -> RunningPeer:
        running.append(RunningPeer(kind, **options))
        return running[-1]

    yield start
    for peer in running:
        peer.stop()
