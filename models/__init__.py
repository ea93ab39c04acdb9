"""What is true without a screen or a device: the trades, their rules and their books."""
