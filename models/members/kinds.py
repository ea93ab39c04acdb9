"""Kinds of lot: what a number is good for, and which account owes what is left on it.

Vouchers and store credit are the shop's; stored value and times paid ahead stand on cards; points
are somebody's, and nothing is owed for them: what they pay shows as a discount.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.base.words import word
from models.ledger.accounts import (
    CARD_PROFIT,
    COURSE_LIABILITY,
    CREDIT_LIABILITY,
    POINTS_USED,
    VALUE_CARD_LIABILITY,
    VOUCHER_LIABILITY,
    VOUCHER_PROFIT,
)
from models.trust.settings import Setting, setting

VOUCHER_SALE, LOT_BACK, LOT_EXPIRED = "voucher sale", "voucher back", "lot expired"
CARD_SALE, CARD_BACK, CARD_OPENING = "card sale", "card back", "card opening"
POINTS_CHANGE = "points"
# What is asked for whoever brought somebody.
REFERRAL = "referral"

# In days; 0: for ever.
voucher_days = setting("members.voucher_days", 1095, check=lambda days: 0 <= days <= 36_500)
credit_days = setting("members.credit_days", 0, check=lambda days: 0 <= days <= 36_500)
# What is paid back onto something that is over is good for so many days more.
grace_days = setting("members.grace_days", 30, check=lambda days: 1 <= days <= 3_650)


@dataclass(frozen=True, slots=True)
class LotKind:
    """What holds for all lots of one kind: `account` owes them, `profit` earns what nobody had when
    they are over, `days` says how long one is good, where its kind of card does not. One that is no
    money (not `is_owed`) has pieces only, and its account earns less when they pay.
    """

    name: str
    title: str
    account: int
    days: Setting | None = None
    profit: int = VOUCHER_PROFIT
    is_owed: bool = True


KINDS: dict[str, LotKind] = {}


def declare(kind: LotKind) -> str:
    """Make a kind known; its name, which is what a lot stores."""
    if kind.name in KINDS:
        raise ValueError(f"the kind of lot {kind.name} is declared twice")
    KINDS[kind.name] = kind
    return kind.name


VOUCHER = declare(LotKind("gift voucher", word("Gift voucher"), VOUCHER_LIABILITY, voucher_days))
CREDIT = declare(LotKind("store credit", word("Store credit"), CREDIT_LIABILITY, credit_days))
VALUE_CARD = declare(
    LotKind("stored value", word("Stored value"), VALUE_CARD_LIABILITY, profit=CARD_PROFIT)
)
POINTS = declare(LotKind("points", word("Points"), POINTS_USED, is_owed=False))
COURSE = declare(LotKind("course", word("Times paid ahead"), COURSE_LIABILITY, profit=CARD_PROFIT))
