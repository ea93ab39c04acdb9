"""How fast a pilot goes from key to key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import textual._wait


@contextmanager
def quick_keys() -> Iterator[None]:
    """Textual's pilot sleeps 20 ms at every key before it looks whether the program still works;
    most of the time of a test was spent in it. For those who wait for what they expect: 4 ms.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(textual._wait, "SLEEP_GRANULARITY", 0.004)
        patch.setattr(textual._wait, "SLEEP_IDLE", 0.0004)
        yield
