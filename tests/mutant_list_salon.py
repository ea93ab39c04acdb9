"""Faults in the salon: two that are likely for each operation."""

from __future__ import annotations

from tests.mutants import Mutant

_SALON, _TESTS = "models/salon/", "tests/models/salon/test_"
SERVICES = f"{_TESTS}services.py"
_MEMBERS, CARDS = "models/members/", "tests/models/members/test_cards.py"
CARD_LISTS = "tests/models/members/test_cards_import.py"
CHANGES = "tests/models/members/test_card_changes.py"
_MEMBERS_TESTS = "tests/models/members/test_"
POINTS, LEVELS = (f"{_MEMBERS_TESTS}{name}.py" for name in ("points", "levels"))

OFFERS, TIPS = f"{_MEMBERS_TESTS}member_offers.py", f"{_TESTS}tips.py"
CARE = f"{_TESTS}care.py"
CAMPAIGNS = f"{_MEMBERS_TESTS}campaigns.py"
MEMBER_LISTS = "tests/models/reports/test_member_lists.py"
TICKETS = f"{_TESTS}tickets.py"

SALON: tuple[Mutant, ...] = (
    Mutant(_SALON + "tickets.py", "if 0 in shares:", "if False:", TICKETS),
    Mutant(_SALON + "tickets.py", "ranks = sorted(", "ranks = list(", TICKETS),
    Mutant(_SALON + "tickets.py", "bool(one[2] or one[4])", "bool(one[2])", TICKETS),
    Mutant(_SALON + "commission.py", "return one.net\n", "return amount\n", TICKETS),
    Mutant(_SALON + "commission.py", "= -back - one.quantity", "= -one.quantity", TICKETS),
    Mutant(_SALON + "commission.py", "amount - (one.share or nothing)", "amount", TICKETS),
    Mutant(_SALON + "commission_rules.py", "(rule.rank, -rule.number)", "-rule.number", TICKETS),
    Mutant(_SALON + "commission_rules.py", "if other.of == asked.of:", "if False:", TICKETS),
    Mutant("models/shop/hands.py", ', "granted": None}', "}", TICKETS),
    Mutant("models/shop/basket.py", "        and not (last.hands or last.uses)\n", "", TICKETS),
    Mutant("models/shop/sales.py", "each.packs_of(line.stock_quantity)) for", "each) for", TICKETS),
    Mutant(_SALON + "services.py", "not (minutes and wait_minutes)", "not minutes", SERVICES),
    Mutant(_SALON + "services.py", "if not goods.is_stocked or", "if", SERVICES),
    Mutant(_SALON + "services.py", "        row.delete_instance()\n", "        pass\n", SERVICES),
    Mutant(_SALON + "stylists.py", "price_level not in PRICE_LEVELS", "price_level < 1", SERVICES),
    Mutant(_SALON + "stylists.py", "if Stylist.select().where(Stylist.grade == found).exists():",
           "if False:", SERVICES),
    Mutant(_SALON + "stylists.py", "found.user if found else", "None if found else", SERVICES),
    Mutant(_SALON + "stylists.py", "is_active=not found.is_active", "is_active=True", SERVICES),
    Mutant(_MEMBERS + "shares.py", "base_bonus * (rest - used), base)", "base_bonus * rest, base)",
           CARDS),
    Mutant(_MEMBERS + "shares.py", "pieces - rest : pieces - rest + times", "rest : rest + times",
           CARDS),
    Mutant(_MEMBERS + "shares.py", " - divide(part * before, whole)", "", CHANGES),
    Mutant(_MEMBERS + "card_kinds.py", "least <= price.minor < MOST_MINOR", "True", CARDS),
    Mutant(_MEMBERS + "card_kinds.py", "if part.amount and part.amount <= amount",
           "if part.amount", CARDS),
    Mutant(_MEMBERS + "cards_import.py", "not is_of_list or not _adds", "not _adds", CARD_LISTS),
    Mutant(_MEMBERS + "cards_import.py", "        return bool(lots)\n", "        return True\n",
           CARD_LISTS),
    Mutant(_MEMBERS + "points_import.py", "key in here or ", "", CARD_LISTS),
    Mutant(_MEMBERS + "points_import.py", "< points:", "< 0:", CARD_LISTS),
    Mutant(_MEMBERS + "cards_import.py", "(total + given).minor", "0", CARD_LISTS),
    Mutant(_MEMBERS + "cards.py", '        job.require("give bonus", more)\n', "        pass\n",
           CARDS),
    Mutant(_MEMBERS + "cards.py", "(card is None or card.person is None)", "True", CARDS),
    Mutant(_MEMBERS + "card_tenders.py", "-taken.amount - back)", "-taken.amount)", CHANGES),
    Mutant(_MEMBERS + "card_tenders.py", "if worth != amount:", "if False:", CARDS),
    Mutant(_MEMBERS + "card_changes.py", "if state not in TRANSITIONS[card.state]:", "if False:",
           CHANGES),
    Mutant(_MEMBERS + "card_changes.py", "    _carry(card, number)\n", "", CHANGES),
    Mutant(_MEMBERS + "card_changes.py", "kept.person != card.person", "False", CHANGES),
    Mutant(_MEMBERS + "card_changes.py", "until < job.day or", "", CHANGES),
    Mutant(_MEMBERS + "card_changes.py", "put(lot, person=owner.key, name=owner.name)", "pass",
           CHANGES),
    Mutant(_MEMBERS + "card_changes.py", "Lot.bonus_expires <= job.day",
           "Lot.bonus_expires < job.day", CHANGES),
    Mutant(_MEMBERS + "card_refunds.py", "if amount > worth.paid or", "if", CHANGES),
    Mutant(_MEMBERS + "card_refunds.py", "worth.for_cause(cause) != shown", "False", CHANGES),
    Mutant(_MEMBERS + "card_refunds.py", "amount - worth.by_ratio))", "amount - worth.paid))",
           CHANGES),
    Mutant(_MEMBERS + "points.py", "rule.for_base(left + sum(part.base for part in own)) - given",
           "rule.for_base(-sum(part.base for part in own)) * -1", POINTS),
    Mutant(_MEMBERS + "points.py", "points - min(points, -points_owed(person.key))", "points",
           POINTS),
    Mutant(_MEMBERS + "points_rules.py", "return tender.kind not in KINDS and", "return", POINTS),
    Mutant(_MEMBERS + "points_rules.py", "(rule.rank, -rule.number)", "-rule.number", POINTS),
    Mutant(_MEMBERS + "points_lots.py", "if points_of(found.key, job.day) < -points:", "if False:",
           POINTS),
    Mutant(_MEMBERS + "points_lots.py", "Lot.expires <= job.day", "Lot.expires < job.day", POINTS),
    Mutant(_MEMBERS + "points_tender.py", "lot, zero, why=BACK, pieces=part", "lot, zero, "
           "why=BACK, pieces=part - 1", POINTS),
    Mutant(_MEMBERS + "levels.py", "if not rises and is_kept:", "if not rises:", LEVELS),
    Mutant(_MEMBERS + "levels.py", "spent >= rule.spent.minor", "spent > rule.spent.minor", LEVELS),
    Mutant(_MEMBERS + "levels.py", "    if known != person.level_id:", "    if False:", LEVELS),
    Mutant(_MEMBERS + "card_prices.py", "        if paid != worth:", "        if False:", OFFERS),
    Mutant(_MEMBERS + "card_prices.py", "None if head.get(PLAIN) else", "", OFFERS),
    Mutant("models/shop/member_offers.py", "part := min(left, of)", "part := left", OFFERS),
    Mutant("models/shop/customers.py", '("customer", TIMES, PLAIN)', '("customer",)', OFFERS),
    Mutant("models/selling/promotion_kinds.py", "and (pile.is_service or not self.is_of_services)",
           "and True", OFFERS),
    Mutant(_SALON + "tips.py", "not 0 < amount.minor <= owed.minor", "amount.minor <= 0", TIPS),
    Mutant(_SALON + "tips.py", "part = left if place == len(weights) else min(part, left)",
           "part = min(part, left)", TIPS),
    Mutant("models/ledger/taking.py", "takes = [take for take in takes if not take.kind.is_on_top]",
           "pass", TIPS),
    Mutant(_SALON + "care.py", "test.day < _months_before(", "test.day > _months_before(", CARE),
    Mutant(_SALON + "care.py", "key=lambda test: (test.is_bad, test.day,",
           "key=lambda test: (test.day,", CARE),
    Mutant("models/shop/sales.py", "if line.uses is not None:", "if False:", CARE),
    Mutant(_SALON + "uses.py", "() if words == [\"0\"] else", "", CARE),
    Mutant(_MEMBERS + "referrals.py", "if found.person_id in keys_of(referrer.key) or", "if",
           CAMPAIGNS),
    Mutant(_MEMBERS + "referrals.py", "AND r.\"key\" IS NULL ", "", CAMPAIGNS),
    Mutant(_MEMBERS + "draws.py", "if person not in found and", "if", CAMPAIGNS),
    Mutant(_MEMBERS + "draws.py", "total // per.minor for", "total / per.minor for", CAMPAIGNS),
    Mutant("models/people/birthdays.py", "HAVING sum(c.\"off\") > 0", "", MEMBER_LISTS),
    Mutant("models/people/moon.py", "min(day, days) - 1", "day - 1",
           "tests/models/people/test_moon.py"),
    Mutant("models/reports/member_lists.py", "if len(gaps) > 1 else", "if gaps else", MEMBER_LISTS),
)  # fmt: skip
