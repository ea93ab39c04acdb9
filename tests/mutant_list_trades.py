"""More faults for tests/mutants.py: the hotel, sales and takings, stock, imports, paper."""

from __future__ import annotations

from tests.mutants import Mutant

POSTINGS = "tests/models/hotel/charges/test_postings.py"
STAYS = "tests/models/hotel/desk/test_stays.py"
CANCELLING = "tests/models/hotel/reservations/test_cancelling.py"
SHARING = "tests/models/hotel/stays/test_sharing.py"
BY_DAY = "tests/models/hotel/reservations/test_by_day.py"
BOOKINGS = "tests/models/hotel/reservations/test_bookings.py"
EXCHANGES = "tests/models/shop/test_exchanges.py"
EVERY_RIGHT = "tests/models/trust/test_every_right.py"
UNFINISHED = "tests/models/shop/test_unfinished_returns.py"
RETURNS = "tests/models/shop/test_returns.py"
SALES = "tests/models/shop/test_sales.py"
FIGURES = "tests/models/shop/test_takings_figures.py"
UNATTENDED = "tests/models/hotel/audit/test_unattended.py"
FOLIO_KINDS = "tests/models/hotel/folios/test_kinds_of_folio.py"
RECEIVABLES = "tests/models/ledger/test_receivables.py"
SHIFTS = "tests/models/ledger/test_shifts.py"
OVER = "tests/models/ledger/test_shifts_over.py"
STOCK = "tests/models/stock/test_stock.py"
TILL_HEADS = "tests/models/stock/test_till_heads.py"
COPIES = "tests/receipts/test_copies_marked.py"
SETTLING = "tests/models/base/test_settling.py"
SINKS = "tests/tui/test_sinks.py"
PAST = "tests/models/hotel/stays/test_history.py"


