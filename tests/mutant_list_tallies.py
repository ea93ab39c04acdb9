"""Faults in the counting of marked rows: what a row taken away or put back is found by."""

from __future__ import annotations

from tests.mutants import Mutant

COUNTED = "tests/models/trust/test_counted_rows.py"
FILE = "tests/models/test_with_the_file.py"
DRAFTS = "tests/models/trust/test_drafts.py"
SETTINGS = "tests/models/trust/test_settings.py"
MARKS = "tests/models/shop/test_bill_marks.py"

# File: right, wrong, and the tests that must see it.
_FAULTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "models/base/tallies.py": (
        (
            "before.rows + rows, before.marks + marks, before.is_wrong",
            "before.rows + rows, before.marks + marks, False",
            COUNTED + "::test_a_tally_that_was_altered_before_the_program_was_opened_stays_wrong",
        ),
        ("rows, marks, times) ^ is_wrong\n", "rows, marks, times)\n", COUNTED),
        ("_CHANGE.run(*values, register, name, before.mark) != 1", "False", COUNTED),
        ("before_commit.append(keep_tallies)\n", "", COUNTED),
        ("after_rollback.append(_stored.clear)\n", "", FILE),
        ("        times += before.times\n", "", FILE),
        ('"mark" & 4294967295', '"mark" & 2147483647', COUNTED),
        (
            "(rows - rows_kept, marks - marks_kept))",
            "(0, 0))",
            "tests/models/test_migrating.py",
        ),
    ),
    "models/base/watching.py": (
        ("watch.count(0, values[0] - row[watch.mark_place])", "pass", COUNTED),
        ("watch.count_gone(row[watch.mark_place] for row in rows)", "pass", COUNTED),
        ("        self.count(-len(marks), -sum(marks))\n", "        self.count(-1, 0)\n", COUNTED),
        ("            if _Work.open is None:\n", "            if False:\n", COUNTED),
        ("    _counted.update(counted_then)\n", "    pass\n", COUNTED),
        (
            "watch.count(1, self._insert[watch.fields[watch.mark_place]])",
            "watch.count(1, 0)",
            COUNTED,
        ),
    ),
    "models/trust/tally_checks.py": (
        ("if now.get(name, 0) < times:", "if False:", FILE),
        ("if found < rows:", "if found < rows - 1:", FILE),
        ("elif found > rows:", "elif False:", FILE),
        ("if sum_found != marks else []", "if False else []", FILE),
    ),
    "models/base/hot.py": (
        ("row[place] - (before or 0)", "row[place]", FILE + " " + COUNTED),
        ("watch.count(len(rows), sum(row[place] for row in rows))", "pass", FILE + " " + COUNTED),
        ("self._watch.count_gone(mark for (mark,) in gone)", "pass", FILE + " " + COUNTED),
        ("        if done and self._is_if_new:", "        if self._is_if_new:", DRAFTS),
    ),
    "models/trust/drafts.py": (
        ("if (draft.register, draft.state) != (register, OPEN):", "if False:", DRAFTS),
        ("if not (is_new and _ADD.run(*row)):", "if not _ADD.run(*row) and not is_new:", DRAFTS),
    ),
    "models/trust/settings.py": (
        ("if stamp != _Seen.stamp:", "if not _Seen.stamp:", SETTINGS),
        (
            'return json.loads(text) if text[:1] in "[{" else _plain(text)',
            "return _plain(text)",
            SETTINGS,
        ),
    ),
    "models/shop/stored_bills.py": (
        (
            "are_right(table, read[table]) for table in _TABLES)",
            "are_right(table, read[table]) for table in _TABLES[:1])",
            MARKS,
        ),
        (
            "found.rows[TakenPayment] = rows_of(TakenPayment).beginning_with([draft])",
            "found.rows[TakenPayment] = []",
            MARKS,
        ),
    ),
}

TALLIES = tuple(
    Mutant(file, right, wrong, seen_by)
    for file, faults in _FAULTS.items()
    for right, wrong, seen_by in faults
)
