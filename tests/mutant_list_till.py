"""Faults in what the till does besides selling: promotions, returns that are being worked on."""

from __future__ import annotations

from tests.mutants import Mutant

PROMOTIONS = "tests/models/selling/test_promotions.py"
UNFINISHED = "tests/models/shop/test_unfinished_returns.py"
BILLS = "tests/models/shop/test_bill_promotions.py"
NOT_FOUND = "tests/tui/test_not_found.py"
GRADES = "tests/models/reports/test_customer_grades.py"
HABITS = "tests/models/ledger/test_habits.py"

EXCHANGES = "tests/models/shop/test_exchanges.py"

TOO_MUCH = "tests/models/ledger/test_too_much.py"
MARGIN = "tests/models/reports/test_margin.py"

PARTS = "tests/models/shop/test_bill_parts.py"
PRICES = "tests/models/goods/test_price_changes.py"

TILL: tuple[Mutant, ...] = (
    Mutant("models/shop/bill_changes.py",
           '("void line")\n    require_reason(draft, line.item.name, reason)\n', '("void line")\n',
           "tests/models/shop/test_basket.py"),
    Mutant("models/shop/bill_life.py",
           "    require_reason(draft, name or basket.lines[0].item.name, reason)\n", "",
           "tests/models/shop/test_basket.py"),
    Mutant("models/shop/return_lines.py", "sold.line.full != found.printed,", "False,",
           "tests/models/shop/test_returns.py"),
    Mutant("models/trust/records.py", '"at" >= ? AND "result"', '"at" <= ? AND "result"',
           "tests/models/listings/test_listings.py"),
    Mutant("models/reports/books_lists.py", 'l."net" < l."cost"', 'l."net" > l."cost"', EXCHANGES),
    Mutant("models/shop/bill_life.py", "    drafts.finish(job, other)\n", "", PARTS),
    Mutant("models/shop/bill_life.py", "        follow(draft, other)\n", "        pass\n",
           "tests/models/salon/test_deposits.py"),
    Mutant("models/shop/bill_life.py", "        drafts.delete_line(draft, line.number)\n", "",
           PARTS),
    Mutant("models/shop/bill_life.py", "basket.left_to_pay.minor < 0 or", "", PARTS),
    Mutant("models/ledger/payments/taken.py", "    clear_taken(draft)\n", "", PARTS),
    Mutant("models/goods/price_changes.py", "if row[-2] != row[-1]", "if row[-2]", PRICES),
    Mutant("models/stock/goods_undo.py", "        changes[row.code] = (row.price, price)\n", "",
           PRICES),
    Mutant("models/ledger/payments/taking.py", "stays >= rule.keeps_below or stays > cash",
           "stays >= rule.keeps_below", TOO_MUCH),
    Mutant("models/shop/return_lines.py", " or way.left.minor > 0:", " or True:", TOO_MUCH),
    Mutant("models/reports/margin_lists.py", "(net - cost) * 10_000, net",
           "(net - cost) * 10_000, cost", MARGIN),
    Mutant("models/shop/reopening.py", "was.tender, -was.left,", "paying.tender, -was.left,",
           "tests/models/shop/test_tender_changes.py"),
    Mutant("models/shop/reopening.py", "paying.given != was.left or not is_other",
           "not is_other", "tests/models/shop/test_tender_changes.py"),
    Mutant("models/reports/margin_lists.py", "    also=SEE_COST,\n", "", MARGIN),
    Mutant("models/shop/exchanges.py", "    job.require(REFUND, giving.total.minor)\n", "",
           EXCHANGES),
    Mutant("models/shop/return_lines.py", "return max(sold, units.get(line.goods, 0))", "return 3",
           EXCHANGES),
    Mutant("models/ledger/daily/shifts.py", "worth(begun, store_currency()) <= shift.counted",
           "True", "tests/models/ledger/test_shifts.py"),
    Mutant(
        "models/shop/bill_changes.py",
        "changed = granted_line(job, changed, *on_bill(draft, changed, rest))",
        "changed = granted_line(job, changed, changed, changed)",
        "tests/models/shop/test_bill_limits.py"
        "::test_the_limit_is_of_what_the_goods_cost_with_their_promotion",
    ),
    Mutant(
        "models/shop/bill_changes.py",
        "shown, alone = on_bill(draft, given)",
        "shown, alone = given, given",
        "tests/models/shop/test_bill_limits.py"
        "::test_the_limit_is_of_what_the_goods_cost_with_their_promotion",
    ),
    Mutant(
        "models/base/watched_rows.py",
        ', sum("mark" % {_PART})',
        "",
        "tests/models/shop/test_bill_promotions.py"
        "::test_one_that_comes_in_the_place_of_another_counts_at_once",
    ),
    Mutant(
        "models/selling/promotion_rows.py",
        "changes = put(found, is_active=not found.is_active)",
        "changes = put(found, is_active=True)",
        BILLS + "::test_a_coupon_is_used_once",
    ),
    Mutant(
        "models/selling/promotion_rows.py",
        "if (kind, field) in _MAY_BE_NOTHING:",
        "if True:",
        BILLS + "::test_what_is_no_promotion",
    ),
    Mutant(
        "models/selling/promotion_rows.py",
        "row.begins <= minute < ends",
        "row.begins <= minute <= ends",
        PROMOTIONS,
    ),
    Mutant("models/selling/promotions.py", "        if alone <= _saved(here):", "        if True:",
           PROMOTIONS),
    Mutant("models/selling/promotions.py", "            most -= amount", "            pass",
           PROMOTIONS),
    Mutant(
        "models/shop/bill_promotions.py",
        "_whose(min(begun), head)",
        "_whose(max(begun), head)",
        BILLS + "::test_the_hour_of_the_first_line_counts",
    ),
    Mutant(
        "models/shop/bill_promotions.py",
        "    for row, rule in promotions_in_use() if keys else ():",
        "    for row, rule in ():",
        BILLS + "::test_a_coupon_is_used_once",
    ),
    Mutant("models/shop/returns.py", "    finish_return(job, draft)\n", "", UNFINISHED),
    Mutant(
        "models/shop/sales.py",
        "    require_no_return(stored.draft.head)\n",
        "",
        UNFINISHED,
    ),
    Mutant(
        "models/shop/return_posting.py",
        "replace(off, amount=-part.minor)",
        "replace(off, amount=-off.amount)",
        BILLS + "::test_three_for_ten_go_back_one_by_one",
    ),
    Mutant(
        "tui/desk/counter_app.py",
        "                await self.in_books(sign_in.admit_approver, checked)\n",
        "",
        "tests/tui/test_approving.py",
    ),
    Mutant("tui/goods/adjust_stock.py", "        self.lines.lose()\n", "", NOT_FOUND),
    Mutant("tui/shop/ringing.py", "            self.lines.lose()\n", "", NOT_FOUND),
    Mutant("tui/shop/coming_back.py", "            self.list.lose()\n", "", NOT_FOUND),
    Mutant(
        "tui/hotel/rack/rack.py",
        "        entry.set_value(typed, is_fresh=True)\n",
        '        entry.set_value("")\n',
        NOT_FOUND,
    ),
    Mutant("models/reports/customer_grades.py", "above < _FIRST", "above <= _FIRST", GRADES),
    Mutant("models/reports/customer_grades.py", "root_of(int(person))", "int(person)", GRADES),
    Mutant("models/ledger/debts/habits.py", "(day - item.due).days, 0)",
           "(day - item.day).days, 0)", HABITS),
    Mutant("models/ledger/debts/habits.py", "worst <= LATE_DAYS", "worst < LATE_DAYS", HABITS),
    Mutant(
        "models/people/history.py",
        "if not figure.right or rights.holds(figure.right)",
        "if figure.label",
        HABITS,
    ),
)  # fmt: skip
