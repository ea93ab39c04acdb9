"""What an operation told of itself, as people read it: in the audit log, and where it is approved.
Names of values in the words of the store, reasons by their titles, prints of rows in words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from models.shop.return_reasons import REASON_WORDS
from models.trust.roles import verbs
from models.trust.trades import declared, measured
from receipts.words import said_fields, word
from tui.desk.words import keyed, language, listed, t
from tui.records.codes import code_text

# Name of a value -> its words. A name that is not here is its own word.
NAMES: Final[Mapping[str, str]] = {
    "account": word("Account"), "after": word("After"), "amount": word("Amount"),
    "arrival": word("Arrival"), "bag": word("Number of the bag"), "balance": word("Balance"),
    "barcode": word("Bar code"), "before": word("Before"), "booking": word("Booking"),
    "by": word("Signed in with"), "card": word("Member card"), "category": word("Category"),
    "code": word("Code"), "company": word("Company"), "contact": word("Contact"),
    "count": word("Times counted"), "counted": word("Counted"), "date": word("Day"),
    "day": word("Day"), "department": word("Department"), "departure": word("Departure"),
    "difference": word("Difference"), "discount": word("Discount"), "documents": word("Documents"),
    "due": word("Due"), "expected": word("Should be there"), "fee": word("Amount"),
    "file": word("File"), "first": word("From"), "folio": word("Account"),
    "full": word("Without discounts"), "given": word("Amount"), "goods": word("Item"),
    "grade": word("Grade"), "group": word("Group"), "guest": word("Guest"),
    "held": word("Bill on hold"), "fetched": word("Bill fetched"), "invoice": word("Number"),
    "item": word("Item"), "kind": word("Kind"), "last": word("Until"), "left": word("Sold at"),
    "limit": word("Limit"), "login": word("Number"), "most": word("Limit"), "name": word("Name"),
    "note": word("Note"), "number": word("Number"), "off": word("Discount"), "order": word("Order"),
    "owner": word("Holder or owner"), "paid": word("Paid"), "person": word("Name"),
    "plan": word("Rate plan"), "price": word("Price"), "promotion": word("Promotion"),
    "quantity": word("Quantity"), "rate": word("Rate"), "reason": word("Reason"),
    "reference": word("Reference"), "refusal": word("Refused because"), "register": word("Till"),
    "request": word("Number"), "rest": word("Left of it"), "returned": word("Of the sale"),
    "right": word("Right"), "role": word("Role"), "room": word("Room"), "rooms": word("Rooms"),
    "sale": word("Sale"), "service": word("Code"), "shown": word("Amount"), "slip": word("Slip"),
    "state": word("State"), "stay": word("Stay"), "stocktake": word("Stocktake"),
    "store": word("Store"), "stylist": word("Name"), "supplier": word("Supplier"),
    "tallies": word("Rows counted"), "tax": word("Tax rate"), "tender": word("Way to pay"),
    "text": word("Text"), "title": word("Name"), "told": word("Rows written"),
    "to": word("To whom"), "total": word("Total"), "type": word("Type"), "until": word("Until"),
    "user": word("Who"),
    "verb": word("What was asked"), "ways": word("Ways to pay"), "what": word("What"),
    "why": word("Reason"), "z": word("Z report"),
    # What only an approval tells: the parameters of its operation.
    "allowance": word("Allowance"), "base_amount": word("Amount"), "bonus": word("Bonus"),
    "cash": word("Cash"), "channel": word("Account"), "credit_limit": word("Credit limit"),
    "cut_off": word("Cut-off"), "dated": word("Dated"), "deposit_due": word("Deposit due"),
    "each": word("Amount"), "expires": word("Good through"), "extra_adult": word("One more adult"),
    "extra_bed": word("Extra bed"), "got": word("Amount"), "lot": word("Number"),
    "next_day": word("Day"), "option_until": word("Held until"), "other": word("Guest"),
    "pack": word("Pack size"), "per": word("For each full"), "pieces": word("Quantity"),
    "service_day": word("Day"), "service_sum": word("Amount"), "since": word("From"),
    "spent": word("Spent"), "wanted": word("Wanted by"),
}  # fmt: skip
# Tables whose rows the log tells, as people call what is in them.
ROWS: Final[Mapping[str, str]] = {
    "allocation": word("Settled against each other"), "business_day": word("Business day"),
    "cash_count": word("Counted cash"), "due_note": word("Notes on what is due"),
    "foreign_count": word("Counted foreign cash"), "price_change": word("Price changes"),
    "print_job": word("Slips"), "request": word("Requests"), "request_step": word("Steps"),
    "shift": word("Shifts"), "sign_in_failure": word("Failed sign-ins"),
    "tax_invoice": word("Tax invoices"), "tax_invoice_line": word("Lines"),
    "till_event": word("Till events"),
}  # fmt: skip
# How somebody signed in.
_BY: Final = {"password": word("Password"), "PIN": word("PIN code")}
BECAUSE = ("note", "why", "reason")


def name_text(name: str) -> str:
    """What a value is called."""
    return t(NAMES[name]) if name in NAMES else name.replace("_", " ")


def told_lines(told: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The name of each value, and what it was before and is now; "" where it was nothing."""
    for name, value in told.items():
        if value in (None, "", [], {}):
            continue
        if name == "changes" and isinstance(value, dict):
            for each, (was, now) in value.items():
                yield name_text(each), _plain(was), _plain(now)
        elif isinstance(value, list) and len(value) == 2:
            yield name_text(name), _plain(value[0]), _plain(value[1])
        else:
            yield name_text(name), "", value_text(name, value, told)


def value_text(name: str, value: Any, told: Mapping[str, Any]) -> str:
    """A value in words; `told` is all that stands beside it."""
    match name:
        case "documents" if isinstance(value, list):
            return listed(f"{one[0]} {one[3]}" for one in value)
        case "told" | "tallies" if isinstance(value, dict):
            return _rows(name, value)
        case "verb":
            return code_text(str(value))
        case "right":
            return t(str(value))
        case "refusal":
            return _refused(str(value), told)
        case "amount" if isinstance(value, int) and told.get("right") in verbs():
            return measured(told["right"], value)
        case "slip":
            titles = {one.name: one.title for one in declared("slips")}
            return t(titles.get(value, str(value)))
        case "state" | "kind" | "care" | "form" | "by":
            return t(_BY.get(value, str(value)))
        case "why" | "reason" | "note":
            return t(REASON_WORDS[value]) if value in REASON_WORDS else str(value)
    return _plain(value)


def because(told: Mapping[str, Any]) -> str:
    """The reason that was given, in words; "" where none was."""
    found = (value_text(name, told[name], told) for name in BECAUSE if told.get(name))
    return next(found, "")


def _rows(name: str, value: Mapping[str, Any]) -> str:
    """The rows that the log tells, by what is in them; of those that it only counts how many kinds
    there are.
    """
    if name == "tallies":
        return t(word("{count} kinds of records"), count=len(value))
    named = ((t(ROWS.get(table, table)), _count(rows)) for table, rows in value.items())
    return listed(f"{title} {count}" for title, count in named)


def _count(rows: Any) -> int:
    return len(rows) if isinstance(rows, list) else rows


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return t(word("Yes")) if value else t(word("No"))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _refused(code: str, told: Mapping[str, Any]) -> str:
    fields = {name: value for name, value in told.items() if name != "refusal"}
    return t(f"refusal.{code}", **said_fields(fields, language(), keyed))
