"""Reports of the salon: its staff, their work, the board."""
