"""`deskbell unlock LOGIN`: ends the waiting of a user after failed sign-ins."""

from __future__ import annotations

import argparse

from tui.commands.guard import signed_in
from tui.commands.place import Place, opened
from tui.commands.terminal.speech import out, t


def run(place: Place, options: argparse.Namespace) -> int:
    """End the waiting at all registers. Refuses: SignInFailed, NeedsOverride."""
    from models.trust.operation import new_uid
    from models.trust.staff import unlock

    with opened(place):
        unlock(signed_in(place, options), options.login, uid=new_uid())
    out(t("{login} may sign in again.", login=options.login))
    return 0
