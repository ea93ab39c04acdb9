"""The kinds of promotions: what each takes together on a bill, and what it saves. Pure.

A kind that works on each piece by itself (`each`) says what it saves on so many of a pile. One that
takes goods together (`sets`) gives the sets that it finds, the dearest goods first, so that the
customer has the best of it. One that looks at what is spent (`spent`) says what comes off for it.
Amounts are whole minor units, pieces are whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from models.base.exact import divide
from models.base.rates import ONE, Rate
from models.base.words import word


@dataclass(frozen=True, slots=True)
class SomeGoods:
    """Some goods, by themselves or by category; `pieces` of them where a set needs so many."""

    goods: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()
    pieces: int = 1

    def holds(self, pile: Pile) -> bool:
        return pile.goods in self.goods or pile.category in self.categories


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionRule:
    """A promotion as it is worked out. Without `needs` it is about all goods but those `excepted`;
    `rewards` are what comes beside them. `most` is how often it is given on one bill.

    `buy` are so many that go together, `more` so many that come beside them, cheaper. `amount` is
    what comes off, or a price; `from_amount` what must be spent; `rank` decides between
    two that save the same, the lowest first.
    """

    key: int
    name: str
    kind: str
    needs: tuple[SomeGoods, ...] = ()
    rewards: tuple[SomeGoods, ...] = ()
    excepted: tuple[SomeGoods, ...] = ()
    buy: int = 0
    more: int = 0
    rate: Rate = ONE
    amount: int = 0
    from_amount: int = 0
    price_list: str = ""
    most: int | None = None
    is_combined: bool = False
    rank: int = 0
    # About work only, none of goods that are stocked.
    is_of_services: bool = False

    def is_about(self, pile: Pile) -> bool:
        """Whether a pile is among the goods that it is about: `Pile.about` keeps the answer."""
        return (
            not self._is_excepted(pile)
            and (pile.is_service or not self.is_of_services)
            and (not self.needs or any(scope.holds(pile) for scope in self.needs))
        )

    def takes(self, pile: Pile) -> bool:
        """The same, as it was found out once for the bill."""
        return self.key in pile.about

    def is_beside(self, pile: Pile) -> bool:
        """Whether a pile is among what comes beside them."""
        return not self._is_excepted(pile) and any(scope.holds(pile) for scope in self.rewards)

    def _is_excepted(self, pile: Pile) -> bool:
        return any(scope.holds(pile) for scope in self.excepted)


@dataclass(slots=True, eq=False)
class Pile:
    """The same goods at one price, whatever lines of the bill they stand on.

    `pieces` is 0 where nothing is counted: goods by weight, packs, a printed amount. `thousandths`
    is the quantity, 0 where the amount is no price times a quantity. `prices` are its
    others, by the name of their list; `about` are the rules that are
    about it, by key, `beside` those of which it is a gift; `free` pieces are in no set.
    """

    goods: int
    category: int | None
    price: int
    amount: int
    pieces: int
    thousandths: int
    prices: Mapping[str, int] = field(default_factory=dict)
    about: dict[int, PromotionRule] = field(default_factory=dict)
    beside: frozenset[int] = frozenset()
    free: int = 0
    is_used: bool = False
    is_service: bool = False
    offs: dict[int, int] = field(default_factory=dict)

    def worth(self, pieces: int) -> int:
        """What so many cost; all of what is not counted."""
        return self.amount if pieces == self.pieces else self.price * pieces

    def units(self, pieces: int) -> int:
        """So many in thousandths."""
        return 1000 * pieces if self.pieces else self.thousandths


Piles = Sequence[Pile]
Taken = list[tuple[Pile, int]]


@dataclass(frozen=True, slots=True)
class GoodsSet:
    """A set of goods that a promotion takes, `times` over: what it saves, and which of them carry
    it, with their part of it.
    """

    taken: Taken
    saves: int
    carries: Taken


@dataclass(frozen=True, slots=True)
class PromotionKind:
    """What a promotion can do. `wants` are the fields that it cannot do without."""

    title: str
    wants: tuple[str, ...]
    each: Callable[[PromotionRule, Pile, int], int] | None = None
    sets: Callable[[PromotionRule, Piles], Iterator[GoodsSet]] | None = None
    spent: Callable[[PromotionRule, int], int] | None = None


# --- each piece by itself


def _part(rule: PromotionRule, pile: Pile, pieces: int) -> int:
    return divide(pile.worth(pieces) * rule.rate.millionths, ONE.millionths)


def _off(rule: PromotionRule, pile: Pile, pieces: int) -> int:
    return min(divide(rule.amount * pile.units(pieces), 1000), pile.worth(pieces))


def _cheaper(rule: PromotionRule, pile: Pile, pieces: int) -> int:
    units = pile.units(pieces)
    # A printed amount and a pack have a price of their own.
    return pile.worth(pieces) - divide(rule.amount * units, 1000) if units else 0


def _of_list(rule: PromotionRule, pile: Pile, pieces: int) -> int:
    other, units = pile.prices.get(rule.price_list), pile.units(pieces)
    return 0 if other is None or not units else pile.worth(pieces) - divide(other * units, 1000)


# --- goods together


def _counted(rule: PromotionRule, piles: Piles) -> list[list[int]]:
    """The places of the piles that have free pieces, the dearest first, with how many."""
    order = sorted(
        (place for place, pile in enumerate(piles) if pile.free and rule.takes(pile)),
        key=lambda place: (-piles[place].price, piles[place].goods),
    )
    return [[place, piles[place].free] for place in order]


def _take(runs: list[list[int]], count: int) -> list[tuple[int, int]]:
    """So many from the front, taken out of the runs."""
    taken = []
    while count and runs:
        place, here = runs[0]
        some = min(here, count)
        taken.append((place, some))
        count -= some
        runs[0][1] -= some
        if not runs[0][1]:
            runs.pop(0)
    return taken


def _times(runs: list[list[int]], size: int, left: int | None) -> int:
    """How many sets of one price can be taken at once."""
    times = max(runs[0][1] // size, 1)
    return times if left is None else min(times, left)


def _cheapest(taken: Taken, count: int) -> int:
    """What the last so many pieces cost."""
    worth = 0
    for pile, here in reversed(taken):
        some = min(here, count)
        worth += pile.price * some
        count -= some
    return worth


def _sets_of(
    rule: PromotionRule, piles: Piles, size: int, least: int
) -> Iterator[tuple[Taken, int]]:
    """Sets of so many, the dearest goods first; the last may be short, down to `least`."""
    runs, left = _counted(rule, piles), rule.most
    while runs and left != 0:
        there = sum(count for _, count in runs)
        if there < least:
            return
        times = _times(runs, size, left) if there >= size else 1
        taken = [(piles[place], count) for place, count in _take(runs, min(size * times, there))]
        left = None if left is None else left - times
        yield taken, times


def _for_a_price(rule: PromotionRule, piles: Piles) -> Iterator[GoodsSet]:
    for taken, times in _sets_of(rule, piles, rule.buy, rule.buy):
        saves = sum(pile.price * count for pile, count in taken) - rule.amount * times
        yield GoodsSet(taken, saves, taken)


def _with_more(rule: PromotionRule, piles: Piles) -> Iterator[GoodsSet]:
    """The cheapest of each set are those that cost less."""
    size = rule.buy + rule.more
    for taken, times in _sets_of(rule, piles, size, rule.buy + 1):
        count = sum(count for _, count in taken)
        fewer = rule.more * times if count == size * times else count - rule.buy
        saves = divide(_cheapest(taken, fewer) * rule.rate.millionths, ONE.millionths)
        yield GoodsSet(taken, saves, taken)


def _bundle(rule: PromotionRule, piles: Piles) -> Iterator[GoodsSet]:
    left = {place: pile.free for place, pile in enumerate(piles) if rule.takes(pile)}
    order = sorted(left, key=lambda place: (-piles[place].price, piles[place].goods))
    times = 0
    while rule.most is None or times < rule.most:
        taken: Taken = []
        for scope in rule.needs:
            wanted = scope.pieces
            for place in order:
                if wanted and left[place] and scope.holds(piles[place]):
                    some = min(wanted, left[place])
                    left[place] -= some
                    wanted -= some
                    taken.append((piles[place], some))
            if wanted:
                return
        if not taken:
            return
        times += 1
        saves = sum(pile.price * count for pile, count in taken) - rule.amount
        yield GoodsSet(taken, saves, taken)


def _gift(rule: PromotionRule, piles: Piles) -> Iterator[GoodsSet]:
    """What comes beside other goods, or from an amount on: the cheapest of it, which carries it."""
    gifts = [pile for pile in piles if pile.free and rule.key in pile.beside]
    gifts.sort(key=lambda pile: (pile.price, pile.goods))
    beside: Taken = []
    if rule.from_amount:
        spent = sum(pile.amount for pile in piles if rule.takes(pile))
        times = 1 if spent >= rule.from_amount else 0
    else:
        runs = [run for run in _counted(rule, piles) if piles[run[0]] not in gifts]
        times = sum(count for _, count in runs) // rule.buy
        if rule.more:
            times = min(times, -(-sum(pile.free for pile in gifts) // rule.more))
        times = times if rule.most is None else min(times, rule.most)
        beside = [(piles[place], count) for place, count in _take(runs, rule.buy * times)]
    count = rule.more * times if rule.more else sum(pile.free for pile in gifts)
    given: Taken = []
    for pile in gifts if times else ():
        if some := min(count, pile.free):
            given.append((pile, some))
            count -= some
    worth = sum(pile.price * count for pile, count in given)
    saves = divide(worth * rule.rate.millionths, ONE.millionths)
    yield GoodsSet([*beside, *given], saves, given)


# --- what is spent


def _once(rule: PromotionRule, spent: int) -> int:
    if spent < rule.from_amount:
        return 0
    return rule.amount or divide(spent * rule.rate.millionths, ONE.millionths)


def _each_time(rule: PromotionRule, spent: int) -> int:
    times = spent // rule.from_amount
    return rule.amount * (times if rule.most is None else min(times, rule.most))


PERCENT, AMOUNT, PRICE, OF_LIST = "percent", "amount", "price", "of list"
TOGETHER, BUY_GET, BUNDLE, GIFT = "together", "buy get", "bundle", "gift"
SPEND, EACH_SPEND = "spend", "each spend"

KINDS: dict[str, PromotionKind] = {
    PERCENT: PromotionKind(word("Per cent off"), ("rate",), each=_part),
    AMOUNT: PromotionKind(word("Amount off each"), ("amount",), each=_off),
    PRICE: PromotionKind(word("Special price"), ("amount",), each=_cheaper),
    OF_LIST: PromotionKind(word("Price of a list"), ("price_list",), each=_of_list),
    BUY_GET: PromotionKind(word("Buy some, get some"), ("buy", "more"), sets=_with_more),
    TOGETHER: PromotionKind(word("Several for a price"), ("buy", "amount"), sets=_for_a_price),
    BUNDLE: PromotionKind(word("Bundle at a price"), ("amount", "needs"), sets=_bundle),
    GIFT: PromotionKind(word("Gift beside"), ("rewards",), sets=_gift),
    SPEND: PromotionKind(word("Off from an amount"), ("from_amount",), spent=_once),
    EACH_SPEND: PromotionKind(
        word("Off for each amount"), ("from_amount", "amount"), spent=_each_time
    ),
}
