"""The demonstration store for a command: made on first use, with its progress shown."""

from __future__ import annotations

import sys

from models.config.config import store_folder
from tui.commands.place import Place
from tui.commands.terminal.progress import Bar
from tui.commands.terminal.speech import language, t, tell


def place() -> Place:
    """Where it lies, or will."""
    return Place(store_folder(demo=True), is_demo=True)


def ready_place() -> Place:
    """The same, with the store in it. Refuses: DemoFolderTaken, StoreOnNetwork."""
    found = place()
    if not found.file.exists():
        # Loaded late: a finished demonstration needs none of it.
        from tui.demo import build

        found.check()
        tell(t("Making the demonstration store, once. It takes a few seconds."))
        with Bar(t("demonstration"), sys.stderr) as bar:
            build.make(found.folder, bar.at, lang=language())
        # The store brought a config.toml of its own, which nobody has read yet.
        return place()
    return found
