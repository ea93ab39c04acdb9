"""Moments on the command line, in the store's time as the counter shows them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from models.config.config_rules import ConfigRefusal
from models.trust import company
from tui.commands.place import Place


def store_text(place: Place, at: datetime) -> str:
    """A moment to the minute in the zone of the store; of one that cannot be read now, in the
    machine's.
    """
    return f"{at.astimezone(_zone(place)):%Y-%m-%d %H:%M}"


def _zone(place: Place) -> tzinfo | None:
    try:
        if not place.is_file or not place.file.exists():
            return None
        uri = f"{place.file.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as store:
            asked = 'SELECT "value" FROM "setting" WHERE "name" = ?'
            row = store.execute(asked, (company.zone.name,)).fetchone()
        return ZoneInfo(json.loads(row[0]) if row else company.zone.default)
    except (ConfigRefusal, sqlite3.Error, ValueError, KeyError):
        # Another program has it, or something is damaged: that is told elsewhere.
        return None
