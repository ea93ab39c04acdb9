"""Faults in what is paid ahead: vouchers and store credit."""

from __future__ import annotations

from tests.mutants import Mutant

LOTS_TESTS = "tests/models/members/test_lots.py"

LOTS: tuple[Mutant, ...] = (
    Mutant(
        "models/shop/unslipped.py",
        "if stays_as_credit.value() and not all(",
        "if stays_as_credit.value() and not any(",
        LOTS_TESTS + "::test_without_a_slip_it_stays_as_credit_where_the_store_says_so",
    ),
    Mutant(
        "models/ledger/daily/prints.py",
        "become(job, job_in(made), state=PRINTED)",
        "pass",
        "tests/tui/test_bill_on_a4.py",
    ),
    Mutant(
        "models/ledger/daily/prints.py",
        "made = print_again(job, job_in(key), printer=TO_FILE)",
        "made = print_again(job, job_in(key))",
        "tests/tui/test_bill_on_a4.py",
    ),
    Mutant(
        "models/ledger/ways/tender_kinds.py",
        "(is_used or code in seen)",
        "is_used",
        "tests/models/ledger/test_too_much.py::test_a_coupon_of_a_platform_is_used_once",
    ),
    Mutant(
        "models/ledger/ways/tender_kinds.py",
        "(is_used or code in seen)",
        "code in seen",
        "tests/models/ledger/test_too_much.py::test_a_coupon_of_a_platform_is_used_once",
    ),
    Mutant(
        "models/ledger/payments/taking.py",
        'job.require(PAY_OUT, out)',
        "pass",
        "tests/models/ledger/test_too_much.py"
        "::test_what_a_card_paid_too_much_goes_back_in_cash",
    ),
    Mutant(
        "models/ledger/payments/taking.py",
        "if not settled.change and any(take.kind.is_cash for take in takes):",
        "if not settled.change:",
        "tests/models/ledger/test_too_much.py"
        "::test_what_a_card_paid_too_much_goes_back_in_cash",
    ),
    Mutant(
        "models/members/vouchers.py", "legs += issue(", "legs = issue(", LOTS_TESTS
    ),
    Mutant(
        "models/members/vouchers.py",
        "if any(take.tender.kind in KINDS for",
        "if False and any(take.tender.kind in KINDS for",
        LOTS_TESTS + "::test_what_a_voucher_cannot_be",
    ),
    Mutant(
        "models/members/vouchers.py",
        "taking = take_payments(job, -found.rest, payings, refunds=found.document)",
        "taking = take_payments(job, -found.rest, payings)",
        LOTS_TESTS + "::test_goods_come_back_for_credit_however_they_were_paid",
    ),
    Mutant(
        "models/members/vouchers.py",
        "move(job, document, found, -found.rest, why=CASHED)",
        "move(job, document, found, -found.value, why=CASHED)",
        LOTS_TESTS + "::test_goods_come_back_for_credit_however_they_were_paid",
    ),
    Mutant(
        "models/members/vouchers.py",
        "Lot.expires <= job.day",
        "Lot.expires < job.day",
        LOTS_TESTS + "::test_the_days_close_earns_what_ran_out",
    ),
    Mutant(
        "models/members/vouchers.py",
        "is_active = not found.is_active",
        "is_active = True",
        LOTS_TESTS + "::test_what_is_no_voucher_here_pays_nothing",
    ),
    Mutant(
        "models/members/vouchers.py",
        "changes = put(found, person=person, name=name, expires=expires)",
        "changes = put(found, person=person, name=name)",
        LOTS_TESTS + "::test_what_is_no_voucher_here_pays_nothing",
    ),
    Mutant(
        "models/members/lots.py",
        "if part.minor > 0 and lot.is_active and not is_over(lot, job.day):",
        "if part.minor > 0:",
        LOTS_TESTS + "::test_what_a_voucher_cannot_be",
    ),
    Mutant(
        "models/members/tenders.py",
        "elif require_lots(code, kind) and room_on(code) < -amount:",
        "elif False:",
        LOTS_TESTS + "::test_no_more_goes_onto_a_voucher_than_it_was_worth",
    ),
    Mutant(
        "models/ledger/payments/taking.py",
        "if (most + paying.given).minor < 0:",
        "if not is_any and (most + paying.given).minor < 0:",
        LOTS_TESTS + "::test_without_a_slip_it_stays_as_credit_where_the_store_says_so",
    ),
)  # fmt: skip