# File: right, wrong, and the tests that must see it.
_FAULTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "models/hotel/stays/stays.py": (
        ("for night in nights if night.takes_room]", "for night in nights]", BY_DAY),
        ("Stay.person == now.key, Stay.state.in_(HOLDING)", "Stay.person == now.key", PAST),
    ),
    "models/hotel/charges/nights.py": (
        ("max(arrived, clock.now())", "arrived", BY_DAY),
        ("        grace=timedelta(minutes=plan.grace_minutes),\n", "", BY_DAY),
    ),
    "models/hotel/reservations/cancelling.py": (
        ("(stay.arrival - day).days < days", "(stay.arrival - day).days <= days", CANCELLING),
        (
            "    if asked < due:\n        job.require",
            "    if asked < asked:\n        job.require",
            CANCELLING,
        ),
    ),
    "models/hotel/stays/sharing.py": (
        ("    room_days.move(_of_his_own(heir), sold=1)\n", "    _of_his_own(heir)\n", SHARING),
        ("    room_days.take(_of_his_own(stay))\n", "    _of_his_own(stay)\n", SHARING),
    ),
    "models/hotel/reservations/retyping.py": (
        ("    room_days.move(counted(nights), sold=-1)\n", "", BY_DAY),
        ("listed = [] if is_free else", "listed = [] if not is_free else", BY_DAY),
    ),
    "models/hotel/audit/day_figures.py": (
        ("int(adults) + len(Stay.children.python_value(children))", "int(adults)", BY_DAY),
        ("kind = FREE if use == PAID and not price else use", "kind = use", BY_DAY),
    ),
    "models/hotel/audit/audit.py": (
        (
            "    prove_day(day)\n",
            "",
            UNATTENDED + "::test_the_close_itself_proves",
        ),
    ),
    "models/hotel/audit/audit_proof.py": (
        (
            "if agreed != charged:",
            "if False:",
            UNATTENDED + "::test_the_day_does_not_turn_when_books_or_nights_are_wrong",
        ),
        (
            "Stay.departure > day,",
            "Stay.departure > day, Stay.key < 0,",
            UNATTENDED + "::test_the_day_does_not_turn_when_books_or_nights_are_wrong",
        ),
    ),
    "models/hotel/audit/unattended.py": (
        (
            "    if store_day() != day:\n        return\n",
            "",
            UNATTENDED + "::test_a_quiet_house_is_closed_by_itself_and_its_paper_printed",
        ),
        (
            "(policy == NO_SHOW and _is_guaranteed(s))",
            "False",
            UNATTENDED + "::test_a_guaranteed_room_is_kept_for_a_person_unless_the_fee_is_taken",
        ),
    ),
    "models/ledger/debts/staff_accounts.py": (
        (
            "found.kind != EMPLOYEE or ",
            "",
            FOLIO_KINDS + "::test_a_non_guest_eats_pays_and_his_account_is_closed",
        ),
        (
            "    allocate_oldest(job, found, document)\n",
            "",
            FOLIO_KINDS + "::test_what_the_staff_had_is_kept_back_from_their_wages",
        ),
    ),
    "models/ledger/debts/receivables.py": (
        (
            "0 < amount.minor <= owed.left.minor",
            "0 < amount.minor",
            RECEIVABLES + "::test_a_debt_is_given_up_in_part_and_becomes_a_loss",
        ),
        (
            "    settle(job, owed, loss, amount)\n",
            "",
            RECEIVABLES + "::test_a_debt_is_given_up_in_part_and_becomes_a_loss",
        ),
        (
            'job.require("write off", amount.minor)',
            "pass",
            RECEIVABLES + "::test_a_debt_is_given_up_by_who_may_or_with_approval",
        ),
        (
            "is_ours = sign_of(found) > 0 and owed.is_charge",
            "is_ours = owed.is_charge",
            RECEIVABLES + "::test_what_the_store_owes_is_not_given_up_by_it",
        ),
        (
            "0 < total.minor <= credit_of(found).minor",
            "0 < total.minor",
            RECEIVABLES + "::test_what_was_paid_in_advance_goes_back_the_way_it_came",
        ),
        (
            "    allocate_oldest(job, folio, document)\n",
            "",
            RECEIVABLES + "::test_what_was_paid_in_advance_goes_back_the_way_it_came",
        ),
    ),
    "models/ledger/debts/dues.py": (
        (
            " or other.is_disputed",
            "",
            RECEIVABLES + "::test_another_day_is_agreed_and_what_is_disputed_is_not_asked_for",
        ),
    ),
    "models/reports/statements.py": (
        (
            " and not item.is_disputed",
            "",
            RECEIVABLES + "::test_a_reminder_asks_for_what_is_overdue_and_not_disputed",
        ),
        (
            "item.amount for item in items if item.day < first",
            "item.amount for item in items if item.day <= first",
            RECEIVABLES + "::test_a_statement_tells_every_entry_and_what_it_came_to",
        ),
    ),
    "models/shop/returns.py": (
        (
            "if sold.day != store_day():",
            "if False:",
            OVER + "::test_a_sale_of_a_closed_day_comes_back_and_is_not_undone",
        ),
        ("    if sold.shift != shift:", "    if False:", RETURNS),
        ("if any(line.back for line in lines):", "if False:", RETURNS),
        ("if giving.total != shown:", "if False:", RETURNS),
    ),
    "models/shop/exchanges.py": (
        ("if found.due != shown:", "if False:", EXCHANGES),
        ("reverses=sold.key", "reverses=None", EXCHANGES),
    ),
    "models/shop/unslipped.py": (
        ("job.require(NO_SLIP, bill.total.minor)", "pass", EXCHANGES),
        ("if taken and not unslipped_of(stored.draft.head):", "if False:", EXCHANGES),
        ("taken=taken, shift=shift", "shift=shift", UNFINISHED),
        ("    _require_rights(job, bill.total)\n", "", EVERY_RIGHT),
    ),
    "models/ledger/payments/agreed.py": (
        ("abs(due.minor) <= most and ", "", UNFINISHED),
        (" and are_as_saved(Draft, [draft])", "", UNFINISHED),
    ),
    "models/shop/return_lines.py": (
        (
            "return_line(sold.priced, quantity, returned=sold.back)",
            "return_line(sold.priced, quantity, returned=Quantity(0))",
            RETURNS,
        ),
        ("    return most - odd if odd <=", "    return most if odd <=", EXCHANGES),
        (
            "if not Quantity(0) < quantity <= sold.left:",
            "if not Quantity(0) < quantity <= sold.line.quantity:",
            RETURNS,
        ),
        ("    if is_all:\n", "    if False:\n", RETURNS),
    ),
    "models/hotel/charges/postings.py": (
        (
            " or found.is_posting_stopped:",
            ":",
            STAYS + "::test_charges_are_held_against_credit_and_deposit",
        ),
        (
            "if found.document.day != day:",
            "if False:",
            POSTINGS + "::test_on_a_later_day_it_is_an_adjustment",
        ),
        (
            "left = found.amount - let_off(found)",
            "left = found.amount",
            POSTINGS + "::test_on_a_later_day_it_is_an_adjustment",
        ),
        (
            'job.require("adjust charge", amount.minor)',
            "pass",
            POSTINGS + "::test_an_adjustment_has_a_limit",
        ),
        (
            "price is None or price.minor <= 0 or",
            "price is None or",
            POSTINGS + "::test_prices_by_piece_and_what_cannot_be_charged",
        ),
        (
            "if found.kind != CHARGE:",
            "if False:",
            POSTINGS + "::test_a_void_of_today_leaves_both_lines",
        ),
    ),
    "models/hotel/folios/transfers.py": (
        (
            "if is_answered(found) or found.kind == VOID:",
            "if False:",
            POSTINGS + "::test_a_transfer_keeps_code_and_day_and_touches_no_revenue",
        ),
        (
            "0 < amount.minor < found.amount.minor:",
            "0 < amount.minor:",
            POSTINGS + "::test_a_line_in_two",
        ),
    ),
    "models/hotel/desk/arrivals.py": (
        (
            "if not found.lasts(job.day):",
            "if False:",
            STAYS + "::test_who_cannot_be_checked_in",
        ),
        (
            "present.care in (CLEAN, INSPECTED) or takes_dirty_rooms.value()",
            "True",
            STAYS + "::test_who_cannot_be_checked_in",
        ),
        (
            "paper=masked(guest.paper)",
            "paper=guest.paper[:20]",
            STAYS + "::test_a_reserved_guest_checks_in_with_a_deposit",
        ),
        (
            "    apply_deposits(job, stay, folio)\n",
            "",
            STAYS + "::test_deposits_before_arrival_are_owed_until_the_guest_comes",
        ),
    ),
    "models/hotel/desk/departures.py": (
        (
            "if before.balance != shown:",
            "if False:",
            STAYS + "::test_every_night_that_is_not_posted_is_posted_by_the_check_out",
        ),
        (
            "if found.left_day != job.day:",
            "if False:",
            STAYS + "::test_reinstated_on_the_day_and_not_later",
        ),
        (
            "Room.update(care=DIRTY,",
            "Room.update(care=Room.care,",
            STAYS,
        ),
    ),
    "models/hotel/reservations/bookings.py": (
        (
            "arrival=arrival >= job.day, departure=fits(plan, nights)",
            "departure=fits(plan, nights)",
            BOOKINGS + "::test_what_cannot_be_booked",
        ),
        (
            'job.require("agree rates")',
            "pass",
            BOOKINGS + "::test_an_agreed_price_needs_its_right",
        ),
        (
            "        room_days.take((night.day, night.room_type) for night in listed)\n",
            "        pass\n",
            BOOKINGS + "::test_an_overbooked_day_and_a_room_out_of_order",
        ),
        (
            "if found is None or found.version != version:",
            "if found is None:",
            BOOKINGS,
        ),
    ),
    "models/hotel/charges/fees.py": (
        (
            "if last is None or last.use in BY_DAY or now",
            "if last is None or now",
            "tests/models/hotel/reservations/test_by_day.py",
        ),
    ),
    "models/hotel/reservations/changing.py": (
        (
            "if any(night.document is not None for night in then.gone):",
            "if False:",
            BOOKINGS + "::test_more_persons_price_the_nights_anew_but_not_posted_ones",
        ),
    ),
    "models/hotel/charges/windows.py": (
        (
            "min(part, rule.most - sent)",
            "min(part, rule.most)",
            STAYS + "::test_charges_go_where_the_instructions_say",
        ),
    ),
    "models/hotel/shipping.py": (
        (
            "    store_value(days.shifts_go_over.name, True)\n",
            "",
            UNATTENDED + "::test_it_stops_where_a_person_must_answer_and_goes_on_from_there",
        ),
    ),
    "models/reports/takings.py": (
        (
            """f'AND d."day" <= ? AND""",
            """f'AND d."day" >= ? AND""",
            OVER + "::test_both_sides_of_the_close",
        ),
        (
            's."closed_day" > ?)',
            's."closed_day" > ? AND 1 = 0)',
            OVER + "::test_both_sides_of_the_close",
        ),
        (
            'sum(CASE WHEN {_BILLS} THEN d."total" ELSE 0 END)',
            'sum(d."total")',
            OVER + "::test_both_sides_of_the_close",
        ),
        (
            'sum(l."discount" + l."share")',
            'sum(l."share")',
            FIGURES,
        ),
        (
            'l."quantity" * l."pack" / 1000',
            'l."quantity"',
            f"{SALES} {FIGURES}",
        ),
        (
            'sum(l."net" + l."tax")',
            'sum(l."net")',
            FIGURES,
        ),
        (
            "if row.attempt == rows[0].attempt",
            "if row",
            SHIFTS + "::test_a_count_is_blind_and_each_one_is_kept",
        ),
        (
            '"counted" - "expected"',
            '"counted"',
            FIGURES,
        ),
    ),
    "models/base/settling.py": (
        (
            "pays_cash = overpaid or any(",
            "pays_cash = any(",
            SETTLING,
        ),
        (
            "sign = -1 if due < zero else 1",
            "sign = 1",
            SETTLING,
        ),
    ),
    "models/sheets/sheet_text.py": (
        (
            "elif is_open and len(cells) < shape.width and not",
            "elif False and not",
            TILL_HEADS + "::test_a_file_that_breaks_off_is_told",
        ),
    ),
    "receipts/slips/held.py": (
        (
            "        *copy_marks(how),\n",
            "",
            COPIES,
        ),
    ),
    "receipts/slips/sale.py": (
        (
            "    parts += copy_marks(how)\n",
            "",
            COPIES,
        ),
    ),
    "receipts/slips/shift.py": (
        (
            "*copy_marks(how), ",
            "",
            COPIES,
        ),
    ),
    "tui/desk/safe.py": (
        (
            "if c.isprintable() or c.isspace())",
            ")",
            SINKS,
        ),
    ),
    "models/stock/stock.py": (
        (
            "return whole - sum(more for (each, _), more in there.items() if each == goods)",
            "return whole",
            "tests/models/stock/test_stock_list.py::test_places_apart_and_together",
        ),
        (
            "nothing = Money.zero(store_currency())",
            "nothing = stock_of(goods).average.times(quantity)",
            STOCK + "::test_carrying_goods_costs_nothing_also_over_a_shortage",
        ),
        (
            "self._add((line, goods, target), quantity, nothing)",
            "self._add((line, goods, origin), quantity, nothing)",
            STOCK + "::test_carrying_goods_costs_nothing_also_over_a_shortage",
        ),
        (
            "enumerate(self._rows, 1)",
            "enumerate(self._rows, 7)",
            STOCK + "::test_a_line_may_have_several_moves",
        ),
    ),
}

TRADES: tuple[Mutant, ...] = tuple(
    Mutant(file, right, wrong, seen_by)
    for file, faults in _FAULTS.items()
    for right, wrong, seen_by in faults
)
