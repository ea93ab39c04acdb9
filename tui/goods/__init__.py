"""Goods on the screen: their books, and stock by hand."""
