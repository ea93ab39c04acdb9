"""Buying: suppliers and their prices, orders, goods in and back, suppliers' bills."""
