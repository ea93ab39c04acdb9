"""What is wrong or doubtful in a row of an import, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from receipts.words import Language, say, word

if TYPE_CHECKING:
    from models.imports.import_kind import Field
    from models.imports.import_notes import Note

REASONS = {
    "broken_quote": word("A quote in this row is never closed; take it out or write it twice"),
    "cut_off": word("The file breaks off in this row; export it again"),
    "unknown_sign": word("Some signs are not of this encoding; choose another, or mend the row"),
    "other_decimal": word("Point and comma do not fit the column; say which is the decimal sign"),
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
    "card_number": word("A card number stands in it, and none is ever kept; take it out"),
    "duplicate_code_in_file": word("The code is in an earlier row of the file"),
    "duplicate_barcode_in_file": word("The bar code is in an earlier row of the file"),
    "duplicate_name_in_file": word("No code, and the name is in an earlier row of the file"),
    "again_in_file": word(
        "An earlier row of the file is the same record, or was given this number"
    ),
    "code_taken": word("The code is another item's bar code"),
    "barcode_taken": word("The bar code belongs to another item"),
    "ambiguous": word("Several items fit"),
    "unknown_tax": word("There is no such tax; these are there"),
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
    "missing_number": word("The room number is missing"),
    "missing_room_type": word("The room type is missing"),
    "missing_arrival": word("The arrival is missing"),
    "missing_departure": word("The departure is missing, and so are the nights"),
    "other_type": word("An earlier row says otherwise of this room type; put one of the two right"),
    "type_kept": word("The room type is there and stays as it is (the room is taken)"),
    "room_in_use": word("Guests are booked into the room: it keeps its type and stays on"),
    "no_date": word("There is no such date"),
    "bad_ages": word("Ages of children are full years, 0 to 17, with commas between"),
    "departure_before": word("The departure is before the arrival"),
    "other_dates": word("Only a plan for the day goes with a departure on the day of arrival"),
    "other_nights": word("The nights are not those from the arrival to the departure"),
    "stay_too_long": word("The stay is longer than two years"),
    "arrival_past": word("The arrival is before the business date"),
    "own_number": word("Numbers like this are drawn here; leave it empty"),
    "unknown_type": word("There is no such room type; these are there"),
    "unknown_plan": word("There is no such rate plan; these are there"),
    "unknown_room": word("There is no such room of this type"),
    "room_of_many": word("One room is named for several rooms"),
    "too_many_persons": word("More persons than the room sleeps"),
    "rate_missing": word("The rate plan has no price for these nights"),
    "type_full": word("No room of the type is left on these days"),
    "room_taken": word("The room is taken, or out of order, on some of these nights"),
    "booking_in_use": word("A deposit or an account belongs to it; it stays"),
    "missing_card": word("The number of the card is missing"),
    "missing_card_kind": word("The kind of card is missing"),
    "unknown_card_kind": word("There is no such kind of card: make it first, with its rules"),
    "unknown_owner": word("Nobody here is the owner of the card: import the customers first"),
    "unknown_service": word("There is no item of this code or name"),
    "times_of_what": word("Times and the service that they are of belong together"),
    "bonus_of_times": word("A bonus belongs to stored value, not to times"),
    "other_form": word("The kind of card holds something else: value, times or a discount"),
    "worth_missing": word(
        "Times left are worth something: say what was paid for them, each a fen at least"
    ),
    "worth_reckoned": word("What was paid for the times left is reckoned from the price (taken)"),
    "duplicate_card_in_file": word("An earlier row of the file puts the same onto this card"),
    "bad_card": word("A number of a card has 4 to 20 letters and digits, and is no code of goods"),
    "card_there": word("The card, or a voucher of this number, is here; what is on it stays"),
    "card_is_over": word("The last day is over (taken)"),
    "card_in_use": word("Used since; what is on the card stays"),
    "missing_points": word("The number of points is missing"),
    "points_there": word("He has points here, or had some on a bill; they stay as they are"),
    "points_used": word("Points were used since; those that are left stay"),
    "person_in_use": word("Used since; the record stays"),
    "in_use": word("Sold or moved since; it stays"),
    "switched_off": word("Its opening stock was taken back and it was switched off"),
    "changed_since": word("Changed after the import; it stays"),
}

# What is told of a file before anything of it is stored (models/imports/import_notes.py).
NOTES = {
    "text": word("Text in {encoding}, cells apart by {separator}"),
    "open_ended": word("The last row has no line end: look whether the file is whole"),
    "page": word("The sheet {page}"),
    "pages_passed": word("Sheets passed over: {pages}"),
    "head_line": word("The headings stand in row {row}"),
    "left_out": word("Columns left out: {names}"),
    "twice": word("The column {name} stands there twice; the first one is read"),
    "repeated": word("The column {name} is left out: {taken} is the same field"),
    "decimal_told": word("The decimal sign is the {sign}, as you said"),
    "decimal": word("The decimal sign in {name} is the {sign}"),
    "decimal_guessed": word("A guess: the decimal sign in {name} is the {sign}, as in {example}"),
    "decimal_mixed": word("{name} has point and comma as decimal signs; say which it is"),
    "sums": word("Sums under the list, left out: row {rows}"),
    "broken_quote": word("A quote is never closed in row {rows}"),
    "cut_off": word("The file breaks off in row {rows}"),
    "unknown_sign": word("Signs that are not of this encoding in row {rows}"),
}
SIGNS = {
    ",": word("comma"), ";": word("semicolon"), "\t": word("tab"), "|": word("upright line"),
    ".": word("point"),
}  # fmt: skip


def note_text(note: Note, lang: Language) -> str:
    """What is told of a file, in words."""
    fields = dict(note.fields)
    for name in ("sign", "separator"):
        if name in fields:
            fields[name] = say(SIGNS.get(fields[name], fields[name]), lang)
    return say(NOTES[note.code], lang, **fields)


def reason_text(reason: str, lang: Language) -> str:
    """The words of a reason code of models/imports/import_plan.py."""
    return say(REASONS[reason], lang)


def field_text(field: Field, lang: Language) -> str:
    """A column of an import as the screen calls it."""
    return say(field.title, lang)
