"""What must hold after a fault, whatever it was."""

from __future__ import annotations

import json
from typing import Any

from models import store
from models.base import clock
from models.base.database import connect
from models.base.hot import query
from models.ledger.proving import proof
from models.trust.audit import Audit
from models.trust.operation import Session
from models.trust.users import User
from tests.faults.program import GaveUp, a_day, ticking
from tests.faults.tracing import Place, Run

# A refusal that never tells the person at the counter what to do would be a bug.
MAY_REFUSE = {"StoreFull", "StoreUnreadable", "StoreDamaged", "StoreInUse"}

State = dict[str, list[tuple[Any, ...]]]

_STATE = {
    "documents": 'SELECT "kind", "register", "number", "total", "day", "is_posted" '
    'FROM "document" ORDER BY 1, 2, 3',
    "entries": 'SELECT d."kind", d."number", e."line", e."account_id", e."amount" FROM "entry" e '
    'JOIN "document" d ON d."key" = e."document_id" ORDER BY 1, 2, 3',
    "payments": 'SELECT t."number", p."amount", p."reference" FROM "payment" p '
    'JOIN "tender" t ON t."key" = p."tender_id" ORDER BY 1, 2, 3',
    "taken": 'SELECT "line", "given" FROM "taken_payment"',
    "lots": 'SELECT "number", "kind", "rest" FROM "lot" ORDER BY 1',
    "commission": 'SELECT "event", "base", "amount", "is_kept" FROM "commission_entry" '
    'ORDER BY "document_id", "line"',
    "cards": 'SELECT "number", "state", "name" FROM "card" ORDER BY 1',
    "appointments": 'SELECT "name", "state", "deposit" FROM "appointment" ORDER BY "key"',
    "stock": 'SELECT g."code", s."quantity", s."value" FROM "stock" s '
    'JOIN "goods" g ON g."key" = s."goods" ORDER BY 1',
    "goods": 'SELECT "code", "name", "price" FROM "goods" ORDER BY 1',
    "shifts": 'SELECT "register", "number", "state", "counted" FROM "shift" ORDER BY "key"',
    "nights": 'SELECT s."number", n."day", n."price", n."posted_day" FROM "night" n '
    'JOIN "stay" s ON s."key" = n."stay_id" ORDER BY 1, 2',
    "stays": 'SELECT "number", "state", "departure" FROM "stay" ORDER BY 1',
    "rooms": 'SELECT t."code", r."number" FROM "room" r '
    'JOIN "room_type" t ON t."key" = r."room_type_id" ORDER BY 2',
    "room days": 'SELECT t."code", d."day", d."sold", d."held" FROM "room_day" d '
    'JOIN "room_type" t ON t."key" = d."room_type_id" WHERE d."sold" > 0 ORDER BY 1, 2',
    "bookings": 'SELECT "number", "name", "segment" FROM "booking" ORDER BY 1',
    "folios": 'SELECT "number", "status", "balance" FROM "folio" ORDER BY 1',
    "days": 'SELECT "date", "state" FROM "business_day" ORDER BY 1',
    "paper": 'SELECT "kind", count(*) FROM "print_job" GROUP BY "kind" ORDER BY 1',
    "numbers": 'SELECT "register", "kind", "last" FROM "series" ORDER BY 1, 2',
    "operations": 'SELECT "verb", count(*) FROM "audit" WHERE "uid" IS NOT NULL '
    'GROUP BY "verb" ORDER BY 1',
    "bills": 'SELECT "state", count(*) FROM "draft" GROUP BY "state" ORDER BY 1',
}


def state() -> State:
    """What the store holds, but for keys and instants."""
    return {name: query(sql) for name, sql in _STATE.items()}


def wrong_after(place: Place, run: Run, whole: State | None = None) -> list[str]:
    """Open the store that a run left behind and look; what is wrong.

    With `whole` the rest of the day is done as well, and its end must be that of an undisturbed
    day: nothing lost, nothing twice.
    """
    with clock.use(ticking()):
        store.open_store(place.url, place.keys_folder, register=1, keeps_last=True)
        try:
            wrong = [str(found) for found in proof.verify()]
            wrong += _lost(run) + _lines_lost(run) + _payments_lost(run) + _strange(run)
            if whole is not None and not wrong:
                wrong += _gone_on(place, run, whole)
            return wrong
        finally:
            store.close_store()


def lost_in(place: Place, run: Run) -> list[str]:
    """A quicker look, for many states of a disk: sound, and what was acknowledged is there."""
    connect(place.url)
    try:
        return [str(found) for found in proof.verify()] + (
            _lost(run) + _lines_lost(run) + _payments_lost(run)
        )
    finally:
        store.close_store()


def _lost(run: Run) -> list[str]:
    tried, done = run.tried, {row[0] for row in query('SELECT "uid" FROM "audit"')}
    # An import is several operations with ids of their own; it is done when its run is.
    finished = query('SELECT count(*) FROM "import_run" WHERE "state" = \'done\'')[0][0]
    return [
        f"lost {name}"
        for name in run.acknowledged
        if not (finished if name == "goods" else tried[name] in done)
    ]


def _lines_lost(run: Run) -> list[str]:
    """Every line that was said to be saved is on the bill, unless the bill is paid."""
    most: dict[int, int] = {}
    for line in run.said("RUNG"):
        draft, count = map(int, line.split())
        most[draft] = count
    found = dict(query('SELECT "draft_id", count(*) FROM "draft_line" GROUP BY "draft_id"'))
    paid = {key for (key,) in query('SELECT "draft" FROM "sale"')}
    return [
        f"lines lost on bill {draft}"
        for draft, count in most.items()
        if draft not in paid and found.get(draft, 0) < count
    ]


def _payments_lost(run: Run) -> list[str]:
    """What was paid ahead stands on the open bill, or on the slip of the sale: once. What goes back
    of it later has its reference too.
    """
    ahead = "\"reference\" = 'A77'"
    taken = query(f'SELECT count(*) FROM "taken_payment" WHERE {ahead}')[0][0]
    sold = query(f'SELECT count(*) FROM "payment" WHERE {ahead} AND "amount" > 0')[0][0]
    wanted = {1} if "card" in run.acknowledged else {0, 1}
    return [] if taken + sold in wanted else [f"paid by card {taken} and {sold} times"]


def _strange(run: Run) -> list[str]:
    """Refusals that are not about the disk, and ends that are no refusal at all."""
    codes = {line.split()[-1] for line in (*run.said("NAK"), *run.said("CLOSED"))}
    wrong = [f"refused with {code}" for code in codes - MAY_REFUSE]
    if "Traceback" in run.error:
        wrong.append("died: " + run.error.strip().rpartition("\n")[2])
    return wrong


def _gone_on(place: Place, run: Run, whole: State) -> list[str]:
    day = a_day(Session(User.get(User.login == "owner").key, 1), place.sheet, lambda text: None)
    day.pinned = json.loads(json.dumps(run.pinned))
    before = Audit.select().where(Audit.verb == "denied").count()
    try:
        day.run()
    except GaveUp:
        return ["could not go on"]
    wrong = [str(found) for found in proof.verify()]
    now = state()
    wrong += [f"{name} differs" for name in whole if now[name] != whole[name]]
    if Audit.select().where(Audit.verb == "denied").count() != before:
        wrong.append("denied")
    return wrong
