"""The hand-over (交班) at the end of a shift: what whoever comes next must know.

The slip comes out beside the Z and is signed by both: what was counted, the float that the next
shift begins with, and what is left open. Each trade says what of its work that is (`left_open` of
its declaration), and it is kept with the slip: a copy says what the first one said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from models.base.coins import worth
from models.base.fields import store_currency
from models.base.money import Money
from models.trust.operation import Job
from models.trust.print_queue import add_job
from models.trust.settings import setting
from models.trust.trades_used import loaded_in_use

HANDOVER = "handover"
# So many pieces of one kind of work are named; of more their number is told.
NAMED = 12

is_printed = setting("shift.handover_slip", False)


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """One kind of unfinished work: its words (a message id), and each piece with what it comes to,
    None where that is no amount.
    """

    title: str
    pieces: Sequence[tuple[str, Money | None]]


# What a trade declares: of a register and the business date.
Leaves = Callable[[int, date], LeftOpen]


def add_handover(job: Job, shift: int, *, usual: dict[int, int], language: str) -> None:
    """Queue the slip of a shift that closes, where the store wants one; `usual` is the float of
    this register's shifts ({minor units: pieces}).
    """
    if not is_printed.value():
        return
    left = [
        [
            found.title, len(found.pieces),
            [[name, amount and amount.minor] for name, amount in found.pieces[:NAMED]],
        ]
        for found in _left_open(job.register, job.day)
    ]  # fmt: skip
    body = {"shift": shift, "float": worth(usual, store_currency()).minor, "left": left}
    add_job(job, HANDOVER, subject=shift, body=body, language=language)


def _left_open(register: int, day: date) -> list[LeftOpen]:
    ways: list[Leaves] = [*loaded_in_use("left_open")]
    return [found for way in ways if (found := way(register, day)).pieces]
