"""Random bills are never sold too cheap, and the machine that makes them finds the ways in which
they once were.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from models.shop import bill_changes, bill_limits, sales
from tests.databases import Stores
from tests.models.random_bills import OnlyBills, RandomBills
from tests.models.test_invariants import Counter
from tests.stores import Shop

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def run(
    shop_on: Callable[[str], Shop],
    stores: Stores,
    engine: str,
    *,
    bills: int,
    find: bool = False,
    machine: type[RandomBills] = OnlyBills,
) -> None:
    run_state_machine_as_test(
        lambda: machine(shop_on(engine), stores.drop_made),  # type: ignore[arg-type]
        settings=settings(
            max_examples=bills, stateful_step_count=20, suppress_health_check=QUIET, deadline=None,
            print_blob=True, phases=(Phase.generate,) if find else tuple(Phase),
            # Several failures at once would come as a group, which is no AssertionError.
            report_multiple_bugs=not find,
        ),
    )  # fmt: skip


@pytest.mark.row("TIL-02", "SYS-05", "NFR-03")
@pytest.mark.search
@pytest.mark.timeout(600)
def test_no_random_bill_is_too_cheap(
    shop_on: Callable[[str], Shop], stores: Stores, engine: str
) -> None:
    run(shop_on, stores, engine, bills={"sqlite": 8, "postgres": 1}[engine])


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_of_many_random_bills_none_is_too_cheap(
    shop_on: Callable[[str], Shop], stores: Stores, engine: str
) -> None:
    run(shop_on, stores, engine, bills={"sqlite": 2_000, "postgres": 100}[engine])


def _ignore(*args: Any, **more: Any) -> None:
    """Look at nothing."""


def _half(line: Any, *args: Any) -> bool:
    return line.granted is not None and line.discount is not None


# What let bills be too cheap, once each; what is put in the place of what.
FAULTS: dict[str, tuple[Any, str, Any]] = {
    # A manager's half of a small bill holds for a large one.
    "the sale looks at nothing": (sales, "require_allowed", _ignore),
    # A price for one piece sells fifty, an amount off ten pieces one.
    "what was given holds for any quantity": (bill_changes, "is_covered", _half),
    # 10.001 per cent pass ten by rounding, all of next to nothing is none.
    "a line is looked at when it costs something": (
        bill_limits,
        "may_give_line",
        lambda line, plain, rights, rules: line.quantity.thousandths < 1500,
    ),
    # Two discounts, one on top of the other.
    "a line is made cheaper under the bill's discount": (bill_changes, "_require_bill", _ignore),
    # The other lines go from under a discount.
    "goods are taken off from under a discount": (
        bill_changes,
        "keep_what_is_borne",
        lambda job, draft: False,
    ),
    # A thousandth of a bottle.
    "any quantity is taken": (bill_changes, "check_quantity", _ignore),
}


class Days(Counter):
    """Random days that look at nothing but the drawer and the bills: to find what is planted."""

    def sound(self) -> None:
        """`verify` takes most of a day's time and knows of no approvals."""


@pytest.mark.long
@pytest.mark.parametrize("machine", [OnlyBills, Days])
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.timeout(3600)
def test_a_planted_fault_is_found(
    shop_on: Callable[[str], Shop],
    stores: Stores,
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
    machine: type[RandomBills],
) -> None:
    where, name, planted = FAULTS[fault]
    monkeypatch.setattr(where, name, planted)
    if fault == "goods are taken off from under a discount":
        # The sale is the second lock on this door.
        monkeypatch.setattr(sales, "require_allowed", _ignore)
    with pytest.raises(AssertionError) as found:
        run(shop_on, stores, "sqlite", bills=2_000, find=True, machine=machine)
    # It is the bill that is too cheap, not a drawer that is wrong.
    assert any(Path(entry.path).name == "entitled.py" for entry in found.traceback)
