"""The screens of the counter, one a file."""
