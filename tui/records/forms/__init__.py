"""The one form: its sheet, its boxes, and what happens when it is saved."""
