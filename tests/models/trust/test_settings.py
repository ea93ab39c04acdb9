"""Settings: the value in force is asked for a dozen times a sale, and is never an old one."""

from __future__ import annotations

from unittest.mock import patch

from models.base.database import transaction
from models.base.hot import Statement
from models.ledger.ways.cash import cash_mode, cash_step, keep_below
from models.trust.operation import new_uid
from models.trust.settings import SETTINGS, change_settings, differing, setting, values_of
from tests.stores import Shop

_CHANGE = Statement('UPDATE "setting" SET "value" = ?, "version" = "version" + 1 WHERE "name" = ?')
_NEW = Statement(
    'INSERT INTO "setting" ("store", "name", "value", "version", "mark") VALUES (1, ?, ?, 1, 0)'
)


def test_the_value_in_force_is_that_of_now(shop: Shop) -> None:
    """Whoever changes it: this counter, or another one between two pieces of work."""
    with transaction():
        assert (cash_step.value(), values_of(cash_step, keep_below)) == (0, [0, 0])
        seen = differing()
    with transaction():
        # Nothing was changed: what was made of them need not be made anew.
        assert differing() is seen
    change_settings(shop.owner, {"cash.step": 50}, uid=new_uid())
    assert (cash_step.value(), values_of(cash_step, keep_below)) == (50, [50, 0])
    with transaction():
        assert values_of(cash_step, cash_mode) == [50, "half_up"]
        assert differing() is not seen
    for step in (5, 10):
        _CHANGE.run(str(step), "cash.step")
        with transaction():
            assert (cash_step.value(), values_of(cash_step)) == (step, [step])
        assert values_of(cash_step) == [step]


def test_a_list_is_nobodys_to_change_for_others(shop: Shop) -> None:
    with patch.dict(SETTINGS):
        floors = setting("test.floors", [1])
    _NEW.run("test.floors", "[1,2]")
    with transaction():
        floors.value().append(9)
        assert (floors.value(), values_of(floors)) == ([1, 2], [[1, 2]])
