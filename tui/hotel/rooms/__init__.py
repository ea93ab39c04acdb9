"""Rooms, rates and what is noted at a room: their lists, and how a room is drawn."""
