"""Stays and guests: who has which room for which nights, and what the house knows of him."""
