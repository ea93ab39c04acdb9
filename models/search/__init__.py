"""Searching by name, initials and pinyin: one index for every listing that is searched."""
