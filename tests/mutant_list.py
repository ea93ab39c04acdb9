"""The faults that tests/mutants.py plants: file, from, to, the tests that must see it.

The text stands in the file once. Two for each operation at least: what the next person would get
wrong first.
"""

from __future__ import annotations

from tests.mutant_list_buying import BUYING
from tests.mutant_list_desk import DESK
from tests.mutant_list_gateway import GATEWAY
from tests.mutant_list_lots import LOTS
from tests.mutant_list_money import MONEY
from tests.mutant_list_salon import SALON
from tests.mutant_list_seventeen import THE_SEVENTEEN
from tests.mutant_list_tallies import TALLIES
from tests.mutant_list_till import TILL
from tests.mutant_list_trades import TRADES
from tests.mutants import Mutant

APPROVALS = "tests/models/trust/test_approvals.py"
FOLIOS = "tests/models/ledger/test_folios.py"
PLANTED = "tests/models/test_planted.py"
PEOPLE = "tests/models/people/test_people.py"
MERGING = "tests/models/people/test_merging.py"
SEALED = "tests/models/trust/test_sealed.py"
SHIFTS = "tests/models/ledger/test_shifts.py"
SIGN_IN = "tests/models/trust/test_sign_in.py"
HOUSE = "tests/models/trust/test_house.py"
RIGHTS = "tests/models/trust/test_every_right.py"
TAKEN = "tests/models/ledger/test_taken.py"
TAKING = "tests/models/ledger/test_taking.py"
LIMITS = "tests/models/shop/test_bill_limits.py"
BILLS = "tests/models/shop/test_stored_bills.py"
POSTINGS = "tests/models/hotel/charges/test_postings.py"
SALES = "tests/models/shop/test_sales.py"
BASKET = "tests/models/shop/test_basket.py"
BILL_STOCK = "tests/models/shop/test_bill_stock.py"
SCANNED = "tests/models/selling/test_scanned.py"
CARDS = "tests/models/base/test_card_numbers.py"
NOTES = "tests/models/trust/test_notes.py"
CHANGE = "tests/tui/test_change_of_user.py"
PAPER = "tests/models/trust/test_print_queue.py"
OPERATIONS = "tests/models/trust/test_operation.py"

