"""What stands on the paper of a night audit: the figures of the closed date as they were kept, and
what every account came to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.hotel.audit.day_figures import DayFigures
from models.ledger.proving.proof import TrialLine, trial_balance
from models.ledger.store_card import StoreCard, store_card


@dataclass(frozen=True, slots=True)
class HouseView:
    """One closed date of the house; the closing balances of `trial` come to zero. A house that was
    shut has one paper for all dates from `since` on.
    """

    store: StoreCard
    day: date
    since: date
    figures: DayFigures
    trial: tuple[TrialLine, ...]


def house_view(body: Mapping[str, Any]) -> HouseView:
    """The paper of a date that was closed."""
    day = date.fromisoformat(body["day"])
    since = date.fromisoformat(body.get("since", body["day"]))
    return HouseView(
        store_card(), day, since, DayFigures.get_by_id(day), tuple(trial_balance(day, day))
    )
