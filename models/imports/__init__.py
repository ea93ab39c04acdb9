"""Imports: rows of a sheet become records, tried first, in blocks, and undone whole."""
