"""Buying on the screen: orders, deliveries by scanner, suppliers' prices and bills."""
