"""Steps of commission (阶梯): another rate above so much that somebody brought in the month. Pure.

`1000:10 3000:12` beside a rate of 5 per cent: 5 up to 1000, 10 of what is above it, 12 of what is
above 3000. Each part of a line that lies in a step is paid at the rate of that step.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.base.fields import store_currency
from models.base.money import Money
from models.base.rates import ONE, Rate
from models.base.refusals import Refusal
from models.base.texts import narrow

MOST = 6


class StepsUnreadable(Refusal):
    """Steps are amounts that rise, each with its rate in per cent: 1000:10 3000:12."""

    about = ("steps",)


@dataclass(frozen=True, slots=True)
class Steps:
    """Above how much, in minor units, which rate pays; the lowest first."""

    marks: tuple[tuple[int, Rate], ...] = ()

    @property
    def text(self) -> str:
        """As it is typed."""
        money = store_currency()
        return " ".join(
            f"{str(Money(above, money)).removesuffix('.00')}:{rate.percent_text}"
            for above, rate in self.marks
        )

    def parts(self, first: Rate, *, before: int, base: int) -> list[tuple[int, Rate]]:
        """What of `base` (not below zero) lies in which step, when `before` was brought already."""
        found, low = [], before
        rates = [first, *(rate for _, rate in self.marks)]
        for rate, high in zip(rates, [*(above for above, _ in self.marks), None], strict=True):
            upto = before + base if high is None else min(before + base, high)
            if upto > low:
                found.append((upto - low, rate))
                low = upto
        return found or [(base, first)]

    def rate_at(self, first: Rate, brought: int) -> Rate:
        """The rate of the step that so much has reached."""
        reached = [rate for above, rate in self.marks if brought > above]
        return reached[-1] if reached else first


def read_steps(said: str) -> Steps:
    """What is typed; nothing: no steps. Refuses: StepsUnreadable."""
    words = re.sub("[,、+]", " ", narrow(said)).split()
    marks: list[tuple[int, Rate]] = []
    for each in words:
        above, _, rate = each.replace("=", ":").partition(":")
        try:
            mark = Money.parse(above, store_currency()).minor, Rate.percent(rate.rstrip("%"))
        except ValueError as wrong:
            raise StepsUnreadable(text=said) from wrong
        is_next = mark[0] > (marks[-1][0] if marks else 0)
        if not is_next or not 0 <= mark[1].millionths <= ONE.millionths or len(words) > MOST:
            raise StepsUnreadable(text=said)
        marks.append(mark)
    return Steps(tuple(marks))
