"""The keys of lists, forms and pickers."""

from __future__ import annotations

from receipts.words import word
from tui.desk.gate.key_rows import KeyTable, row

KEYS = KeyTable(
    {
        "list": word("Lists"),
        "form": word("Forms"),
        "picker": "",
        "panel": "",
        "question": "",
    },
    (
        row("open_record", "Enter", "list", word("Open"), menu=161, rank=10,
            help=word("Opens the record under the cursor.")),
        row("new_record", "F2", "list picker", word("New"), menu=162, rank=11,
            help=word("Makes a new record.")),
        row("drop_record", "Delete", "list", word("Remove"), menu=163, rank=12,
            help=word(
                "Deletes the record under the cursor, or switches it off when it has been "
                "used."
            )),
        row("sort_rows", "F4", "list", word("Sort"), menu=164, rank=14,
            help=word("Sorts the list by a column; the same column again turns the order round.")),
        row("refresh_rows", "F7", "list imports", word("Refresh"), menu=176, rank=24,
            help=word("Reads the rows again, with what others changed. A list does it by itself.")),
        row("date_window", "F5", "list", word("Dates"), menu=165, rank=15,
            help=word("Shows today, this month, or the rows from one date to another.")),
        row("filter_column", "Ctrl+F", "list", word("Filter"), menu=166, rank=16,
            help=word("Picks a column and a value, and shows only the rows that fit.")),
        row("saved_filters", "F6", "list", word("Filters"), menu=167, rank=17,
            help=word("Saves the filter under a name, or takes up one that was saved.")),
        row("more_actions", "F8", "list", word("More"), menu=168, rank=13,
            help=word("Lists what else can be done with the record under the cursor.")),
        row("mark_row", "*", "list", word("Mark"), menu=171, rank=18,
            help=word("Marks the row under the cursor, or takes its mark away.")),
        row("mark_all", "Ctrl+A", "list", word("Mark all"), menu=172, rank=19,
            help=word("Marks all rows that the filter shows, or takes all marks away.")),
        row("change_marked", "F9", "list", word("Batch"), menu=173, rank=20,
            help=word("Changes one field of the marked rows; a preview comes first.")),
        row("export_rows", "Ctrl+E", "list", word("Export"), menu=174, rank=21,
            help=word("Writes what the list shows to a CSV or XLSX file.")),
        row("print_rows", "Ctrl+Y", "list", word("Print"), menu=175, rank=22,
            help=word(
                "Shows the page, with the rows and columns that are chosen; writes text or PDF."
            )),
        row("chart", "Ctrl+G", "list", word("Chart"), menu=177, rank=23,
            help=word("Draws the rows of a report as bars, by its last amount.")),
        row("other_pane", "Tab", "list", word("Tree"), rank=23,
            help=word("Goes between the tree on the left and the list on the right.")),
        row("lookup", "F7", "form panel question", word("Look up"), rank=14,
            help=word("Lists what can be chosen for the field under the cursor.")),
        row("save", "F9", "form", word("Save"), rank=11,
            help=word("Saves the form.")),
        row("save_new", "F8", "form", word("Save, new"), rank=12,
            help=word("Saves the form and begins another record.")),
        row("save_close", "F4", "form", word("Save, close"), rank=13,
            help=word("Saves the form and goes back. Enter on the last field does the same.")),
        row("copy_last", "Ctrl+E", "form", word("As before"), rank=15,
            help=word(
                "Copies the value of this field from the last entry, or from the line "
                "above."
            )),
        row("line_insert", "F5", "form", word("Line +"), rank=16,
            help=word("Adds a line behind the one under the cursor.")),
        row("line_delete", "F6", "form", word("Line -"), rank=17,
            help=word("Takes out the line under the cursor.")),
    ),
)  # fmt: skip
