"""What promotions take off a bill. Pure: lines and rules in, what comes off each line out.

Of several that fit the same goods the customer has the one that saves him most, unless they are
marked to combine: those come on top, in the order of their rank, off what is left. Goods are looked
at by price and not by line, so that the order in which they were rung is the same to it. What a set
saves is shared over its goods by price and belongs to each of them: it goes back with them, share
by share. Nothing is ever worth less than nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush

from models.base.exact import divide, shares
from models.selling.promotion_kinds import KINDS, GoodsSet, Pile, PromotionRule


@dataclass(frozen=True, slots=True)
class Off:
    """What one promotion takes off a line, in minor units, above zero."""

    rule: int
    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class OnBill:
    """A line as promotions see it; figures as in `Pile`. No more than `most` may come off it."""

    goods: int
    category: int | None
    price: int
    amount: int
    pieces: int
    thousandths: int
    most: int
    prices: Mapping[str, int] = field(default_factory=dict)
    is_service: bool = False


class RuleBook:
    """Rules by the goods and categories that they name, so that a bill looks at few of many."""

    def __init__(self, rules: Sequence[PromotionRule]) -> None:
        self.rules = tuple(sorted(rules, key=_by_rank))
        self._everywhere = [rule for rule in self.rules if not rule.needs]
        self._by_goods: dict[int, list[PromotionRule]] = {}
        self._by_category: dict[int | None, list[PromotionRule]] = {}
        for rule in self.rules:
            for scope in (*rule.needs, *rule.rewards):
                for goods in scope.goods:
                    self._by_goods.setdefault(goods, []).append(rule)
                for category in scope.categories:
                    self._by_category.setdefault(category, []).append(rule)

    def fitting(self, piles: Sequence[Pile]) -> list[PromotionRule]:
        """The rules that have to do with some of these goods, each pile told which are about it."""
        keys = set[int]()
        for pile in piles:
            named = (
                *self._everywhere, *self._by_goods.get(pile.goods, ()),
                *self._by_category.get(pile.category, ()),
            )  # fmt: skip
            about = (rule for rule in named if rule.is_about(pile))
            pile.about = {rule.key: rule for rule in sorted(about, key=_by_rank)}
            pile.beside = frozenset(rule.key for rule in named if rule.is_beside(pile))
            keys.update(rule.key for rule in named)
        return [rule for rule in self.rules if rule.key in keys]


def _by_rank(rule: PromotionRule) -> tuple[int, int]:
    return rule.rank, rule.key


def work_out(lines: Sequence[OnBill], book: RuleBook) -> dict[int, tuple[Off, ...]]:
    """What comes off each line, by its place; lines of which nothing comes off are not in it."""
    piles, places = _piled(lines)
    rules = book.fitting(piles)
    sums = _best(piles, [rule for rule in rules if not rule.is_combined])
    for rule in rules:
        if rule.is_combined:
            left = [_less(pile, sums[place]) for place, pile in enumerate(piles)]
            sums = [{**sums[place], **offs} for place, offs in enumerate(_best(left, [rule]))]
    names = {rule.key: rule.name for rule in rules}
    found: dict[int, list[Off]] = {}
    for here, offs in zip(places, sums, strict=True):
        # Each by what is left, so that no line gives more than it has.
        rest = [lines[place].amount for place in here]
        for key, amount in offs.items():
            parts = shares(amount, rest)
            rest = [whole - part for whole, part in zip(rest, parts, strict=True)]
            for line, part in zip(here, parts, strict=True):
                if part:
                    found.setdefault(line, []).append(Off(key, names[key], part))
    return {line: _within(offs, lines[line].most) for line, offs in found.items()}


# --- piles


def _piled(lines: Sequence[OnBill]) -> tuple[list[Pile], list[list[int]]]:
    """The goods of a bill, and the lines on which each pile stands. A line with a discount by hand
    is a pile of its own: not all of it may come off.
    """
    found: dict[object, tuple[Pile, list[int]]] = {}
    for place, line in enumerate(lines):
        is_alone = line.most != line.amount
        key = (line.goods, line.price, bool(line.pieces), bool(line.thousandths),
               place if is_alone else None)  # fmt: skip
        if key not in found:
            pile = Pile(line.goods, line.category, line.price, 0, 0, 0, line.prices)
            pile.is_service = line.is_service
            found[key] = (pile, [])
        pile, places = found[key]
        pile.amount += line.amount
        pile.pieces += line.pieces
        pile.thousandths += line.thousandths
        places.append(place)
    # What is shared out rounds from one to the next: in an order of their own, not of ringing.
    ordered = sorted(found.values(), key=lambda one: _order(one[0]))
    return [pile for pile, _ in ordered], [places for _, places in ordered]


def _order(pile: Pile) -> tuple[int, ...]:
    return -pile.price, pile.goods, pile.pieces, pile.thousandths, pile.amount


def _less(pile: Pile, offs: Mapping[int, int]) -> Pile:
    """A pile at what is left of its price."""
    left = pile.amount - sum(offs.values())
    if left == pile.amount:
        return pile
    price = left // pile.pieces if pile.pieces else divide(left * 1000, pile.thousandths or 1000)
    return replace(pile, price=price, amount=left, offs={})


def _within(offs: Sequence[Off], most: int) -> tuple[Off, ...]:
    """No more than may come off: what a discount by hand has taken is gone."""
    kept = []
    for off in offs:
        if amount := min(off.amount, most):
            kept.append(off if amount == off.amount else replace(off, amount=amount))
            most -= amount
    return tuple(kept)


# --- the best for the customer


def _best(piles: Sequence[Pile], rules: Sequence[PromotionRule]) -> list[dict[int, int]]:
    """What comes off each pile, rule by rule, so that it is most of all."""
    on_goods = [rule for rule in rules if KINDS[rule.kind].spent is None]
    on_spent = [rule for rule in rules if KINDS[rule.kind].spent is not None]
    best = _on_spent(piles, _on_goods(piles, on_goods), on_spent)
    for rule in on_spent:
        # Perhaps it saves more to have this one on all of its goods and no other on them.
        alone = _off_spent(piles, [{} for _ in piles], rule)[0]
        here = [offs for pile, offs in zip(piles, best, strict=True) if rule.takes(pile)]
        if alone <= _saved(here):
            continue
        rest = iter(_on_goods([pile for pile in piles if not rule.takes(pile)], on_goods))
        offs = [{} if rule.takes(pile) else next(rest) for pile in piles]
        best = max(best, _on_spent(piles, offs, [rule]), key=_saved)
    return best


def _saved(offs: Sequence[Mapping[int, int]]) -> int:
    return sum(sum(each.values()) for each in offs)


def _on_goods(piles: Sequence[Pile], rules: Sequence[PromotionRule]) -> list[dict[int, int]]:
    """Sets first, those of the rule that gains most over what each piece has by itself; then what
    is left by itself.
    """
    for pile in piles:
        pile.free, pile.is_used, pile.offs = pile.pieces, False, {}
    by_itself = {rule.key for rule in rules if _is_each(rule)}
    each = [[rule for key, rule in pile.about.items() if key in by_itself] for pile in piles]
    single = {
        id(pile): _dearest(own, pile, pile.pieces)[0] for pile, own in zip(piles, each, strict=True)
    }
    of = _by_rule(piles)
    waiting = []
    for rank, rule in enumerate(rule for rule in rules if rule.key not in by_itself):
        if found := _gaining(rule, of.get(rule.key, ()), single):
            waiting.append((-_gain(found, single), rank, rule, found))
    heapify(waiting)
    while waiting:
        before, rank, rule, _ = heappop(waiting)
        # Goods that another took in the meantime are gone.
        found = _gaining(rule, of[rule.key], single)
        gain = -_gain(found, single)
        if found and waiting and gain > waiting[0][0] and gain > before:
            heappush(waiting, (gain, rank, rule, found))
            continue
        for one in found:
            _give(rule, one)
    for pile, own in zip(piles, each, strict=True):
        if not pile.is_used or pile.free:
            saves, best = _dearest(own, pile, pile.free)
            if best is not None and saves > 0:
                pile.offs[best.key] = pile.offs.get(best.key, 0) + saves
    return [pile.offs for pile in piles]


def _by_rule(piles: Sequence[Pile]) -> dict[int, list[Pile]]:
    """What each rule has to look at."""
    found: dict[int, list[Pile]] = {}
    for pile in piles:
        for key in pile.about.keys() | pile.beside:
            found.setdefault(key, []).append(pile)
    return found


def _is_each(rule: PromotionRule) -> bool:
    """Whether it is worked out pile by pile: it is on each piece, and on as many as there are."""
    return KINDS[rule.kind].each is not None and rule.most is None


def _dearest(
    rules: Sequence[PromotionRule], pile: Pile, pieces: int
) -> tuple[int, PromotionRule | None]:
    """The rule that saves most on so many of a pile by themselves, and how much."""
    best: tuple[int, PromotionRule | None] = (0, None)
    for rule in rules:
        each = KINDS[rule.kind].each
        assert each is not None
        if (saves := each(rule, pile, pieces)) > best[0]:
            best = (saves, rule)
    return best


def _gaining(
    rule: PromotionRule, piles: Sequence[Pile], single: Mapping[int, int]
) -> list[GoodsSet]:
    """The sets of a rule that save more than their goods have by themselves."""
    sets = KINDS[rule.kind].sets
    found = sets(rule, piles) if sets is not None else _limited(rule, piles)
    return [one for one in found if _gain([one], single) > 0]


def _gain(found: Sequence[GoodsSet], single: Mapping[int, int]) -> int:
    return sum(
        one.saves - sum(divide(single[id(pile)] * count, pile.pieces) for pile, count in one.taken)
        for one in found
    )


def _limited(rule: PromotionRule, piles: Sequence[Pile]) -> Iterable[GoodsSet]:
    """On so many pieces of a bill and no more, those on which it saves most."""
    each, left = KINDS[rule.kind].each, rule.most or 0
    assert each is not None
    saving = [(each(rule, pile, 1), pile) for pile in piles if pile.free and rule.takes(pile)]
    for _, pile in sorted(saving, key=lambda one: (-one[0], one[1].goods)):
        if count := min(left, pile.free):
            left -= count
            yield GoodsSet([(pile, count)], each(rule, pile, count), [(pile, count)])


def _give(rule: PromotionRule, found: GoodsSet) -> None:
    """Take the goods of a set, and share what it saves over those that carry it."""
    for pile, count in found.taken:
        pile.free -= count
        pile.is_used = True
    parts = shares(found.saves, [pile.price * count for pile, count in found.carries])
    for (pile, _), part in zip(found.carries, parts, strict=True):
        pile.offs[rule.key] = pile.offs.get(rule.key, 0) + part


def _on_spent(
    piles: Sequence[Pile], offs: list[dict[int, int]], rules: Sequence[PromotionRule]
) -> list[dict[int, int]]:
    """With what comes off for what is spent on goods that no other rule is on; the one that saves
    most first.
    """
    offs = [dict(each) for each in offs]
    for rule in sorted(rules, key=lambda rule: -_off_spent(piles, offs, rule)[0]):
        saves, places = _off_spent(piles, offs, rule)
        if saves > 0:
            parts = shares(saves, [piles[place].amount for place in places])
            for place, part in zip(places, parts, strict=True):
                offs[place][rule.key] = part
    return offs


def _off_spent(
    piles: Sequence[Pile], offs: Sequence[Mapping[int, int]], rule: PromotionRule
) -> tuple[int, list[int]]:
    spent = KINDS[rule.kind].spent
    assert spent is not None
    places = [place for place, pile in enumerate(piles) if not offs[place] and rule.takes(pile)]
    whole = sum(piles[place].amount for place in places)
    return min(spent(rule, whole), whole), places
