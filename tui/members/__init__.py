"""Vouchers and store credit on the screen."""
