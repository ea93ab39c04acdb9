"""The clock: instants in UTC.

Business dates and the order of rows never come from it (promise 7).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_source: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731


def now() -> datetime:
    """This instant, in UTC."""
    return _source()


def steady() -> float:
    """Seconds that only go on, at the pace of time, whatever is done to the clock. Where the system
    can, they count a sleeping machine too.
    """
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


@contextmanager
def use(source: Callable[[], datetime]) -> Iterator[None]:
    """Take the time from `source` inside the block: for tests and for the demonstration store's
    past.
    """
    global _source
    kept, _source = _source, source
    try:
        yield
    finally:
        _source = kept


def micros(instant: datetime) -> int:
    """Microseconds since 1970 UTC, as instants are stored."""
    delta = instant - _EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def from_micros(value: int) -> datetime:
    """The instant that `micros` stored."""
    seconds, rest = divmod(value, 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
