"""Faults of the hotel desk beside rooms and nights: cash handed out, other money, packages."""

from __future__ import annotations

from tests.mutants import Mutant

BY_DAYS = "tests/models/hotel/reservations/test_bookings.py::test_a_day_closed_for_sale"
HOUSE_LISTS = "tests/models/reports/test_hotel_lists.py"
KEPT = "tests/models/base/test_kept_texts.py"
CHEQUES = "tests/models/hotel/folios/test_cheques.py"
SWAPS = "tests/models/hotel/stays/test_proposing.py"
VISITORS_TAX = "tests/models/hotel/charges/test_visitors_tax.py"
VISITORS = "tests/models/hotel/desk/test_visitors.py"
EXCHANGES = "tests/models/hotel/desk/test_swaps.py"
SHUT = "tests/models/hotel/audit/test_shut_house.py"
CHANNELS = "tests/models/hotel/charges/test_channels.py"
PACKAGES = "tests/models/hotel/charges/test_packages.py"
RIGHTS_ASKED = (
    "tests/models/trust/test_every_right.py"
    "::test_each_place_that_asks_for_a_right_stands_in_the_table"
)
SIGHTINGS = "tests/models/hotel/stays/test_sightings.py"
FOREIGN = "tests/models/ledger/test_foreign.py"
BAD_INPUT = "tests/models/hotel/test_bad_input.py"
WORKED = "tests/models/hotel/test_worked_money.py"
DISPUTES = "tests/models/hotel/folios/test_disputes.py"
FEES = "tests/models/hotel/charges/test_fees.py"
TRACES = "tests/models/hotel/stays/test_traces.py"
LONGER = (
    "tests/tui/hotel/test_front_desk.py::test_what_a_longer_stay_costs_is_shown_before_it_is_stored"
)
READ = "tests/tui/hotel/test_papers_read.py"
LIMIT = "tests/models/hotel/desk/test_refund_limit.py"
GIVEN_ONCE = (
    "tests/models/hotel/desk/test_stays.py"
    "::test_what_is_given_back_is_stored_as_it_is_given_and_goes_out_once"
)
GROUP_DEPOSIT = (
    "tests/models/hotel/desk/test_group_desk.py"
    "::test_the_deposit_of_a_group_pays_its_master_and_what_is_over_goes_back"
)
GROUP_OVER = (
    "tests/models/hotel/desk/test_group_desk.py"
    "::test_what_is_over_stays_until_the_last_of_the_group_leave"
)
GROUP_FEES = (
    "tests/models/hotel/desk/test_group_desk.py"
    "::test_the_fees_of_a_group_are_let_go_with_a_right_and_a_reason"
)
TAX_INVOICES = "tests/models/hotel/folios/test_tax_invoices.py"
PAID_OUTS = "tests/models/hotel/folios/test_paid_outs.py"
BASKET = "tests/models/shop/test_basket.py"
REOPENED = "tests/models/shop/test_reopening.py"
GROUPS = "tests/tui/records/test_groups.py"
INVOICES = "tests/models/reports/test_invoice_requests.py"

