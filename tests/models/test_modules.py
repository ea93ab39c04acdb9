"""Modules: each floor stands without those above it, and what is added needs no change below."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from models.base.money import Money
from models.base.quantity import Quantity
from models.ledger.daily import days
from models.trust import approvals, settings
from models.trust.operation import Job, new_uid
from models.trust.settings import change_settings, setting
from models.trust.trades import ApprovalKind, Trade
from tests.stores import FIRST_DAY, Shop, yuan
from tests.trades import added

FLOORS = ("base", "trust", "ledger", "shop", "reports")

_LOADED = """
import importlib, pkgutil, sys
package = importlib.import_module("models." + sys.argv[1])
for module in pkgutil.iter_modules(package.__path__):
    importlib.import_module(f"{package.__name__}.{module.name}")
print(*sorted({name.split(".")[1] for name in sys.modules if name.startswith("models.")}))
"""


@pytest.mark.row("SYS-36")
@pytest.mark.parametrize("floor", FLOORS)
def test_a_module_works_without_those_above_it(root: Path, floor: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _LOADED, floor], cwd=root, capture_output=True, text=True, check=True
    )
    above = set(FLOORS[FLOORS.index(floor) + 1 :])
    assert not above & set(run.stdout.split())


DONE: list[str] = []


@pytest.fixture
def loyalty() -> Iterator[list[str]]:
    """A part as somebody else would add it: a setting, a step of the day's close, an approval."""
    DONE.clear()
    setting("loyalty.points_each", 1, check=lambda points: points > 0)
    kind = ApprovalKind("give points", "review", "execute", f"{__name__}:worth", f"{__name__}:give")
    with added(
        Trade("loyalty", is_always=True, day_steps=(f"{__name__}:step",), approvals=(kind,))
    ):
        yield DONE
    del settings.SETTINGS["loyalty.points_each"]


def worth(body: dict[str, int]) -> Money:
    """What is asked for, in money."""
    return yuan("0.10").times(Quantity.of(body["points"]))


def give(job: Job, body: dict[str, int]) -> None:
    """Executes a request."""
    DONE.append(f"{body['points']} points")


def step(job: Job) -> None:
    """Goes with the day's close."""
    DONE.append(f"closed {job.day}")


@pytest.mark.row("SYS-36")
def test_an_added_module_is_taken_up_by_what_is_there(shop: Shop, loyalty: list[str]) -> None:
    change_settings(shop.owner, {"loyalty.points_each": 3}, uid=new_uid())
    assert settings.SETTINGS["loyalty.points_each"].value() == 3

    asked = approvals.request_approval(
        shop.cashier, "give points", title="王女士", body={"points": 30},
        reason="生日", uid=new_uid(),
    )  # fmt: skip
    approvals.review(shop.manager, asked, uid=new_uid())
    approvals.execute_request(shop.owner, asked, uid=new_uid())
    days.close_day(shop.manager, next_day=FIRST_DAY + timedelta(days=1), uid=new_uid())

    assert loyalty == ["30 points", f"closed {FIRST_DAY}"]
