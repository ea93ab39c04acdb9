"""What is wrong or doubtful in a row of an import, in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from receipts.words import Language, say, word

if TYPE_CHECKING:
    from models.trust.import_plan import Field

REASONS = {
    "missing_name": word("The name is missing"),
    "missing_price": word("The price is missing; a default can be given"),
    "bad_price": word("The price is no amount"),
    "bad_cost": word("The cost is no amount"),
    "bad_quantity": word("The quantity is wrong"),
    "bad_number": word("Not a whole number"),
    "bad_flag": word("Should be yes or no"),
    "bad_bounds": word("The least stock is above the most"),
    "bad_code": word("The code holds a blank or ; * @"),
    "code_too_long": word("The code is longer than 20 characters"),
    "damaged_code": word("A spreadsheet made a number of the code; its last digits are lost"),
    "too_long": word("The text is too long"),
    "duplicate_code_in_file": word("The code is in an earlier row of the file"),
    "duplicate_barcode_in_file": word("The bar code is in an earlier row of the file"),
    "duplicate_name_in_file": word("No code, and the name is in an earlier row of the file"),
    "code_taken": word("The code is another item's bar code"),
    "barcode_taken": word("The bar code belongs to another item"),
    "ambiguous": word("Several items fit"),
    "unknown_tax": word("There is no such tax"),
    "unknown_category": word("There is no category of this code"),
    "check_digit": word("The check digit is wrong (taken)"),
    "same_name": word("Another item has this name and specification (taken)"),
    "stock_kept": word("The item has moves already; its opening stock was not taken"),
    "stock_below_zero": word("The stock is below zero and was not taken"),
    "not_stocked": word("The item has no stock; its opening stock was not taken"),
    "bad_phone": word("The phone number is not whole, or has too few or too many digits"),
    "bad_paper": word("The number of the paper is wrong"),
    "bad_date": word("The date is none, or lies in the future"),
    "bad_choice": word("The word is none of those that can stand here"),
    "bad_tags": word("Too many tags, or one is too long"),
    "duplicate_number_in_file": word("The number is in an earlier row of the file"),
    "duplicate_person_in_file": word("Phone and name are in an earlier row of the file"),
    "ambiguous_person": word("Several people fit"),
    "same_phone": word("Somebody else has this phone (taken)"),
    "person_in_use": word("Used since; the record stays"),
    "in_use": word("Sold or moved since; it stays"),
    "switched_off": word("Its opening stock was taken back and it was switched off"),
    "changed_since": word("Changed after the import; it stays"),
}


def reason_text(reason: str, lang: Language) -> str:
    """The words of a reason code of models/trust/import_plan.py."""
    return say(REASONS[reason], lang)


def field_text(field: Field, lang: Language) -> str:
    """A column of an import as people call it: what an export writes over it, made readable."""
    if lang == "zh":
        return field.headings[0]
    words = re.sub(r"(\d)", r" \1", field.name.removeprefix("is_").replace("_", " "))
    return words.capitalize()