# File: right, wrong, and the tests that must see it.
_FAULTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "models/hotel/desk/moves.py": (
        ("days or guest.is_sharing or", "guest.is_sharing or", EXCHANGES),
        ("room_days.move(given_up, sold=1)", "pass", EXCHANGES),
    ),
    "models/hotel/reservations/bookings.py": (
        ("if guarantee == DEPOSIT and deposit_due is None:", "if False:", WORKED),
    ),
    "models/hotel/rooms/room_days.py": (
        ("first <= last <= first + LONGEST", "first <= last", BY_DAYS),
        ("days_between(first, last + timedelta(days=1))", "days_between(first, last)", BY_DAYS),
    ),
    "models/reports/house_lists.py": (
        ("found[codes[rooms[key].room_type_id]] -= 1", "pass", HOUSE_LISTS),
        ('CASE WHEN n."use" = ? AND', 'CASE WHEN n."use" <> ? AND', HOUSE_LISTS),
    ),
    "models/hotel/desk/tax_free.py": (
        ("persons=0 <= persons <= most", "persons=0 <= persons", VISITORS_TAX),
        ('    job.require("waive fee")\n', "    pass\n", VISITORS_TAX),
    ),
    "models/base/kept_texts.py": (
        ("self.signs += (node.op, node.flat)\n            self._told", "self._told", KEPT),
        ("or wanted.keys() - given.keys()", "", KEPT),
    ),
    "models/hotel/reservations/changing.py": (
        ("{*added, *_sleeps_there_again(stay, kept)}", "{*added}", WORKED),
        ("    for line, left in back:\n", "    for line, left in []:\n", WORKED),
        (" for night in then.kept if night.day not in priced]", " for night in then.kept]", LONGER),
        ("[*then.priced, *then.added]", "then.priced", LONGER),
        ('        job.require("waive fee")\n', "        pass\n", RIGHTS_ASKED),
    ),
    "models/hotel/charges/fees.py": (
        ("stay.departure or _late_lines(stay):", "stay.departure:", WORKED),
        ("if now.date() > stay.departure:", "if False:", FEES),
        ("if left.minor > 0]", "]", FEES),
        ("if folio.status != OPEN]", "]", FEES),
        ("if now.date() != day or", "if", FEES),
        ("after=departure - timedelta(days=1)", "after=departure", FEES),
        ("or now.date() < stay.departure or", "or", "tests/models/hotel/desk/test_stays.py"),
    ),
    "models/hotel/desk/departures.py": (
        ("    settle_packages(job, stay)\n", "", PACKAGES),
        (" + ([master] if master else [])", "", FEES),
        ("    require_none_begun(folio)\n", "", "tests/models/hotel/desk/test_begun_payments.py"),
        ("not due <= back < Money(0, store_currency()):", "False:", GIVEN_ONCE),
    ),
    "models/hotel/desk/group_desk.py": (
        ("(due.fee for _, due in self.stays)", "()", GROUP_FEES),
        (
            '    if waives_fee:\n        job.require("waive fee")\n\n    apply',
            "    apply",
            RIGHTS_ASKED,
        ),
        ("    apply_to_master(job, booking, before.master)\n", "", GROUP_DEPOSIT),
        (
            "settle(job, master, account=account)",
            "settle(job, master)",
            "tests/models/hotel/desk/test_group_desk.py",
        ),
        (
            "is_open and not members(booking, *EXPECTED)",
            "is_open",
            "tests/models/hotel/desk/test_group_desk.py",
        ),
        (
            "    if before.credits:\n",
            "    if False:\n",
            "tests/models/hotel/desk/test_group_desk.py",
        ),
    ),
    "tui/records/forms/sheet.py": (
        ("spot.field.is_number or spot.field.is_typed", "spot.field.is_number", READ),
    ),
    "tui/records/forms/form.py": (
        (" or self.sheet.refuses_codes:", ":", READ),
        ("spot.field.is_paper and is_gtin(str(code))", "False", READ),
    ),
    "models/hotel/folios/deposits.py": (
        (
            "(len(states) == 1 or IN_HOUSE not in states)",
            "IN_HOUSE not in states",
            "tests/models/hotel/desk/test_stays.py",
        ),
    ),
    "models/hotel/folios/transfers.py": (
        (
            "    if took_away(found):\n",
            "    if False:\n",
            "tests/models/hotel/charges/test_postings.py",
        ),
    ),
    "models/ledger/payments/refunds.py": (
        ("if paying.last_four in way.cards:", "if way.cards:", GIVEN_ONCE),
    ),
    "models/hotel/folios/folio_payments.py": (
        ("    if (given if amount is None else amount).minor <= 0:", "    if False:", BAD_INPUT),
        ("if folio.account == PACKAGE:", "if False:", PACKAGES),
        ("    refunds.require_in_all(job, payings)\n", "", LIMIT),
        ("        .where(Document.reverses.is_null())\n", "", GIVEN_ONCE),
    ),
    "models/hotel/charges/visitors_tax.py": (
        ("if nights and (night.day - stay.arrival).days >= nights:", "if False:", VISITORS_TAX),
        (
            "sum(age >= from_age.value() for age in stay.children)",
            "len(stay.children)",
            VISITORS_TAX,
        ),
        ("night.use in (*BY_DAY, HOUSE_USE)", "night.use in BY_DAY", VISITORS_TAX),
    ),
    "models/hotel/stays/proposing.py": (
        ("if taken_days(room, days, but=other.key):", "if False:", SWAPS),
        ("not taken_days(to, wanted, but=other.key)", "True", SWAPS),
    ),
    "models/hotel/desk/visitors.py": (
        ("    if found.left_at is not None:", "    if False:", VISITORS),
        ("    if paper_kind == ID_CARD:", "    if False:", VISITORS),
    ),
    "models/ledger/daily/days.py": (
        ("and _POSTED.row(day.isoformat()) is None", "", SHUT),
        ("return next_day < local_now().date() and", "return", SHUT),
    ),
    "models/hotel/folios/papers.py": (
        ("line.of_document is None and", "False and", WORKED),
        ("if gone and not waits else None", "if gone else None", GROUP_OVER),
    ),
    "models/reports/payments.py": (("abs(document.total)", "document.total", WORKED),),
    "models/hotel/folios/paid_outs.py": (
        ("require_chargeable(job, folio.key, amount)", "folio", PAID_OUTS),
        (
            "    if is_answered(found):\n        raise LineAnswered(text=found.text)\n",
            "",
            PAID_OUTS,
        ),
    ),
    "models/hotel/charges/package_items.py": (
        (
            "min(left, _left(stay, each, on)) if each.is_at_till",
            "left if each.is_at_till",
            PACKAGES,
        ),
        ("(night.day == on if each.is_same_day else", "(True if each.is_same_day else", PACKAGES),
        ("if left.minor < 0 else accounts.PACKAGE_LOSS", "if True else 0", PACKAGES),
        ("part = min(left, Money(", "part = max(left, Money(", PACKAGES),
    ),
    "models/hotel/folios/disputes.py": (
        ("was == is_disputed or", "", DISPUTES),
        ("let_off(line) < line.amount", "True", DISPUTES),
        ('    job.require("check out to account")\n', "", RIGHTS_ASKED),
    ),
    "models/hotel/charges/folio_lines.py": (("if place == last:", "if False:", DISPUTES),),
    "models/hotel/stays/traces.py": (
        ("one.due <= clock if", "True if", TRACES),
        (
            "    if found.is_done:\n        raise TraceDone(name=found.stay.name)\n",
            "",
            TRACES,
        ),
    ),
    "models/ledger/debts/tax_invoices.py": (
        ("min(paid, Folio.get_by_id(folio.key).balance + paid)", "paid", TAX_INVOICES),
        ("    if total > left:", "    if False:", TAX_INVOICES),
        ("invoiced.minor > 0 and invoiced > left", "False", TAX_INVOICES),
    ),
    "models/hotel/stays/sightings.py": (
        ("lives.key == seen.lived", "True", SIGHTINGS),
        ("Stay.left_at >= seen.at", "Stay.left_at < seen.at", SIGHTINGS),
        ("where(Sighting.day == day)", "where(Sighting.day <= day)", SIGHTINGS),
    ),
    "models/hotel/charges/nights.py": (
        ("            settle_packages(job, stay)\n", "            pass\n", PACKAGES),
        ("for is_same_day in (True, False):", "for is_same_day in (False, True):", PACKAGES),
    ),
    "models/hotel/charges/commission.py": (
        ("(Money(int(base), net.currency) + net).part", "net.part", CHANNELS),
        ("-amount, terms.folio", "amount, terms.folio", CHANNELS),
    ),
    "models/hotel/charges/charge_parts.py": (
        ("served = net.part(rules.service) + fixed", "served = net.part(rules.service)", CHANNELS),
    ),
    "models/hotel/rooms/rates.py": (
        ("base.base_id is None and", "", CHANNELS),
        ("_fitting(own, day) or", "", CHANNELS),
    ),
    "models/hotel/folios/room_tender.py": (
        ("back.minor > 0 and stay", "False and stay", PACKAGES),
    ),
    "models/ledger/ways/foreign.py": (
        ("or found.value != take.paying.given:", "or False:", FOREIGN),
        ("or found.rate != take.tender.rate:", "or False:", FOREIGN),
        ("Leg(DRAWER, amount - given)", "Leg(FOREIGN_DRAWER, amount - given)", FOREIGN),
        (
            "Leg(CASH_SHORT if off",
            "Leg(CASH_OVER if off",
            FOREIGN,
        ),
    ),
    "models/ledger/payments/taking.py": (
        ("settled.cash_kept - foreign)", "settled.cash_kept)", FOREIGN),
        ('cards and "" not in cards and', "cards and", "tests/models/ledger/test_taking.py"),
    ),
    "models/listings/listing_groups.py": (
        ("    if name not in reader.seen:\n", "    if False:\n", GROUPS),
        ("kept[value] = [a + int(b)", "kept[value] = [int(b)", GROUPS),
    ),
    "tui/records/groups.py": (("    if source.is_search:\n", "    if False:\n", GROUPS),),
    "models/reports/invoice_requests.py": (
        ("    if is_undone or left_of(bill).minor <= 0:", "    if is_undone:", INVOICES),
        ('WHERE "of_document" = ?\'\n', 'WHERE "of_document" < ?\'\n', INVOICES),
    ),
    "models/shop/reopening.py": (
        ("    if bill.lines or bill.head:", "    if False:", REOPENED),
        ("_by_hand(row, row.discount.minor - promoted)", "None", REOPENED),
    ),
    "models/shop/bill_life.py": (("head, SHOWN: True}", "head, SHOWN: False}", BASKET),),
    "models/shop/bill_changes.py": (
        (
            "and not has_words(reason):\n        raise LineNeedsReason",
            "and not reason:\n        raise LineNeedsReason",
            BASKET,
        ),
    ),
    "receipts/report_bars.py": (
        ("max(abs(each.size)", "min(abs(each.size)", "tests/models/reports/test_drawn.py"),
    ),
    "models/ledger/daily/shift_life.py": ((" or is_off(shift.key)", "", FOREIGN),),
    "models/ledger/daily/drawer.py": (
        ("expected_cash(shift) - cheques_in(shift)", "expected_cash(shift)", CHEQUES),
    ),
    "models/ledger/cheques.py": (("return is_taken or", "return", CHEQUES),),
    "models/ledger/payments/changing_money.py": (
        ("    require_in_drawer(shift, given)\n", "", FOREIGN),
        ("if cash.minor > minor:", "if False:", FOREIGN),
    ),
    "models/hotel/charges/postings.py": (
        (
            "    if line.department == PAID_OUT:\n        raise CashWentOut(text=line.text)\n",
            "",
            PAID_OUTS,
        ),
    ),
}

DESK: tuple[Mutant, ...] = tuple(
    Mutant(file, right, wrong, seen_by)
    for file, faults in _FAULTS.items()
    for right, wrong, seen_by in faults
)
