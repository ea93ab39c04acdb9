"""Goods: items, their codes and categories, how they are found, and their columns in files."""
