"""Sheets: CSV and spreadsheets of other programs, read as rows of text, and written."""
