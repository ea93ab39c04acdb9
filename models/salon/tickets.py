"""The ticket of the salon (水单): the bill of the till, whose lines say who did the work.

`8 21` are two stylists by their numbers, who share a line evenly; `8:70 21:30` says the shares in
per cent, `8*` that the customer asked for him (点), or it was his turn (排). A name or its initials
do for a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.base import exact
from models.base.fields import store_currency
from models.base.hot import Statement, rows_in
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.base.texts import narrow
from models.ledger.kinds import SALE
from models.members.sellers import Sellers
from models.people.merging import keys_of, root_of
from models.salon.care import PatchTestBad, PatchTestWanted, require_tested
from models.salon.stylists import Stylist, stylist_said
from models.selling.charges import STYLIST, Served, served_of
from models.shop.customers import customer_of
from models.shop.hands import give_hands
from models.trust import drafts
from models.trust.operation import Job, operation
from models.trust.trades_used import used_names

MOST_HANDS = 9
_WHOLE = 1_000_000
_ONE = re.compile(r"(\d{1,3}|[^\W\d][^*:=]*?)(\*|点)?(?:[:=](\d{1,3}(?:\.\d{1,2})?))?(\*|点)?")


class HandsUnreadable(Refusal):
    """Who did it is said by numbers or names: 8, or 8* 21, or 8:70 21:30."""


class StylistUnknown(Refusal):
    """Nobody who serves has this number, or only one of several is meant by this name."""


class StylistTwice(Refusal):
    """One person is named twice for a line."""


class SharesWrong(Refusal):
    """The shares of those who did the work do not come to the whole."""


@operation(right="sell")
def name_stylists(
    job: Job, draft: int, number: int, said: str, *, without_test: bool = False
) -> None:  # fmt: skip
    """Say who did the work of a line of a bill, in place of whoever was named before; nothing said:
    nobody. A service costs what the highest grade among them charges. One that wants a patch test
    has the right to be done without one (`without_test`).

    Refuses: HandsUnreadable, StylistUnknown, StylistTwice, SharesWrong, LineGone, DraftGone,
    PatchTestWanted, PatchTestBad, NeedsOverride.
    """
    hands, level = hands_named(said)
    if hands:
        look_at_test(job, draft, number, without_test=without_test)
    price = price_at(draft, number, level)
    give_hands(job, draft, number, hands, price=price)


def look_at_test(job: Job, draft: int, number: int, *, without_test: bool) -> None:
    """Look whether the customer of a bill may have what is on a line.

    Refuses: PatchTestWanted, PatchTestBad, NeedsOverride.
    """
    stored = drafts.line_of(draft, number)
    item = getattr(stored.value if stored else None, "item", None)
    if item is None:
        return
    person, _ = customer_of(drafts.read(draft).head)
    try:
        require_tested(person, item.goods, job.day)
    except (PatchTestWanted, PatchTestBad):
        if not without_test:
            raise
        job.require("skip patch test")
        job.note(without_test=item.name)


def _proposed_seller(user: int) -> str | None:
    if not Stylist.select().where(Stylist.is_active).exists():
        return None
    return _number_of(user)


def _number_of(user: int) -> str:
    """The number of somebody who serves here; "" for others."""
    found = Stylist.get_or_none(Stylist.user == user, Stylist.is_active)
    return str(found.number) if found else ""


# Refuses: HandsUnreadable, StylistUnknown, StylistTwice, SharesWrong.
SELLERS = Sellers(lambda said: hands_named(said)[0], _proposed_seller)


def hands_named(said: str) -> tuple[tuple[Served, ...], int]:
    """Those who are named, and which price of a service their work has.

    Refuses: HandsUnreadable, StylistUnknown, StylistTwice, SharesWrong.
    """
    words = re.sub("[,、+]", " ", narrow(said)).split()
    found: list[tuple[Stylist, int | None, bool]] = []
    for word in words:
        one = _ONE.fullmatch(word)
        if one is None or len(words) > MOST_HANDS:
            raise HandsUnreadable(text=said, most=MOST_HANDS)
        stylist = _stylist(one[1])
        if any(stylist.key == other.key for other, _, _ in found):
            raise StylistTwice(name=stylist.name)
        share = None if one[3] is None else exact.scaled(one[3], 4)
        found.append((stylist, share, bool(one[2] or one[4])))
    shares = _shares([share for _, share, _ in found])
    hands = [
        Served(stylist.user_id, stylist.name, STYLIST, Rate(share), stylist.grade.name, is_asked)
        for (stylist, _, is_asked), share in zip(found, shares, strict=True)
    ]
    # The first of those who charge most: a helper of the master takes nothing off his price.
    ranks = sorted((stylist.grade.position, stylist.grade.price_level) for stylist, _, _ in found)
    return tuple(hands), ranks[0][1] if ranks else 1


def _stylist(said: str) -> Stylist:
    found = stylist_said(said)
    if found is None:
        raise StylistUnknown(number=said)
    return found


def _shares(said: Sequence[int | None]) -> list[int]:
    """Shares in millionths: what is left goes evenly to those of whom nothing is said.

    Refuses: SharesWrong.
    """
    left, open_ones = _WHOLE - sum(share or 0 for share in said), said.count(None)
    if said and (left < open_ones if open_ones else left):
        raise SharesWrong(total=f"{Rate(_WHOLE - left).percent_text}%")
    rest = iter(exact.shares(left, [1] * open_ones) if open_ones else ())
    shares = [next(rest) if share is None else share for share in said]
    if 0 in shares:
        raise SharesWrong(total=f"{Rate(_WHOLE - left).percent_text}%")
    return shares


_SERVICES = 'SELECT "key" FROM "salon_service" WHERE "key" IN (...)'
_PRICES = Statement('SELECT "price", "price2", "price3", "price4" FROM "goods" WHERE "key" = ?')


def price_at(draft: int, number: int, level: int) -> Money | None:
    """What a service on a line costs at this price; None for what is no service."""
    stored = drafts.line_of(draft, number)
    item = getattr(stored.value if stored else None, "item", None)
    return None if item is None else price_of(item.goods, level)


def price_of(goods: int, level: int) -> Money | None:
    """What a service costs at this price; None for what is no service."""
    if not rows_in(_SERVICES, [goods]):
        return None
    usual, *others = _PRICES.row(goods)  # type: ignore[misc]
    asked = others[level - 2] if level > 1 else None
    return Money(usual if asked is None else asked, store_currency())


# --- looking


def stylists_of(hands: Sequence[Served]) -> str:
    """Those who did it as they are typed: `8:70* 21:30`; one alone without his share."""
    users = [one.user for one in hands]
    rows = rows_in('SELECT "user_id", "number" FROM "stylist" WHERE "user_id" IN (...)', users)
    numbers = dict(rows)
    said = []
    for one in hands:
        share = f":{exact.written_short(one.share.millionths, 4)}" if len(hands) > 1 else ""
        said.append(f"{numbers.get(one.user, '?')}{share}{'*' if one.is_asked else ''}")
    return " ".join(said)


_USUAL = Statement(
    'SELECT d."at", d."key", l."line" FROM "sale" s '
    'JOIN "document" d ON d."key" = s."document_id" '
    'JOIN "charge_line" l ON l."document_id" = d."key" '
    f'WHERE s."person" = ? AND d."kind" = \'{SALE}\' AND l."goods" = ? '
    'ORDER BY d."at" DESC LIMIT 20'
)


def usual_stylist(draft: int, goods: int) -> str:
    """The number of whoever works here and did this for the customer of a bill the last time, of
    twenty times; "" where nobody did, or nobody is named. Whether he is asked for this time is
    another matter.
    """
    person, _ = customer_of(drafts.read(draft).head)
    keys = keys_of(root_of(person)) if person is not None else ()
    times = [row for key in keys for row in _USUAL.rows(key, goods)]
    for _, document, line in sorted(times, reverse=True):
        for one in served_of(document).get(line, []):
            if one.role == STYLIST and (number := _number_of(one.user)):
                return number
    return ""


_USES = (
    'SELECT "service_id", "goods_id", "quantity" FROM "service_use" WHERE "service_id" IN (...) '
    'ORDER BY "key"'
)


def is_asked_for(goods: int, *, is_rung: bool) -> bool:
    """Whether it is asked who did a line: of a service that was rung (`is_rung`), and of any line
    when somebody wants to say it, where there is a salon.
    """
    if "salon" not in used_names():
        return False
    return bool(rows_in(_SERVICES, [goods])) if is_rung else Stylist.select().exists()


def uses_by_service(goods: Sequence[int]) -> dict[int, list[tuple[int, Quantity]]]:
    """Which items each of these services uses up, and how many base units each time."""
    found: dict[int, list[tuple[int, Quantity]]] = {}
    for service, item, quantity in rows_in(_USES, goods):
        found.setdefault(service, []).append((item, Quantity(quantity)))
    return found
