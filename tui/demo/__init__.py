"""The demonstration store: a week in a small shop, made by running the ordinary operations.

`build.ready_store()` gives its folder and makes it on first use. What a trade adds is in a file of
its own, listed in build.PARTS.
"""
