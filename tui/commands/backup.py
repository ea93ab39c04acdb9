"""`deskbell backup`: a copy of the store that was opened again and proved."""

from __future__ import annotations

import argparse
import sys

from tui.commands.backup_plan import plan_of
from tui.commands.guard import signed_in
from tui.commands.place import Place, opened
from tui.commands.terminal.progress import Bar
from tui.commands.terminal.speech import out, t


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
