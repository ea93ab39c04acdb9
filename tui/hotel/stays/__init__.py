"""Reservations, arrivals, moves and groups on the screen."""
