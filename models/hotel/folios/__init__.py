"""Guests' accounts beside what is charged: money taken, moved, disputed, invoiced and shown."""
