"""Bytes to and from hardware. Imports nothing of the rest of the program and speaks no words."""
