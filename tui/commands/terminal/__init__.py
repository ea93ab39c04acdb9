"""What a command shows on a terminal: words, tables, progress; and what it must not show."""
