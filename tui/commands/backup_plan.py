"""Where the copies of a store go, and the one that is made before it is migrated."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.trust.backup import Plan
    from tui.commands.place import Place


def plan_of(place: Place, folder: Path | None = None) -> Plan:
    """Where copies go and who can read them, as config.toml says."""
    from models.trust.backup import Keep, Plan

    settings = place.config.backup
    keep = Keep(settings.keep_hourly, settings.keep_daily, settings.keep_monthly)
    to = folder.absolute() if folder else place.backups
    return Plan(to, place.keys, settings.age_key, keep)


def back_up_before_migration(place: Place) -> str:
    """A proved copy of the store as it is, before anything in it is changed; its name. A server's
    database is copied there: here is nothing to do.
    """
    from models.trust.backup import copy_at_once

    return copy_at_once(plan_of(place)).name if place.is_file else ""
