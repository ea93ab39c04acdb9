"""The faults that once lived through every test: each stands for a kind, and the tests that see it
now look at the kind.

Twelve would have cost money or trust. Five were seen only by the tests that measure time and run
alone, at the end of a run that takes many minutes.
"""

from __future__ import annotations

from tests.mutants import Mutant

APPROVALS = "tests/models/trust/test_approvals.py"
RIGHTS = "tests/models/trust/test_every_right.py"
HOUSE = "tests/models/trust/test_house.py"
DUES = "tests/models/ledger/test_dues.py::test_no_more_of_a_payment_settles_items_than_was_paid"
FIGURES = "tests/models/shop/test_takings_figures.py"
SALES = "tests/models/shop/test_sales.py"
COPIES = "tests/receipts/test_copies_marked.py"
SHEETS = "tests/models/sheets/test_sheets.py"
SINKS = "tests/tui/test_sinks.py"
BASKET = "tests/models/shop/test_basket.py::test_holding_and_fetching_are_one_step"
GATE = "tests/tui/test_gate.py"

MATTERED: dict[str, tuple[Mutant, ...]] = {
    "an approval by oneself": (
        Mutant(
            "models/trust/approvals.py", "if job.involves(request.user):", "if False:", APPROVALS
        ),
    ),
    "rights checks dropped in hiring": (
        Mutant("models/trust/staff.py", 'job.require("grant rights")', "pass", RIGHTS),
        Mutant(
            "models/trust/staff.py",
            "    _check_role(job, role)\n\n    user = new_user(",
            "    user = new_user(",
            HOUSE,
        ),
    ),
    "rights checks dropped in a resumed import": (
        Mutant(
            "models/imports/imports.py",
            "    job.require(kind_named(found.kind).right)\n    if",
            "    if",
            RIGHTS,
        ),
    ),
    "the payment side of an allocation": (
        Mutant(
            "models/ledger/debts/dues.py",
            "        paid.amount.minor <= after[1].minor <= 0\n",
            "        after[1] is not None\n",
            DUES,
        ),
        Mutant(
            "models/ledger/debts/dues.py",
            "        paid.amount.minor <= after[1].minor <= 0\n",
            "        after[1].minor <= 0\n",
            DUES,
        ),
    ),
    "X, Z and day using what was given": (
        Mutant(
            "models/reports/takings.py",
            'sum(p."amount") FROM "document" d',
            'sum(p."given") FROM "document" d',
            FIGURES,
        ),
    ),
    "discounts without the bill's share": (
        Mutant(
            "models/reports/takings.py",
            'sum(l."discount" + l."share")',
            'sum(l."discount")',
            FIGURES,
        ),
    ),
    "the chain head of another close": (
        Mutant(
            "models/reports/takings.py", "            Audit.at == shift.closed_at,\n", "", FIGURES
        ),
    ),
    "weighed lines as pieces": (
        Mutant("models/shop/sales.py", "    if one.is_weighed:\n", "    if False:\n", SALES),
        Mutant("models/shop/basket.py", "1000 if line.item.is_weighed else ", "", SALES),
    ),
    "the COPY mark on day slips and on cash slips": (
        Mutant("receipts/slips/common.py", "*copy_marks(how), Rule", "Rule", COPIES),
    ),
    "a list over 200 kB in another encoding": (
        Mutant(
            "models/sheets/sheet_text.py",
            "    return _of_bytes(_first_wide(source))\n",
            "    return _of_bytes(sample)\n",
            SHEETS,
        ),
        Mutant(
            "models/sheets/sheet_text.py",
            "    for piece in pieces(source):\n        if is_plain and",
            "    for piece in [beginning(source, _SAMPLE)]:\n        if is_plain and",
            SHEETS,
        ),
    ),
    "control characters in an alarm": (
        Mutant("tui/widgets/notice.py", "clean(again(notices.alarm))", "notices.alarm", SINKS),
        Mutant("tui/widgets/panel.py", "{clean(alarm)}", "{alarm}", SINKS),
    ),
    "fetching without holding the open bill": (
        Mutant(
            "models/shop/bill_life.py",
            "    if before is not None and before.lines:\n",
            "    if False:\n",
            BASKET,
        ),
        Mutant(
            "models/shop/bill_life.py",
            "    name = called or called_by_hand(basket.head) or title\n",
            "    name = called or title\n",
            "tests/models/shop/test_basket.py::test_a_name_given_by_hand_stays_with_the_bill",
        ),
        Mutant(
            "models/shop/bill_life.py",
            "        return _put_aside(job, before, title, called)\n",
            "        return title\n",
            BASKET,
        ),
    ),
}

SEEN_ALONE: dict[str, tuple[Mutant, ...]] = {
    "what was typed before F12 is done after it": (
        Mutant("tui/desk/gate/gate.py", "            self.queue.clear()\n", "", GATE),
    ),
    "a scan becomes the answer to a question": (
        Mutant(
            "tui/desk/app.py",
            "if not self.takes_scans or screen is None:",
            "if screen is None:",
            GATE,
        ),
    ),
    "what is typed ahead has no end": (
        Mutant("tui/desk/gate/gate.py", "if len(self.queue) >= QUEUE_LIMIT:", "if False:", GATE),
    ),
    "the first digit of a scan stays in the field": (
        Mutant(
            "tui/desk/gate/gate.py",
            "                item.undo.take_back()\n",
            "                pass\n",
            GATE,
        ),
    ),
    "keys count in a terminal that is too small": (
        Mutant("tui/desk/app.py", "        if self.is_too_small:\n", "        if False:\n", GATE),
    ),
}

# One name for each of the seventeen, with the places where it is planted.
THE_SEVENTEEN: dict[str, tuple[Mutant, ...]] = MATTERED | SEEN_ALONE
