"""More faults for tests/mutants.py: payments, days, shifts, debts, and the index of people."""

from __future__ import annotations

from tests.mutants import Mutant

TAKING = "tests/models/ledger/test_taking.py"
HANDOVER = "tests/models/ledger/test_handover.py"
DAYS = "tests/models/ledger/test_days.py"
SHIFTS = "tests/models/ledger/test_shifts.py"
OVER = "tests/models/ledger/test_shifts_over.py"
DUES = "tests/models/ledger/test_dues.py"
APPROVALS = "tests/models/trust/test_approvals.py"
RUNS = "tests/models/stock/test_goods_import_runs.py"
RECORDS = "tests/models/goods/test_records.py"
MERGING = "tests/models/people/test_merging.py"
CUSTOMERS = "tests/models/shop/test_customers.py"
PAST = "tests/models/hotel/stays/test_history.py"
PEOPLE_INDEX = "tests/models/people/test_people_index.py"

# File: right, wrong, and the tests that must see it.
_FAULTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "models/ledger/payments/taking.py": (
        (
            "if given > left_said and not take.kind.is_cash:",
            "if False:",
            TAKING + "::test_a_payment_is_refused_before_anything_is_asked_about_it",
        ),
        (
            "if given.minor < 0 or (not given and in_cash(left, rule)):",
            "if given.minor < 0:",
            TAKING + "::test_a_payment_is_refused_before_anything_is_asked_about_it",
        ),
        (
            "if len(paying.last_four.strip()) > 4:",
            "if False:",
            TAKING + "::test_what_is_refused",
        ),
        (
            "        if not given:\n",
            "        if False:\n",
            TAKING + "::test_what_is_refused",
        ),
    ),
    "models/ledger/daily/handover.py": (
        (
            "    if not is_printed.value():\n        return\n",
            "",
            HANDOVER + "::test_nothing_is_printed_where_nobody_wants_it",
        ),
        (
            'body = {"shift": shift, "float": worth(usual, store_currency()).minor, "left": left}',
            'body = {"shift": shift, "float": 0, "left": left}',
            HANDOVER + "::test_the_next_shift_reads_what_was_counted_and_what_is_open",
        ),
    ),
    "models/ledger/daily/days.py": (
        (
            'f"{store_number()} {day.isoformat()}"',
            'f"{store_number()}"',
            DAYS + "::test_two_who_close_a_day_close_it_once",
        ),
        (
            "    require_shifts_ready()\n",
            "",
            DAYS + "::test_closing_a_day",
        ),
        (
            "if shift.state == SHIFT_COUNTED]",
            "if False]",
            OVER + "::test_a_counted_shift_is_closed_on_the_date_of_its_count",
        ),
        (
            "    if not shifts_go_over.value():\n",
            "    if False:\n",
            DAYS + "::test_closing_a_day",
        ),
        (
            "if not job.day < next_day <= job.day + FURTHEST:",
            "if False:",
            DAYS + "::test_the_next_day_comes_after_this_one",
        ),
        (
            "is_overdue(day) and not hindering_shifts()",
            "is_overdue(day)",
            DAYS + "::test_a_shift_that_is_open_goes_on_over_midnight",
        ),
        (
            "is_overdue(day) and not hindering_shifts()",
            "is_overdue(day) and not open_shifts()",
            OVER + "::test_where_shifts_go_over_none_is_opened_on_an_old_day",
        ),
    ),
    "models/ledger/daily/drawer.py": (
        (
            "if amount > expected_cash(shift) - cheques_in(shift):",
            "if False:",
            SHIFTS + "::test_amounts_that_cannot_be",
        ),
    ),
    "models/ledger/daily/shift_life.py": (
        (
            "if current_shift(job.register) is not None:",
            "if False:",
            SHIFTS + "::test_one_shift_at_a_register",
        ),
    ),
    "models/ledger/debts/dues.py": (
        (
            "days > edge for edge in BUCKETS",
            "days >= edge for edge in BUCKETS",
            DUES + "::test_ageing_puts_items_by_the_days_they_are_overdue",
        ),
        (
            "return -1 if folio.is_debt else 1",
            "return 1",
            DUES + "::test_a_supplier_is_the_mirror_of_a_customer",
        ),
    ),
    "models/trust/approvals.py": (
        (
            "return request.user != user and rights.holds",
            "return rights.holds",
            APPROVALS + "::test_nobody_reviews_his_own",
        ),
        (
            "    if not has_words(note):\n",
            "    if False:\n",
            APPROVALS + "::test_refused_and_withdrawn",
        ),
    ),
    "models/stock/goods_undo.py": (
        (
            "stays = used | changed",
            "stays = used",
            RUNS + "::test_undoing_takes_away_what_was_made_for_it",
        ),
    ),
    "models/goods/records.py": (
        (
            "    if is_used(key):\n",
            "    if False:\n",
            RECORDS + "::test_what_was_sold_moved_or_lies_in_a_bill_is_not_deleted",
        ),
    ),
    "models/listings/listing_reader.py": (
        ("        for name in self.listing.through:\n", "        for name in ():\n", CUSTOMERS),
    ),
    "models/ledger/folios.py": (
        ("        put(folio, name=now.name, pinyin=now.pinyin)\n", "        pass\n", PAST),
    ),
    "models/people/merging.py": (
        (
            "        require_seen_in(job, each)\n    if kept",
            "        pass\n    if kept",
            MERGING + "::test_whoever_is_somebody_elses_is_out_of_reach_of_every_operation",
        ),
        (
            "        require_seen_in(job, each)\n    before",
            "        pass\n    before",
            MERGING + "::test_whoever_is_somebody_elses_is_out_of_reach_of_every_operation",
        ),
    ),
    "models/people/records.py": (
        (
            "    keep_person(before, made)\n",
            "",
            PEOPLE_INDEX + "::test_the_index_follows_a_record",
        ),
        (
            "    keep_person(before, found)\n",
            "",
            PEOPLE_INDEX + "::test_the_index_follows_a_record",
        ),
    ),
    "models/people/people_import.py": (
        (
            "    keep_index(PEOPLE_INDEX, before, indexed(keys))\n",
            "",
            PEOPLE_INDEX + "::test_the_index_follows_an_import_and_its_undoing",
        ),
    ),
    "models/people/people_undo.py": (
        (
            "    wait_for_index(PEOPLE_INDEX, used | changed)\n",
            "",
            PEOPLE_INDEX + "::test_who_stays_is_found_whatever_waited",
        ),
        (
            "    keep_index(PEOPLE_INDEX, [before], indexed([found.key]))\n",
            "",
            PEOPLE_INDEX + "::test_the_index_follows_an_import_and_its_undoing",
        ),
    ),
}

MONEY: tuple[Mutant, ...] = tuple(
    Mutant(file, right, wrong, seen_by)
    for file, faults in _FAULTS.items()
    for right, wrong, seen_by in faults
)
