"""Lots: what was paid ahead and is had later: vouchers, credits, cards."""
