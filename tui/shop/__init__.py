"""The shop's till on the screen."""
