"""Business days and shifts: the drawer, its float, the count, the seal of a closed day."""
