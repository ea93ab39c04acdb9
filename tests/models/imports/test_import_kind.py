"""What an import keeps of a million rows: little, and what it says of them stays right."""

from __future__ import annotations

from models.imports.import_kind import MOST_REMARKS, Earlier, Remark, Remarks


def test_earlier_rows_are_found_and_take_few_bytes() -> None:
    earlier = Earlier()
    for row in range(1, 50_001):
        earlier.note(f"name {row}", row)
        # The first row that said it counts.
        earlier.note(f"name {row // 2}", row + 1)
    assert [earlier.row(f"name {row}") for row in (1, 2, 777, 50_000)] == [1, 2, 777, 50_000]
    assert earlier.row("name 50001") is None
    assert earlier.row(("name 1", "")) is None
    held = sum(len(each) * each.itemsize for each in (earlier._hashes, earlier._rows))
    assert held / 50_000 < 12 / 0.25


def test_keys_beside_each_other_and_below_zero_are_kept_apart() -> None:
    earlier, keys = Earlier(), [*range(2**40, 2**40 + 3_000), *range(-(2**63), -(2**63) + 3), 0]
    for row, key in enumerate(keys, 1):
        earlier.note(key, row)
    assert [earlier.row(key) for key in keys] == list(range(1, len(keys) + 1))


def test_of_many_remarks_the_first_are_kept_and_all_are_counted() -> None:
    remarks = Remarks()
    remarks.add(Remark(row, "check_digit") for row in range(1, MOST_REMARKS + 11))
    remarks.add([Remark(99_999, "same_name")])
    assert [len(remarks), len(remarks.kept)] == [10_011, 10_000]
    assert remarks.reasons == {"check_digit": 10_010, "same_name": 1}
    assert remarks.rest(50) == {"check_digit": 9_960, "same_name": 1}
