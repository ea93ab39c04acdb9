"""Our terminal drivers: Textual's own, with an input side that no byte can end.

Textual decodes input strictly, so that one GBK byte (a scanner or a terminal set to Chinese code
page 936) raises in its input thread and ends the program, or leaves a dead keyboard on Windows.
Ours puts U+FFFD in place of what is not text. Two more things differ: keys go to the app's queue
without a task for each, and the pause after a lone Esc is waited out exactly, not in steps of
0.1 s.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver


def driver_class() -> type[Driver]:
    """The driver for this machine."""
    if sys.platform == "win32":
        from tui.desk.gate.driver_windows import CounterDriver as WindowsDriver

        return WindowsDriver
    from tui.desk.gate.driver_linux import CounterDriver as LinuxDriver

    return LinuxDriver
