"""The demonstration store: a week in a small shop, made by running the ordinary operations.

`build.make(folder)` makes it, `morning.open_register` opens its counter for the day.
"""
