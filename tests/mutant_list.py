"""The faults that tests/mutants.py plants: file, from, to, the tests that must see it.

The text stands in the file once. Two for each operation at least: what the next person would get
wrong first.
"""

from __future__ import annotations

from tests.mutants import Mutant

APPROVALS = "tests/models/trust/test_approvals.py"
FOLIOS = "tests/models/ledger/test_folios.py"
PLANTED = "tests/models/test_planted.py"
SHIFTS = "tests/models/ledger/test_shifts.py"

MUTANTS: tuple[Mutant, ...] = (
    Mutant("models/trust/approvals.py", "if request.user == job.user:", "if False:", APPROVALS),
    Mutant("models/trust/approvals.py", "if request.user != job.user:", "if False:", APPROVALS),
    Mutant("models/trust/approvals.py", "    job.require(kind.execute_right)\n", "", APPROVALS),
    Mutant(
        "models/trust/approvals.py",
        "    job.require(KINDS[request.kind].review_right)\n",
        "",
        APPROVALS,
    ),
    Mutant(
        "models/trust/approvals.py",
        "Request.key == request.key, Request.state << before",
        "Request.key == request.key",
        APPROVALS,
    ),
    Mutant("models/ledger/shifts.py", "if difference and not reason.strip():", "if False:", SHIFTS),
    Mutant(
        "models/ledger/shifts.py",
        "CASH_SHORT if difference.minor < 0",
        "CASH_OVER if difference.minor < 0",
        SHIFTS,
    ),
    Mutant("models/ledger/folios.py", "not KINDS[found.kind].closes_at_zero", "False", FOLIOS),
    Mutant("models/ledger/folios.py", "KINDS[folio.kind].has_limit and ", "", FOLIOS),
    Mutant("models/ledger/folios.py", "return self.account in DEBTS", "return False", FOLIOS),
    Mutant(
        "models/ledger/checks.py",
        '    \'OR f."account" <> e."account_id")\',\n',
        "    ')',\n",
        PLANTED,
    ),
)
