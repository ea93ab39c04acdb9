"""Imports at the open counter: the file, its columns, its rows, the runs before."""
