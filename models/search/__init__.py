"""Searching by name, initials and pinyin: one index for every book that is searched."""
