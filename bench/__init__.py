"""Measures Deskbell through a real terminal and against the limits of its engine.

`python -m bench` runs everything that ends within ten minutes; docs/speed.md says what the lines
mean.
"""
