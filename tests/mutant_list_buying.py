"""Faults in buying and stock: two that are likely for each operation."""

from __future__ import annotations

from tests.mutants import Mutant

_TESTS = "tests/models/buying/test_"
ORDERS, IN, BACK = f"{_TESTS}orders.py", f"{_TESTS}goods_in.py", f"{_TESTS}back_and_bills.py"
_BUYING, _STOCK = "models/buying/", "models/stock/"
COUNT, OUT = "tests/models/stock/test_stocktake.py", "tests/models/stock/test_goods_out.py"

BUYING: tuple[Mutant, ...] = (
    Mutant(_BUYING + "suppliers.py", "tolerance=Rate(0) <= most <= ONE", "tolerance=True", ORDERS),
    Mutant(_BUYING + "suppliers.py", '"lead_days": lead_days,', '"lead_days": 0,', ORDERS),
    Mutant(_BUYING + "suppliers.py", "same is not None and (", "False and (", ORDERS),
    Mutant(_BUYING + "suppliers.py", "if is_usual:\n", "if False:\n", ORDERS),
    Mutant(_BUYING + "suppliers.py", "    found.delete_instance()\n", "", ORDERS),
    Mutant(_BUYING + "suppliers.py", "row_at(SupplierPrice, key, version, _PRICES)",
           "SupplierPrice.get_by_id(key)", ORDERS),
    Mutant(_BUYING + "orders.py", "DRAFT not in TRANSITIONS[found.state]", "False", ORDERS),
    Mutant(_BUYING + "orders.py", '"state": DRAFT,', '"state": APPROVED,', ORDERS),
    Mutant(_BUYING + "orders.py", '    job.require("approve orders", found.total.minor)\n', "",
           ORDERS),
    Mutant(_BUYING + "orders.py", "    require_move(found, APPROVED)\n", "", ORDERS),
    Mutant(_BUYING + "orders.py", "    require_move(found, SENT)\n", "", ORDERS),
    Mutant(_BUYING + "orders.py", "    move_order(found, SENT)\n", "", ORDERS),
    Mutant(_BUYING + "orders.py", "CANCELLED if found.state == DRAFT else CLOSED", "CLOSED",
           ORDERS),
    Mutant(_BUYING + "orders.py", "    move_order(found, after)\n", "", ORDERS),
    Mutant(_BUYING + "goods_in.py", "    _require_ordered(job, found)\n", "    pass\n", IN),
    Mutant(_BUYING + "goods_in.py", "if found.total() != shown:", "if False:", IN),
    Mutant(_BUYING + "goods_in.py", "    set_costs(job, _unit_costs(lines))\n", "", IN),
    Mutant(_BUYING + "goods_in.py", "RECEIVED if is_whole else PART", "PART", IN),
    Mutant(_BUYING + "goods_in.py", "value = one.cost.net + one.freight", "value = one.cost.net",
           IN),
    Mutant(_BUYING + "goods_back.py", '    job.require("return to supplier", shown.minor)\n', "",
           BACK),
    Mutant("models/stock/value_moves.py", "is_all or paid > here.value", "is_all", BACK),
    Mutant(_BUYING + "receiving.py", "    drafts.finish(job, draft)\n", "", IN),
    Mutant(_BUYING + "receiving.py", "job.note(lines=[[line.name", "job.note(lin=[[line.name", IN),
    Mutant(_BUYING + "bills.py", '        job.require("accept price difference", differs)\n',
           "        pass\n", BACK),
    Mutant(_BUYING + "bills.py", " or head.is_billed:", ":", BACK),
    Mutant("models/stock/value_moves.py", "min(max(here.quantity, Quantity(0)), of)", "of", BACK),
    Mutant(_BUYING + "bills.py", "amount.split([line.net.minor for line in taken])",
           "[amount for line in taken]", BACK),
    Mutant(_STOCK + "counts.py", "    if changed != 1:\n", "    if False:\n", COUNT),
    Mutant(_STOCK + "counts.py", "lying_at(line.goods, zone.location)", "line.book", COUNT),
    Mutant(_STOCK + "counts.py", "min(line.aside, unpaid(line.goods))", "line.aside", COUNT),
    Mutant(_STOCK + "counts.py", "category=category, day", "category=None, day", COUNT),
    Mutant(_STOCK + "counts.py", "    end(job, take.key, DROPPED)\n", "", COUNT),
    Mutant(_STOCK + "count_review.py", "Quantity(pieces) + last.aside", "Quantity(pieces)", COUNT),
    Mutant(_STOCK + "count_review.py", "is_far = was_sold or", "is_far =", COUNT),
    Mutant(_STOCK + "count_posting.py", '    job.require("approve stocktake", found.moved.minor)\n',
           "", COUNT),
    Mutant(_STOCK + "count_posting.py", "found.moved != shown", "False", COUNT),
    Mutant(_STOCK + "count_posting.py", "if row.needs_second]", "if False]", COUNT),
    Mutant(_STOCK + "goods_out.py", "target == origin", "False", OUT),
    Mutant(_STOCK + "goods_out.py", 'RIGHTS[body["how"]], worth_of_out(body).minor', '"move goods"',
           OUT),
    Mutant(_STOCK + "goods_out.py", "drafts.finish(job, draft)\n    add_job", "pass\n    add_job",
           OUT),
    Mutant(_STOCK + "goods_out.py", "_ACCOUNTS.get(how, STOCK)", "STOCK_LOSS", OUT),
    Mutant(_STOCK + "goods_out.py", "    drafts.finish(job, draft)\n\n", "\n", OUT),
    Mutant(_STOCK + "goods_out.py", "drafts.finish(job, draft)\n    return", "return", OUT),
    Mutant(_STOCK + "goods_out.py", "_require(body)\n\n    drafts.finish", "drafts.finish", OUT),
)  # fmt: skip
