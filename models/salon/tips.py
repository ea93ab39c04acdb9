"""Tips (小费): what a customer gives on top, for whom of those who did the work.

A tip is no part of the bill: no discount touches it, it earns no points and no commission. It comes
with the payments and is owed to each of them until it is paid out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField

from models.base.database import Row, on_sqlite
from models.base.exact import divide, scaled
from models.base.fields import MoneyField, store_currency
from models.base.hot import Statement
from models.base.keys import new_key
from models.base.money import Money
from models.base.rates import ONE
from models.base.refusals import Refusal
from models.base.texts import narrow
from models.base.words import word
from models.ledger.accounts import TIPS_OWED, Account
from models.ledger.documents import Document, Leg, add_parts, begin_document, post_document
from models.ledger.parts import Part
from models.ledger.payments.taking import take_payments
from models.ledger.ways.tender_kinds import CODE, Paying, Take, TenderKind
from models.ledger.ways.tenders import Tender
from models.salon.names import TIP, TIPS_PAID
from models.salon.stylists import Stylist
from models.selling.charges import Served
from models.trust.operation import Job, operation
from models.trust.records import linked_row
from models.trust.users import User

_NAMES = ("小费", "Tips")
_PERSON = re.compile(r"(\d{1,3})(?:[:=](\d+(?:\.\d{1,3})?))?")


class TipUnreadable(Refusal):
    """A tip is an amount or a part in per cent, and for whom: 40, 15%, 40 8 21, 8:25 21:15."""


class TipForNobody(Refusal):
    """Nobody is named for the work of this bill: a tip says for whom it is."""


class TipsNotThere(Refusal):
    """Somebody has no tips, or fewer than are paid out."""


class TipMove(Row):
    """So much of tips that came for one person, below zero was paid out to him."""

    document = ForeignKeyField(Document, index=False)
    line = BigIntegerField()
    user = BigIntegerField(index=True)
    # As it was.
    name = CharField(max_length=40)
    amount = MoneyField()
    currency = CharField(max_length=3)

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


_MOVES = Part(TipMove, "line user name amount currency")


# --- for whom


@dataclass(frozen=True, slots=True)
class Tip:
    """So much for one person."""

    user: int
    name: str
    amount: Money


def read_tip(said: str, work: Sequence[tuple[Money, Sequence[Served]]]) -> list[Tip]:
    """Who gets how much of what is typed: `work` are the lines of the bill, what each comes to, and
    who did it. An amount alone is shared by what each has brought, the last takes the rest.

    Refuses: TipUnreadable, TipForNobody.
    """
    words = re.sub("[,、+]", " ", narrow(said)).split()
    whole = _amount(words[0], work) if words and not _has_own(words[0]) else None
    people = [_PERSON.fullmatch(each) for each in (words if whole is None else words[1:])]
    if not words or None in people or any(bool(one and one[2]) == bool(whole) for one in people):
        raise TipUnreadable(text=said)
    if whole is None:
        return [_own(int(one[1]), one[2], said) for one in people if one]
    wanted = [_stylist(int(one[1]), said).user_id for one in people if one]
    names, weights = dict[int, str](), dict[int, int]()
    for amount, hands in work:
        for hand, part in zip(
            hands, amount.split([hand.share.millionths for hand in hands]) if hands else (),
            strict=True,
        ):  # fmt: skip
            if not wanted or hand.user in wanted:
                names[hand.user] = hand.name
                weights[hand.user] = weights.get(hand.user, 0) + part.minor
    if not weights or set(wanted) - set(weights):
        raise TipForNobody()
    total, left, tips = sum(weights.values()) or 1, whole, list[Tip]()
    for place, (user, weight) in enumerate(weights.items(), 1):
        part = Money(divide(whole.minor * weight, total), whole.currency)
        part = left if place == len(weights) else min(part, left)
        left -= part
        tips += [Tip(user, names[user], part)] if part else []
    return tips


def _has_own(text: str) -> bool:
    return ":" in text or "=" in text


def _amount(text: str, work: Sequence[tuple[Money, Sequence[Served]]]) -> Money:
    try:
        if text.endswith("%"):
            total = sum(amount.minor for amount, _ in work)
            millionths = scaled(text[:-1], 4)
            found = Money(divide(total * millionths, ONE.millionths), store_currency())
        else:
            found = Money.parse(text, store_currency())
    except ValueError as wrong:
        raise TipUnreadable(text=text) from wrong
    if found.minor <= 0:
        raise TipUnreadable(text=text)
    return found


def _own(number: int, amount: str, said: str) -> Tip:
    stylist = _stylist(number, said)
    return Tip(stylist.user_id, stylist.name, _amount(amount, ()))


def _stylist(number: int, said: str) -> Stylist:
    found: Stylist | None = Stylist.get_or_none(Stylist.number == number, Stylist.is_active)
    if found is None:
        raise TipUnreadable(text=said)
    return found


def payings_for(tips: Sequence[Tip]) -> list[Paying]:
    """The tips as they are taken with the payments. Refuses: TipForNobody, where tips are no way to
    pay any more.
    """
    tender = Tender.get_or_none(Tender.kind == TIP, Tender.is_active)
    if tender is None:
        raise TipForNobody()
    return [
        Paying(tender.number, -tip.amount, reference=tip.name, code=str(tip.user)) for tip in tips
    ]


# --- taken with a bill


def _check(job: Job, takes: Sequence[Take]) -> None:
    """Refuses: TipForNobody, TipsNotThere (a tip that goes back was paid out)."""
    back: dict[int, Money] = {}
    for take in takes:
        if not take.paying.code.isdecimal() or User.get_or_none(
            User.key == int(take.paying.code)
        ) is None:  # fmt: skip
            raise TipForNobody()
        user, given = int(take.paying.code), take.paying.given
        back[user] = back.get(user, Money.zero(given.currency)) + given
    for user, amount in back.items():
        if amount > Money.zero(amount.currency) and amount > tips_owed(user):
            raise TipsNotThere(name=User.get_by_id(user).name, left=tips_owed(user))


def _legs(job: Job, document: Document, take: Take, amount: Money) -> list[Leg]:
    user = User.get_by_id(int(take.paying.code))
    _add(document, user, -amount)
    return [Leg(TIPS_OWED, amount)]


def _add(document: Document, user: User, amount: Money) -> None:
    line = 1 + len(document.parts.get(_MOVES.name, ()))
    code = amount.currency.code
    add_parts(document, _MOVES, [(line, user.key, user.name[:40], amount.minor, code)])


TIP_TENDERS = (
    TenderKind(
        TIP, word("Tips"), TIPS_OWED, is_outside=False, is_on_top=True, needs=(CODE,),
        check=_check, legs=_legs,
    ),
)  # fmt: skip


def ship_tips() -> None:
    """Tips among the ways to pay, in a store that has them not."""
    if not Tender.select().where(Tender.kind == TIP).exists():
        number = 1 + max((row.number for row in Tender.select(Tender.number)), default=0)
        Tender.create(
            key=new_key(), number=number, name_zh=_NAMES[0], name_en=_NAMES[1], kind=TIP,
            account=Account.get_by_id(TIPS_OWED),
        )  # fmt: skip


# --- paid out


@operation(right="pay tips")
def pay_tips(
    job: Job, user: int, payings: Sequence[Paying], *, amount: Money, language: str = ""
) -> Document:  # fmt: skip
    """Pay somebody so much of his tips; the payings are below zero.

    Refuses: LinkUnknown, TipsNotThere, and what `take_payments` refuses (NeedsOverride: money goes
    out).
    """
    person = linked_row(User, "user", user)
    owed = tips_owed(user)
    if person is None or not 0 < amount.minor <= owed.minor:
        raise TipsNotThere(name=person.name if person else "", left=owed)
    taking = take_payments(job, -amount, payings)

    document = begin_document(
        job, TIPS_PAID, total=taking.total, shift=taking.shift, note=person.name
    )
    legs = [*taking.store(job, document), Leg(TIPS_OWED, amount)]
    _add(document, person, -amount)
    return post_document(job, document, legs, tips=person.name, amount=amount)


_OWED = Statement('SELECT coalesce(sum("amount"), 0) FROM "tip_move" WHERE "user" = ?')
_ALL_OWED = Statement(
    'SELECT "user", sum("amount") FROM "tip_move" GROUP BY "user" HAVING sum("amount") > 0'
)


def tips_owed(user: int) -> Money:
    """The tips of somebody that were not paid out yet."""
    return Money(int(_OWED.rows(user)[0][0]), store_currency())


def all_owed() -> list[Tip]:
    """Everybody who has tips, with how much."""
    names = {row.key: str(row.name) for row in User.select()}
    rows = _ALL_OWED.rows()
    found = [Tip(int(u), names[int(u)], Money(int(n), store_currency())) for u, n in rows]
    return sorted(found, key=lambda tip: tip.name)
