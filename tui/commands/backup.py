"""`deskbell backup`: a copy of the store that was opened again and proved."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui.commands.guard import signed_in
from tui.commands.place import Place, opened
from tui.commands.progress import Bar
from tui.commands.speech import out, t

if TYPE_CHECKING:
    from models.trust.backup import Plan


def run(place: Place, options: argparse.Namespace) -> int:
    """Make a copy. Refuses: BackupElsewhere, BackupNoRoom, BackupUnwritable, CopyUnsound."""
    from models.trust import backup
    from models.trust.operation import new_uid

    with opened(place):
        session = signed_in(place, options)
        backup.allow_backup(session, uid=new_uid())
        work = backup.Backup(plan_of(place, options.to))
        with Bar(t("backup"), sys.stderr) as bar:
            for per_cent in work.copy_steps():
                bar.at(per_cent, 100)
        copy = work.finish()
        backup.record(copy, session)
    out(t("A proved copy: {file}", file=copy.path))
    if not copy.is_encrypted:
        out(t("It holds no keys: keep a copy of the folder {keys} as well.", keys=place.keys))
    return 0


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
