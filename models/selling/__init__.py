"""What every trade sells by: items with their taxes, lines, pricing."""