MUTANTS: tuple[Mutant, ...] = (
    *(each for group in THE_SEVENTEEN.values() for each in group),
    Mutant("models/trust/approvals.py", "if request.user != job.user:", "if False:", APPROVALS),
    Mutant("models/trust/approvals.py", "    job.require(kind.execute_right)\n", "", APPROVALS),
    Mutant(
        "models/trust/approvals.py",
        "    job.require(_declared(request).review_right)\n",
        "",
        APPROVALS,
    ),
    Mutant(
        "models/trust/approvals.py",
        "Request.key == request.key, Request.state << before",
        "Request.key == request.key",
        APPROVALS,
    ),
    Mutant("models/trust/operation.py", "        job.require(self.right)\n", "", RIGHTS),
    Mutant("models/trust/operation.py", "if not rights.holds(APPROVE):", "if False:", SIGN_IN),
    Mutant("models/trust/operation.py", "rights.must_change and verb", "False and verb", SIGN_IN),
    Mutant("models/trust/sign_in.py", "if left > whole:", "if False:", SIGN_IN),
    Mutant("models/trust/sign_in.py", "is_early=True)", "is_early=False)", SIGN_IN),
    Mutant("models/trust/sign_in.py", "user is None or user.must_change", "user is None", SIGN_IN),
    Mutant("models/trust/staff.py", "password.unlike != stored", "False", SIGN_IN),
    Mutant(
        "models/trust/staff.py", "!= (job.user, stored):", "!= (job.user, 0) and False:", SIGN_IN
    ),
    Mutant("models/trust/staff.py", "return sees_more or any(", "return any(", HOUSE),
    Mutant("models/trust/users.py", "most is not None and most <= own", "True", HOUSE),
    Mutant(
        "models/trust/staff.py",
        "    _check_role(job, user.role)\n\n    _set_hashes(job, user.key, pin_hash",
        "    _set_hashes(job, user.key, pin_hash",
        HOUSE,
    ),
    Mutant(
        "models/ledger/daily/shift_life.py",
        "and not has_words(reason):\n        raise Difference",
        "and False:\n        raise Difference",
        SHIFTS,
    ),
    Mutant(
        "models/ledger/daily/shift_life.py",
        "    if not counts:\n        raise CountEmpty()\n",
        "",
        SHIFTS,
    ),
    Mutant("models/ledger/daily/shift_life.py", "counts_of(shift.key) + 1", "1", SHIFTS),
    Mutant(
        "tui/desk/trade_screens.py",
        "    await app.in_books(require_right, app.session, entry.right, what=entry.open)\n",
        "",
        CHANGE,
    ),
    Mutant(
        "tui/desk/counter_app.py",
        "isinstance(screen, FrameScreen) and screen.right",
        "False",
        CHANGE,
    ),
    Mutant(
        "models/shop/bill_changes.py",
        "changed, part_of=rest)",
        "changed)",
        "tests/models/shop/test_bill_marks.py",
    ),
    Mutant("models/ledger/daily/prints.py", '    job.require("reprint")\n', "", RIGHTS),
    Mutant(
        "models/ledger/daily/prints.py",
        "if not printed:\n        _copy",
        "if printed:\n        _copy",
        PAPER,
    ),
    Mutant(
        "models/ledger/daily/prints.py", 'job, "reprint", shift', 'job, "no sale", shift', PAPER
    ),
    Mutant("models/trust/print_queue.py", "language or company", '"zh" or company', PAPER),
    Mutant(
        "models/ledger/daily/floats.py",
        "usual.minor * TIMES * TIMES",
        "usual.minor * TIMES",
        SHIFTS,
    ),
    Mutant(
        "models/ledger/daily/shift_life.py",
        "CASH_SHORT if difference.minor < 0",
        "CASH_OVER if difference.minor < 0",
        SHIFTS,
    ),
    Mutant("models/ledger/folios.py", "not KINDS[found.kind].closes_at_zero", "False", FOLIOS),
    Mutant("models/ledger/folios.py", " if KINDS[folio.kind].has_limit else zero", "", FOLIOS),
    Mutant("models/ledger/folios.py", "return self.account in DEBTS", "return False", FOLIOS),
    Mutant(
        "models/ledger/proving/checks.py",
        '    \'OR f."account" <> e."account_id")\',\n',
        "    ')',\n",
        PLANTED,
    ),
    Mutant("models/people/records.py", "raise PersonTwice(", "print(", PEOPLE),
    Mutant("models/people/records.py", 'job.require("see private facts")', "pass", PEOPLE),
    Mutant(
        "models/people/records.py",
        'raise RecordTaken(listing=PEOPLE, name=plain, field="number")',
        "pass",
        PEOPLE,
    ),
    Mutant("models/people/contacts.py", 'job.require("remove contacts")', "pass", PEOPLE),
    Mutant("models/people/contacts.py", "if of.key == who.key:", "if False:", PEOPLE),
    Mutant("models/people/lists.py", "if above.key == key or", "if", PEOPLE),
    Mutant("models/people/lists.py", "is_in_use(CHOICE_USES, key)", "False", PEOPLE),
    Mutant("models/people/twins.py", "return PAPER in self.whys or", "return False and", PEOPLE),
    Mutant("models/people/finding.py", ".endswith(digits)", ".startswith(digits)", PEOPLE),
    Mutant("models/people/papers.py", "_SIGNS[sum_ % 11] == sign", "True", PEOPLE),
    Mutant(
        "models/people/merging.py",
        "if kept == gone or stays.merged_into_id or goes.merged_into_id:",
        "if kept == gone:",
        MERGING,
    ),
    Mutant(
        "models/people/merging.py",
        "held in taken if name in PHONES else held == getattr(goes, name)",
        "True",
        MERGING,
    ),
    Mutant("models/people/merging.py", 'if each not in merge.filled["tags"]', "", MERGING),
    Mutant(
        "models/trust/sealed.py",
        "return self.masked\n\n    def __repr__",
        "return self.text\n\n    def __repr__",
        SEALED,
    ),
    Mutant("models/trust/sealed.py", "text.encode(), place)", "text.encode(), None)", SEALED),
    Mutant(
        "models/ledger/payments/taking.py",
        "        require_in_drawer(shift, -kept)",
        "        pass",
        TAKING,
    ),
    Mutant(
        "models/ledger/payments/taking.py",
        "if back and back > max(",
        "if back > 10**9 + max(",
        TAKING,
    ),
    Mutant(
        "models/ledger/payments/taking.py",
        "if (most + paying.given).minor < 0:",
        "if False:",
        TAKING,
    ),
    Mutant(
        "models/ledger/payments/taking.py",
        "elif given.minor % step.minor and not take.kind.is_foreign:",
        "elif False:",
        TAKING,
    ),
    Mutant(
        "models/ledger/payments/taking.py",
        "PAY_OUT if refunds is None else REFUND",
        '"take payment"',
        TAKING,
    ),
    Mutant(
        "models/ledger/ways/tender_kinds.py",
        "charged.get(key, Money(0, given.currency)) + given",
        "given",
        TAKING,
    ),
    Mutant("models/ledger/payments/taken.py", "    _CLEAR.run(draft)", "    pass", TAKEN),
    Mutant(
        "models/ledger/payments/taken.py",
        "    drafts.hold(draft, job.register)\n    require_none_open(draft)\n    taken,",
        "    taken,",
        TAKEN,
    ),
    Mutant("models/ledger/payments/taken.py", "[*taken.values(), take]", "[take]", TAKEN),
    Mutant(
        "models/ledger/daily/shift_life.py",
        "if taken := taken_at(register):",
        "if taken := None:",
        TAKEN,
    ),
    Mutant("models/ledger/debts/account_payments.py", "head != head:", "head == {}:", TAKEN),
    Mutant("models/base/card_numbers.py", "(fields, fields[::-1])", "(fields,)", CARDS),
    Mutant("models/base/card_numbers.py", '("2221", "2720"', '("2221", "2222"', CARDS),
    Mutant("models/trust/notes.py", '"bag", ', "", NOTES),
    Mutant("models/trust/notes.py", '"notes", ', "", NOTES),
    Mutant("models/trust/notes.py", "list | tuple", "tuple", NOTES),
    Mutant(
        "models/trust/notes.py",
        "_gather({name: getattr(value, name) for name in names}, found)",
        "pass",
        "tests/models/ledger/test_taking.py::test_what_is_refused",
    ),
    Mutant("models/trust/sign_in.py", "    refuse_card_number(reason)\n", "", OPERATIONS),
    Mutant("models/hotel/charges/charging.py", "account=line.account", "account=6001", POSTINGS),
    Mutant(
        "models/selling/charges.py",
        "add(tax.account, tax.tax.minor)",
        "add(2203, tax.tax.minor)",
        SALES,
    ),
    Mutant("models/shop/sales.py", "    require_allowed(job, stored, bill.amount)\n", "", LIMITS),
    Mutant(
        "models/shop/bill_limits.py",
        "discount, Rate) and discount > limit:\n        # By",
        "discount, Rate) and False:\n        # By",
        LIMITS,
    ),
    Mutant(
        "models/shop/bill_limits.py", "return amount.minor <= granted.upto", "return True", LIMITS
    ),
    Mutant(
        "models/shop/bill_limits.py",
        "return line.quantity.thousandths <= upto",
        "return True",
        LIMITS,
    ),
    Mutant(
        "models/shop/bill_limits.py",
        "return line.quantity.thousandths >= upto",
        "return True",
        LIMITS,
    ),
    Mutant(
        "models/shop/bill_limits.py",
        "given += min(_amount(line, rules), lowest)",
        "given += lowest",
        LIMITS,
    ),
    Mutant(
        "models/shop/bill_changes.py",
        "        _require_bill(job, draft, changed, rest)",
        "        pass",
        LIMITS,
    ),
    Mutant("models/shop/bill_changes.py", '    job.require("void line")\n', "", RIGHTS),
    Mutant(
        "models/shop/bill_changes.py",
        "        drafts.save_head(draft, job.register, kept)\n        return False\n",
        "        return False\n",
        BILLS,
    ),
    Mutant(
        "models/shop/bill_changes.py",
        "        require_nothing_taken(draft)\n",
        "        pass\n",
        TAKEN,
    ),
    Mutant("models/shop/bill_life.py", "    require_nothing_taken(draft)\n", "", TAKEN),
    Mutant("models/shop/bill_life.py", "    require_cash_here(job, draft)\n", "", TAKEN),
    Mutant("models/shop/bill_life.py", "state=CANCELLED", 'state="held"', BASKET),
    Mutant(
        "models/shop/bill_stock.py", "wanted > _let_go(basket.head, item.goods)", "True", BILL_STOCK
    ),
    Mutant("models/shop/bill_stock.py", "if units <= _let_go(head, goods))", ")", BILL_STOCK),
    Mutant(
        "models/ledger/daily/shift_life.py",
        "if lines and not leaves_work:",
        "if False:",
        "tests/models/shop/test_sales.py",
    ),
    Mutant(
        "models/shop/basket.py", "quantity is not None and found.says_how_much", "False", SCANNED
    ),
    Mutant("models/shop/basket.py", "        if not is_sure:\n", "        if False:\n", BILL_STOCK),
    Mutant("tui/desk/closing.py", "and not screen.may_be_seen(rights)", "and False", CHANGE),
    Mutant("tui/desk/closing.py", "(with_panels and ", "(False and ", CHANGE),
    Mutant(
        "tui/records/forms/form.py",
        "seen = {each.name for each in self.listing.seen(rights)}",
        "seen = set(self.listing.by_name)",
        CHANGE,
    ),
    Mutant(
        "tui/records/source.py",
        "hidden = self.listing.by_name.keys() - seen",
        "hidden = set[str]()",
        CHANGE,
    ),
    *TALLIES,
    *TRADES,
    *DESK,
    *TILL,
    *GATEWAY,
    *LOTS,
    *MONEY,
    *BUYING,
    *SALON,
)
