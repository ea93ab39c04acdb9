"""Rooms and what they cost: types, rates, and how many are left on each day."""
