"""How cash is rounded in this store (抹零): settings, and the rule that they make."""

from __future__ import annotations

from models.base.coins import notes_and_coins, smallest_coin
from models.base.fields import store_currency
from models.base.money import Money, Rounding
from models.base.settling import CashRule
from models.trust.settings import setting, values_of

# What a cash total is rounded to, in minor units: one jiao is 10, one yuan 100, 1 is not at all.
# 0 is the smallest coin of the store's currency, as the count of a drawer has it.
SMALLEST_COIN = 0
cash_step = setting("cash.step", SMALLEST_COIN, allowed=(SMALLEST_COIN, 1, 5, 10, 50, 100))
cash_mode = setting("cash.mode", Rounding.HALF_UP.value, allowed=tuple(m.value for m in Rounding))
# Cash above so many times what is due is asked about before it is taken; 0 never.
ask_above = setting("cash.ask_above", 3, check=lambda times: 0 <= times <= 1000)

# Change below so many minor units may stay on the account of who pays (存零); 0 never.
keep_below = setting("cash.keep_below", 0, allowed=(0, 10, 50, 100, 500, 1000))


def is_odd(given: Money, due: Money, times: int) -> bool:
    """Is this more cash than somebody hands over for so much? A single note never is. `times` is
    the setting `cash.ask_above`.
    """
    largest = notes_and_coins(due.currency)[0]
    return bool(times) and given.minor > max(times * due.minor, largest)


def cash_rule() -> CashRule:
    """How cash is rounded in this store."""
    minor, mode, keeps_below = values_of(cash_step, cash_mode, keep_below)
    money = store_currency()
    step = smallest_coin(money) if minor == SMALLEST_COIN else Money(minor, money)
    return CashRule(step, Rounding(mode), keeps_below)
